//! Which way up a camera says a picture is.

use serde::{Deserialize, Serialize};

/// How the stored pixels must be turned to stand upright (EXIF 2.32, tag 0x0112).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    Mirrored,
    /// 3: half a turn.
    HalfTurn,
    /// 4: mirrored top to bottom.
    Flipped,
    /// 5: mirrored along the diagonal from the top left.
    Transposed,
    /// 6: a quarter turn clockwise is needed.
    QuarterClockwise,
    /// 7: mirrored along the diagonal from the top right.
    Transversed,
    /// 8: a quarter turn counter-clockwise is needed.
    QuarterCounterclockwise,
}

impl Orientation {
    /// The orientation of an EXIF number; whatever is not 1 to 8 is taken as upright.
    pub fn from_exif(number: u32) -> Self {
        match number {
            2 => Self::Mirrored,
            3 => Self::HalfTurn,
            4 => Self::Flipped,
            5 => Self::Transposed,
            6 => Self::QuarterClockwise,
            7 => Self::Transversed,
            8 => Self::QuarterCounterclockwise,
            _ => Self::Upright,
        }
    }

    /// Whether width and height change places.
    pub fn swaps_sides(self) -> bool {
        matches!(self, Self::Transposed | Self::QuarterClockwise | Self::Transversed | Self::QuarterCounterclockwise)
    }

    /// A size turned upright; its own inverse, so it also leads back to the stored size.
    pub fn turned(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.swaps_sides() { (height, width) } else { (width, height) }
    }
}
