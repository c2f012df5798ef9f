//! Cutting a font down to the characters of a site and packing it as WOFF2. Entry point: [`web`].
//!
//! `skera` cuts everything but PostScript outlines, which `subsetter` cuts with the same
//! renumbering of glyphs; `ttf2woff2` packs the result.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::FontRef;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::raw::{TableProvider, TopLevelTable, tables::cff::Cff};
use ttf2woff2::{BrotliQuality, EncodeOptions};
use write_fonts::FontBuilder;

use super::variations::without_lighter;
use super::{Face, Features, Problem, draws};

/// Characters that a browser writes by itself: the hyphen and ellipsis of broken and cut off
/// lines, the bullet of a list, the space that does not break.
const BROWSERS_OWN: [char; 6] = [' ', '\u{a0}', '-', '\u{2010}', '\u{2026}', '\u{2022}'];

/// Default features that only cost bytes here: fractions are written as characters, and vertical
/// lines are not set.
const UNUSED_FEATURES: [&[u8; 4]; 9] =
    [b"frac", b"numr", b"dnom", b"vert", b"vrt2", b"valt", b"vkrn", b"vpal", b"rand"];

/// Contextual forms turn `->` into an arrow in monospaced fonts made for code; a call sheet
/// means what it writes.
const CODE_FEATURES: [&[u8; 4]; 2] = [b"calt", b"liga"];

/// The face as WOFF2 with the glyphs for `text`, for its capitals (CSS can ask for them) and for
/// what a browser adds by itself. Kerning, ligatures, combining marks, variable axes and the
/// `features` that are asked for are kept, TrueType hints are not. Characters that the face lacks
/// are left out: see [`super::missing`]. The same face, text and features give the same bytes.
pub fn web(face: &Face, text: &BTreeSet<char>, features: &Features) -> Result<Vec<u8>, Problem> {
    // The libraries below index into tables that they trust. What `parse` lets through can still
    // hold nonsense deep inside, and a bad font must not end the build.
    let packed = catch_unwind(AssertUnwindSafe(|| {
        let small = cut(&face.data, text, features)?;
        pack(&without_lighter(small, face.weight.0)?)
    }));
    packed.unwrap_or(Err(Problem::Damaged))
}

/// The subset as OpenType, checked: it can be read and maps every character that it should.
pub(super) fn cut(data: &[u8], text: &BTreeSet<char>, asked: &Features) -> Result<Vec<u8>, Problem> {
    let font = FontRef::new(data).map_err(|_| Problem::Damaged)?;
    let wanted = characters(&font, text);
    if wanted.iter().all(|c| BROWSERS_OWN.contains(c)) {
        return Err(Problem::NothingToShow);
    }
    let plan = plan(&font, &wanted, asked);
    let mut small = subset_font(&font, &plan).map_err(|_| Problem::Damaged)?;
    if font.table_data(Cff::TAG).is_some() {
        small = with_outlines(&small, cut_cff(data, &plan)?)?;
    }
    let result = FontRef::new(&small).map_err(|_| Problem::Damaged)?;
    let whole = wanted.iter().all(|c| draws(&result, *c));
    whole.then_some(small).ok_or(Problem::Damaged)
}

/// Every character to keep: those the font has of the text, its capitals and the browser's own.
fn characters(font: &FontRef, text: &BTreeSet<char>) -> BTreeSet<char> {
    let capitals = text.iter().flat_map(|c| c.to_uppercase());
    text.iter().copied().chain(capitals).chain(BROWSERS_OWN).filter(|c| !c.is_control() && draws(font, *c)).collect()
}

fn plan(font: &FontRef, wanted: &BTreeSet<char>, asked: &Features) -> Plan {
    let tags = |names: &[&[u8; 4]]| names.iter().map(|name| Tag::new(name)).collect::<Vec<_>>();
    let mut features: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    features.extend(asked.tags().filter_map(|tag| Tag::new_checked(tag.as_bytes()).ok()));
    features.remove_all(tags(&UNUSED_FEATURES));
    if font.post().is_ok_and(|post| post.is_fixed_pitch() != 0) {
        features.remove_all(tags(&CODE_FEATURES));
    }
    let mut drop_tables: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    drop_tables.extend(tags(&[b"vhea", b"vmtx", b"VVAR", b"VORG", b"hdmx", b"VDMX"]));
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    plan_with(font, wanted, &drop_tables, &scripts, &features)
}

fn plan_with(
    font: &FontRef,
    wanted: &BTreeSet<char>,
    drop_tables: &IntSet<Tag>,
    scripts: &IntSet<Tag>,
    features: &IntSet<Tag>,
) -> Plan {
    // Copyright to PostScript name, and the licence with its address: the Open Font License asks
    // for the notice in every copy.
    let names = [0, 1, 2, 3, 4, 5, 6, 13, 14].map(NameId::new);
    let us_english = 0x0409u16;
    Plan::new(
        &IntSet::empty(),
        &wanted.iter().map(|c| u32::from(*c)).collect(),
        font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
        drop_tables,
        scripts,
        features,
        &names.into_iter().collect(),
        &[us_english].into_iter().collect(),
    )
}

/// The PostScript outlines of the kept glyphs, numbered as the plan numbers them.
fn cut_cff(data: &[u8], plan: &Plan) -> Result<Vec<u8>, Problem> {
    let mut kept: Vec<(u32, u16)> = plan
        .old_to_new_glyph_mapping()
        .map(|(old, new)| Some((new.to_u32(), u16::try_from(old.to_u32()).ok()?)))
        .collect::<Option<_>>()
        .ok_or(Problem::Damaged)?;
    kept.sort_unstable();
    let mut remapper = subsetter::GlyphRemapper::new();
    for (new, old) in kept {
        if u32::from(remapper.remap(old)) != new {
            return Err(Problem::Damaged);
        }
    }
    let cut = subsetter::subset(data, 0, &remapper).map_err(|_| Problem::Damaged)?;
    let cut = FontRef::new(&cut).map_err(|_| Problem::Damaged)?;
    let outlines = cut.table_data(Cff::TAG).ok_or(Problem::Damaged)?;
    Ok(outlines.as_bytes().to_vec())
}

fn with_outlines(font: &[u8], outlines: Vec<u8>) -> Result<Vec<u8>, Problem> {
    let font = FontRef::new(font).map_err(|_| Problem::Damaged)?;
    Ok(FontBuilder::new().add_raw(Cff::TAG, outlines).copy_missing_tables(font).build())
}

/// Quality 10 would take ten times as long and give 9 % fewer bytes, 8 nearly three times as long and none (benches/README.md).
///
/// Brotli works best on outlines that WOFF2 has rearranged. Unpacking may lay glyphs out a little
/// longer than they were, and short offsets reach only 128 KiB, so that large subsets are packed
/// as they are.
fn pack(font: &[u8]) -> Result<Vec<u8>, Problem> {
    const SURELY_WITHIN_SHORT_OFFSETS: usize = 96 * 1024;
    let outlines =
        FontRef::new(font).ok().and_then(|font| font.table_data(Tag::new(b"glyf"))).map_or(0, |table| table.len());
    let options = EncodeOptions {
        quality: BrotliQuality::from(5),
        transform_glyf_loca: outlines <= SURELY_WITHIN_SHORT_OFFSETS,
        threads: None,
    };
    ttf2woff2::encode_with_options(font, options).map_err(|_| Problem::Damaged)
}
