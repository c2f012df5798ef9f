//! The site's table of decisions, as lines that can be changed and written back.

use super::person;
use crate::production::{Finder, Found, Production};
use crate::source::approvals::{ApprovalRow, Decision, EXCHANGED, RECORDED};
use crate::source::{sheet, slugify};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// So many digits of its digest tell a picture from all others.
const DIGITS: usize = 32;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Path of the still below the site's folder.
    pub still: String,
    /// Slug.
    pub person: String,
    pub decision: Decision,
    pub date: Option<Date>,
    pub by: Option<String>,
    pub note: Option<String>,
    /// The day on which they got it to see.
    pub submitted: Option<Date>,
    /// The beginning of the picture's digest, or its path where it is not known.
    pub picture: String,
}

/// All decisions, each about one picture and one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ledger(BTreeMap<(String, String), Line>);

impl Ledger {
    /// What is recorded, with the paths of today. Lines about pictures that are gone stay as they are.
    pub(super) fn of(recorded: &[ApprovalRow], production: &Production) -> Self {
        let finder = Finder::new(production);
        let mut ledger = Self(BTreeMap::new());
        for row in recorded {
            let stills = match &row.picture {
                Some(picture) => finder.picture(picture),
                None => match finder.find(&row.still.value) {
                    Found::Stills(stills) => stills,
                    _ => Vec::new(),
                },
            };
            let same_path = stills.iter().find(|still| still.path == row.still.value);
            let still = same_path.or(stills.first());
            let picture = still.map(|still| picture_of(still)).or_else(|| row.picture.clone());
            let person = person(production, &row.person.value);
            ledger.put(Line {
                still: still.map_or_else(|| row.still.value.clone(), |still| still.path.clone()),
                person: person.map_or_else(|| slugify(&row.person.value), |person| person.slug.clone()),
                decision: row.decision,
                date: row.date,
                by: row.by.clone(),
                note: row.note.clone(),
                submitted: row.submitted,
                picture: picture.unwrap_or_else(|| row.still.value.clone()),
            });
        }
        ledger
    }

    /// Two lines about one picture and person become one, the stricter of them.
    fn put(&mut self, line: Line) {
        let strict = |decision: Decision| match decision {
            Decision::Approved => 0,
            Decision::Deemed => 1,
            Decision::Undecided => 2,
            Decision::Killed => 3,
        };
        let key = (line.picture.clone(), line.person.clone());
        if self.0.get(&key).is_none_or(|known| strict(known.decision) < strict(line.decision)) {
            self.0.insert(key, line);
        }
    }

    pub(super) fn get(&self, picture: &str, person: &str) -> Option<&Line> {
        self.0.get(&(picture.to_owned(), person.to_owned()))
    }

    pub(super) fn set(&mut self, line: Line) {
        self.0.insert((line.picture.clone(), line.person.clone()), line);
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.0.values()
    }

    /// As text, in the order of stills and people.
    pub(super) fn text(&self) -> String {
        let mut lines: Vec<&Line> = self.0.values().collect();
        lines.sort_by_key(|line| (&line.still, &line.person, &line.picture));
        let cells: Vec<Vec<String>> = lines.iter().map(|line| line.cells()).collect();
        sheet::write(RECORDED, cells.iter().map(|row| row.iter().map(String::as_str).collect()))
    }
}

/// How a picture is named in the table.
pub(super) fn picture_of(still: &crate::production::Still) -> String {
    still.digest.short(DIGITS)
}

impl Line {
    fn cells(&self) -> Vec<String> {
        let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        vec![
            self.still.clone(),
            self.person.clone(),
            self.decision.word().to_owned(),
            day(self.date),
            self.by.clone().unwrap_or_default(),
            self.note.clone().unwrap_or_default(),
            day(self.submitted),
            self.picture.clone(),
        ]
    }
}

/// Lines as a table for somebody else.
pub(super) fn exchanged(lines: &[Line]) -> String {
    let cells: Vec<Vec<String>> = lines.iter().map(|line| line.cells()).collect();
    let first = |row: &Vec<String>| row.len().min(EXCHANGED.len());
    sheet::write(EXCHANGED, cells.iter().map(|row| row[..first(row)].iter().map(String::as_str).collect()))
}
