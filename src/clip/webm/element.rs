//! EBML elements: an id, a length, a body (RFC 8794, section 4 to 6). Entry point: [`children`].

use std::ops::Range;

use super::super::Refusal;
use super::id;

/// One element, as places in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    pub id: u32,
    pub start: usize,
    pub body: usize,
    pub end: usize,
}

impl Element {
    pub(super) fn content<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(self.body..self.end).unwrap_or_default()
    }

    pub(super) fn inside(&self) -> Range<usize> {
        self.body..self.end
    }

    /// Its content as an unsigned number.
    pub(super) fn number(&self, bytes: &[u8]) -> Option<u64> {
        let content = self.content(bytes);
        (content.len() <= 8).then(|| content.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
    }

    /// Its content as a floating-point number of 4 or 8 bytes.
    pub(super) fn float(&self, bytes: &[u8]) -> Option<f64> {
        let content = self.content(bytes);
        let short = || Some(f64::from(f32::from_be_bytes(content.try_into().ok()?)));
        let long = || Some(f64::from_be_bytes(content.try_into().ok()?));
        short().or_else(long).filter(|value| value.is_finite())
    }
}

/// The elements in `range`. One that is longer than its room means a file that was cut off.
pub(super) fn children(bytes: &[u8], range: Range<usize>) -> Result<Vec<Element>, Refusal> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let element = element(bytes, at, range.end)?;
        at = element.end;
        found.push(element);
    }
    Ok(found)
}

/// The first element of `id` among `elements`.
pub(super) fn first(elements: &[Element], id: u32) -> Option<Element> {
    elements.iter().find(|element| element.id == id).copied()
}

/// The element at `at`, within `end`.
pub(super) fn element(bytes: &[u8], at: usize, end: usize) -> Result<Element, Refusal> {
    let bytes = bytes.get(..end).unwrap_or(bytes);
    let (id, body) = element_id(bytes, at)?;
    let (length, body) = vint(bytes, body)?;
    let end = match length {
        Some(length) => usize::try_from(length)
            .ok()
            .and_then(|length| body.checked_add(length))
            .filter(|&ends| ends <= end)
            .ok_or(Refusal::Truncated)?,
        None if id == id::SEGMENT => end,
        None if id == id::CLUSTER => open_end(bytes, body)?,
        None => return Err(Refusal::damaged("a part of it has no length")),
    };
    Ok(Element { id, start: at, body, end })
}

/// Where a cluster of unknown length ends: before the next element of the segment.
fn open_end(bytes: &[u8], mut at: usize) -> Result<usize, Refusal> {
    while at < bytes.len() {
        let (id, body) = element_id(bytes, at)?;
        if id::OF_SEGMENT.contains(&id) {
            break;
        }
        let (length, body) = vint(bytes, body)?;
        let end = length.and_then(|length| body.checked_add(usize::try_from(length).ok()?));
        at = end.filter(|&end| end <= bytes.len()).ok_or(Refusal::Truncated)?;
    }
    Ok(at)
}

/// An id of one to four bytes, its marker included, and the place after it.
fn element_id(bytes: &[u8], at: usize) -> Result<(u32, usize), Refusal> {
    let lead = *bytes.get(at).ok_or(Refusal::Truncated)?;
    let length = lead.leading_zeros() as usize + 1;
    if length > 4 {
        return Err(Refusal::damaged("its parts do not follow each other"));
    }
    let digits = bytes.get(at..at + length).ok_or(Refusal::Truncated)?;
    Ok((digits.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)), at + length))
}

/// A number of one to eight bytes and the place after it; `None` if it is "unknown".
pub(super) fn vint(bytes: &[u8], at: usize) -> Result<(Option<u64>, usize), Refusal> {
    let lead = *bytes.get(at).ok_or(Refusal::Truncated)?;
    let length = lead.leading_zeros() as usize + 1;
    if length > 8 {
        return Err(Refusal::damaged("its parts do not follow each other"));
    }
    let digits = bytes.get(at..at + length).ok_or(Refusal::Truncated)?;
    let all = digits.iter().fold(0u64, |sum, &byte| sum << 8 | u64::from(byte));
    let unknown = (1u64 << (7 * length)) - 1;
    let value = all & unknown;
    Ok(((value != unknown).then_some(value), at + length))
}
