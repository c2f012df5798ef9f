//! How bright a picture can be where words stand on it, whatever the screen shows of it.

use super::context::{Halves, Light};
use crate::develop;

/// Width to height of the widest box that a page lays a picture out in: the first page on a screen of 32:9.
const WIDEST: f64 = 5.0;
/// Of the narrowest box that style sheets take [`Light::start`] for.
const NARROWEST_WIDE: f64 = 4.0 / 3.0;
/// The part of a wide box, from where lines of text start, that words keep to there.
const START: f64 = 2.0 / 3.0;

/// What a picture shows of a still, and what has to stay in view; all in parts of the still's, or the picture's, sides.
pub(super) struct Shown {
    /// Left, top, width and height in the still.
    pub(super) part: [f64; 4],
    /// Width to height in pixels.
    pub(super) ratio: f64,
    /// The focal point in the picture.
    pub(super) focus: (f64, f64),
    /// Lines of text start at the right.
    pub(super) from_right: bool,
}

/// Where the box is wider than the picture, what is seen is cut at the top and at the foot, so either half can begin
/// beyond the picture's own middle; and where it is narrower, from the sides.
pub(super) fn of(still: &develop::Light, shown: &Shown) -> Light {
    let (x, y) = shown.focus;
    let middle = cut(0.5, y, shown.ratio / WIDEST);
    let least_wide = NARROWEST_WIDE / shown.ratio;
    let start = if shown.from_right {
        (cut(1.0 - START, x, least_wide).min(1.0 - START), 1.0)
    } else {
        (0.0, cut(START, x, least_wide).max(START))
    };
    let halves = |across: (f64, f64)| Halves {
        above: brightest(still, shown.part, across, (0.0, middle.max(0.5))),
        below: brightest(still, shown.part, across, (middle.min(0.5), 1.0)),
    };
    Light { any: halves((0.0, 1.0)), start: halves(start) }
}

/// Where in a picture a place of its box is, when no more than `seen` of it shows around `focus`.
fn cut(place: f64, focus: f64, seen: f64) -> f64 {
    focus + seen.min(1.0) * (place - focus)
}

/// Within a part of the picture, from the left and from the top, 0 to 1; two decimals, never 0.
fn brightest(still: &develop::Light, part: [f64; 4], across: (f64, f64), down: (f64, f64)) -> f64 {
    let [left, top, width, height] = part;
    let rows = fields((top + height * down.0, top + height * down.1), develop::Light::ROWS);
    let columns = fields((left + width * across.0, left + width * across.1), develop::Light::COLUMNS);
    let rows = still.0.get(rows).unwrap_or(&still.0);
    let spots = rows.iter().flat_map(|row| row.get(columns.clone()).unwrap_or(row));
    let brightest = spots.copied().max().unwrap_or(u8::MAX);
    ((f64::from(brightest) * 100.0 / 255.0).ceil() / 100.0).max(0.01)
}

/// The fields that a stretch of a side touches. A place on the line between two belongs to one of them alone, however it
/// was rounded.
fn fields((from, to): (f64, f64), count: usize) -> std::ops::Range<usize> {
    let first = (from * count as f64 + 1e-6).floor().clamp(0.0, (count - 1) as f64) as usize;
    let end = (to * count as f64 - 1e-6).ceil().clamp(0.0, count as f64) as usize;
    first..end.max(first + 1)
}

#[cfg(test)]
mod tests {
    use super::{Shown, develop, of};

    const WHOLE: [f64; 4] = [0.0, 0.0, 1.0, 1.0];

    /// Above, below, and both at the start, of a picture that is white in these fields (row, column) and black elsewhere.
    fn lights(white: &[(usize, usize)], part: [f64; 4], ratio: f64, focus: (f64, f64), from_right: bool) -> [bool; 4] {
        let mut still = develop::Light([[0; 6]; 12]);
        for (row, column) in white {
            still.0[*row][*column] = 255;
        }
        let light = of(&still, &Shown { part, ratio, focus, from_right });
        [light.any.above, light.any.below, light.start.above, light.start.below].map(|value| {
            assert!([0.01, 1.0].contains(&value), "{value}");
            value > 0.5
        })
    }

    const CENTRE: (f64, f64) = (0.5, 0.5);

    #[test]
    fn each_half_and_each_side_knows_its_own() {
        assert_eq!(lights(&[(5, 0)], WHOLE, 1.3, CENTRE, false), [true, false, true, false]);
        assert_eq!(lights(&[(6, 3)], WHOLE, 1.3, CENTRE, false), [false, true, false, true]);
        assert_eq!(lights(&[(6, 4), (0, 5)], WHOLE, 1.3, CENTRE, false), [true, true, false, false]);
        assert_eq!(lights(&[(6, 1), (0, 2)], WHOLE, 1.3, CENTRE, true), [true, true, true, false]);
    }

    #[test]
    fn what_a_wide_screen_cuts_off_moves_the_middle() {
        // An upright picture whose top is kept: a wide screen shows little more than that.
        assert_eq!(lights(&[(1, 0)], WHOLE, 0.5, (0.5, 0.0), false), [true, true, true, true]);
        assert_eq!(lights(&[(10, 0)], WHOLE, 0.5, (0.5, 1.0), false), [true, true, true, true]);
        assert_eq!(lights(&[(10, 0)], WHOLE, 0.5, (0.5, 0.0), false), [false, true, false, true]);
    }

    #[test]
    fn what_a_narrower_screen_cuts_off_moves_the_side() {
        // Half of a panorama shows, that to the right: its start is beyond the panorama's own.
        assert_eq!(lights(&[(0, 4)], WHOLE, 2.7, (1.0, 0.5), false), [true, false, true, false]);
        assert_eq!(lights(&[(0, 4)], WHOLE, 2.7, (0.0, 0.5), false), [true, false, false, false]);
        assert_eq!(lights(&[(0, 1)], WHOLE, 2.7, (0.0, 0.5), true), [true, false, true, false]);
    }

    #[test]
    fn a_crop_sees_its_own_fields() {
        let part = [0.5, 0.25, 0.5, 0.5];
        assert_eq!(lights(&[(2, 5), (9, 5), (6, 2)], part, 1.3, CENTRE, false), [false; 4]);
        assert_eq!(lights(&[(3, 3)], part, 1.3, CENTRE, false), [true, false, true, false]);
    }
}
