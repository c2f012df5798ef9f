//! What is asked of one run, and by whom.

use super::{Options, Report};
use crate::publish::{Client, Patient, Progress};
use crate::source::Touched;

/// Gets the site as soon as its pages are made, before pictures are developed and anything is
/// written: a report in which what comes later is missing, with the changes since what was handed over before.
pub type Early<'a> = &'a dyn Fn(&Report);

/// What is asked of one run.
pub struct Order<'a> {
    /// How to build.
    pub options: &'a Options,
    /// Where to look.
    pub touched: Touched,
    /// Who wants to know how far developing is.
    pub progress: &'a dyn Progress,
    /// Who wants to see the pages before everything is done.
    pub early: Option<Early<'a>>,
    /// For whom the work is done.
    pub client: &'a dyn Client,
}

impl<'a> Order<'a> {
    /// Everything is looked at, and nobody waits for the pages.
    pub fn new(options: &'a Options, progress: &'a dyn Progress) -> Self {
        Self { options, touched: Touched::Anything, progress, early: None, client: &Patient }
    }
}
