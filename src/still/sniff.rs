//! What a file is, from its first bytes and never from its name.

use super::bytes::{be32, slice};
use super::{Alien, Foreign, Format, Refusal};

/// The format of a still, or what else the bytes are.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if let Some(format) = known(bytes) {
        return Ok(format);
    }
    Err(match foreign(bytes) {
        Some(foreign) => Refusal::Foreign(foreign),
        None => Refusal::NotAPicture { looks_like: alien(bytes) },
    })
}

fn known(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        // Raw files of several makers are TIFFs too; the TIFF reader tells them apart by their tags.
        [b'I', b'I', 42, 0, rest @ ..] if !rest.get(4..).is_some_and(|r| r.starts_with(b"CR")) => Some(Format::Tiff),
        [b'M', b'M', 0, 42, ..] => Some(Format::Tiff),
        _ => None,
    }
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    const RAW: [&[u8]; 9] = [
        b"II*\0",           // Canon CR2: the only TIFF that gets here
        b"FUJIFILMCCD-RAW", // Fujifilm
        b"IIU\0",           // Panasonic
        b"IIRO",            // Olympus
        b"IIRS",
        b"MMOR",
        b"FOVb",     // Sigma
        b"\0MRM",    // Minolta
        b"HEAPCCDR", // Canon CRW, after its two-byte mark and length
    ];
    if RAW.iter().any(|magic| bytes.starts_with(magic)) || slice(bytes, 6, 8) == Some(b"HEAPCCDR") {
        return Some(Foreign::Raw);
    }
    if let Some(foreign) = brands(bytes).find_map(by_brand) {
        return Some(foreign);
    }
    match bytes {
        [b'8', b'B', b'P', b'S', ..] => Some(Foreign::Layered),
        [b'%', b'P', b'D', b'F', ..] => Some(Foreign::Pdf),
        [b'%', b'!', b'P', b'S', ..] | [0xC5, 0xD0, 0xD3, 0xC6, ..] => Some(Foreign::Vector),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Foreign::Bitmap),
        [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Some(Foreign::JpegXl),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xFF, 0x4F, 0xFF, 0x51, ..] => Some(Foreign::Jpeg2000),
        [b'I', b'I', 43, 0, ..] | [b'M', b'M', 0, 43, ..] => Some(Foreign::BigTiff),
        _ if opening(bytes).contains("<svg") => Some(Foreign::Vector),
        _ => None,
    }
}

/// The brands of an ISO base media file (ISO/IEC 14496-12): the major one, then the compatible ones.
fn brands(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let length = match be32(bytes, 0) {
        Some(length) if slice(bytes, 4, 4) == Some(b"ftyp") => (length as usize).min(bytes.len()).min(256),
        _ => 0,
    };
    let brand = bytes.get(8..length.max(8)).unwrap_or_default();
    brand.chunks_exact(4).enumerate().filter(|(index, _)| *index != 1).map(|(_, brand)| brand)
}

fn by_brand(brand: &[u8]) -> Option<Foreign> {
    match brand {
        b"avif" | b"avis" => Some(Foreign::Avif),
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => Some(Foreign::Heic),
        b"crx " => Some(Foreign::Raw),
        _ => None,
    }
}

fn alien(bytes: &[u8]) -> Option<Alien> {
    if slice(bytes, 4, 4) == Some(b"ftyp") || bytes.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
        return Some(Alien::Video);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0x1F, 0x8B]) {
        return Some(Alien::Archive);
    }
    if bytes.starts_with(&[0, 5, 0x16, 7]) {
        return Some(Alien::MacCompanion);
    }
    if bytes.iter().all(|&byte| byte == 0) {
        return Some(Alien::Zeros);
    }
    let opening = opening(bytes);
    if opening.starts_with("version https://git-lfs") {
        return Some(Alien::Pointer);
    }
    if opening.contains("<html") || opening.contains("<!doctype html") {
        return Some(Alien::WebPage);
    }
    let readable = !opening.is_empty() && opening.chars().all(|c| !c.is_control() || c.is_whitespace());
    readable.then_some(Alien::Text)
}

/// The first characters in lower case, or nothing if they are not text.
fn opening(bytes: &[u8]) -> String {
    let head = bytes.get(..512).unwrap_or(bytes);
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A character that the cut went through is no sign of binary data.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(head.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => "",
    };
    text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase()
}
