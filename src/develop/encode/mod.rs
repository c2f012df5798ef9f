//! Pixels to a finished file with its metadata.

#[cfg(feature = "avif")]
mod avif;
#[cfg(feature = "avif")]
mod heif;
mod jpeg;
mod planes;
mod png;
#[expect(unsafe_code, reason = "libwebp is a C library")]
mod webp;

use super::pixels::Pixels;
use super::{Failure, Metadata, Output, Recipe, quality};
use planes::Planes;

pub(super) use webp::tiny;

/// A picture of one size, to be written in several formats.
pub(super) struct Printed {
    pixels: Pixels,
    /// What JPEG and WebP are written from; pictures with transparency have none.
    planes: Option<Planes>,
}

impl Printed {
    pub(super) fn new(pixels: Pixels) -> Self {
        Self { planes: Planes::of(&pixels), pixels }
    }

    /// Writes the picture as its recipe says.
    pub(super) fn encode(&self, recipe: &Recipe, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
        let number = quality::setting(recipe.output, recipe.quality);
        self.numbered(recipe.output, number, recipe.background, &metadata.allowed(recipe.rights))
    }

    /// Writes the picture with a number of the encoder's own.
    pub(super) fn numbered(
        &self,
        output: Output,
        number: u8,
        background: [u8; 3],
        metadata: &Metadata,
    ) -> Result<Vec<u8>, Failure> {
        match (output, &self.planes) {
            (Output::Png, _) => png::write(&self.pixels, metadata),
            #[cfg(feature = "avif")]
            (Output::Avif, Some(planes)) => avif::write(planes, number, metadata),
            // The plan asks for no such picture.
            (Output::Avif, _) => Err(Failure::Unwritten("AVIF is not made of it".to_owned())),
            (Output::WebP, Some(planes)) => webp::write(planes, number, metadata),
            (Output::WebP, None) => webp::write_transparent(&self.pixels, number, metadata),
            (Output::Jpeg, Some(planes)) => jpeg::write(planes, number, metadata),
            (Output::Jpeg, None) => {
                let flat = self.pixels.flattened(background);
                let planes = flat.as_ref().and_then(Planes::of).ok_or_else(ink)?;
                jpeg::write(&planes, number, metadata)
            }
        }
    }
}

fn ink() -> Failure {
    Failure::Unwritten("its colours are ink".to_owned())
}
