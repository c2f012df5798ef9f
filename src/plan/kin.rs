//! Which stories have to do with whom, and with each other. Asked for every page, so it is found out
//! once, by who and what is named, instead of comparing every story with every other.

use crate::production::text::{Piece, Target};
use crate::production::{Still, Story};
use crate::source::slugify;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Stories by what they share. Places are those in the list of all stories, latest first.
#[derive(Debug)]
pub(super) struct Kin<'a> {
    stories: Vec<&'a Story>,
    /// What each story can share with others.
    traits: Vec<Traits<'a>>,
    /// Places by what is shared; a department that a story names twice counts twice.
    sharing: BTreeMap<Trait<'a>, Vec<usize>>,
    of_kind: BTreeMap<&'static str, Vec<usize>>,
    of_person: BTreeMap<&'a str, Vec<&'a Story>>,
}

type Traits<'a> = BTreeSet<Trait<'a>>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Trait<'a> {
    Person(&'a str),
    /// By slug.
    Department(String),
    Gallery(&'a str),
}

/// What sharing a person, a department or a gallery counts, beside 1 for the same kind.
const CLOSE: u32 = 2;

impl<'a> Kin<'a> {
    /// Of all stories, latest first.
    pub(super) fn new(stories: &[&'a Story], stills: &'a BTreeMap<String, Still>) -> Self {
        let mut kin = Self {
            stories: stories.to_vec(),
            traits: Vec::with_capacity(stories.len()),
            sharing: BTreeMap::new(),
            of_kind: BTreeMap::new(),
            of_person: BTreeMap::new(),
        };
        let mut slugs: BTreeMap<&str, String> = BTreeMap::new();
        for (place, story) in stories.iter().copied().enumerate() {
            let named = people_of(story).into_iter().map(Trait::Person);
            let mut slug = |name: &'a str| slugs.entry(name).or_insert_with(|| slugify(name)).clone();
            let departments = story.departments.iter().map(|d| Trait::Department(slug(&d.value)));
            let gallery = story.gallery.as_deref().map(Trait::Gallery);
            let traits: Vec<Trait<'a>> = named.chain(departments).chain(gallery).collect();
            for shared in &traits {
                kin.sharing.entry(shared.clone()).or_default().push(place);
            }
            kin.traits.push(traits.into_iter().collect());
            kin.of_kind.entry(story.kind).or_default().push(place);
            for person in seen_in(story, stills) {
                kin.of_person.entry(person).or_default().push(story);
            }
        }
        kin
    }

    /// Stories that name, quote or show a person, latest first.
    pub(super) fn of_person(&self, slug: &str) -> &[&'a Story] {
        self.of_person.get(slug).map_or(&[], Vec::as_slice)
    }

    /// The stories that share most people, departments, gallery and kind with the one at a place; of
    /// those that share the same, the latest first.
    pub(super) fn related(&self, place: usize, most: usize) -> Vec<&'a Story> {
        let (Some(story), Some(traits)) = (self.stories.get(place), self.traits.get(place)) else { return Vec::new() };
        let mut scores = vec![0_u32; self.stories.len()];
        let mut close = Vec::new();
        for other in traits.iter().filter_map(|shared| self.sharing.get(shared)).flatten().copied() {
            if scores[other] == 0 {
                close.push(other);
            }
            scores[other] += CLOSE;
        }
        // Those that share nothing but the kind come last, so the latest of them are enough.
        let of_kind = self.of_kind.get(story.kind).into_iter().flatten();
        let distant = of_kind.copied().filter(|other| scores[*other] == 0).take(most + 1);
        let score = |other: usize| scores[other] + u32::from(self.stories[other].kind == story.kind);
        let all = close.iter().copied().chain(distant).filter(|other| *other != place);
        let mut best: Vec<(Reverse<u32>, usize)> = all.map(|other| (Reverse(score(other)), other)).collect();
        if best.len() > most {
            best.select_nth_unstable(most);
            best.truncate(most);
        }
        best.sort_unstable();
        best.into_iter().map(|(_, other)| self.stories[other]).collect()
    }
}

/// Everybody whom the fields or the text name, in that order.
pub(super) fn people_of(story: &Story) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let named = story.text.pieces.iter().filter_map(|piece| match piece {
        Piece::Mention { target: Target::Person(slug), .. } => Some(slug),
        Piece::Quote { person, .. } => person.as_ref(),
        _ => None,
    });
    story.crew.iter().chain(named).map(String::as_str).filter(|slug| seen.insert(*slug)).collect()
}

/// The same and everybody who is on a still that the text shows.
fn seen_in<'a>(story: &'a Story, stills: &'a BTreeMap<String, Still>) -> BTreeSet<&'a str> {
    let shown = story.text.pieces.iter().flat_map(Piece::stills).filter_map(|path| stills.get(path));
    let shown = shown.flat_map(|still| still.people.iter().map(String::as_str));
    people_of(story).into_iter().chain(shown).collect()
}
