//! Why a file cannot be used as a clip, in words for a newsroom.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a file is refused. Its `Display` is what follows the file's name in a sentence:
/// "`rain.mp4` stops before its end: copy it again".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// No byte in it.
    Empty,
    /// Nothing that looks like a video.
    NotAVideo,
    /// A video in a kind of file that browsers do not play, by its everyday name.
    Foreign {
        /// Such as `AVI`.
        what: String,
    },
    /// It ends before it says that it should.
    Truncated,
    /// The table that is written when a recording or a copy is finished is not there.
    Unfinished,
    /// Sound without a picture.
    NoPicture,
    /// The picture is coded in a way that browsers do not play.
    VideoCodec {
        /// Its everyday name, such as `ProRes`.
        codec: String,
    },
    /// The sound is coded in a way that browsers do not play.
    SoundCodec {
        /// Its everyday name.
        codec: String,
    },
    /// Broken otherwise; `what` is a short clause for the curious.
    Damaged {
        /// Such as `its index points outside of the file`.
        what: String,
    },
}

impl Refusal {
    /// A short stable name, for machines and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAVideo => "not-a-video",
            Self::Foreign { .. } => "foreign-video",
            Self::Truncated => "truncated",
            Self::Unfinished => "unfinished",
            Self::NoPicture => "no-picture",
            Self::VideoCodec { .. } => "video-codec",
            Self::SoundCodec { .. } => "sound-codec",
            Self::Damaged { .. } => "damaged",
        }
    }

    pub(super) fn damaged(what: &str) -> Self {
        Self::Damaged { what: what.to_owned() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty: copy it again"),
            Self::NotAVideo => f.write_str("is not a video: use MP4 (H.264) or WebM"),
            Self::Foreign { what } => {
                write!(f, "is a video of the kind {what}, which browsers do not play: export it as MP4 (H.264)")
            }
            Self::Truncated => f.write_str("stops before its end: copy it again"),
            Self::Unfinished => {
                f.write_str("was never finished (the recording, export or copy was cut off): copy or export it again")
            }
            Self::NoPicture => f.write_str("has sound and no picture: export it with the picture, as MP4 (H.264)"),
            Self::VideoCodec { codec } => {
                write!(f, "has a picture in {codec}, which browsers do not play: export it as MP4 (H.264)")
            }
            Self::SoundCodec { codec } => write!(
                f,
                "has its sound in {codec}, which browsers do not play: export it as MP4 (H.264, with AAC sound)"
            ),
            Self::Damaged { what } => {
                write!(f, "is damaged ({what}): copy it again, or export it again as MP4 (H.264)")
            }
        }
    }
}

impl std::error::Error for Refusal {}
