//! Taking out of the production whatever is held, and every trace of it.

use super::decision::{Held, Subject, Use, agrees};
use super::memory::{Basis, Slot};
use super::names::HeldNames;
use super::{Audience, Occasion, notices};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::production::text::{Piece, Target, Text};
use crate::production::texts::{self, Form};
use crate::production::{Approvals, Medium, Production, Scope, Shared, Story};
use crate::source::markdown::count_words;
use std::collections::{BTreeMap, BTreeSet};

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
    let mut stories = BTreeMap::new();
    // Contact sheets have none.
    let all = full.stories.iter().filter(|_| occasion.audience != Audience::Approvals);
    for (slug, story) in all.filter(|(slug, _)| !basis.holds(&Subject::Story((*slug).clone()))) {
        let known = before.remove(slug).filter(|known| known.from.is(story));
        let known = known.unwrap_or_else(|| sieve.story(story, held, &rest.names));
        messages.extend(known.messages.clone());
        characters.add(known.characters.iter().copied());
        shown.stories.insert(slug.clone(), known.story.clone());
        stories.insert(slug.clone(), known);
    }
    memory.keep(basis, rest, stories);
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

/// Characters that can be shown. Most occur very often, so each is only marked.
#[derive(Default)]
struct Characters {
    marked: Vec<bool>,
    found: Vec<char>,
}

impl Characters {
    fn see(&mut self, text: &str, form: Form) {
        if form != Form::Address {
            self.add(text.chars());
        }
    }

    fn add(&mut self, characters: impl Iterator<Item = char>) {
        for character in characters {
            let place = character as usize;
            if place >= self.marked.len() {
                self.marked.resize(place + 1, false);
            }
            if !self.marked[place] {
                self.marked[place] = true;
                self.found.push(character);
            }
        }
    }

    fn found(self) -> BTreeSet<char> {
        self.found.into_iter().collect()
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

/// What is left.
#[derive(Debug)]
struct Kept {
    targets: BTreeSet<Target>,
    stills: BTreeSet<String>,
    clips: BTreeSet<String>,
    galleries: BTreeSet<String>,
    people: BTreeSet<String>,
}

impl Kept {
    fn of(shown: &Production) -> Self {
        let targets = (shown.stories.keys().cloned().map(Target::Story))
            .chain(shown.people.keys().cloned().map(Target::Person))
            .chain(shown.galleries.keys().cloned().map(Target::Gallery))
            .chain(shown.pages.keys().cloned().map(Target::Page));
        Self {
            targets: targets.collect(),
            stills: shown.stills.keys().cloned().collect(),
            clips: shown.clips.keys().cloned().collect(),
            galleries: shown.galleries.keys().cloned().collect(),
            people: shown.people.keys().cloned().collect(),
        }
    }

    fn has(&self, target: &Target) -> bool {
        matches!(target, Target::Static(_) | Target::Index(_)) || self.targets.contains(target)
    }
}

/// Lets through the pieces of a text that show nothing held.
struct Sieve<'a> {
    full: &'a Production,
    occasion: Occasion,
    kept: &'a Kept,
}

impl Sieve<'_> {
    /// A story without what is held.
    fn story(&self, from: &Shared<Story>, held: &[Held], names: &HeldNames) -> Shown {
        let mut messages = Diagnostics::new();
        let mut story = Story::clone(from);
        only(&mut story.cover, &self.kept.stills);
        only(&mut story.gallery, &self.kept.galleries);
        story.crew.retain(|slug| self.kept.people.contains(slug));
        story.notice = match self.occasion.audience {
            Audience::Press => notices::embargo(&story, self.occasion.as_of),
            Audience::Insiders => notices::reason(&story, held, &self.full.site.clock),
            Audience::Public | Audience::Approvals => None,
        };
        self.text(&mut story.text, &mut messages);
        let mut characters = Characters::default();
        texts::of_story(&mut story, &mut |text, origin, form| {
            names.redact_and_check(text, origin, form, &mut messages);
            characters.see(text, form);
        });
        // Mostly nothing is held: then there is no need of a second one.
        let story = if story == **from { from.clone() } else { story.into() };
        Shown { from: from.clone(), story, characters: characters.found().into_iter().collect(), messages }
    }

