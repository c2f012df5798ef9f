//! One track: what it carries, its size and length, and whether browsers play it. Entry point:
//! [`Track::read`].

use std::ops::Range;

use super::super::Refusal;
use super::atoms::{Atom, array, be16, be32, be64, children, first};

/// Codecs of pictures that all current browsers play.
const PICTURES: [&[u8; 4]; 5] = [b"avc1", b"avc3", b"av01", b"vp08", b"vp09"];
/// Codecs of sound that all current browsers play.
const SOUNDS: [&[u8; 4]; 4] = [b"mp4a", b".mp3", b"Opus", b"fLaC"];

/// A track of a movie.
#[derive(Debug)]
pub(super) struct Track {
    pub id: u32,
    /// The box `trak` itself.
    pub atom: Atom,
    /// `vide`, `soun`, or what else it is for.
    pub handler: [u8; 4],
    /// How its samples are coded, by the first sample entry.
    pub codec: [u8; 4],
    /// Upright, in pixels.
    pub size: Option<(u32, u32)>,
    /// Units a second.
    pub timescale: u32,
    /// The box `stbl`, which says where the samples are.
    pub samples: Atom,
    /// Whether it stays in the file that goes out: picture and sound that browsers play.
    /// Everything else is data: places, time codes, chapters, texts.
    pub stays: bool,
}

impl Track {
    /// `None` for a track that has no samples described at all.
    pub(super) fn read(bytes: &[u8], atom: Atom) -> Result<Option<Self>, Refusal> {
        let parts = children(bytes, atom.inside())?;
        let (Some(tkhd), Some(mdia)) = (first(&parts, b"tkhd"), first(&parts, b"mdia")) else {
            return Ok(None);
        };
        let media = children(bytes, mdia.inside())?;
        let (Some(mdhd), Some(hdlr), Some(minf)) =
            (first(&media, b"mdhd"), first(&media, b"hdlr"), first(&media, b"minf"))
        else {
            return Ok(None);
        };
        let information = children(bytes, minf.inside())?;
        let Some(samples) = first(&information, b"stbl") else { return Ok(None) };
        let tables = children(bytes, samples.inside())?;
        let Some(stsd) = first(&tables, b"stsd") else { return Ok(None) };

        let handler = array(hdlr.content(bytes), 8).unwrap_or_default();
        let entries = sample_entries(bytes, stsd)?;
        let codec = entries.first().map(|entry| entry.kind).unwrap_or_default();
        let playable = match &handler {
            b"vide" => all_in(&entries, &PICTURES),
            b"soun" => all_in(&entries, &SOUNDS) && !in_raw_units(bytes, &tables),
            _ => false,
        };
        if playable {
            for entry in &entries {
                children(bytes, extensions(bytes, stsd, entry, &handler))?;
            }
        }
        let (id, shown) = head(tkhd.content(bytes)).unwrap_or_default();
        let size = shown.or_else(|| coded_size(bytes, entries.first()?));
        Ok(Some(Self {
            id,
            atom,
            handler,
            codec,
            size: size.filter(|_| &handler == b"vide"),
            timescale: time_head(mdhd.content(bytes)).map_or(0, |(scale, _)| scale),
            samples,
            stays: playable,
        }))
    }

    /// Whether it is the film, rather than a cover picture or pictures of chapters.
    pub(super) fn is_film(&self) -> bool {
        &self.handler == b"vide" && !matches!(&self.codec, b"jpeg" | b"png " | b"mjpa" | b"mjpb")
    }
}

fn all_in(entries: &[Atom], codecs: &[&[u8; 4]]) -> bool {
    !entries.is_empty() && entries.iter().all(|entry| codecs.iter().any(|codec| entry.kind == **codec))
}

/// Old QuickTime counts sound in units of one byte, whatever their real size.
fn in_raw_units(bytes: &[u8], tables: &[Atom]) -> bool {
    first(tables, b"stsz").and_then(|stsz| be32(stsz.content(bytes), 4)) == Some(1)
}

/// The entries of `stsd`, one for each way in which samples are coded.
pub(super) fn sample_entries(bytes: &[u8], stsd: Atom) -> Result<Vec<Atom>, Refusal> {
    children(bytes, stsd.end.min(stsd.body + 8)..stsd.end)
}

/// Where the boxes within a sample entry stand.
pub(super) fn extensions(bytes: &[u8], stsd: Atom, entry: &Atom, handler: &[u8; 4]) -> Range<usize> {
    let content = entry.content(bytes);
    let fixed = if handler == b"vide" {
        78
    } else {
        // QuickTime's longer sound heads; in ISO files, where `stsd` has version 1, they have
        // the length of version 0.
        match (stsd.content(bytes).first(), be16(content, 8)) {
            (Some(0), Some(1)) => 44,
            (Some(0), Some(2)) => 64,
            _ => 28,
        }
    };
    entry.end.min(entry.body + fixed)..entry.end
}

/// The track's number, and its shown size in upright pixels if it has one.
fn head(tkhd: &[u8]) -> Option<(u32, Option<(u32, u32)>)> {
    let times = if tkhd.first()? == &1 { 32 } else { 20 };
    let id = be32(tkhd, if tkhd.first()? == &1 { 20 } else { 12 })?;
    let matrix = 4 + times + 16;
    let (a, b) = (be32(tkhd, matrix)?, be32(tkhd, matrix + 4)?);
    // Sizes are 16.16 fixed point.
    let pixels = |at| be32(tkhd, at).map(|fixed| (fixed >> 16) + ((fixed >> 15) & 1));
    let (width, height) = (pixels(matrix + 36)?, pixels(matrix + 40)?);
    let size = (width > 0 && height > 0).then_some((width, height));
    // A quarter turn takes the horizontal wholly into the vertical.
    let turned = a == 0 && b != 0;
    Some((id, size.map(|(width, height)| if turned { (height, width) } else { (width, height) })))
}

fn coded_size(bytes: &[u8], entry: &Atom) -> Option<(u32, u32)> {
    let content = entry.content(bytes);
    let (width, height) = (be16(content, 24)?, be16(content, 26)?);
    (width > 0 && height > 0).then_some((u32::from(width), u32::from(height)))
}

/// Units a second and length in units, from `mvhd` or `mdhd`, which begin alike. A length of
/// zero or all ones is unknown.
pub(super) fn time_head(content: &[u8]) -> Option<(u32, Option<u64>)> {
    let (scale, length, unknown) = if content.first()? == &1 {
        (be32(content, 20)?, be64(content, 24)?, u64::MAX)
    } else {
        (be32(content, 12)?, u64::from(be32(content, 16)?), u64::from(u32::MAX))
    };
    Some((scale, Some(length).filter(|&length| length > 0 && length != unknown)))
}
