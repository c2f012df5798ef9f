//! Blocks of eight by eight samples to quantised frequencies.
//!
//! The transform is that of Arai, Agui and Nakajima (1988, also in Pennebaker and Mitchell, 4.3.5), whose
//! last multiplications are put into the quantisation. In floating point without fused multiplications,
//! so it gives the same on every machine.

use std::array::from_fn;

use multiversion::multiversion;

use crate::develop::zigzag::ZIGZAG;

/// Samples, or frequencies, of one block.
pub(super) type Block = [i16; 64];
type Line = [f32; 8];

/// What to divide frequencies by, in the transform's own scale.
pub(super) struct Quantiser {
    /// Factors by column, then row: the transform leaves its result turned on its side.
    factors: [Line; 8],
}

impl Quantiser {
    /// From a table in rows.
    pub(super) fn new(table: &[u8; 64]) -> Self {
        let scale: [f64; 8] = from_fn(|k| {
            let angle = k as f64 * std::f64::consts::PI / 16.0;
            if k == 0 { 1.0 } else { angle.cos() * std::f64::consts::SQRT_2 }
        });
        let factor = |column: usize, row: usize| {
            let divisor = table.get(row * 8 + column).map_or(1.0, |value| f64::from(*value));
            (1.0 / (divisor * scale[column] * scale[row] * 8.0)) as f32
        };
        Self { factors: from_fn(|column| from_fn(|row| factor(column, row))) }
    }
}

/// Transforms and quantises the block at a place of a plane that is wide and high enough.
/// Frequencies come in the order in which they are written.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn quantised(samples: &[u8], stride: usize, quantiser: &Quantiser, block: &mut Block) {
    let mut lines = [[0.0; 8]; 8];
    for (index, line) in lines.iter_mut().enumerate() {
        if let Some(row) = samples.get(index * stride..).and_then(|rest| rest.first_chunk::<8>()) {
            for (value, sample) in line.iter_mut().zip(row) {
                *value = f32::from(*sample) - 128.0;
            }
        }
    }
    transform(&mut lines);
    lines = turned(&lines);
    transform(&mut lines);
    let mut rows: Block = [0; 64];
    for ((row, line), factors) in rows.as_chunks_mut::<8>().0.iter_mut().zip(&lines).zip(&quantiser.factors) {
        for ((place, value), factor) in row.iter_mut().zip(line).zip(factors) {
            *place = nearest(value * factor);
        }
    }
    for (value, place) in block.iter_mut().zip(SIDEWAYS) {
        *value = rows[usize::from(place & 63)];
    }
}

/// [`ZIGZAG`] in a block turned on its side.
const SIDEWAYS: [u8; 64] = {
    let mut order = ZIGZAG;
    let mut index = 0;
    while index < 64 {
        order[index] = ZIGZAG[index] % 8 * 8 + ZIGZAG[index] / 8;
        index += 1;
    }
    order
};

/// How far from zero a frequency has to be to count: a little more than half a step, because a one
/// there costs more bits than it shows.
const THRESHOLD: f32 = 0.6;

/// To a whole number.
#[inline(always)]
fn nearest(value: f32) -> i16 {
    /// Added to a small number it leaves the number's whole part in the lowest bits.
    const WHOLE: f32 = 8_388_608.0;
    let size = (value.abs() - (THRESHOLD - 0.5)).max(0.0) + WHOLE;
    let size = (size.to_bits() & 0x7FFF) as i16;
    if value < 0.0 { -size } else { size }
}

#[inline(always)]
fn turned(lines: &[Line; 8]) -> [Line; 8] {
    from_fn(|row| from_fn(|column| lines[column][row]))
}

/// The transform of each column; columns do not know of each other, so the compiler takes eight at once.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "a loop over all lines at once is what becomes vectors")]
fn transform(lines: &mut [Line; 8]) {
    const C4: f32 = std::f32::consts::FRAC_1_SQRT_2;
    // cos(3 pi / 8), and cos(pi / 8) less and more that.
    const C6: f32 = 0.382_683_43;
    const LESS: f32 = 0.541_196_1;
    const MORE: f32 = 1.306_563;
    for column in 0..8 {
        let line = |k: usize| lines[k][column];
        let sum = |k: usize| line(k) + line(7 - k);
        let difference = |k: usize| line(k) - line(7 - k);

        let (outer, inner) = (sum(0) + sum(3), sum(1) + sum(2));
        let (outer_odd, inner_odd) = (sum(0) - sum(3), sum(1) - sum(2));
        let turn = (outer_odd + inner_odd) * C4;

        let (a, b, c) =
            (difference(3) + difference(2), (difference(2) + difference(1)) * C4, difference(1) + difference(0));
        let both = (a - c) * C6;
        let (a, c) = (a * LESS + both, c * MORE + both);
        let (more, less) = (difference(0) + b, difference(0) - b);

        lines[0][column] = outer + inner;
        lines[1][column] = more + c;
        lines[2][column] = outer_odd + turn;
        lines[3][column] = less - a;
        lines[4][column] = outer - inner;
        lines[5][column] = less + a;
        lines[6][column] = outer_odd - turn;
        lines[7][column] = more - c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The transform by its formula (T.81, A.3.3), in rows.
    fn frequency(samples: &[u8], row: usize, column: usize) -> f64 {
        let half = |k: usize| if k == 0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
        let wave = |place: usize, k: usize| ((2 * place + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0).cos();
        let sum: f64 = (0..64)
            .map(|index| (f64::from(samples[index]) - 128.0) * wave(index / 8, row) * wave(index % 8, column))
            .sum();
        sum * half(row) * half(column) / 4.0
    }

    #[test]
    fn frequencies_are_those_of_the_standard() {
        let mut state = 7_u32;
        for step in [1, 3, 16] {
            let samples: Vec<u8> = (0..64)
                .map(|index| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    if step == 3 { (state >> 24) as u8 } else { (index * 3 % 256) as u8 }
                })
                .collect();
            let mut block: Block = [0; 64];
            quantised(&samples, 8, &Quantiser::new(&[step; 64]), &mut block);
            for (value, place) in block.iter().zip(ZIGZAG) {
                let exact = frequency(&samples, usize::from(place) / 8, usize::from(place) % 8) / f64::from(step);
                // From the threshold down, one step is too little to be stored.
                let away = (f64::from(*value) - exact).abs();
                assert!(away < f64::from(THRESHOLD) + 0.01, "{place} in steps of {step}: {value} for {exact}");
            }
        }
    }
}
