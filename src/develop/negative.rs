//! A decoded still, and pictures of any size from it.

use super::colour::Colour;
use super::decode::{self, Scale};
use super::pixels::{Kind, Pixels};
use super::reductions::Reductions;
use super::resize::Area;
use super::{Crop, Failure, turn};
use crate::still::{Facts, Orientation};

/// What a picture is wanted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Grey, or red, green and blue, with alpha where the still has it.
    Colours,
    /// As JPEG and WebP store pictures, if the still comes in this way: luma, and chroma of half the size.
    LumaAndChroma,
}

/// A decoded still, as stored: not yet upright, in its own colours, alpha premultiplied.
pub(super) struct Negative {
    scale: Scale,
    planes: Vec<Reductions>,
    kind: Kind,
    /// The stored size of the still itself.
    full: (u32, u32),
    orientation: Orientation,
    colour: Colour,
}

impl Negative {
    pub(super) fn decode(bytes: &[u8], facts: &Facts, scale: Scale) -> Result<Self, Failure> {
        let decoded = decode::decode(bytes, facts, scale)?;
        let kind = decoded.pixels.kind;
        let density = 1.0 / f64::from(scale.divisor());
        let (across, down) = decoded.subsampling;
        let sparse = (density / f64::from(across), density / f64::from(down));
        let planes = decoded.pixels.premultiplied().planes.into_iter().enumerate();
        let planes =
            planes.map(|(index, plane)| Reductions::new(plane, if index == 0 { (density, density) } else { sparse }));
        Ok(Self {
            scale,
            colour: Colour::of(decoded.profile.as_deref(), kind),
            planes: planes.collect(),
            kind,
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
    pub(super) fn print(
        &mut self,
        crop: Option<Crop>,
        (width, height): (u32, u32),
        wanted: Wanted,
    ) -> Result<Pixels, Failure> {
        let crop = match crop {
            Some(crop) => turn::stored_crop(crop, self.full, self.orientation),
            None => Crop { x: 0, y: 0, width: self.full.0, height: self.full.1 },
        };
        let area = Area {
            left: f64::from(crop.x),
            top: f64::from(crop.y),
            width: f64::from(crop.width),
            height: f64::from(crop.height),
        };
        let size = self.orientation.turned((width, height));
        let halved = wanted == Wanted::LumaAndChroma && self.kind == Kind::Ycc && self.colour.is_plain();
        let (orientation, mut planes) = (self.orientation, Vec::new());
        for (index, plane) in self.planes.iter_mut().enumerate() {
            let (area, (width, height)) =
                if halved && index > 0 { chroma(area, size, orientation) } else { (area, size) };
            planes.push(plane.print(area, width, height));
        }
        let mut pixels = Pixels { width: size.0, height: size.1, kind: self.kind, planes }.straightened();
        if !halved {
            pixels = self.colour.to_srgb(pixels.without_chroma())?;
        }
        for plane in &mut pixels.planes {
            *plane = turn::upright(plane, orientation);
        }
        (pixels.width, pixels.height) = (width, height);
        Ok(pixels)
    }
}

/// The area and the size of half as many samples of chroma. Where a side is odd, the last sample stands for
/// one pixel and for one that is not there, on the side that will be right or bottom.
fn chroma(area: Area, (width, height): (u32, u32), orientation: Orientation) -> (Area, (u32, u32)) {
    let half = (width.div_ceil(2), height.div_ceil(2));
    let whole = |length: f64, half: u32, size: u32| length * f64::from(half) * 2.0 / f64::from(size);
    let (wide, high) = (whole(area.width, half.0, width), whole(area.height, half.1, height));
    let (from_right, from_bottom) = turn::runs_back(orientation);
    let area = Area {
        left: if from_right { area.left + area.width - wide } else { area.left },
        top: if from_bottom { area.top + area.height - high } else { area.top },
        width: wide,
        height: high,
    };
    (area, half)
}
