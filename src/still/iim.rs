//! IPTC-IIM 4.2 records, as JPEG and TIFF files carry them, alone or in Photoshop's resources.

use super::bytes::{be16, be32, slice};
use super::{Embedded, charset};

/// The resource of the IPTC-NAA record in Photoshop's image resources.
const IPTC_RESOURCE: u16 = 0x0404;

/// The IIM records inside Photoshop's image resources ("8BIM" blocks).
pub(super) fn in_photoshop(resources: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    while slice(resources, at, 4)? == b"8BIM" {
        let id = be16(resources, at + 4)?;
        // The name is a counted string, padded so that it and its count are even.
        let name = usize::from(*resources.get(at + 6)?) + 1;
        let size_at = at + 6 + name.next_multiple_of(2);
        let size = be32(resources, size_at)? as usize;
        let data = slice(resources, size_at + 4, size)?;
        if id == IPTC_RESOURCE {
            return Some(data);
        }
        at = size_at.checked_add(4)?.checked_add(size.checked_next_multiple_of(2)?)?;
    }
    None
}

/// ISO 2022 escape sequences in dataset 1:90: UTF-8, and the two ways to say Latin-1.
const UTF_8: &[u8] = b"\x1B%G";
const LATIN_1: [&[u8]; 2] = [b"\x1B.A", b"\x1B-A"];

/// Reads records. What follows a damaged one is left out.
pub(super) fn read(records: &[u8]) -> Embedded {
    let mut fields = Embedded::default();
    let (mut date, mut time) = (None, None);
    let mut text: fn(&[u8]) -> String = charset::guessed;
    let mut at = 0;
    while let Some((record, dataset, value, next)) = dataset(records, at) {
        at = next;
        if (record, dataset) == (1, 90) && value.starts_with(UTF_8) {
            text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        } else if (record, dataset) == (1, 90) && LATIN_1.contains(&value) {
            text = charset::latin;
        }
        if record != 2 {
            continue;
        }
        let value = text(value);
        match dataset {
            5 => fields.title = Some(value),
            25 => fields.keywords.push(value),
            40 => fields.instructions = Some(value),
            55 => date = Some(value),
            60 => time = Some(value),
            80 => fields.creator.push(value),
            103 => fields.job = Some(value),
            105 => fields.headline = Some(value),
            110 => fields.credit = Some(value),
            116 => fields.copyright = Some(value),
            120 => fields.caption = Some(value),
            _ => {}
        }
    }
    fields.captured = date.and_then(|date| moment(&date, time.as_deref()));
    fields
}

/// The dataset at `at`: record, number, value, and where the next one begins.
fn dataset(records: &[u8], at: usize) -> Option<(u8, u8, &[u8], usize)> {
    let &[0x1C, record, number] = slice(records, at, 3)? else { return None };
    let length = be16(records, at + 3)?;
    // The highest bit marks an extended dataset: the rest says how many bytes hold the length.
    let (start, length) = if length & 0x8000 == 0 {
        (at + 5, usize::from(length))
    } else {
        let bytes = slice(records, at + 5, usize::from(length & 0x7FFF)).filter(|bytes| bytes.len() <= 4)?;
        (at + 5 + bytes.len(), bytes.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte)))
    };
    Some((record, number, slice(records, start, length)?, start + length))
}

/// `20260312` and `101112+0100` as ISO 8601.
fn moment(date: &str, time: Option<&str>) -> Option<String> {
    let part = |text: &str, from: usize, to: usize| text.get(from..to).map(str::to_owned);
    let date = format!("{}-{}-{}", part(date, 0, 4)?, part(date, 4, 6)?, part(date, 6, 8)?);
    let Some(time) = time else { return Some(date) };
    let clock = (|| {
        let zone = match (part(time, 6, 9), part(time, 9, 11)) {
            (Some(hours), Some(minutes)) => format!("{hours}:{minutes}"),
            _ => String::new(),
        };
        Some(format!("T{}:{}:{}{zone}", part(time, 0, 2)?, part(time, 2, 4)?, part(time, 4, 6)?))
    })();
    Some(date + &clock.unwrap_or_default())
}
