//! `theme.toml`: what a theme says of itself, its fonts, and the sizes of its pictures.

use super::colour::Rgb;
use super::layers::names;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, codes};
use crate::source::fields::{Fields, TomlText, with_fields};
use std::collections::BTreeMap;

/// A place for a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Widths of the prints in pixels, ascending.
    pub widths: Vec<u32>,
    /// The `sizes` attribute.
    pub sizes: String,
    /// Cropped to this ratio around the focal point.
    pub aspect: Option<Aspect>,
    /// Telephones with dense screens take the print of this width, though they have pixels for a larger one.
    pub phone: Option<u32>,
}

/// Width to height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aspect(pub u32, pub u32);

/// A colour for each scheme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) dark: Rgb,
    pub(super) light: Rgb,
}

impl Default for Pair {
    fn default() -> Self {
        DEFAULT_SURFACE
    }
}

/// A family in one of its three parts.
#[derive(Debug, Clone)]
pub(super) struct FontFields {
    /// `display`, `text`, `label`.
    pub(super) part: &'static str,
    pub(super) family: String,
    pub(super) weights: Vec<u16>,
    pub(super) italic: bool,
    /// Families that a site may choose instead.
    pub(super) others: Vec<String>,
}

/// `theme.toml`.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) color_scheme: &'static str,
    pub(super) fonts: Vec<FontFields>,
    pub(super) surface: Pair,
    pub(super) roles: BTreeMap<String, Role>,
}

/// What a theme says of itself; what it leaves out is as in the theme that it extends. `path` is for messages.
pub(super) fn parse(text: &str, path: &str, parent: Option<Manifest>, messages: &mut Diagnostics) -> Option<Manifest> {
    let file = SourceFile::new(path, text);
    let toml = TomlText { file: &file, offset: 0, text: &file.text };
    let parent = parent.unwrap_or(Manifest {
        color_scheme: "auto",
        fonts: Vec::new(),
        surface: DEFAULT_SURFACE,
        roles: BTreeMap::new(),
    });
    with_fields(&toml, "a theme", messages, |fields| {
        // For people, `theme list` and [`extends`]; nothing here depends on them.
        for key in ["name", "title", "description", "licence", "extends"] {
            fields.text(key);
        }
        let schemes = ["auto", "dark", "light"];
        let color_scheme = fields.choice("color_scheme", &schemes).map_or(parent.color_scheme, |c| c.value);
        let mut fonts = parent.fonts;
        fields.table("fonts", "[fonts]", |f| {
            for part in ["display", "text", "label"] {
                if let Some(own) = f.table(part, "a font", |f| font(part, f)).flatten() {
                    fonts.retain(|font| font.part != part);
                    fonts.push(own);
                }
            }
        });
        let surface = fields.table("colors", "[colors]", |f| colors(f, parent.surface)).unwrap_or(parent.surface);
        let own = fields.named_tables(
            "roles",
            |name| format!("the role `{name}`"),
            |name, f| role(f).map(|role| (name.value, role)),
        );
        let mut roles = parent.roles;
        roles.extend(own.into_iter().flatten());
        Manifest { color_scheme, fonts, surface, roles }
    })
}

/// Which theme of the binary a theme extends. The outer `None`, and a message, when there is none of that name; a
/// theme.toml that cannot be read is told by [`parse`].
#[allow(clippy::option_option)]
pub(super) fn extends(text: &str, path: &str, messages: &mut Diagnostics) -> Option<Option<String>> {
    let file = SourceFile::new(path, text);
    let toml = TomlText { file: &file, offset: 0, text: &file.text };
    let named = with_fields(&toml, "a theme", &mut Diagnostics::new(), |fields| fields.text("extends")).flatten();
    let Some(named) = named else { return Some(None) };
    let names = names();
    if names.contains(&named.value) {
        return Some(Some(named.value));
    }
    messages.push(
        Diagnostic::error(codes::UNKNOWN_THEME, format!("there is no theme `{}` to extend", named.value))
            .at(&named.origin)
            .did_you_mean(&named.value, names.iter().map(String::as_str))
            .hint(format!("The themes that can be extended are {}.", names.join(", "))),
    );
    None
}

const DEFAULT_SURFACE: Pair = Pair { dark: Rgb([18; 3]), light: Rgb([255; 3]) };

fn font(part: &'static str, fields: &mut Fields<'_>) -> Option<FontFields> {
    let family = fields.required_text("family", "\"Inter\"")?.value;
    let weights = fields.whole_numbers("weights", 1..=1000);
    let weights = weights.iter().filter_map(|w| u16::try_from(*w).ok()).collect();
    let others = fields.texts("others").into_iter().map(|other| other.value).collect();
    Some(FontFields { part, family, weights, italic: fields.flag("italic", false), others })
}

fn colors(fields: &mut Fields<'_>, default: Pair) -> Pair {
    fields.text("accent");
    fields.table("text", "[colors] text", |f| pair(f, DEFAULT_SURFACE));
    fields.table("surface", "[colors] surface", |f| pair(f, default)).unwrap_or(default)
}

fn pair(fields: &mut Fields<'_>, default: Pair) -> Pair {
    let mut colour = |key, otherwise| match fields.text(key) {
        None => otherwise,
        Some(text) => Rgb::parse(&text.value).unwrap_or_else(|| {
            let message = format!("`{}` is no colour; write it like `#f2b45c`", text.value);
            fields.report(Diagnostic::error(codes::WRONG_VALUE, message).at(&text.origin));
            otherwise
        }),
    };
    Pair { dark: colour("dark", default.dark), light: colour("light", default.light) }
}

fn role(fields: &mut Fields<'_>) -> Option<Role> {
    let widths = fields.whole_numbers("widths", 1..=16_000);
    let mut widths: Vec<u32> = widths.iter().filter_map(|w| u32::try_from(*w).ok()).collect();
    widths.sort_unstable();
    widths.dedup();
    let aspect = fields.numbers::<2>("aspect", 1.0..=10_000.0);
    let phone = fields.whole("phone", 1..=16_000).and_then(|w| u32::try_from(w.value).ok());
    let sizes = fields.required_text("sizes", "\"100vw\"")?.value;
    (!widths.is_empty()).then(|| Role {
        widths,
        sizes,
        aspect: aspect.map(|a| Aspect(a.value[0] as u32, a.value[1] as u32)),
        phone,
    })
}
