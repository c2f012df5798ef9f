//! On what grounds something is public: the other half of the reasons, for those who ask later.

use super::approval::{self, Yes};
use super::decision::{Subject, Use, agrees};
use super::{Held, Occasion};
use crate::disk::Digest;
use crate::production::text::{Piece, Target, Text};
use crate::production::{Clip, Clock, Person, Production, Scope, Still, Window};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// One rule by which something may be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// Drafts were asked for.
    Draft,
    /// Its embargo ended then.
    EmbargoEnded(Timestamp),
    /// Its embargo for the press ended then; for everybody else it has not.
    PressEmbargoEnded(Timestamp),
    /// It may be shown until then.
    Until(Timestamp),
    /// Somebody agreed to it, on that form.
    Agreed { name: String, form: Option<String> },
    /// Nobody has asked somebody, and the site does not want that.
    NotAsked { name: String },
    /// Somebody approved it on that day.
    Approved { name: String, on: Date },
    /// Somebody did not answer in time, which counts as a yes from then on.
    Deemed { name: String, from: Timestamp },
    /// Nobody is named on it, and the site shows such stills.
    Unnamed,
    /// Nothing speaks against it.
    Free,
}

/// Something that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared {
    /// What.
    pub subject: Subject,
    /// Its name.
    pub label: String,
    /// Slugs of all who are in it.
    pub people: BTreeSet<String>,
    /// Its content, for stills and clips.
    pub content: Option<Digest>,
    /// Every rule by which it may be shown.
    pub grounds: Vec<Ground>,
}

/// Everything that is not held, in a fixed order.
pub(super) fn cleared(production: &Production, occasion: Occasion, held: &[Held]) -> Vec<Cleared> {
    let held: BTreeSet<&Subject> = held.iter().map(|held| &held.subject).collect();
    let mut all = Vec::new();
    let mut add = |subject: Subject, label: &str, people: BTreeSet<String>, content, mut grounds: Vec<Ground>| {
        if !held.contains(&subject) {
            if grounds.is_empty() {
                grounds.push(Ground::Free);
            }
            all.push(Cleared { subject, label: label.to_owned(), people, content, grounds });
        }
    };
    for story in production.stories.values() {
        let people = story.crew.iter().cloned().chain(named_in(&story.text)).collect();
        let grounds = timed(story.window, story.draft, occasion);
        add(Subject::Story(story.slug.clone()), &story.title.value, people, None, grounds);
    }
    for person in production.people.values() {
        let mut grounds = timed(person.window, false, occasion);
        grounds.extend(agreed(production, occasion, person, Scope::Name));
        let people = BTreeSet::from([person.slug.clone()]);
        add(Subject::Person(person.slug.clone()), &person.name.value, people, None, grounds);
    }
    for gallery in production.galleries.values() {
        let grounds = timed(gallery.window, false, occasion);
        add(Subject::Gallery(gallery.slug.clone()), &gallery.title.value, BTreeSet::new(), None, grounds);
    }
    for still in production.stills.values() {
        let grounds = of_still(production, occasion, still);
        add(Subject::Still(still.path.clone()), &still.path, still.depicted.clone(), Some(still.digest), grounds);
    }
    for clip in production.clips.values() {
        let grounds = of_clip(production, occasion, clip);
        let people = clip.people.iter().cloned().collect();
        add(Subject::Clip(clip.path.clone()), &clip.path, people, Some(clip.digest), grounds);
    }
    for page in production.pages.values() {
        let grounds = timed(page.window, page.draft, occasion);
        let people = named_in(&page.text).collect();
        add(Subject::Page(page.slug.clone()), &page.title.value, people, None, grounds);
    }
    all
}

/// Slugs of all who are linked or quoted in a text.
fn named_in(text: &Text) -> impl Iterator<Item = String> {
    text.pieces.iter().filter_map(|piece| match piece {
        Piece::Mention { target: Target::Person(slug), .. } | Piece::Href { target: Target::Person(slug), .. } => {
            Some(slug.clone())
        }
        Piece::Quote { person, .. } => person.clone(),
        _ => None,
    })
}

fn timed(window: Window, draft: bool, occasion: Occasion) -> Vec<Ground> {
    let draft = draft.then_some(Ground::Draft);
    let over = |at: &Timestamp| *at <= occasion.as_of;
    let ended = window.embargo.filter(over).map(Ground::EmbargoEnded);
    let embargo = ended.or_else(|| window.press.filter(over).map(Ground::PressEmbargoEnded));
    draft.into_iter().chain(embargo).chain(window.expires.map(Ground::Until)).collect()
}

fn of_still(production: &Production, occasion: Occasion, still: &Still) -> Vec<Ground> {
    let mut grounds = timed(still.window, false, occasion);
    let depicted = still.depicted.iter().filter_map(|slug| production.people.get(slug));
    grounds.extend(depicted.filter_map(|person| agreed(production, occasion, person, Scope::Stills)));
    grounds.extend(approval::asked(production, still).filter_map(|person| {
        let name = person.name.value.clone();
        match approval::said(production, occasion, still, person).ok()? {
            Yes::Approved(on) => Some(Ground::Approved { name, on }),
            Yes::Deemed(from) => Some(Ground::Deemed { name, from }),
        }
    }));
    if still.depicted.is_empty() {
        grounds.push(Ground::Unnamed);
    }
    grounds
}

fn of_clip(production: &Production, occasion: Occasion, clip: &Clip) -> Vec<Ground> {
    let mut grounds = timed(clip.window, false, occasion);
    let people = clip.people.iter().filter_map(|slug| production.people.get(slug));
    grounds.extend(people.filter_map(|person| agreed(production, occasion, person, Scope::Video)));
    grounds
}

fn agreed(production: &Production, occasion: Occasion, person: &Person, scope: Scope) -> Option<Ground> {
    let wanted: Use = occasion.wants(scope, production);
    agrees(person, wanted).ok()?;
    let name = person.name.value.clone();
    Some(match &person.consent {
        Some(consent) => Ground::Agreed { name, form: consent.form.clone() },
        None => Ground::NotAsked { name },
    })
}

impl Ground {
    /// As a clause. Without a clock, instants are in UTC.
    pub fn why(&self, clock: Option<&Clock>) -> String {
        let show = |instant: Timestamp| clock.map_or_else(|| format!("{instant}"), |clock| clock.show(instant));
        match self {
            Ground::Draft => "drafts were asked for".to_owned(),
            Ground::EmbargoEnded(at) => format!("the embargo ended on {}", show(*at)),
            Ground::PressEmbargoEnded(at) => format!("the embargo for the press ended on {}", show(*at)),
            Ground::Until(at) => format!("may be shown until {}", show(*at)),
            Ground::Agreed { name, form: Some(form) } => format!("{name} agreed, form {form}"),
            Ground::Agreed { name, form: None } => format!("{name} agreed, no form noted"),
            Ground::NotAsked { name } => format!("no consent of {name} is recorded or required"),
            Ground::Approved { name, on } => format!("approved by {name} on {on}"),
            Ground::Deemed { name, from } => {
                format!("deemed approved by {name} on {}: not decided in time", show(*from))
            }
            Ground::Unnamed => "nobody is named on it".to_owned(),
            Ground::Free => "nothing holds it".to_owned(),
        }
    }
}

impl Cleared {
    /// All grounds, each as a clause.
    pub fn why(&self, clock: Option<&Clock>) -> String {
        let grounds: Vec<String> = self.grounds.iter().map(|ground| ground.why(clock)).collect();
        grounds.join("; ")
    }
}
