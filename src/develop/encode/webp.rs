//! WebP through libwebp, and its container (RFC 9649) for the metadata.

use std::ffi::c_int;

use libwebp_sys as lib;

use crate::develop::pixels::{Kind, Pixels};
use crate::develop::{Failure, Metadata};

/// How hard the encoder tries, from 0 to 6. Method 4 takes more than twice the time of this one
/// for 4 % fewer bytes.
const METHOD: c_int = 2;

/// RFC 9649, 2.7.1: a flag of the extended header.
const HAS_XMP: u8 = 0x04;

pub(super) fn write(pixels: &Pixels, quality: u8, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let file = lossy(pixels, quality)?;
    match metadata.xmp() {
        Some(packet) => with_xmp(&file, (pixels.width, pixels.height), packet.as_bytes()),
        None => Ok(file),
    }
}

/// A picture of a few pixels, as small as it gets.
pub(in crate::develop) fn tiny(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Failure> {
    lossy(pixels, quality)
}

fn lossy(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Failure> {
    let side = |length: u32| match c_int::try_from(length) {
        Ok(length @ 1..=16_383) => Ok(length),
        _ => Err(Failure::Unwritten("a WebP has at most 16,383 pixels a side".to_owned())),
    };
    let (width, height) = (side(pixels.width)?, side(pixels.height)?);
    if pixels.data.len() != pixels.width as usize * pixels.height as usize * pixels.kind.channels() {
        return Err(Failure::Unwritten("its pixels are not all there".to_owned()));
    }
    let spread = pixels.gray_as_rgb();
    let pixels = spread.as_ref().unwrap_or(pixels);
    let import = match pixels.kind {
        Kind::Rgba => lib::WebPPictureImportRGBA,
        Kind::Gray | Kind::Rgb => lib::WebPPictureImportRGB,
        Kind::Cmyk => return Err(Failure::Unwritten("its colours are ink".to_owned())),
    };
    let stride = width * if pixels.kind == Kind::Rgba { 4 } else { 3 };
    let Ok(mut config) = lib::WebPConfig::new() else { return Err(mismatch()) };
    config.quality = f32::from(quality);
    config.method = METHOD;
    let Ok(mut picture) = lib::WebPPicture::new() else { return Err(mismatch()) };
    (picture.width, picture.height) = (width, height);
    let mut file: Vec<u8> = Vec::new();
    picture.writer = Some(append);
    picture.custom_ptr = (&raw mut file).cast();
    // SAFETY: the picture was initialised by the library; the pixels have the length that the sides,
    // the stride and the importer ask for, as was checked above; `file` outlives the calls, and
    // nothing else touches it while `append` does. The picture's memory is freed in every case.
    let done = unsafe {
        let done = import(&raw mut picture, pixels.data.as_ptr(), stride) != 0
            && lib::WebPEncode(&raw const config, &raw mut picture) != 0;
        lib::WebPPictureFree(&raw mut picture);
        done
    };
    if done { Ok(file) } else { Err(Failure::Unwritten(format!("{:?}", picture.error_code))) }
}

fn mismatch() -> Failure {
    Failure::Unwritten("the WebP library is of another version".to_owned())
}

/// Takes what the encoder has ready.
///
/// # Safety
/// Called by libwebp with `size` readable bytes and the picture whose `custom_ptr` is the `Vec`.
unsafe extern "C" fn append(data: *const u8, size: usize, picture: *const lib::WebPPicture) -> c_int {
    if size > 0 {
        // SAFETY: see above; the `Vec` is not borrowed elsewhere during the call of the encoder.
        unsafe {
            let file: &mut Vec<u8> = &mut *(*picture).custom_ptr.cast();
            file.extend_from_slice(std::slice::from_raw_parts(data, size));
        }
    }
    1
}

/// The file in the extended container, with a packet of XMP at its end.
fn with_xmp(file: &[u8], (width, height): (u32, u32), packet: &[u8]) -> Result<Vec<u8>, Failure> {
    let Some(chunks) = file.get(12..) else { return Err(mismatch()) };
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    // Pictures with transparency are in the extended container already.
    if !chunks.starts_with(b"VP8X") {
        out.extend_from_slice(b"VP8X\x0A\0\0\0\0\0\0\0");
        out.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
        out.extend_from_slice(&(height - 1).to_le_bytes()[..3]);
    }
    out.extend_from_slice(chunks);
    if let Some(flags) = out.get_mut(20) {
        *flags |= HAS_XMP;
    }
    let Ok(length) = u32::try_from(packet.len()) else { return Err(mismatch()) };
    out.extend_from_slice(b"XMP ");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(packet);
    if packet.len() % 2 == 1 {
        out.push(0);
    }
    let Ok(total) = u32::try_from(out.len() - 8) else { return Err(mismatch()) };
    if let Some(size) = out.get_mut(4..8) {
        size.copy_from_slice(&total.to_le_bytes());
    }
    Ok(out)
}
