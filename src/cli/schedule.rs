//! `backlot schedule`: when the site has to be built again.

use super::arguments::{Calendar, Schedule};
use crate::build;
use crate::clearance::{self, Change, Subject};
use crate::diagnostic::Diagnostics;
use crate::disk;
use crate::production::Clock;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::fmt::Write as _;

const BY_ITSELF: &str = "Nothing of this happens by itself: a static site changes only when it is built and uploaded.";

/// Prints the coming changes.
pub(super) fn run(arguments: &Schedule) -> u8 {
    let options = super::seen(&arguments.view);
    let mut messages = Diagnostics::new();
    let read = build::read(&options, &mut messages);
    let good = super::complain(&messages);
    let Some(read) = read else { return super::SITE_HAS_ERRORS };
    let changes = clearance::schedule(&read.production, read.occasion);
    let site = disk::canonical(&options.site).display().to_string();
    match arguments.format {
        Calendar::Human => super::print(&human(&changes, &read.clock, read.occasion.as_of, &site)),
        Calendar::Json => {
            changes.iter().for_each(|change| super::print(&object(change, &read.clock, &site).to_string()));
            super::print(&json!({ "summary": { "changes": changes.len(), "note": BY_ITSELF } }).to_string());
        }
        Calendar::Cron => super::print(&crontab(&changes, &read.clock, &site)),
    }
    if good { super::DONE } else { super::SITE_HAS_ERRORS }
}

fn human(changes: &[Change], clock: &Clock, as_of: Timestamp, site: &str) -> String {
    let now = clock.show(as_of);
    if changes.is_empty() {
        return format!("Seen from {now}, no build would change anything: nothing is waiting for its time.");
    }
    let times = if changes.len() == 1 { "one time".to_owned() } else { format!("{} times", changes.len()) };
    let mut text = format!("Seen from {now}, there is {times} at which a build changes something:\n\n");
    if changes.len() > 1 {
        text = text.replacen("there is", "there are", 1);
    }
    for change in changes {
        let _ = writeln!(text, "{}", clock.show(change.at));
        for line in lines(change) {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{BY_ITSELF}");
    let _ = writeln!(text, "A computer that is always on can do it: these lines are for its crontab, or for the");
    let _ = writeln!(text, "schedule of your CI service. Their times are in UTC.\n");
    text + &crontab(changes, clock, site)
}

fn lines(change: &Change) -> Vec<String> {
    let line = |what: &str, (subject, label): &(Subject, String)| format!("{what} {} {label}", subject.kind());
    let appears = change.appears.iter().map(|item| line("+", item));
    let disappears = change.disappears.iter().map(|item| line("-", item));
    let release = change.release.then(|| "the film is released: the countdown ends".to_owned());
    appears.chain(disappears).chain(release).collect()
}

fn object(change: &Change, clock: &Clock, site: &str) -> Value {
    let items = |items: &[(Subject, String)]| -> Vec<Value> {
        let item = |(subject, label): &(Subject, String)| json!({ "what": subject.kind(), "item": subject.name(), "name": label });
        items.iter().map(item).collect()
    };
    json!({
        "at": change.at.to_string(),
        "local": clock.show(change.at),
        "appears": items(&change.appears),
        "disappears": items(&change.disappears),
        "release": change.release,
        "cron": format!("{} {}", minute(change.at), command(site)),
    })
}

fn crontab(changes: &[Change], clock: &Clock, site: &str) -> String {
    let line = |change: &Change| format!("# {}\n{} {}", clock.show(change.at), minute(change.at), command(site));
    changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A per cent sign ends a line of a crontab (crontab(5)).
fn command(site: &str) -> String {
    let quoted = site.replace('\'', "'\\''").replace('%', "\\%");
    let plain = site.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    if plain { format!("backlot build {site}") } else { format!("backlot build '{quoted}'") }
}

/// The first whole minute that is not before an instant, in UTC: minute, hour, day and month (crontab(5)).
fn minute(at: Timestamp) -> String {
    let seconds = at.as_second() + i64::from(at.subsec_nanosecond() > 0);
    let up = seconds + (60 - seconds.rem_euclid(60)) % 60;
    let at = Timestamp::from_second(up).unwrap_or(at).to_zoned(TimeZone::UTC);
    format!("{} {} {} {} *", at.minute(), at.hour(), at.day(), at.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crontab_never_comes_too_early() {
        for (at, expected) in [
            ("2026-12-01T00:01:00Z", "1 0 1 12 *"),
            ("2026-12-01T00:01:01Z", "2 0 1 12 *"),
            ("2026-12-31T23:59:00.5Z", "0 0 1 1 *"),
            ("2026-10-25T01:30:00+02:00", "30 23 24 10 *"),
        ] {
            assert_eq!(minute(at.parse().expect("an instant")), expected, "{at}");
        }
        assert_eq!(command("/home/a/film"), "backlot build /home/a/film");
        assert_eq!(command("/home/a b/it's 5%"), "backlot build '/home/a b/it'\\''s 5\\%'");
    }
}
