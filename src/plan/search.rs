//! What visitors can search: every story, person, gallery, still and further page with its words, as one script.
//!
//! It is a script that hands over a list, not JSON, because a page that was opened from a disk may load scripts
//! and nothing else. `templates/js/search.js` reads it, and only when somebody opens the search. Words are kept as they
//! were written: the browser folds accents and case. The list is drawn from what is shown and knows nothing else.

use super::address;
use super::context as see;
use super::draft::Draft;
use super::outputs::{Job, Outputs};
use super::sheet::Sheet;
use crate::clearance::Audience;
use crate::diagnostic::{Diagnostics, Located};
use crate::html::{escape, without_tags_and_anchors};
use crate::production::text::{Piece, Text};
use crate::production::{Clip, Gallery, Page, Person, Still, Story};
use std::sync::Arc;

/// Where the list is. Not named by its content: then every page would change with every caption.
pub(super) const INDEX: &str = "assets/search-index.js";

/// The name that the list has for `templates/js/search.js`.
const NAME: &str = "backlotIndex";

/// Longest title of a still, which is its caption.
const TITLE: usize = 90;

/// One thing that can be found, as `search.js` reads it: a list without keys, to be short, written as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry(String);

impl Entry {
    /// In this order: the address below the top of the site; the title; what it is, such as "Interview", "Gaffer", or
    /// the gallery of a still; everything else that can be searched; a small print, below the top of the site, or
    /// nothing.
    fn of(parts: [String; 5]) -> Self {
        // Lists of texts always serialise.
        Self(serde_json::to_string(&parts).unwrap_or_default())
    }
}

/// Plans the list: stories first, latest first, then everything else.
pub(super) fn plan<'e>(entries: impl Iterator<Item = &'e Entry>, outputs: &mut Outputs, messages: &mut Diagnostics) {
    let entries: Vec<&str> = entries.map(|entry| entry.0.as_str()).collect();
    if entries.is_empty() {
        return;
    }
    outputs.add(INDEX.to_owned(), Job::Bytes(script(&entries)), messages);
}

/// The list as a script. It is the longest file by far where stories are many, so it is written where it stays.
fn script(entries: &[&str]) -> Arc<[u8]> {
    let (begin, end, between) = (format!("self.{NAME} = ["), "];\n", ",\n");
    let texts: usize = entries.iter().map(|entry| entry.len() + between.len()).sum();
    let length = begin.len() + texts.saturating_sub(between.len()) + end.len();
    let mut list: Arc<[u8]> = std::iter::repeat_n(0, length).collect();
    let separated =
        entries.iter().enumerate().flat_map(|(place, entry)| [if place == 0 { "" } else { between }, entry]);
    let mut place = 0;
    if let Some(bytes) = Arc::get_mut(&mut list) {
        for part in [begin.as_str()].into_iter().chain(separated).chain([end]) {
            bytes[place..place + part.len()].copy_from_slice(part.as_bytes());
            place += part.len();
        }
    }
    list
}

/// Whether there is anything to be found, by somebody who reads: contact sheets are gone through.
pub(super) fn is_worthwhile(draft: &Draft<'_>) -> bool {
    let reads = draft.audience != Audience::Approvals;
    reads
        && !(draft.stories.is_empty()
            && draft.people.is_empty()
            && draft.galleries.is_empty()
            && draft.articles.is_empty())
}

/// A story with all its words.
pub(super) fn story(draft: &Draft<'_>, story: &Story) -> Entry {
    let sheet = Sheet::new(draft, "");
    let departments = story.departments.iter().map(|name| name.value.as_str());
    let text = text_of(&sheet, &story.text);
    Entry::of([
        address::story(&story.slug),
        story.title.value.clone(),
        sheet.kind_label(story.kind),
        joined([value(&story.summary)].into_iter().chain(departments).chain([text.as_str()])),
        sheet.story_picture(story).map(|still| small(&sheet.picture(still, "card"))).unwrap_or_default(),
    ])
}

/// Everything but stories.
pub(super) fn others(draft: &Draft<'_>) -> Vec<Entry> {
    let sheet = Sheet::new(draft, "");
    let mut all: Vec<Entry> = draft.people.iter().map(|one| person(&sheet, one)).collect();
    for one in &draft.galleries {
        all.push(gallery(&sheet, one));
        let stills = one.stills.iter().filter_map(|path| sheet.still(path));
        all.extend(stills.filter_map(|shown| still(&sheet, one, shown)));
    }
    all.extend(draft.articles.iter().map(|one| page(&sheet, one)));
    all
}

fn person(sheet: &Sheet<'_>, person: &Person) -> Entry {
    let text = text_of(sheet, &person.text);
    Entry::of([
        address::person(&person.slug),
        person.name.value.clone(),
        [value(&person.role), value(&person.character)]
            .into_iter()
            .find(|word| !word.is_empty())
            .unwrap_or("")
            .to_owned(),
        joined([value(&person.character), value(&person.department), &text]),
        sheet.maybe_picture(person.portrait.as_deref(), "portrait").map(|p| small(&p)).unwrap_or_default(),
    ])
}

fn gallery(sheet: &Sheet<'_>, gallery: &Gallery) -> Entry {
    let clips: Vec<String> = gallery.clips.iter().filter_map(|path| sheet.shown().clips.get(path)).map(clip).collect();
    Entry::of([
        address::gallery(&gallery.slug),
        gallery.title.value.clone(),
        sheet.language().word("gallery").to_owned(),
        joined([value(&gallery.description)].into_iter().chain(clips.iter().map(String::as_str))),
        sheet.gallery_picture(gallery).map(|still| small(&sheet.picture(still, "card"))).unwrap_or_default(),
    ])
}

