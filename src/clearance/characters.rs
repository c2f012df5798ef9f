//! Which characters can be shown, for the fonts.

use crate::production::texts::Form;
use std::collections::BTreeSet;

/// Characters that can be shown. Most occur very often, so each is only marked.
#[derive(Debug, Default)]
pub(super) struct Characters {
    marked: Vec<bool>,
    found: Vec<char>,
}

impl Characters {
    pub(super) fn see(&mut self, text: &str, form: Form) {
        if form == Form::Address {
            return;
        }
        if text.is_ascii() {
            // Most texts are, and each of these is asked about once.
            let mut seen = [false; 128];
            text.bytes().for_each(|byte| seen[usize::from(byte & 127)] = true);
            self.add((0..=127_u8).filter(|byte| seen[usize::from(*byte)]).map(char::from));
        } else {
            self.add(text.chars());
        }
    }

    pub(super) fn add(&mut self, characters: impl Iterator<Item = char>) {
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

    pub(super) fn found(self) -> BTreeSet<char> {
        self.found.into_iter().collect()
    }
}
