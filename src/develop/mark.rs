//! Words burnt into a picture, again and again and at a slant, so that no part of it can be used without them.
//! Entry point: [`burn`].

use super::pixels::{Kind, Pixels};
use crate::typeface::{self, Outline};

/// The size of the type, as a part of the picture's longer side; and the least, in pixels.
const SIZE: f32 = 1.0 / 18.0;
const LEAST: f32 = 9.0;
/// From one line to the next, and the room between repetitions, in sizes.
const LINE: f32 = 3.4;
const ROOM: f32 = 1.6;
/// How much of the picture the letters and their shadows hide.
const INK: f32 = 0.44;
const SHADOW: f32 = 0.34;
/// The slant: cosine and sine of 24°, as numbers, so that every machine draws the same.
const SLANT: [f32; 2] = [0.913_545_5, 0.406_736_64];
/// Words that cannot be drawn are told by these, which can.
const STAND_IN: &str = "PROOF";

/// Burns words into a picture.
pub(super) fn burn(pixels: &mut Pixels, words: &str) {
    let size = (pixels.width.max(pixels.height) as f32 * SIZE).max(LEAST);
    let Some(stamp) = drawn(words).or_else(|| drawn(STAND_IN)).map(|outline| Stamp::new(&outline, size)) else {
        return;
    };
    let shift = (size / 14.0).max(1.0);
    let transparent = pixels.kind == Kind::Rgba;
    let width = pixels.width as usize;
    for place in 0..width * pixels.height as usize {
        let (x, y) = ((place % width) as f32, (place / width) as f32);
        let ink = stamp.repeated(x, y);
        let shadow = stamp.repeated(x - shift, y - shift).max(stamp.repeated(x + shift, y + shift)) * (1.0 - ink);
        for (channel, plane) in pixels.planes.iter_mut().enumerate() {
            let Some(value) = plane.data.get_mut(place) else { continue };
            if transparent && channel == 3 {
                // On a transparent ground they have to be seen as well.
                *value = (*value).max((ink.max(shadow) * 255.0) as u8);
            } else {
                // Ink does not get here: prints are in sRGB.
                let dark = f32::from(*value) * (1.0 - shadow * SHADOW);
                // Between 0 and 255 by construction.
                *value = (dark + (255.0 - dark) * ink * INK + 0.5) as u8;
            }
        }
    }
}

fn drawn(words: &str) -> Option<Outline> {
    let family = typeface::bundled("Inter")?;
    typeface::outline(family.faces.first()?, 650.0, words)
}

/// The words once, as how much of each pixel is ink, 0 to 1.
struct Stamp {
    width: usize,
    height: usize,
    ink: Vec<f32>,
    /// From one repetition to the next, in pixels.
    across: f32,
    down: f32,
}

/// Lines of samples in a pixel.
const FINE: usize = 4;

impl Stamp {
    fn new(outline: &Outline, size: f32) -> Self {
        // Room above the baseline for accents on capitals, and below it for tails.
        let (above, below) = (1.1 * size, 0.35 * size);
        let (width, height) = ((outline.width * size).ceil() as usize + 2, (above + below).ceil() as usize);
        let mut stamp = Self {
            width,
            height,
            ink: vec![0.0; width * height],
            across: (outline.width + ROOM) * size,
            down: LINE * size,
        };
        let place = |point: &[f32; 2]| [point[0] * size + 1.0, point[1] * size + above];
        let polygons: Vec<Vec<[f32; 2]>> =
            outline.polygons.iter().map(|polygon| polygon.iter().map(place).collect()).collect();
        for line in 0..height * FINE {
            stamp.line(&polygons, line);
        }
        stamp
    }

    /// Adds one line of samples: from left to right, what the outlines wind around.
    fn line(&mut self, polygons: &[Vec<[f32; 2]>], line: usize) {
        let y = (line as f32 + 0.5) / FINE as f32;
        let mut crossings: Vec<(f32, i32)> = Vec::new();
        for polygon in polygons {
            let next = polygon.iter().cycle().skip(1);
            for (from, to) in polygon.iter().zip(next) {
                if (from[1] <= y) != (to[1] <= y) {
                    let x = from[0] + (to[0] - from[0]) * (y - from[1]) / (to[1] - from[1]);
                    crossings.push((x, if to[1] > from[1] { 1 } else { -1 }));
                }
            }
        }
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        let row = line / FINE * self.width;
        let mut winding = 0;
        for pair in crossings.windows(2) {
            let [(left, turn), (right, _)] = pair else { continue };
            winding += turn;
            if winding != 0
                && let Some(row) = self.ink.get_mut(row..row + self.width)
            {
                fill(row, *left, *right);
            }
        }
    }

    /// How much ink there is at a pixel of the picture, over which the words are repeated at a slant.
    fn repeated(&self, x: f32, y: f32) -> f32 {
        let [cosine, sine] = SLANT;
        let (along, down) = (x * cosine - y * sine, x * sine + y * cosine);
        let line = (down / self.down).floor();
        // Every other line begins in the middle of a word, so that no lane stays free.
        let along = along + if line.rem_euclid(2.0) < 1.0 { 0.0 } else { self.across / 2.0 };
        self.at(along.rem_euclid(self.across), down - line * self.down)
    }

    /// The ink at a place between pixels.
    fn at(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (right, lower) = (x - left, y - top);
        let get = |column: f32, row: f32| {
            let (column, row) = (column as usize, row as usize);
            if column < self.width && row < self.height { self.ink[row * self.width + column] } else { 0.0 }
        };
        let above = get(left, top) * (1.0 - right) + get(left + 1.0, top) * right;
        let below = get(left, top + 1.0) * (1.0 - right) + get(left + 1.0, top + 1.0) * right;
        (above * (1.0 - lower) + below * lower).min(1.0)
    }
}

/// Adds the ink of one line of samples from `left` to `right`, which may lie within pixels.
fn fill(row: &mut [f32], left: f32, right: f32) {
    let share = 1.0 / FINE as f32;
    let end = right.ceil().max(0.0) as usize;
    for (column, ink) in row.iter_mut().enumerate().take(end).skip(left.floor().max(0.0) as usize) {
        let column = column as f32;
        *ink += share * (right.min(column + 1.0) - left.max(column)).max(0.0);
    }
}
