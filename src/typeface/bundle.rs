//! The typefaces inside the binary. They come as crates, so their versions and licences are
//! tracked like those of any other dependency.
//!
//! - Libertinus Serif: a book serif with old-style figures and true small capitals.
//! - Inter: a variable grotesque; its optical size axis turns it into a display cut when large.
//! - JetBrains Mono: a variable monospace for slates, timecodes and tables.

use std::borrow::Cow;

use super::{Face, Family, Generic};

/// The names that [`bundled`] knows.
pub const NAMES: [&str; 3] = ["Libertinus Serif", "Inter", "JetBrains Mono"];

/// A typeface that Backlot carries, by its name; upper and lower case are the same.
pub fn bundled(name: &str) -> Option<Family> {
    let known = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    Some(match *known {
        "Libertinus Serif" => libertinus(),
        "Inter" => inter(),
        _ => jetbrains_mono(),
    })
}

/// Weight, slant and place of each Libertinus face among the fonts of `typst-assets`.
const LIBERTINUS: [(u16, bool, usize); 6] =
    [(400, false, 0), (400, true, 2), (600, false, 4), (600, true, 5), (700, false, 1), (700, true, 3)];

fn libertinus() -> Family {
    let name = "Libertinus Serif";
    let faces = LIBERTINUS
        .iter()
        .filter_map(|&(weight, italic, place)| {
            let data = typst_assets::fonts().nth(place)?;
            Some(face(name, (weight, weight), italic, data))
        })
        .collect();
    Family {
        name,
        slug: "libertinus-serif",
        faces,
        licence_name: "OFL-1.1",
        licence_text: include_str!("licences/libertinus-serif.txt"),
        generic: Generic::Serif,
    }
}

fn inter() -> Family {
    let name = "Inter";
    Family {
        name,
        slug: "inter",
        faces: vec![
            face(name, (100, 900), false, damascene_fonts_inter::INTER_VARIABLE),
            face(name, (100, 900), true, damascene_fonts_inter::INTER_VARIABLE_ITALIC),
        ],
        licence_name: "OFL-1.1",
        licence_text: include_str!("licences/inter.txt"),
        generic: Generic::Sans,
    }
}

fn jetbrains_mono() -> Family {
    use damascene_fonts_jetbrains_mono::{JETBRAINS_MONO_VARIABLE, JETBRAINS_MONO_VARIABLE_ITALIC};
    let name = "JetBrains Mono";
    Family {
        name,
        slug: "jetbrains-mono",
        faces: vec![
            face(name, (100, 800), false, JETBRAINS_MONO_VARIABLE),
            face(name, (100, 800), true, JETBRAINS_MONO_VARIABLE_ITALIC),
        ],
        licence_name: "OFL-1.1",
        licence_text: include_str!("licences/jetbrains-mono.txt"),
        generic: Generic::Mono,
    }
}

fn face(family: &'static str, weight: (u16, u16), italic: bool, data: &'static [u8]) -> Face {
    Face { family: Cow::Borrowed(family), weight, italic, data: Cow::Borrowed(data) }
}
