//! Fenced blocks with a TOML body: gallery, compare, video, quote and zoom.

use super::manuscript::Manuscript;
use super::punctuation::curl;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, codes, nearest};
use crate::source::fields::{Fields, TomlText, listed, with_fields};
use crate::source::prose::{
    Block, CompareBlock, DetailRef, GalleryBlock, Layout, QuoteBlock, VideoBlock, VideoSource, ZoomBlock,
};
use pulldown_cmark::{CodeBlockKind, Event, Tag};

const NAMES: &[&str] = &["gallery", "compare", "video", "quote", "zoom"];

/// What a code block is.
#[derive(Debug)]
pub(super) enum Fenced {
    /// One of ours.
    Block(Block),
    /// One of ours, with mistakes that have been reported.
    Broken,
    /// Code, with the name of its language.
    Code(Option<String>),
}

/// Reads the code block that starts at `event`.
pub(super) fn read(text: &Manuscript<'_>, event: usize, messages: &mut Diagnostics) -> Fenced {
    let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = text.event(event) else {
        return Fenced::Code(None);
    };
    let mut words = info.split_whitespace();
    let Some(name) = words.next() else { return Fenced::Code(None) };
    let fence = text.origin(text.first_line(text.place(event)));
    let Some(known) = NAMES.iter().copied().find(|known| *known == name) else {
        warn_if_misspelled(text, event, name, &fence, messages);
        return Fenced::Code(Some(name.to_owned()));
    };
    if let Some(more) = words.next() {
        messages.push(
            Diagnostic::error(codes::BAD_BLOCK, format!("`{more}` cannot stand on the first line of a {known} block"))
                .at(&fence)
                .hint(format!("End the line after `{known}` and write fields below it, one a line.")),
        );
        return Fenced::Broken;
    }
    if !is_closed(text.source(text.place(event))) {
        messages.push(
            Diagnostic::error(codes::BAD_BLOCK, format!("this {known} block has no end"))
                .at(&fence)
                .hint("Write ``` on a line of its own after its last field."),
        );
        return Fenced::Broken;
    }
    let (body, offset) = body(text, event);
    let toml = TomlText { file: text.file, offset, text: &body };
    let reader = Reader { toml, text, origin: text.origin(text.place(event)), fence };
    let block = match known {
        "gallery" => reader.gallery(messages).map(Block::Gallery),
        "compare" => reader.compare(messages).map(Block::Compare),
        "video" => reader.video(messages).map(Block::Video),
        "quote" => reader.quote(messages).map(Block::Quote),
        _ => reader.zoom(messages).map(Block::Zoom),
    };
    block.map_or(Fenced::Broken, Fenced::Block)
}

fn is_closed(source: &str) -> bool {
    let marks = |line: &str| {
        let line = line.trim();
        ["`", "~"].into_iter().find_map(|mark| line.starts_with(&mark.repeat(3)).then(|| mark.to_owned()))
    };
    let mut lines = source.lines();
    let (Some(first), Some(last)) = (lines.next(), lines.next_back()) else { return false };
    // The last line of a nested block may begin with the marks of a quotation.
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    marks(first).is_some_and(|mark| last.starts_with(&mark.repeat(3)) && last.chars().all(|c| mark.starts_with(c)))
}

/// The body as it stands in the file, byte for byte, with spaces where a list or quotation has
/// its own marks: so every place in it is a place in the file.
fn body(text: &Manuscript<'_>, event: usize) -> (String, usize) {
    let inner = event + 1..text.ends[event];
    if inner.is_empty() {
        return (String::new(), text.place(event).start);
    }
    let start = text.place(inner.start).start;
    let place = start..text.place(inner.end - 1).end;
    let mut body = String::with_capacity(place.len());
    let mut at = start;
    for index in inner {
        let piece = text.place(index);
        blank(text.source(at..piece.start), &mut body);
        body.push_str(text.source(piece.start.max(at)..piece.end));
        at = piece.end.max(at);
    }
    (body, start)
}

/// As many spaces as there are bytes, but line ends as they are.
fn blank(source: &str, out: &mut String) {
    out.extend(source.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
}

fn warn_if_misspelled(text: &Manuscript<'_>, event: usize, name: &str, fence: &Origin, messages: &mut Diagnostics) {
    let Some(meant) = nearest(name, NAMES.iter().copied()) else { return };
    let looks_like_fields = body(text, event).0.lines().any(|line| {
        line.split_once('=').is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        })
    });
    if looks_like_fields {
        messages.push(
            Diagnostic::warning(codes::BAD_BLOCK, format!("`{name}` is no kind of block, so this is shown as code"))
                .at(fence)
                .hint(format!("Did you mean `{meant}`?"))
                .hint(format!("The kinds of block are {}.", listed(NAMES))),
        );
    }
}

