//! JPEG (ITU-T T.81): a walk over its markers to the end of the picture.

use std::borrow::Cow;

use super::bytes::{be16, slice};
use super::{Anatomy, Limits, Refusal, extended_xmp, iim, jpeg_rows};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP1: u8 = 0xE1;
const APP13: u8 = 0xED;
const APP14: u8 = 0xEE;

/// One step of the walk.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    /// A marker segment and what it holds, without its length.
    Segment(u8, &'a [u8]),
    /// A scan: its header, and the entropy-coded data after it, restart markers included.
    Scan(&'a [u8], &'a [u8]),
    /// The end of the picture.
    End,
    /// The bytes stop where more was announced.
    Cut,
}

/// The parts of a JPEG in order. Stray bytes between segments are passed over, as all readers do.
pub(super) struct Parts<'a> {
    bytes: &'a [u8],
    at: usize,
    done: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 2, done: false }
    }

    fn marker(&mut self) -> Option<u8> {
        loop {
            let from = self.bytes.get(self.at..)?;
            let at = self.at + from.iter().position(|&byte| byte == 0xFF)?;
            let marker = *self.bytes.get(at + 1)?;
            // A second 0xFF is a fill byte, and the marker follows it; zero is a stray stuffed byte.
            self.at = if marker == 0xFF { at + 1 } else { at + 2 };
            if marker != 0xFF && marker != 0 {
                return Some(marker);
            }
        }
    }

    fn part(&mut self) -> Option<Part<'a>> {
        let marker = loop {
            match self.marker()? {
                SOI | 0x01 | 0xD0..=0xD7 => {}
                EOI => return Some(Part::End),
                marker => break marker,
            }
        };
        let length = usize::from(be16(self.bytes, self.at)?);
        let content = slice(self.bytes, self.at + 2, length.checked_sub(2)?)?;
        self.at += length;
        if marker != SOS {
            return Some(Part::Segment(marker, content));
        }
        let data = self.bytes.get(self.at..)?;
        let length = scan_length(data);
        self.at += length;
        Some(Part::Scan(content, data.get(..length)?))
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if self.done {
            return None;
        }
        let part = self.part().unwrap_or(Part::Cut);
        self.done = matches!(part, Part::End | Part::Cut);
        Some(part)
    }
}

/// How far entropy-coded data goes: to the first marker that is no restart marker.
fn scan_length(data: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = data.get(at..).and_then(|rest| memchr::memchr(0xFF, rest)) {
        at += found;
        match data.get(at + 1) {
            Some(0 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    data.len()
}

pub(super) fn dissect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Anatomy<'a>, Refusal> {
    let mut anatomy = Anatomy::default();
    let (mut photoshop, mut portions): (Vec<&[u8]>, Vec<&[u8]>) = (Vec::new(), Vec::new());
    let (mut framed, mut scanned, mut coded) = (false, false, 0_u64);
    for part in Parts::of(bytes) {
        match part {
            Part::Segment(marker @ (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF), header) => {
                if framed {
                    return Err(Refusal::unusual("a JPEG of several layers"));
                }
                frame(marker, header, &mut anatomy, limits)?;
                framed = true;
            }
            Part::Segment(APP1, content) => match content.strip_prefix(extended_xmp::MARK) {
                Some(portion) => portions.push(portion),
                None => application(content, &mut anatomy),
            },
            Part::Segment(APP13, content) => photoshop.extend(content.strip_prefix(b"Photoshop 3.0\0")),
            Part::Segment(..) => {}
            Part::Scan(..) if !framed => return Err(Refusal::corrupt("its picture comes before its size")),
            Part::Scan(_, data) => {
                scanned = true;
                coded += data.len() as u64;
            }
            // A block of 8 × 8 takes a bit at least, or its header promises more than there is.
            Part::End if scanned && coded * 8 < blocks(&anatomy) => cut(bytes, Some(anatomy.height))?,
            Part::End if scanned => {}
            Part::End => return Err(Refusal::corrupt("there is no picture in it")),
            Part::Cut => cut(bytes, framed.then_some(anatomy.height))?,
        }
    }
    anatomy.iim = in_resources(&photoshop);
    anatomy.more_xmp = anatomy.xmp.as_deref().and_then(|main| extended_xmp::joined(main, &portions));
    Ok(anatomy)
}

fn blocks(anatomy: &Anatomy<'_>) -> u64 {
    u64::from(anatomy.width.div_ceil(8)) * u64::from(anatomy.height.div_ceil(8))
}

fn frame(marker: u8, header: &[u8], anatomy: &mut Anatomy, limits: &Limits) -> Result<(), Refusal> {
    let (Some(&precision), Some(height), Some(width)) = (header.first(), be16(header, 1), be16(header, 3)) else {
        return Err(Refusal::corrupt("its header is too short"));
    };
    match marker {
        0xC0..=0xC2 if precision == 8 => {}
        0xC0..=0xC2 => return Err(Refusal::unusual("a JPEG with more than 8 bits a colour")),
        0xC3 => return Err(Refusal::unusual("a lossless JPEG")),
        0xC9..=0xCB => return Err(Refusal::unusual("a JPEG in the rare arithmetic coding")),
        _ => return Err(Refusal::unusual("a JPEG of several layers")),
    }
    if !matches!(header.get(5), Some(1 | 3 | 4)) {
        return Err(Refusal::unusual("a JPEG with an odd number of colours"));
    }
    anatomy.progressive = marker == 0xC2;
    anatomy.set_size(u32::from(width), u32::from(height), limits)
}

/// EXIF (EXIF 2.32, 4.7.2) or XMP (XMP part 3, 1.1.3). The first of each is the picture's own.
fn application<'a>(content: &'a [u8], anatomy: &mut Anatomy<'a>) {
    if let Some(exif) = content.strip_prefix(b"Exif\0").and_then(|rest| rest.get(1..)) {
        anatomy.exif = anatomy.exif.or(Some(exif));
    } else if let Some(xmp) = content.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0") {
        anatomy.xmp.get_or_insert(Cow::Borrowed(xmp));
    }
}

/// Photoshop's resources may run over several segments.
fn in_resources<'a>(segments: &[&'a [u8]]) -> Option<Cow<'a, [u8]>> {
    match segments {
        [] => None,
        [only] => iim::in_photoshop(only).map(Cow::Borrowed),
        many => iim::in_photoshop(&many.concat()).map(|records| Cow::Owned(records.to_vec())),
    }
}

/// The bytes ended before the picture did. Only an end marker may be missing.
fn cut(bytes: &[u8], height: Option<u32>) -> Result<(), Refusal> {
    let row = jpeg_rows::present(bytes);
    match (row, height) {
        (Some(row), Some(height)) if row >= height => Ok(()),
        (row, of) => Err(Refusal::Truncated { row, of }),
    }
}

/// Whether a JPEG carries Adobe's marker (Adobe Technical Note 5116), which means inverted ink.
pub(crate) fn is_adobe(bytes: &[u8]) -> bool {
    Parts::of(bytes).any(|part| matches!(part, Part::Segment(APP14, content) if content.starts_with(b"Adobe")))
}
