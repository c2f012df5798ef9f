//! What stands in for a picture until it has arrived.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::Failure;
use super::encode::tiny;
use super::light::{self, Light};
use super::negative::{Negative, Wanted};
use super::pixels::Pixels;
use super::plane::Plane;

/// The longest sides to try, and the longest data URI to accept.
const SIDES: [u32; 4] = [20, 16, 12, 8];
const MAX_LENGTH: usize = 349;

/// A stand-in for a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// A picture of about 20 pixels as a `data:` URI below 350 characters, to be shown blurred.
    pub data_uri: String,
    /// The mean colour in sRGB, transparent parts left out.
    pub color: [u8; 3],
    /// For words that stand on it.
    pub light: Light,
}

pub(super) fn make(negative: &mut Negative) -> Result<Preview, Failure> {
    let (width, height) = negative.size();
    let light = light::measure(negative)?;
    let mut color = None;
    for side in SIDES {
        let fit = |length: u32| {
            let longest = u64::from(width.max(height));
            let scaled = (u64::from(length) * u64::from(side) + longest / 2) / longest;
            u32::try_from(scaled).unwrap_or(side).clamp(1, length)
        };
        let (small_width, small_height) =
            if width.max(height) <= side { (width, height) } else { (fit(width), fit(height)) };
        let pixels = negative.print(None, (small_width, small_height), Wanted::Colours)?;
        let color = *color.get_or_insert_with(|| mean(&pixels));
        let data_uri = format!("data:image/webp;base64,{}", STANDARD.encode(tiny(&pixels, QUALITY)?));
        if data_uri.len() <= MAX_LENGTH {
            return Ok(Preview { data_uri, color, light });
        }
    }
    Err(Failure::Unwritten("no preview is small enough".to_owned()))
}

/// The encoder's quality for a preview: it is shown blurred.
const QUALITY: u8 = 40;

fn mean(pixels: &Pixels) -> [u8; 3] {
    let (colours, alpha) = match pixels.planes.as_slice() {
        [red, green, blue, alpha] => ([red, green, blue], Some(alpha)),
        [red, green, blue] => ([red, green, blue], None),
        [gray, ..] => ([gray; 3], None),
        [] => return [0; 3],
    };
    let weight = |index: usize| alpha.and_then(|alpha| alpha.data.get(index)).map_or(255, |alpha| u64::from(*alpha));
    colours.map(|plane: &Plane| {
        let (mut sum, mut weights) = (0, 0);
        for (index, value) in plane.data.iter().enumerate() {
            sum += u64::from(*value) * weight(index);
            weights += weight(index);
        }
        // A wholly transparent picture has no colour; the division then gives black.
        ((sum + weights / 2) / weights.max(1)).min(255) as u8
    })
}
