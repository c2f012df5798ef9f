//! Decisions of people about stills, as `approvals.csv` and the tables that come back have them.

use super::sheet::{self, Row, Sheet};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, SourceFile, codes};
use jiff::civil::Date;
use std::sync::Arc;

/// Where a site keeps its decisions.
pub const FILE: &str = "approvals.csv";

/// The columns that people exchange.
pub const EXCHANGED: &[&str] = &["still", "person", "decision", "date", "by", "note"];
/// The columns of [`FILE`]: the same, when the still was submitted, and which picture it is about.
pub const RECORDED: &[&str] = &["still", "person", "decision", "date", "by", "note", "submitted", "picture"];

/// What somebody said about a still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Nothing yet.
    Undecided,
    /// It may be shown.
    Approved,
    /// It may not.
    Killed,
    /// Nothing within the time they had, which their contract takes for a yes.
    Deemed,
}

impl Decision {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Decision::Undecided => "undecided",
            Decision::Approved => "approved",
            Decision::Killed => "killed",
            Decision::Deemed => "deemed",
        }
    }
}

const DECISIONS: [Decision; 4] = [Decision::Undecided, Decision::Approved, Decision::Killed, Decision::Deemed];

/// One line.
#[derive(Debug, Clone)]
pub struct ApprovalRow {
    /// The line.
    pub origin: Origin,
    /// Its decision and its days could be read.
    pub sound: bool,
    /// Path or name of the still.
    pub still: Located<String>,
    /// Slug or name of the person.
    pub person: Located<String>,
    pub decision: Decision,
    pub date: Option<Date>,
    pub by: Option<String>,
    pub note: Option<String>,
    /// The day on which the still was sent to the person.
    pub submitted: Option<Date>,
    /// The beginning of the digest of the picture it is about.
    pub picture: Option<String>,
}

/// Reads the site's own table. A column of somebody's own would be lost when it is written anew.
pub fn parse_recorded(file: &Arc<SourceFile>, messages: &mut Diagnostics) -> Option<Vec<ApprovalRow>> {
    let sheet = sheet::read(file, messages)?;
    for column in sheet.columns.iter().filter(|column| !RECORDED.contains(&column.value.as_str())) {
        messages.push(
            Diagnostic::error(codes::BAD_TABLE, format!("{FILE} has no column `{}`", column.value))
                .at(&column.origin)
                .did_you_mean(&column.value, RECORDED.iter().copied())
                .hint("What else there is to say goes into `note`."),
        );
    }
    rows(file, &sheet, messages)
}

/// Reads a table that came back; columns that nobody asked for are passed over.
///
/// Lines that do not say what they are about are left out. `None` when it is no such table at all.
pub fn parse(file: &Arc<SourceFile>, messages: &mut Diagnostics) -> Option<Vec<ApprovalRow>> {
    let sheet = sheet::read(file, messages)?;
    rows(file, &sheet, messages)
}

fn rows(file: &Arc<SourceFile>, sheet: &Sheet, messages: &mut Diagnostics) -> Option<Vec<ApprovalRow>> {
    let mut complete = true;
    for name in &EXCHANGED[..3] {
        if sheet.column(name).is_none() {
            complete = false;
            let place = sheet.columns.first().map_or_else(|| Origin::new(file, 0..0), |c| c.origin.clone());
            let near = sheet.columns.iter().map(|c| c.value.as_str());
            messages.push(
                Diagnostic::error(codes::BAD_TABLE, format!("`{}` has no column `{name}`", file.path))
                    .at(&place)
                    .did_you_mean(name, near)
                    .hint(format!("Its first line is `{}`.", EXCHANGED.join(","))),
            );
        }
    }
    complete.then(|| sheet.rows.iter().filter_map(|line| row(sheet, line, messages)).collect())
}

