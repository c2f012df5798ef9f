//! A decoded still, and pictures of any size from it.

use super::colour::Colour;
use super::decode::{self, Scale};
use super::pixels::Pixels;
use super::resize::{Area, resized};
use super::{Crop, Failure, turn};
use crate::still::{Facts, Orientation};

/// How much larger than a picture the reduction must be that it is made from. Below this the
/// blur of two filters in a row begins to show.
const LEAST_REDUCTION: f64 = 4.0 / 3.0;

/// A decoded still, as stored: not yet upright, in its own colours, alpha premultiplied. Halved copies are made as they
/// are needed, always from the next larger one: small pictures are quicker made from them, and no
/// picture depends on which others were made before it.
pub(super) struct Negative {
    scale: Scale,
    halves: Vec<Pixels>,
    /// The stored size of the still itself.
    full: (u32, u32),
    orientation: Orientation,
    colour: Colour,
}

impl Negative {
    pub(super) fn decode(bytes: &[u8], facts: &Facts, scale: Scale) -> Result<Self, Failure> {
        let decoded = decode::decode(bytes, facts, scale)?;
        Ok(Self {
            scale,
            colour: Colour::of(decoded.profile.as_deref(), decoded.pixels.kind),
            halves: vec![decoded.pixels.premultiplied()],
            full: facts.orientation.turned((facts.width, facts.height)),
            orientation: facts.orientation,
        })
    }

    pub(super) fn scale(&self) -> Scale {
        self.scale
    }

    /// The size of the upright still.
    pub(super) fn size(&self) -> (u32, u32) {
        self.orientation.turned(self.full)
    }

    /// A picture of `crop` (the whole still if nothing), upright and in sRGB, of the given upright size.
    pub(super) fn print(&mut self, crop: Option<Crop>, width: u32, height: u32) -> Result<Pixels, Failure> {
        let crop = match crop {
            Some(crop) => turn::stored_crop(crop, self.full, self.orientation),
            None => Crop { x: 0, y: 0, width: self.full.0, height: self.full.1 },
        };
        let (width, height) = self.orientation.turned((width, height));
        let level = self.level(crop, width, height)?;
        let Some(source) = self.halves.get(level) else { return Err(Failure::Changed) };
        let small = resized(source, area(crop, self.full, source), width, height).straightened();
        Ok(turn::upright(self.colour.to_srgb(small)?, self.orientation))
    }

    /// The smallest reduction that is still enough larger than the picture.
    fn level(&mut self, crop: Crop, width: u32, height: u32) -> Result<usize, Failure> {
        let mut level = 0;
        loop {
            let Some(here) = self.halves.get(level) else { return Err(Failure::Changed) };
            let next = (here.width.div_ceil(2), here.height.div_ceil(2));
            let enough = |size: u32, cropped: u32, next: u32, full: u32| {
                f64::from(cropped) * f64::from(next) / f64::from(full) >= f64::from(size) * LEAST_REDUCTION
            };
            if !enough(width, crop.width, next.0, self.full.0) || !enough(height, crop.height, next.1, self.full.1) {
                return Ok(level);
            }
            if self.halves.len() == level + 1 {
                let half = resized(here, Area::whole(here), next.0, next.1);
                self.halves.push(half);
            }
            level += 1;
        }
    }
}

/// Where a crop of the full picture lies in a reduction of it.
fn area(crop: Crop, full: (u32, u32), reduced: &Pixels) -> Area {
    let (across, down) = (f64::from(reduced.width) / f64::from(full.0), f64::from(reduced.height) / f64::from(full.1));
    Area {
        left: f64::from(crop.x) * across,
        top: f64::from(crop.y) * down,
        width: f64::from(crop.width) * across,
        height: f64::from(crop.height) * down,
    }
}
