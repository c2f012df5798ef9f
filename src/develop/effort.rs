//! How much work developing is, to tell how long it will take.

use super::{Output, Recipe};
use crate::still::Facts;

/// The work of decoding a still, in megapixels of decoding.
pub fn effort_of_decoding(facts: &Facts) -> f64 {
    f64::from(facts.width) * f64::from(facts.height) / 1e6
}

/// The work of making one picture of a decoded still, in megapixels of decoding: resizing and encoding, from
/// where the time goes in `benches/README.md`.
pub fn effort(recipe: &Recipe) -> f64 {
    let weight = match recipe.output {
        Output::Jpeg => 5.0,
        Output::Avif => 350.0,
        Output::WebP => 8.0,
        Output::Png => 12.0,
    };
    f64::from(recipe.width) * f64::from(recipe.height) / 1e6 * weight
}
