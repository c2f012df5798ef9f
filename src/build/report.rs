//! What came of a run.

use crate::clearance::Held;
use crate::diagnostic::Diagnostics;
use crate::production::Clock;
use crate::publish::{Changes, Developed, Finished, Forecast, Written};
use jiff::Timestamp;

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// All messages.
    pub messages: Diagnostics,
    /// Stills and clips that had to be opened to know what they are.
    pub opened: usize,
    /// What is to be developed, where nothing was written.
    pub forecast: Forecast,
    /// What was written; `None` when nothing was.
    pub written: Option<Written>,
    /// All is as the last build has left it, so that nothing had to be planned or made; then `site` is `None`.
    pub is_unchanged: bool,
    /// What was developed.
    pub developed: Developed,
    /// What was read was not what somebody meant to save; see [`crate::publish::Client::is_settled`].
    pub is_premature: bool,
    /// The client was called away before all was made; see [`Report::is_unfinished`].
    pub is_broken_off: bool,
    /// The site as it was made last; `None` when mistakes came before that.
    pub site: Option<Finished>,
    /// How the site differs from what the same workshop handed over before this run.
    pub changes: Changes,
    /// What is held and why.
    pub held: Vec<Held>,
    /// Writes instants in the site's time zone.
    pub clock: Option<Clock>,
    /// The first instant that is written anywhere and still to come: a build from then on may show
    /// something else.
    pub next: Option<Timestamp>,
    /// Pages that were planned, where nothing was written.
    pub pages: usize,
}

impl Report {
    pub(super) fn finish(mut self, mut messages: Diagnostics, strict: bool) -> Self {
        if strict {
            messages.make_strict();
        }
        self.messages = messages;
        self
    }

    /// Whether there is nothing to mend.
    pub fn is_good(&self) -> bool {
        !self.messages.has_errors()
    }

    /// Whether another run has to end the work, because the client was called away.
    pub fn is_unfinished(&self) -> bool {
        self.developed.unfinished || self.is_broken_off
    }
}
