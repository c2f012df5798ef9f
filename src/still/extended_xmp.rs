//! XMP that is too long for one segment of a JPEG: the rest of it lies in further segments
//! (XMP specification part 3, 1.1.3.1).

use super::bytes::{be32, slice};

/// What the segments begin with.
pub(super) const MARK: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";

/// More is left unread, as in [`super::xmp`].
const MAX_BYTES: usize = 8 << 20;
/// Of the identifier: an MD5 digest in hexadecimal digits.
const ID: usize = 32;

/// The second packet of a still, put together from its portions, if the first one refers to it and
/// all of it is there. Each portion is an identifier, the length of the whole, its place in it, and data.
pub(super) fn joined(main: &[u8], portions: &[&[u8]]) -> Option<Vec<u8>> {
    let mut parts: Vec<(usize, &[u8])> = Vec::new();
    let mut whole = None;
    for portion in portions {
        let id = slice(portion, 0, ID)?;
        if memchr::memmem::find(main, id).is_none() {
            continue;
        }
        let length = be32(portion, ID)? as usize;
        if length > MAX_BYTES || whole.is_some_and(|known| known != length) {
            return None;
        }
        whole = Some(length);
        parts.push((be32(portion, ID + 4)? as usize, portion.get(ID + 8..)?));
    }
    parts.sort_by_key(|part| part.0);
    let mut packet = Vec::new();
    for (at, data) in parts {
        if at == packet.len() {
            packet.extend_from_slice(data);
        }
    }
    (Some(packet.len()) == whole).then_some(packet)
}
