//! A text as the Markdown library sees it: events with their places in the file.

use super::punctuation;
use crate::diagnostic::{Origin, SourceFile};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// An event and its place in the file.
pub(super) type Piece<'a> = (Event<'a>, Range<usize>);

/// All events of a text.
#[derive(Debug)]
pub(super) struct Manuscript<'a> {
    pub(super) file: &'a Arc<SourceFile>,
    /// Of the site, BCP 47.
    pub(super) language: &'a str,
    pub(super) pieces: Vec<Piece<'a>>,
    /// For each start, where its end is; for others, themselves.
    pub(super) ends: Vec<usize>,
    /// `[label]: target`, by label in lower case.
    pub(super) definitions: HashMap<String, Range<usize>>,
}

/// Prose has about so many bytes for each event: a guess that spares moving them about.
const BYTES_OF_A_PIECE: usize = 24;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

impl<'a> Manuscript<'a> {
    pub(super) fn read(file: &'a Arc<SourceFile>, range: Range<usize>, language: &'a str) -> Self {
        let (start, length) = (range.start, range.len());
        let events = Parser::new_ext(file.text.get(range).unwrap_or(""), options()).into_offset_iter();
        let shifted = |place: Range<usize>| place.start + start..place.end + start;
        let definitions = events
            .reference_definitions()
            .iter()
            .map(|(label, definition)| (label.to_lowercase(), shifted(definition.span.clone())))
            .collect();
        let mut pieces: Vec<Piece<'a>> = Vec::with_capacity(length / BYTES_OF_A_PIECE);
        pieces.extend(events.map(|(event, place)| (event, shifted(place))));
        punctuation::dress(&mut pieces, &file.text, language);
        let ends = ends(&pieces);
        Self { file, language, pieces, ends, definitions }
    }

    pub(super) fn origin(&self, place: Range<usize>) -> Origin {
        Origin::new(self.file, place)
    }

    pub(super) fn source(&self, place: Range<usize>) -> &'a str {
        self.file.text.get(place).unwrap_or("")
    }

    pub(super) fn event(&self, index: usize) -> &Event<'a> {
        &self.pieces[index].0
    }

    pub(super) fn place(&self, index: usize) -> Range<usize> {
        self.pieces[index].1.clone()
    }

    /// The words of some events, without marks, pictures and notes.
    pub(super) fn plain(&self, events: Range<usize>) -> String {
        let mut text = String::new();
        let mut index = events.start;
        while index < events.end {
            match self.event(index) {
                Event::Text(words) | Event::Code(words) => text.push_str(words),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                Event::Start(Tag::Image { .. }) => index = self.ends[index],
                _ => {}
            }
            index += 1;
        }
        text.replace('\0', "\u{FFFD}").trim().to_owned()
    }

    /// The first line of a block: enough to point at.
    pub(super) fn first_line(&self, place: Range<usize>) -> Range<usize> {
        let text = self.source(place.clone());
        let line = text.lines().next().unwrap_or("").trim_end().len();
        place.start..place.start + line
    }
}

fn ends(pieces: &[Piece<'_>]) -> Vec<usize> {
    let mut ends: Vec<usize> = (0..pieces.len()).collect();
    let mut open = Vec::new();
    for (index, (event, _)) in pieces.iter().enumerate() {
        match event {
            Event::Start(_) => open.push(index),
            Event::End(_) => {
                if let Some(start) = open.pop() {
                    ends[start] = index;
                }
            }
            _ => {}
        }
    }
    ends
}
