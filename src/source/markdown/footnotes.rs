//! Footnotes: numbered in the order in which the text refers to them.

use super::manuscript::Manuscript;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The footnotes of a text. Numbers count from one.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// Where each definition starts among the events, by number.
    order: Vec<usize>,
    numbers: HashMap<String, usize>,
    /// How often each was referred to in what has been printed.
    printed: Vec<usize>,
}

impl Footnotes {
    pub(super) fn count(&self) -> usize {
        self.order.len()
    }

    /// The definition's first event, for the footnote with this number.
    pub(super) fn definition(&self, number: usize) -> Option<usize> {
        self.order.get(number.checked_sub(1)?).copied()
    }

    /// Number and id of one more reference to a label.
    pub(super) fn refer(&mut self, label: &str) -> Option<(usize, String)> {
        let number = *self.numbers.get(&label.to_lowercase())?;
        let times = self.printed.get_mut(number - 1)?;
        *times += 1;
        let id = if *times == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{times}") };
        Some((number, id))
    }

    /// Whether there is something to go back to.
    pub(super) fn is_referred_to(&self, number: usize) -> bool {
        self.printed.get(number.wrapping_sub(1)).is_some_and(|times| *times > 0)
    }
}

/// Numbers all footnotes; those that nothing refers to come last. References without a
/// definition, which stay in the text as they were typed, are reported.
pub(super) fn number(text: &Manuscript<'_>, messages: &mut Diagnostics) -> Footnotes {
    let mut definitions = HashMap::new();
    let mut starts = Vec::new();
    for index in 0..text.pieces.len() {
        if let Event::Start(Tag::FootnoteDefinition(label)) = text.event(index) {
            definitions.entry(label.to_lowercase()).or_insert(index);
            starts.push(index);
        }
    }
    let mut notes = Footnotes::default();
    let mut taken = HashSet::new();
    refer_in(text, 0..text.pieces.len(), &definitions, &mut notes, &mut taken);
    let mut read = 0;
    for start in starts.iter().copied().map(Some).chain([None]) {
        while let Some(&next) = notes.order.get(read) {
            refer_in(text, next + 1..text.ends[next], &definitions, &mut notes, &mut taken);
            read += 1;
        }
        if let Some(start) = start.filter(|start| taken.insert(*start)) {
            notes.order.push(start);
            if let Event::Start(Tag::FootnoteDefinition(label)) = text.event(start) {
                notes.numbers.entry(label.to_lowercase()).or_insert(notes.order.len());
            }
        }
    }
    notes.printed = vec![0; notes.order.len()];
    report_undefined(text, messages);
    notes
}

/// Gives numbers to the references in a range of events, definitions left out.
fn refer_in(
    text: &Manuscript<'_>,
    events: Range<usize>,
    definitions: &HashMap<String, usize>,
    notes: &mut Footnotes,
    taken: &mut HashSet<usize>,
) {
    let mut index = events.start;
    while index < events.end {
        match text.event(index) {
            Event::Start(Tag::FootnoteDefinition(_)) => index = text.ends[index],
            Event::FootnoteReference(label) => {
                let label = label.to_lowercase();
                if let Some(&start) = definitions.get(&label)
                    && taken.insert(start)
                {
                    notes.order.push(start);
                    notes.numbers.insert(label, notes.order.len());
                }
            }
            _ => {}
        }
        index += 1;
    }
}

fn report_undefined(text: &Manuscript<'_>, messages: &mut Diagnostics) {
    let mut in_code = false;
    for index in 0..text.pieces.len().saturating_sub(2) {
        match text.event(index) {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        let [Event::Text(open), Event::Text(label), Event::Text(close)] =
            [text.event(index), text.event(index + 1), text.event(index + 2)]
        else {
            continue;
        };
        let place = text.place(index).start..text.place(index + 2).end;
        let source = text.source(place.clone());
        let escaped = text.source(0..place.start).ends_with('\\');
        if in_code || escaped || &**open != "[" || &**close != "]" || !source.starts_with("[^") || label.len() < 2 {
            continue;
        }
        messages.push(
            Diagnostic::error(codes::UNKNOWN_ANCHOR, format!("the footnote `{source}` has no text"))
                .at(&text.origin(place))
                .hint(format!("Write its text on a line of its own, such as `{source}: …`.")),
        );
    }
}
