//! Bytes to pixels, no more of them than are needed.

pub(super) mod baseline;
mod bits;
mod inverse;

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, ImageDecoder, Limits};
use jpeg_decoder::PixelFormat;

use super::pixels::{Kind, Pixels};
use super::{Failure, Recipe, WORKING_WIDTH, colour, depth, ink};
use crate::still::{self, Facts, Format, Refusal};

/// A JPEG with a side below this is always decoded whole.
const LEAST_SIDE: u32 = 64;

/// How much smaller than stored a JPEG is decoded, which its transform gives almost for nothing.
/// Other formats are always decoded whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    Eighth,
    Quarter,
    Half,
    Whole,
}

impl Scale {
    pub(super) const ALL: [Self; 4] = [Self::Eighth, Self::Quarter, Self::Half, Self::Whole];

    pub(super) fn divisor(self) -> u32 {
        match self {
            Self::Eighth => 8,
            Self::Quarter => 4,
            Self::Half => 2,
            Self::Whole => 1,
        }
    }

    /// The smallest scale that still covers the working width.
    pub(super) fn working(facts: &Facts) -> Self {
        Self::covering(facts, facts.width, WORKING_WIDTH.min(facts.width), facts.height, 1)
    }

    /// The scale for a recipe: that of the still, or a larger one if it needs more. A function of
    /// nothing but the still and the recipe.
    pub(super) fn of(facts: &Facts, recipe: &Recipe) -> Self {
        let area = recipe.area(facts);
        let own = Self::covering(facts, area.width, recipe.width, area.height, recipe.height);
        let working = Self::working(facts);
        if own.divisor() < working.divisor() { own } else { working }
    }

    fn covering(facts: &Facts, full_width: u32, width: u32, full_height: u32, height: u32) -> Self {
        // The decoder picks its scale by either side, which is no choice at all on a sliver.
        if facts.format != Format::Jpeg || facts.width.min(facts.height) < LEAST_SIDE {
            return Self::Whole;
        }
        let covers = |scale: &Self| full_width >= width * scale.divisor() && full_height >= height * scale.divisor();
        Self::ALL.into_iter().find(covers).unwrap_or(Self::Whole)
    }

    /// A stored size at this scale.
    pub(super) fn reduced(self, size: (u32, u32)) -> (u32, u32) {
        (size.0.div_ceil(self.divisor()), size.1.div_ceil(self.divisor()))
    }
}

/// A decoded still, as stored.
pub(super) struct Decoded {
    pub(super) pixels: Pixels,
    /// For how many samples of the first plane one of the others stands, across and down.
    pub(super) subsampling: (u32, u32),
    /// An ICC profile.
    pub(super) profile: Option<Vec<u8>>,
}

impl Decoded {
    /// With planes of one size.
    pub(super) fn plain(pixels: Pixels, profile: Option<Vec<u8>>) -> Self {
        Self { pixels, subsampling: (1, 1), profile }
    }
}

/// Decodes a still. The bytes must be those that the facts were read from.
pub(super) fn decode(bytes: &[u8], facts: &Facts, scale: Scale) -> Result<Decoded, Failure> {
    // The decoders are other people's: one that gives up on a hostile file must not end the build.
    let attempt = catch_unwind(AssertUnwindSafe(|| match facts.format {
        Format::Jpeg => jpeg(bytes, facts, scale),
        _ => other(bytes, facts),
    }));
    attempt.unwrap_or_else(|_| Err(Failure::Damaged("its decoder gave up".to_owned())))
}

fn jpeg(bytes: &[u8], facts: &Facts, scale: Scale) -> Result<Decoded, Failure> {
    const END: &[u8] = &[0xFF, 0xD9];
    // A file may lack nothing but its end marker, without which the decoder would not finish.
    if memchr::memmem::rfind(bytes, END).is_some() {
        jpeg_from(bytes, bytes, facts, scale)
    } else {
        jpeg_from(bytes.chain(END), bytes, facts, scale)
    }
}

