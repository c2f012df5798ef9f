//! The same movie with nothing but what playing needs. Entry point: [`scrub`].
//!
//! It works by allow-list: a box that is not known to be needed becomes `free`, filled with
//! zeros and as long as before, and bytes of `mdat` that belong to no track that stays become
//! zeros. So no place in the file moves, and nothing has to be counted anew.

use std::ops::Range;

use super::super::Refusal;
use super::atoms::{Atom, be32, children, first};
use super::movie::Movie;
use super::track::{Track, extensions, sample_entries};

/// The boxes that may stay within a box; `None` for one that has none within.
fn allowed(kind: &[u8; 4]) -> Option<&'static [&'static [u8; 4]]> {
    Some(match kind {
        b"moov" => &[b"mvhd", b"trak", b"mvex"],
        b"trak" => &[b"tkhd", b"edts", b"mdia", b"tapt"],
        b"edts" => &[b"elst"],
        b"tapt" => &[b"clef", b"prof", b"enof"],
        b"mdia" => &[b"mdhd", b"hdlr", b"minf", b"elng"],
        b"minf" => &[b"vmhd", b"smhd", b"nmhd", b"hdlr", b"dinf", b"stbl"],
        b"dinf" => &[b"dref"],
        b"stbl" => &[
            b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"stsh", b"stdp",
            b"sdtp", b"sbgp", b"sgpd", b"subs",
        ],
        b"mvex" => &[b"mehd", b"trex"],
        b"moof" => &[b"mfhd", b"traf"],
        b"traf" => &[b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"subs"],
        b"mfra" => &[b"tfra", b"mfro"],
        _ => return None,
    })
}

/// What may stay within a sample entry: how it is coded, its colours and its shape.
const CODING: [&[u8; 4]; 28] = [
    b"avcC", b"av1C", b"vpcC", b"esds", b"dOps", b"dfLa", b"colr", b"pasp", b"btrt", b"fiel", b"clap", b"gama",
    b"mdcv", b"clli", b"SmDm", b"CoLL", b"amve", b"ccst", b"dvcC", b"dvvC", b"dvwC", b"st3d", b"vexu", b"wave",
    b"frma", b"chan", b"chnl", b"srat",
];

/// A cleaned copy of `bytes`, of which `movie` was read.
pub(in super::super) fn scrub(bytes: &[u8], movie: &Movie) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for atom in &movie.top {
        match &atom.kind {
            b"ftyp" | b"styp" | b"sidx" | b"ssix" | b"pdin" => {}
            b"moov" if *atom == movie.moov => inside(bytes, &mut out, movie, atom),
            b"moof" | b"mfra" => inside(bytes, &mut out, movie, atom),
            b"mdat" => media(&mut out, movie, atom),
            _ => blank(&mut out, atom),
        }
    }
    let rest = bytes.len() - movie.boxes_end;
    out[movie.boxes_end..].fill(0);
    if let (8.., Ok(length)) = (rest, u32::try_from(rest)) {
        out[movie.boxes_end..][..4].copy_from_slice(&length.to_be_bytes());
        out[movie.boxes_end + 4..][..4].copy_from_slice(b"free");
    }
    out
}

/// Refuses a movie with something in it that could not be cleaned part by part.
pub(super) fn check(bytes: &[u8], movie: &Movie) -> Result<(), Refusal> {
    let mut parents = vec![movie.moov];
    parents.extend(movie.top.iter().filter(|atom| matches!(&atom.kind, b"moof" | b"mfra")));
    while let Some(parent) = parents.pop() {
        let Some(legal) = allowed(&parent.kind) else { continue };
        let parts = children(bytes, parent.inside())?;
        let stays = |part: &Atom| legal.contains(&&part.kind) && !belongs_to_none(bytes, movie, part);
        parents.extend(parts.into_iter().filter(stays));
    }
    Ok(())
}

