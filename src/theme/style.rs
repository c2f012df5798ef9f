//! The style sheet: base, theme and site joined in the order of the cascade layers.

use super::colour::{Rgb, contrast};
use super::fonts::FontUse;
use super::layers::Layers;
use super::manifest::{Manifest, Pair};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use crate::source::site::SiteDoc;
use crate::typeface;
use std::fmt::Write as _;

/// Least contrast of text (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// Grey as light as the dimmest words on a dark page (templates/css/tokens.css gives `--accent-text` at least this
/// lightness), and as dark as the palest on a light one.
const WORDS_ON_DARK: Rgb = Rgb([171; 3]);
const WORDS_ON_LIGHT: Rgb = Rgb([99; 3]);

/// What `[theme]` in site.toml says about colours and room, checked.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) accent: Option<Rgb>,
    pub(super) density: Option<&'static str>,
    /// The page in the dark scheme and in the light one.
    pub(super) surface: Pair,
    has_background: bool,
}

pub(super) fn settings(site: &SiteDoc, manifest: &Manifest, messages: &mut Diagnostics) -> Settings {
    let wanted = &site.theme_settings;
    let scheme = wanted.color_scheme.unwrap_or(manifest.color_scheme);
    let background = wanted.background.as_ref().and_then(|written| background(written, scheme, messages));
    let mut surface = manifest.surface;
    match background {
        Some((true, colour)) => surface.dark = colour,
        Some((false, colour)) => surface.light = colour,
        None => {}
    }
    let page = if scheme == "light" { surface.light } else { surface.dark };
    Settings {
        accent: wanted.accent.as_ref().and_then(|written| accent(written, page, messages)),
        density: wanted.density,
        surface,
        has_background: background.is_some(),
    }
}

/// A background, and whether it is that of the dark scheme: of the one that the site is fixed to, else of the one it suits.
fn background(written: &Located<String>, scheme: &str, messages: &mut Diagnostics) -> Option<(bool, Rgb)> {
    let colour = parsed(written, messages)?;
    let dark = match scheme {
        "auto" => colour.luminance() < 0.18,
        fixed => fixed == "dark",
    };
    let words = if dark { WORDS_ON_DARK } else { WORDS_ON_LIGHT };
    let ratio = contrast(colour, words);
    if ratio < READABLE || (colour.luminance() > words.luminance()) == dark {
        let nearest = colour.as_page_for(words, READABLE, dark);
        let kind = if dark { "dark enough" } else { "light enough" };
        messages.push(
            Diagnostic::warning(
                codes::LOW_CONTRAST,
                format!("the background {colour} is not {kind}: links and captions would be hard to read on it"),
            )
            .at(&written.origin)
            .hint(format!("The nearest background that lets them be read is `{nearest}`.")),
        );
    }
    Some((dark, colour))
}

/// An accent colour, checked against the page.
fn accent(written: &Located<String>, page: Rgb, messages: &mut Diagnostics) -> Option<Rgb> {
    let colour = parsed(written, messages)?;
    let ratio = contrast(colour, page);
    if ratio < READABLE {
        let nearest = colour.readable_on(page, READABLE);
        let message = format!(
            "the accent colour {colour} is hard to read on the theme's background {page}: contrast {ratio:.1}, and {READABLE} is needed"
        );
        messages.push(
            Diagnostic::warning(codes::LOW_CONTRAST, message)
                .at(&written.origin)
                .hint(format!("The nearest colour that can be read is `{nearest}`.")),
        );
    }
    Some(colour)
}

fn parsed(written: &Located<String>, messages: &mut Diagnostics) -> Option<Rgb> {
    let colour = Rgb::parse(&written.value);
    if colour.is_none() {
        messages.push(
            Diagnostic::error(codes::WRONG_VALUE, format!("`{}` is no colour", written.value))
                .at(&written.origin)
                .hint("Write it like `#f2b45c`: a hash and six hexadecimal digits."),
        );
    }
    colour
}

impl Settings {
    /// As values of tokens. What lies on a background of the site's own is mixed from it and the words.
    fn css(&self) -> String {
        let mut css = String::new();
        if let Some(accent) = self.accent {
            css.push_str(&format!("--accent: {accent};\n"));
        }
        if self.has_background {
            let Pair { dark, light } = self.surface;
            css.push_str(&format!("--surface: light-dark({light}, {dark});\n"));
            for (token, part) in [("surface-raised", 7), ("line", 18), ("line-strong", 55), ("text-quiet", 76)] {
                css.push_str(&format!("--{token}: color-mix(in srgb, var(--text) {part}%, var(--surface));\n"));
            }
        }
        match self.density {
            Some("airy") => css.push_str("--density: 1.3;\n"),
            Some("compact") => css.push_str("--density: 0.7;\n"),
            _ => {}
        }
        css
    }
}

/// Joins all style sheets. Fonts and settings come between the theme's and the site's own.
pub(super) fn sheet(layers: &Layers, settings: &Settings, fonts: &[FontUse]) -> String {
    let mut css = layers.base_css.concat();
    css.extend(layers.theme_css.iter().map(String::as_str));
    css.push_str("@layer site {\n:root {\n");
    for part in ["display", "text", "label"] {
        if let Some(font) = fonts.iter().find(|font| font.part == part) {
            // Writing to a String cannot fail.
            let _ = writeln!(css, "--font-{part}: {};", typeface::stack(&font.css_name, font.generic));
        }
    }
    css.push_str(&settings.css());
    css.push_str("}\n}\n");
    css.extend(layers.site_css.iter().map(String::as_str));
    css
}
