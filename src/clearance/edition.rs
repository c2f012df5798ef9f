//! Taking out of the production whatever is held, and every trace of it.

use super::characters::Characters;
use super::decision::{Held, Subject, Use, agrees};
use super::memory::{Basis, Slot};
use super::names::HeldNames;
use super::sieve::{Kept, Sieve};
use super::{Audience, Occasion, notices};
use crate::diagnostic::Diagnostics;
use crate::production::text::Text;
use crate::production::texts::{self, Form};
use crate::production::{Approvals, Medium, Production, Scope, Shared, Story};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What may be shown to one audience at one instant. Only [`super::clear`] makes one.
#[derive(Debug, Clone)]
pub struct Edition {
    shown: Production,
    occasion: Occasion,
    characters: BTreeSet<char>,
}

impl Edition {
    /// A production of which nothing is held.
    pub fn shown(&self) -> &Production {
        &self.shown
    }

    /// Every character of its texts, for the fonts.
    pub fn characters(&self) -> &BTreeSet<char> {
        &self.characters
    }

    /// For whom and when.
    pub fn occasion(&self) -> Occasion {
        self.occasion
    }
}

pub(super) fn make(
    full: &Production,
    occasion: Occasion,
    held: &[Held],
    memory: &mut Slot,
    messages: &mut Diagnostics,
) -> Edition {
    let basis = Basis::of(full, occasion, held);
    let (rest, mut before) = memory.recall(&basis);
    let rest = rest.unwrap_or_else(|| Rest::of(full, occasion, held, &basis));
    messages.extend(rest.messages.clone());
    let mut shown = rest.shown.clone();
    let mut characters = Characters::default();
    characters.add(rest.characters.iter().copied());
    let sieve = Sieve { full, occasion, kept: &rest.kept };
    // Contact sheets have none.
    let all = full.stories.iter().filter(|_| occasion.audience != Audience::Approvals);
    let all = all.filter(|(slug, _)| !basis.holds(&Subject::Story((*slug).clone())));
    let all: Vec<(&String, &Shared<Story>, Option<Shown>)> =
        all.map(|(slug, story)| (slug, story, before.remove(slug).filter(|known| known.from.is(story)))).collect();
    let clear = |(slug, story, known): (&'_ String, &'_ Shared<Story>, Option<Shown>)| {
        (slug.clone(), known.unwrap_or_else(|| Shown::of(story, &sieve, held, &rest.names)))
    };
    let all: Vec<(String, Shown)> = all.into_par_iter().map(clear).collect();
    for (_, known) in &all {
        messages.extend(known.messages.clone());
        characters.add(known.characters.iter().copied());
    }
    shown.stories = all.iter().map(|(slug, known)| (slug.clone(), known.story.clone())).collect();
    memory.keep(basis, rest, all.into_iter().collect());
    Edition { shown, occasion, characters: characters.found() }
}

/// All of an edition but its stories.
#[derive(Debug)]
pub(super) struct Rest {
    /// Without stories.
    shown: Production,
    kept: Kept,
    names: HeldNames,
    characters: Vec<char>,
    messages: Diagnostics,
}

/// A story that may be shown.
#[derive(Debug)]
pub(super) struct Shown {
    /// As it was written.
    from: Shared<Story>,
    story: Shared<Story>,
    characters: Vec<char>,
    messages: Diagnostics,
}

impl Rest {
    fn of(full: &Production, occasion: Occasion, held: &[Held], basis: &Basis) -> Self {
        let mut messages = Diagnostics::new();
        let mut shown = full.clone();
        shown.stories.retain(|slug, _| !basis.holds(&Subject::Story(slug.clone())));
        shown.people.retain(|slug, _| !basis.holds(&Subject::Person(slug.clone())));
        shown.galleries.retain(|slug, _| !basis.holds(&Subject::Gallery(slug.clone())));
        shown.stills.retain(|path, _| !basis.holds(&Subject::Still(path.clone())));
        shown.clips.retain(|path, _| !basis.holds(&Subject::Clip(path.clone())));
        shown.pages.retain(|slug, _| !basis.holds(&Subject::Page(slug.clone())));
        if occasion.audience == Audience::Approvals {
            leave_stills_and_names(&mut shown);
        }
        // What people have signed and said is nobody's business but the desk's, and that of those who decide.
        if occasion.audience != Audience::Approvals {
            shown.approvals = Approvals::default();
        }
        for person in shown.people.values_mut() {
            (person.consent, person.approval) = (None, None);
        }
        mark_shareable(full, &mut shown, occasion);
        match occasion.audience {
            Audience::Press => notices::embargoes(full, &mut shown, occasion.as_of),
            Audience::Insiders => notices::reasons(&mut shown, held),
            Audience::Public | Audience::Approvals => {}
        }
        let kept = Kept::of(&shown);
        shown.stories.clear();
        remove_references(&mut shown, &kept);
        let sieve = Sieve { full, occasion, kept: &kept };
        for person in shown.people.values_mut() {
            sieve.text(&mut person.text, &mut messages);
        }
        for page in shown.pages.values_mut() {
            sieve.text(&mut page.text, &mut messages);
        }
        let names = HeldNames::of(full, &shown);
        let mut characters = Characters::default();
        texts::each(&mut shown, &mut |text, origin, form| {
            names.redact_and_check(text, origin, form, &mut messages);
            characters.see(text, form);
        });
        if occasion.audience == Audience::Approvals {
            // There the names of the stills' files and folders are published too.
            for still in shown.stills.values() {
                names.redact_and_check(&mut still.path.clone(), &still.origin, Form::Address, &mut messages);
            }
        }
        Self { shown, kept, names, characters: characters.found().into_iter().collect(), messages }
    }
}

