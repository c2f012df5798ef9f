//! Standing pictures upright.

use super::Crop;
use super::pixels::Pixels;
use crate::still::Orientation;

/// The picture with its orientation applied.
pub(super) fn upright(pixels: Pixels, orientation: Orientation) -> Pixels {
    match orientation {
        Orientation::Upright => pixels,
        _ => match pixels.kind.channels() {
            1 => turned::<1>(&pixels, orientation),
            3 => turned::<3>(&pixels, orientation),
            _ => turned::<4>(&pixels, orientation),
        },
    }
}

fn turned<const N: usize>(pixels: &Pixels, orientation: Orientation) -> Pixels {
    let (width, height) = orientation.turned((pixels.width, pixels.height));
    let source = pixels.data.as_chunks::<N>().0;
    let stride = pixels.width as usize;
    let mut data = Vec::with_capacity(pixels.data.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = stored((x, y), (pixels.width, pixels.height), orientation);
            if let Some(pixel) = source.get(from_y as usize * stride + from_x as usize) {
                data.extend_from_slice(pixel);
            }
        }
    }
    Pixels { width, height, kind: pixels.kind, data }
}

/// Where the pixel at an upright place is stored, in a stored picture of `size`.
fn stored((x, y): (u32, u32), (width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    let (right, bottom) = (width - 1, height - 1);
    match orientation {
        Orientation::Upright => (x, y),
        Orientation::Mirrored => (right - x, y),
        Orientation::HalfTurn => (right - x, bottom - y),
        Orientation::Flipped => (x, bottom - y),
        Orientation::Transposed => (y, x),
        Orientation::QuarterClockwise => (y, bottom - x),
        Orientation::Transversed => (right - y, bottom - x),
        Orientation::QuarterCounterclockwise => (right - y, x),
    }
}

/// An upright crop as it lies in the stored picture of `size`.
pub(super) fn stored_crop(crop: Crop, size: (u32, u32), orientation: Orientation) -> Crop {
    let first = stored((crop.x, crop.y), size, orientation);
    let last = stored((crop.x + crop.width - 1, crop.y + crop.height - 1), size, orientation);
    Crop {
        x: first.0.min(last.0),
        y: first.1.min(last.1),
        width: first.0.abs_diff(last.0) + 1,
        height: first.1.abs_diff(last.1) + 1,
    }
}
