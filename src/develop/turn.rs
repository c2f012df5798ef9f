//! Standing pictures upright.

use super::Crop;
use super::plane::Plane;
use crate::still::Orientation;

/// The plane with its orientation applied.
pub(super) fn upright(plane: &Plane, orientation: Orientation) -> Plane {
    if orientation == Orientation::Upright {
        return plane.clone();
    }
    let size = (plane.width as u32, plane.height as u32);
    let (width, height) = orientation.turned(size);
    let mut data = Vec::with_capacity(plane.data.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = stored((x, y), size, orientation);
            data.extend(plane.data.get(from_y as usize * plane.width + from_x as usize));
        }
    }
    Plane { width: width as usize, height: height as usize, data }
}

/// Whether the stored rows, and the stored columns, run from what is right or bottom when upright.
pub(super) fn runs_back(orientation: Orientation) -> (bool, bool) {
    // Where the first pixel lies in a stored picture of two by two.
    let (x, y) = stored((0, 0), (2, 2), orientation);
    (x == 1, y == 1)
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
