//! The files of a look: base and themes from inside the binary, a theme that is a folder of the site, the site's own.

use super::broken;
use super::scripts::{self, Script};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use crate::disk::{self, Digest, TreeFile};
use crate::language::{Words, word_files};
use crate::source::theme_folder::ThemeFolder;
use crate::typeface;
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
    "css/viewer.css",
    "css/search.css",
    "css/print.css",
];

/// Text files by path.
pub(super) type Files = BTreeMap<String, String>;

/// Names of the themes in the binary.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> =
        THEMES.dirs().filter_map(|d| Some(d.path().file_name()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

/// The files of a theme in the binary; `None` when there is none of that name.
pub(super) fn bundled(name: &str) -> Option<Files> {
    THEMES.get_dir(name).map(|theme| files(theme, name))
}

/// The files of the base layer: pages, `components/`, `css/`, `js/`, `words/`.
pub(super) fn base() -> Files {
    files(&BASE, "")
}

/// A theme and what it stands on.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Its files.
    pub(super) files: Files,
    /// Files of the theme that it extends.
    pub(super) parent: Files,
    /// Folder in the site, when it is one.
    pub(super) folder: Option<String>,
}

impl Chosen {
    /// A theme of the binary.
    pub(super) fn bundled(name: &str) -> Option<Self> {
        Some(Self { files: bundled(name)?, parent: Files::new(), folder: None })
    }

    /// A theme in a folder, over the theme that it extends.
    pub(super) fn folder(folder: &ThemeFolder, extends: Option<&str>) -> Self {
        let parent = extends.and_then(bundled).unwrap_or_default();
        Self { files: folder.files.clone(), parent, folder: Some(folder.path.clone()) }
    }

    /// How a file of the theme is called in messages.
    pub(super) fn place(&self, file: &str) -> String {
        self.folder.as_ref().map_or_else(|| file.to_owned(), |folder| format!("{folder}/{file}"))
    }
}

/// The files of a look, by layer.
#[derive(Debug)]
pub(super) struct Layers {
    /// Name with layer (`base/story.html`), and text.
    pub(super) templates: BTreeMap<String, String>,
    /// In order.
    pub(super) base_css: Vec<String>,
    /// `tokens.css` and `theme.css` of the theme that is extended, and of the theme.
    pub(super) theme_css: Vec<String>,
    /// The same of the site.
    pub(super) site_css: Vec<String>,
    pub(super) js: String,
    /// Of contact sheets: what they have beside all that, and their script.
    pub(super) proofs_css: String,
    pub(super) proofs_js: String,
    pub(super) scripts: BTreeMap<Script, String>,
    pub(super) search_js: String,
    /// Words by layer, weakest first: folder for messages, and files by name (`en.toml`).
    words: Vec<(String, Files)>,
    /// Folder of the theme in the site.
    folder: Option<String>,
    /// The lightest weight that is asked for beside those that a whole theme lists.
    pub(super) lightest: Option<u16>,
}

impl Layers {
    /// All that a look consists of.
    pub(super) fn load(theme: &Chosen, own: &[TreeFile], messages: &mut Diagnostics) -> Self {
        let base = base();
        let site = read_own(own, messages);
        let mut templates = BTreeMap::new();
        templates.extend(base.iter().map(|(path, text)| (format!("base/{path}"), text.clone())));
        for (layer, files) in [("parent", &theme.parent), ("theme", &theme.files), ("site", &site)] {
            let inside = files.iter().filter_map(|(path, text)| Some((path.strip_prefix("templates/")?, text)));
            templates.extend(inside.map(|(path, text)| (format!("{layer}/{path}"), text.clone())));
        }
        templates.retain(|path, _| path.ends_with(".html"));
        stand_for_each_other(&mut templates, !theme.parent.is_empty());
        let css = |files: &Files, names: &[&str]| -> Vec<String> {
            names.iter().filter_map(|name| files.get(*name).cloned()).collect()
        };
        let look = ["tokens.css", "theme.css"];
        let words = |files: &Files| -> Files {
            files
                .iter()
                .filter_map(|(path, text)| Some((path.strip_prefix("words/")?.to_owned(), text.clone())))
                .collect()
        };
        let script = |name: &str| base.get(name).cloned().unwrap_or_default();
        // A theme that extends another has its list.
        let beside = site.iter().chain(theme.files.iter().filter(|_| !theme.parent.is_empty()));
        let beside = beside.filter(|(path, _)| path.ends_with(".css") || path.ends_with(".html"));
        Self {
            lightest: typeface::lightest_asked_for(beside.map(|(_, text)| text.as_str())),
            templates,
            base_css: css(&base, BASE_CSS),
            theme_css: [css(&theme.parent, &look), css(&theme.files, &look)].concat(),
            site_css: css(&site, &look),
            scripts: scripts::all(&base),
            js: scripts::alone(&base, "site.js"),
            proofs_css: script("css/proofs.css"),
            proofs_js: script("js/proofs.js"),
            search_js: scripts::alone(&base, "search.js"),
            words: vec![
                ("templates/words".to_owned(), words(&base)),
                (theme.place("words"), words(&theme.files)),
                ("theme/words".to_owned(), words(&site)),
            ],
            folder: theme.folder.clone(),
        }
    }

    /// The strings of a language over English, the theme's and the site's own over both.
    pub(super) fn words(&self, tag: &Located<String>, messages: &mut Diagnostics) -> Option<Words> {
        let english = self.words.first().and_then(|(_, base)| base.get("en.toml")).map_or("", String::as_str);
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
            for (folder, layer) in &self.words {
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

    /// How a template is called in messages: by its file where an author has one, else by its name with its layer.
    pub(super) fn place(&self, template: &str) -> String {
        match (template.split_once('/'), &self.folder) {
            (Some(("site", rest)), _) => format!("theme/templates/{rest}"),
            (Some(("theme", rest)), Some(folder)) => format!("{folder}/templates/{rest}"),
            _ => template.to_owned(),
        }
    }

    /// Of all templates with their names.
    pub(super) fn digest(&self) -> Digest {
        Digest::of_parts(self.templates.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]))
    }

    /// Every character of the templates beyond ASCII, which fonts have to have.
    pub(super) fn literals(&self) -> String {
        self.texts().flat_map(str::chars).filter(|c| !c.is_ascii()).collect()
    }

    /// Templates and style sheets.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let sheets = self.base_css.iter().chain(&self.theme_css).chain(&self.site_css).chain([&self.proofs_css]);
        self.templates.values().chain(sheets).map(String::as_str)
    }
}

/// A page that a layer does not have is there as the layer below has it: whoever changes `theme/home.html` does not
/// have to know whether the theme has a home page of its own.
fn stand_for_each_other(templates: &mut BTreeMap<String, String>, has_parent: bool) {
    let pages = templates.keys().filter_map(|name| name.strip_prefix("base/")).filter(|name| !name.contains('/'));
    let pages: Vec<String> = pages.map(ToOwned::to_owned).collect();
    let layers: &[[&str; 2]] =
        if has_parent { &[["parent", "base"], ["theme", "parent"]] } else { &[["theme", "base"]] };
    for [upper, lower] in layers {
        for page in &pages {
            if let Some(text) = templates.get(&format!("{lower}/{page}")).cloned() {
                templates.entry(format!("{upper}/{page}")).or_insert(text);
            }
        }
    }
}

/// Text files of an embedded folder, by path below it.
fn files(folder: &Dir<'_>, root: &str) -> Files {
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

fn read_own(own: &[TreeFile], messages: &mut Diagnostics) -> Files {
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
