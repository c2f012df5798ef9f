//! Telling how far the work is.

use std::fmt::Debug;

/// Somebody who wants to know how far developing is. Called from several threads.
pub trait Progress: Sync + Debug {
    /// This many stills, of this many megapixels in all, are to be developed.
    fn begin(&self, stills: usize, megapixels: f64);
    /// This many renditions of clips are to be encoded; each counts as a tenth of a megapixel.
    fn begin_clips(&self, _: usize) {}
    /// One still is being developed.
    fn start(&self, path: &str);
    /// One still of so many megapixels is done.
    fn done(&self, path: &str, megapixels: f64);
    /// Everything is done.
    fn end(&self);
}

/// Nobody wants to know.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize, _: f64) {}
    fn start(&self, _: &str) {}
    fn done(&self, _: &str, _: f64) {}
    fn end(&self) {}
}
