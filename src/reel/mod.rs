//! ffmpeg, for sites that ask for it: a frame of a clip, and a clip in smaller sizes.
//!
//! The entry point is [`Ffmpeg::find`]. It is the only program that Backlot runs while it builds: with fixed
//! arguments, without a shell, from the search path of whoever runs Backlot, and not longer than a while. What comes
//! out depends on the version of ffmpeg, so that is part of every key. This module knows neither the site nor its cache.

mod run;

use crate::clip::Container;
use crate::disk;
use run::run;
use serde::Serialize;
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// Raised when the same clip and the same ffmpeg give other bytes.
pub const VERSION: u32 = 1;

/// How long ffmpeg may take to say something about itself, for a frame, and for a rendition.
const ASKED: Duration = Duration::from_secs(20);
const FRAME: Duration = Duration::from_secs(120);
const RENDITION: Duration = Duration::from_secs(3 * 60 * 60);

/// So many threads encode, on every machine: their number can change the bytes.
const THREADS: &str = "4";

/// The ffmpeg that is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ffmpeg {
    /// The first line that it says of itself.
    version: String,
    encoders: Vec<Codec>,
}

/// How a rendition is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Codec {
    /// Small; for browsers of this decade. By SVT-AV1.
    Av1,
    /// For all of them. By x264.
    H264,
}

impl Codec {
    /// Its name in site.toml.
    pub fn name(self) -> &'static str {
        match self {
            Self::Av1 => "av1",
            Self::H264 => "h264",
        }
    }

    /// The type to write in `<source type>`; a browser that cannot play it goes on to the next (RFC 6381; AV1 in
    /// ISO BMFF, section 5).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Av1 => "video/mp4; codecs=\"av01.0.08M.08\"",
            Self::H264 => "video/mp4",
        }
    }

    fn encoder(self) -> &'static str {
        match self {
            Self::Av1 => "libsvtav1",
            Self::H264 => "libx264",
        }
    }

    /// Quality and speed; the keyframes let a visitor jump to within two or three seconds.
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Av1 => &["-c:v", "libsvtav1", "-preset", "7", "-crf", "34", "-g", "72"],
            Self::H264 => &["-c:v", "libx264", "-preset", "medium", "-crf", "21", "-g", "72", "-profile:v", "high"],
        }
    }
}

/// A clip in another size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Recipe {
    /// How.
    pub codec: Codec,
    /// In pixels, even.
    pub width: u32,
    /// In pixels, even.
    pub height: u32,
}

/// Why there is no ffmpeg, or nothing came of it.
#[derive(Debug)]
pub enum Trouble {
    /// None is installed.
    Missing,
    /// It took too long and was ended.
    TooLong,
    /// It, or the disk, refused; the last that it said.
    Failed(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("ffmpeg is not installed"),
            Self::TooLong => f.write_str("ffmpeg takes too long"),
            Self::Failed(said) => write!(f, "ffmpeg says: {said}"),
        }
    }
}

impl Ffmpeg {
    /// Asks the ffmpeg that is installed for its version.
    ///
    /// # Errors
    /// When there is none, or it does not answer.
    pub fn find() -> Result<Self, Trouble> {
        let said = run(&["-version"], ASKED)?;
        let version = String::from_utf8_lossy(&said).lines().next().unwrap_or_default().to_owned();
        let listed = run(&["-encoders"], ASKED)?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let has = |codec: &Codec| listed.split_whitespace().any(|word| word == codec.encoder());
        Ok(Self { version, encoders: [Codec::Av1, Codec::H264].into_iter().filter(has).collect() })
    }

    /// What it says of itself: part of the key of everything that it makes.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether it was built with what the codec needs.
    pub fn can(&self, codec: Codec) -> bool {
        self.encoders.contains(&codec)
    }

    /// The frame at so many seconds, upright, as PNG.
    ///
    /// # Errors
    /// When nothing came of it.
    pub fn frame(&self, clip: &Path, container: Container, seconds: f64) -> Result<Vec<u8>, Trouble> {
        let at = format!("{seconds:.3}");
        let mut arguments = vec!["-ss", &at];
        let input = input(clip);
        arguments.extend(reading(container, &input));
        arguments.extend(["-map", "0:v:0", "-frames:v", "1", "-an", "-sn", "-dn", "-map_metadata", "-1"]);
        arguments.extend([
            "-pix_fmt",
            "rgb24",
            "-fflags",
            "+bitexact",
            "-flags:v",
            "+bitexact",
            "-c:v",
            "png",
            "-f",
            "image2pipe",
            "pipe:1",
        ]);
        let png = run(&arguments, FRAME)?;
        if png.is_empty() { Err(Trouble::Failed("there is no picture at that time".to_owned())) } else { Ok(png) }
    }

    /// The clip in another size, as MP4.
    ///
    /// # Errors
    /// When nothing came of it.
    pub fn rendition(&self, clip: &Path, container: Container, recipe: Recipe) -> Result<Vec<u8>, Trouble> {
        let failed = |error: std::io::Error| Trouble::Failed(error.to_string());
        let folder = disk::scratch().map_err(failed)?;
        let target = folder.path().join("rendition.mp4");
        let (input, output) = (input(clip), format!("file:{}", target.display()));
        let scale = format!("scale={}:{}:flags=lanczos", recipe.width, recipe.height);
        let mut arguments = reading(container, &input);
        arguments.extend([
            "-map",
            "0:v:0",
            "-map",
            "0:a:0?",
            "-sn",
            "-dn",
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
        ]);
        arguments.extend(["-vf", &scale, "-pix_fmt", "yuv420p", "-threads", THREADS]);
        arguments.extend(recipe.codec.settings());
        arguments.extend(["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-movflags", "+faststart"]);
        arguments.extend([
            "-fflags",
            "+bitexact",
            "-flags:v",
            "+bitexact",
            "-flags:a",
            "+bitexact",
            "-f",
            "mp4",
            "-y",
            &output,
        ]);
        run(&arguments, RENDITION)?;
        disk::read(&target).map_err(failed)
    }
}

/// Never a list that names other files, whatever the clip's bytes say: the reader is named, and may open files only.
fn reading(container: Container, input: &str) -> Vec<&str> {
    let format = match container {
        Container::Mp4 | Container::QuickTime => "mov",
        Container::WebM => "matroska",
    };
    vec!["-protocol_whitelist", "file,pipe", "-f", format, "-i", input]
}

/// A path that cannot be taken for an option or another protocol.
fn input(clip: &Path) -> String {
    format!("file:{}", clip.display())
}
