//! What pages were when they were rendered last, in `.backlot/pages.txt`: their keys and the digests of their bytes.
//!
//! The pages themselves are in the output. One whose key and digest are right there is not rendered again; one that
//! was changed there, or is not there, is.

use super::ledger::{Entry, Ledger};
use crate::disk::{self, Digest};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// Pages by key.
#[derive(Debug, Default)]
pub(super) struct PageBook {
    known: Ledger,
    used: BTreeSet<Digest>,
    news: bool,
}

impl PageBook {
    /// What a file says; nothing where it cannot be read.
    pub(super) fn load(path: &Path) -> io::Result<Self> {
        Ok(Self { known: Ledger::load(path)?, ..Self::default() })
    }

    /// The digest of a page's bytes.
    pub(super) fn sum(&mut self, key: Digest) -> Option<Digest> {
        self.used.insert(key);
        self.known.get(key).map(|entry| entry.sum)
    }

    /// A page was rendered.
    pub(super) fn note(&mut self, key: Digest, bytes: &[u8], day: u64) {
        self.known.note(key, Entry { sum: Digest::of(bytes), size: bytes.len() as u64, used: day });
        self.used.insert(key);
        self.news = true;
    }

    /// Forgets pages that were not asked for since yesterday, and writes the rest where that is news. A page is soon
    /// rendered, and an afternoon of writing makes many.
    pub(super) fn save(&mut self, path: &Path, day: u64) -> io::Result<()> {
        self.news |= self.known.use_on(day, &self.used);
        for key in self.known.older_than(day.saturating_sub(1)) {
            self.known.remove(key);
            self.news = true;
        }
        if !self.news {
            return Ok(());
        }
        self.news = false;
        self.known.save(path)
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self, path: &Path) -> io::Result<()> {
        *self = Self::default();
        disk::remove(path)
    }
}
