//! What was assembled before, so that one story that is written does not make all others be resolved anew.
//!
//! All but the stories is resolved from the *ground*: everything that was written except the running text
//! of stories. A story is resolved from its own document and the ground. Each is taken over when what it
//! was resolved from is the same.

use super::library::Catalogue;
use super::model::{Clip, Gallery, Page, Person, Site, Still, Story};
use super::moment::Clock;
use super::shared::Shared;
use crate::diagnostic::Diagnostics;
use crate::source::gallery::GalleryDoc;
use crate::source::page::PageDoc;
use crate::source::person::PersonDoc;
use crate::source::story::StoryDoc;
use crate::source::{MediaFile, Sources, StaticFile};
use crate::survey::Survey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was assembled last.
#[derive(Debug, Default)]
pub struct Memory {
    ground: Option<(Basis, Ground)>,
    /// In the order of their documents' paths.
    stories: Vec<Told>,
    catalogue: Catalogue,
}

/// What the ground is resolved from.
#[derive(Debug)]
pub(super) struct Basis {
    /// `site.toml`; `None` when it was not understood.
    site: Option<String>,
    base_url: Option<String>,
    zone: String,
    /// Of stories only what others can refer to.
    stories: Vec<Arc<StoryDoc>>,
    people: Vec<Arc<PersonDoc>>,
    galleries: Vec<Arc<GalleryDoc>>,
    pages: Vec<Arc<PageDoc>>,
    /// Made anew whenever a media file is another, or comes, or goes.
    survey: Arc<Survey>,
    statics: Vec<StaticFile>,
    unread: BTreeSet<String>,
}

/// All but the stories.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) rest: Rest,
    pub(super) people: Shared<BTreeMap<String, Person>>,
    pub(super) pages: Shared<BTreeMap<String, Page>>,
    /// Media that something of it asks for.
    pub(super) used: BTreeSet<String>,
    pub(super) messages: Diagnostics,
}

/// What is resolved before anything can be named.
#[derive(Debug, Clone)]
pub(super) struct Rest {
    pub(super) site: Site,
    pub(super) galleries: Shared<BTreeMap<String, Gallery>>,
    pub(super) stills: Shared<BTreeMap<String, Still>>,
    pub(super) clips: Shared<BTreeMap<String, Clip>>,
    pub(super) statics: Shared<BTreeMap<String, StaticFile>>,
}

/// A story that was resolved.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) document: Arc<StoryDoc>,
    pub(super) story: Shared<Story>,
    /// Media that it asks for.
    pub(super) used: BTreeSet<String>,
    pub(super) messages: Diagnostics,
}

impl Basis {
    pub(super) fn of(sources: &Sources, survey: &Arc<Survey>, clock: &Clock) -> Self {
        // A new field has to be thought of here. Approvals are brought together anew each time.
        let Sources {
            site,
            stories,
            people,
            galleries,
            pages,
            media: _,
            statics,
            unread,
            approvals: _,
            theme: _,
            theme_folder: _,
        } = sources;
        let text = &site.production.title.origin.file.text;
        Self {
            site: (!text.is_empty()).then(|| text.clone()),
            base_url: site.base_url.as_ref().map(|url| url.value.clone()),
            zone: clock.zone_name().to_owned(),
            stories: stories.clone(),
            people: people.clone(),
            galleries: galleries.clone(),
            pages: pages.clone(),
            survey: Arc::clone(survey),
            statics: statics.clone(),
            unread: unread.clone(),
        }
    }

    fn gives_the_same_as(&self, other: &Self) -> bool {
        self.site.is_some()
            && (&self.site, &self.base_url, &self.zone) == (&other.site, &other.base_url, &other.zone)
            && same(&self.stories, &other.stories, |a, b| {
                (&a.slug, &a.fields.title.value, &a.prose.headings)
                    == (&b.slug, &b.fields.title.value, &b.prose.headings)
            })
            && same(&self.people, &other.people, |_, _| false)
            && same(&self.galleries, &other.galleries, |_, _| false)
            && same(&self.pages, &other.pages, |_, _| false)
            && Arc::ptr_eq(&self.survey, &other.survey)
            && self.statics == other.statics
            && self.unread == other.unread
    }
}

/// Whether two lists hold the same documents, or such as are as good.
fn same<T>(some: &[Arc<T>], others: &[Arc<T>], as_good: impl Fn(&T, &T) -> bool) -> bool {
    let pairs = || some.iter().zip(others);
    some.len() == others.len() && pairs().all(|(a, b)| Arc::ptr_eq(a, b) || as_good(a, b))
}

impl Memory {
    /// The ground, when it is as it was, and the stories that were resolved on it.
    pub(super) fn recall(&mut self, basis: &Basis) -> (Option<Ground>, Vec<Told>) {
        match self.ground.take() {
            Some((known, ground)) if known.gives_the_same_as(basis) => {
                (Some(ground), std::mem::take(&mut self.stories))
            }
            _ => (None, Vec::new()),
        }
    }

    /// All media by name.
    pub(super) fn catalogue(&mut self, media: &Arc<Vec<MediaFile>>) -> Catalogue {
        Catalogue::of(media, std::mem::take(&mut self.catalogue))
    }

    pub(super) fn keep(&mut self, basis: Basis, ground: Ground, stories: Vec<Told>, catalogue: Catalogue) {
        self.catalogue = catalogue;
        self.ground = Some((basis, ground));
        self.stories = stories;
    }
}
