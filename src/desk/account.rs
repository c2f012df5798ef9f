//! What is held, what the last build has changed, and what a build would change now.

use crate::build::{Options, rehearse};
use crate::clearance::Held;
use crate::diagnostic::Diagnostics;
use crate::production::Clock;
use crate::trail::{Entry, Occurrence, Trail, changes, standing};
use jiff::Timestamp;

/// What is held, what the last build has changed, and what a build would change now.
#[derive(Debug)]
pub struct Account {
    /// Writes instants in the site's time zone.
    pub clock: Clock,
    /// The instant that it is about.
    pub as_of: Timestamp,
    /// What is held, and why.
    pub held: Vec<Held>,
    /// What the last build of this output has changed; nothing when none is recorded.
    pub last: Vec<Entry>,
    /// What a build would change now.
    pub next: Vec<Entry>,
    /// Everything that was ever recorded.
    pub trail: Vec<Entry>,
}

/// Makes the account of a site. `None` when it cannot be read.
pub fn account(options: &Options, messages: &mut Diagnostics) -> Option<Account> {
    let rehearsal = rehearse(options, |_| {}, messages)?;
    let trail = Trail::new(&options.records).read(messages);
    let output = options.output_name();
    let read = rehearsal.read;
    let as_of = read.occasion.as_of;
    let occurrence = Occurrence { built: as_of, as_of, audience: options.audience, output: &output };
    let before = standing(&trail, options.audience, &output);
    let own = |entry: &&Entry| entry.output == output && entry.audience == options.audience.name();
    let latest = trail.iter().filter(own).map(|entry| entry.built).max();
    Some(Account {
        next: changes(&before, occurrence, &rehearsal.published, &read.clock),
        last: trail.iter().filter(own).filter(|entry| Some(entry.built) == latest).cloned().collect(),
        as_of,
        clock: read.clock,
        held: rehearsal.held,
        trail,
    })
}
