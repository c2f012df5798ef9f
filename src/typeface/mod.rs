//! Typefaces for the web: a font file in, a small WOFF2 and a fallback that fits it out.
//!
//! The entry points, in the order in which a build calls them: [`bundled`] or [`parse`] gives a
//! [`Face`], [`lightest_asked_for`] and [`Features`] say what style sheets ask of it,
//! [`from_weight`] leaves out the weights below that, [`missing`] says which characters it lacks,
//! [`web`] cuts it to the characters the site writes, [`fallbacks`] measures how a font that every
//! reader has must be scaled to take the same room, and [`rule`], [`fallback_rule`] and [`stack`]
//! write the CSS.
//!
//! This module does not know themes, sites or the file system: bytes in, bytes out.

mod bundle;
mod css;
mod fallback;
mod features;
mod outline;
mod problem;
mod read;
mod subset;
mod variations;
mod weights;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;

use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

pub use bundle::{NAMES, bundled};
pub use css::{fallback_name, fallback_rule, rule, stack};
pub use fallback::{Fallback, fallbacks};
pub use features::Features;
pub use outline::{Outline, outline};
pub use problem::Problem;
pub use read::{generic, parse};
pub use subset::web;
pub use variations::from_weight;
pub use weights::lightest_asked_for;

/// What kind of letters a typeface draws, so that its stand-in is of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Generic {
    Serif,
    Sans,
    Mono,
}

impl Generic {
    /// The last resort in a `font-family` list.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Serif => "serif",
            Self::Sans => "sans-serif",
            Self::Mono => "monospace",
        }
    }
}

/// A typeface that Backlot carries, with all its faces.
#[derive(Debug, Clone)]
pub struct Family {
    /// The name that themes use and that CSS shows, such as `Libertinus Serif`.
    pub name: &'static str,
    /// The name for files, such as `libertinus-serif`.
    pub slug: &'static str,
    pub faces: Vec<Face>,
    /// An SPDX identifier.
    pub licence_name: &'static str,
    /// The licence with its copyright line, to be published beside the fonts: the Open Font
    /// License asks that every copy of the font comes with it.
    pub licence_text: &'static str,
    pub generic: Generic,
}

/// One font file: one style of a typeface, in one weight or in a range of them.
#[derive(Debug, Clone)]
pub struct Face {
    /// The family's name as the font's own tables give it.
    pub family: Cow<'static, str>,
    /// CSS weights, lightest and boldest; both the same unless the font is variable.
    pub weight: (u16, u16),
    pub italic: bool,
    /// The whole font as OpenType (TrueType or CFF outlines).
    pub data: Cow<'static, [u8]>,
}

/// The characters of `text` for which the face has no glyph; a browser shows these in the next
/// font of the list. Control characters are never missing.
pub fn missing(face: &Face, text: &BTreeSet<char>) -> BTreeSet<char> {
    let Ok(font) = FontRef::new(&face.data) else {
        return text.clone();
    };
    text.iter().copied().filter(|c| !c.is_control() && !draws(&font, *c)).collect()
}

/// Whether a font has a glyph for a character. Careless fonts name glyphs that they do not have.
fn draws(font: &FontRef, c: char) -> bool {
    let glyphs = font.maxp().map_or(0, |maxp| maxp.num_glyphs());
    let glyph = font.charmap().map(c);
    glyph.is_some_and(|glyph| glyph.to_u32() < u32::from(glyphs))
}
