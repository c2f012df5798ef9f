//! Boxes ("atoms"): a length, four letters, a body. Entry points: [`children`], [`top_level`].
//! Nothing here recurses and no length is believed before it was compared with what is there.

use std::ops::Range;

use super::super::Refusal;

/// One box, as places in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Atom {
    pub kind: [u8; 4],
    /// Where its length stands.
    pub start: usize,
    /// Where its content begins.
    pub body: usize,
    /// The place after its last byte.
    pub end: usize,
}

impl Atom {
    pub(super) fn content<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(self.body..self.end).unwrap_or_default()
    }

    pub(super) fn inside(&self) -> Range<usize> {
        self.body..self.end
    }
}

/// How a box's length disagrees with the room that it has.
enum Misfit {
    /// Shorter than its own head.
    TooShort,
    /// Longer than what is left.
    TooLong([u8; 4]),
}

/// The box at `at`, within `end`. The caller has seen that eight bytes are there.
fn atom(bytes: &[u8], at: usize, end: usize) -> Result<Atom, Misfit> {
    let length = be32(bytes, at).ok_or(Misfit::TooShort)?;
    let kind = array(bytes, at + 4).ok_or(Misfit::TooShort)?;
    let room = end - at;
    let (head, length) = match length {
        0 => (8, room),
        1 if room < 16 => return Err(Misfit::TooLong(kind)),
        1 => {
            let long = be64(bytes, at + 8).ok_or(Misfit::TooShort)?;
            (16, usize::try_from(long).unwrap_or(usize::MAX))
        }
        length => (8, length as usize),
    };
    if length < head {
        return Err(Misfit::TooShort);
    }
    if length > room {
        return Err(Misfit::TooLong(kind));
    }
    Ok(Atom { kind, start: at, body: at + head, end: at + length })
}

/// The boxes in `range`. Fewer than eight bytes at its end are no box, and a length of zero, with
/// which QuickTime closes a list, ends it: only a box of the file itself may be open-ended.
pub(super) fn children(bytes: &[u8], range: Range<usize>) -> Result<Vec<Atom>, Refusal> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end && range.end - at >= 8 && be32(bytes, at) != Some(0) {
        let next = atom(bytes, at, range.end)
            .map_err(|_| Refusal::damaged("the parts of its index do not fit into each other"))?;
        at = next.end;
        found.push(next);
    }
    Ok(found)
}

/// The first box of `kind` among `atoms`.
pub(super) fn first(atoms: &[Atom], kind: &[u8; 4]) -> Option<Atom> {
    atoms.iter().find(|atom| atom.kind == *kind).copied()
}

/// The boxes of the file itself, and the place from which on it holds something else: cameras
/// and editors leave things behind the last box.
pub(super) fn top_level(bytes: &[u8]) -> Result<(Vec<Atom>, usize), Refusal> {
    let mut found: Vec<Atom> = Vec::new();
    let mut at = 0;
    while bytes.len() - at >= 8 {
        match atom(bytes, at, bytes.len()) {
            Ok(next) => {
                at = next.end;
                found.push(next);
            }
            Err(Misfit::TooLong(kind)) if is_name(kind) => return Err(Refusal::Truncated),
            Err(_) => break,
        }
    }
    Ok((found, at))
}

/// Whether four bytes look like a box's name: what follows the last box may be anything.
fn is_name(kind: [u8; 4]) -> bool {
    kind.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ' || *byte == 0xA9)
}

pub(super) fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_be_bytes)
}
