//! Files to upright pixels in sRGB.

use crate::Failure;
use image::{DynamicImage, ImageDecoder, ImageReader};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::path::Path;

/// Rows from the top, three bytes a pixel.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub data: Vec<u8>,
}

/// Reads a picture. What is transparent is laid on white.
pub fn open(path: &Path) -> Result<Picture, Failure> {
    let mut reader = ImageReader::open(path)?.with_guessed_format()?;
    reader.no_limits();
    let mut decoder = reader.into_decoder()?;
    let profile = decoder.icc_profile()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    let mut picture = on_white(&image);
    if let Some(bytes) = profile {
        to_srgb(&mut picture, &bytes)?;
    }
    Ok(picture)
}

fn on_white(image: &DynamicImage) -> Picture {
    let (width, height) = (image.width(), image.height());
    if !image.color().has_alpha() {
        return Picture { width, height, data: image.to_rgb8().into_raw() };
    }
    let mut data = Vec::with_capacity(width as usize * height as usize * 3);
    for pixel in image.to_rgba8().pixels() {
        let [red, green, blue, alpha] = pixel.0.map(u32::from);
        data.extend([red, green, blue].map(|colour| ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8));
    }
    Picture { width, height, data }
}

fn to_srgb(picture: &mut Picture, profile: &[u8]) -> Result<(), Failure> {
    // A profile that is broken, or not for RGB, says nothing: browsers pass it over, too.
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return Ok(()) };
    if profile.color_space != DataColorSpace::Rgb {
        return Ok(());
    }
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default())?;
    let mut converted = vec![0; picture.data.len()];
    transform.transform(&picture.data, &mut converted)?;
    picture.data = converted;
    Ok(())
}
