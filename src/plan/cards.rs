//! Stories, galleries and people as they stand in lists.

use super::address;
use super::context as see;
use super::sheet::Sheet;
use crate::language::Language;
use crate::production::text::{Piece, Text};
use crate::production::{Gallery, Person, Still, Story};
use crate::source::site::PHASES;
use crate::source::story::STORY_KINDS;
use std::collections::BTreeMap;

/// Words a minute of somebody reading on a screen.
const READING_SPEED: usize = 220;

impl Sheet<'_> {
    pub(super) fn story_card(&self, story: &Story) -> see::StoryCard {
        let language = self.language();
        let cover = self.story_picture(story);
        see::StoryCard {
            title: story.title.value.clone(),
            href: self.page(&address::story(&story.slug)),
            kind: story.kind.to_owned(),
            kind_label: self.kind_label(story.kind),
            phase_label: story.phase.map(|phase| self.phase_label(phase)),
            date: self.date(story.date),
            shoot_day: self.shoot_day(story.shoot_day),
            summary: story.summary.as_ref().map(|s| s.value.clone()),
            reading_time: language.count("minutes_to_read", minutes(&story.text)),
            picture: cover.map(|still| self.picture(still, "card")),
            lead: None,
            has_video: story.text.pieces.iter().any(|p| matches!(p, Piece::Clip { .. } | Piece::Outside(_))),
            spoiler: story.spoiler,
            mark: self.mark(story.notice.as_ref()),
        }
    }

    pub(super) fn story_cards<'s>(&self, stories: impl IntoIterator<Item = &'s &'s Story>) -> Vec<see::StoryCard> {
        stories.into_iter().map(|story| self.story_card(story)).collect()
    }

    /// The same for a list that begins with a large card.
    pub(super) fn story_cards_with_lead(&self, stories: &[&Story]) -> Vec<see::StoryCard> {
        let mut cards = self.story_cards(stories);
        if let (Some(card), Some(story)) = (cards.first_mut(), stories.first()) {
            card.lead = self.story_picture(story).map(|still| self.picture(still, "lead"));
        }
        cards
    }

    /// The cover, or the first still that the story shows.
    pub(super) fn story_picture(&self, story: &Story) -> Option<&Still> {
        let first = || story.text.pieces.iter().flat_map(Piece::stills).next();
        self.still(story.cover.as_deref().or_else(first)?)
    }

    pub(super) fn gallery_card(&self, gallery: &Gallery) -> see::GalleryCard {
        let cover = self.gallery_picture(gallery);
        let others = gallery.stills.iter().filter(|path| Some(path.as_str()) != cover.map(|c| c.path.as_str()));
        see::GalleryCard {
            title: gallery.title.value.clone(),
            href: self.page(&address::gallery(&gallery.slug)),
            date: self.date(gallery.date),
            shoot_day: self.shoot_day(gallery.shoot_day),
            count: self.language().count("stills", gallery.stills.len() as u64),
            picture: cover.map(|still| self.picture(still, "card")),
            more: others.filter_map(|path| self.maybe_picture(Some(path), "thumb")).take(4).collect(),
            mark: self.mark(gallery.notice.as_ref()),
        }
    }

    /// "Day 12".
    pub(super) fn shoot_day(&self, day: Option<i64>) -> Option<String> {
        day.map(|n| self.language().fill("shoot_day", &[("n", &n.to_string())]))
    }

    pub(super) fn gallery_picture(&self, gallery: &Gallery) -> Option<&Still> {
        self.still(gallery.cover.as_deref().or_else(|| gallery.stills.first().map(String::as_str))?)
    }

    pub(super) fn person_card(&self, person: &Person) -> see::PersonCard {
        let value = |text: &Option<crate::diagnostic::Located<String>>| text.as_ref().map(|t| t.value.clone());
        see::PersonCard {
            name: person.name.value.clone(),
            initials: initials(&person.name.value),
            role: value(&person.role),
            character: value(&person.character),
            department: value(&person.department),
            href: self.page(&address::person(&person.slug)),
            picture: self.maybe_picture(person.portrait.as_deref(), "portrait"),
            mark: self.mark(person.notice.as_ref()),
        }
    }

    /// Cards of people by slug; those who are not shown are not there.
    pub(super) fn person_cards<'s>(
        &self,
        slugs: impl IntoIterator<Item = &'s (impl AsRef<str> + ?Sized + 's)>,
    ) -> Vec<see::PersonCard> {
        slugs
            .into_iter()
            .filter_map(|slug| self.shown().people.get(slug.as_ref()))
            .map(|p| self.person_card(p))
            .collect()
    }

    pub(super) fn kind_label(&self, kind: &str) -> String {
        self.draft.labels.kinds.get(kind).map_or_else(|| kind.to_owned(), Clone::clone)
    }

    pub(super) fn phase_label(&self, phase: &str) -> String {
        self.draft.labels.phases.get(phase).map_or_else(|| phase.to_owned(), Clone::clone)
    }
}

/// What kinds and phases are called.
pub(super) struct Labels {
    kinds: BTreeMap<&'static str, String>,
    phases: BTreeMap<&'static str, String>,
}

impl Labels {
    pub(super) fn new(language: &Language) -> Self {
        let word = |group: &str, name: &str| language.word(&format!("{group}_{}", name.replace('-', "_"))).to_owned();
        let named = |group: &str, names: &[&'static str]| names.iter().map(|name| (*name, word(group, name))).collect();
        Self { kinds: named("kind", STORY_KINDS), phases: named("phase", PHASES) }
    }
}

/// Minutes to read a text, one at least.
pub(super) fn minutes(text: &Text) -> u64 {
    (text.words.div_ceil(READING_SPEED)).max(1) as u64
}

/// The most words that take so many minutes.
pub(super) fn words_read_in(minutes: u64) -> usize {
    usize::try_from(minutes).map_or(usize::MAX, |minutes| minutes.saturating_mul(READING_SPEED))
}

/// First letters of the first and the last part of a name.
pub(super) fn initials(name: &str) -> String {
    let mut parts = name.split_whitespace().filter_map(|part| part.chars().next());
    let first = parts.next();
    first.into_iter().chain(parts.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_first_and_last_name() {
        assert_eq!(initials("Maren Okonjo-Lindqvist"), "MO");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials("Jan van der Berg"), "JB");
        assert_eq!(initials(""), "");
    }
}
