//! A story's file: `stories/x.md` or `stories/x/index.md`.

use super::fields::{Fields, with_fields};
use super::front_matter::split;
use super::prose::Prose;
use super::site::PHASES;
use super::window::{self, WindowFields};
use super::{markdown, slug_of};
use crate::diagnostic::{Diagnostics, Located, Origin, SourceFile};
use std::sync::Arc;
use toml::value::Datetime;

/// Kinds of stories.
pub const STORY_KINDS: &[&str] = &[
    "making-of",
    "interview",
    "vlog",
    "diary",
    "breakdown",
    "bloopers",
    "featurette",
    "stunts",
    "costumes",
    "sets",
    "effects",
    "music",
    "cause",
    "news",
];

/// A story as written.
#[derive(Debug, Clone)]
pub struct StoryDoc {
    /// From the file's name.
    pub slug: String,
    /// The file.
    pub origin: Origin,
    /// Folder beside whose files references are looked up, with a slash at the end.
    pub folder: String,
    /// The front matter.
    pub fields: StoryFields,
    /// The text.
    pub prose: Prose,
}

/// Front matter of a story.
#[derive(Debug, Clone)]
pub struct StoryFields {
    pub title: Located<String>,
    pub kind: &'static str,
    pub phase: Option<&'static str>,
    pub date: Option<Located<Datetime>>,
    pub shoot_day: Option<i64>,
    pub summary: Option<Located<String>>,
    pub cover: Option<Located<String>>,
    pub crew: Vec<Located<String>>,
    pub departments: Vec<Located<String>>,
    pub gallery: Option<Located<String>>,
    pub window: WindowFields,
    pub spoiler: bool,
    pub draft: bool,
}

/// Parses one file.
pub fn parse(file: &Arc<SourceFile>, language: &str, messages: &mut Diagnostics) -> Option<StoryDoc> {
    let parts = split(file, messages)?;
    let fields = with_fields(&parts.front, "a story", messages, read);
    // The text is read even when the fields are not, so that its mistakes are told in the same run.
    let prose = markdown::parse(file, parts.body, language, messages);
    let folder = file.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    Some(StoryDoc { slug: slug_of(&file.path), origin: Origin::new(file, 0..0), folder, fields: fields??, prose })
}

fn read(fields: &mut Fields<'_>) -> Option<StoryFields> {
    let title = fields.required_text("title", "\"Rain on cue\"");
    let kind = fields.choice("kind", STORY_KINDS);
    let rest = StoryFields {
        title: title.clone().unwrap_or_else(|| Located::new(String::new(), fields.origin())),
        kind: kind.map_or("making-of", |k| k.value),
        phase: fields.choice("phase", PHASES).map(|p| p.value),
        date: fields.datetime("date"),
        shoot_day: fields.whole("shoot_day", 1..=9999).map(|n| n.value),
        summary: fields.text("summary"),
        cover: fields.text("cover"),
        crew: fields.texts("crew"),
        departments: fields.texts("departments"),
        gallery: fields.text("gallery"),
        window: window::read(fields),
        spoiler: fields.flag("spoiler", false),
        draft: fields.flag("draft", false),
    };
    title.map(|_| rest)
}
