//! The one place that says publish or hold.
//!
//! The entry point is [`clear`]: from the [`Production`] (everything that was read), an audience
//! and an instant to the [`Edition`] (what may be shown to them then) and the list of what is held
//! and why. It is pure, it holds when in doubt, and nothing else can make an `Edition`: what is
//! held cannot leak later because it is not there.

mod approval;
mod characters;
mod decision;
mod edition;
mod explain;
mod ground;
mod memory;
mod names;
mod notices;
mod schedule;
mod sieve;

pub use approval::{Stage, Yes};
pub use decision::{Held, Lack, Reason, Subject};
pub use edition::Edition;
pub use ground::{Cleared, Ground};
pub use memory::Memory;
pub use names::lines_that_name;
pub use schedule::{Change, next_instant, schedule};

use crate::diagnostic::Diagnostics;
use crate::production::{Medium, Production, Scope};
use jiff::Timestamp;

/// Who is going to see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Journalists: what is cleared for the press.
    Press,
    /// Those who decide about stills, on contact sheets: what is still to be decided, before it is public. Nothing of it
    /// is more than stills and who is on them.
    Approvals,
    /// Whoever writes the site, in the preview alone: everything, and what is held says why. No build is for them.
    Insiders,
}

impl Audience {
    /// As on the command line; also the name of the output folder, unless somebody names another.
    pub fn name(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Press => "press",
            Audience::Approvals => "approvals",
            Audience::Insiders => "insiders",
        }
    }
}

/// For whom, when, and whether drafts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// For whom.
    pub audience: Audience,
    /// Seen from this instant.
    pub as_of: Timestamp,
    /// Drafts are shown (`--drafts`).
    pub drafts: bool,
}

impl Occasion {
    /// What somebody's agreement is wanted for.
    fn wants(self, scope: Scope, production: &Production) -> decision::Use {
        let medium = match self.audience {
            Audience::Public | Audience::Insiders => Some(Medium::Web),
            Audience::Press => Some(Medium::Press),
            // What may go out anywhere has to be decided about.
            Audience::Approvals => None,
        };
        decision::Use { scope, medium, occasion: self, consent_required: production.site.consent_required }
    }
}

/// What is held, and what is not and why, without making an edition: for reports.
pub fn account(production: &Production, occasion: Occasion) -> (Vec<Held>, Vec<Cleared>) {
    let held = decision::decide(production, occasion);
    let cleared = ground::cleared(production, occasion, &held);
    (held, cleared)
}

/// Decides about everything. For insiders, what is held is what would be held of the public site.
///
/// Messages are about published text that names or links to what is held. What `memory` has of the time before is
/// taken over where it was cleared from the same.
pub fn clear(
    production: &Production,
    occasion: Occasion,
    memory: &mut Memory,
    messages: &mut Diagnostics,
) -> (Edition, Vec<Held>) {
    let mut held = decision::decide(production, occasion);
    if occasion.audience == Audience::Approvals {
        // Contact sheets have nothing else that could be missed on them.
        held.retain(|held| matches!(held.subject, Subject::Still(_) | Subject::Person(_)));
    }
    if occasion.audience == Audience::Insiders {
        // They have to hear what the public site would stumble over.
        let public = Occasion { audience: Audience::Public, ..occasion };
        edition::make(production, public, &held, &mut memory.public, messages);
    }
    let edition = edition::make(production, occasion, &held, &mut memory.own, messages);
    (edition, held)
}
