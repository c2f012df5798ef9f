//! Files to upright pixels in sRGB.

use crate::Failure;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};
use jpeg_decoder::PixelFormat;
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
    let format = reader.format();
    let mut decoder = reader.into_decoder()?;
    let profile = decoder.icc_profile()?;
    let orientation = decoder.orientation()?;
    let mut image = if format == Some(ImageFormat::Jpeg) { jpeg(path)? } else { DynamicImage::from_decoder(decoder)? };
    image.apply_orientation(orientation);
    let mut picture = on_white(&image);
    if let Some(bytes) = profile {
        to_srgb(&mut picture, &bytes)?;
    }
    Ok(picture)
}

/// The JPEG decoder behind `image` (zune-jpeg 0.5.15) shows other colours than are there where each colour has a scan of
/// its own, as jpeg-encoder writes them.
fn jpeg(path: &Path) -> Result<DynamicImage, Failure> {
    let bytes = std::fs::read(path)?;
    let mut decoder = jpeg_decoder::Decoder::new(bytes.as_slice());
    let data = decoder.decode()?;
    let Some(info) = decoder.info() else { return Err("no header".into()) };
    let (width, height) = (info.width.into(), info.height.into());
    let image = match info.pixel_format {
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, data).map(DynamicImage::from),
        PixelFormat::L8 => GrayImage::from_raw(width, height, data).map(DynamicImage::from),
        PixelFormat::L16 | PixelFormat::CMYK32 => None,
    };
    image.ok_or_else(|| "neither RGB nor grey with 8 bits".into())
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
