//! Why a file cannot be used as a still, in words for a newsroom.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a file is refused. Its `Display` is what follows the file's name in a sentence:
/// "`IMG_2041.jpg` stops at row 1,204 of 4,000: copy it again".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// No byte in it.
    Empty,
    /// Something that is not a picture, with what it looks like where that is known.
    NotAPicture { looks_like: Option<Alien> },
    /// A picture in a format that is not read here.
    Foreign(Foreign),
    /// A format that is read, written in a way that is not.
    Unusual { what: String },
    /// More pixels than allowed.
    TooLarge { width: u32, height: u32, max_pixels: u64 },
    /// Cut off. `row` is the first missing row where it can be told; rows count in stored order.
    Truncated { row: Option<u32>, of: Option<u32> },
    /// Broken otherwise; `what` is a short clause for the curious.
    Corrupt { what: String },
}

/// Pictures in formats that are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Foreign {
    Heic,
    Avif,
    Raw,
    Layered,
    Vector,
    Pdf,
    Bitmap,
    JpegXl,
    Jpeg2000,
    BigTiff,
}

/// Files that end up among stills and are no pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alien {
    Video,
    WebPage,
    Archive,
    /// The `._name` companion that a Mac leaves on foreign disks.
    MacCompanion,
    /// A stand-in left by Git LFS in place of the file.
    Pointer,
    Text,
    Zeros,
}

impl Refusal {
    /// A short stable name, for machines and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAPicture { .. } => "not-a-picture",
            Self::Foreign(foreign) => foreign.code(),
            Self::Unusual { .. } => "unusual",
            Self::TooLarge { .. } => "too-large",
            Self::Truncated { .. } => "truncated",
            Self::Corrupt { .. } => "corrupt",
        }
    }

    pub(super) fn corrupt(what: &str) -> Self {
        Self::Corrupt { what: what.to_owned() }
    }

    pub(super) fn unusual(what: &str) -> Self {
        Self::Unusual { what: what.to_owned() }
    }
}

impl Foreign {
    fn code(self) -> &'static str {
        match self {
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Raw => "raw",
            Self::Layered => "psd",
            Self::Vector => "svg",
            Self::Pdf => "pdf",
            Self::Bitmap => "bmp",
            Self::JpegXl => "jpeg-xl",
            Self::Jpeg2000 => "jpeg-2000",
            Self::BigTiff => "big-tiff",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Heic => "is an iPhone photograph (HEIC), which browsers cannot show: export it as JPEG",
            Self::Avif => "is an AVIF picture, which is not read here: export it as JPEG or PNG",
            Self::Raw => "is a camera raw file, not a finished picture: export it as JPEG from the photo software",
            Self::Layered => "is a Photoshop document: export it as JPEG, or as PNG if parts are transparent",
            Self::Vector => "is a drawing (SVG or EPS), not a photograph: put it under static/ or export it as PNG",
            Self::Pdf => "is a PDF: export the page as JPEG, or put the PDF under static/",
            Self::Bitmap => "is a Windows bitmap (BMP): export it as JPEG or PNG",
            Self::JpegXl => "is a JPEG XL picture, which is not read here: export it as JPEG",
            Self::Jpeg2000 => "is a JPEG 2000 picture, which is not read here: export it as JPEG",
            Self::BigTiff => "is a BigTIFF, which is not read here: export it as an ordinary TIFF or as JPEG",
        }
    }
}

impl Alien {
    fn words(self) -> &'static str {
        match self {
            Self::Video => "is a video, not a picture: give it a video's file name, such as .mp4",
            Self::WebPage => "is a web page, not a picture: the download went wrong, fetch the picture again",
            Self::Archive => "is an archive (zip), not a picture: unpack it and use the pictures inside",
            Self::MacCompanion => "is a leftover that a Mac wrote beside the real picture: delete it",
            Self::Pointer => "is a Git LFS stand-in, not the picture itself: type git lfs pull",
            Self::Text => "is text, not a picture: remove it or put the picture in its place",
            Self::Zeros => "holds only zeros, as after a failed copy: copy it again",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty: copy it again"),
            Self::NotAPicture { looks_like: Some(alien) } => f.write_str(alien.words()),
            Self::NotAPicture { looks_like: None } => f.write_str("is not a picture: use JPEG, PNG, WebP, TIFF or GIF"),
            Self::Foreign(foreign) => f.write_str(foreign.words()),
            Self::Unusual { what } => write!(f, "is {what}: export it again as an ordinary JPEG"),
            Self::TooLarge { width, height, max_pixels } => write!(
                f,
                "is {} × {} pixels ({}), more than the limit of {}: export a smaller version",
                grouped(u64::from(*width)),
                grouped(u64::from(*height)),
                megapixels(u64::from(*width) * u64::from(*height)),
                megapixels(*max_pixels),
            ),
            Self::Truncated { row: Some(row), of: Some(of) } => {
                write!(f, "stops at row {} of {}: copy it again", grouped(u64::from(*row)), grouped(u64::from(*of)))
            }
            Self::Truncated { .. } => f.write_str("is cut off before its end: copy it again"),
            Self::Corrupt { what } => {
                write!(f, "is damaged ({what}): copy it again, or export it again as JPEG")
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// A number with thousands separated, as newspapers print it.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn megapixels(pixels: u64) -> String {
    format!("{} megapixels", grouped(pixels.div_ceil(1_000_000)))
}
