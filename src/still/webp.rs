//! WebP (RFC 9649): a walk over its chunks.

use std::borrow::Cow;

use super::bytes::{le16, le24, le32, slice};
use super::{Anatomy, Limits, Refusal};

pub(super) fn dissect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Anatomy<'a>, Refusal> {
    let truncated = Refusal::Truncated { row: None, of: None };
    let Some(length) = le32(bytes, 4) else { return Err(truncated) };
    let end = (length as usize).saturating_add(8);
    let mut anatomy = Anatomy::default();
    let mut at = 12;
    let mut pictured = false;
    while at < end {
        let Some((kind, content)) = chunk(bytes, at) else {
            // The padding that an odd last chunk should have is often forgotten.
            if pictured && at + 1 >= end {
                break;
            }
            return Err(truncated);
        };
        at += 8 + content.len().next_multiple_of(2);
        match kind {
            b"VP8X" => extended(content, &mut anatomy, limits)?,
            b"VP8 " => {
                lossy(content, &mut anatomy, limits)?;
                pictured = true;
            }
            b"VP8L" => {
                lossless(content, &mut anatomy, limits)?;
                pictured = true;
            }
            b"ANMF" => pictured = true,
            // The first of each counts (2.7.1.5).
            b"EXIF" => anatomy.exif = anatomy.exif.or(Some(content.strip_prefix(b"Exif\0\0").unwrap_or(content))),
            b"XMP " => {
                anatomy.xmp.get_or_insert(Cow::Borrowed(content));
            }
            _ => {}
        }
    }
    if !pictured {
        return Err(Refusal::corrupt("there is no picture in it"));
    }
    Ok(anatomy)
}

fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let kind = bytes.get(at..)?.first_chunk()?;
    Some((kind, slice(bytes, at + 8, le32(bytes, at + 4)? as usize)?))
}

fn extended(content: &[u8], anatomy: &mut Anatomy, limits: &Limits) -> Result<(), Refusal> {
    let (Some(&flags), Some(width), Some(height)) = (content.first(), le24(content, 4), le24(content, 7)) else {
        return Err(Refusal::corrupt("its header is too short"));
    };
    anatomy.animated = flags & 0x02 != 0;
    anatomy.has_alpha = flags & 0x10 != 0;
    anatomy.set_size(width + 1, height + 1, limits)
}

/// A key frame of VP8 (RFC 6386, 9.1).
fn lossy(content: &[u8], anatomy: &mut Anatomy, limits: &Limits) -> Result<(), Refusal> {
    if slice(content, 3, 3) != Some(&[0x9D, 0x01, 0x2A]) {
        return Err(Refusal::corrupt("its picture does not begin as it should"));
    }
    let (Some(width), Some(height)) = (le16(content, 6), le16(content, 8)) else {
        return Err(Refusal::Truncated { row: None, of: None });
    };
    size(u32::from(width & 0x3FFF), u32::from(height & 0x3FFF), anatomy, limits)
}

fn lossless(content: &[u8], anatomy: &mut Anatomy, limits: &Limits) -> Result<(), Refusal> {
    let (Some(0x2F), Some(bits)) = (content.first(), le32(content, 1)) else {
        return Err(Refusal::corrupt("its picture does not begin as it should"));
    };
    anatomy.has_alpha |= bits & 1 << 28 != 0;
    size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, anatomy, limits)
}

/// A picture's own size must be that of its canvas, if it has one.
fn size(width: u32, height: u32, anatomy: &mut Anatomy, limits: &Limits) -> Result<(), Refusal> {
    if anatomy.width == 0 {
        return anatomy.set_size(width, height, limits);
    }
    if (anatomy.width, anatomy.height) != (width, height) {
        return Err(Refusal::corrupt("it names two different sizes"));
    }
    Ok(())
}
