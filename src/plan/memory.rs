//! What was drawn before, so that a plan of a site of which little has changed is drawn quickly.
//!
//! There are two kinds of parts. A story's own page is drawn from the edition in brief and that story;
//! everything else from the edition in brief alone. A part is taken over when what it was drawn from is
//! equal, and drawn by the same function when it is not.

use super::brief;
use super::draft::latest_first;
use super::fonts;
use super::kin::Kin;
use super::outputs::{Group, Job, Ladders};
use super::search::Entry;
use super::{Darkroom, Learnt, Showing};
use crate::clearance::Edition;
use crate::production::{Production, Shared, Story};
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pages, and what else of the site they ask for.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) group: Arc<Group>,
    pub(super) ladders: Ladders,
    pub(super) clips: BTreeMap<String, Job>,
    /// What can be found of them.
    pub(super) entries: Vec<Entry>,
}

/// The parts of the plan that was drawn last.
#[derive(Debug, Default)]
pub struct Memory {
    last: Option<(Basis, Parts)>,
    /// Which stories of an edition in brief have to do with each other.
    kin: Option<(Arc<Production>, Arc<Kin>)>,
    pub(super) fonts: Option<fonts::Known>,
}

/// What every part is drawn from.
#[derive(Debug)]
pub(super) struct Basis {
    pub(super) brief: Arc<Production>,
    pub(super) theme: Arc<Theme>,
    pub(super) darkroom: Darkroom,
    pub(super) learnt: Arc<Learnt>,
    /// All that depends on the audience and the instant.
    pub(super) showing: Showing,
    pub(super) preload: Vec<String>,
}

/// Parts by what they are about.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The edition that the stories are of.
    pub(super) edition: Option<Arc<Edition>>,
    pub(super) others: Option<Part>,
    /// By slug.
    pub(super) stories: BTreeMap<String, Part>,
}

impl PartialEq for Basis {
    /// Whether the same pages come of both.
    fn eq(&self, other: &Self) -> bool {
        self.theme.draws_as(&other.theme)
            && self.darkroom == other.darkroom
            && self.preload == other.preload
            && (Arc::ptr_eq(&self.learnt, &other.learnt) || self.learnt == other.learnt)
            && self.showing == other.showing
            && (Arc::ptr_eq(&self.brief, &other.brief) || self.brief == other.brief)
    }
}

impl Memory {
    /// An edition in brief; the same as last time when it is equal to that.
    pub(super) fn brief(&self, edition: &Edition) -> Arc<Production> {
        let last = self.last.as_ref();
        let before = last.and_then(|(basis, parts)| Some((parts.edition.as_ref()?.shown(), &*basis.brief)));
        let brief = brief::of(edition.shown(), before);
        match last {
            Some((basis, _)) if *basis.brief == brief => Arc::clone(&basis.brief),
            _ => Arc::new(brief),
        }
    }

    /// Which stories have to do with whom.
    pub(super) fn kin(&mut self, brief: &Arc<Production>) -> Arc<Kin> {
        let known = self.kin.take().filter(|(known, _)| Arc::ptr_eq(known, brief));
        let new = || (Arc::clone(brief), Arc::new(Kin::new(&latest_first(brief), &brief.stills)));
        let (_, kin) = self.kin.insert(known.unwrap_or_else(new));
        Arc::clone(kin)
    }

    /// What can be taken over for a new plan; nothing when what all is drawn from has changed.
    pub(super) fn recall(&mut self, basis: &Basis) -> Parts {
        match self.last.take() {
            Some((known, parts)) if known == *basis => parts,
            _ => Parts::default(),
        }
    }

    /// Keeps what was drawn.
    pub(super) fn keep(&mut self, basis: Basis, parts: Parts) {
        self.last = Some((basis, parts));
    }
}

impl Parts {
    /// The page of a story, if that story is as it was.
    pub(super) fn story(&mut self, story: &Shared<Story>) -> Option<Part> {
        let known = self.edition.as_ref()?.shown().stories.get(&story.slug)?;
        if known == story { self.stories.remove(&story.slug) } else { None }
    }
}