    fn text(&self, text: &mut Text, messages: &mut Diagnostics) {
        for piece in std::mem::take(&mut text.pieces) {
            let quoted = match &piece {
                Piece::Quote { text, .. } => count_words(text),
                _ => 0,
            };
            match self.piece(piece, messages) {
                Some(piece) => text.pieces.push(piece),
                // Words that are not shown are not counted either.
                None => text.words = text.words.saturating_sub(quoted),
            }
        }
    }

    fn piece(&self, piece: Piece, messages: &mut Diagnostics) -> Option<Piece> {
        match piece {
            Piece::Html { .. } | Piece::Word(_) => Some(piece),
            Piece::Href { ref target, ref origin, .. } => {
                if !self.kept.has(target) {
                    messages.push(
                        self.links_to_held(target, origin)
                            .hint("Take the link out, or use `[[name|words]]`, which shows only the words meanwhile."),
                    );
                }
                Some(piece)
            }
            Piece::Mention { target, words, origin } => Some(self.mention(target, words, origin, messages)),
            Piece::Figure(figure) => self.kept.stills.contains(&figure.still).then_some(Piece::Figure(figure)),
            Piece::Row(mut figures) => {
                figures.retain(|figure| self.kept.stills.contains(&figure.still));
                match figures.len() {
                    0 => None,
                    1 => figures.pop().map(Piece::Figure),
                    _ => Some(Piece::Row(figures)),
                }
            }
            Piece::Gallery { gallery, mut stills, layout, title, origin } => {
                stills.retain(|path| self.kept.stills.contains(path));
                let gallery = gallery.filter(|slug| self.kept.galleries.contains(slug));
                (!stills.is_empty()).then_some(Piece::Gallery { gallery, stills, layout, title, origin })
            }
            Piece::Compare(compare) => {
                let both = [&compare.before, &compare.after].iter().all(|path| self.kept.stills.contains(*path));
                both.then_some(Piece::Compare(compare))
            }
            Piece::Clip { ref clip, .. } => self.kept.clips.contains(clip).then_some(piece),
            Piece::Outside(mut outside) => {
                outside.poster = outside.poster.filter(|path| self.kept.stills.contains(path));
                Some(Piece::Outside(outside))
            }
            Piece::Quote { ref person, .. } => {
                person.as_ref().is_none_or(|slug| self.may_be_quoted(slug)).then_some(piece)
            }
            Piece::Zoom { ref still, .. } => self.kept.stills.contains(still).then_some(piece),
        }
    }

    /// A link to something held becomes its words, or the person's `redact_as`.
    fn mention(&self, target: Target, words: Option<String>, origin: Origin, messages: &mut Diagnostics) -> Piece {
        if self.kept.has(&target) {
            return Piece::Mention { target, words, origin };
        }
        let redacted = match &target {
            Target::Person(slug) => self.full.people.get(slug).and_then(|p| p.redact_as.clone()),
            _ => None,
        };
        let Some(words) = words.or(redacted) else {
            let message = self.links_to_held(&target, &origin);
            messages.push(match &target {
                Target::Person(slug) => {
                    message.hint(format!("Take the name out, or write `redact_as = \"…\"` into `crew/{slug}.md`."))
                }
                Target::Story(slug) | Target::Gallery(slug) | Target::Page(slug) => message
                    .hint(format!("Write `[[{slug}|words]]`: the words are shown without a link until it is public.")),
                Target::Static(_) | Target::Index(_) => message,
            });
            return Piece::Html { html: String::new(), origin };
        };
        Piece::Html { html: crate::html::escape(&words), origin }
    }

    fn links_to_held(&self, target: &Target, origin: &Origin) -> Diagnostic {
        let what = match target {
            Target::Story(slug) => format!("the story `{slug}`"),
            Target::Person(slug) => format!("`{slug}`"),
            Target::Gallery(slug) => format!("the gallery `{slug}`"),
            Target::Page(slug) => format!("the page `{slug}`"),
            Target::Static(address) => format!("`{address}`"),
            Target::Index(address) => format!("`{address}`"),
        };
        let code = if matches!(target, Target::Person(_)) { codes::NAMED_IN_TEXT } else { codes::LINKS_TO_HELD };
        Diagnostic::error(code, format!("this text is published, but links to {what}, which is held")).at(origin)
    }

    fn may_be_quoted(&self, slug: &str) -> bool {
        let agreed =
            |person| [Scope::Name, Scope::Quotes].map(|scope| agrees(person, self.occasion.wants(scope, self.full)));
        self.full.people.get(slug).is_some_and(|person| agreed(person).iter().all(Result::is_ok))
    }
}
