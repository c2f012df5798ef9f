//! What there is to be replaced in a look: pages with their blocks, components with their arguments, tokens.
//!
//! The entry points are [`contract`] and [`text`]. All of it is read from the templates themselves, so that what
//! `backlot theme show` prints and `themes/README.md` lists is what is there.

use super::layers::{Files, base, bundled};
use super::manifest::{self, Manifest};
use crate::diagnostic::Diagnostics;

/// All that a theme, or a site, can replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// By file.
    pub pages: Vec<Page>,
    /// By name.
    pub components: Vec<Component>,
    /// In the order of `templates/css/tokens.css`.
    pub tokens: Vec<Token>,
}

/// The template of a kind of page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// `story.html`.
    pub file: String,
    /// What it is for.
    pub about: String,
    /// Its own blocks, in their order.
    pub blocks: Vec<String>,
}

/// A part that pages share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// `story_card`.
    pub name: String,
    /// `components/story_card.html`.
    pub file: String,
    /// As they are declared: `level: integer = 3`.
    pub arguments: Vec<String>,
    /// What it is for.
    pub about: String,
}

/// A custom property of the style sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// With its two hyphens.
    pub name: String,
    /// What the base layer gives it.
    pub value: String,
    /// What it is for.
    pub about: String,
    /// Colour, Type, Space, …
    pub group: String,
}

/// What the theme says of itself, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// "Premiere".
    pub title: String,
    /// A sentence or two.
    pub description: String,
    /// `auto`, `dark` or `light`.
    pub color_scheme: &'static str,
    /// Part (`display`, `text`, `label`), and its families, the theme's own first.
    pub fonts: Vec<(&'static str, Vec<String>)>,
}

/// What the base layer offers, which every theme stands on.
pub fn contract() -> Contract {
    let files = base();
    let html = |path: &&String| path.ends_with(".html");
    let pages = files.keys().filter(html).filter(|path| !path.contains('/'));
    let components = files.keys().filter(html).filter(|path| path.starts_with("components/"));
    let mut contract = Contract {
        pages: pages.map(|path| page(path, &files[path])).collect(),
        components: components.flat_map(|path| components_of(path, &files[path])).collect(),
        tokens: tokens(files.get("css/tokens.css").map_or("", String::as_str)),
    };
    contract.components.sort_by(|a, b| a.name.cmp(&b.name));
    contract
}

/// What a theme of the binary says of itself.
pub fn about(name: &str) -> Option<About> {
    about_of(&bundled(name)?)
}

/// What a theme says of itself in its theme.toml.
pub fn about_text(toml: &str) -> Option<About> {
    let text: toml::Table = toml.parse().ok()?;
    let word = |key: &str| text.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let Manifest { color_scheme, fonts, .. } = manifest::parse(toml, "theme.toml", None, &mut Diagnostics::new())?;
    let families = |font: &manifest::FontFields| {
        (font.part, std::iter::once(&font.family).chain(&font.others).cloned().collect::<Vec<String>>())
    };
    Some(About {
        title: word("title"),
        description: word("description"),
        color_scheme,
        fonts: fonts.iter().map(families).collect(),
    })
}

fn about_of(files: &Files) -> Option<About> {
    about_text(files.get("theme.toml")?)
}

/// A template by its path below `templates/`, as the theme has it or else the base layer.
pub fn text(theme: &str, path: &str) -> Option<String> {
    let own = bundled(theme)?.remove(&format!("templates/{path}"));
    own.or_else(|| base().remove(path).filter(|_| path.ends_with(".html")))
}

/// All files of a theme of the binary that make it, by path.
pub fn files(theme: &str) -> Option<Vec<(String, String)>> {
    let parts = bundled(theme)?.into_iter().filter(|(path, _)| path != "README.md");
    Some(parts.collect())
}

/// The value that a theme gives a token; that of the base layer where it gives none.
pub fn value(theme: &str, token: &str) -> Option<String> {
    let own = bundled(theme)?.remove("tokens.css").unwrap_or_default();
    let common = base().remove("css/tokens.css").unwrap_or_default();
    let find = |css: &str| tokens(css).into_iter().find(|known| known.name == token).map(|known| known.value);
    find(&own).or_else(|| find(&common))
}

