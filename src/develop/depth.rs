//! What decoders give to the kinds of pixels that are worked with, 8 bits a channel.

use image::DynamicImage;

use super::colour::{deep_to_srgb, eight_bits};
use super::decode::Decoded;
use super::pixels::{Kind, Pixels};

/// Grey stays grey, everything else becomes RGB with or without alpha. Where more than 8 bits are
/// there, the profile is followed before they are dropped; where they are not, it is handed on.
pub(super) fn plain(picture: DynamicImage, profile: Option<Vec<u8>>) -> Decoded {
    let (width, height) = (picture.width(), picture.height());
    let deep = |kind, samples: &[u16]| {
        let converted = profile.as_deref().and_then(|profile| deep_to_srgb(profile, kind, samples));
        converted.unwrap_or_else(|| samples.iter().copied().map(eight_bits).collect())
    };
    let (kind, data, profile) = match picture {
        DynamicImage::ImageLuma8(gray) => (Kind::Gray, gray.into_raw(), profile),
        DynamicImage::ImageLuma16(gray) => (Kind::Gray, deep(Kind::Gray, gray.as_raw()), None),
        DynamicImage::ImageRgb16(rgb) => (Kind::Rgb, deep(Kind::Rgb, rgb.as_raw()), None),
        DynamicImage::ImageRgba16(rgba) => (Kind::Rgba, deep(Kind::Rgba, rgba.as_raw()), None),
        // A profile for grey fits before the channel is spread, and not after.
        DynamicImage::ImageLumaA8(_) | DynamicImage::ImageLumaA16(_) => {
            let both = picture.into_luma_alpha16().into_raw();
            let grays: Vec<u16> = both.iter().step_by(2).copied().collect();
            let alphas = both.iter().skip(1).step_by(2).copied().map(eight_bits);
            let data = deep(Kind::Gray, &grays).into_iter().zip(alphas).flat_map(|(g, a)| [g, g, g, a]).collect();
            (Kind::Rgba, data, None)
        }
        picture if picture.color().has_alpha() => (Kind::Rgba, picture.into_rgba8().into_raw(), profile),
        picture => (Kind::Rgb, picture.into_rgb8().into_raw(), profile),
    };
    Decoded::plain(Pixels::interleaved(width, height, kind, data).without_idle_alpha(), profile)
}
