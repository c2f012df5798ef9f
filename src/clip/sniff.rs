//! What kind of file it is, by its first bytes. Entry point: [`container`].

use super::{Container, Refusal};

/// Kinds of ISO and QuickTime boxes that a film may begin with.
const FIRST_BOXES: [&[u8; 4]; 8] = [b"ftyp", b"styp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"];

/// Brands of `ftyp` that mark pictures and sound files of the same family.
const NOT_FILMS: [&[u8; 4]; 9] = [b"heic", b"heix", b"mif1", b"msf1", b"avif", b"crx ", b"M4A ", b"M4B ", b"jp2 "];

/// The container that `bytes` begin like.
pub(super) fn container(bytes: &[u8]) -> Result<Container, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
        return Ok(Container::WebM);
    }
    if let Some(first) = bytes.get(4..8)
        && FIRST_BOXES.iter().any(|kind| first == *kind)
    {
        return match bytes.get(8..12) {
            Some(brand) if first == b"ftyp" => match brand {
                b"qt  " => Ok(Container::QuickTime),
                _ if NOT_FILMS.iter().any(|other| brand == *other) => Err(Refusal::NotAVideo),
                _ => Ok(Container::Mp4),
            },
            // QuickTime had no `ftyp` before 2005.
            _ => Ok(Container::QuickTime),
        };
    }
    Err(match foreign(bytes) {
        Some(what) => Refusal::Foreign { what: what.to_owned() },
        None => Refusal::NotAVideo,
    })
}

/// Everyday names of video files that browsers do not play.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let at = |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if at(0, b"RIFF") && at(8, b"AVI ") {
        return Some("AVI");
    }
    if at(0, &[0, 0, 1, 0xBA]) || at(0, &[0, 0, 1, 0xB3]) {
        return Some("MPEG");
    }
    // Transport streams repeat a sync byte every 188 bytes, 192 in cameras (AVCHD).
    if (at(0, &[0x47]) && at(188, &[0x47])) || (at(4, &[0x47]) && at(196, &[0x47])) {
        return Some("AVCHD (.mts)");
    }
    if at(0, &[0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) {
        return Some("Windows Media");
    }
    if at(0, &[0x06, 0x0E, 0x2B, 0x34]) {
        return Some("MXF");
    }
    if at(0, b"FLV") {
        return Some("Flash");
    }
    at(0, b"OggS").then_some("Ogg")
}
