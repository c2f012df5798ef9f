//! The same film with nothing but what playing needs. Entry point: [`scrub`].
//!
//! It works by allow-list: an element that is not known to be needed becomes `Void`, as long as
//! before, and so do the blocks of tracks that do not stay.

use super::super::Refusal;
use super::element::{Element, children, first, vint};
use super::film::Film;
use super::id;

/// A cleaned copy of `bytes`, of which `film` was read.
pub(in super::super) fn scrub(bytes: &[u8], film: &Film) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let segment = film.segment;
    let head_end = children(bytes, 0..segment.start).ok().and_then(|parts| Some(parts.first()?.end));
    void(&mut out, head_end.unwrap_or(segment.start), segment.start);
    inside(bytes, &mut out, film, &segment);
    void(&mut out, segment.end, bytes.len());
    out
}

/// Refuses a film with something in it that could not be cleaned part by part.
pub(super) fn check(bytes: &[u8], film: &Film) -> Result<(), Refusal> {
    let mut parents = vec![film.segment];
    while let Some(parent) = parents.pop() {
        let Some(legal) = id::allowed(parent.id) else { continue };
        let parts = children(bytes, parent.inside())?;
        parents.extend(parts.into_iter().filter(|part| legal.contains(&part.id) && wanted(bytes, film, part)));
    }
    Ok(())
}

/// Cleans what is within `parent`. The table of [`id::allowed`] is at most four deep.
fn inside(bytes: &[u8], out: &mut [u8], film: &Film, parent: &Element) {
    let Some(legal) = id::allowed(parent.id) else { return };
    let Ok(parts) = children(bytes, parent.inside()) else {
        void(out, parent.start, parent.end);
        return;
    };
    for part in &parts {
        if !legal.contains(&part.id) || !wanted(bytes, film, part) {
            void(out, part.start, part.end);
            continue;
        }
        match part.id {
            // Both have to be there. A string of zeros is an empty one (RFC 8794, 7.4).
            id::MUXING_APP | id::WRITING_APP => out[part.inside()].fill(0),
            id::CODEC_PRIVATE => comments(out, part),
            _ => inside(bytes, out, film, part),
        }
    }
}

/// Whether an element that may stay belongs to something that does.
fn wanted(bytes: &[u8], film: &Film, part: &Element) -> bool {
    let stays = |number: Option<u64>| number.is_some_and(|number| film.stay.contains(&number));
    let block_track = |block: &Element| vint(bytes, block.body).ok().and_then(|(number, _)| number);
    let parts = || children(bytes, part.inside()).unwrap_or_default();
    match part.id {
        id::SEEK => first(&parts(), id::SEEK_ID)
            .and_then(|seek| seek.number(bytes))
            .and_then(|target| u32::try_from(target).ok())
            .is_some_and(|target| id::allowed(id::SEGMENT).is_some_and(|legal| legal.contains(&target))),
        id::TRACK_ENTRY => stays(first(&parts(), id::TRACK_NUMBER).and_then(|part| part.number(bytes))),
        id::SIMPLE_BLOCK => stays(block_track(part)),
        id::BLOCK_GROUP => stays(first(&parts(), id::BLOCK).as_ref().and_then(block_track)),
        _ => true,
    }
}

/// Blanks the comments that Vorbis carries in its second head (Vorbis I, section 5): a maker's
/// name, then `NAME=text` entries, each behind its length.
fn comments(out: &mut [u8], private: &Element) {
    const HEAD: &[u8] = b"\x03vorbis";
    let content = &mut out[private.inside()];
    let Some(found) = content.windows(HEAD.len()).position(|window| window == HEAD) else { return };
    let mut at = found + HEAD.len();
    let length_at = |content: &[u8], at: usize| {
        content.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes).map(|length| length as usize)
    };
    let mut left = 1;
    let mut maker = true;
    while left > 0 {
        let Some(length) = length_at(content, at) else { return };
        let Some(text) = (at + 4).checked_add(length).and_then(|end| content.get_mut(at + 4..end)) else {
            return;
        };
        text.fill(b' ');
        at += 4 + length;
        left -= 1;
        if maker {
            let Some(count) = length_at(content, at) else { return };
            (left, maker) = (count, false);
            at += 4;
        }
    }
}

/// Makes the place a `Void` element of the same length. No element is shorter than two bytes.
fn void(out: &mut [u8], start: usize, end: usize) {
    let place = &mut out[start..end];
    place.fill(0);
    let length = place.len();
    if length >= 2 {
        place[0] = id::VOID as u8;
    }
    match length {
        0 | 1 => {}
        // A length in one byte holds up to 126.
        2..=128 => place[1] = 0x80 | (length - 2) as u8,
        _ => {
            place[1..9].copy_from_slice(&((length - 9) as u64).to_be_bytes());
            place[1] = 0x01;
        }
    }
}
