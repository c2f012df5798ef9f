//! What was cleared before, so that one story that is written does not make all others be cleared anew.
//!
//! A story is cleared from itself and the *ground*: everything else that was read, what is held and why, and a span
//! of time in which nothing that is written anywhere begins or ends. It is taken over when both are the same. What is
//! held is decided anew each time.

use super::decision::{Held, Reason, Subject};
use super::edition::{Rest, Shown};
use super::{Occasion, next_instant};
use crate::production::{Approvals, Clip, Gallery, Page, Person, Production, Shared, Site, Still, Story};
use crate::source::StaticFile;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What was cleared last.
#[derive(Debug, Default)]
pub struct Memory {
    /// For whom it was asked.
    pub(super) own: Slot,
    /// For the public, where insiders asked.
    pub(super) public: Slot,
}

/// What was cleared last for one audience.
#[derive(Debug, Default)]
pub(super) struct Slot {
    rest: Option<(Basis, Rest)>,
    /// By slug.
    stories: BTreeMap<String, Shown>,
}

/// What everything is cleared from.
#[derive(Debug)]
pub(super) struct Basis {
    occasion: Occasion,
    /// The first instant at which anything may be decided otherwise.
    until: Option<Timestamp>,
    held: BTreeSet<Subject>,
    reasons: Vec<Vec<Reason>>,
    site: Site,
    stories: Vec<Shared<Story>>,
    people: Shared<BTreeMap<String, Person>>,
    galleries: Shared<BTreeMap<String, Gallery>>,
    stills: Shared<BTreeMap<String, Still>>,
    clips: Shared<BTreeMap<String, Clip>>,
    pages: Shared<BTreeMap<String, Page>>,
    statics: Shared<BTreeMap<String, StaticFile>>,
    approvals: Approvals,
}

impl Basis {
    pub(super) fn of(production: &Production, occasion: Occasion, held: &[Held]) -> Self {
        // A new field has to be thought of here.
        let Production { site, stories, people, galleries, stills, clips, pages, statics, approvals } = production;
        Self {
            occasion,
            until: next_instant(production, occasion),
            held: held.iter().map(|held| held.subject.clone()).collect(),
            reasons: held.iter().map(|held| held.reasons.clone()).collect(),
            site: site.clone(),
            stories: stories.values().cloned().collect(),
            people: people.clone(),
            galleries: galleries.clone(),
            stills: stills.clone(),
            clips: clips.clone(),
            pages: pages.clone(),
            statics: statics.clone(),
            approvals: approvals.clone(),
        }
    }

    /// What is held is held for all but insiders.
    pub(super) fn holds(&self, subject: &Subject) -> bool {
        self.occasion.audience != super::Audience::Insiders && self.held.contains(subject)
    }

    fn gives_the_same_as(&self, later: &Self) -> bool {
        let (then, now) = (self.occasion, later.occasion);
        let same_time = then.as_of <= now.as_of && self.until.is_none_or(|until| now.as_of < until);
        same_time
            && Occasion { as_of: now.as_of, ..then } == now
            && self.until == later.until
            && self.held == later.held
            && self.reasons == later.reasons
            && self.site == later.site
            && same(&self.stories, &later.stories)
            && self.people == later.people
            && self.galleries == later.galleries
            && self.stills == later.stills
            && self.clips == later.clips
            && self.pages == later.pages
            && self.statics == later.statics
            && self.approvals == later.approvals
    }
}

/// Whether all that others may depend on is the same of stories: a link to them, and the stills in their folders.
fn same(some: &[Shared<Story>], others: &[Shared<Story>]) -> bool {
    let seen = |story: &Shared<Story>| (story.slug.clone(), story.own_folder.clone(), story.window);
    some.len() == others.len() && some.iter().zip(others).all(|(a, b)| a.is(b) || seen(a) == seen(b))
}

impl Slot {
    /// All but the stories, when nothing that decides about them has changed, and the stories.
    pub(super) fn recall(&mut self, basis: &Basis) -> (Option<Rest>, BTreeMap<String, Shown>) {
        let stories = std::mem::take(&mut self.stories);
        match self.rest.take() {
            Some((known, rest)) if known.gives_the_same_as(basis) => (Some(rest), stories),
            _ => (None, BTreeMap::new()),
        }
    }

    pub(super) fn keep(&mut self, basis: Basis, rest: Rest, stories: BTreeMap<String, Shown>) {
        self.rest = Some((basis, rest));
        self.stories = stories;
    }
}
