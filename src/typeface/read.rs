//! Reading a font that the site brings: a film's own title face. Entry points:
//! [`parse`] and [`generic`].

use std::borrow::Cow;

use skrifa::attribute::Style;
use skrifa::raw::{TableProvider, tables::head::MacStyle, types::Tag};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::{Face, Generic, Problem};

/// Reads a `.ttf` or `.otf`: family name, weights and slant come from the font's own tables.
///
/// Errors: anything that [`super::web`] could not cut down, and fonts whose maker forbids it by
/// the `fsType` bits of the OS/2 table (OpenType 1.9, "OS/2", fsType).
pub fn parse(bytes: Vec<u8>) -> Result<Face, Problem> {
    refuse_containers(&bytes)?;
    let font = FontRef::new(&bytes).map_err(|_| Problem::NotAFont)?;
    check_tables(&font)?;
    check_permission(&font)?;
    let family = family_name(&font);
    let weight = weights(&font);
    let italic = is_italic(&font);
    Ok(Face { family: Cow::Owned(family), weight, italic, data: Cow::Owned(bytes) })
}

/// Names what is not a single plain OpenType font by its first four bytes.
fn refuse_containers(bytes: &[u8]) -> Result<(), Problem> {
    match bytes.get(..4) {
        Some(b"\0\x01\0\0" | b"OTTO" | b"true") => Ok(()),
        Some(b"wOFF" | b"wOF2") => Err(Problem::Packed),
        Some(b"ttcf") => Err(Problem::Collection),
        _ => Err(Problem::NotAFont),
    }
}

/// The tables without which a browser refuses a font, and outlines of a kind that can be subset.
fn check_tables(font: &FontRef) -> Result<(), Problem> {
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    let outlines = has(b"CFF ") || (has(b"glyf") && has(b"loca"));
    if !outlines {
        return Err(Problem::Unsupported);
    }
    let readable = font.head().is_ok()
        && font.hhea().is_ok()
        && font.hmtx().is_ok()
        && font.maxp().is_ok_and(|maxp| maxp.num_glyphs() > 0)
        && font.name().is_ok()
        && font.charmap().has_map()
        && font.head().is_ok_and(|head| head.units_per_em() >= 16);
    readable.then_some(()).ok_or(Problem::Damaged)
}

const EMBEDDING_USAGE: u16 = 0x000e;
const RESTRICTED: u16 = 0x0002;
const NO_SUBSETTING: u16 = 0x0100;
const BITMAPS_ONLY: u16 = 0x0200;

/// A font without an OS/2 table has said nothing, and the default is that it may be embedded.
/// Old fonts set several usage bits at once; there the least strict one counts.
fn check_permission(font: &FontRef) -> Result<(), Problem> {
    let permission = font.os2().map_or(0, |os2| os2.fs_type());
    if permission & EMBEDDING_USAGE == RESTRICTED || permission & BITMAPS_ONLY != 0 {
        Err(Problem::EmbeddingForbidden)
    } else if permission & NO_SUBSETTING != 0 {
        Err(Problem::SubsettingForbidden)
    } else {
        Ok(())
    }
}

fn family_name(font: &FontRef) -> String {
    [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME]
        .into_iter()
        .filter_map(|id| font.localized_strings(id).english_or_first())
        .map(|name| name.chars().filter(|c| !c.is_control()).collect::<String>())
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "Untitled".to_owned())
}

/// What kind of letters a face draws, as far as its tables say (OpenType 1.9, "post",
/// isFixedPitch, and "OS/2", panose and sFamilyClass). A face that says nothing counts as sans
/// serif.
pub fn generic(face: &Face) -> Generic {
    let Ok(font) = FontRef::new(&face.data) else {
        return Generic::Sans;
    };
    if font.post().is_ok_and(|post| post.is_fixed_pitch() != 0) {
        Generic::Mono
    } else if font.os2().is_ok_and(|os2| has_serifs(os2.panose_10(), os2.s_family_class())) {
        Generic::Serif
    } else {
        Generic::Sans
    }
}

/// PANOSE: family kind 2 is Latin text, serif styles 2 to 10 have serifs. IBM family classes,
/// in the high byte: 1 to 5 and 7 are the kinds of serifs.
fn has_serifs(panose: &[u8], family_class: i16) -> bool {
    let by_panose = matches!(panose, [2, 2..=10, ..]);
    let by_class = matches!(family_class >> 8, 1..=5 | 7);
    by_panose || by_class
}

/// Fonts are careless about where they say it, so any of the three places counts.
fn is_italic(font: &FontRef) -> bool {
    !matches!(font.attributes().style, Style::Normal)
        || font.head().is_ok_and(|head| head.mac_style().contains(MacStyle::ITALIC))
        || font.post().is_ok_and(|post| post.italic_angle().to_f64() != 0.0)
}

/// CSS font weights run from 1 to 1000.
fn weights(font: &FontRef) -> (u16, u16) {
    let css = |weight: f32| weight.clamp(1.0, 1000.0).round() as u16;
    match font.axes().get_by_tag(Tag::new(b"wght")) {
        Some(axis) => (css(axis.min_value()), css(axis.max_value().max(axis.min_value()))),
        None => {
            let weight = css(font.attributes().weight.value());
            (weight, weight)
        }
    }
}
