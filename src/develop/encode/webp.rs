//! WebP through libwebp, and its container (RFC 9649) for the metadata.

use std::ffi::c_int;

use libwebp_sys as lib;

use super::planes::Planes;
use crate::develop::pixels::{Kind, Pixels};
use crate::develop::{Failure, Metadata};

/// How hard the encoder tries, from 0 to 6. Method 4 takes more than twice the time of this one
/// for 4 % fewer bytes.
const METHOD: c_int = 2;

/// RFC 9649, 2.7.1: a flag of the extended header.
const HAS_XMP: u8 = 0x04;

/// Writes a picture.
pub(super) fn write(planes: &Planes, quality: u8, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let file = lossy(planes, quality)?;
    with_metadata(file, (planes.luma.width, planes.luma.height), metadata)
}

/// Writes a picture with transparency.
pub(super) fn write_transparent(pixels: &Pixels, quality: u8, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let data = pixels.to_interleaved();
    if pixels.kind != Kind::Rgba || data.len() != width * height * 4 {
        return Err(super::ink());
    }
    let file = encoded(width, height, quality, |picture| {
        // SAFETY: the picture was initialised by the library and has its size; there are four bytes for each of
        // its pixels, as was checked above, and the library copies them.
        unsafe { lib::WebPPictureImportRGBA(picture, data.as_ptr(), picture.width * 4) != 0 }
    })?;
    with_metadata(file, (width, height), metadata)
}

/// A picture of a few pixels, as small as it gets.
pub(in crate::develop) fn tiny(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Failure> {
    match Planes::of(pixels) {
        Some(planes) => lossy(&planes, quality),
        None => write_transparent(pixels, quality, &Metadata::default()),
    }
}

fn lossy(planes: &Planes, quality: u8) -> Result<Vec<u8>, Failure> {
    let luma = &planes.luma;
    let half = (luma.width.div_ceil(2), luma.height.div_ceil(2));
    let [blue, red] = match &planes.chroma {
        Some(chroma) => chroma.each_ref().map(|plane| Studio::chroma(&plane.data)),
        None => [(); 2].map(|()| Studio(vec![128; half.0 * half.1])),
    };
    let luma = Studio::luma(&luma.data);
    let (width, height) = (planes.luma.width, planes.luma.height);
    if luma.0.len() != width * height || [&blue, &red].iter().any(|plane| plane.0.len() != half.0 * half.1) {
        return Err(Failure::Unwritten("its pixels are not all there".to_owned()));
    }
    encoded(width, height, quality, |picture| {
        // The library only reads what it is lent.
        picture.use_argb = 0;
        picture.colorspace = lib::WebPEncCSP::WEBP_YUV420;
        (picture.y, picture.y_stride) = (luma.0.as_ptr().cast_mut(), picture.width);
        (picture.u, picture.v) = (blue.0.as_ptr().cast_mut(), red.0.as_ptr().cast_mut());
        picture.uv_stride = (picture.width + 1) / 2;
        true
    })
}

/// Samples in BT.601's narrow range, as VP8 wants them: 16 to 235 for luma, 16 to 240 for chroma.
struct Studio(Vec<u8>);

impl Studio {
    fn luma(full: &[u8]) -> Self {
        Self(full.iter().map(|value| narrowed(*value, 16 << 16, 56_284)).collect())
    }

    fn chroma(full: &[u8]) -> Self {
        Self(full.iter().map(|value| narrowed(*value, (128 << 16) - 128 * 57_569, 57_569)).collect())
    }
}

/// A sample times 219 or 224 of 255, and an offset, in fractions of 2 to the power of 16.
fn narrowed(value: u8, offset: u32, factor: u32) -> u8 {
    ((u32::from(value) * factor + offset + (1 << 15)) >> 16) as u8
}

/// What the library writes of the picture that `fill` describes, for which it has the size already.
fn encoded(
    width: usize,
    height: usize,
    quality: u8,
    fill: impl FnOnce(&mut lib::WebPPicture) -> bool,
) -> Result<Vec<u8>, Failure> {
    let side = |length: usize| match c_int::try_from(length) {
        Ok(length @ 1..=16_383) => Ok(length),
        _ => Err(Failure::Unwritten("a WebP has at most 16,383 pixels a side".to_owned())),
    };
    let Ok(mut config) = lib::WebPConfig::new() else { return Err(mismatch()) };
    config.quality = f32::from(quality);
    config.method = METHOD;
    let Ok(mut picture) = lib::WebPPicture::new() else { return Err(mismatch()) };
    (picture.width, picture.height) = (side(width)?, side(height)?);
    let mut file: Vec<u8> = Vec::new();
    picture.writer = Some(append);
    picture.custom_ptr = (&raw mut file).cast();
    let filled = fill(&mut picture);
    // SAFETY: the picture was initialised by the library and filled by one of our two callers, with planes of
    // its size that outlive the call, or with a copy of its own; `file` outlives the call, and nothing else
    // touches it while `append` does. The picture's own memory is freed in every case.
    let done = unsafe {
        let done = filled && lib::WebPEncode(&raw const config, &raw mut picture) != 0;
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

fn with_metadata(file: Vec<u8>, size: (usize, usize), metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    match metadata.xmp() {
        Some(packet) => with_xmp(&file, size, packet.as_bytes()).ok_or_else(mismatch),
        None => Ok(file),
    }
}

/// The file in the extended container, with a packet of XMP at its end.
fn with_xmp(file: &[u8], (width, height): (usize, usize), packet: &[u8]) -> Option<Vec<u8>> {
    let chunks = file.get(12..)?;
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
    let length = u32::try_from(packet.len()).ok()?;
    out.extend_from_slice(b"XMP ");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(packet);
    if packet.len() % 2 == 1 {
        out.push(0);
    }
    let total = u32::try_from(out.len() - 8).ok()?;
    if let Some(size) = out.get_mut(4..8) {
        size.copy_from_slice(&total.to_le_bytes());
    }
    Some(out)
}
