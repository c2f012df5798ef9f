//! Frequencies of a block back to samples, as many of them as are wanted.
//!
//! The lowest `N` by `N` frequencies of a block of eight by eight give `N` by `N` samples: the block reduced
//! by a filter that passes exactly those. In floating point without fused multiplications, so it gives the
//! same on every machine.

use std::array::from_fn;

use multiversion::multiversion;

/// Frequencies of a block in rows, as stored.
pub(super) type Frequencies = [i16; 64];

/// The transform for one table of quantisation.
pub(super) struct Inverse<const N: usize> {
    /// For each frequency its wave over the first half of the samples; the other half mirrors it.
    waves: [[f32; N]; N],
    /// What stored frequencies are multiplied by, in rows.
    factors: [[f32; N]; N],
}

impl<const N: usize> Inverse<N> {
    /// The cosines of the orthonormal transform (ITU-T T.81, A.3.3), and the steps of quantisation, in rows of eight,
    /// as the smaller transform wants them.
    pub(super) fn new(steps: &[u16; 64]) -> Self {
        let wave = |frequency: usize, sample: usize| {
            let scale = if frequency == 0 { 1.0 / N as f64 } else { 2.0 / N as f64 };
            let angle = (2 * sample + 1) as f64 * frequency as f64 * std::f64::consts::PI / (2 * N) as f64;
            (scale.sqrt() * angle.cos()) as f32
        };
        let factor = |row: usize, column: usize| f32::from(steps[row * 8 + column]) * N as f32 / 8.0;
        Self {
            waves: from_fn(|frequency| from_fn(|sample| wave(frequency, sample))),
            factors: from_fn(|row| from_fn(|column| factor(row, column))),
        }
    }

    /// One direction of the transform. Columns do not know of each other, so the compiler takes several at once.
    #[inline(always)]
    fn across(&self, lines: &[[f32; N]; N]) -> [[f32; N]; N] {
        let mut samples = [[0.0; N]; N];
        for sample in 0..N.div_ceil(2) {
            for column in 0..N {
                let (mut even, mut odd) = (0.0, 0.0);
                for frequency in (0..N).step_by(2) {
                    even += lines[frequency][column] * self.waves[frequency][sample];
                }
                for frequency in (1..N).step_by(2) {
                    odd += lines[frequency][column] * self.waves[frequency][sample];
                }
                samples[sample][column] = even + odd;
                samples[N - 1 - sample][column] = even - odd;
            }
        }
        samples
    }

    /// The one sample that a block without waves is made of.
    pub(super) fn flat(&self, block: &Frequencies) -> u8 {
        sample(f32::from(block[0]) * self.factors[0][0] / N as f32)
    }

    /// The samples of a block.
    pub(super) fn samples(&self, block: &Frequencies) -> [[u8; N]; N] {
        samples(self, block)
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn samples<const N: usize>(inverse: &Inverse<N>, block: &Frequencies) -> [[u8; N]; N] {
    let mut lines = [[0.0; N]; N];
    for (row, line) in lines.iter_mut().enumerate() {
        for (column, value) in line.iter_mut().enumerate() {
            *value = f32::from(block[row * 8 + column]) * inverse.factors[row][column];
        }
    }
    let lines = turned(&inverse.across(&turned(&inverse.across(&lines))));
    let mut samples = [[0; N]; N];
    for (places, line) in samples.iter_mut().zip(&lines) {
        for (place, value) in places.iter_mut().zip(line) {
            *place = sample(*value);
        }
    }
    samples
}

#[inline(always)]
fn turned<const N: usize>(lines: &[[f32; N]; N]) -> [[f32; N]; N] {
    let mut turned = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..N {
            turned[column][row] = lines[row][column];
        }
    }
    turned
}

/// To a whole number from 0 to 255.
#[inline(always)]
fn sample(value: f32) -> u8 {
    /// Added to a small number it leaves the number's whole part in the lowest bits.
    const WHOLE: f32 = 8_388_608.0;
    (((value + 128.0).clamp(0.0, 255.0) + WHOLE).to_bits() & 0xFF) as u8
}
