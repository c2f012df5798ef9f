//! A resolved text as the pieces that a template prints.

use super::context as see;
use super::sheet::Sheet;
use crate::clip;
use crate::html::escape;
use crate::production::text::{Compare, Detail, Figure, Outside, Piece, Target, Text};
use crate::production::{Clip, Notice, Still};
use crate::source::prose::{Heading, Layout};

/// From this many words and headings on a text has a table of contents.
const LONG_WORDS: usize = 350;
const LONG_HEADINGS: usize = 3;

/// The role of the pictures of a gallery that is laid out so.
pub(super) fn role(layout: Layout) -> &'static str {
    match layout {
        Layout::Full => "cover",
        Layout::Sheet => "sheet",
        Layout::Grid | Layout::Row | Layout::Carousel => "grid",
    }
}

impl Sheet<'_> {
    /// The pieces of a text.
    pub(super) fn segments(&self, text: &Text) -> Vec<see::Segment> {
        // Most texts are one piece of HTML, or little more.
        let html = String::with_capacity(text.html_length());
        let mut writer = Writer { sheet: self, segments: Vec::new(), html, blocks: 0 };
        for piece in &text.pieces {
            writer.piece(piece);
        }
        writer.flush();
        writer.segments
    }

    /// The table of contents; empty for a short text.
    pub(super) fn toc(&self, text: &Text) -> Vec<see::TocEntry> {
        let listed: Vec<&Heading> = text.headings.iter().filter(|h| h.level <= 3).collect();
        if text.words < LONG_WORDS || listed.len() < LONG_HEADINGS {
            return Vec::new();
        }
        let mut entries: Vec<see::TocEntry> = Vec::new();
        for heading in listed {
            let entry =
                see::TocEntry { label: heading.text.clone(), href: format!("#{}", heading.id), children: Vec::new() };
            match entries.last_mut() {
                Some(parent) if heading.level == 3 => parent.children.push(entry),
                _ => entries.push(entry),
            }
        }
        entries
    }

    pub(super) fn figure(&self, still: &Still, role: &str, alt: Option<&str>, caption: Option<&str>) -> see::Figure {
        let picture = self.picture_with_alt(still, role, alt);
        let caption = caption.or(still.caption.as_deref()).map(escape);
        let closeup = self.closeup(still, &picture);
        see::Figure {
            caption: caption.clone(),
            credit: still.credit.clone(),
            href: self.draft.still_address(still).map(|address| self.page(&address)),
            mark: self.mark(still.notice.as_ref()),
            // What its author says of it here is said over the page as well.
            closeup: closeup.map(|closeup| see::Closeup { caption: caption.or(closeup.caption.clone()), ..closeup }),
            picture,
        }
    }

    /// A clip as a player.
    pub(super) fn video(&self, clip: &Clip, caption: Option<&str>, id: String) -> see::Video {
        let language = self.language();
        let captions = clip.captions.iter().enumerate().map(|(i, captions)| see::Track {
            src: self.file(&self.draft.captions(captions)),
            language: captions.language.clone(),
            label: language.language_name(&captions.language),
            default: i == 0,
        });
        let name = clip.path.rsplit('/').next().unwrap_or(&clip.path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        see::Video {
            title: clip
                .title
                .clone()
                .unwrap_or_else(|| crate::source::fields::capitalised(&stem.replace(['-', '_'], " "))),
            src: self.file(&self.draft.clip(clip)),
            mime: clip.facts.mime().to_owned(),
            width: clip.facts.width,
            height: clip.facts.height,
            // As long as it takes to watch.
            duration: clip.facts.duration.map(|seconds| clip::clock(seconds / clip.speed.unwrap_or(1.0))),
            poster: self.clip_poster(clip),
            renditions: self.renditions(clip),
            alt: clip.alt.clone(),
            speed: clip.speed,
            captions: captions.collect(),
            chapters: clip
                .chapters
                .iter()
                .map(|(at, title)| see::Chapter { seconds: *at, time: clip::clock(*at), title: title.clone() })
                .collect(),
            transcript: (!clip.transcript.is_empty()).then(|| paragraphs(clip.transcript.iter().map(String::as_str))),
            caption: caption.or(clip.caption.as_deref()).map(escape),
            credit: clip.credit.clone(),
            mark: self.mark(clip.notice.as_ref()),
            id,
        }
    }

    /// What a link shows when its author gave no words.
    pub(super) fn name_of(&self, target: &Target) -> String {
        let shown = self.shown();
        let name = match target {
            Target::Story(slug) => shown.stories.get(slug).map(|s| &s.title.value),
            Target::Person(slug) => shown.people.get(slug).map(|p| &p.name.value),
            Target::Gallery(slug) => shown.galleries.get(slug).map(|g| &g.title.value),
            Target::Page(slug) => shown.pages.get(slug).map(|p| &p.title.value),
            Target::Static(address) => Some(address),
            Target::Index(_) => None,
        };
        name.cloned().unwrap_or_default()
    }
}

