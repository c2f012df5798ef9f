//! The files of a look: base and themes from inside the binary, the site's own from its folder.

use super::broken;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use crate::disk::{self, Digest, TreeFile};
use crate::language::{Words, word_files};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static BASE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// Style sheets of the base layer, in the order in which they are joined.
const BASE_CSS: &[&str] = &[
    "css/layers.css",
    "css/tokens.css",
    "css/reset.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/search.css",
    "css/print.css",
];

/// Names of the themes in the binary.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> =
        THEMES.dirs().filter_map(|d| Some(d.path().file_name()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

/// The files of a look, by layer.
#[derive(Debug)]
pub(super) struct Layers {
    /// Name with layer (`base/story.html`), and text.
    pub(super) templates: BTreeMap<String, String>,
    /// In order.
    pub(super) base_css: Vec<String>,
    /// `tokens.css` and `theme.css` of the theme.
    pub(super) theme_css: Vec<String>,
    /// The same of the site.
    pub(super) site_css: Vec<String>,
    pub(super) js: String,
    /// Of contact sheets: what they have beside all that, and their script.
    pub(super) proofs_css: String,
    pub(super) proofs_js: String,
    pub(super) search_js: String,
    /// `theme.toml`.
    pub(super) manifest: String,
    /// By name of the file: `en.toml`.
    base_words: BTreeMap<String, String>,
    site_words: BTreeMap<String, String>,
}

impl Layers {
    /// `None` when there is no such theme.
    pub(super) fn load(name: &str, own: &[TreeFile], messages: &mut Diagnostics) -> Option<Self> {
        let theme = THEMES.get_dir(name)?;
        let (base_files, theme_files) = (files(&BASE, ""), files(theme, name));
        let site_files = read_own(own, messages);
        let mut templates = BTreeMap::new();
        let base_html = base_files.iter().map(|(path, text)| (format!("base/{path}"), text));
        let below = |files: &BTreeMap<String, String>, layer: &str| -> Vec<(String, String)> {
            let inside = files.iter().filter_map(|(path, text)| Some((path.strip_prefix("templates/")?, text)));
            inside.map(|(path, text)| (format!("{layer}/{path}"), text.clone())).collect()
        };
        templates.extend(base_html.map(|(path, text)| (path, text.clone())));
        templates.extend(below(&theme_files, "theme"));
        templates.extend(below(&site_files, "site"));
        templates.retain(|path, _| path.ends_with(".html"));
        let css = |files: &BTreeMap<String, String>, names: &[&str]| -> Vec<String> {
            names.iter().filter_map(|name| files.get(*name).cloned()).collect()
        };
        let words = |files: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            let inside =
                files.iter().filter_map(|(path, text)| Some((path.strip_prefix("words/")?.to_owned(), text.clone())));
            inside.collect()
        };
        Some(Self {
            templates,
            base_css: css(&base_files, BASE_CSS),
            theme_css: css(&theme_files, &["tokens.css", "theme.css"]),
            site_css: css(&site_files, &["tokens.css", "theme.css"]),
            js: base_files.get("js/site.js").cloned().unwrap_or_default(),
            proofs_css: base_files.get("css/proofs.css").cloned().unwrap_or_default(),
            proofs_js: base_files.get("js/proofs.js").cloned().unwrap_or_default(),
            search_js: base_files.get("js/search.js").cloned().unwrap_or_default(),
            manifest: theme_files.get("theme.toml").cloned().unwrap_or_default(),
            base_words: words(&base_files),
            site_words: words(&site_files),
        })
    }

    /// The strings of a language over English, and the site's own over both.
    pub(super) fn words(&self, tag: &Located<String>, messages: &mut Diagnostics) -> Option<Words> {
        let english = self.base_words.get("en.toml").map_or("", String::as_str);
        let english =
            Words::parse("en", english).map_err(|what| messages.push(broken("templates/words/en.toml", what))).ok()?;
        let names = match word_files(&tag.value, &english) {
            Ok(names) => names,
            Err(sentence) => {
                messages.push(Diagnostic::error(codes::WRONG_VALUE, sentence).at(&tag.origin));
                return None;
            }
        };
        let mut words = english;
        // From the furthest to the nearest, so that the nearest comes to lie on top.
        for name in names.iter().rev() {
            for (layer, folder) in [(&self.base_words, "templates/words"), (&self.site_words, "theme/words")] {
                let Some(text) = layer.get(&format!("{name}.toml")) else { continue };
                match Words::parse(name, text) {
                    Ok(stronger) => words = stronger.over(words),
                    Err(what) => {
                        messages.push(broken(&format!("{folder}/{name}.toml"), what));
                        return None;
                    }
                }
            }
        }
        Some(words)
    }

    /// Of all templates with their names.
    pub(super) fn digest(&self) -> Digest {
        Digest::of_parts(self.templates.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]))
    }

    /// Every character of the templates beyond ASCII, which fonts have to have.
    pub(super) fn literals(&self) -> String {
        let all = self.templates.values().chain(self.base_css.iter()).chain(&self.theme_css).chain(&self.site_css);
        all.flat_map(|text| text.chars()).filter(|c| !c.is_ascii()).collect()
    }
}

/// Text files of an embedded folder, by path below it.
fn files(folder: &Dir<'_>, root: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for file in folder.files() {
        let path = file.path().strip_prefix(root).unwrap_or(file.path());
        if let (Some(path), Some(text)) = (path.to_str(), file.contents_utf8()) {
            all.insert(path.replace('\\', "/"), text.to_owned());
        }
    }
    for inner in folder.dirs() {
        all.extend(files(inner, root));
    }
    all
}

fn read_own(own: &[TreeFile], messages: &mut Diagnostics) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for file in own {
        let Some(path) = file.path.strip_prefix("theme/").filter(|p| !p.starts_with("fonts/")) else { continue };
        match disk::read(&file.on_disk).map(String::from_utf8) {
            Ok(Ok(text)) => {
                all.insert(path.to_owned(), text);
            }
            Ok(Err(_)) => messages.push(broken(&file.path, "it is not UTF-8 text")),
            Err(error) => messages.push(broken(&file.path, error)),
        }
    }
    all
}