impl Shown {
    /// A story without what is held.
    fn of(from: &Shared<Story>, sieve: &Sieve<'_>, held: &[Held], names: &HeldNames) -> Self {
        let mut messages = Diagnostics::new();
        let mut story = Story::clone(from);
        only(&mut story.cover, &sieve.kept.stills);
        only(&mut story.gallery, &sieve.kept.galleries);
        story.crew.retain(|slug| sieve.kept.people.contains(slug));
        story.notice = match sieve.occasion.audience {
            Audience::Press => notices::embargo(&story, sieve.occasion.as_of),
            Audience::Insiders => notices::reason(&story, held, &sieve.full.site.clock),
            Audience::Public | Audience::Approvals => None,
        };
        sieve.text(&mut story.text, &mut messages);
        let mut characters = Characters::default();
        texts::of_story(&mut story, &mut |text, origin, form| {
            names.redact_and_check(text, origin, form, &mut messages);
            characters.see(text, form);
        });
        // Mostly nothing is held: then there is no need of a second one.
        let story = if story == **from { from.clone() } else { story.into() };
        Self { from: from.clone(), story, characters: characters.found().into_iter().collect(), messages }
    }
}

/// Contact sheets show stills, with the names of their files and of the people on them. Nothing else goes out with them,
/// so nothing else has to be decided.
fn leave_stills_and_names(shown: &mut Production) {
    shown.stories.clear();
    shown.clips.clear();
    shown.pages.clear();
    shown.statics.clear();
    let site = &mut shown.site;
    for text in [&mut site.tagline, &mut site.synopsis, &mut site.director, &mut site.company] {
        *text = None;
    }
    for picture in [&mut site.poster, &mut site.hero, &mut site.logo, &mut site.icon] {
        *picture = None;
    }
    (site.description, site.country) = (None, None);
    site.links.clear();
    for person in shown.people.values_mut() {
        person.text = Text::default();
        person.links.clear();
        (person.role, person.department, person.character, person.portrait) = (None, None, None, None);
    }
    for gallery in shown.galleries.values_mut() {
        (gallery.description, gallery.cover) = (None, None);
        gallery.clips.clear();
    }
    for still in shown.stills.values_mut() {
        (still.headline, still.caption, still.description) = (None, None, None);
    }
}

/// Whoever is on a picture may have agreed to the site and not to social networks.
fn mark_shareable(full: &Production, shown: &mut Production, occasion: Occasion) {
    let wanted = Use { medium: Some(Medium::Social), ..occasion.wants(Scope::Stills, full) };
    let agreed = |slug: &String| full.people.get(slug).is_some_and(|person| agrees(person, wanted).is_ok());
    for still in shown.stills.values_mut() {
        still.shareable = still.depicted.iter().all(agreed);
    }
}

/// A field that points at something held is emptied.
fn only(reference: &mut Option<String>, kept: &BTreeSet<String>) {
    if reference.as_ref().is_some_and(|target| !kept.contains(target)) {
        *reference = None;
    }
}

/// The same for all but the stories.
fn remove_references(shown: &mut Production, kept: &Kept) {
    let Kept { stills, clips, galleries, people, .. } = kept;
    for reference in [&mut shown.site.poster, &mut shown.site.hero, &mut shown.site.logo, &mut shown.site.icon] {
        only(reference, stills);
    }
    for person in shown.people.values_mut() {
        only(&mut person.portrait, stills);
    }
    for gallery in shown.galleries.values_mut() {
        only(&mut gallery.cover, stills);
        gallery.stills.retain(|path| stills.contains(path));
        gallery.clips.retain(|path| clips.contains(path));
    }
    for still in shown.stills.values_mut() {
        only(&mut still.gallery, galleries);
        still.people.retain(|slug| people.contains(slug));
        still.depicted.retain(|slug| people.contains(slug));
    }
    for clip in shown.clips.values_mut() {
        only(&mut clip.poster, stills);
        only(&mut clip.gallery, galleries);
        clip.people.retain(|slug| people.contains(slug));
    }
}