struct Writer<'a> {
    sheet: &'a Sheet<'a>,
    segments: Vec<see::Segment>,
    html: String,
    blocks: usize,
}

impl Writer<'_> {
    fn flush(&mut self) {
        if !self.html.trim().is_empty() {
            self.segments.push(see::Segment::Html { html: std::mem::take(&mut self.html) });
        }
        self.html.clear();
    }

    fn push(&mut self, segment: see::Segment) {
        self.flush();
        self.segments.push(segment);
    }

    /// An id for a block, unique in the page.
    fn id(&mut self, kind: &str) -> String {
        self.blocks += 1;
        format!("{kind}-{}", self.blocks)
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Html { html, .. } => self.html.push_str(html),
            Piece::Word(key) => self.html.push_str(&escape(self.sheet.language().word(key))),
            Piece::Href { target, fragment, .. } => {
                self.html.push_str(&escape(&self.sheet.target(target, fragment.as_deref())));
            }
            Piece::Mention { target, words, .. } => {
                let label = words.clone().unwrap_or_else(|| self.sheet.name_of(target));
                let href = self.sheet.target(target, None);
                self.html.push_str(&format!("<a href=\"{}\">{}</a>", escape(&href), escape(&label)));
            }
            Piece::Figure(figure) => {
                if let Some(figure) = self.figure(figure, "figure") {
                    self.push(see::Segment::Figure { figure });
                }
            }
            Piece::Row(figures) => {
                let figures = figures.iter().filter_map(|f| self.figure(f, "row")).collect();
                self.push(see::Segment::Row { figures });
            }
            Piece::Gallery { gallery, stills, layout, title, .. } => {
                self.gallery(gallery.as_deref(), stills, *layout, title.as_ref())
            }
            Piece::Compare(compare) => self.compare(compare),
            Piece::Clip { clip, caption, .. } => {
                if let Some(clip) = self.sheet.shown().clips.get(clip) {
                    let id = self.id("video");
                    let video = self.sheet.video(clip, caption.as_deref(), id);
                    self.video(video);
                }
            }
            Piece::Outside(outside) => self.outside(outside),
            Piece::Quote { person, attribution, text, .. } => {
                let person = person.as_ref().and_then(|slug| self.sheet.shown().people.get(slug));
                self.push(see::Segment::Quote {
                    html: paragraphs(text.split("\n\n")),
                    person: person.map(|p| self.sheet.person_card(p)),
                    attribution: attribution.clone(),
                });
            }
            Piece::Zoom { still, caption, details, .. } => self.zoom(still, caption.as_deref(), details),
        }
    }

    /// Clips that follow each other with nothing in between are a reel.
    fn video(&mut self, video: see::Video) {
        self.flush();
        let mut videos = match self.segments.pop() {
            Some(see::Segment::Reel { videos }) => videos,
            Some(see::Segment::Video { video }) => vec![video],
            other => {
                self.segments.extend(other);
                Vec::new()
            }
        };
        self.segments.push(if videos.is_empty() {
            see::Segment::Video { video }
        } else {
            videos.push(video);
            see::Segment::Reel { videos }
        });
    }

    fn figure(&self, figure: &Figure, role: &str) -> Option<see::Figure> {
        let still = self.sheet.still(&figure.still)?;
        Some(self.sheet.figure(still, role, figure.alt.as_deref(), figure.caption.as_deref()))
    }

    fn gallery(&mut self, gallery: Option<&str>, stills: &[String], layout: Layout, title: Option<&String>) {
        let gallery = gallery.and_then(|slug| self.sheet.shown().galleries.get(slug));
        let stills = stills.iter().filter_map(|path| self.sheet.still(path));
        let stills = stills.enumerate().map(|(i, still)| self.sheet.thumb(still, i + 1, role(layout)));
        let stills: Vec<see::Thumb> = stills.collect();
        let count = self.sheet.language().count("stills", stills.len() as u64);
        let name = title.or(gallery.map(|g| &g.title.value));
        let id = self.id("gallery");
        self.push(see::Segment::Gallery {
            layout: layout.name().to_owned(),
            title: title.cloned(),
            href: gallery.map(|g| self.sheet.page(&super::address::gallery(&g.slug))),
            stills,
            label: name.map_or_else(|| count.clone(), |name| format!("{name}, {count}")),
            id,
        });
    }

    fn compare(&mut self, compare: &Compare) {
        let (Some(before), Some(after)) = (self.sheet.still(&compare.before), self.sheet.still(&compare.after)) else {
            return;
        };
        let language = self.sheet.language();
        let label = |own: &Option<String>, word: &str| own.clone().unwrap_or_else(|| language.word(word).to_owned());
        let id = self.id("compare");
        self.push(see::Segment::Compare {
            before: self.sheet.picture(before, "compare"),
            after: self.sheet.picture(after, "compare"),
            before_label: label(&compare.before_label, "before"),
            after_label: label(&compare.after_label, "after"),
            caption: compare.caption.as_deref().map(escape),
            credit: after.credit.clone().or_else(|| before.credit.clone()),
            mark: self.sheet.mark(later(&before.notice, &after.notice)),
            id,
        });
    }

    fn outside(&mut self, outside: &Outside) {
        let poster = self.sheet.maybe_picture(outside.poster.as_deref(), "video");
        self.push(see::Segment::Embed {
            title: outside.title.clone(),
            href: outside.video.page.clone(),
            frame: outside.video.frame.clone(),
            provider: outside.video.provider.name().to_owned(),
            poster,
            caption: outside.caption.as_deref().map(escape),
        });
    }

    fn zoom(&mut self, still: &str, caption: Option<&str>, details: &[Detail]) {
        let Some(still) = self.sheet.still(still) else { return };
        let id = self.id("zoom");
        let percent = |part: f64| (part * 1000.0).round() / 10.0;
        let details = details.iter().enumerate().map(|(i, detail)| see::Detail {
            title: detail.title.clone(),
            picture: self.sheet.detail(still, detail.at, detail.size),
            x: percent(detail.at[0]),
            y: percent(detail.at[1]),
            size: percent(detail.size),
            number: i + 1,
        });
        let segment = see::Segment::Zoom {
            picture: self.sheet.picture(still, "zoom"),
            caption: caption.or(still.caption.as_deref()).map(escape),
            credit: still.credit.clone(),
            details: details.collect(),
            mark: self.sheet.mark(still.notice.as_ref()),
            id,
        };
        self.push(segment);
    }
}

/// The one that asks for more, of two.
fn later<'n>(one: &'n Option<Notice>, other: &'n Option<Notice>) -> Option<&'n Notice> {
    one.as_ref().max(other.as_ref())
}

/// Plain paragraphs as HTML.
pub(super) fn paragraphs<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(str::trim).filter(|t| !t.is_empty()).map(|t| format!("<p>{}</p>", escape(t))).collect()
}
