//! What the three qualities mean to each encoder.

use serde::{Deserialize, Serialize};

use super::Output;

/// How good a picture is to look: a target score and not an encoder's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// For trying things out: small and quick.
    Draft,
    Standard,
    #[default]
    High,
}

/// The ssimulacra2 score that a quality stands for: the mean over varied photographs, against the same pixels
/// unencoded.
pub fn target_score(quality: Quality) -> f32 {
    row(quality).0
}

/// The number that an encoder is given. PNG is lossless and has none.
pub(super) fn setting(output: Output, quality: Quality) -> u8 {
    let (_, avif, webp, jpeg) = row(quality);
    match output {
        Output::Avif => avif,
        Output::WebP => webp,
        Output::Jpeg => jpeg,
        Output::Png => 100,
    }
}

/// Target score, then the numbers for rav1e (a quantiser), for libwebp (method 2) and for our JPEG whose mean comes nearest to it (`benches/tune`; the table is
/// in `benches/README.md`).
fn row(quality: Quality) -> (f32, u8, u8, u8) {
    match quality {
        Quality::Draft => (62.0, 151, 45, 53),
        Quality::Standard => (70.0, 130, 69, 68),
        Quality::High => (75.0, 112, 80, 76),
    }
}
