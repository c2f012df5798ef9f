//! Telling how far the work is.

use std::fmt::Debug;

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

/// Nobody wants to know.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize, _: f64) {}
    fn start(&self, _: &str) {}
    fn advance(&self, _: f64) {}
    fn end(&self) {}
}
