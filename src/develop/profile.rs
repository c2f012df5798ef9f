//! What a still says of its colours, for people. How they are converted is in `colour`.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::ImageDecoder;
use moxcms::{ColorProfile, ProfileText};
use serde::Serialize;

use crate::still::{Facts, Format};

/// The colour profile of a still (ICC.1:2022).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// None, and no other word about it: taken as sRGB, or as plain ink.
    Missing,
    /// None, but the camera says Adobe RGB.
    CameraSaysAdobeRgb,
    /// Its own description of itself.
    Named(String),
    /// One that cannot be read, and is passed over.
    Broken,
}

/// The profile of a still, from its headers. The bytes must be those that the facts were read from.
pub fn profile_of(bytes: &[u8], facts: &Facts) -> Profile {
    // The readers are other people's: one that gives up on a hostile file has found no profile.
    let found = catch_unwind(AssertUnwindSafe(|| embedded(bytes, facts.format))).ok().flatten();
    match found {
        None if facts.adobe_rgb => Profile::CameraSaysAdobeRgb,
        None => Profile::Missing,
        Some(profile) => {
            let read = catch_unwind(AssertUnwindSafe(|| ColorProfile::new_from_slice(&profile).ok())).ok().flatten();
            read.map_or(Profile::Broken, |profile| Profile::Named(name(profile.description.as_ref())))
        }
    }
}

fn embedded(bytes: &[u8], format: Format) -> Option<Vec<u8>> {
    fn of(decoder: image::ImageResult<impl ImageDecoder>) -> Option<Vec<u8>> {
        decoder.ok()?.icc_profile().ok().flatten()
    }
    let input = Cursor::new(bytes);
    match format {
        Format::Jpeg => {
            let mut decoder = jpeg_decoder::Decoder::new(input);
            decoder.read_info().ok()?;
            decoder.icc_profile()
        }
        Format::Png => of(image::codecs::png::PngDecoder::new(input)),
        Format::WebP => of(image::codecs::webp::WebPDecoder::new(input)),
        Format::Tiff => of(image::codecs::tiff::TiffDecoder::new(input)),
        Format::Gif => None,
    }
}

fn name(text: Option<&ProfileText>) -> String {
    let name = match text {
        Some(ProfileText::PlainString(text)) => text.clone(),
        Some(ProfileText::Localizable(texts)) => texts.first().map(|text| text.value.clone()).unwrap_or_default(),
        Some(ProfileText::Description(text)) => text.ascii_string.clone(),
        None => String::new(),
    };
    let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
    if name.trim().is_empty() { "a profile without a name".to_owned() } else { name.trim().to_owned() }
}
