//! Movies in pieces (ISO/IEC 14496-12, 8.8), as recorders and streaming tools write them. Entry
//! point: [`read`].

use std::ops::Range;

use super::super::Refusal;
use super::atoms::{Atom, be32, be64, children, first};
use super::movie::MAX_TRACKS;
use super::track::Track;

/// What all fragments together say.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    /// Where the samples of tracks that stay are.
    pub kept: Vec<Range<usize>>,
    /// The length of the longest of those tracks, in seconds.
    pub longest: f64,
}

/// What a sample is where its run does not say.
#[derive(Debug, Clone, Copy, Default)]
struct Defaults {
    duration: u32,
    size: u32,
}

/// Reads all boxes `moof` among `top`.
pub(super) fn read(bytes: &[u8], top: &[Atom], moov: &[Atom], tracks: &[Track]) -> Result<Fragments, Refusal> {
    let extends = match first(moov, b"mvex") {
        Some(mvex) => children(bytes, mvex.inside())?,
        None => return Ok(Fragments::default()),
    };
    if extends.len() > 2 * MAX_TRACKS {
        return Err(Refusal::damaged("it has hundreds of tracks"));
    }
    let mut units = vec![0u64; tracks.len()];
    let mut out = Fragments::default();
    for moof in top.iter().filter(|atom| &atom.kind == b"moof") {
        // The first track's samples count from the fragment, the next from where those end.
        let mut base = moof.start;
        for traf in children(bytes, moof.inside())?.iter().filter(|part| &part.kind == b"traf") {
            let parts = children(bytes, traf.inside())?;
            let Some(header) =
                first(&parts, b"tfhd").and_then(|tfhd| Header::read(tfhd.content(bytes), &extends, bytes))
            else {
                return Err(Refusal::damaged("a piece of it belongs to no track"));
            };
            let track = tracks.iter().position(|track| track.id == header.track);
            let stays = track.is_some_and(|track| tracks[track].stays);
            let origin = header.base.unwrap_or(if header.from_moof { moof.start } else { base });
            base = origin;
            for trun in parts.iter().filter(|part| &part.kind == b"trun") {
                let run = Run::read(trun.content(bytes), header.defaults)
                    .ok_or_else(|| Refusal::damaged("its index is incomplete"))?;
                let start = match run.offset {
                    Some(offset) => origin.checked_add_signed(offset as isize).unwrap_or(usize::MAX),
                    None => base,
                };
                base = start.saturating_add(run.length);
                if let Some(track) = track.filter(|_| stays) {
                    units[track] = units[track].saturating_add(run.units);
                    out.kept.push(start..base);
                }
            }
        }
    }
    for (track, units) in tracks.iter().zip(units).filter(|(track, _)| track.timescale > 0) {
        out.longest = out.longest.max(units as f64 / f64::from(track.timescale));
    }
    Ok(out)
}

/// The head of one track's part in a fragment.
struct Header {
    track: u32,
    base: Option<usize>,
    from_moof: bool,
    defaults: Defaults,
}

impl Header {
    fn read(tfhd: &[u8], extends: &[Atom], bytes: &[u8]) -> Option<Self> {
        let flags = be32(tfhd, 0)?;
        let track = be32(tfhd, 4)?;
        let mut at = 8;
        let mut base = None;
        if flags & 0x1 != 0 {
            base = Some(usize::try_from(be64(tfhd, at)?).unwrap_or(usize::MAX));
            at += 8;
        }
        if flags & 0x2 != 0 {
            at += 4;
        }
        let trex = extends.iter().filter(|atom| &atom.kind == b"trex").map(|atom| atom.content(bytes));
        let mut defaults = trex
            .filter(|trex| be32(trex, 4) == Some(track))
            .find_map(|trex| Some(Defaults { duration: be32(trex, 12)?, size: be32(trex, 16)? }))
            .unwrap_or_default();
        if flags & 0x8 != 0 {
            defaults.duration = be32(tfhd, at)?;
            at += 4;
        }
        if flags & 0x10 != 0 {
            defaults.size = be32(tfhd, at)?;
        }
        Some(Self { track, base, from_moof: flags & 0x2_0000 != 0, defaults })
    }
}

/// A run of samples that stand one after the other.
struct Run {
    /// From the fragment's origin; else behind the run before.
    offset: Option<i32>,
    /// In bytes.
    length: usize,
    /// How long it lasts, in the track's units.
    units: u64,
}

impl Run {
    fn read(trun: &[u8], defaults: Defaults) -> Option<Self> {
        let flags = be32(trun, 0)?;
        let count = be32(trun, 4)? as usize;
        let mut at = 8;
        let mut offset = None;
        if flags & 0x1 != 0 {
            offset = Some(be32(trun, at)? as i32);
            at += 4;
        }
        if flags & 0x4 != 0 {
            at += 4;
        }
        let (has_duration, has_size) = (flags & 0x100 != 0, flags & 0x200 != 0);
        let width = 4 * [0x100, 0x200, 0x400, 0x800].iter().filter(|&&bit| flags & bit != 0).count();
        let table = trun.get(at..)?;
        if width > 0 && table.len() / width < count {
            return None;
        }
        let column = |index: usize, default: u32, there: bool| -> u64 {
            if there {
                let sum = |sample| u64::from(be32(table, sample * width + index).unwrap_or_default());
                (0..count).map(sum).fold(0, u64::saturating_add)
            } else {
                u64::from(default).saturating_mul(count as u64)
            }
        };
        let units = column(0, defaults.duration, has_duration);
        let length = column(if has_duration { 4 } else { 0 }, defaults.size, has_size);
        Some(Self { offset, length: usize::try_from(length).unwrap_or(usize::MAX), units })
    }
}
