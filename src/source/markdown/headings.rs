//! Headings: their levels below the page's own title, and anchors that are unique in the text.

use super::manuscript::Manuscript;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::prose::Heading;
use pulldown_cmark::{Event, HeadingLevel, Tag};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Ids that the pages' own parts have: an anchor by that name would lead there.
const OF_THE_PAGE: &[&str] = &[
    "clips",
    "film",
    "galleries",
    "gallery-stories",
    "latest",
    "main",
    "menu",
    "people",
    "person-stills",
    "person-stories",
    "related",
    "still-people",
    "still-stories",
    "story-gallery",
    "story-people",
    "toc",
];

/// The headings of a text.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// By the index of their first event.
    planned: HashMap<usize, Heading>,
    /// Those for the table of contents.
    pub(super) listed: Vec<Heading>,
    /// Everything a link of the text may go to.
    pub(super) anchors: BTreeSet<String>,
}

impl Headings {
    pub(super) fn at(&self, event: usize) -> Option<&Heading> {
        self.planned.get(&event)
    }
}

/// One heading as written.
struct Written<'t, 'a> {
    event: usize,
    level: u8,
    id: Option<&'t pulldown_cmark::CowStr<'a>>,
    text: String,
    /// Not inside a list, quotation or footnote.
    outermost: bool,
}

/// Plans all headings; `footnotes` is how many notes there are.
pub(super) fn plan(text: &Manuscript<'_>, footnotes: usize, messages: &mut Diagnostics) -> Headings {
    let written = written(text);
    let mut headings = Headings::default();
    for number in 1..=footnotes {
        headings.anchors.insert(format!("fn-{number}"));
    }
    let mut ids = Ids { taken: headings.anchors.clone(), next: HashMap::new() };
    ids.taken.extend((1..=footnotes).map(|number| format!("fnref-{number}")));
    let explicit = explicit_ids(text, &written, &mut ids, messages);

    let top = written.iter().map(|heading| heading.level).min().unwrap_or(1);
    let mut previous = 1;
    for heading in &written {
        // No level is skipped: a reader who jumps from heading to heading would miss it.
        let level = (heading.level - top + 2).min(previous + 1).min(6);
        previous = level;
        let id = match explicit.get(&heading.event) {
            Some(id) => id.clone(),
            None => ids.unique(&slug(&heading.text)),
        };
        headings.anchors.insert(id.clone());
        let planned = Heading { level, id, text: heading.text.clone() };
        if heading.outermost && level <= 3 && !planned.text.is_empty() {
            headings.listed.push(planned.clone());
        }
        headings.planned.insert(heading.event, planned);
    }
    headings
}

fn written<'t, 'a>(text: &'t Manuscript<'a>) -> Vec<Written<'t, 'a>> {
    let mut all = Vec::new();
    let mut depth = 0_usize;
    for (index, (event, _)) in text.pieces.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let words = text.plain(index + 1..text.ends[index]);
                let id = id.as_ref().filter(|id| !id.is_empty());
                all.push(Written { event: index, level: number(*level), id, text: words, outermost: depth == 0 });
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    all
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The ids that somebody chose, by event. They come before all that are made here, so that
/// a heading written later cannot take a chosen name away.
fn explicit_ids(
    text: &Manuscript<'_>,
    written: &[Written<'_, '_>],
    ids: &mut Ids,
    messages: &mut Diagnostics,
) -> HashMap<usize, String> {
    let mut explicit = HashMap::new();
    for heading in written {
        let Some(id) = heading.id else { continue };
        let id = id.replace('\0', "\u{FFFD}");
        let origin = text.origin(id_place(text, heading.event, &id));
        if OF_THE_PAGE.contains(&id.as_str()) {
            messages.push(
                Diagnostic::error(codes::DUPLICATE_SLUG, format!("`{id}` is the name of a part of every page"))
                    .at(&origin)
                    .hint(format!("Give this heading another name, such as `{{#the-{id}}}`.")),
            );
        } else if !ids.taken.insert(id.clone()) {
            messages.push(
                Diagnostic::error(codes::DUPLICATE_SLUG, format!("two headings have the name `{id}`"))
                    .at(&origin)
                    .hint(format!("Give one of them another, such as `{{#{id}-2}}`.")),
            );
        } else {
            explicit.insert(heading.event, id);
        }
    }
    explicit
}

fn id_place(text: &Manuscript<'_>, event: usize, id: &str) -> Range<usize> {
    let place = text.place(event);
    match text.source(place.clone()).rfind(&format!("#{id}")) {
        Some(at) => place.start + at + 1..place.start + at + 1 + id.len(),
        None => text.first_line(place),
    }
}

struct Ids {
    taken: BTreeSet<String>,
    next: HashMap<String, usize>,
}

impl Ids {
    /// `base`, or `base-2`, `base-3` and so on.
    fn unique(&mut self, base: &str) -> String {
        let next = self.next.entry(base.to_owned()).or_insert(1);
        loop {
            let id = if *next == 1 { base.to_owned() } else { format!("{base}-{next}") };
            *next += 1;
            if !OF_THE_PAGE.contains(&id.as_str()) && self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Lower-case letters and digits of ASCII, with hyphens between the words.
fn slug(text: &str) -> String {
    let ascii = deunicode::deunicode(text).to_lowercase().replace('\'', "");
    let words: Vec<&str> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { "section".to_owned() } else { words.join("-") }
}