/// A block of a template, with its marks.
pub fn block<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let start = text.match_indices("{% block ").map(|(at, _)| at).find(|at| block_name(&text[*at..]) == Some(name))?;
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        let rest = &text[at..];
        let opens = rest.find("{% block ");
        let closes = [rest.find("{% endblock"), rest.find("{%- endblock")].into_iter().flatten().min()?;
        match opens {
            Some(open) if open < closes => {
                depth += 1;
                at += open + 1;
            }
            _ => {
                depth -= 1;
                let end = closes + rest[closes..].find("%}")? + 2;
                if depth == 0 {
                    return text.get(start..at + end);
                }
                at += end;
            }
        }
    }
}

fn block_name(tag: &str) -> Option<&str> {
    tag.strip_prefix("{% block ")?.split([' ', '%']).next()
}

fn page(path: &str, text: &str) -> Page {
    let blocks = text.match_indices("{% block ").filter_map(|(at, _)| block_name(&text[at..]));
    // `main` belongs to the frame, and is what all pages fill.
    let blocks = blocks.filter(|name| path == "base.html" || *name != "main");
    Page { file: path.to_owned(), about: first_words(text), blocks: blocks.map(ToOwned::to_owned).collect() }
}

fn components_of(path: &str, text: &str) -> Vec<Component> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("{% component ") {
        let rest = &text[at + "{% component ".len()..];
        let (Some(open), Some(end)) = (rest.find('('), rest.find("%}")) else { continue };
        let Some(close) = rest[..end].rfind(')') else { continue };
        let arguments = rest[open + 1..close].split(',').map(str::trim).filter(|one| !one.is_empty());
        found.push(Component {
            name: rest[..open].to_owned(),
            file: path.to_owned(),
            // What begins with @ comes with the page and is not given.
            arguments: arguments.filter(|one| !one.starts_with('@')).map(ToOwned::to_owned).collect(),
            about: if found.is_empty() { first_words(text) } else { format!("Part of `{}`.", path) },
        });
    }
    found
}

/// The comment that a template begins with, without what it says of its blocks.
fn first_words(text: &str) -> String {
    let comment = text.strip_prefix("{#-").and_then(|rest| rest.split("-#}").next()).unwrap_or_default();
    let words = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = ["Blocks of its own", "Block of its own", "Blocks:"].iter().filter_map(|mark| words.find(mark)).min();
    words[..end.unwrap_or(words.len())].trim().to_owned()
}

fn tokens(css: &str) -> Vec<Token> {
    let mut group = String::new();
    let mut found = Vec::new();
    for line in css.lines().map(str::trim) {
        if let Some(title) = line.strip_prefix("/* ").and_then(|rest| rest.strip_suffix(" */")) {
            title.clone_into(&mut group);
        } else if line.starts_with("--")
            && let Some((name, rest)) = line.split_once(": ")
            && let Some((value, about)) = rest.split_once(';')
        {
            let about = about.trim().trim_start_matches("/* ").trim_end_matches(" */");
            found.push(Token {
                name: name.to_owned(),
                value: value.to_owned(),
                about: about.to_owned(),
                group: group.clone(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_layer_is_read() {
        let contract = contract();
        let home = contract.pages.iter().find(|page| page.file == "home.html").expect("a home page");
        assert_eq!(home.blocks, ["light", "hero", "film", "latest", "galleries", "people"]);
        assert!(contract.pages.iter().all(|page| !page.about.is_empty()), "{:?}", contract.pages);
        let card = contract.components.iter().find(|one| one.name == "story_card").expect("a card");
        assert_eq!(card.arguments.first().map(String::as_str), Some("card: map"));
        assert!(contract.components.iter().all(|one| !one.about.is_empty()));
        assert!(contract.tokens.len() > 40 && contract.tokens.iter().all(|token| !token.about.is_empty()));
    }

    #[test]
    fn a_block_is_found_with_the_blocks_in_it() {
        let text = "{% block a -%}x{% block b %}y{% endblock b %}{%- endblock a %}{% block c %}{% endblock %}";
        assert_eq!(block(text, "a"), Some("{% block a -%}x{% block b %}y{% endblock b %}{%- endblock a %}"));
        assert_eq!(block(text, "b"), Some("{% block b %}y{% endblock b %}"));
        assert_eq!(block(text, "c"), Some("{% block c %}{% endblock %}"));
        assert_eq!(block(text, "d"), None);
    }
}
