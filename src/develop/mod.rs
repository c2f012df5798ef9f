//! The darkroom: a still and its recipes to finished pictures, in memory. Entry point: [`develop`].
//!
//! A still is decoded once, no larger than its recipes need; every picture is then a function of
//! the still and its own recipe alone, whatever else is developed beside it, so that pictures made
//! today and pictures made next week fit together byte for byte. This module knows no files, no
//! site and nothing of who may be shown.

mod colour;
mod crop;
mod decode;
mod depth;
mod effort;
mod encode;
mod failure;
mod ink;
mod light;
mod mark;
mod memory;
mod metadata;
mod negative;
mod pixels;
mod plane;
mod preview;
mod profile;
mod quality;
mod recipe;
mod reductions;
#[expect(unsafe_code, reason = "calls a function compiled for the vectors that the processor has")]
mod resize;
mod trial;
mod turn;
mod zigzag;

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use crate::still::Facts;

pub use crop::{Crop, crop_for};
pub use effort::{effort, effort_of_decoding};
pub use failure::Failure;
pub use light::Light;
pub use memory::memory_estimate;
pub use metadata::Metadata;
pub use preview::Preview;
pub use profile::{Profile, profile_of};
pub use quality::{Quality, target_score};
pub use recipe::{Output, Recipe, Rights};
pub use trial::Trial;

use decode::Scale;
use encode::Printed;
use negative::{Negative, Wanted};

/// Part of every key of a developed picture: raised whenever the same input gives other bytes.
pub const VERSION: u32 = 4;

/// The width for which a still is decoded when nothing wider is asked for. Sites whose widest
/// picture is no wider than this are served by one decode of each still.
pub const WORKING_WIDTH: u32 = 1920;

/// Develops a still: the pictures that `recipes` ask for, and a tiny preview.
///
/// `bytes` and `facts` belong together. `each` gets the index of a recipe and the finished file, as
/// soon as it is ready, in no promised order; when it breaks off, so does the work. Without recipes
/// only the preview is made.
///
/// # Errors
/// A [`Failure`] if the still cannot be decoded, a recipe asks for more pixels than there are, or
/// `each` broke off. Pictures already handed over are good.
pub fn develop(
    bytes: &[u8],
    facts: &Facts,
    recipes: &[Recipe],
    metadata: &Metadata,
    each: &mut dyn FnMut(usize, Vec<u8>) -> ControlFlow<()>,
) -> Result<Preview, Failure> {
    for recipe in recipes {
        recipe.check(facts)?;
    }
    let working = Scale::working(facts);
    let mut negative = Negative::decode(bytes, facts, working)?;
    let preview = preview::make(&mut negative)?;
    for scale in Scale::ALL {
        let order = recipe::order(facts, recipes, scale);
        if order.is_empty() {
            continue;
        }
        if scale != negative.scale() {
            // The old one goes before the new one comes: two would double the memory.
            drop(negative);
            negative = Negative::decode(bytes, facts, scale)?;
        }
        print(&mut negative, recipes, &order, metadata, each)?;
    }
    Ok(preview)
}

/// Makes the pictures of one negative. Those of one size are neighbours in `order` and share pixels.
fn print(
    negative: &mut Negative,
    recipes: &[Recipe],
    order: &[usize],
    metadata: &Metadata,
    each: &mut dyn FnMut(usize, Vec<u8>) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let mut last = None;
    for &index in order {
        let Some(recipe) = recipes.get(index) else { continue };
        // PNG is exact and words are burnt into colours; everything else halves its chroma.
        let exact = recipe.output == Output::Png || recipe.mark.is_some();
        let wanted = if exact { Wanted::Colours } else { Wanted::LumaAndChroma };
        let size = (recipe.geometry(), wanted);
        let printed = match last.take() {
            Some((same, printed)) if same == size => printed,
            _ => {
                let mut pixels = negative.print(recipe.crop, (recipe.width, recipe.height), wanted)?;
                if let Some(words) = &recipe.mark {
                    mark::burn(&mut pixels, words);
                }
                Printed::new(pixels)
            }
        };
        let file = printed.encode(recipe, metadata)?;
        if each(index, file).is_break() {
            return Err(Failure::Stopped);
        }
        last = Some((size, printed));
    }
    Ok(())
}
