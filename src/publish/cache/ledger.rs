//! What is in the cache, in `.backlot/ledger.txt`: a line for each thing that was made.
//!
//! A line is added when something has been made, so that a run that is killed loses nothing. It says what the bytes
//! were, so that a file which a disk or a sync service has damaged is not published, and on which day they were
//! used last, so that what nothing uses can go. A thing without a line is not there; a line that cannot be read, or
//! whose file is gone, is none.

use crate::disk::{self, Digest};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// What is known of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Of its bytes.
    pub(super) sum: Digest,
    /// Bytes.
    pub(super) size: u64,
    /// When it was used last, in days since 1970.
    pub(super) used: u64,
}

/// Things by key.
#[derive(Debug, Default)]
pub(super) struct Ledger(BTreeMap<Digest, Entry>);

impl Ledger {
    /// What a file says.
    pub(super) fn load(path: &Path) -> io::Result<Self> {
        let bytes = disk::read_if_there(path)?.unwrap_or_default();
        let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| parse(std::str::from_utf8(line).ok()?));
        Ok(Self(lines.collect()))
    }

    pub(super) fn get(&self, key: Digest) -> Option<Entry> {
        self.0.get(&key).copied()
    }

    /// Knows a thing that was made, and adds its line.
    pub(super) fn add(&mut self, key: Digest, entry: Entry, path: &Path) -> io::Result<()> {
        self.0.insert(key, entry);
        // What was not written whole before must not swallow this line.
        disk::append(path, format!("\n{}", line(key, entry)).as_bytes())
    }

    /// How many things there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds the lines of some.
    pub(super) fn append(&self, keys: &BTreeSet<Digest>, path: &Path) -> io::Result<()> {
        let known = keys.iter().filter_map(|key| Some(line(*key, self.get(*key)?)));
        disk::append(path, format!("\n{}", known.collect::<String>()).as_bytes())
    }

    /// Knows a thing without adding its line.
    pub(super) fn note(&mut self, key: Digest, entry: Entry) {
        self.0.insert(key, entry);
    }

    pub(super) fn remove(&mut self, key: Digest) {
        self.0.remove(&key);
    }

    /// Forgets all but these.
    pub(super) fn keep_only(&mut self, there: &BTreeSet<Digest>) {
        self.0.retain(|key, _| there.contains(key));
    }

    /// Notes that these were used on a day; whether that was news.
    pub(super) fn use_on(&mut self, day: u64, keys: &BTreeSet<Digest>) -> bool {
        let mut news = false;
        for key in keys {
            if let Some(entry) = self.0.get_mut(key).filter(|entry| entry.used != day) {
                entry.used = day;
                news = true;
            }
        }
        news
    }

    /// Those that were last used before a day.
    pub(super) fn older_than(&self, day: u64) -> Vec<Digest> {
        self.0.iter().filter(|(_, entry)| entry.used < day).map(|(key, _)| *key).collect()
    }

    /// Writes everything anew.
    pub(super) fn save(&self, path: &Path) -> io::Result<()> {
        let lines: String = self.0.iter().map(|(key, entry)| line(*key, *entry)).collect();
        disk::write_atomically(path, lines.as_bytes())
    }
}

fn line(key: Digest, entry: Entry) -> String {
    let mut line = String::with_capacity(150);
    // Writing to a String cannot fail.
    let _ = writeln!(line, "{key} {} {} {}", entry.sum, entry.size, entry.used);
    line
}

fn parse(line: &str) -> Option<(Digest, Entry)> {
    let mut words = line.split(' ');
    let key = Digest::parse(words.next()?)?;
    let sum = Digest::parse(words.next()?)?;
    let (size, used) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    words.next().is_none().then_some((key, Entry { sum, size, used }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(used: u64) -> Entry {
        Entry { sum: Digest::of(b"bytes"), size: 5, used }
    }

    #[test]
    fn a_line_that_was_cut_or_damaged_harms_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ledger.txt");
        let [a, b, c] = [b"a", b"b", b"c"].map(|name| Digest::of(name));
        let mut ledger = Ledger::default();
        ledger.add(a, entry(1), &path).expect("written");
        disk::append(&path, &line(b, entry(2)).as_bytes()[..90]).expect("half a line");
        ledger.add(c, entry(3), &path).expect("written");
        disk::append(&path, b"\n\xff\xfe what a sync service left\n").expect("written");
        let read = Ledger::load(&path).expect("read");
        assert_eq!((read.get(a), read.get(b), read.get(c)), (Some(entry(1)), None, Some(entry(3))));
    }

    #[test]
    fn what_was_written_anew_says_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/ledger.txt");
        let [a, b] = [b"a", b"b"].map(|name| Digest::of(name));
        let mut ledger = Ledger::default();
        ledger.add(a, entry(1), &path).expect("written");
        ledger.add(b, entry(1), &path).expect("written");
        assert!(ledger.use_on(7, &BTreeSet::from([a])) && !ledger.use_on(7, &BTreeSet::from([a])));
        assert_eq!(ledger.older_than(7), [b]);
        ledger.remove(b);
        ledger.save(&path).expect("written");
        let read = Ledger::load(&path).expect("read");
        assert_eq!((read.get(a), read.get(b)), (Some(entry(7)), None));
    }
}
