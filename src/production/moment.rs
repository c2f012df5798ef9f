//! Local dates and times made instants in the site's time zone.

use super::model::Window;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, codes};
use crate::source::window::WindowFields;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use toml::value::Datetime;

/// Makes instants in one time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    zone: TimeZone,
}

impl Clock {
    /// In the zone that the site names; UTC, and a message, when there is no such zone.
    pub fn new(name: &Located<String>, messages: &mut Diagnostics) -> Self {
        let zone = TimeZone::get(&name.value).unwrap_or_else(|_| {
            let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
            messages.push(
                Diagnostic::error(codes::WRONG_VALUE, format!("there is no time zone `{}`", name.value))
                    .at(&name.origin)
                    .did_you_mean(&name.value, known.iter().map(String::as_str))
                    .hint("Write it like `Europe/London`."),
            );
            TimeZone::UTC
        });
        Self { zone }
    }

    /// An instant as people in the site's zone say it: `2027-03-01 00:01 Europe/London`.
    pub fn show(&self, instant: Timestamp) -> String {
        format!("{} {}", self.local(instant).strftime("%Y-%m-%d %H:%M"), self.zone_name())
    }

    /// An instant as the clocks in the site's zone show it.
    pub fn local(&self, instant: Timestamp) -> DateTime {
        self.zone.to_datetime(instant)
    }

    /// The name of the site's zone, such as `Europe/London`.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The day that an instant is part of.
    pub fn day(&self, instant: Timestamp) -> Date {
        instant.to_zoned(self.zone.clone()).date()
    }

    /// The first moment of a day, which is not midnight where the clocks skip that.
    pub fn first_moment(&self, date: Date) -> Option<Timestamp> {
        self.zone.to_ambiguous_zoned(date.to_datetime(Time::midnight())).compatible().ok().map(|z| z.timestamp())
    }

    /// The embargo and expiry of something as instants.
    pub fn window(&self, fields: &WindowFields, messages: &mut Diagnostics) -> Window {
        let mut instant = |when: &Option<Located<Datetime>>| when.as_ref().and_then(|w| self.instant(w, messages));
        let window = Window {
            embargo: instant(&fields.embargo),
            press: instant(&fields.press),
            expires: instant(&fields.expires),
        };
        if let Some(place) = &fields.press {
            press_comes_first(window, place, messages);
        }
        if let (Some(embargo), Some(expires), Some(place)) = (window.embargo, window.expires, &fields.expires)
            && expires <= embargo
        {
            let message = "this expires before its embargo ends, so it would never be public";
            messages.push(Diagnostic::error(codes::WRONG_DATE, message).at(&place.origin));
        }
        window
    }

    /// One date or time as an instant. A date alone is its first moment.
    pub fn instant(&self, when: &Located<Datetime>, messages: &mut Diagnostics) -> Option<Timestamp> {
        match self.resolve(&when.value) {
            Ok(instant) => Some(instant),
            Err((message, hint)) => {
                messages.push(wrong(message, &when.origin).hint(hint));
                None
            }
        }
    }

    /// An instant as typed on the command line: RFC 3339, or local to the site's zone.
    pub fn parse(&self, text: &str) -> Result<Timestamp, String> {
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(instant);
        }
        let when: Datetime = text
            .parse()
            .map_err(|_| format!("`{text}` is no date; write it like 2026-12-01 or 2026-12-01T00:01:00"))?;
        self.resolve(&when).map_err(|(message, hint)| format!("{message}. {hint}"))
    }

    fn resolve(&self, when: &Datetime) -> Result<Timestamp, (String, String)> {
        let nonsense = || (format!("{when} is no date"), "Write it like 2026-12-01T00:01:00.".to_owned());
        let date = when.date.as_ref().and_then(civil_date).ok_or_else(nonsense)?;
        let time = match &when.time {
            Some(time) => civil_time(time).ok_or_else(nonsense)?,
            None => Time::midnight(),
        };
        let local = date.to_datetime(time);
        match when.offset {
            Some(toml::value::Offset::Z) => {
                local.to_zoned(TimeZone::UTC).map(|z| z.timestamp()).map_err(|_| nonsense())
            }
            Some(toml::value::Offset::Custom { minutes }) => {
                let offset = jiff::tz::Offset::from_seconds(i32::from(minutes) * 60).map_err(|_| nonsense())?;
                offset.to_timestamp(local).map_err(|_| nonsense())
            }
            // A date without a time is the day's first moment, which exists even where midnight does not.
            None if when.time.is_none() => self.first_moment(date).ok_or_else(nonsense),
            None => self.unambiguous(local),
        }
    }

    fn unambiguous(&self, local: DateTime) -> Result<Timestamp, (String, String)> {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let (what, first, second) = match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => {
                let impossible = |_| (format!("{local} is no time"), String::new());
                return ambiguous.unambiguous().map_err(impossible);
            }
            AmbiguousOffset::Gap { before, after } => ("does not exist: the clocks skip it", after, before),
            AmbiguousOffset::Fold { before, after } => ("exists twice: the clocks go back over it", before, after),
        };
        let reading = |offset: jiff::tz::Offset| format!("`{local}{}`", written(offset));
        Err((
            format!("the time {local} {what}"),
            format!("Write which one is meant: {} or {}.", reading(first), reading(second)),
        ))
    }
}

/// The press gets something early, or with everybody: anything else is a mistake.
fn press_comes_first(window: Window, place: &Located<Datetime>, messages: &mut Diagnostics) {
    let message = match (window.press, window.embargo) {
        (Some(press), Some(embargo)) if press <= embargo => return,
        (Some(_), Some(_)) => "the press would get this later than everybody: `press_embargo` is after `embargo`",
        _ => "`press_embargo` says from when the press has this before everybody, but there is no `embargo`",
    };
    messages.push(wrong(message.to_owned(), &place.origin).hint(
        "Write `embargo` for everybody, and `press_embargo` for an earlier time from which the press may see it.",
    ));
}

/// An offset as TOML wants it (RFC 3339): hours and minutes, always both.
fn written(offset: jiff::tz::Offset) -> String {
    let minutes = offset.seconds().abs() / 60;
    format!("{}{:02}:{:02}", if offset.is_negative() { '-' } else { '+' }, minutes / 60, minutes % 60)
}

fn wrong(message: String, origin: &Origin) -> Diagnostic {
    Diagnostic::error(codes::WRONG_DATE, message).at(origin)
}

fn civil_date(date: &toml::value::Date) -> Option<Date> {
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

fn civil_time(time: &toml::value::Time) -> Option<Time> {
    let nanosecond = i32::try_from(time.nanosecond.unwrap_or(0)).ok()?;
    let second = i8::try_from(time.second.unwrap_or(0)).ok()?.min(59);
    Time::new(i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?, second, nanosecond).ok()
}

/// The day of a date, whatever its time; a message when there is no such day.
pub(super) fn day(when: &Located<Datetime>, messages: &mut Diagnostics) -> Option<Date> {
    let date = when.value.date.as_ref().and_then(civil_date);
    if date.is_none() {
        messages.push(wrong(format!("{} is no date", when.value), &when.origin));
    }
    date
}
