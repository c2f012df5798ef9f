//! Every text of a production that can be published, one after the other.
//!
//! There is one list, so that redaction, the search for names and spelling cannot disagree about
//! what is published. A new text field belongs in here.

use super::model::{Clip, Gallery, Page, Person, Production, Still, Story};
use super::text::{Figure, Piece, Text};
use crate::diagnostic::{Located, Origin};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Words.
    Plain,
    /// Finished HTML.
    Html,
    /// Published as it is (a slug, the name or the text of a file to copy): changing it has no effect.
    Address,
}

/// Calls `visit` with every text, where it stands, and what it is.
pub fn each(production: &mut Production, visit: &mut dyn FnMut(&mut String, &Origin, Form)) {
    let mut visitor = Visitor { visit };
    let site = &mut production.site;
    visitor.located(&mut site.title);
    for text in [&mut site.tagline, &mut site.synopsis, &mut site.director, &mut site.company] {
        visitor.maybe_located(text);
    }
    visitor.links(&mut site.links);
    let origin = site.title.origin.clone();
    visitor.maybe(&mut site.description, &origin);
    visitor.maybe(&mut site.country, &origin);
    production.stories.values_mut().for_each(|story| visitor.story(story));
    production.people.values_mut().for_each(|person| visitor.person(person));
    production.galleries.values_mut().for_each(|gallery| visitor.gallery(gallery));
    production.stills.values_mut().for_each(|still| visitor.still(still));
    production.clips.values_mut().for_each(|clip| visitor.clip(clip));
    production.pages.values_mut().for_each(|page| visitor.page(page));
    for (address, file) in production.statics.iter() {
        visitor.address(address, &Origin::whole(&file.file.path));
        if let Some(text) = &file.text {
            visitor.address(&text.text, &Origin::new(text, 0..text.text.len()));
        }
    }
}

/// The same for one story.
pub fn of_story(story: &mut Story, visit: &mut dyn FnMut(&mut String, &Origin, Form)) {
    Visitor { visit }.story(story);
}

struct Visitor<'a> {
    visit: &'a mut dyn FnMut(&mut String, &Origin, Form),
}

impl Visitor<'_> {
    fn plain(&mut self, text: &mut String, origin: &Origin) {
        (self.visit)(text, origin, Form::Plain);
    }

    fn maybe(&mut self, text: &mut Option<String>, origin: &Origin) {
        if let Some(text) = text {
            self.plain(text, origin);
        }
    }

    fn located(&mut self, text: &mut Located<String>) {
        (self.visit)(&mut text.value, &text.origin, Form::Plain);
    }

    fn maybe_located(&mut self, text: &mut Option<Located<String>>) {
        if let Some(text) = text {
            self.located(text);
        }
    }

    fn links(&mut self, links: &mut [(Located<String>, Located<String>)]) {
        for (label, address) in links {
            self.located(label);
            self.located(address);
        }
    }

    fn address(&mut self, slug: &str, origin: &Origin) {
        (self.visit)(&mut slug.to_owned(), origin, Form::Address);
    }

    fn story(&mut self, story: &mut Story) {
        self.address(&story.slug, &story.origin);
        self.located(&mut story.title);
        self.maybe_located(&mut story.summary);
        story.departments.iter_mut().for_each(|department| self.located(department));
        self.text(&mut story.text);
    }

    fn person(&mut self, person: &mut Person) {
        self.address(&person.slug, &person.origin);
        self.located(&mut person.name);
        for text in [&mut person.role, &mut person.department, &mut person.character] {
            self.maybe_located(text);
        }
        self.links(&mut person.links);
        self.text(&mut person.text);
    }

    fn gallery(&mut self, gallery: &mut Gallery) {
        self.address(&gallery.slug, &gallery.origin);
        self.located(&mut gallery.title);
        self.maybe_located(&mut gallery.description);
    }

    fn still(&mut self, still: &mut Still) {
        let origin = still.origin.clone();
        self.address(&still.slug, &origin);
        for text in [
            &mut still.headline,
            &mut still.caption,
            &mut still.alt,
            &mut still.description,
            &mut still.credit,
            &mut still.copyright,
        ] {
            self.maybe(text, &origin);
        }
        // What developed stills carry in their metadata.
        let fields = &mut still.facts.fields;
        fields.creator.iter_mut().for_each(|name| self.plain(name, &origin));
        for text in [&mut fields.usage_terms, &mut fields.web_statement, &mut fields.licensor_url] {
            self.maybe(text, &origin);
        }
    }

    fn clip(&mut self, clip: &mut Clip) {
        let origin = clip.origin.clone();
        if clip.title.is_none() {
            // Then its file's name stands for it.
            self.address(&clip.path, &Origin::whole(&clip.path));
        }
        for text in [&mut clip.title, &mut clip.caption, &mut clip.alt, &mut clip.credit] {
            self.maybe(text, &origin);
        }
        let spoken = clip.transcript_origin.clone();
        clip.transcript.iter_mut().for_each(|paragraph| self.plain(paragraph, &spoken));
        clip.chapters.iter_mut().for_each(|(_, title)| self.plain(title, &origin));
        for captions in &mut clip.captions {
            let origin = captions.origin.clone();
            self.plain(&mut captions.text, &origin);
        }
    }

    fn page(&mut self, page: &mut Page) {
        self.address(&page.slug, &page.origin);
        self.located(&mut page.title);
        self.maybe_located(&mut page.summary);
        self.text(&mut page.text);
    }

    fn text(&mut self, text: &mut Text) {
        // A heading stands in the text as HTML as well; its place is found there.
        let whole = Origin::whole("");
        for heading in &mut text.headings {
            self.plain(&mut heading.text, text.pieces.iter().find_map(place).unwrap_or(&whole));
        }
        text.pieces.iter_mut().for_each(|piece| self.piece(piece));
    }

    fn figure(&mut self, figure: &mut Figure) {
        let origin = figure.origin.clone();
        self.maybe(&mut figure.alt, &origin);
        self.maybe(&mut figure.caption, &origin);
    }

    fn piece(&mut self, piece: &mut Piece) {
        match piece {
            Piece::Html { html, origin } => (self.visit)(html, origin, Form::Html),
            Piece::Word(_) | Piece::Href { .. } => {}
            Piece::Mention { words, origin, .. } => self.maybe(words, &origin.clone()),
            Piece::Figure(figure) => self.figure(figure),
            Piece::Row(figures) => figures.iter_mut().for_each(|figure| self.figure(figure)),
            Piece::Gallery { title, origin, .. } => self.maybe(title, &origin.clone()),
            Piece::Compare(compare) => {
                let origin = compare.origin.clone();
                for text in [&mut compare.before_label, &mut compare.after_label, &mut compare.caption] {
                    self.maybe(text, &origin);
                }
            }
            Piece::Clip { caption, origin, .. } => self.maybe(caption, &origin.clone()),
            Piece::Outside(outside) => {
                let origin = outside.origin.clone();
                self.plain(&mut outside.title, &origin);
                self.maybe(&mut outside.caption, &origin);
            }
            Piece::Quote { text, attribution, origin, .. } => {
                let origin = origin.clone();
                self.plain(text, &origin);
                self.maybe(attribution, &origin);
            }
            Piece::Zoom { caption, details, origin, .. } => {
                let origin = origin.clone();
                self.maybe(caption, &origin);
                details.iter_mut().for_each(|detail| self.plain(&mut detail.title, &origin));
            }
        }
    }
}

fn place(piece: &Piece) -> Option<&Origin> {
    match piece {
        Piece::Html { origin, .. } => Some(origin),
        _ => None,
    }
}
