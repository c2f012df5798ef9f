//! `gallery.toml`: a gallery's title and order, and the fields of the stills and clips beside it.

use super::fields::{Fields, TomlText, with_fields};
use super::prose::Layout;
use super::window::{self, WindowFields};
use crate::diagnostic::{Diagnostics, Located, Origin, SourceFile};
use std::sync::Arc;
use toml::value::Datetime;

/// What stills can be.
pub const STILL_KINDS: &[&str] = &["unit", "bts", "portrait", "key-art", "frame-grab"];

/// How the page of a gallery can lay its stills out.
const GALLERY_LAYOUTS: &[&str] = &["grid", "sheet"];

/// A `gallery.toml` as written.
#[derive(Debug, Clone)]
pub struct GalleryDoc {
    /// The folder, with a slash at the end.
    pub folder: String,
    pub origin: Origin,
    /// Without a title the folder is no gallery of its own, but still gives fields.
    pub title: Option<Located<String>>,
    pub date: Option<Located<Datetime>>,
    pub shoot_day: Option<i64>,
    pub phase: Option<&'static str>,
    pub description: Option<Located<String>>,
    pub cover: Option<Located<String>>,
    pub layout: Layout,
    pub order: Vec<Located<String>>,
    pub window: WindowFields,
    pub defaults: StillFields,
    pub stills: Vec<(Located<String>, StillFields)>,
    pub clips: Vec<(Located<String>, ClipFields)>,
}

/// `[defaults]` and `[still."x.jpg"]`.
#[derive(Debug, Clone, Default)]
pub struct StillFields {
    pub headline: Option<Located<String>>,
    pub caption: Option<Located<String>>,
    pub alt: Option<Located<String>>,
    pub description: Option<Located<String>>,
    pub credit: Option<Located<String>>,
    pub copyright: Option<Located<String>>,
    pub kind: Option<Located<&'static str>>,
    /// None: not said. Some and empty: nobody is on it.
    pub people: Option<Vec<Located<String>>>,
    /// False: somebody can be recognised who is not named.
    pub people_complete: Option<bool>,
    pub focus: Option<Located<[f64; 2]>>,
    pub killed: Option<Located<bool>>,
    pub spoiler: Option<bool>,
    pub window: WindowFields,
}

/// `[clip."x.mp4"]`.
#[derive(Debug, Clone, Default)]
pub struct ClipFields {
    pub title: Option<Located<String>>,
    pub caption: Option<Located<String>>,
    pub alt: Option<Located<String>>,
    pub credit: Option<Located<String>>,
    pub people: Vec<Located<String>>,
    pub poster: Option<Located<String>>,
    /// Language and file.
    pub captions: Vec<(Located<String>, Located<String>)>,
    pub transcript: Option<Located<String>>,
    pub chapters: Vec<ChapterFields>,
    pub speed: Option<f64>,
    pub killed: Option<Located<bool>>,
    pub window: WindowFields,
}

/// One chapter of a clip.
#[derive(Debug, Clone)]
pub struct ChapterFields {
    pub at: Option<Located<String>>,
    pub title: Option<Located<String>>,
}

/// The slug of a gallery, from its folder or the file of its fields.
pub fn slug_of(path: &str) -> String {
    let folder = path.strip_suffix("gallery.toml").unwrap_or(path);
    super::slugify(folder.strip_prefix("media/").unwrap_or(folder))
}

/// Parses one file.
pub fn parse(file: &Arc<SourceFile>, messages: &mut Diagnostics) -> Option<GalleryDoc> {
    let folder = file.path.strip_suffix("gallery.toml").unwrap_or("").to_owned();
    let toml = TomlText { file, offset: 0, text: &file.text };
    with_fields(&toml, "a gallery", messages, |fields| GalleryDoc {
        folder,
        origin: Origin::new(file, 0..0),
        title: fields.text("title"),
        date: fields.datetime("date"),
        shoot_day: fields.whole("shoot_day", 1..=9999).map(|n| n.value),
        phase: fields.choice("phase", super::site::PHASES).map(|p| p.value),
        description: fields.text("description"),
        cover: fields.text("cover"),
        layout: fields.choice("layout", GALLERY_LAYOUTS).map(|l| Layout::named(l.value)).unwrap_or_default(),
        order: fields.texts("order"),
        window: window::read(fields),
        defaults: fields.table("defaults", "[defaults]", still).unwrap_or_default(),
        stills: fields.named_tables("still", |name| format!("the still `{name}`"), |name, f| (name, still(f))),
        clips: fields.named_tables("clip", |name| format!("the clip `{name}`"), |name, f| (name, clip(f))),
    })
}

fn still(fields: &mut Fields<'_>) -> StillFields {
    let says_who = fields.has("people");
    let people = fields.texts("people");
    StillFields {
        headline: fields.text("headline"),
        caption: fields.text("caption"),
        alt: fields.text("alt"),
        description: fields.text("description"),
        credit: fields.text("credit"),
        copyright: fields.text("copyright"),
        kind: fields.choice("kind", STILL_KINDS),
        people: says_who.then_some(people),
        people_complete: fields.optional_flag("people_complete").map(|f| f.value),
        focus: fields.numbers::<2>("focus", 0.0..=1.0),
        killed: fields.optional_flag("killed"),
        spoiler: fields.optional_flag("spoiler").map(|f| f.value),
        window: window::read(fields),
    }
}

fn clip(fields: &mut Fields<'_>) -> ClipFields {
    ClipFields {
        title: fields.text("title"),
        caption: fields.text("caption"),
        alt: fields.text("alt"),
        credit: fields.text("credit"),
        people: fields.texts("people"),
        poster: fields.text("poster"),
        captions: fields.named_texts("captions"),
        transcript: fields.text("transcript"),
        speed: fields.number("speed", 0.1..=1.0).map(|s| s.value),
        chapters: fields.tables("chapters", "a chapter", |f| ChapterFields {
            at: f.required_text("at", "\"0:42\""),
            title: f.required_text("title", "\"The first brick\""),
        }),
        killed: fields.optional_flag("killed"),
        window: window::read(fields),
    }
}
