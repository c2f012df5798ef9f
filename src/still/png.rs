//! PNG (third edition, W3C 2025): a walk over its chunks.

use std::borrow::Cow;
use std::io::Read;

use super::bytes::{be32, slice};
use super::{Anatomy, Limits, Refusal};

/// XMP in a compressed chunk is unpacked up to here.
const MAX_TEXT: u64 = 8 << 20;

pub(super) fn dissect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Anatomy<'a>, Refusal> {
    let mut anatomy = Anatomy::default();
    let mut at = 8;
    let mut pictured = false;
    loop {
        let Some((kind, content)) = chunk(bytes, at) else { return Err(cut(bytes, anatomy.height)) };
        let sound = is_sound(bytes, at, content.len());
        at += 12 + content.len();
        // The size counts even in a broken header: it is what everything else is judged by.
        if kind == b"IHDR" {
            head(content, &mut anatomy, limits)?;
        }
        if !sound {
            // Small letters stand for what a picture can do without (5.4).
            if kind[0].is_ascii_lowercase() {
                continue;
            }
            return Err(Refusal::corrupt("a checksum in it is wrong"));
        }
        match (kind, content) {
            _ if anatomy.width == 0 => return Err(Refusal::corrupt("its header is missing")),
            (b"eXIf", exif) => anatomy.exif = anatomy.exif.or(Some(exif)),
            (b"iTXt", text) if anatomy.xmp.is_none() => anatomy.xmp = xmp(text),
            (b"acTL", frames) => anatomy.animated = be32(frames, 0).is_some_and(|count| count > 1),
            (b"tRNS", _) => anatomy.has_alpha = true,
            (b"IDAT", _) => pictured = true,
            (b"IEND", _) if pictured => return Ok(anatomy),
            (b"IEND", _) => return Err(Refusal::corrupt("there is no picture in it")),
            _ => {}
        }
    }
}

/// The chunk at `at`, if all of it with its checksum is there.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let length = be32(bytes, at)? as usize;
    let kind = bytes.get(at + 4..)?.first_chunk()?;
    let content = slice(bytes, at + 8, length)?;
    be32(bytes, at + 8 + length)?;
    Some((kind, content))
}

/// Whether the chunk at `at` has the checksum that was written behind it.
fn is_sound(bytes: &[u8], at: usize, length: usize) -> bool {
    let mut sum = flate2::Crc::new();
    sum.update(slice(bytes, at + 4, 4 + length).unwrap_or_default());
    be32(bytes, at + 8 + length) == Some(sum.sum())
}

fn head(header: &[u8], anatomy: &mut Anatomy, limits: &Limits) -> Result<(), Refusal> {
    let (Some(width), Some(height), Some(&[depth, colour])) = (be32(header, 0), be32(header, 4), header.get(8..10))
    else {
        return Err(Refusal::corrupt("its header is too short"));
    };
    anatomy.has_alpha = matches!(colour, 4 | 6);
    anatomy.deep = depth == 16;
    anatomy.set_size(width, height, limits)
}

/// The XMP packet of an international text chunk: keyword, compression flag and method,
/// language, translated keyword, text.
fn xmp(content: &[u8]) -> Option<Cow<'_, [u8]>> {
    let rest = content.strip_prefix(b"XML:com.adobe.xmp\0")?;
    let (&[flag, _method], rest) = rest.split_first_chunk()?;
    let mut parts = rest.splitn(3, |&byte| byte == 0);
    let text = parts.nth(2)?;
    if flag == 0 {
        return Some(Cow::Borrowed(text));
    }
    let mut unpacked = Vec::new();
    // What is damaged counts as far as it was read, so that nobody unpacks one such chunk after the other.
    match flate2::read::ZlibDecoder::new(text).take(MAX_TEXT).read_to_end(&mut unpacked) {
        Ok(_) | Err(_) => Some(Cow::Owned(unpacked)),
    }
}

/// Rows are counted by unpacking what is there, for cut files only.
fn cut(bytes: &[u8], height: u32) -> Refusal {
    if height == 0 {
        return Refusal::Truncated { row: None, of: None };
    }
    Refusal::Truncated { row: rows(bytes), of: Some(height) }
}

fn rows(bytes: &[u8]) -> Option<u32> {
    let limits = ::png::Limits { bytes: 64 << 20 };
    let decoder = ::png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    let mut reader = decoder.read_info().ok()?;
    if reader.info().interlaced {
        return None;
    }
    let mut rows = 0;
    while let Ok(Some(_)) = reader.next_row() {
        rows += 1;
    }
    Some(rows)
}
