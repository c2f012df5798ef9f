//! Why a still could not be developed, in words for a newsroom.

use std::fmt;

use crate::still::Refusal;

/// Why a still could not be developed. Its `Display` is what follows the file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The pixels cannot be decoded; the text is the decoder's, for the curious.
    Damaged(String),
    /// What only decoding showed, and the still's own words for it.
    Refused(Refusal),
    /// A kind of picture that the decoder does not know.
    Unknown(String),
    /// The bytes are not those that the facts were read from.
    Changed,
    /// A recipe asks for more pixels than its crop has, for none, or for a crop outside the picture.
    Enlarged { asked: (u32, u32), has: (u32, u32) },
    /// An encoder could not write the picture.
    Unwritten(String),
    /// The caller stopped the work.
    Stopped,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(what) => write!(f, "is damaged ({what}): copy it again, or export it again as JPEG"),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Unknown(what) => write!(f, "is of a kind that is not read here ({what}): export it as JPEG"),
            Self::Changed => f.write_str("changed while it was being read: it is read again at the next build"),
            Self::Enlarged { asked: (width, height), has: (most_width, most_height) } => write!(
                f,
                "is too small: {width} × {height} pixels were asked for, but it has {most_width} × {most_height} there"
            ),
            Self::Unwritten(what) => write!(f, "could not be written as a smaller picture ({what})"),
            Self::Stopped => f.write_str("was not developed: the work was stopped"),
        }
    }
}

impl std::error::Error for Failure {}
