//! Who has a say about stills, and what they have said.
//!
//! Decisions are about pictures, not about names of files: a still that is renamed keeps its own, and
//! another picture of the same name has none. A refusal holds as long as anything fits, an approval
//! only where all fits.

use super::finder::{Finder, Found};
use super::model::{Production, Still};
use super::moment::Clock;
use super::people::Directory;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, codes};
use crate::source::approvals::{ApprovalRow, Decision};
use crate::source::person::ApprovalFields;
use crate::source::slugify;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// A person's right to approve stills.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// Where it is written.
    pub origin: Origin,
    /// How long they have to decide; for ever when it is not said.
    pub window: Option<Term>,
    /// How many stills of them alone they may refuse, in percent.
    pub solo: Option<Located<i64>>,
    /// How many stills of them with others they may refuse, in percent.
    pub group: Option<Located<i64>>,
}

/// A number of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    days: u16,
    /// Only Mondays to Fridays count. Holidays are not known.
    working: bool,
}

impl Term {
    /// Of `5 days`, `2 weeks`, `5 working days`.
    fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.trim().split_once(' ')?;
        let number: u16 = number.parse().ok().filter(|n| (1..=366).contains(n))?;
        match unit.trim() {
            "day" | "days" => Some(Self { days: number, working: false }),
            "week" | "weeks" => Some(Self { days: number * 7, working: false }),
            "working day" | "working days" => Some(Self { days: number, working: true }),
            _ => None,
        }
    }

    /// The first day on which it is over. The day on which it begins does not count.
    pub fn over(self, begins: Date) -> Option<Date> {
        let (mut day, mut left) = (begins, self.days);
        while left > 0 {
            day = day.tomorrow().ok()?;
            let counts = !self.working || !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            left -= u16::from(counts);
        }
        day.tomorrow().ok()
    }
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = if self.working { "working day" } else { "day" };
        write!(f, "{} {unit}{}", self.days, if self.days == 1 { "" } else { "s" })
    }
}

/// What a person has said about a still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Yes, on that day, which begins at that instant.
    Approved { on: Date, from: Timestamp },
    /// Nothing in time, which was taken for a yes and recorded.
    Deemed { on: Date, from: Timestamp },
    /// Nothing yet.
    Undecided,
    /// Something about another picture that had the same name.
    Changed,
    /// No.
    Killed { on: Option<Date> },
}

/// How things stand between a person and a still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What they have said.
    pub verdict: Verdict,
    /// The day on which they got it to see.
    pub submitted: Option<Date>,
    /// The instant at which their time to decide is over.
    pub lapses: Option<Timestamp>,
    /// Who has told.
    pub by: Option<String>,
    /// What else was told.
    pub note: Option<String>,
}

/// All that people have said, by path of the still and slug of the person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Approvals(BTreeMap<String, BTreeMap<String, Standing>>);

impl Approvals {
    /// What was said about a still, by slug of the person.
    pub fn of(&self, path: &str) -> impl Iterator<Item = (&str, &Standing)> {
        self.0.get(path).into_iter().flatten().map(|(slug, standing)| (slug.as_str(), standing))
    }

    /// What a person has said about a still.
    pub fn between(&self, path: &str, person: &str) -> Option<&Standing> {
        self.0.get(path)?.get(person)
    }

    /// Everything.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Standing)> {
        self.0.iter().flat_map(|(path, all)| all.iter().map(|(slug, s)| (path.as_str(), slug.as_str(), s)))
    }

    /// Adds something; of two statements the stricter one counts.
    fn add(&mut self, path: &str, person: &str, standing: Standing) {
        let all = self.0.entry(path.to_owned()).or_default();
        match all.get_mut(person) {
            Some(known) if known.verdict >= standing.verdict => {}
            Some(known) => *known = standing,
            None => {
                all.insert(person.to_owned(), standing);
            }
        }
    }
}

/// A right as written. What cannot be understood has no end.
pub(super) fn right(fields: &ApprovalFields, messages: &mut Diagnostics) -> Approval {
    let window = fields.window.as_ref().and_then(|text| {
        let term = Term::parse(&text.value);
        if term.is_none() {
            messages.push(
                Diagnostic::error(codes::WRONG_VALUE, format!("`{}` is no length of time", text.value))
                    .at(&text.origin)
                    .hint("Write it like `5 days`, `2 weeks` or `5 working days`."),
            );
        }
        term
    });
    Approval { origin: fields.origin.clone(), window, solo: fields.solo.clone(), group: fields.group.clone() }
}

/// Brings together what was written and what is there.
pub(super) fn resolve(
    rows: &[ApprovalRow],
    production: &Production,
    directory: &Directory<'_>,
    clock: &Clock,
    messages: &mut Diagnostics,
) -> Approvals {
    if rows.is_empty() {
        return Approvals::default();
    }
    let mut gone = Vec::new();
    let mut desk = Resolver { production, finder: Finder::new(production), clock, approvals: Approvals::default() };
    for row in rows.iter().filter(|row| row.sound) {
        let person = match directory.find(&row.person.value) {
            Some(slug) => slug.to_owned(),
            None => {
                if !directory.is_unread(&row.person.value) {
                    messages.push(stranger(row, directory));
                }
                slugify(&row.person.value)
            }
        };
        if !desk.take(row, &person, messages) {
            gone.push((row, person));
        }
    }
    for (row, person) in gone {
        desk.inherit(row, &person, messages);
    }
    desk.approvals
}

