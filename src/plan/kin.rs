//! Which stories have to do with whom, and with each other. Asked for every page, so it is found out
//! once, by who and what is named, instead of comparing every story with every other.

use crate::production::text::{Piece, Target};
use crate::production::{Still, Story};
use crate::source::slugify;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Stories by what they share. Each is meant by its place in the list of all stories, latest first.
#[derive(Debug, Default)]
pub(super) struct Kin {
    /// The kind of each story.
    kinds: Vec<&'static str>,
    /// What each story can share with others, as numbers, each once.
    traits: Vec<Vec<usize>>,
    /// Stories by the number of what is shared; a department that a story names twice counts twice.
    sharing: Vec<Vec<usize>>,
    of_kind: BTreeMap<&'static str, Vec<usize>>,
    of_person: BTreeMap<String, Vec<usize>>,
    /// By the path of the still.
    of_still: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Trait<'a> {
    Person(&'a str),
    /// As it is written.
    Department(&'a str),
    Gallery(&'a str),
}

/// What sharing a person, a department or a gallery counts, beside 1 for the same kind.
const CLOSE: u16 = 2;

impl Kin {
    /// Of all stories, latest first.
    pub(super) fn new(stories: &[&Story], stills: &BTreeMap<String, Still>) -> Self {
        let mut kin = Self::default();
        let mut numbers = Numbers::default();
        for (place, story) in stories.iter().copied().enumerate() {
            let named = people_of(story).into_iter().map(Trait::Person);
            let departments = story.departments.iter().map(|d| Trait::Department(&d.value));
            let gallery = story.gallery.as_deref().map(Trait::Gallery);
            let mut traits: Vec<usize> =
                named.chain(departments).chain(gallery).map(|shared| numbers.of(shared)).collect();
            kin.sharing.resize(numbers.count, Vec::new());
            traits.iter().for_each(|shared| kin.sharing[*shared].push(place));
            traits.sort_unstable();
            traits.dedup();
            kin.traits.push(traits);
            kin.kinds.push(story.kind);
            kin.of_kind.entry(story.kind).or_default().push(place);
            let shown: BTreeSet<&str> =
                story.text.pieces.iter().flat_map(Piece::stills).chain(story.cover.as_deref()).collect();
            shown.into_iter().for_each(|still| note(&mut kin.of_still, still, place));
            seen_in(story, stills).into_iter().for_each(|person| note(&mut kin.of_person, person, place));
        }
        kin
    }

    /// Stories that show a still, latest first.
    pub(super) fn of_still(&self, path: &str) -> &[usize] {
        self.of_still.get(path).map_or(&[], Vec::as_slice)
    }

    /// Stories that name, quote or show a person, latest first.
    pub(super) fn of_person(&self, slug: &str) -> &[usize] {
        self.of_person.get(slug).map_or(&[], Vec::as_slice)
    }

    /// The stories that share most people, departments, gallery and kind with the one at a place; of
    /// those that share the same, the latest first.
    pub(super) fn related(&self, place: usize, most: usize) -> Vec<usize> {
        let (Some(kind), Some(traits)) = (self.kinds.get(place), self.traits.get(place)) else { return Vec::new() };
        let mut scores = vec![0_u16; self.kinds.len()];
        let mut close = Vec::with_capacity(self.kinds.len());
        for other in traits.iter().flat_map(|shared| &self.sharing[*shared]).copied() {
            if scores[other] == 0 {
                close.push(other);
            }
            scores[other] = scores[other].saturating_add(CLOSE);
        }
        // Those that share nothing but the kind come last, so the latest of them are enough.
        let of_kind = self.of_kind.get(kind).into_iter().flatten();
        let distant = of_kind.copied().filter(|other| scores[*other] == 0).take(most + 1);
        let score = |other: usize| scores[other].saturating_add(u16::from(self.kinds[other] == *kind));
        let all = close.iter().copied().chain(distant).filter(|other| *other != place);
        let mut best: Vec<(Reverse<u16>, usize)> = Vec::with_capacity(most + 1);
        for candidate in all.map(|other| (Reverse(score(other)), other)) {
            if best.len() < most || best.last().is_some_and(|last| candidate < *last) {
                best.insert(best.partition_point(|better| *better < candidate), candidate);
                best.truncate(most);
            }
        }
        best.into_iter().map(|(_, other)| other).collect()
    }
}

fn note(all: &mut BTreeMap<String, Vec<usize>>, name: &str, place: usize) {
    match all.get_mut(name) {
        Some(places) => places.push(place),
        None => {
            all.insert(name.to_owned(), vec![place]);
        }
    }
}

/// Numbers for what can be shared. Departments with the same slug are the same.
#[derive(Default)]
struct Numbers<'a> {
    known: HashMap<Trait<'a>, usize>,
    departments: HashMap<String, usize>,
    count: usize,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, shared: Trait<'a>) -> usize {
        if let Some(number) = self.known.get(&shared) {
            return *number;
        }
        let number = match shared {
            Trait::Department(name) => *self.departments.entry(slugify(name)).or_insert(self.count),
            _ => self.count,
        };
        self.count = self.count.max(number + 1);
        self.known.insert(shared, number);
        number
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
