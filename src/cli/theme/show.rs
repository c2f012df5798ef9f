//! `backlot theme show NAME`: all that can be replaced in a theme.

use crate::theme::contract::{self, Contract};
use std::fmt::Write as _;

/// The theme, its pages with their blocks, its components with their arguments, its tokens with their values.
pub(super) fn text(name: &str) -> String {
    let Contract { pages, components, tokens } = contract::contract();
    let mut text = String::new();
    // Writing to a String cannot fail.
    if let Some(about) = contract::about(name) {
        let _ = writeln!(text, "{}\n{}\n\ncolor_scheme: {}", about.title, about.description, about.color_scheme);
        for (part, families) in &about.fonts {
            let _ = writeln!(text, "{} font: {}", part.replace("display", "title"), families.join(", or "));
        }
    }
    let _ = writeln!(text, "\nPages, and their blocks\n");
    for page in pages {
        let line = format!("  {:18}{}", page.file, page.blocks.join(", "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = writeln!(text, "\nComponents, and what they are given\n");
    for component in components {
        let _ = writeln!(text, "  {}({})", component.name, component.arguments.join(", "));
    }
    let _ = writeln!(text, "\nTokens\n");
    for token in tokens {
        let value = contract::value(name, &token.name).unwrap_or(token.value);
        let _ = writeln!(text, "  {}: {value};  /* {} */", token.name, token.about);
    }
    let _ = write!(
        text,
        "\nTo change one of them in your site: backlot theme eject {name} story_card, or home.html:film, or --accent"
    );
    text
}