fn row(sheet: &Sheet, line: &Row, messages: &mut Diagnostics) -> Option<ApprovalRow> {
    let cell = |name: &str| line.cell(sheet.column(name));
    if line.len() > sheet.columns.len() {
        let message = "this line has more cells than there are columns";
        messages.push(
            Diagnostic::error(codes::BAD_TABLE, message)
                .at(&line.origin)
                .hint("Put a text that has a comma or a semicolon in it into \"quotation marks\"."),
        );
        return None;
    }
    let mut need = |name: &str| {
        let found = cell(name);
        if found.is_none() {
            let message = format!("this line does not say which {name} it is about");
            messages.push(Diagnostic::error(codes::BAD_TABLE, message).at(&line.origin));
        }
        found
    };
    let (still, person) = (need("still"), need("person"));
    let decision = match cell("decision") {
        None => Some(Decision::Undecided),
        Some(word) => decision(&word, messages),
    };
    let mut day = |name: &str| match cell(name) {
        None => Some(None),
        Some(text) => date(&text, messages).map(Some),
    };
    let (date, submitted) = (day("date"), day("submitted"));
    // What is wrong with a line must not hide what else is.
    let sound = decision.is_some() && date.is_some() && submitted.is_some();
    let text = |name: &str| cell(name).map(|text| text.value);
    Some(ApprovalRow {
        origin: line.origin.clone(),
        still: still?,
        person: person?,
        sound,
        decision: decision.unwrap_or(Decision::Undecided),
        date: date.flatten(),
        submitted: submitted.flatten(),
        by: text("by"),
        note: text("note"),
        picture: text("picture"),
    })
}

fn decision(word: &Located<String>, messages: &mut Diagnostics) -> Option<Decision> {
    let typed = word.value.to_lowercase();
    let found = DECISIONS.into_iter().find(|decision| decision.word() == typed);
    if found.is_none() {
        let words = DECISIONS.map(Decision::word);
        messages.push(
            Diagnostic::error(codes::WRONG_VALUE, format!("`{}` is no decision", word.value))
                .at(&word.origin)
                .did_you_mean(&typed, words)
                .hint("Write `approved`, `killed` or `undecided`."),
        );
    }
    found
}

/// A day as written by hand, or as a spreadsheet has turned it round. What could be two days is none.
fn date(text: &Located<String>, messages: &mut Diagnostics) -> Option<Date> {
    let readings = readings(text.value.split([' ', 'T']).next().unwrap_or_default());
    if let [only] = readings.as_slice() {
        return Some(*only);
    }
    let message = Diagnostic::error(
        codes::WRONG_DATE,
        match readings.as_slice() {
            [one, other, ..] => format!("`{}` could be {one} or {other}", text.value),
            _ => format!("`{}` is no date", text.value),
        },
    );
    messages.push(message.at(&text.origin).hint("Write it as year-month-day, such as 2026-03-12."));
    None
}

/// The days that a text can mean, without doubles: `2026-03-12`, `12.3.2026`, `3/12/2026`.
fn readings(text: &str) -> Vec<Date> {
    let mark = if text.contains('.') {
        '.'
    } else if text.contains('/') {
        '/'
    } else {
        '-'
    };
    let numbers: Option<Vec<i16>> = text.split(mark).map(|part| part.parse().ok().filter(|n| *n > 0)).collect();
    let Some([first, second, third]) = numbers.as_deref().and_then(|n| <[i16; 3]>::try_from(n).ok()) else {
        return Vec::new();
    };
    let day = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|date| date.year() > 1000)
    };
    let mut all: Vec<Date> = match mark {
        _ if first > 1000 => day(first, second, third).into_iter().collect(),
        '.' => day(third, second, first).into_iter().collect(),
        _ => [day(third, second, first), day(third, first, second)].into_iter().flatten().collect(),
    };
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_spreadsheets_turn_them_round() {
        let read = |text: &str| readings(text).iter().map(ToString::to_string).collect::<Vec<_>>();
        for text in ["2026-03-12", "2026/3/12", "12.03.2026", "12.3.2026", "2026-3-12"] {
            assert_eq!(read(text), ["2026-03-12"], "{text}");
        }
        assert_eq!(read("25/03/2026"), ["2026-03-25"]);
        assert_eq!(read("03/25/2026"), ["2026-03-25"]);
        assert_eq!(read("3/3/2026"), ["2026-03-03"]);
        assert_eq!(read("03/12/2026"), ["2026-12-03", "2026-03-12"]);
        for text in ["", "March", "2026-02-30", "12.03.26", "12/2026", "46093"] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }
}
