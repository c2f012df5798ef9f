//! Clips: what a video file is, and the same clip without what must not go out with it.
//! Entry points: [`examine`] and [`clean`]; [`captions`] reads WebVTT, [`outside`] the addresses
//! of videos that live elsewhere.
//!
//! Nothing is decoded or encoded, and the length of a file never changes: what may not be public
//! is overwritten where it stands. This module knows no file names, no site and no disk.

pub mod captions;
mod clock;
mod cue_text;
mod mp4;
pub mod outside;
mod refusal;
mod sniff;
mod webm;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use clock::{clock, timestamp};
pub use refusal::Refusal;

/// The kind of file that holds a clip, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// ISO base media file, ISO/IEC 14496-12 and -14.
    Mp4,
    /// WebM, the subset of Matroska (RFC 9559) that browsers play.
    WebM,
    /// Apple QuickTime, from which MP4 descends.
    QuickTime,
}

impl Container {
    /// The ending that the published file should have, without a dot. QuickTime with codecs that
    /// browsers play is published as `mp4`: they read it by content, and refuse its own type.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Mp4 | Self::QuickTime => "mp4",
            Self::WebM => "webm",
        }
    }
}

/// What can be told about a clip without decoding it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// By content, whatever the file's name says.
    pub container: Container,
    /// Of the picture as it is shown, upright, in pixels.
    pub width: Option<u32>,
    /// Of the picture as it is shown, upright, in pixels.
    pub height: Option<u32>,
    /// In seconds.
    pub duration: Option<f64>,
    /// The four letters of RFC 6381 (`avc1`, `av01`, `vp09`), or `vp8` and `vp9` in WebM.
    pub video_codec: Option<String>,
    /// Whether there is a sound track.
    pub has_audio: bool,
    /// Seconds of film or sound that are cut out of what is shown, and still in the file. Nothing can be taken away
    /// without counting all frames anew, so [`clean`] leaves them.
    pub left_out: Option<f64>,
}

impl Facts {
    /// The type to write in `<source type>`.
    pub fn mime(&self) -> &'static str {
        match self.container {
            Container::Mp4 | Container::QuickTime => "video/mp4",
            Container::WebM => "video/webm",
        }
    }
}

/// Reads the facts of a clip.
///
/// # Errors
/// A [`Refusal`] if the bytes are no whole video that browsers play.
pub fn examine(bytes: &[u8]) -> Result<Facts, Refusal> {
    match sniff::container(bytes)? {
        Container::WebM => webm::Film::read(bytes).map(|film| film.facts()),
        container => mp4::Movie::read(bytes).map(|movie| movie.facts(container)),
    }
}

/// The same clip, byte for byte as long, without place, device, author, titles, dates, XMP, edit
/// history, time codes, chapters and data tracks. Only what is known to be needed for playing is
/// left; cleaning twice changes nothing more.
///
/// Not reached: what is inside the coded picture and sound themselves.
///
/// # Errors
/// The same as [`examine`]: what cannot be read is never handed back uncleaned.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    match sniff::container(bytes)? {
        Container::WebM => webm::Film::read(bytes).map(|film| webm::scrub(bytes, &film)),
        Container::Mp4 | Container::QuickTime => mp4::Movie::read(bytes).map(|movie| mp4::scrub(bytes, &movie)),
    }
}