struct Reader<'t, 'a> {
    toml: TomlText<'t>,
    text: &'t Manuscript<'a>,
    origin: Origin,
    fence: Origin,
}

impl Reader<'_, '_> {
    /// Reads the fields and, when none of them was wrong by itself, judges them together.
    fn fields<T>(
        &self,
        what: &str,
        messages: &mut Diagnostics,
        read: impl FnOnce(&mut Fields<'_>) -> T,
        judge: impl FnOnce(T) -> Result<T, Diagnostic>,
    ) -> Option<T> {
        let mut own = Diagnostics::new();
        let read = with_fields(&self.toml, what, &mut own, read);
        let sound = !own.has_errors();
        messages.extend(own);
        let judged = judge(read.filter(|_| sound)?);
        judged.map_err(|problem| messages.push(problem)).ok()
    }

    fn bad(&self, message: &str, hint: &str) -> Diagnostic {
        Diagnostic::error(codes::BAD_BLOCK, message).at(&self.fence).hint(hint)
    }

    /// A text of one or more lines with the marks of its language.
    fn words(&self, text: &str) -> String {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        curl(&lines.join("\n"), self.text.language)
    }

    fn optional_words(&self, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
        fields.text(key).map(|text| self.words(&text.value))
    }

    fn gallery(&self, messages: &mut Diagnostics) -> Option<GalleryBlock> {
        let read = |fields: &mut Fields<'_>| GalleryBlock {
            gallery: fields.text("gallery"),
            stills: fields.texts("stills").into_iter().filter(|still| !still.value.is_empty()).collect(),
            layout: fields
                .choice("layout", Layout::NAMES)
                .map(|layout| Layout::named(layout.value))
                .unwrap_or_default(),
            title: self.optional_words(fields, "title"),
            origin: self.origin.clone(),
        };
        self.fields("a gallery block", messages, read, |block| {
            if block.gallery.is_none() && block.stills.is_empty() {
                let hint = "Write `gallery = \"day-12\"`, or `stills = [\"rain-01.jpg\", \"rain-02.jpg\"]`, or both.";
                return Err(self.bad("this gallery block shows nothing", hint));
            }
            Ok(block)
        })
    }

