//! What pages were when they were rendered last, in `.backlot/pages.txt`: their keys and the digests of their bytes.
//!
//! The pages themselves are in the output. One whose key and digest are right there is not rendered again; one that
//! was changed there, or is not there, is.

use super::ledger::{Entry, Ledger};
use crate::disk::{self, Digest, FileStat};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// Pages by key.
#[derive(Debug, Default)]
pub(super) struct PageBook {
    known: Ledger,
    /// What is known and not in the file yet.
    new: BTreeSet<Digest>,
    /// Of the file as it was read or written last.
    stat: Option<FileStat>,
    /// So many pages the site had then.
    used: usize,
}

/// So many pages are remembered for each page of the site: those of other audiences, and what was undone.
const EACH: usize = 4;
/// Of a small site a few more.
const SOME: usize = 200;

impl PageBook {
    /// Reads what a file says, unless that is what was read or written before.
    pub(super) fn refresh(&mut self, path: &Path) -> io::Result<()> {
        let stat = disk::stat(path).ok();
        if stat.is_none() || stat != self.stat {
            *self = Self { known: Ledger::load(path)?, new: BTreeSet::new(), stat, used: 0 };
        }
        Ok(())
    }

    /// The digest of a page's bytes.
    pub(super) fn sum(&self, key: Digest) -> Option<Digest> {
        self.known.get(key).map(|entry| entry.sum)
    }

    /// A page was rendered.
    pub(super) fn note(&mut self, key: Digest, bytes: &[u8], day: u64) {
        self.known.note(key, Entry { sum: Digest::of(bytes), size: bytes.len() as u64, used: day });
        self.new.insert(key);
    }

    /// Forgets pages that were in no site since yesterday, and writes the rest where that is news. A page is soon
    /// rendered, and an afternoon of writing makes many.
    pub(super) fn save(&mut self, path: &Path, day: u64, used: &BTreeSet<Digest>) -> io::Result<()> {
        let mut anew = self.known.use_on(day, used);
        let old = self.known.older_than(day.saturating_sub(1));
        anew |= !old.is_empty();
        old.into_iter().for_each(|key| self.known.remove(key));
        self.used = used.len();
        if self.are_many() {
            self.known.keep_only(used);
            anew = true;
        }
        if !anew {
            return self.append(path).map(|_| ());
        }
        self.new.clear();
        self.known.save(path)?;
        self.stat = disk::stat(path).ok();
        Ok(())
    }

    /// Adds what is new to the file; `false`, without doing so, when there are so many that some have to go.
    pub(super) fn append(&mut self, path: &Path) -> io::Result<bool> {
        if self.are_many() {
            return Ok(false);
        }
        let new = std::mem::take(&mut self.new);
        if !new.is_empty() {
            self.known.append(&new, path)?;
            self.stat = disk::stat(path).ok();
        }
        Ok(true)
    }

    fn are_many(&self) -> bool {
        self.known.len() > EACH * self.used + SOME
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self, path: &Path) -> io::Result<()> {
        *self = Self::default();
        disk::remove(path)
    }
}
