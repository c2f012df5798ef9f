//! Publish or hold, with all reasons.

use super::approval::{self, Stage};
use super::{Audience, Occasion};
use crate::diagnostic::Origin;
use crate::production::{Clip, ConsentStatus, Medium, Person, Production, Scope, Still, Window};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is decided about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A story, by slug.
    Story(String),
    /// A person, by slug.
    Person(String),
    /// A gallery, by slug.
    Gallery(String),
    /// A still, by path.
    Still(String),
    /// A clip, by path.
    Clip(String),
    /// A further page, by slug.
    Page(String),
}

/// Why something is held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Marked as a draft.
    Draft,
    /// Under embargo until then.
    Embargo(Timestamp),
    /// Expired then.
    Expired(Timestamp),
    /// Refused by an actor.
    Killed,
    /// Refused by somebody, as recorded among the approvals.
    Refused {
        /// Slug.
        person: String,
        /// Name, for the report only.
        name: String,
        /// When.
        on: Option<Date>,
    },
    /// Somebody who has a say about it has not said yes.
    Undecided {
        /// Slug.
        person: String,
        /// Name, for the report only.
        name: String,
        /// How far they have come.
        stage: Stage,
    },
    /// Somebody has not agreed to this.
    Consent {
        /// Slug.
        person: String,
        /// Name, for the report only.
        name: String,
        /// What is lacking.
        lack: Lack,
    },
    /// Nobody is named on it, and the site holds such stills.
    Unnamed,
    /// Somebody on it is not named, and the site holds such stills.
    Incomplete,
    /// Somebody without a profile is named in its metadata, and the site wants recorded consent.
    Strangers,
    /// Its gallery is held.
    GalleryHeld(String),
    /// It lies in the folder of a story that is held.
    StoryHeld(String),
    /// Nothing of it may be shown.
    Empty,
}

/// What an agreement lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Withdrawn.
    Withdrawn,
    /// Not given yet.
    Pending,
    /// Ended.
    Expired,
    /// Given, but not for this.
    Scope,
    /// Given, but not for this medium.
    Medium,
    /// Given, but from a later day on.
    NotYet,
    /// Under age, and no guardian has signed.
    Guardian,
    /// No consent table, and the site wants one.
    Unrecorded,
    /// The profile itself is under embargo or expired.
    Window,
}

/// Something held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What.
    pub subject: Subject,
    /// Its name, for the report only.
    pub label: String,
    /// Every reason there is.
    pub reasons: Vec<Reason>,
    /// Where it is written down.
    pub origin: Origin,
}

/// What somebody's agreement is wanted for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    pub(super) scope: Scope,
    /// Where; `None`: anywhere at all.
    pub(super) medium: Option<Medium>,
    pub(super) occasion: Occasion,
    /// Whoever has no consent table has not agreed.
    pub(super) consent_required: bool,
}

/// Whether a person has agreed to something, and is to be shown at all.
pub(super) fn agrees(person: &Person, wanted: Use) -> Result<(), Lack> {
    let as_of = wanted.occasion.as_of;
    if outside(person.window, wanted.occasion).is_some() {
        return Err(Lack::Window);
    }
    let Some(consent) = &person.consent else {
        return if wanted.consent_required { Err(Lack::Unrecorded) } else { Ok(()) };
    };
    match consent.status {
        ConsentStatus::Withdrawn => return Err(Lack::Withdrawn),
        ConsentStatus::Pending => return Err(Lack::Pending),
        ConsentStatus::Granted | ConsentStatus::Limited => {}
    }
    if consent.signed.is_some_and(|start| as_of < start) {
        return Err(Lack::NotYet);
    }
    if consent.expires.is_some_and(|end| as_of >= end) {
        return Err(Lack::Expired);
    }
    if consent.lacks_guardian {
        return Err(Lack::Guardian);
    }
    let covered = match (&consent.scope, consent.status) {
        (Some(scopes), _) => scopes.contains(&wanted.scope),
        (None, status) => status == ConsentStatus::Granted,
    };
    if !covered {
        return Err(Lack::Scope);
    }
    let there = consent.media.as_ref().is_none_or(|media| match &wanted.medium {
        Some(medium) => media.contains(medium),
        None => !media.is_empty(),
    });
    if there { Ok(()) } else { Err(Lack::Medium) }
}

/// Why an occasion is outside a window.
fn outside(window: Window, occasion: Occasion) -> Option<Reason> {
    let opens = match occasion.audience {
        Audience::Public | Audience::Insiders => window.embargo,
        // Only by a word of its own does the press get something early.
        Audience::Press => window.press.or(window.embargo),
        // What is under embargo has to be decided about before it ends.
        Audience::Approvals => None,
    };
    let embargo = opens.filter(|start| occasion.as_of < *start).map(Reason::Embargo);
    embargo.or_else(|| window.expires.filter(|end| occasion.as_of >= *end).map(Reason::Expired))
}

