//! How much memory developing a still takes.

use super::decode::Scale;
use super::{Output, Recipe};
use crate::still::{Facts, Format};

/// What is needed beside the pixels: tables, buffers, the finished file.
const BASE: u64 = 8 << 20;

/// Bytes that [`develop`](super::develop) needs at its peak beside the still's own bytes, estimated
/// upwards, so that a caller can bound how many stills are worked on at once.
pub fn memory_estimate(facts: &Facts, recipes: &[Recipe]) -> u64 {
    let stored = u64::from(facts.width) * u64::from(facts.height);
    let scales = recipes.iter().map(|recipe| Scale::of(facts, recipe)).chain([Scale::working(facts)]);
    let decoded = scales.map(|scale| scale.reduced((facts.width, facts.height))).max().unwrap_or_default();
    let decoded = u64::from(decoded.0) * u64::from(decoded.1);
    let decoding = match facts.format {
        // Planes and pixels together; in several passes all coefficients of the whole still, too.
        Format::Jpeg => decoded * 7 + if facts.progressive { stored * 6 } else { 0 },
        // The decoder's picture and the one in 8 bits.
        _ => decoded * if facts.deep { 12 } else { 8 },
    };
    // The halves add a third to the decoded picture, and resizing holds a strip as high as the source.
    let printing = decoded * 6;
    let writing = |recipe: &Recipe| {
        // An encoder's own planes and what it writes; that of AVIF keeps what it tries, too.
        let each = if recipe.output == Output::Avif { 28 } else { 12 };
        u64::from(recipe.width) * u64::from(recipe.height) * each
    };
    BASE + decoding.max(printing) + recipes.iter().map(writing).max().unwrap_or(0)
}
