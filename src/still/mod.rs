//! Facts of a still, read from its bytes: what it is, its upright size, and the fields that
//! photographers and picture desks wrote into it. Entry point: [`examine`].
//!
//! Headers come first and limits are applied before any memory is taken; pixels are not decoded.
//! This module knows no file names, no site, and nothing about who may be shown.

mod bytes;
mod charset;
mod embedded;
mod exif;
mod extended_xmp;
mod format;
mod gif;
mod ifd;
mod iim;
mod jpeg;
mod jpeg_rows;
mod orientation;
mod png;
mod refusal;
mod sniff;
mod tiff;
mod webp;
mod xmp;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use embedded::Embedded;
pub use format::{Format, misnamed};
pub(crate) use jpeg::is_adobe as jpeg_is_adobe;
pub(crate) use jpeg_rows::present as jpeg_rows_present;
pub use orientation::Orientation;
pub use refusal::{Alien, Foreign, Refusal};

/// What is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most pixels that a still may have, width times height.
    pub max_pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_pixels: 268_000_000 }
    }
}

/// Everything about a still that can be told without decoding its pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// By content, whatever the file's name says; see [`misnamed`].
    pub format: Format,
    /// Of the upright picture, in pixels.
    pub width: u32,
    /// Of the upright picture, in pixels.
    pub height: u32,
    /// How the stored pixels are turned to be upright.
    pub orientation: Orientation,
    /// Whether the format says that parts may be transparent.
    pub has_alpha: bool,
    /// Whether there is more than one frame; only the first is developed.
    pub animated: bool,
    /// Whether it is a JPEG in several passes, which takes more memory to decode.
    pub progressive: bool,
    /// Whether it has more than 8 bits a channel.
    pub deep: bool,
    /// Whether the camera says that the colours are Adobe RGB; an embedded profile says it better.
    pub adobe_rgb: bool,
    /// What was written into it.
    pub fields: Embedded,
}

/// Reads the facts of a still.
///
/// # Errors
/// A [`Refusal`] if the bytes are no still that can be developed: another kind of file, cut off,
/// damaged, or larger than `limits`.
pub fn examine(bytes: &[u8], limits: &Limits) -> Result<Facts, Refusal> {
    let format = sniff::sniff(bytes)?;
    let anatomy = match format {
        Format::Jpeg => jpeg::dissect(bytes, limits),
        Format::Png => png::dissect(bytes, limits),
        Format::WebP => webp::dissect(bytes, limits),
        Format::Tiff => tiff::dissect(bytes, limits),
        Format::Gif => gif::dissect(bytes, limits),
    }?;
    anatomy.check_substance(bytes.len())?;
    let exif = anatomy.exif.and_then(exif::read).unwrap_or_default();
    let xmp = [anatomy.xmp.as_deref(), anatomy.more_xmp.as_deref()];
    let [xmp, more_xmp] = xmp.map(|packet| packet.map(xmp::read).unwrap_or_default());
    let iim = anatomy.iim.as_deref().map(iim::read).unwrap_or_default();
    let fields = Embedded::gather([xmp, more_xmp, iim, exif.fields]);
    let (width, height) = exif.orientation.turned((anatomy.width, anatomy.height));
    Ok(Facts {
        format,
        width,
        height,
        orientation: exif.orientation,
        has_alpha: anatomy.has_alpha,
        animated: anatomy.animated,
        progressive: anatomy.progressive,
        deep: anatomy.deep,
        adobe_rgb: exif.adobe_rgb,
        fields,
    })
}

/// What a reader of one format found; the parts still to be read are left as they lie in the file.
#[derive(Debug, Default)]
struct Anatomy<'a> {
    /// As stored, before orientation.
    width: u32,
    height: u32,
    has_alpha: bool,
    animated: bool,
    progressive: bool,
    deep: bool,
    /// A TIFF structure, from its byte-order mark on.
    exif: Option<&'a [u8]>,
    xmp: Option<Cow<'a, [u8]>>,
    /// A second packet, for what did not fit into the first.
    more_xmp: Option<Vec<u8>>,
    /// IPTC-IIM records.
    iim: Option<Cow<'a, [u8]>>,
}

/// A file of which the pixels take this many times its bytes holds no photograph: an even surface
/// packed as well as it can be, or nothing at all. Below [`SMALL`] that does no harm.
const MOST_UNPACKED: u64 = 800;
/// Bytes of pixels.
const SMALL: u64 = 128 << 20;

impl Anatomy<'_> {
    /// Refuses what unpacks to far more than it is, before any of it is unpacked.
    fn check_substance(&self, length: usize) -> Result<(), Refusal> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        let unpacked = pixels * if self.deep { 8 } else { 4 };
        if unpacked > SMALL && unpacked / MOST_UNPACKED > length as u64 {
            return Err(Refusal::corrupt("its header promises far more than the file holds"));
        }
        Ok(())
    }

    /// Takes a size from a header, before anything else is done with the file.
    fn set_size(&mut self, width: u32, height: u32, limits: &Limits) -> Result<(), Refusal> {
        if width == 0 || height == 0 {
            return Err(Refusal::corrupt("its header gives it no size"));
        }
        if u64::from(width) * u64::from(height) > limits.max_pixels {
            return Err(Refusal::TooLarge { width, height, max_pixels: limits.max_pixels });
        }
        (self.width, self.height) = (width, height);
        Ok(())
    }
}
