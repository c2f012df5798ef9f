//! Taking out of running text whatever shows something held.

use super::Occasion;
use super::decision::agrees;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::production::text::{Piece, Target, Text};
use crate::production::{Production, Scope};
use crate::source::markdown::count_words;
use std::collections::BTreeSet;

/// What is left.
#[derive(Debug)]
pub(super) struct Kept {
    targets: BTreeSet<Target>,
    pub(super) stills: BTreeSet<String>,
    pub(super) clips: BTreeSet<String>,
    pub(super) galleries: BTreeSet<String>,
    pub(super) people: BTreeSet<String>,
}

impl Kept {
    /// Of what is shown.
    pub(super) fn of(shown: &Production) -> Self {
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
pub(super) struct Sieve<'a> {
    pub(super) full: &'a Production,
    pub(super) occasion: Occasion,
    pub(super) kept: &'a Kept,
}

impl Sieve<'_> {
    /// Takes out of a text what shows something held.
    pub(super) fn text(&self, text: &mut Text, messages: &mut Diagnostics) {
        let pieces = std::mem::take(&mut text.pieces);
        text.pieces.reserve_exact(pieces.len());
        for piece in pieces {
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
