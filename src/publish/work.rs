//! Telling how far the work is, and being told what matters more.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::PathBuf;

/// Somebody who wants to know how far developing is. Called from several threads.
///
/// Work is told in megapixels of decoding (see [`crate::develop::effort`]), because neither files nor megapixels
/// alone say how long something takes: a still of which one format is missing is quicker than one that is new.
pub trait Progress: Sync + Debug {
    /// This many stills, this much work in all, are to be developed.
    fn begin(&self, stills: usize, work: f64);
    /// This many renditions of clips are to be encoded; each counts as one of the work.
    fn begin_clips(&self, _: usize) {}
    /// One still is being developed.
    fn start(&self, path: &str);
    /// So much of the work is done.
    fn advance(&self, work: f64);
    /// Everything is done.
    fn end(&self);
}

/// Whoever the work is for. Asked again and again while stills are being developed, from the thread that
/// called for it.
pub trait Client {
    /// What was read is what somebody meant to save, and may be shown; waits until that is known. Otherwise there is more
    /// to come, and nothing is to be seen of the run.
    fn is_settled(&self) -> bool {
        true
    }
    /// Something else has become more urgent: what is in hand is finished, and the rest is left for another run.
    fn is_called_away(&self) -> bool {
        false
    }
    /// Files of the cache that somebody is waiting for; their stills come first.
    fn waits_for(&self) -> BTreeSet<PathBuf> {
        BTreeSet::new()
    }
    /// Paths of pages that somebody looks at just now; they are shown before the others are made.
    fn looks_at(&self) -> BTreeSet<String> {
        BTreeSet::new()
    }
}

/// Somebody who waits until all is done.
#[derive(Debug, Clone, Copy)]
pub struct Patient;

impl Client for Patient {}

/// Nobody wants to know.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize, _: f64) {}
    fn start(&self, _: &str) {}
    fn advance(&self, _: f64) {}
    fn end(&self) {}
}
