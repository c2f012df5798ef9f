//! The formats of stills that are read, and whether a file's name agrees.

use serde::{Deserialize, Serialize};

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Tiff,
    Gif,
}

impl Format {
    /// The name that people use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Gif => "GIF",
        }
    }

    /// The usual file extensions, without the dot, the commonest first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::WebP => &["webp"],
            Self::Tiff => &["tif", "tiff"],
            Self::Gif => &["gif"],
        }
    }
}

/// A note for a file whose extension belongs to another format, to follow the file's name;
/// nothing if they agree. Such a file is used all the same.
pub fn misnamed(file_name: &str, format: Format) -> Option<String> {
    let extension = file_name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let agrees = format.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension));
    (!agrees).then(|| {
        let [usual, ..] = format.extensions() else { return String::new() };
        format!("is really a {}: it is used as it is, but better renamed to end in .{usual}", format.name())
    })
}
