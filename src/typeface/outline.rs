//! Words as shapes, for pictures into which they are burnt. Entry point: [`outline`].

use skrifa::instance::Size;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::types::Tag;
use skrifa::{FontRef, MetadataProvider};

use super::{Face, draws};

/// A line of words. All lengths are parts of the size of the type, from the left end of the baseline to the right and
/// downwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    pub width: f32,
    /// Closed polygons; what they wind around is ink.
    pub polygons: Vec<Vec<[f32; 2]>>,
}

/// The straight pieces that a curve is cut into: at the sizes of words in pictures nobody sees them.
const PIECES: u8 = 8;

/// Draws words in a weight of the face. `None` when it lacks one of their letters.
pub fn outline(face: &Face, weight: f32, words: &str) -> Option<Outline> {
    let font = FontRef::new(&face.data).ok()?;
    if !words.chars().all(|c| draws(&font, c)) {
        return None;
    }
    let location = font.axes().location([(Tag::new(b"wght"), weight)]);
    let metrics = font.glyph_metrics(Size::new(1.0), &location);
    let glyphs = font.outline_glyphs();
    let mut pen = Pen { polygons: Vec::new(), left: 0.0, at: [0.0; 2] };
    for c in words.chars() {
        let glyph = font.charmap().map(c)?;
        glyphs.get(glyph)?.draw(DrawSettings::unhinted(Size::new(1.0), &location), &mut pen).ok()?;
        pen.left += metrics.advance_width(glyph)?;
    }
    Some(Outline { width: pen.left, polygons: pen.polygons })
}

/// Collects polygons, the glyphs one after the other.
struct Pen {
    polygons: Vec<Vec<[f32; 2]>>,
    left: f32,
    /// Where the pen is, in the glyph's own directions.
    at: [f32; 2],
}

impl Pen {
    fn add(&mut self, x: f32, y: f32) {
        let point = [self.left + x, -y];
        if let Some(polygon) = self.polygons.last_mut() {
            polygon.push(point);
        }
        self.at = [x, y];
    }

    /// A curve by its control points (Bernstein form).
    fn curve(&mut self, points: [[f32; 2]; 4]) {
        for piece in 1..=PIECES {
            let t = f32::from(piece) / f32::from(PIECES);
            let u = 1.0 - t;
            let shares = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
            let sum = |axis: usize| points.iter().zip(shares).map(|(point, share)| point[axis] * share).sum();
            self.add(sum(0), sum(1));
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.polygons.push(Vec::new());
        self.add(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        // The same curve as one of the third degree.
        let towards = |end: [f32; 2]| [end[0] + (cx - end[0]) * 2.0 / 3.0, end[1] + (cy - end[1]) * 2.0 / 3.0];
        self.curve([self.at, towards(self.at), towards([x, y]), [x, y]]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.curve([self.at, [cx0, cy0], [cx1, cy1], [x, y]]);
    }

    fn close(&mut self) {}
}
