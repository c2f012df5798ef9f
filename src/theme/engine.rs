//! Tera with its layers.

use super::broken;
use super::layers::Layers;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, SourceFile, codes};
use tera::{Error, Tera};

/// Templates of all layers; the strongest of a name wins, and any can be named with its layer.
///
/// Tera itself bounds what a template can do: it knows no files and no programs, refuses templates that include or
/// extend each other in a circle, components that call themselves for ever, and ranges of more than 100 000.
pub(super) fn build(layers: &Layers, messages: &mut Diagnostics) -> Option<Tera> {
    let mut tera = Tera::new();
    let loaded = tera.set_fallback_prefixes(["site/", "theme/", "parent/", "base/"]).and_then(|()| {
        tera.add_raw_templates(layers.templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    });
    match loaded {
        Ok(()) => Some(tera),
        Err(error) => {
            messages.push(explain(&error, layers));
            None
        }
    }
}

/// Tera's own words with the place in the author's file.
fn explain(error: &Error, layers: &Layers) -> Diagnostic {
    let tera::ErrorKind::SyntaxError(report) = error.kind() else {
        return broken("theme/templates", error);
    };
    let name = report.filename();
    let text = layers.templates.get(name).cloned().unwrap_or_default();
    let file = SourceFile::new(layers.place(name), text);
    let message = format!("the template cannot be used: {}", report.message());
    Diagnostic::error(codes::THEME_BROKEN, message).at(&Origin::new(&file, report.span().range.clone()))
}
