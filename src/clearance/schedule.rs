//! The coming instants at which a build would show something else.

use super::decision::{Subject, decide};
use super::{Occasion, approval};
use crate::production::{Production, Window};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What a build from an instant on would show differently from a build just before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The first instant.
    pub at: Timestamp,
    /// What can be seen from then on, with its name.
    pub appears: Vec<(Subject, String)>,
    /// What can be seen no longer, with its name.
    pub disappears: Vec<(Subject, String)>,
    /// The film is out: the countdown ends.
    pub release: bool,
}

/// The first instant after the occasion's at which a build may show something else.
pub fn next_instant(production: &Production, occasion: Occasion) -> Option<Timestamp> {
    let later = |at: &Timestamp| *at > occasion.as_of;
    instants(production).chain(production.site.released).filter(later).min()
}

/// All changes after the occasion's instant, in order.
///
/// Found by deciding anew at each instant that is written anywhere, so that it cannot disagree with a build.
pub fn schedule(production: &Production, occasion: Occasion) -> Vec<Change> {
    let release = production.site.released;
    let instants = instants(production).chain(release).filter(|at| *at > occasion.as_of);
    let mut before = held(production, occasion);
    let mut changes = Vec::new();
    for at in instants.collect::<BTreeSet<_>>() {
        let after = held(production, Occasion { as_of: at, ..occasion });
        let change = Change {
            at,
            appears: missing_from(&before, &after),
            disappears: missing_from(&after, &before),
            release: release == Some(at),
        };
        if change.release || !change.appears.is_empty() || !change.disappears.is_empty() {
            changes.push(change);
        }
        before = after;
    }
    changes
}

fn held(production: &Production, occasion: Occasion) -> BTreeMap<Subject, String> {
    decide(production, occasion).into_iter().map(|held| (held.subject, held.label)).collect()
}

fn missing_from(all: &BTreeMap<Subject, String>, others: &BTreeMap<Subject, String>) -> Vec<(Subject, String)> {
    all.iter().filter(|(subject, _)| !others.contains_key(subject)).map(|(s, l)| (s.clone(), l.clone())).collect()
}

/// Every instant that somebody has written down, in no order.
fn instants(production: &Production) -> impl Iterator<Item = Timestamp> {
    let windows = (production.stories.values().map(|story| story.window))
        .chain(production.pages.values().map(|page| page.window))
        .chain(production.people.values().map(|person| person.window))
        .chain(production.galleries.values().map(|gallery| gallery.window))
        .chain(production.stills.values().map(|still| still.window))
        .chain(production.clips.values().map(|clip| clip.window));
    let consents = production.people.values().filter_map(|person| person.consent.as_ref());
    let agreed = consents.flat_map(|consent| [consent.signed, consent.expires]);
    let each = |Window { embargo, press, expires }: Window| [embargo, press, expires];
    let written = windows.flat_map(each).chain(agreed).flatten();
    written.chain(approval::instants(production))
}
