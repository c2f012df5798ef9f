//! GIF (89a): a walk over its blocks. Only the first frame must be whole.

use super::bytes::le16;
use super::{Anatomy, Limits, Refusal};

pub(super) fn dissect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Anatomy<'a>, Refusal> {
    let mut anatomy = Anatomy::default();
    let (Some(width), Some(height), Some(&flags)) = (le16(bytes, 6), le16(bytes, 8), bytes.get(10)) else {
        return Err(Refusal::Truncated { row: None, of: None });
    };
    anatomy.set_size(u32::from(width), u32::from(height), limits)?;
    let frames = frames(bytes, 13 + palette(flags), &mut anatomy.has_alpha);
    if frames == 0 {
        return Err(Refusal::Truncated { row: None, of: Some(anatomy.height) });
    }
    anatomy.animated = frames > 1;
    Ok(anatomy)
}

/// Counts whole frames; two are enough to know that it moves.
fn frames(bytes: &[u8], mut at: usize, has_alpha: &mut bool) -> u32 {
    let mut frames = 0;
    while frames < 2 {
        let next = match bytes.get(at) {
            Some(0x21) => {
                // A graphic control extension may name a transparent colour.
                if let Some(&[0xF9, 4, flags]) = bytes.get(at + 1..at + 4) {
                    *has_alpha |= flags & 1 != 0;
                }
                blocks(bytes, at + 2)
            }
            Some(0x2C) => {
                let next = bytes.get(at + 9).and_then(|&flags| blocks(bytes, at + 11 + palette(flags)));
                frames += u32::from(next.is_some());
                next
            }
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    frames
}

/// Bytes of the colour table that flags announce.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where a run of sub-blocks ends.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