/// A still that says something of itself.
fn still(sheet: &Sheet<'_>, gallery: &Gallery, still: &Still) -> Option<Entry> {
    let texts = [&still.headline, &still.caption, &still.alt, &still.description];
    let mut texts = texts.into_iter().flatten().map(String::as_str);
    let title = texts.next()?;
    let people = still.people.iter().filter_map(|slug| sheet.shown().people.get(slug)).map(|p| p.name.value.as_str());
    Some(Entry::of([
        address::still(&gallery.slug, &still.slug),
        super::pages::shortened(title, TITLE),
        gallery.title.value.clone(),
        joined([title].into_iter().filter(|title| title.chars().count() > TITLE).chain(texts).chain(people)),
        small(&sheet.picture(still, "grid")),
    ]))
}

fn page(sheet: &Sheet<'_>, page: &Page) -> Entry {
    let text = text_of(sheet, &page.text);
    Entry::of([
        address::page(&page.slug),
        page.title.value.clone(),
        String::new(),
        joined([value(&page.summary), &text]),
        String::new(),
    ])
}

/// The words of a clip; of what is said in it, too.
fn clip(clip: &Clip) -> String {
    let own = [&clip.title, &clip.caption, &clip.alt].into_iter().flatten().map(String::as_str);
    let chapters = clip.chapters.iter().map(|(_, title)| title.as_str());
    joined(own.chain(chapters).chain(clip.transcript.iter().map(String::as_str)))
}

/// The words of a text as a visitor reads them, with whatever space is between them.
fn text_of(sheet: &Sheet<'_>, text: &Text) -> String {
    let mut html = String::with_capacity(text.html_length());
    for piece in &text.pieces {
        match piece {
            Piece::Html { html: own, .. } => html.push_str(own),
            Piece::Mention { target, words, .. } => {
                html.push_str(&escape(&words.clone().unwrap_or_else(|| sheet.name_of(target))));
            }
            Piece::Word(_) | Piece::Href { .. } => {}
            other => {
                html.push(' ');
                words_of(sheet, other).iter().for_each(|words| html.push_str(&format!("{} ", escape(words))));
            }
        }
    }
    without_tags_and_anchors(&html)
}

/// What stands with the pictures, clips and quotations of a text.
fn words_of(sheet: &Sheet<'_>, piece: &Piece) -> Vec<String> {
    let captions = |all: &[crate::production::text::Figure]| all.iter().filter_map(|f| f.caption.clone()).collect();
    match piece {
        Piece::Figure(figure) => captions(std::slice::from_ref(figure)),
        Piece::Row(figures) => captions(figures),
        Piece::Gallery { title, .. } => title.iter().cloned().collect(),
        Piece::Compare(compare) => compare.caption.iter().cloned().collect(),
        Piece::Outside(outside) => {
            [Some(&outside.title), outside.caption.as_ref()].into_iter().flatten().cloned().collect()
        }
        Piece::Clip { clip: path, caption, .. } => {
            caption.iter().cloned().chain(sheet.shown().clips.get(path).map(clip)).collect()
        }
        Piece::Quote { text, attribution, person, .. } => {
            let person = person.as_ref().and_then(|slug| sheet.shown().people.get(slug)).map(|p| p.name.value.clone());
            [Some(text.clone()), attribution.clone(), person].into_iter().flatten().collect()
        }
        Piece::Zoom { caption, details, .. } => {
            caption.iter().cloned().chain(details.iter().map(|detail| detail.title.clone())).collect()
        }
        Piece::Html { .. } | Piece::Word(_) | Piece::Href { .. } | Piece::Mention { .. } => Vec::new(),
    }
}

fn value(text: &Option<Located<String>>) -> &str {
    text.as_ref().map_or("", |text| &text.value)
}

/// All words with one space between them.
fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<&str> = texts.into_iter().collect();
    let mut all = String::with_capacity(texts.iter().map(|text| text.len() + 1).sum());
    let mut add = |words: &str| {
        if !all.is_empty() && !words.is_empty() {
            all.push(' ');
        }
        all.push_str(words);
    };
    for text in texts {
        // Other spaces than the common ones are rare.
        match text.contains(|c: char| !c.is_ascii() && c.is_whitespace()) {
            true => text.split_whitespace().for_each(&mut add),
            false => stretches(text).for_each(&mut add),
        }
    }
    all
}

/// The parts of a text in which words have one space between them, and nothing else.
fn stretches(text: &str) -> impl Iterator<Item = &str> {
    let is_space = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let mut rest = text;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let start = bytes.iter().position(|byte| !is_space(byte))?;
        let ends = |pair: &[u8]| is_space(&pair[0]) && (pair[0] != b' ' || is_space(&pair[1]));
        let end = bytes[start..].windows(2).position(ends).map_or(rest.trim_end().len(), |end| start + end);
        let stretch = &rest[start..end];
        rest = &rest[end..];
        Some(stretch)
    })
}

/// The smallest print of a picture that every page shows in some list.
fn small(picture: &see::Picture) -> String {
    let sets = picture.sources.iter().map(|source| &source.srcset).chain([&picture.srcset, &picture.src]);
    sets.filter_map(|set| set.split(' ').next()).find(|path| !path.is_empty()).unwrap_or_default().to_owned()
}
