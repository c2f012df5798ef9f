//! One plane of a still and halved copies of it.

use super::plane::Plane;
use super::resize::{Area, resized};

/// How much larger than a picture the reduction must be that it is made from. Below this the
/// blur of two filters in a row begins to show.
const LEAST: f64 = 4.0 / 3.0;

/// A plane and halved copies, made as they are needed, always from the next larger one: small pictures
/// are quicker made from them, and no picture depends on which others were made before it.
pub(super) struct Reductions {
    levels: Vec<Level>,
}

struct Level {
    plane: Plane,
    /// Samples for each pixel of the still, across and down.
    density: (f64, f64),
}

impl Level {
    /// Where an area in pixels of the still lies in the samples of this plane.
    fn area(&self, area: Area) -> Area {
        let (across, down) = self.density;
        Area { left: area.left * across, top: area.top * down, width: area.width * across, height: area.height * down }
    }

    /// Whether `area` has so many more samples than a picture of it.
    fn serves(&self, area: Area, width: u32, height: u32) -> bool {
        let own = self.area(area);
        own.width >= f64::from(width) * LEAST && own.height >= f64::from(height) * LEAST
    }

    fn half(&self) -> Self {
        let (width, height) = (self.plane.width, self.plane.height);
        let (across, down) = (width.div_ceil(2), height.div_ceil(2));
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let plane = resized(&self.plane, Area::whole(&self.plane), across, down);
        let density = (self.density.0 * share(across, width), self.density.1 * share(down, height));
        Self { plane, density }
    }
}

impl Reductions {
    pub(super) fn new(plane: Plane, density: (f64, f64)) -> Self {
        Self { levels: vec![Level { plane, density }] }
    }

    /// The area, in pixels of the still, as so many samples: from the smallest level that is still
    /// enough larger.
    pub(super) fn print(&mut self, area: Area, width: u32, height: u32) -> Plane {
        let mut index = 0;
        while let Some(level) = self.levels.get(index) {
            if !level.serves(area, width.saturating_mul(2), height.saturating_mul(2)) {
                return resized(&level.plane, level.area(area), width as usize, height as usize);
            }
            index += 1;
            if self.levels.len() == index {
                let half = level.half();
                self.levels.push(half);
            }
        }
        Plane::filled(width as usize, height as usize, 0)
    }
}
