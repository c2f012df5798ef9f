//! The style sheet: base, theme and site joined in the order of the cascade layers.

use super::colour::{Rgb, contrast};
use super::fonts::FontUse;
use super::layers::Layers;
use super::manifest::Manifest;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::site::SiteDoc;
use crate::typeface;
use std::fmt::Write as _;

/// Least contrast of text (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// The accent colour that site.toml wants, checked against the theme's surface.
pub(super) fn accent(site: &SiteDoc, manifest: &Manifest, messages: &mut Diagnostics) -> Option<Rgb> {
    let written = site.theme_settings.accent.as_ref()?;
    let Some(colour) = Rgb::parse(&written.value) else {
        messages.push(
            Diagnostic::error(codes::WRONG_VALUE, format!("`{}` is no colour", written.value))
                .at(&written.origin)
                .hint("Write it like `#f2b45c`: a hash and six hexadecimal digits."),
        );
        return None;
    };
    let scheme = site.theme_settings.color_scheme.unwrap_or(manifest.color_scheme);
    let surface = if scheme == "light" { manifest.surface.light } else { manifest.surface.dark };
    let ratio = contrast(colour, surface);
    if ratio < READABLE {
        let nearest = colour.readable_on(surface, READABLE);
        let message = format!(
            "the accent colour {colour} is hard to read on the theme's background {surface}: contrast {ratio:.1}, and {READABLE} is needed"
        );
        messages.push(
            Diagnostic::warning(codes::LOW_CONTRAST, message)
                .at(&written.origin)
                .hint(format!("The nearest colour that can be read is `{nearest}`.")),
        );
    }
    Some(colour)
}

/// Joins all style sheets. Fonts and the accent come between the theme's and the site's own.
pub(super) fn sheet(layers: &Layers, accent: Option<Rgb>, fonts: &[FontUse]) -> String {
    let mut css = layers.base_css.concat();
    css.extend(layers.theme_css.iter().map(String::as_str));
    css.push_str("@layer site {\n:root {\n");
    for part in ["display", "text", "label"] {
        if let Some(font) = fonts.iter().find(|font| font.part == part) {
            // Writing to a String cannot fail.
            let _ = writeln!(css, "--font-{part}: {};", typeface::stack(&font.css_name, font.generic));
        }
    }
    if let Some(accent) = accent {
        let _ = writeln!(css, "--accent: {accent};");
    }
    css.push_str("}\n}\n");
    css.extend(layers.site_css.iter().map(String::as_str));
    css
}
