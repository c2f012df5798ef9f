//! Why a font cannot be used, in words for the person who put it into `theme/fonts/`.

use std::fmt;

/// Why a font cannot be used. Its `Display` says what is wrong as the end of a sentence that
/// starts with the file's name; [`Problem::remedy`] says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The bytes are not a font at all.
    NotAFont,
    /// A font already packed for the web (WOFF or WOFF2).
    Packed,
    /// Several fonts in one file (`.ttc`, `.otc`).
    Collection,
    /// A variable font with PostScript outlines (CFF2), or a font without any outlines.
    Unsupported,
    /// The tables of the font contradict each other or end too early.
    Damaged,
    /// OS/2 `fsType` says that the licence forbids embedding.
    EmbeddingForbidden,
    /// OS/2 `fsType` says that the font may be embedded only as a whole.
    SubsettingForbidden,
    /// The font has none of the characters that the site writes.
    NothingToShow,
}

impl Problem {
    /// What the publicist can do about it: one sentence.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotAFont | Self::Packed => "Put the typeface's .ttf or .otf file into theme/fonts instead.",
            Self::Collection => "Ask the designer for the single .ttf or .otf file of the style you need.",
            Self::Unsupported => "Ask the designer for the typeface as a plain .ttf file.",
            Self::Damaged => "Copy the file again from where you got it.",
            Self::EmbeddingForbidden | Self::SubsettingForbidden => {
                "Ask the foundry for a web licence and the file that comes with it."
            }
            Self::NothingToShow => "Choose a typeface that has the letters of the site's language.",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAFont => "is not a font",
            Self::Packed => "is already packed for the web (WOFF), so Backlot cannot cut it down",
            Self::Collection => "holds several fonts in one file",
            Self::Unsupported => "draws its letters in a way that Backlot cannot cut down",
            Self::Damaged => "is damaged: parts of the font cannot be read",
            Self::EmbeddingForbidden => "may not be put on a website: its maker has marked it as restricted",
            Self::SubsettingForbidden => "may not be cut down to the letters a site uses: its maker has marked it so",
            Self::NothingToShow => "has none of the characters that this site writes",
        })
    }
}

impl std::error::Error for Problem {}
