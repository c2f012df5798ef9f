//! Cutting a picture to a shape without cutting off what matters.

use serde::{Deserialize, Serialize};

/// A part of a still, in its upright pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Crop {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// The largest crop of a shape, with the focal point as near to its middle as the edges allow.
///
/// `size` is the upright still's, `aspect` any two numbers in the wanted ratio (16, 9), `focus`
/// from 0 to 1 from the left and the top; without one the middle is kept. A ratio with a zero in
/// it keeps the whole picture.
pub fn crop_for(size: (u32, u32), aspect: (u32, u32), focus: Option<(f32, f32)>) -> Crop {
    let (width, height) = (u64::from(size.0), u64::from(size.1));
    let (across, down) = (u64::from(aspect.0), u64::from(aspect.1));
    let whole = Crop { x: 0, y: 0, width: size.0, height: size.1 };
    if across == 0 || down == 0 || width == 0 || height == 0 {
        return whole;
    }
    let rounded = |length: u64, numerator: u64, denominator: u64| {
        let exact =
            (u128::from(length) * u128::from(numerator) + u128::from(denominator) / 2) / u128::from(denominator);
        u32::try_from(exact).unwrap_or(u32::MAX).max(1)
    };
    let (crop_width, crop_height) = if width * down > height * across {
        (rounded(height, across, down).min(size.0), size.1)
    } else {
        (size.0, rounded(width, down, across).min(size.1))
    };
    let (focus_x, focus_y) = focus.unwrap_or((0.5, 0.5));
    Crop {
        x: start(size.0, crop_width, focus_x),
        y: start(size.1, crop_height, focus_y),
        width: crop_width,
        height: crop_height,
    }
}

/// Where a stretch of `part` begins in `whole` so that `focus` is nearest to its middle.
fn start(whole: u32, part: u32, focus: f32) -> u32 {
    let focus = if focus.is_finite() { f64::from(focus.clamp(0.0, 1.0)) } else { 0.5 };
    let ideal = (f64::from(whole) * focus - f64::from(part) / 2.0).round();
    // The value is clamped to the range of the type first.
    ideal.clamp(0.0, f64::from(whole - part)) as u32
}
