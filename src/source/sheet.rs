//! Tables of text as spreadsheets read and write them: CSV (RFC 4180).
//!
//! [`read`] takes what they save: a byte order mark, commas, semicolons or tabs, either end of line,
//! cells in quotes. [`write`] gives what they show without running it: a cell that they would take
//! for a formula gets an apostrophe in front, which reading takes away again. It does not know what
//! the columns mean.

use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, SourceFile, codes};
use std::sync::Arc;

/// A table with named columns.
#[derive(Debug)]
pub struct Sheet {
    /// Names of the columns, in small letters, each with its place.
    pub columns: Vec<Located<String>>,
    /// All other lines that are not empty.
    pub rows: Vec<Row>,
}

/// One line of a table.
#[derive(Debug)]
pub struct Row {
    /// The line.
    pub origin: Origin,
    cells: Vec<String>,
}

impl Sheet {
    /// Which column has that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.value == name)
    }
}

impl Row {
    /// A cell, trimmed; `None` when it is empty or there is no such column.
    pub fn cell(&self, column: Option<usize>) -> Option<Located<String>> {
        let text = self.text(column)?;
        Some(Located::new(text.to_owned(), self.place_of(text)))
    }

    /// The same without its place, which has to be looked for.
    pub fn text(&self, column: Option<usize>) -> Option<&str> {
        let text = self.cells.get(column?)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Where in the line a cell stands; the whole line for one that is written with quotes inside.
    fn place_of(&self, text: &str) -> Origin {
        let (file, span) = (&self.origin.file, self.origin.span.clone());
        match file.text.get(span.clone()).and_then(|line| line.find(text)) {
            Some(at) => Origin::new(file, span.start + at..span.start + at + text.len()),
            None => self.origin.clone(),
        }
    }
}

/// Reads a table; `None`, and a message, when it is none or has no line of names.
pub fn read(file: &Arc<SourceFile>, messages: &mut Diagnostics) -> Option<Sheet> {
    let start = table_start(&file.text);
    let text = &file.text[start..];
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut lines: Vec<(usize, Vec<String>)> = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let at = record.position().map_or(0, |position| position.byte() as usize);
                lines.push((at, record.iter().map(unescaped).collect()));
            }
            Err(error) => {
                let message = format!("`{}` is no table of text: {error}", file.path);
                messages.push(Diagnostic::error(codes::BAD_TABLE, message).at(&Origin::new(file, start..start)));
                return None;
            }
        }
    }
    let ends: Vec<usize> = lines.iter().skip(1).map(|(at, _)| *at).chain([text.len()]).collect();
    let mut rows = lines.into_iter().zip(ends).filter(|((_, cells), _)| cells.iter().any(|c| !c.trim().is_empty()));
    let mut row = || rows.next().map(|((from, cells), to)| Row { origin: line(file, start + from, start + to), cells });
    let Some(names) = row() else {
        let message = format!("`{}` has no line with the names of its columns", file.path);
        messages.push(Diagnostic::error(codes::BAD_TABLE, message).at(&Origin::new(file, 0..0)));
        return None;
    };
    let columns = names.cells.iter().map(|name| {
        let name = name.trim();
        Located::new(name.to_lowercase(), names.place_of(name))
    });
    let columns = columns.collect();
    Some(Sheet { columns, rows: std::iter::from_fn(row).collect() })
}

/// Behind a byte order mark, and behind the line `sep=;` that Excel writes for itself.
fn table_start(text: &str) -> usize {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = text[start..].lines().next().unwrap_or_default();
    if first.len() == 5 && first.starts_with("sep=") {
        start + text[start..].find('\n').map_or(first.len(), |end| end + 1)
    } else {
        start
    }
}

/// What stands between the names of the columns most often.
fn delimiter(text: &str) -> u8 {
    let names = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| names.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// A line without what ends it, or ends the one before it.
fn line(file: &Arc<SourceFile>, from: usize, to: usize) -> Origin {
    let text = &file.text[from..to];
    let start = from + (text.len() - text.trim_start_matches(['\r', '\n']).len());
    let end = to - (text.len() - text.trim_end_matches(['\r', '\n']).len());
    Origin::new(file, start..end.max(start))
}

/// Spreadsheets run what begins like this (OWASP, "CSV Injection").
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

fn looks_like_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

fn escaped(cell: &str) -> String {
    if looks_like_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn unescaped(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Writes a table, each line ended by a line feed, quotes only where they are needed.
pub fn write<'a>(columns: &[&str], rows: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let mut put =
        |cells: Vec<String>| writer.write_record(cells).expect("memory can be written, and all lines are as long");
    put(columns.iter().map(|&name| name.to_owned()).collect());
    rows.into_iter().for_each(|cells| put(cells.into_iter().map(escaped).collect()));
    let bytes = writer.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("made of text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let file = SourceFile::new("x.csv", text);
        let sheet = read(&file, &mut Diagnostics::new()).expect("a table");
        (sheet.columns.into_iter().map(|c| c.value).collect(), sheet.rows.into_iter().map(|row| row.cells).collect())
    }

    #[test]
    fn tables_are_read_as_any_spreadsheet_saves_them() {
        let expected = (
            vec!["still".to_owned(), "note".to_owned()],
            vec![vec!["a.jpg".to_owned(), "one, \"two\"; three".to_owned()], vec!["b.jpg".to_owned(), String::new()]],
        );
        for text in [
            "still,note\na.jpg,\"one, \"\"two\"\"; three\"\nb.jpg,\n",
            "\u{feff}still;note\r\na.jpg;\"one, \"\"two\"\"; three\"\r\nb.jpg;\r\n",
            "Still\tNOTE\ra.jpg\t\"one, \"\"two\"\"; three\"\rb.jpg\t\r",
            "sep=;\r\n\"still\";\"note\"\r\n\r\n\"a.jpg\";\"one, \"\"two\"\"; three\"\r\n;\r\n\"b.jpg\";\"\"",
        ] {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }

    #[test]
    fn places_are_those_in_the_file() {
        let file = SourceFile::new("x.csv", "\u{feff}still;note\r\n\r\na.jpg;\"two\nlines\"\r\nb.jpg;x\r\n");
        let sheet = read(&file, &mut Diagnostics::new()).expect("a table");
        let lines: Vec<_> = sheet.rows.iter().filter_map(|row| row.origin.position()).collect();
        assert_eq!(lines, [(3, 1), (5, 1)]);
        let note = sheet.rows[1].cell(sheet.column("note")).expect("a note");
        assert_eq!((note.value.as_str(), note.origin.position()), ("x", Some((5, 7))));
    }

    #[test]
    fn formulas_are_shown_and_not_run_and_come_back_as_they_were() {
        for note in ["=1+1", "+44", "-2", "@x", "'=1", "''=x", "'quoted'", "plain", "a\n\"b\";", "＝1", "\tx", ""] {
            let text = write(&["still", "note"], [vec!["a.jpg", note]]);
            let (_, rows) = cells(&text);
            assert_eq!(rows, [[String::from("a.jpg"), note.to_owned()]], "{text:?}");
            let shown = text.lines().nth(1).expect("a line").trim_start_matches("a.jpg,").trim_start_matches('"');
            assert!(!shown.starts_with(FORMULA), "{text:?}");
        }
    }

    #[test]
    fn what_has_no_names_is_no_table() {
        let mut messages = Diagnostics::new();
        assert!(read(&SourceFile::new("x.csv", "\n\n"), &mut messages).is_none());
        assert!(messages.has_errors());
    }
}
