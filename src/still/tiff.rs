//! TIFF 6.0: its first directory. Several makers' raw files are TIFFs too, and are told apart here.

use std::borrow::Cow;

use super::ifd::{Directory, Structure};
use super::{Anatomy, Foreign, Limits, Refusal, iim};

const NEW_SUBFILE_TYPE: u16 = 254;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const STRIP_OFFSETS: u16 = 273;
const SAMPLES: u16 = 277;
const ROWS_PER_STRIP: u16 = 278;
const STRIP_LENGTHS: u16 = 279;
const TILE_OFFSETS: u16 = 324;
const TILE_LENGTHS: u16 = 325;
const SUB_DIRECTORIES: u16 = 330;
const EXTRA_SAMPLES: u16 = 338;
const XMP: u16 = 700;
const IPTC: u16 = 33723;
const PHOTOSHOP: u16 = 34377;
const DNG_VERSION: u16 = 50706;

pub(super) fn dissect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Anatomy<'a>, Refusal> {
    let Some(main) = Structure::open(bytes).and_then(Structure::first) else {
        return Err(Refusal::Truncated { row: None, of: None });
    };
    if is_raw(&main) {
        return Err(Refusal::Foreign(Foreign::Raw));
    }
    let (Some(width), Some(height)) = (main.number(WIDTH), main.number(HEIGHT)) else {
        return Err(Refusal::corrupt("its header gives it no size"));
    };
    let mut anatomy = Anatomy { exif: Some(bytes), ..Anatomy::default() };
    anatomy.set_size(width, height, limits)?;
    anatomy.deep = main.number(BITS).is_some_and(|bits| bits > 8);
    // 1 and 2 are the two kinds of transparency; 0 is data without a meaning.
    anatomy.has_alpha = main.number(EXTRA_SAMPLES).is_some_and(|kind| matches!(kind, 1 | 2))
        || main.number(SAMPLES) == Some(4) && main.number(PHOTOMETRIC) == Some(2);
    anatomy.xmp = main.bytes(XMP).map(Cow::Borrowed);
    let iim = main.bytes(IPTC).filter(|records| records.first() == Some(&0x1C));
    anatomy.iim = iim.or_else(|| main.bytes(PHOTOSHOP).and_then(iim::in_photoshop)).map(Cow::Borrowed);
    whole(&main, bytes.len(), height)?;
    Ok(anatomy)
}

/// A digital negative names its version; others give the sensor's pattern, a maker's compression,
/// or a small picture first and the real one in a directory below it.
fn is_raw(main: &Directory) -> bool {
    let sensor = matches!(main.number(PHOTOMETRIC), Some(32803 | 34892));
    let maker = matches!(main.number(COMPRESSION), Some(32767 | 34713 | 65535 | 65000));
    let preview = main.number(NEW_SUBFILE_TYPE).is_some_and(|kind| kind & 1 == 1) && main.has(SUB_DIRECTORIES);
    main.has(DNG_VERSION) || sensor || maker || preview
}

/// Every strip or tile must lie within the file.
fn whole(main: &Directory, length: usize, height: u32) -> Result<(), Refusal> {
    let (offsets, lengths, strips) =
        if main.has(TILE_OFFSETS) { (TILE_OFFSETS, TILE_LENGTHS, false) } else { (STRIP_OFFSETS, STRIP_LENGTHS, true) };
    let (Some(offsets), Some(lengths)) = (main.numbers(offsets), main.numbers(lengths)) else {
        return Err(Refusal::Truncated { row: None, of: Some(height) });
    };
    let rows = main.number(ROWS_PER_STRIP).filter(|_| strips);
    let missing = offsets.zip(lengths).position(|(offset, size)| u64::from(offset) + u64::from(size) > length as u64);
    match missing {
        None => Ok(()),
        Some(index) => {
            let row = rows.map(|rows| u64::from(rows) * index as u64);
            Err(Refusal::Truncated {
                row: row.and_then(|row| u32::try_from(row).ok()).map(|row| row.min(height)),
                of: Some(height),
            })
        }
    }
}
