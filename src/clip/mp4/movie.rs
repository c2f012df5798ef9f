//! A whole movie: its boxes, its tracks, and which bytes are picture and sound. Entry point:
//! [`Movie::read`].

use std::ops::Range;

use super::super::{Container, Facts, Refusal};
use super::atoms::{Atom, be32, be64, children, first, top_level};
use super::edits;
use super::fragments::{self, Fragments};
use super::samples;
use super::scrub;
use super::track::{Track, time_head};

/// The most tracks, which are gone through for each fragment; the longest list of an editing suite is shorter.
pub(super) const MAX_TRACKS: usize = 500;

/// Encoders leave out a little by themselves, where frames and sound begin: no more than this, in seconds.
const LEAST_LEFT_OUT: f64 = 0.5;

/// A movie that browsers play, as places in its file.
#[derive(Debug)]
pub(in super::super) struct Movie {
    /// The boxes of the file itself.
    pub(super) top: Vec<Atom>,
    /// Where the boxes end; what follows is nobody's.
    pub(super) boxes_end: usize,
    /// The first box `moov`; there should be no other.
    pub(super) moov: Atom,
    pub(super) tracks: Vec<Track>,
    /// Where the samples of the tracks that stay are: in order, not touching each other.
    pub(super) kept: Vec<Range<usize>>,
    duration: Option<f64>,
    /// Seconds that an edit list leaves out, of the track of which it leaves out most.
    left_out: f64,
}

impl Movie {
    /// Reads all heads and tables, and no sample.
    pub(in super::super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let (top, boxes_end) = top_level(bytes)?;
        let moov = first(&top, b"moov").ok_or(Refusal::Unfinished)?;
        let parts = children(bytes, moov.inside())?;
        if first(&parts, b"cmov").is_some() {
            return Err(Refusal::VideoCodec { codec: "an old form of QuickTime".to_owned() });
        }
        let mut tracks = Vec::new();
        for trak in parts.iter().filter(|part| &part.kind == b"trak") {
            tracks.extend(Track::read(bytes, *trak)?);
            if tracks.len() > MAX_TRACKS {
                return Err(Refusal::damaged("it has hundreds of tracks"));
            }
        }
        playable(&tracks)?;

        let mut kept = Vec::new();
        for track in tracks.iter().filter(|track| track.stays) {
            samples::locate(bytes, track, &mut kept)?;
        }
        let fragments = fragments::read(bytes, &top, &parts, &tracks)?;
        let duration = duration(bytes, &parts, &fragments);
        kept.extend(fragments.kept);
        let kept = merged(kept);
        within_media(&top, &kept, bytes.len())?;
        let scale =
            first(&parts, b"mvhd").and_then(|mvhd| time_head(mvhd.content(bytes))).map_or(0, |(scale, _)| scale);
        let staying = tracks.iter().filter(|track| track.stays);
        let left_out = staying.filter_map(|track| edits::left_out(bytes, track, scale)).fold(0.0, f64::max);
        let movie = Self { top, boxes_end, moov, tracks, kept, duration, left_out };
        scrub::check(bytes, &movie)?;
        Ok(movie)
    }

    pub(in super::super) fn facts(&self, container: Container) -> Facts {
        let film = self.tracks.iter().find(|track| track.is_film());
        let size = film.and_then(|film| film.size);
        Facts {
            container,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            duration: self.duration,
            video_codec: film.map(|film| letters(film.codec)),
            has_audio: self.tracks.iter().any(|track| track.stays && &track.handler == b"soun"),
            left_out: (self.left_out > LEAST_LEFT_OUT).then_some(self.left_out),
        }
    }
}

/// Refuses a movie whose film, or all of whose sound, browsers do not play.
fn playable(tracks: &[Track]) -> Result<(), Refusal> {
    let film = tracks.iter().find(|track| track.is_film()).ok_or(Refusal::NoPicture)?;
    if !film.stays {
        return Err(Refusal::VideoCodec { codec: codec_name(film.codec) });
    }
    let mut sounds = tracks.iter().filter(|track| &track.handler == b"soun").peekable();
    match sounds.peek().map(|first| first.codec) {
        Some(codec) if !sounds.any(|sound| sound.stays) => Err(Refusal::SoundCodec { codec: codec_name(codec) }),
        _ => Ok(()),
    }
}

/// What people call a codec.
fn codec_name(codec: [u8; 4]) -> String {
    match &codec {
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" | b"aprn" | b"aprh" => "ProRes".to_owned(),
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => "HEVC (H.265)".to_owned(),
        b"AVdn" | b"AVdh" => "DNxHD".to_owned(),
        b"m2v1" | b"mx5n" | b"mx5p" | b"mpg2" | b"xdvd" => "MPEG-2".to_owned(),
        b"xd5b" | b"xd5c" | b"xdv6" | b"xdv7" | b"xdhd" => "XDCAM (MPEG-2)".to_owned(),
        b"mp4v" => "MPEG-4 (before H.264)".to_owned(),
        b"dvc " | b"dvcp" | b"dv5n" | b"dv5p" | b"dvh5" | b"dvh6" => "DV".to_owned(),
        b"CFHD" => "CineForm".to_owned(),
        b"encv" | b"enca" | b"drmi" | b"drms" => "a copy-protected form".to_owned(),
        b"sowt" | b"twos" | b"lpcm" | b"in24" | b"in32" | b"fl32" | b"raw " | b"ipcm" => "PCM".to_owned(),
        b"alac" => "Apple Lossless".to_owned(),
        b"ac-3" | b"ec-3" => "Dolby Digital".to_owned(),
        _ => format!("the format “{}”", letters(codec)),
    }
}

fn letters(codec: [u8; 4]) -> String {
    codec.iter().map(|&byte| if byte.is_ascii_graphic() { char::from(byte) } else { ' ' }).collect()
}

/// Seconds: from the movie's head, or what the fragments say.
fn duration(bytes: &[u8], moov: &[Atom], fragments: &Fragments) -> Option<f64> {
    let (scale, length) = time_head(first(moov, b"mvhd")?.content(bytes))?;
    if scale == 0 {
        return None;
    }
    let promised = || {
        let extends = children(bytes, first(moov, b"mvex")?.inside()).ok()?;
        let mehd = first(&extends, b"mehd")?.content(bytes);
        let length = if mehd.first()? == &1 { be64(mehd, 4)? } else { u64::from(be32(mehd, 4)?) };
        Some(length).filter(|&length| length > 0)
    };
    let seconds = |length| length as f64 / f64::from(scale);
    if fragments.longest > 0.0 {
        return Some(fragments.longest.max(length.map_or(0.0, seconds)));
    }
    length.or_else(promised).map(seconds)
}

/// Ranges in order, those that touch or overlap made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// Refuses samples that are not there, or not in a box for samples. Both lists are in order.
fn within_media(top: &[Atom], kept: &[Range<usize>], length: usize) -> Result<(), Refusal> {
    if kept.is_empty() {
        return Err(Refusal::Unfinished);
    }
    if kept.last().is_some_and(|last| last.end > length) {
        return Err(Refusal::Truncated);
    }
    let mut media = top.iter().filter(|atom| &atom.kind == b"mdat").peekable();
    for range in kept {
        while media.next_if(|mdat| mdat.end < range.end).is_some() {}
        if !media.peek().is_some_and(|mdat| mdat.body <= range.start && range.end <= mdat.end) {
            return Err(Refusal::damaged("its index points to where no film is"));
        }
    }
    Ok(())
}
