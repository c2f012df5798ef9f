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

/// What being of the same kind counts.
const SAME_KIND: u16 = 1;

/// What sharing a person, a department or a gallery counts.
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
        for other in self.of_kind.get(kind).into_iter().flatten() {
            scores[*other] = SAME_KIND;
        }
        for other in traits.iter().flat_map(|shared| &self.sharing[*shared]) {
            scores[*other] = scores[*other].saturating_add(CLOSE);
        }
        scores[place] = 0;
        highest(&scores, most)
    }
}

/// The places of the highest scores above 0, highest first; of equal ones, the first.
fn highest(scores: &[u16], most: usize) -> Vec<usize> {
    /// Long enough for the highest of so many to be found at once.
    const STRETCH: usize = 64;
    let mut best: Vec<(Reverse<u16>, usize)> = Vec::with_capacity(most + 1);
    let mut bar = 0;
    for (stretch, some) in scores.chunks(STRETCH).enumerate() {
        if some.iter().copied().max().is_none_or(|highest| highest <= bar) {
            continue;
        }
        for (place, score) in (stretch * STRETCH..).zip(some.iter().copied()).filter(|(_, score)| *score > 0) {
            let candidate = (Reverse(score), place);
            best.insert(best.partition_point(|better| *better < candidate), candidate);
            best.truncate(most);
        }
        if best.len() == most {
            bar = best.last().map_or(0, |(Reverse(score), _)| *score);
        }
    }
    best.into_iter().map(|(_, place)| place).collect()
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

#[cfg(test)]
mod tests {
    use super::highest;
    use std::cmp::Reverse;

    #[test]
    fn the_highest_scores_are_those_of_a_list_in_order() {
        let mut seed = 7_u32;
        for length in [0, 1, 2, 63, 64, 65, 500] {
            for most in 1..5 {
                let mut next = || {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    u16::try_from((seed >> 16) % 6).unwrap_or_default()
                };
                let scores: Vec<u16> = (0..length).map(|_| next()).collect();
                let mut places: Vec<usize> = (0..length).filter(|place| scores[*place] > 0).collect();
                places.sort_by_key(|place| Reverse(scores[*place]));
                places.truncate(most);
                assert_eq!(highest(&scores, most), places, "{scores:?}");
            }
        }
    }
}
