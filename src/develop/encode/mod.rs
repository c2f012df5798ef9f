//! Pixels to a finished file with its metadata.

mod jpeg;
mod png;
#[expect(unsafe_code, reason = "libwebp is a C library")]
mod webp;

use super::pixels::Pixels;
use super::{Failure, Metadata, Output, Recipe, quality};

pub(super) use webp::tiny;

/// Writes a picture as its recipe says.
pub(super) fn encode(pixels: &Pixels, recipe: &Recipe, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let quality = quality::setting(recipe.output, recipe.quality);
    let metadata = metadata.allowed(recipe.rights);
    match recipe.output {
        Output::WebP => webp::write(pixels, quality, &metadata),
        Output::Png => png::write(pixels, &metadata),
        Output::Jpeg => match pixels.flattened(recipe.background) {
            Some(flat) => jpeg::write(&flat, quality, &metadata),
            None => jpeg::write(pixels, quality, &metadata),
        },
    }
}