/// Everything that is held, in a fixed order.
pub(super) fn decide(production: &Production, occasion: Occasion) -> Vec<Held> {
    let mut desk =
        Desk { production, occasion, held: BTreeMap::new(), held_folders: Vec::new(), held_galleries: BTreeSet::new() };
    for story in production.stories.values() {
        let reasons = desk.timed(story.window, story.draft);
        if !reasons.is_empty() {
            desk.held_folders.extend(story.own_folder.as_deref().map(|folder| (folder, story.slug.as_str())));
        }
        desk.hold(|| Subject::Story(story.slug.clone()), &story.title.value, reasons, &story.origin);
    }
    for page in production.pages.values() {
        let reasons = desk.timed(page.window, page.draft);
        desk.hold(|| Subject::Page(page.slug.clone()), &page.title.value, reasons, &page.origin);
    }
    for person in production.people.values() {
        let mut reasons = desk.timed(person.window, false);
        reasons.extend(
            desk.lack(&person.slug, Scope::Name).filter(|r| !matches!(r, Reason::Consent { lack: Lack::Window, .. })),
        );
        desk.hold(|| Subject::Person(person.slug.clone()), &person.name.value, reasons, &person.origin);
    }
    for gallery in production.galleries.values() {
        let reasons = desk.timed(gallery.window, false);
        if !reasons.is_empty() {
            desk.held_galleries.insert(&gallery.slug);
        }
        desk.hold(|| Subject::Gallery(gallery.slug.clone()), &gallery.title.value, reasons, &gallery.origin);
    }
    for still in production.stills.values() {
        let reasons = desk.still(still);
        desk.hold(|| Subject::Still(still.path.clone()), &still.path, reasons, &still.origin);
    }
    for clip in production.clips.values() {
        let reasons = desk.clip(clip);
        desk.hold(|| Subject::Clip(clip.path.clone()), &clip.path, reasons, &clip.origin);
    }
    desk.hold_empty_galleries();
    desk.held.into_values().collect()
}

struct Desk<'a> {
    production: &'a Production,
    occasion: Occasion,
    held: BTreeMap<Subject, Held>,
    /// Folders of held stories, with the story's slug.
    held_folders: Vec<(&'a str, &'a str)>,
    /// Slugs.
    held_galleries: BTreeSet<&'a str>,
}

impl Desk<'_> {
    fn hold(&mut self, subject: impl FnOnce() -> Subject, label: &str, reasons: Vec<Reason>, origin: &Origin) {
        if !reasons.is_empty() {
            let subject = subject();
            let held = Held { subject: subject.clone(), label: label.to_owned(), reasons, origin: origin.clone() };
            self.held.insert(subject, held);
        }
    }

    fn timed(&self, window: Window, draft: bool) -> Vec<Reason> {
        let draft = (draft && !self.occasion.drafts).then_some(Reason::Draft);
        draft.into_iter().chain(outside(window, self.occasion)).collect()
    }

    /// What a person's agreement lacks for a scope. Somebody unknown has agreed to nothing.
    fn lack(&self, slug: &str, scope: Scope) -> Option<Reason> {
        let person = self.production.people.get(slug);
        let wanted = self.occasion.wants(scope, self.production);
        let lack = person.map_or(Err(Lack::Unrecorded), |p| agrees(p, wanted)).err()?;
        let name = person.map_or_else(|| slug.to_owned(), |p| p.name.value.clone());
        Some(Reason::Consent { person: slug.to_owned(), name, lack })
    }

    fn still(&self, still: &Still) -> Vec<Reason> {
        let mut reasons = self.timed(still.window, false);
        if still.killed {
            reasons.push(Reason::Killed);
        }
        reasons.extend(approval::reasons(self.production, self.occasion, still));
        reasons.extend(still.depicted.iter().filter_map(|slug| self.lack(slug, Scope::Stills)));
        if still.names_strangers && self.production.site.consent_required {
            reasons.push(Reason::Strangers);
        }
        let nobody = still.depicted.is_empty() && !still.names_strangers;
        if self.production.site.hold_unnamed {
            reasons.extend(nobody.then_some(Reason::Unnamed));
            reasons.extend((!still.people_complete).then_some(Reason::Incomplete));
        }
        reasons.extend(self.place_held(&still.path, still.gallery.as_deref()));
        reasons
    }

    fn clip(&self, clip: &Clip) -> Vec<Reason> {
        let mut reasons = self.timed(clip.window, false);
        if clip.killed {
            reasons.push(Reason::Killed);
        }
        reasons.extend(clip.people.iter().filter_map(|slug| self.lack(slug, Scope::Video)));
        reasons.extend(self.place_held(&clip.path, clip.gallery.as_deref()));
        reasons
    }

    /// Media of a held gallery, or in the folder of a held story, are held wherever they are shown.
    fn place_held(&self, path: &str, gallery: Option<&str>) -> Vec<Reason> {
        let gallery = gallery.filter(|slug| self.held_galleries.contains(slug));
        let stories = self.held_folders.iter().filter(|(folder, _)| path.starts_with(folder));
        let gallery = gallery.map(|slug| Reason::GalleryHeld(slug.to_owned()));
        gallery.into_iter().chain(stories.map(|(_, slug)| Reason::StoryHeld((*slug).to_owned()))).collect()
    }

    fn hold_empty_galleries(&mut self) {
        for gallery in self.production.galleries.values() {
            let held = |subject: Subject| self.held.contains_key(&subject);
            let all_held = gallery.stills.iter().all(|path| held(Subject::Still(path.clone())))
                && gallery.clips.iter().all(|path| held(Subject::Clip(path.clone())));
            let subject = Subject::Gallery(gallery.slug.clone());
            if all_held && !held(subject.clone()) {
                self.hold(|| subject, &gallery.title.value, vec![Reason::Empty], &gallery.origin);
            }
        }
    }
}