/// Cleans what is within `parent`. The table of [`allowed`] is at most six deep.
fn inside(bytes: &[u8], out: &mut [u8], movie: &Movie, parent: &Atom) {
    let Some(legal) = allowed(&parent.kind) else { return };
    let Ok(parts) = children(bytes, parent.inside()) else {
        out[parent.inside()].fill(0);
        return;
    };
    for part in &parts {
        if !legal.contains(&&part.kind) || belongs_to_none(bytes, movie, part) {
            blank(out, part);
            continue;
        }
        match &part.kind {
            b"mvhd" | b"tkhd" | b"mdhd" => times(bytes, out, part),
            // Name and maker of the software; what comes before is the kind of the track.
            b"hdlr" => fill(out, part, 12..usize::MAX),
            b"dref" => references(bytes, out, part),
            b"stsd" => entries(bytes, out, movie, part),
            _ => inside(bytes, out, movie, part),
        }
    }
    let end = parts.last().map_or(parent.body, |last| last.end);
    out[end..parent.end].fill(0);
}

/// Whether a track, or a piece of one, is of a track that does not stay.
fn belongs_to_none(bytes: &[u8], movie: &Movie, part: &Atom) -> bool {
    let stays = |track: &Track| track.stays;
    match &part.kind {
        b"trak" => !movie.tracks.iter().any(|track| track.atom == *part && stays(track)),
        b"traf" => {
            let parts = children(bytes, part.inside()).unwrap_or_default();
            let id = first(&parts, b"tfhd").and_then(|tfhd| be32(tfhd.content(bytes), 4));
            !movie.tracks.iter().any(|track| Some(track.id) == id && stays(track))
        }
        _ => false,
    }
}

/// Zeros where no track that stays has a sample.
fn media(out: &mut [u8], movie: &Movie, mdat: &Atom) {
    let first = movie.kept.partition_point(|range| range.end <= mdat.body);
    let mut at = mdat.body;
    for range in movie.kept[first..].iter().take_while(|range| range.start < mdat.end) {
        out[at..range.start].fill(0);
        at = range.end;
    }
    out[at..mdat.end].fill(0);
}

/// The times of making and changing, which follow version and flags.
fn times(bytes: &[u8], out: &mut [u8], head: &Atom) {
    let length = if head.content(bytes).first() == Some(&1) { 16 } else { 8 };
    fill(out, head, 4..4 + length);
}

/// Where the media is: in this file, which takes no further word. QuickTime leaves the path of
/// the editor's disk here.
fn references(bytes: &[u8], out: &mut [u8], dref: &Atom) {
    match children(bytes, dref.end.min(dref.body + 8)..dref.end) {
        Ok(parts) => parts.iter().for_each(|part| fill(out, part, 4..usize::MAX)),
        Err(_) => fill(out, dref, 8..usize::MAX),
    }
}

/// The ways of coding, without the names of those who coded.
fn entries(bytes: &[u8], out: &mut [u8], movie: &Movie, stsd: &Atom) {
    let track = movie.tracks.iter().find(|track| track.atom.start < stsd.start && stsd.end <= track.atom.end);
    let Some(track) = track else { return };
    for entry in sample_entries(bytes, *stsd).unwrap_or_default() {
        fill(out, &entry, 12..16);
        if &track.handler == b"vide" {
            fill(out, &entry, 42..74);
        }
        let range = extensions(bytes, *stsd, &entry, &track.handler);
        for part in children(bytes, range).unwrap_or_default() {
            if !CODING.contains(&&part.kind) {
                blank(out, &part);
            }
        }
    }
}

/// Makes the box `free`, its content zeros. Its length stays as it was written.
fn blank(out: &mut [u8], atom: &Atom) {
    out[atom.start + 4..atom.start + 8].copy_from_slice(b"free");
    out[atom.inside()].fill(0);
}

/// Zeros in a part of the box's content, as far as there is any.
fn fill(out: &mut [u8], atom: &Atom, part: Range<usize>) {
    let length = atom.end - atom.body;
    out[atom.inside()][part.start.min(length)..part.end.min(length)].fill(0);
}
