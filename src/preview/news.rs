//! What the preview tells whoever started it.

use crate::build::Report;
use std::time::Duration;

/// Something that happened.
#[derive(Debug)]
pub enum News<'a> {
    /// The server answers at this address.
    Open(&'a str),
    /// The port that was to be used is taken; this is the one instead.
    OtherPort(u16),
    /// Others on the network can see the preview.
    Exposed,
    /// Something was built, or could not be.
    Built {
        /// What came of it.
        report: &'a Report,
        /// How long it took.
        time: Duration,
        /// Counts every state that was shown.
        version: u64,
    },
    /// How changes are noticed from now on, when it is not the usual way; a sentence.
    Watching(&'a str),
    /// All changes that were noticed have been dealt with.
    Idle {
        /// The state that is shown.
        version: u64,
    },
}

/// Whoever wants to know.
pub trait Audience: Send + Sync {
    /// Called from the loop's own thread, in order.
    fn hear(&self, news: News<'_>);
}
