//! A further page: `pages/x.md` or `pages/x/index.md`.

use super::fields::with_fields;
use super::front_matter::split;
use super::prose::Prose;
use super::window::{self, WindowFields};
use super::{markdown, slug_of};
use crate::diagnostic::{Diagnostics, Located, Origin, SourceFile};
use std::sync::Arc;

/// A page as written.
#[derive(Debug, Clone)]
pub struct PageDoc {
    pub slug: String,
    pub origin: Origin,
    pub folder: String,
    pub title: Located<String>,
    pub summary: Option<Located<String>>,
    /// Stands in the main navigation.
    pub menu: bool,
    /// Place among the further pages; then by title.
    pub weight: i64,
    pub window: WindowFields,
    pub draft: bool,
    pub prose: Prose,
}

/// Parses one file.
pub fn parse(file: &Arc<SourceFile>, language: &str, messages: &mut Diagnostics) -> Option<PageDoc> {
    let parts = split(file, messages)?;
    let folder = file.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let front = with_fields(&parts.front, "a page", messages, |fields| PageDoc {
        slug: slug_of(&file.path),
        origin: Origin::new(file, 0..0),
        folder,
        title: fields
            .required_text("title", "\"About\"")
            .unwrap_or_else(|| Located::new(String::new(), fields.origin())),
        summary: fields.text("summary"),
        menu: fields.flag("menu", false),
        weight: fields.whole("weight", -1000..=1000).map_or(0, |n| n.value),
        window: window::read(fields),
        draft: fields.flag("draft", false),
        prose: Prose::default(),
    });
    let prose = markdown::parse(file, parts.body, language, messages);
    front.map(|page| PageDoc { prose, ..page })
}
