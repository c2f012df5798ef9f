//! Variable fonts without what makes them lighter than they are drawn. Entry points: [`from_weight`] says which weights are left,
//! [`without_lighter`] takes the others out of a font.
//!
//! Of Inter that is a quarter of the bytes. Only outlines are looked at; widths and kerning of weights that are gone stay
//! where they are, in tables that are small. Bolder weights stay: browsers ask for them by themselves.

use std::ops::Range;

use skrifa::raw::tables::gvar::{GlyphVariationDataHeader, Gvar};
use skrifa::raw::tables::variations::{PackedPointNumbers, Tuple, TupleVariationCount, TupleVariationHeader};
use skrifa::raw::types::{GlyphId, Tag};
use skrifa::raw::{FontData, FontRead, ReadError, TableProvider, TopLevelTable};
use skrifa::{FontRef, MetadataProvider};
use write_fonts::FontBuilder;

use super::{Face, Problem};

const WEIGHT: Tag = Tag::new(b"wght");

/// The face for style sheets that ask for nothing lighter than `lightest`: a variable font that is drawn in a weight up to that
/// begins there. Any other stays as it is.
pub fn from_weight(face: &Face, lightest: u16) -> Face {
    let mut face = face.clone();
    let drawn =
        FontRef::new(&face.data).ok().and_then(|font| font.axes().get_by_tag(WEIGHT)).map(|axis| axis.default_value());
    if let Some(drawn) = drawn
        && drawn <= f32::from(lightest)
    {
        // CSS weights run from 1 to 1000.
        face.weight.0 = face.weight.0.max(drawn.clamp(1.0, 1000.0).ceil() as u16);
    }
    face
}

/// A font of which no weight below `lightest` is wanted.
pub(super) fn without_lighter(font: Vec<u8>, lightest: u16) -> Result<Vec<u8>, Problem> {
    let read = FontRef::new(&font).map_err(|_| Problem::Damaged)?;
    let axis = read.axes().get_by_tag(WEIGHT).filter(|axis| axis.default_value() <= f32::from(lightest));
    let (Some(axis), Ok(gvar)) = (axis, read.gvar()) else {
        return Ok(font);
    };
    let outlines = rewrite(&gvar, axis.index()).map_err(|_| Problem::Damaged)?;
    Ok(FontBuilder::new().add_raw(Gvar::TAG, outlines).copy_missing_tables(read.clone()).build())
}

/// The table with the same glyphs and less for each; what stands before their data keeps its place.
fn rewrite(gvar: &Gvar, weight: usize) -> Result<Vec<u8>, ReadError> {
    const SHORT: usize = 2;
    let glyphs = u32::from(gvar.glyph_count());
    let offsets = gvar.glyph_variation_data_offsets_byte_range();
    let size = (offsets.end - offsets.start) / (glyphs as usize + 1);
    let start = gvar.glyph_variation_data_array_offset() as usize;
    let mut table = gvar.as_bytes().get(..start).ok_or(ReadError::OutOfBounds)?.to_vec();
    for glyph in 0..=glyphs {
        let at = offsets.start + glyph as usize * size;
        let place = u32::try_from(table.len() - start).map_err(|_| ReadError::OutOfBounds)?;
        // Short offsets count pairs of bytes (OpenType 1.9, "gvar", glyphVariationDataOffsets).
        let place = if size == SHORT { (place / 2) << 16 } else { place };
        let slot = table.get_mut(at..at + size).ok_or(ReadError::OutOfBounds)?;
        slot.copy_from_slice(&place.to_be_bytes()[..size]);
        if glyph < glyphs
            && let Some(data) = gvar.data_for_gid(GlyphId::new(glyph))?
        {
            table.extend(thinned(data, gvar, weight)?);
            table.resize(table.len().next_multiple_of(2), 0);
        }
    }
    Ok(table)
}

/// A glyph's variations without those for lighter weights (OpenType 1.9, "OpenType font variations common table formats",
/// tuple variation store): points that variations share, then, for each, a header and its deltas.
fn thinned(glyph: FontData, gvar: &Gvar, weight: usize) -> Result<Vec<u8>, ReadError> {
    let header = GlyphVariationDataHeader::read(glyph)?;
    let count = header.tuple_variation_count();
    let serialized = header.serialized_data()?;
    let after_points = match count.shared_point_numbers() {
        true => PackedPointNumbers::split_off_front(serialized).1,
        false => serialized,
    };
    let points = serialized.len() - after_points.len();
    let mut kept = 0;
    let mut headers = Vec::new();
    let mut deltas = part(serialized, 0..points)?.to_vec();
    let (mut at, mut from) = (header.tuple_variation_headers_byte_range().start, points);
    for _ in 0..count.count() {
        let tuple = TupleVariationHeader::read(glyph.split_off(at).ok_or(ReadError::OutOfBounds)?, gvar.axis_count())?;
        let whole = at..at + tuple.intermediate_end_tuple_byte_range().end;
        let own = from..from + usize::from(tuple.variation_data_size());
        (at, from) = (whole.end, own.end);
        let (whole, own) = (part(glyph, whole)?, part(serialized, own)?);
        if !only_lighter(&tuple, gvar, weight)? {
            kept += 1;
            headers.extend_from_slice(whole);
            deltas.extend_from_slice(own);
        }
    }
    if kept == 0 {
        return Ok(Vec::new());
    }
    let begin = header.tuple_variation_headers_byte_range().start + headers.len();
    let begin = u16::try_from(begin).map_err(|_| ReadError::OutOfBounds)?;
    let flags = count.bits() & !TupleVariationCount::COUNT_MASK;
    Ok([&(flags | kept).to_be_bytes()[..], &begin.to_be_bytes(), &headers, &deltas].concat())
}

fn part(data: FontData<'_>, range: Range<usize>) -> Result<&[u8], ReadError> {
    Ok(data.slice(range).ok_or(ReadError::OutOfBounds)?.as_bytes())
}

/// Whether a variation does nothing in the weight that the font is drawn in, and in bolder ones: its peak is below that, and it
/// ends there. (One that does not end there is to be used as if it had nothing to do with weight.)
fn only_lighter(tuple: &TupleVariationHeader, gvar: &Gvar, weight: usize) -> Result<bool, ReadError> {
    let on_axis = |tuple: Tuple| tuple.get(weight).map_or(0.0, |value| value.to_f32());
    let peak = match tuple.tuple_index().tuple_records_index() {
        Some(shared) => gvar.shared_tuples()?.tuples().get(usize::from(shared))?,
        None => tuple.peak_tuple().unwrap_or_default(),
    };
    let end = tuple.intermediate_end_tuple().map_or(0.0, on_axis);
    Ok(on_axis(peak) < 0.0 && end <= 0.0)
}
