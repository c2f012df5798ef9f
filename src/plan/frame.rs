//! Where a picture is cut from a still, and the widths it is made in: plain geometry.

use super::light;
use crate::develop::{Crop, crop_for};
use crate::production::Still;
use crate::theme::Aspect;

/// The fallback is for few browsers: this many widths of it are enough.
const FALLBACK_WIDTHS: usize = 3;

/// Where a role's picture is cut from a still, and how large it can be.
pub(super) struct Frame {
    pub(super) crop: Option<Crop>,
    pub(super) width: u32,
    pub(super) height: u32,
}

pub(super) fn frame(still: &Still, aspect: Option<Aspect>) -> Frame {
    framed((still.facts.width, still.facts.height), still.focus, aspect)
}

/// The same of any picture of a size, with the point to keep.
pub(super) fn framed(size: (u32, u32), focus: Option<(f32, f32)>, aspect: Option<Aspect>) -> Frame {
    match aspect {
        None => Frame { crop: None, width: size.0, height: size.1 },
        Some(Aspect(x, y)) => {
            let crop = crop_for(size, (x, y), focus);
            Frame { crop: Some(crop), width: crop.width, height: crop.height }
        }
    }
}

pub(super) fn detail_frame(still: &Still, aspect: Aspect, at: [f64; 2], size: f64) -> Frame {
    let (full_width, full_height) = (f64::from(still.facts.width), f64::from(still.facts.height));
    let ratio = f64::from(aspect.0) / f64::from(aspect.1);
    let width = (full_width * size).min(full_height * ratio).max(1.0);
    let (width, height) = (width.floor(), (width / ratio).floor().max(1.0));
    let place = |centre: f64, full: f64, part: f64| (centre * full - part / 2.0).clamp(0.0, full - part).floor() as u32;
    let (x, y) = (place(at[0], full_width, width), place(at[1], full_height, height));
    let crop = Crop { x, y, width: width as u32, height: height as u32 };
    Frame { crop: Some(crop), width: crop.width, height: crop.height }
}

/// The role's widths that the still has pixels for, and its own width where the next step would be
/// noticeably larger. Never enlarged.
pub(super) fn widths(wanted: &[u32], available: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = wanted.iter().copied().filter(|w| *w <= available).collect();
    let larger_wanted = wanted.iter().any(|w| *w > available);
    let largest = widths.last().copied().unwrap_or(0);
    if larger_wanted && f64::from(available) > f64::from(largest) * 1.1 {
        widths.push(available);
    }
    widths
}

/// The smallest, a middle one and the largest.
pub(super) fn thinned(widths: &[u32]) -> Vec<u32> {
    if widths.len() <= FALLBACK_WIDTHS {
        return widths.to_vec();
    }
    [0, widths.len() / 2, widths.len() - 1].iter().filter_map(|i| widths.get(*i).copied()).collect()
}

pub(super) fn height(frame: &Frame, width: u32) -> u32 {
    let exact = f64::from(width) * f64::from(frame.height) / f64::from(frame.width);
    (exact.round() as u32).clamp(1, frame.height)
}

/// Where the focal point is in the print, 0 to 1 from the left and the top.
pub(super) fn focus(still: &Still, frame: &Frame) -> (f64, f64) {
    let (x, y) = still.focus.map_or((0.5, 0.5), |(x, y)| (f64::from(x), f64::from(y)));
    let Some(crop) = frame.crop else { return (x, y) };
    let inside = |part: f64, full: u32, start: u32, length: u32| {
        ((part * f64::from(full) - f64::from(start)) / f64::from(length)).clamp(0.0, 1.0)
    };
    (inside(x, still.facts.width, crop.x, crop.width), inside(y, still.facts.height, crop.y, crop.height))
}

/// What a picture shows of its still, for words that stand on it.
pub(super) fn shown(still: &Still, frame: &Frame, from_right: bool) -> light::Shown {
    let (width, height) = (f64::from(still.facts.width), f64::from(still.facts.height));
    let part = frame.crop.map_or([0.0, 0.0, 1.0, 1.0], |crop| {
        let [x, y, w, h] = [crop.x, crop.y, crop.width, crop.height].map(f64::from);
        [x / width, y / height, w / width, h / height]
    });
    let ratio = f64::from(frame.width) / f64::from(frame.height);
    light::Shown { part, ratio, focus: focus(still, frame), from_right }
}

#[cfg(test)]
mod tests {
    use super::{thinned, widths};

    #[test]
    fn widths_never_enlarge_and_end_near_the_original() {
        assert_eq!(widths(&[480, 960, 1920], 1000), [480, 960]);
        assert_eq!(widths(&[480, 960, 1920], 1600), [480, 960, 1600]);
        assert_eq!(widths(&[480, 960, 1920], 6000), [480, 960, 1920]);
        assert_eq!(widths(&[480, 960], 300), [300]);
    }

    #[test]
    fn the_fallback_has_three_widths() {
        assert_eq!(thinned(&[1, 2, 3, 4, 5]), [1, 3, 5]);
        assert_eq!(thinned(&[1, 2]), [1, 2]);
    }
}
