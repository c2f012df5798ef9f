//! Image file directories: the tables of tags in TIFF files and in EXIF blocks
//! (TIFF 6.0, section 2; EXIF 2.32, 4.6.2). Knows no tag's meaning.

use super::bytes::{be16, be32, le16, le32, slice};
use super::charset;

/// No sound directory has more; a larger count is damage.
const MAX_ENTRIES: usize = 1024;

/// A TIFF structure with its byte order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Structure<'a> {
    bytes: &'a [u8],
    little: bool,
}

/// One directory: its entries, and where the next one is.
#[derive(Debug, Clone)]
pub(super) struct Directory<'a> {
    structure: Structure<'a>,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    tag: u16,
    kind: u16,
    count: usize,
    /// Where the value is, counted from the start of the structure.
    at: usize,
}

impl<'a> Structure<'a> {
    /// Opens a structure at its byte-order mark.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            [b'I', b'I', 42, 0] => Some(Self { bytes, little: true }),
            [b'M', b'M', 0, 42] => Some(Self { bytes, little: false }),
            _ => None,
        }
    }

    /// The first directory.
    pub(super) fn first(self) -> Option<Directory<'a>> {
        self.directory(self.u32(4)? as usize)
    }

    /// The directory at `at`. Entries that do not lie wholly inside the bytes are left out.
    pub(super) fn directory(self, at: usize) -> Option<Directory<'a>> {
        let count = usize::from(self.u16(at)?);
        if count > MAX_ENTRIES {
            return None;
        }
        let entries = (0..count).filter_map(|index| self.entry(at + 2 + index * 12)).collect();
        Some(Directory { structure: self, entries })
    }

    fn entry(self, at: usize) -> Option<Entry> {
        let (tag, kind) = (self.u16(at)?, self.u16(at + 2)?);
        let count = self.u32(at + 4)? as usize;
        let length = count.checked_mul(width(kind)?)?;
        let value = if length <= 4 { at + 8 } else { self.u32(at + 8)? as usize };
        slice(self.bytes, value, length)?;
        Some(Entry { tag, kind, count, at: value })
    }

    fn u16(self, at: usize) -> Option<u16> {
        if self.little { le16(self.bytes, at) } else { be16(self.bytes, at) }
    }

    fn u32(self, at: usize) -> Option<u32> {
        if self.little { le32(self.bytes, at) } else { be32(self.bytes, at) }
    }
}

impl<'a> Directory<'a> {
    /// Whether the tag is there.
    pub(super) fn has(&self, tag: u16) -> bool {
        self.find(tag).is_some()
    }

    /// The first number of a tag.
    pub(super) fn number(&self, tag: u16) -> Option<u32> {
        self.numbers(tag)?.next()
    }

    /// All the numbers of a tag of a whole-number type.
    pub(super) fn numbers(&self, tag: u16) -> Option<impl Iterator<Item = u32> + use<'a>> {
        let Entry { kind, count, at, .. } = self.find(tag)?;
        let structure = self.structure;
        matches!(kind, 1 | 3 | 4 | 13).then(|| {
            (0..count).filter_map(move |index| match kind {
                1 => structure.bytes.get(at + index).map(|&byte| u32::from(byte)),
                3 => structure.u16(at + index * 2).map(u32::from),
                _ => structure.u32(at + index * 4),
            })
        })
    }

    /// The bytes of a tag, whatever its type.
    pub(super) fn bytes(&self, tag: u16) -> Option<&'a [u8]> {
        let entry = self.find(tag)?;
        slice(self.structure.bytes, entry.at, entry.count.checked_mul(width(entry.kind)?)?)
    }

    /// The text of a tag, up to its first zero byte, without blanks around it; nothing if it is blank.
    pub(super) fn text(&self, tag: u16) -> Option<String> {
        let bytes = self.bytes(tag)?;
        let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
        let text = charset::guessed(bytes.get(..end)?).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// The directory that a tag points to.
    pub(super) fn pointed(&self, tag: u16) -> Option<Directory<'a>> {
        self.structure.directory(self.number(tag)? as usize)
    }

    fn find(&self, tag: u16) -> Option<Entry> {
        self.entries.iter().copied().find(|entry| entry.tag == tag)
    }
}

/// Bytes in one value of a type (TIFF 6.0, page 15; type 13 is from Adobe's TIFF technical note 1,
/// type 129, text in UTF-8, from EXIF 3.0).
fn width(kind: u16) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 | 129 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 => Some(8),
        _ => None,
    }
}
