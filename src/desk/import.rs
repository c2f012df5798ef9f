//! A list that has come back: all of it is taken, or nothing and every mistake told.

use super::export::{deemed_on, record_deemed};
use super::ledger::{Ledger, Line, picture_of};
use super::{names, person};
use crate::build::Read;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, codes};
use crate::production::{Finder, Found, Person, Still};
use crate::source::approvals::{self, ApprovalRow, Decision};
use crate::source::slugify;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What came of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Imported {
    /// The site's table of decisions.
    pub table: String,
    /// Lines that were not there before, or say something else now.
    pub changed: Vec<Line>,
    /// How many lines say what was recorded already.
    pub known: usize,
    /// How many lines say nothing about a still that is still to be decided.
    pub open: usize,
    /// How many lines say nothing about a still that is decided; that stands.
    pub kept: usize,
}

/// Takes a list. `None`, and every mistake of it, when there is one.
pub fn import(read: &Read, file: &Arc<SourceFile>, messages: &mut Diagnostics) -> Option<Imported> {
    let rows = approvals::parse(file, messages)?;
    let mut desk = Desk {
        read,
        finder: Finder::new(&read.production),
        today: read.clock.day(read.occasion.as_of),
        ledger: Ledger::of(&read.recorded, &read.production),
        seen: BTreeMap::new(),
        result: Imported { table: String::new(), changed: Vec::new(), known: 0, open: 0, kept: 0 },
    };
    record_deemed(&mut desk.ledger, read);
    for row in &rows {
        let still = desk.still(row, messages);
        let person = desk.person(row, messages);
        if let (Some(still), Some(person), true) = (still, person, row.sound) {
            desk.take(row, still, person, messages);
        }
    }
    if messages.has_errors() {
        return None;
    }
    desk.result.table = desk.ledger.text();
    Some(desk.result)
}

struct Desk<'a> {
    read: &'a Read,
    finder: Finder<'a>,
    today: Date,
    ledger: Ledger,
    /// What the list says of a picture and a person, and where.
    seen: BTreeMap<(String, String), &'a ApprovalRow>,
    result: Imported,
}

