//! Taking out of the production whatever is held, and every trace of it.

use super::decision::{Held, Subject, Use, agrees};
use super::{Audience, Occasion, names, notices};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::production::text::{Piece, Target, Text};
use crate::production::texts::{self, Form};
use crate::production::{Approvals, Medium, Production, Scope};
use crate::source::markdown::count_words;
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

pub(super) fn make(production: Production, occasion: Occasion, held: &[Held], messages: &mut Diagnostics) -> Edition {
    let full = production;
    let mut shown = full.clone();
    if occasion.audience != Audience::Insiders {
        let held: BTreeSet<&Subject> = held.iter().map(|h| &h.subject).collect();
        shown.stories.retain(|slug, _| !held.contains(&Subject::Story(slug.clone())));
        shown.people.retain(|slug, _| !held.contains(&Subject::Person(slug.clone())));
        shown.galleries.retain(|slug, _| !held.contains(&Subject::Gallery(slug.clone())));
        shown.stills.retain(|path, _| !held.contains(&Subject::Still(path.clone())));
        shown.clips.retain(|path, _| !held.contains(&Subject::Clip(path.clone())));
        shown.pages.retain(|slug, _| !held.contains(&Subject::Page(slug.clone())));
    }
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
    mark_shareable(&full, &mut shown, occasion);
    match occasion.audience {
        Audience::Press => notices::embargoes(&full, &mut shown, occasion.as_of),
        Audience::Insiders => notices::reasons(&mut shown, held),
        Audience::Public | Audience::Approvals => {}
    }
    remove_references(&mut shown);
    let sieve = Sieve { full: &full, occasion, kept: Kept::of(&shown) };
    for story in shown.stories.values_mut() {
        sieve.text(&mut story.text, messages);
    }
    for person in shown.people.values_mut() {
        sieve.text(&mut person.text, messages);
    }
    for page in shown.pages.values_mut() {
        sieve.text(&mut page.text, messages);
    }
    names::redact_and_check(&full, &mut shown, occasion.audience == Audience::Approvals, messages);
    let characters = characters(&mut shown);
    Edition { shown, occasion, characters }
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

/// Every character that can be shown. Most occur very often, so each is only marked.
fn characters(shown: &mut Production) -> BTreeSet<char> {
    let mut seen = vec![false; char::MAX as usize + 1];
    texts::each(shown, &mut |text, _, form| {
        if form != Form::Address {
            text.chars().for_each(|c| seen[c as usize] = true);
        }
    });
    ('\0'..=char::MAX).filter(|c| seen[*c as usize]).collect()
}

/// Whoever is on a picture may have agreed to the site and not to social networks.
fn mark_shareable(full: &Production, shown: &mut Production, occasion: Occasion) {
    let wanted = Use { medium: Some(Medium::Social), ..occasion.wants(Scope::Stills, full) };
    let agreed = |slug: &String| full.people.get(slug).is_some_and(|person| agrees(person, wanted).is_ok());
    for still in shown.stills.values_mut() {
        still.shareable = still.depicted.iter().all(agreed);
    }
}

/// Fields that point at something held are emptied.
fn remove_references(shown: &mut Production) {
    let stills: BTreeSet<String> = shown.stills.keys().cloned().collect();
    let clips: BTreeSet<String> = shown.clips.keys().cloned().collect();
    let people: BTreeSet<String> = shown.people.keys().cloned().collect();
    let galleries: BTreeSet<String> = shown.galleries.keys().cloned().collect();
    let only = |reference: &mut Option<String>, kept: &BTreeSet<String>| {
        if reference.as_ref().is_some_and(|target| !kept.contains(target)) {
            *reference = None;
        }
    };
    for reference in [&mut shown.site.poster, &mut shown.site.hero, &mut shown.site.logo, &mut shown.site.icon] {
        only(reference, &stills);
    }
    for story in shown.stories.values_mut() {
        only(&mut story.cover, &stills);
        only(&mut story.gallery, &galleries);
        story.crew.retain(|slug| people.contains(slug));
    }
    for person in shown.people.values_mut() {
        only(&mut person.portrait, &stills);
    }
    for gallery in shown.galleries.values_mut() {
        only(&mut gallery.cover, &stills);
        gallery.stills.retain(|path| stills.contains(path));
        gallery.clips.retain(|path| clips.contains(path));
    }
    for still in shown.stills.values_mut() {
        only(&mut still.gallery, &galleries);
        still.people.retain(|slug| people.contains(slug));
        still.depicted.retain(|slug| people.contains(slug));
    }
    for clip in shown.clips.values_mut() {
        only(&mut clip.poster, &stills);
        only(&mut clip.gallery, &galleries);
        clip.people.retain(|slug| people.contains(slug));
    }
}

/// What is left.
struct Kept {
    targets: BTreeSet<Target>,
    stills: BTreeSet<String>,
    clips: BTreeSet<String>,
    galleries: BTreeSet<String>,
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
    kept: Kept,
}

impl Sieve<'_> {
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
