//! EXIF: orientation, and the few fields a camera or a picture desk writes there.

use super::ifd::Structure;
use super::{Embedded, Orientation};

const IMAGE_DESCRIPTION: u16 = 0x010E;
const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013B;
const COPYRIGHT: u16 = 0x8298;
const EXIF_DIRECTORY: u16 = 0x8769;
const INTEROPERABILITY_DIRECTORY: u16 = 0xA005;
const INTEROPERABILITY_INDEX: u16 = 0x0001;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const OFFSET_TIME_ORIGINAL: u16 = 0x9011;
const SUB_SEC_TIME_ORIGINAL: u16 = 0x9291;

/// What cameras write into every picture's description, and nobody means.
const BOILERPLATE: [&str; 9] = [
    "olympus digital camera",
    "sony dsc",
    "samsung digital camera",
    "samsung camera pictures",
    "digital still camera",
    "minolta dsc",
    "kodak digital still camera",
    "default",
    "untitled",
];

/// What EXIF says.
#[derive(Debug, Default)]
pub(super) struct Exif {
    pub(super) orientation: Orientation,
    /// The DCF option file of cameras that are set to Adobe RGB (DCF 2.0, 3.2.3.2); they embed no profile.
    pub(super) adobe_rgb: bool,
    pub(super) fields: Embedded,
}

/// Reads an EXIF block from its byte-order mark on; nothing if it is none.
pub(super) fn read(bytes: &[u8]) -> Option<Exif> {
    let main = Structure::open(bytes)?.first()?;
    let detail = main.pointed(EXIF_DIRECTORY);
    let text = |tag| detail.as_ref().and_then(|directory| directory.text(tag));
    let captured = text(DATE_TIME_ORIGINAL)
        .and_then(|date| moment(&date, text(SUB_SEC_TIME_ORIGINAL).as_deref(), text(OFFSET_TIME_ORIGINAL).as_deref()));
    let option = detail.as_ref().and_then(|directory| directory.pointed(INTEROPERABILITY_DIRECTORY));
    Some(Exif {
        orientation: Orientation::from_exif(main.number(ORIENTATION).unwrap_or(1)),
        adobe_rgb: option.and_then(|directory| directory.text(INTEROPERABILITY_INDEX)).as_deref() == Some("R03"),
        fields: Embedded {
            caption: main.text(IMAGE_DESCRIPTION).filter(|text| !is_boilerplate(text)),
            creator: main.text(ARTIST).map(|text| names(&text)).unwrap_or_default(),
            copyright: main.text(COPYRIGHT),
            captured,
            ..Embedded::default()
        },
    })
}

fn is_boilerplate(text: &str) -> bool {
    let plain = text.trim().to_ascii_lowercase();
    BOILERPLATE.contains(&plain.as_str()) || plain.starts_with("dcim\\")
}

fn names(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// `2026:03:12 10:11:12` with its fraction and zone as ISO 8601; nothing for the zeros and blanks
/// of a camera whose clock was never set.
fn moment(date: &str, fraction: Option<&str>, offset: Option<&str>) -> Option<String> {
    let (day, time) = date.split_once(' ')?;
    let mut iso = format!("{}T{}", day.replace(':', "-"), time.trim());
    if let Some(fraction) = fraction.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())) {
        iso.push('.');
        iso.push_str(fraction);
    }
    iso.push_str(offset.unwrap_or_default());
    Some(iso)
}
