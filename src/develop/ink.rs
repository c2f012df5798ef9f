//! TIFFs made for print. The general decoder mixes their inks into RGB without looking at the
//! profile, which is what says what those inks look like.

use std::io::Cursor;

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};

use super::Failure;
use super::colour::{deep_to_srgb, eight_bits};
use super::decode::{Decoded, most};
use super::pixels::{Kind, Pixels};
use crate::still::Facts;

/// The pixels of a TIFF in four inks, or nothing if it is of another kind or in a form for the
/// general decoder to judge.
pub(super) fn tiff(bytes: &[u8], facts: &Facts) -> Option<Result<Decoded, Failure>> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = usize::try_from(most(facts)).unwrap_or(usize::MAX);
    limits.intermediate_buffer_size = limits.decoding_buffer_size;
    limits.ifd_value_size = limits.decoding_buffer_size;
    let mut decoder = Decoder::new(Cursor::new(bytes)).ok()?.with_limits(limits);
    let inked = matches!(decoder.colortype(), Ok(ColorType::CMYK(8 | 16)));
    let in_planes = decoder.image_buffer_layout().is_ok_and(|layout| layout.planes > 1);
    if !inked || in_planes {
        return None;
    }
    if decoder.dimensions().ok()? != facts.orientation.turned((facts.width, facts.height)) {
        return Some(Err(Failure::Changed));
    }
    let profile = decoder.get_tag_u8_vec(tiff::tags::Tag::IccProfile).ok();
    Some(match decoder.read_image() {
        Ok(DecodingResult::U8(data)) => decoded(facts, Kind::Cmyk, data, profile),
        Ok(DecodingResult::U16(samples)) => {
            let converted = profile.as_deref().and_then(|profile| deep_to_srgb(profile, Kind::Cmyk, &samples));
            match converted {
                Some(data) => decoded(facts, Kind::Rgb, data, None),
                None => decoded(facts, Kind::Cmyk, samples.into_iter().map(eight_bits).collect(), None),
            }
        }
        Ok(_) => return None,
        Err(error) => Err(Failure::Damaged(error.to_string())),
    })
}

fn decoded(facts: &Facts, kind: Kind, data: Vec<u8>, profile: Option<Vec<u8>>) -> Result<Decoded, Failure> {
    let (width, height) = facts.orientation.turned((facts.width, facts.height));
    if data.len() != width as usize * height as usize * kind.channels() {
        return Err(Failure::Damaged("its pixels are not all there".to_owned()));
    }
    Ok(Decoded::plain(Pixels::interleaved(width, height, kind, data), profile))
}
