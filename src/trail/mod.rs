//! The audit trail: what came into each output and what left it, when, and by which rule.
//!
//! The entry point is [`Trail`]: a table in the site's folder `records/`, to which lines are only ever
//! added. It lies beside the site and not in the cache, because it has to outlive cleaning, and not in
//! the output, because it names names. What was public at last is found by reading it from the
//! beginning, so no second file can disagree with it. It does not know how an output is made.

mod entry;
mod standing;

pub use entry::{Change, Entry};
pub use standing::{Items, Standing, standing};

use crate::clearance::{Audience, Cleared};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, SourceFile, codes};
use crate::disk;
use crate::production::Clock;
use crate::source::sheet;
use entry::COLUMNS;
use jiff::Timestamp;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

/// Name of the table.
const NAME: &str = "published.csv";

/// The trail in a folder, which need not be there yet.
#[derive(Debug, Clone)]
pub struct Trail {
    folder: PathBuf,
}

/// One writing of an output.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence<'a> {
    /// When it was written.
    pub built: Timestamp,
    /// As of which instant it was decided.
    pub as_of: Timestamp,
    /// For whom.
    pub audience: Audience,
    /// Where, as the site's folder sees it.
    pub output: &'a str,
}

/// What came into an output, with the address of its page below the root, when it has one.
pub type Published = (Cleared, Option<String>);

impl Trail {
    /// In a folder.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Where the table is.
    pub fn file(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// Every line. What cannot be read is a message.
    pub fn read(&self, messages: &mut Diagnostics) -> Vec<Entry> {
        let bytes = match disk::read_if_there(&self.file()) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Vec::new(),
            Err(error) => {
                messages.push(unreadable(&self.folder, &error.to_string()));
                return Vec::new();
            }
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let file = SourceFile::new(format!("{}/{NAME}", shown(&self.folder)), text);
        let Some(sheet) = sheet::read(&file, messages) else { return Vec::new() };
        // There may be many thousands.
        let entries: Vec<Option<Entry>> = sheet.rows.par_iter().map(|row| Entry::read(&sheet, row)).collect();
        let read = |(row, entry): (&sheet::Row, Option<Entry>)| {
            if entry.is_none() {
                let message = "this line of the records cannot be read, and is passed over";
                messages.push(Diagnostic::warning(codes::BAD_TABLE, message).at(&row.origin));
            }
            entry
        };
        sheet.rows.iter().zip(entries).filter_map(read).collect()
    }

    /// Adds a line for all that differs from what was there before. What `known` has of the time before is not read
    /// again. `false`, and messages, when something could not be read or written.
    pub fn record(
        &self,
        occurrence: Occurrence<'_>,
        published: &[Published],
        clock: &Clock,
        known: &mut Standing,
        messages: &mut Diagnostics,
    ) -> bool {
        let said = messages.len();
        let length = disk::stat(&self.file()).map_or(0, |stat| stat.size);
        let before = known.take(self, occurrence);
        let mut items =
            before.unwrap_or_else(|| standing(&self.read(messages), occurrence.audience, occurrence.output));
        let new = changes(&items, occurrence, published, clock);
        match self.append(&new) {
            // What cannot be read has to be told each time.
            Ok(added) if messages.len() == said => {
                new.into_iter().for_each(|entry| standing::follow(&mut items, entry));
                known.keep(self, occurrence, length, added, items);
            }
            Ok(_) => {}
            Err(error) => messages.push(unreadable(&self.folder, &error.to_string())),
        }
        messages.len() == said
    }

    /// How many bytes have come.
    fn append(&self, entries: &[Entry]) -> io::Result<u64> {
        if entries.is_empty() {
            return Ok(0);
        }
        let text = table(entries);
        let file = self.file();
        let is_new = disk::stat(&file).map_or(true, |stat| stat.size == 0);
        let names = text.find('\n').map_or(0, |end| end + 1);
        let bytes = if is_new { text.as_bytes() } else { &text.as_bytes()[names..] };
        disk::append_for_good(&file, bytes)?;
        Ok(bytes.len() as u64)
    }
}

/// Lines as the table has them.
pub fn table(entries: &[Entry]) -> String {
    let cells: Vec<Vec<String>> = entries.iter().map(Entry::cells).collect();
    sheet::write(COLUMNS, cells.iter().map(|row| row.iter().map(String::as_str).collect()))
}

/// How what is published now differs from what was.
pub fn changes(before: &Items, occurrence: Occurrence<'_>, published: &[Published], clock: &Clock) -> Vec<Entry> {
    let now: Items = published
        .par_iter()
        .map(|published| {
            let entry = Entry::came(occurrence, published, clock);
            ((entry.kind.clone(), entry.item.clone()), entry)
        })
        .collect();
    let new = now.iter().filter_map(|(key, entry)| match before.get(key) {
        None => Some(entry.clone()),
        Some(known) if known.picture != entry.picture => Some(Entry { change: Change::Replaced, ..entry.clone() }),
        Some(_) => None,
    });
    let gone = before.iter().filter(|(key, _)| !now.contains_key(*key)).map(|(_, entry)| entry.left(occurrence));
    new.chain(gone).collect()
}

fn shown(folder: &Path) -> String {
    folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn unreadable(folder: &Path, error: &str) -> Diagnostic {
    let message = format!("what was published cannot be recorded in `{}`: {error}", folder.display());
    Diagnostic::warning(codes::WRITE_FAILED, message)
        .at(&Origin::whole(format!("{}/{NAME}", shown(folder))))
        .hint("Without these records nobody can prove later what was public when.")
}
