//! One channel of a picture.

/// Samples of 8 bits: rows from the top, from the left, no padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) data: Vec<u8>,
}

impl Plane {
    pub(super) fn filled(width: usize, height: usize, value: u8) -> Self {
        Self { width, height, data: vec![value; width * height] }
    }

    /// A plane of the same size from the samples of two.
    pub(super) fn with(&self, other: &Self, join: impl Fn(u8, u8) -> u8) -> Self {
        let data = self.data.iter().zip(&other.data).map(|(a, b)| join(*a, *b)).collect();
        Self { width: self.width, height: self.height, data }
    }
}