struct Resolver<'a> {
    production: &'a Production,
    finder: Finder<'a>,
    clock: &'a Clock,
    approvals: Approvals,
}

impl Resolver<'_> {
    /// Notes down what a line says; `false` when its picture is no longer here.
    fn take(&mut self, row: &ApprovalRow, person: &str, messages: &mut Diagnostics) -> bool {
        let Some(standing) = self.standing(row, person, messages) else { return true };
        let meant = match &row.picture {
            Some(picture) => self.finder.picture(picture),
            None => match self.finder.find(&row.still.value) {
                Found::Stills(stills) => stills,
                lost => {
                    messages.push(lost.message(&row.still));
                    return true;
                }
            },
        };
        for still in &meant {
            self.approvals.add(&still.path, person, standing.clone());
        }
        !meant.is_empty()
    }

    /// Another picture of the same name, about which nothing was said itself, inherits a no, but not a yes.
    fn inherit(&mut self, row: &ApprovalRow, person: &str, messages: &mut Diagnostics) {
        let Some(still) = self.finder.path(&row.still.value) else { return };
        if self.approvals.between(&still.path, person).is_some() {
            return;
        }
        // What is wrong with the line has been said.
        let Some(standing) = self.standing(row, person, &mut Diagnostics::new()) else { return };
        messages.extend(other_picture(row, still).into_iter().collect());
        let verdict = match standing.verdict {
            Verdict::Killed { .. } | Verdict::Undecided => standing.verdict,
            _ => Verdict::Changed,
        };
        let standing = Standing { verdict, submitted: None, lapses: None, ..standing };
        self.approvals.add(&still.path, person, standing);
    }

    fn standing(&self, row: &ApprovalRow, person: &str, messages: &mut Diagnostics) -> Option<Standing> {
        let dated = || row.date.and_then(|on| Some((on, self.clock.first_moment(on)?)));
        let verdict = match row.decision {
            Decision::Undecided => Some(Verdict::Undecided),
            Decision::Killed => Some(Verdict::Killed { on: row.date }),
            Decision::Approved => dated().map(|(on, from)| Verdict::Approved { on, from }),
            Decision::Deemed => dated().map(|(on, from)| Verdict::Deemed { on, from }),
        };
        if verdict.is_none() {
            messages.push(
                Diagnostic::error(codes::MISSING_KEY, "an approval without a date proves nothing")
                    .at(&row.origin)
                    .hint("Write into the column `date` on which day they approved it."),
            );
        }
        let right = self.production.people.get(person).and_then(|person| person.approval.as_ref());
        let over = right.and_then(|right| right.window).zip(row.submitted).and_then(|(term, day)| term.over(day));
        Some(Standing {
            verdict: verdict?,
            submitted: row.submitted,
            lapses: over.and_then(|day| self.clock.first_moment(day)),
            by: row.by.clone(),
            note: row.note.clone(),
        })
    }
}

fn stranger(row: &ApprovalRow, directory: &Directory<'_>) -> Diagnostic {
    let written = &row.person.value;
    let message = format!("`{}` names `{written}`, who has no profile in crew/", row.origin.file.path);
    Diagnostic::warning(codes::UNKNOWN_PERSON, message)
        .at(&row.person.origin)
        .did_you_mean(written, directory.candidates())
        .hint("A refusal counts all the same; an approval has no effect.")
}

/// An undecided line about a picture that is gone says nothing.
fn other_picture(row: &ApprovalRow, still: &Still) -> Option<Diagnostic> {
    let word = match row.decision {
        Decision::Undecided => return None,
        decision => decision.word(),
    };
    let message = format!("`{}` is another picture than the one that was {word}", still.path);
    let hint = match row.decision {
        Decision::Killed => "It is held like that one. If it may be shown, take this line out.",
        _ => "It is held until this one is approved: send it again with `backlot approvals export --submit`.",
    };
    Some(Diagnostic::warning(codes::OTHER_PICTURE, message).at(&row.still.origin).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_end_after_so_many_whole_days() {
        let over = |text: &str, begins: &str| {
            let term = Term::parse(text).expect("a term");
            term.over(begins.parse().expect("a day")).expect("in range").to_string()
        };
        // 12 March 2026 is a Thursday.
        assert_eq!(over("1 day", "2026-03-12"), "2026-03-14");
        assert_eq!(over("5 days", "2026-03-12"), "2026-03-18");
        assert_eq!(over("2 weeks", "2026-03-12"), "2026-03-27");
        assert_eq!(over("1 working day", "2026-03-12"), "2026-03-14");
        assert_eq!(over("2 working days", "2026-03-12"), "2026-03-17");
        assert_eq!(over("5 working days", "2026-03-14"), "2026-03-21");
        for text in ["", "5", "days", "0 days", "-1 days", "5 months", "5days", "9999 days"] {
            assert_eq!(Term::parse(text), None, "{text}");
        }
    }
}