    fn compare(&self, messages: &mut Diagnostics) -> Option<CompareBlock> {
        let read = |fields: &mut Fields<'_>| {
            let before = fields.required_text("before", "\"plate.jpg\"");
            let after = fields.required_text("after", "\"final.jpg\"");
            let before_label = self.optional_words(fields, "before_label");
            let after_label = self.optional_words(fields, "after_label");
            let caption = self.optional_words(fields, "caption");
            let origin = self.origin.clone();
            Some(CompareBlock { before: before?, after: after?, before_label, after_label, caption, origin })
        };
        self.fields("a compare block", messages, read, Ok)?
    }

    fn video(&self, messages: &mut Diagnostics) -> Option<VideoBlock> {
        let read = |fields: &mut Fields<'_>| {
            let clip = fields.text("clip");
            let url = fields.text("url");
            let title = fields.text("title");
            let poster = fields.text("poster");
            let caption = self.optional_words(fields, "caption");
            ([clip, url, title], poster, caption)
        };
        let judge = |read: ([Option<Located<String>>; 3], _, _)| match self.video_problem(&read.0, &read.1) {
            Some(problem) => Err(problem),
            None => Ok(read),
        };
        let ([clip, url, title], poster, caption) = self.fields("a video block", messages, read, judge)?;
        let source = match (clip, url, title) {
            (Some(clip), ..) => VideoSource::Clip(clip),
            (None, Some(url), Some(title)) => {
                VideoSource::Outside { url, title: title.map(|title| self.words(&title)), poster }
            }
            _ => return None,
        };
        Some(VideoBlock { source, caption, origin: self.origin.clone() })
    }

    /// What is wrong with `clip`, `url`, `title` and `poster` together.
    fn video_problem(
        &self,
        [clip, url, title]: &[Option<Located<String>>; 3],
        poster: &Option<Located<String>>,
    ) -> Option<Diagnostic> {
        let problem = match (clip, url) {
            (None, None) => self.bad(
                "this video block says neither `clip` nor `url`",
                "Write `clip = \"rain-rig.mp4\"`, or `url = \"https://vimeo.com/…\"` with a `title`.",
            ),
            (Some(_), Some(url)) => self
                .bad("this video block has both a `clip` and a `url`", "Keep the one that should be shown.")
                .at(&url.origin),
            (Some(_), None) => {
                let extra = title.as_ref().or(poster.as_ref())?;
                self.bad("the title and the poster of a clip stand in its gallery.toml", "Take them out here.")
                    .at(&extra.origin)
            }
            (None, Some(url)) if !is_outside_video(&url.value) => self
                .bad(
                    "this is not the address of a video at YouTube or Vimeo",
                    "Copy the address of the video's own page: `https://www.youtube.com/watch?v=…` or `https://vimeo.com/…`.",
                )
                .at(&url.origin),
            (None, Some(_)) if title.is_none() => {
                Diagnostic::error(codes::MISSING_KEY, "a video from elsewhere needs a `title`")
                    .at(&self.fence)
                    .hint("Write for example `title = \"The rain rig, a test\"`.")
            }
            (None, Some(_)) => return None,
        };
        Some(problem)
    }

    fn quote(&self, messages: &mut Diagnostics) -> Option<QuoteBlock> {
        let read = |fields: &mut Fields<'_>| {
            let person = fields.text("person");
            let attribution = fields.text("attribution");
            let text = fields.required_text("text", "\"It rained for six days.\"");
            let text = text.map(|text| text.map(|words| self.words(&words)));
            Some(QuoteBlock { person, attribution, text: text?, origin: self.origin.clone() })
        };
        let block = self.fields("a quote block", messages, read, |block| match block {
            Some(QuoteBlock { person: None, attribution: None, .. }) => {
                let hint = "Write `person = \"ines-calder\"`, or `attribution = \"A neighbour\"` for somebody without a profile.";
                Err(self.bad("nobody says this quote", hint))
            }
            block => Ok(block),
        });
        block?
    }

    fn zoom(&self, messages: &mut Diagnostics) -> Option<ZoomBlock> {
        let read = |fields: &mut Fields<'_>| {
            let still = fields.required_text("still", "\"workbench.jpg\"");
            let caption = self.optional_words(fields, "caption");
            let details = fields.tables("details", "a detail", |detail| {
                let title = self.optional_words(detail, "title");
                let at = detail.numbers::<2>("at", 0.0..=1.0).map(|at| at.value);
                let size = detail.number("size", 0.02..=1.0).map(|size| size.value);
                (title, at, size, detail.origin())
            });
            (still, caption, details)
        };
        let (still, caption, details) = self.fields("a zoom block", messages, read, |block| {
            let example = "Write for example `details = [{ title = \"The knot\", at = [0.4, 0.3], size = 0.2 }]`.";
            if block.2.is_empty() || block.2.len() > 8 {
                return Err(
                    self.bad(&format!("a zoom block has 1 to 8 details, and this has {}", block.2.len()), example)
                );
            }
            let lacking = block.2.iter().find_map(|(title, at, size, origin)| match (title, at, size) {
                (None, ..) => Some(("title", origin)),
                (_, None, _) => Some(("at", origin)),
                (_, _, None) => Some(("size", origin)),
                _ => None,
            });
            match lacking {
                Some((key, origin)) => Err(Diagnostic::error(codes::MISSING_KEY, format!("a detail needs a `{key}`"))
                    .at(origin)
                    .hint(example)),
                None => Ok(block),
            }
        })?;
        let details = details
            .into_iter()
            .filter_map(|(title, at, size, _)| Some(DetailRef { title: title?, at: at?, size: size? }))
            .collect();
        Some(ZoomBlock { still: still?, caption, details, origin: self.origin.clone() })
    }
}

/// Whether an address is the page of one video at YouTube or Vimeo.
fn is_outside_video(url: &str) -> bool {
    let Some(address) = url.strip_prefix("https://") else { return false };
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let id = |text: &str| {
        let id = text.split(['?', '&', '#', '/']).next().unwrap_or("");
        !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    match host.to_ascii_lowercase().as_str() {
        "youtube.com" | "www.youtube.com" | "m.youtube.com" => {
            let watched =
                path.strip_prefix("watch?").and_then(|query| query.split('&').find_map(|q| q.strip_prefix("v=")));
            watched.or_else(|| path.strip_prefix("shorts/")).is_some_and(id)
        }
        "youtu.be" => id(path),
        "vimeo.com" | "www.vimeo.com" => path.starts_with(|c: char| c.is_ascii_digit()) && id(path),
        _ => false,
    }
}
