//! A theme that is a folder of the site: `theme = "themes/mine"`, written by somebody else perhaps, or a git checkout.
//!
//! It is read, and nothing in it is run. Only what a theme is made of is taken, and no link is followed, so that
//! nothing outside of the folder can come onto a page.

use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, codes};
use crate::disk;
use std::collections::BTreeMap;
use std::path::Path;

/// The folder of a site in which themes of its own are.
pub const THEMES: &str = "themes";

/// Largest file of a theme, in bytes. Those in the binary have 16 kB at most.
const LARGEST: u64 = 512 << 10;

/// Most files of a theme.
const MOST: usize = 400;

/// The text files of a theme by their path in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFolder {
    /// As it is written in site.toml: `themes/mine`.
    pub path: String,
    /// `theme.toml`, `tokens.css`, `theme.css`, `templates/…`, `words/…`.
    pub files: BTreeMap<String, String>,
}

/// Whether site.toml means a folder by the name of its theme.
pub fn is_folder(theme: &str) -> bool {
    theme.contains(['/', '\\']) || theme.starts_with('.')
}

/// Reads the folder. `None`, and messages, when it cannot be used.
pub(super) fn read(root: &Path, theme: &Located<String>, messages: &mut Diagnostics) -> Option<ThemeFolder> {
    let path = theme.value.trim_end_matches('/');
    let name = path
        .strip_prefix("themes/")
        .filter(|name| !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']));
    if name.is_none() || !disk::is_folder(&root.join(path)) {
        let what = if name.is_none() { "is no folder in the site's `themes/`" } else { "is not there" };
        let there = disk::folders(&root.join(THEMES)).unwrap_or_default();
        let there: Vec<String> = there.iter().map(|name| format!("{THEMES}/{name}")).collect();
        messages.push(
            Diagnostic::error(codes::UNKNOWN_THEME, format!("the theme `{path}` {what}"))
                .at(&theme.origin)
                .did_you_mean(path, there.iter().map(String::as_str))
                .hint("Put the theme's folder into `themes/` beside site.toml, and name it like `themes/mine`.")
                .hint("`backlot theme list` shows the themes that come with Backlot."),
        );
        return None;
    }
    let (files, troubles) = disk::walk_without_links(&root.join(path));
    let broken = |file: &str, what: String| {
        let place = format!("{path}/{file}");
        Diagnostic::error(codes::THEME_BROKEN, format!("`{place}` cannot be used: {what}")).at(&Origin::whole(place))
    };
    for (file, error) in troubles.iter().filter(|(file, _)| concerns(file)) {
        messages.push(broken(file, error.to_string()));
    }
    let parts: Vec<&disk::TreeFile> = files.iter().filter(|file| is_part(&file.path)).collect();
    if parts.len() > MOST {
        messages.push(broken("", format!("it has {} files, and {MOST} are allowed", parts.len())));
        return None;
    }
    let mut texts = BTreeMap::new();
    for file in parts {
        if file.stat.size > LARGEST {
            messages.push(broken(&file.path, format!("it has {} bytes, and {LARGEST} are allowed", file.stat.size)));
            continue;
        }
        match disk::read(&file.on_disk).map(String::from_utf8) {
            Ok(Ok(text)) => {
                texts.insert(file.path.clone(), text);
            }
            Ok(Err(_)) => messages.push(broken(&file.path, "it is not UTF-8 text".to_owned())),
            Err(error) => messages.push(broken(&file.path, error.to_string())),
        }
    }
    if !texts.contains_key("theme.toml") {
        messages.push(
            broken("theme.toml", "there is none, and every theme has one".to_owned())
                .hint("The shortest is one line: `extends = \"premiere\"`."),
        );
        return None;
    }
    Some(ThemeFolder { path: path.to_owned(), files: texts })
}

/// Whether what cannot be read would be a part of the theme, or hold one.
fn concerns(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or(path);
    matches!(top, "" | "theme.toml" | "tokens.css" | "theme.css" | "templates" | "words")
}

/// Whether a file is one of those that a theme is made of.
fn is_part(path: &str) -> bool {
    matches!(path, "theme.toml" | "tokens.css" | "theme.css")
        || (path.starts_with("templates/") && path.ends_with(".html"))
        || (path.starts_with("words/") && path.ends_with(".toml"))
}

#[cfg(test)]
mod tests {
    use super::{concerns, is_folder, is_part};

    #[test]
    fn a_theme_is_text_in_known_places() {
        for path in ["theme.toml", "templates/components/story_card.html", "words/de.toml"] {
            assert!(is_part(path), "{path}");
        }
        for path in [".git/config", "templates/.git/x", "README.md", "build.sh", "templates/x.js", "a/theme.toml"] {
            assert!(!is_part(path), "{path}");
        }
        assert!(concerns("templates/components") && !concerns(".git/hooks/x") && !concerns("docs/link"));
        assert!(is_folder("themes/mine") && is_folder("../mine") && !is_folder("premiere"));
    }
}