impl<'a> Desk<'a> {
    /// The still that a line means, also by a path that it had when the list was made.
    fn still(&self, row: &ApprovalRow, messages: &mut Diagnostics) -> Option<&'a Still> {
        let written = &row.still;
        if let Some(still) = row.picture.as_ref().and_then(|picture| self.finder.picture(picture).first().copied()) {
            return Some(still);
        }
        let found = self.finder.find(&written.value);
        if let Found::Stills(stills) = &found {
            return stills.iter().find(|still| still.path == written.value).or(stills.first()).copied();
        }
        let before = self.read.recorded.iter().filter(|recorded| recorded.still.value == written.value);
        let mut renamed =
            before.filter_map(|recorded| self.finder.picture(recorded.picture.as_ref()?).first().copied());
        let renamed = renamed.next_back();
        if renamed.is_none() {
            messages.push(found.message(written));
        }
        renamed
    }

    fn person(&self, row: &ApprovalRow, messages: &mut Diagnostics) -> Option<&'a Person> {
        let written = &row.person.value;
        let found = person(&self.read.production, written);
        if found.is_none() {
            messages.push(
                Diagnostic::error(codes::UNKNOWN_PERSON, format!("nobody in crew/ is called `{written}`"))
                    .at(&row.person.origin)
                    .did_you_mean(written, names(&self.read.production))
                    .hint(format!("To make a profile, write the file `crew/{}.md`.", slugify(written))),
            );
        }
        found
    }

    fn take(&mut self, row: &'a ApprovalRow, still: &Still, person: &Person, messages: &mut Diagnostics) {
        if let Some(date) = row.date.filter(|date| *date > self.today) {
            let message = format!("this was decided on {}, and today is {}", date, self.today);
            messages.push(Diagnostic::error(codes::WRONG_DATE, message).at(&row.origin));
            return;
        }
        let key = (picture_of(still), person.slug.clone());
        let is_silent = row.decision == Decision::Undecided && row.date.is_none();
        let other = if is_silent { None } else { self.seen.insert(key.clone(), row) };
        if let Some(other) = other {
            if (other.decision, other.date) != (row.decision, row.date) {
                messages.push(contradiction(row, other, still, person));
            }
            return;
        }
        let known = self.ledger.get(&key.0, &key.1).cloned();
        if !still.depicted.contains(&person.slug) && row.decision != Decision::Undecided {
            messages.push(not_on_it(row, still, person));
        }
        match row.decision {
            Decision::Undecided => self.undecided(row, known),
            Decision::Deemed => self.deemed(row, still, person, messages),
            Decision::Approved | Decision::Killed => self.decided(row, still, person, known, messages),
        }
    }

    /// An empty line takes nothing back, unless it has a later date than what is recorded.
    fn undecided(&mut self, row: &ApprovalRow, known: Option<Line>) {
        match known {
            Some(line) if line.decision != Decision::Undecided => {
                if row.date.is_some() && row.date > line.date {
                    let line = Line {
                        decision: Decision::Undecided,
                        date: row.date,
                        by: row.by.clone(),
                        note: row.note.clone(),
                        ..line
                    };
                    self.change(line);
                } else {
                    self.result.kept += 1;
                }
            }
            _ => self.result.open += 1,
        }
    }

    fn deemed(&mut self, row: &ApprovalRow, still: &Still, person: &Person, messages: &mut Diagnostics) {
        if deemed_on(self.read, &still.path, &person.slug).is_some() {
            self.result.known += 1;
            return;
        }
        let message = format!("{} has not let the time for `{}` pass", person.name.value, still.path);
        messages.push(
            Diagnostic::error(codes::WRONG_VALUE, message)
                .at(&row.origin)
                .hint("`deemed` is what Backlot writes when a time is over. Write `approved` if they approved it."),
        );
    }

    fn decided(
        &mut self,
        row: &ApprovalRow,
        still: &Still,
        person: &Person,
        known: Option<Line>,
        messages: &mut Diagnostics,
    ) {
        if let Some(line) = &known
            && line.decision == row.decision
            && row.date.is_none_or(|date| line.date == Some(date))
            && (row.by.is_none() || row.by == line.by)
            && (row.note.is_none() || row.note == line.note)
        {
            self.result.known += 1;
            return;
        }
        let date = row.date.unwrap_or(self.today);
        if let Some(line) = &known
            && line.decision != row.decision
            && matches!(line.decision, Decision::Approved | Decision::Killed)
            && line.date.is_some_and(|recorded| date < recorded)
        {
            messages.push(older(row, line, date));
            return;
        }
        let submitted = known.as_ref().and_then(|line| line.submitted);
        let (by, note) = known.map_or((None, None), |line| (line.by, line.note));
        self.change(Line {
            still: still.path.clone(),
            person: person.slug.clone(),
            decision: row.decision,
            date: Some(date),
            by: row.by.clone().or(by),
            note: row.note.clone().or(note),
            submitted,
            picture: picture_of(still),
        });
    }

    fn change(&mut self, line: Line) {
        self.ledger.set(line.clone());
        self.result.changed.push(line);
    }
}

fn contradiction(row: &ApprovalRow, other: &ApprovalRow, still: &Still, person: &Person) -> Diagnostic {
    let line = other.origin.position().map_or(0, |(line, _)| line);
    let said = |row: &ApprovalRow| match row.date {
        Some(date) => format!("{} on {date}", row.decision.word()),
        None => row.decision.word().to_owned(),
    };
    let message = format!(
        "the list contradicts itself: `{}` is {} by {} here, and {} in line {line}",
        still.path,
        said(row),
        person.name.value,
        said(other)
    );
    Diagnostic::error(codes::CONTRADICTION, message)
        .at(&row.origin)
        .hint("Ask which of the two is right, and take the other line out.")
}

fn older(row: &ApprovalRow, known: &Line, date: Date) -> Diagnostic {
    let recorded = known.date.map_or_else(String::new, |date| date.to_string());
    let message = format!(
        "`{}` was {} on {recorded}, which is later than this line of {date}",
        known.still,
        known.decision.word()
    );
    Diagnostic::error(codes::CONTRADICTION, message)
        .at(&row.origin)
        .hint("If they have changed their mind since, write the day on which they did. If not, take the line out.")
}

fn not_on_it(row: &ApprovalRow, still: &Still, person: &Person) -> Diagnostic {
    let message = format!("{} is not named on `{}`", person.name.value, still.path);
    let hint = "A refusal counts all the same. If they are on it, add them to its `people` in gallery.toml.";
    Diagnostic::warning(codes::NOT_ON_IT, message).at(&row.origin).hint(hint)
}
