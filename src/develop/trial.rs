//! One picture with encoders' own numbers, to find out which numbers a quality stands for (`benches/tune`).

use super::decode::Scale;
use super::encode::Printed;
use super::negative::{Negative, Wanted};
use super::{Failure, Metadata, Output};
use crate::still::Facts;

/// A reduced picture, to be written in many ways.
pub struct Trial {
    exact: Printed,
    halved: Printed,
}

impl Trial {
    /// A still at a width, exactly as a recipe of that width would have it.
    ///
    /// # Errors
    /// As [`develop`](super::develop()).
    pub fn new(bytes: &[u8], facts: &Facts, width: u32) -> Result<Self, Failure> {
        let height = (u64::from(facts.height) * u64::from(width)).div_ceil(u64::from(facts.width));
        let mut negative = Negative::decode(bytes, facts, Scale::working(facts))?;
        let size = (width, u32::try_from(height).unwrap_or(u32::MAX));
        let exact = Printed::new(negative.print(None, size, Wanted::Colours)?);
        Ok(Self { exact, halved: Printed::new(negative.print(None, size, Wanted::LumaAndChroma)?) })
    }

    /// The picture as a file; `number` is the encoder's own. What is transparent is laid on white where it has to be.
    ///
    /// # Errors
    /// [`Failure::Unwritten`] when it is too large for the format.
    pub fn file(&self, output: Output, number: u8) -> Result<Vec<u8>, Failure> {
        let printed = if output == Output::Png { &self.exact } else { &self.halved };
        printed.numbered(output, number, [255; 3], &Metadata::default())
    }
}
