//! What is to be made of a still.

use serde::{Deserialize, Serialize};

use super::decode::Scale;
use super::{Crop, Failure, Quality};
use crate::still::Facts;

/// One picture to be made. Every field is part of its key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recipe {
    /// The part of the upright still to show; all of it if nothing.
    pub crop: Option<Crop>,
    /// Of the picture, in pixels; never more than the crop has.
    pub width: u32,
    /// Of the picture, in pixels; never more than the crop has.
    pub height: u32,
    pub output: Output,
    pub quality: Quality,
    /// What shows through transparent parts where the format has no transparency, in sRGB.
    pub background: [u8; 3],
    pub rights: Rights,
    /// Words that are burnt into the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Output {
    Avif,
    WebP,
    Jpeg,
    Png,
}

impl Output {
    /// The file extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Whether this Backlot can write it: AVIF takes the feature `avif`, whose encoder takes long to compile.
    pub fn is_built_in(self) -> bool {
        self != Self::Avif || cfg!(feature = "avif")
    }

    /// Whether a picture of a still can be written in it. AVIF is made from 16 pixels on, which its encoder wants, and of
    /// opaque stills.
    pub fn suits(self, facts: &Facts, size: (u32, u32)) -> bool {
        self != Self::Avif || !facts.has_alpha && size.0.min(size.1) >= 16
    }

    /// The type for HTTP and `<source type>`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// How much of the metadata a picture carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rights {
    /// All that is allowed.
    Full,
    /// Creator, credit, copyright and instructions.
    Minimum,
    /// Instructions alone.
    None,
}

impl Recipe {
    /// The part of the upright still to show.
    pub(super) fn area(&self, facts: &Facts) -> Crop {
        self.crop.unwrap_or(Crop { x: 0, y: 0, width: facts.width, height: facts.height })
    }

    /// What the pixels depend on.
    pub(super) fn geometry(&self) -> (Option<Crop>, u32, u32, Option<&str>) {
        (self.crop, self.width, self.height, self.mark.as_deref())
    }

    pub(super) fn check(&self, facts: &Facts) -> Result<(), Failure> {
        let area = self.area(facts);
        let fits = |size: u32, available: u32| (1..=available).contains(&size);
        let inside = fits(area.width, facts.width.saturating_sub(area.x))
            && fits(area.height, facts.height.saturating_sub(area.y));
        if inside && fits(self.width, area.width) && fits(self.height, area.height) {
            return Ok(());
        }
        Err(Failure::Enlarged {
            asked: (self.width, self.height),
            has: if inside { (area.width, area.height) } else { (facts.width, facts.height) },
        })
    }
}

/// The recipes that are printed from the negative of one scale, those of one size together.
pub(super) fn order(facts: &Facts, recipes: &[Recipe], scale: Scale) -> Vec<usize> {
    let mut order: Vec<(usize, &Recipe)> =
        recipes.iter().enumerate().filter(|(_, recipe)| Scale::of(facts, recipe) == scale).collect();
    order.sort_by_key(|(index, recipe)| (std::cmp::Reverse(recipe.width), recipe.geometry(), *index));
    order.into_iter().map(|(index, _)| index).collect()
}