fn jpeg_from(reader: impl Read, bytes: &[u8], facts: &Facts, scale: Scale) -> Result<Decoded, Failure> {
    let mut decoder = jpeg_decoder::Decoder::new(reader);
    decoder.read_info().map_err(jpeg_failure)?;
    let stored = decoder.info().map(|info| (u32::from(info.width), u32::from(info.height)));
    let size = facts.orientation.turned((facts.width, facts.height));
    if stored != Some(size) {
        return Err(Failure::Changed);
    }
    let profile = |embedded: Option<Vec<u8>>| embedded.or_else(|| facts.adobe_rgb.then(colour::adobe_rgb).flatten());
    if let Some(baseline::Photograph { pixels, subsampling }) = baseline::decode(bytes, size, scale.divisor()) {
        return Ok(Decoded { pixels, subsampling, profile: profile(decoder.icc_profile()) });
    }
    if scale != Scale::Whole {
        let (width, height) = scale.reduced(stored.unwrap_or_default());
        let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
        decoder.scale(side(width), side(height)).map_err(jpeg_failure)?;
    }
    let data = decoder.decode().map_err(jpeg_failure)?;
    let Some(info) = decoder.info() else { return Err(Failure::Changed) };
    let (kind, data) = match info.pixel_format {
        PixelFormat::L8 => (Kind::Gray, data),
        PixelFormat::RGB24 => (Kind::Rgb, data),
        PixelFormat::CMYK32 => (Kind::Cmyk, full_ink(data, bytes)),
        PixelFormat::L16 => return Err(Failure::Unknown("more than 8 bits a colour".to_owned())),
    };
    let pixels = Pixels::interleaved(u32::from(info.width), u32::from(info.height), kind, data);
    if runs_out(&pixels, scale) {
        check_end(bytes, stored)?;
    }
    Ok(Decoded::plain(pixels, profile(decoder.icc_profile())))
}

/// Whether the last row ends in blocks that repeat. Past the end of the data the decoder reads
/// zeros, all of which give the same block; so do a black border and a white wall.
fn runs_out(pixels: &Pixels, scale: Scale) -> bool {
    let block = (16 / scale.divisor()) as usize;
    pixels.planes.iter().all(|plane| {
        let row = plane.data.rchunks(plane.width.max(1)).next().unwrap_or_default();
        let end = row.get(row.len().saturating_sub(block * 4)..).unwrap_or_default();
        end.get(block..).is_none_or(|rest| end.starts_with(rest))
    })
}

/// An end marker may have been put behind what was cut: whether all rows are there is counted.
fn check_end(bytes: &[u8], stored: Option<(u32, u32)>) -> Result<(), Failure> {
    match (still::jpeg_rows_present(bytes), stored) {
        (Some(row), Some((_, height))) if row < height => {
            Err(Failure::Refused(Refusal::Truncated { row: Some(row), of: Some(height) }))
        }
        _ => Ok(()),
    }
}

/// Adobe's programs store ink inverted and say so with a marker; the decoder takes that for granted.
fn full_ink(mut data: Vec<u8>, bytes: &[u8]) -> Vec<u8> {
    if !still::jpeg_is_adobe(bytes) {
        data.iter_mut().for_each(|value| *value = 255 - *value);
    }
    data
}

fn jpeg_failure(error: jpeg_decoder::Error) -> Failure {
    match error {
        jpeg_decoder::Error::Unsupported(what) => Failure::Unknown(format!("{what:?}")),
        error => Failure::Damaged(error.to_string()),
    }
}

fn other(bytes: &[u8], facts: &Facts) -> Result<Decoded, Failure> {
    let input = Cursor::new(bytes);
    match facts.format {
        Format::Png => with(image::codecs::png::PngDecoder::with_limits(input, limits(MARGIN)), facts),
        Format::WebP => with(image::codecs::webp::WebPDecoder::new(input), facts),
        Format::Gif => with(image::codecs::gif::GifDecoder::new(input), facts),
        Format::Tiff | Format::Jpeg => match ink::tiff(bytes, facts) {
            Some(decoded) => decoded,
            None => with(image::codecs::tiff::TiffDecoder::new(input), facts),
        },
    }
}

/// What a decoder may take beside the pixels: rows, tables, a profile that is unpacked.
const MARGIN: u64 = 64 << 20;

/// Enough for the pixels at 16 bits twice over and for what a decoder needs beside them, and no more.
pub(super) fn most(facts: &Facts) -> u64 {
    u64::from(facts.width) * u64::from(facts.height) * 16 + MARGIN
}

fn limits(max_alloc: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(max_alloc);
    limits
}

fn with(decoder: image::ImageResult<impl ImageDecoder>, facts: &Facts) -> Result<Decoded, Failure> {
    let mut decoder = decoder.map_err(image_failure)?;
    if decoder.dimensions() != facts.orientation.turned((facts.width, facts.height)) {
        return Err(Failure::Changed);
    }
    decoder.set_limits(limits(most(facts))).map_err(image_failure)?;
    // A profile that cannot be read is as good as none.
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).map_err(image_failure)?;
    Ok(depth::plain(picture, profile))
}

fn image_failure(error: image::ImageError) -> Failure {
    match error {
        image::ImageError::Unsupported(what) => Failure::Unknown(what.to_string()),
        error => Failure::Damaged(error.to_string()),
    }
}
