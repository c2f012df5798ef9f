//! Looks: templates in layers, style sheets, fonts, words, and the places that pictures have.
//!
//! The entry point is [`load`]. Layers lie over each other, `site/ > theme/ > base/`; base and some themes are inside
//! the binary, others are folders of the site and may extend one of those, which then lies below them as `parent/`.
//! What there is to be replaced in them is in [`contract`]. A theme says what sizes its pictures need; a template asks
//! for nothing. This module knows neither stories nor people.

mod colour;
pub mod contract;
mod engine;
mod fonts;
mod layers;
mod manifest;
mod scripts;
mod style;

pub use colour::{Rgb, contrast};
pub use fonts::FontUse;
pub use layers::names;
pub use manifest::{Aspect, Role};
pub use scripts::Script;

use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{Digest, TreeFile};
use crate::language::Language;
use crate::source::site::SiteDoc;
use crate::source::theme_folder::{ThemeFolder, is_folder};
use crate::typeface::Features;
use layers::{Chosen, Layers};
use manifest::Manifest;
use std::collections::BTreeMap;
use tera::Tera;

/// A look, ready to render with.
#[derive(Debug)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Places for pictures, by name.
    pub roles: BTreeMap<String, Role>,
    /// Fonts to be subset and published.
    pub fonts: Vec<FontUse>,
    /// What style sheets ask of them.
    pub features: Features,
    /// All style sheets in order, without the `@font-face` rules.
    pub css: String,
    /// The script of every page.
    pub js: String,
    /// What contact sheets have in addition.
    pub proofs_css: String,
    /// The script of contact sheets.
    pub proofs_js: String,
    /// The script of the search, which is loaded when somebody opens it.
    pub search_js: String,
    /// Scripts of pages that have a use for them.
    pub scripts: BTreeMap<Script, String>,
    /// `auto`, `dark` or `light`.
    pub color_scheme: String,
    /// Whether the home page begins with a picture.
    pub hero_picture: bool,
    /// What shows through transparent parts of pictures in formats that have none.
    pub surface: Rgb,
    /// Templates.
    pub tera: Tera,
    /// Of all templates together; part of a rendered page's key.
    pub digest: Digest,
    /// Of everything that it was put together from but style sheets, where that is known.
    pub drawn_from: Option<Digest>,
    /// The site's language.
    pub language: Language,
    /// Characters that templates write by themselves.
    pub literals: String,
    layers: Layers,
}

impl Theme {
    /// Whether the same pages are drawn with both, and the same fonts. Their style sheets may differ.
    pub fn draws_as(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
            || (self.drawn_from.is_some()
                && self.drawn_from == other.drawn_from
                && self.literals == other.literals
                && self.features == other.features
                && self.weights().eq(other.weights()))
    }

    /// Of all faces.
    fn weights(&self) -> impl Iterator<Item = (u16, u16)> {
        self.fonts.iter().flat_map(|font| &font.faces).map(|face| face.weight)
    }

    /// A template by its name with its layer, for messages: what its author calls it, and its text.
    pub fn template(&self, name: &str) -> (String, &str) {
        (self.layers.place(name), self.layers.templates.get(name).map_or("", String::as_str))
    }
}

/// Puts a theme together. `None`, and messages, when it cannot be used.
///
/// `folder` is the theme where it is a folder of the site; what is wrong with that has been told where it was read.
pub fn load(
    site: &SiteDoc,
    folder: Option<&ThemeFolder>,
    own: &[TreeFile],
    messages: &mut Diagnostics,
) -> Option<Theme> {
    let (chosen, manifest) = choose(site, folder, messages)?;
    let layers = Layers::load(&chosen, own, messages);
    // Each tells its own mistakes before the first of them ends it.
    let language = language(site, &layers, messages);
    let fonts = fonts::choose(&manifest, site, own, layers.lightest, messages);
    let settings = style::settings(site, &manifest, messages);
    let tera = engine::build(&layers, messages);
    let (language, fonts, tera) = (language?, fonts?, tera?);
    let color_scheme = site.theme_settings.color_scheme.unwrap_or(manifest.color_scheme).to_owned();
    let css = style::sheet(&layers, &settings, &fonts);
    Some(Theme {
        name: site.theme.value.clone(),
        surface: if color_scheme == "light" { settings.surface.light } else { settings.surface.dark },
        hero_picture: site.theme_settings.hero != Some("words"),
        roles: manifest.roles,
        fonts,
        css,
        js: layers.js.clone(),
        proofs_css: layers.proofs_css.clone(),
        proofs_js: layers.proofs_js.clone(),
        search_js: layers.search_js.clone(),
        scripts: layers.scripts.clone(),
        color_scheme,
        digest: layers.digest(),
        drawn_from: None,
        literals: layers.literals(),
        features: Features::asked_for(layers.texts()),
        tera,
        language,
        layers,
    })
}

/// The files of the theme, and what its theme.toml says over that of the theme that it extends.
fn choose(site: &SiteDoc, folder: Option<&ThemeFolder>, messages: &mut Diagnostics) -> Option<(Chosen, Manifest)> {
    if let Some(folder) = folder {
        let place = format!("{}/theme.toml", folder.path);
        let text = folder.files.get("theme.toml").map_or("", String::as_str);
        let extends = manifest::extends(text, &place, messages);
        let chosen = Chosen::folder(folder, extends.as_ref().and_then(|name| name.as_deref()));
        let parent = chosen.parent.get("theme.toml");
        let parent = parent.and_then(|text| manifest::parse(text, "theme.toml", None, messages));
        let manifest = manifest::parse(text, &place, parent, messages)?;
        extends?;
        return Some((chosen, manifest));
    }
    if is_folder(&site.theme.value) {
        return None;
    }
    let mut name = site.theme.value.clone();
    if !names().contains(&name) {
        messages.push(
            Diagnostic::error(codes::UNKNOWN_THEME, format!("there is no theme `{name}`"))
                .at(&site.theme.origin)
                .did_you_mean(&name, names().iter().map(String::as_str))
                .hint(format!("The themes are {}. One of your own is a folder: `themes/mine`.", names().join(", "))),
        );
        // Nothing will be written; another look shows what else is wrong.
        name = names().into_iter().next()?;
    }
    let chosen = Chosen::bundled(&name)?;
    let manifest =
        manifest::parse(chosen.files.get("theme.toml").map_or("", String::as_str), "theme.toml", None, messages)?;
    Some((chosen, manifest))
}

fn language(site: &SiteDoc, layers: &layers::Layers, messages: &mut Diagnostics) -> Option<Language> {
    let words = layers.words(&site.language, messages)?;
    match Language::new(&site.language.value, words) {
        Ok(language) => Some(language),
        Err(sentence) => {
            messages.push(
                Diagnostic::error(codes::WRONG_VALUE, sentence)
                    .at(&site.language.origin)
                    .hint("Write it like `en`, `de` or `pt-BR`."),
            );
            None
        }
    }
}

/// A message about a file of a theme.
fn broken(path: &str, what: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error(codes::THEME_BROKEN, format!("`{path}` cannot be used: {what}")).at(&Origin::whole(path))
}
