//! Making pictures smaller: Lanczos with three lobes, in whole numbers.
//!
//! Written here because pictures must come out the same on every machine, and because the fast
//! library for this is generic to the last loop and would be compiled anew with every build of
//! this crate, for minutes. The one loop that matters is written for vectors, and once more for machines that lack them.

use std::array::from_fn;

use super::plane::Plane;

/// Weights are fractions of this power of two: the most that leaves sums in 32 bits.
const WEIGHT_BITS: u32 = 14;
const LOBES: f64 = 3.0;
/// Rows that are filtered across together.
const STRIP: usize = 32;

/// A part of a plane, in fractions of its samples. It may reach a little beyond.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn whole(plane: &Plane) -> Self {
        Self { left: 0.0, top: 0.0, width: plane.width as f64, height: plane.height as f64 }
    }
}

/// The area of a plane at another size.
pub(super) fn resized(source: &Plane, area: Area, width: usize, height: usize) -> Plane {
    let down = Taps::new(source.height, area.top, area.height, height);
    let across = Taps::new(source.width, area.left, area.width, width);
    // Down first, and only the columns that are used afterwards; as many rows at a time as go across together.
    let columns = across.span();
    let mut target = Plane::filled(width, height, 0);
    let mut between = vec![0; columns.len() * STRIP];
    let mut strip = Strip::new(columns.len(), width);
    let mut rows = down.iter();
    for lines in target.data.chunks_mut((width * STRIP).max(1)) {
        for row in between.chunks_exact_mut(columns.len().max(1)).take(lines.len() / width) {
            let Some((start, weights)) = rows.next() else { break };
            blend(
                source.data.get(start * source.width + columns.start..).unwrap_or_default(),
                source.width,
                weights,
                row,
            );
        }
        strip.filter(&between, columns.start, &across, lines);
    }
    target
}

/// Rows turned on their side, so that the samples to be blended lie as they do on the way down.
struct Strip {
    source: Vec<u8>,
    target: Vec<u8>,
}

impl Strip {
    fn new(source: usize, target: usize) -> Self {
        Self { source: vec![0; source * STRIP], target: vec![0; target * STRIP] }
    }

    /// Filters rows across. The first of their columns is column `first` of what the taps are for.
    fn filter(&mut self, rows: &[u8], first: usize, taps: &Taps, target: &mut [u8]) {
        transpose(rows, self.source.len() / STRIP, &mut self.source, STRIP);
        for ((start, weights), column) in taps.iter().zip(self.target.chunks_exact_mut(STRIP)) {
            blend(self.source.get((start - first) * STRIP..).unwrap_or_default(), STRIP, weights, column);
        }
        transpose(&self.target, STRIP, target, self.target.len() / STRIP);
    }
}

/// Turns rows of `from` samples into rows of `to`: the columns of the one are the rows of the other.
/// As many as the target has room for.
fn transpose(source: &[u8], from: usize, target: &mut [u8], to: usize) {
    const SIDE: usize = 8;
    let rows = (target.len() / to.max(1)).min(from);
    for top in (0..to).step_by(SIDE) {
        for left in (0..rows).step_by(SIDE) {
            let lines = source.get(top * from + left..).unwrap_or_default();
            let places = target.get_mut(left * to + top..).unwrap_or_default();
            let reach = |stride: usize| (SIDE - 1) * stride + SIDE;
            let whole = left + SIDE <= rows && top + SIDE <= to;
            if whole && lines.len() >= reach(from) && places.len() >= reach(to) {
                let block = turned(from_fn(|index| word(&lines[index * from..][..SIDE])));
                for (index, word) in block.into_iter().enumerate() {
                    places[index * to..][..SIDE].copy_from_slice(&word.to_le_bytes());
                }
                continue;
            }
            for (down, across) in (0..SIDE.min(to - top)).flat_map(|down| (0..SIDE).map(move |across| (down, across))) {
                let place = places.get_mut(across * to + down).filter(|_| left + across < rows);
                if let (Some(place), Some(value)) = (place, lines.get(down * from + across)) {
                    *place = *value;
                }
            }
        }
    }
}

/// Eight bytes, the first lowest.
#[inline(always)]
fn word(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Eight words of eight bytes, turned on their side by exchanging ever smaller squares.
#[inline(always)]
fn turned(mut rows: [u64; 8]) -> [u64; 8] {
    let mut exchange = |upper: usize, distance: usize, mask: u64| {
        let (a, b, bits) = (rows[upper], rows[upper + distance], distance * 8);
        let exchanged = ((a >> bits) ^ b) & mask;
        rows[upper] = a ^ (exchanged << bits);
        rows[upper + distance] = b ^ exchanged;
    };
    [0, 1, 2, 3].into_iter().for_each(|upper| exchange(upper, 4, 0x0000_0000_FFFF_FFFF));
    [0, 1, 4, 5].into_iter().for_each(|upper| exchange(upper, 2, 0x0000_FFFF_0000_FFFF));
    [0, 2, 4, 6].into_iter().for_each(|upper| exchange(upper, 1, 0x00FF_00FF_00FF_00FF));
    rows
}

/// The weighted sum of lines that lie `stride` apart, on the widest vectors that the machine has.
fn blend(lines: &[u8], stride: usize, weights: &[i16], out: &mut [u8]) {
    let all_there = lines.len() >= stride * weights.len().saturating_sub(1) + out.len();
    #[cfg(target_arch = "x86_64")]
    if all_there && std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for, and every line is as long as `out`.
        unsafe { x86::blend_avx2(lines, stride, weights, out) };
        return;
    }
    if all_there {
        blend_from(0, lines, stride, weights, out);
    }
}

/// The same, from a place in `out` on, for any machine.
#[inline(always)]
fn blend_from(at: usize, lines: &[u8], stride: usize, weights: &[i16], out: &mut [u8]) {
    let (wide, rest) = out.get_mut(at..).unwrap_or_default().as_chunks_mut::<16>();
    let narrow_at = at + wide.len() * 16;
    for (index, chunk) in wide.iter_mut().enumerate() {
        blend_chunk(lines, at + index * 16, stride, weights, chunk);
    }
    for (index, byte) in rest.iter_mut().enumerate() {
        blend_chunk(lines, narrow_at + index, stride, weights, std::array::from_mut(byte));
    }
}

#[inline(always)]
fn blend_chunk<const L: usize>(lines: &[u8], at: usize, stride: usize, weights: &[i16], out: &mut [u8; L]) {
    let mut sums = [1_i32 << (WEIGHT_BITS - 1); L];
    for (index, &weight) in weights.iter().enumerate() {
        let Some(line) = lines.get(index * stride + at..).and_then(|rest| rest.first_chunk::<L>()) else { break };
        for (sum, &value) in sums.iter_mut().zip(line) {
            *sum += i32::from(value) * i32::from(weight);
        }
    }
    for (byte, sum) in out.iter_mut().zip(sums) {
        // The clamp makes it fit.
        *byte = (sum >> WEIGHT_BITS).clamp(0, 255) as u8;
    }
}

/// Two lines at a time: the processor multiplies and adds pairs of 16-bit numbers in one go. The
/// sums are the same whole numbers as elsewhere.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::WEIGHT_BITS;
    use std::arch::x86_64::*;

    const SHIFT: i32 = WEIGHT_BITS as i32;

    /// # Safety
    /// The processor has AVX2, and `lines` holds a line as long as `out` for every weight.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn blend_avx2(lines: &[u8], stride: usize, weights: &[i16], out: &mut [u8]) {
        let (wide, rest) = out.as_chunks_mut::<32>();
        let done = wide.len() * 32;
        for (index, chunk) in wide.iter_mut().enumerate() {
            // SAFETY: by the caller's promise 32 bytes can be read at this place of each line.
            unsafe { wide_chunk(lines.as_ptr().add(index * 32), stride, weights, chunk) };
        }
        let (narrow, rest) = rest.as_chunks_mut::<16>();
        for (index, chunk) in narrow.iter_mut().enumerate() {
            // SAFETY: as above, for 16 bytes.
            unsafe { narrow_chunk(lines.as_ptr().add(done + index * 16), stride, weights, chunk) };
        }
        let done = done + narrow.len() * 16;
        super::blend_from(0, lines.get(done..).unwrap_or_default(), stride, weights, rest);
    }

    /// Two weights as the processor wants them; without a second one its line counts for nothing.
    fn pair(weights: &[i16]) -> i32 {
        let low = weights.first().map_or(0, |weight| i32::from(*weight) & 0xFFFF);
        low | weights.get(1).map_or(0, |weight| i32::from(*weight) << 16)
    }

    /// # Safety
    /// 32 bytes can be read at `line` and at every further `stride`, for each weight.
    #[target_feature(enable = "avx2")]
    unsafe fn wide_chunk(line: *const u8, stride: usize, weights: &[i16], out: &mut [u8; 32]) {
        let zero = _mm256_setzero_si256();
        let mut sums = [_mm256_set1_epi32(1 << (SHIFT - 1)); 4];
        for (index, two) in weights.chunks(2).enumerate() {
            // SAFETY: the caller's promise; a second line is read only if it has a weight.
            let (first, second) = unsafe {
                let here = line.add(index * 2 * stride);
                let next = if two.len() == 2 { here.add(stride) } else { here };
                (_mm256_loadu_si256(here.cast()), _mm256_loadu_si256(next.cast()))
            };
            let weight = _mm256_set1_epi32(pair(two));
            let (low, high) = (_mm256_unpacklo_epi8(first, second), _mm256_unpackhi_epi8(first, second));
            let pairs = [
                _mm256_unpacklo_epi8(low, zero),
                _mm256_unpackhi_epi8(low, zero),
                _mm256_unpacklo_epi8(high, zero),
                _mm256_unpackhi_epi8(high, zero),
            ];
            for (sum, pair) in sums.iter_mut().zip(pairs) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pair, weight));
            }
        }
        let [a, b, c, d] = sums.map(|sum| _mm256_srai_epi32::<SHIFT>(sum));
        // Packing clamps.
        let bytes = _mm256_packus_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
        // SAFETY: `out` has 32 bytes.
        unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), bytes) };
    }

    /// # Safety
    /// 16 bytes can be read at `line` and at every further `stride`, for each weight.
    #[target_feature(enable = "avx2")]
    unsafe fn narrow_chunk(line: *const u8, stride: usize, weights: &[i16], out: &mut [u8; 16]) {
        let mut sums = [_mm256_set1_epi32(1 << (SHIFT - 1)); 2];
        for (index, two) in weights.chunks(2).enumerate() {
            // SAFETY: the caller's promise; a second line is read only if it has a weight.
            let (first, second) = unsafe {
                let here = line.add(index * 2 * stride);
                let next = if two.len() == 2 { here.add(stride) } else { here };
                (_mm_loadu_si128(here.cast()), _mm_loadu_si128(next.cast()))
            };
            let weight = _mm256_set1_epi32(pair(two));
            let pairs = [_mm_unpacklo_epi8(first, second), _mm_unpackhi_epi8(first, second)];
            for (sum, pair) in sums.iter_mut().zip(pairs) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(_mm256_cvtepu8_epi16(pair), weight));
            }
        }
        let [a, b] = sums.map(|sum| _mm256_srai_epi32::<SHIFT>(sum));
        let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi32(a, b));
        let words = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
        // SAFETY: `out` has 16 bytes.
        unsafe { _mm_storeu_si128(out.as_mut_ptr().cast(), words) };
    }
}

/// For every line of a target the lines of the source that it is blended from.
struct Taps {
    starts: Vec<usize>,
    weights: Vec<i16>,
    /// Weights of one target line; the unused ones at its end are zero and their lines exist.
    each: usize,
}

impl Taps {
    /// From the stretch of `length` at `offset` in `source` lines to `target` ones.
    fn new(source: usize, offset: f64, length: f64, target: usize) -> Self {
        let step = length / target as f64;
        let stretch = step.max(1.0);
        let reach = LOBES * stretch;
        let each = ((2.0 * reach).ceil() as usize + 1).min(source);
        let mut taps = Self { starts: Vec::new(), weights: Vec::new(), each };
        for index in 0..target {
            let centre = offset + (index as f64 + 0.5) * step;
            // Line n covers n to n + 1. At the edges the window moves inwards and its weights with it.
            let start = ((centre - reach).floor().max(0.0) as usize).min(source - each);
            let raw: Vec<f64> =
                (start..start + each).map(|line| lanczos((line as f64 + 0.5 - centre) / stretch)).collect();
            taps.starts.push(start);
            taps.weights.extend(whole_numbers(&raw));
        }
        taps
    }

    fn iter(&self) -> impl Iterator<Item = (usize, &[i16])> {
        self.starts.iter().copied().zip(self.weights.chunks_exact(self.each.max(1)))
    }

    /// The lines that are used at all.
    fn span(&self) -> std::ops::Range<usize> {
        let first = self.starts.iter().copied().min().unwrap_or(0);
        let last = self.starts.iter().copied().max().unwrap_or(0);
        first..last + self.each
    }
}

/// Weights as whole numbers that add up exactly, so that flat colour stays as it is.
fn whole_numbers(raw: &[f64]) -> Vec<i16> {
    let one = 1_i32 << WEIGHT_BITS;
    let sum: f64 = raw.iter().sum();
    let mut weights: Vec<i32> = raw.iter().map(|weight| (weight / sum * f64::from(one)).round() as i32).collect();
    let missing = one - weights.iter().sum::<i32>();
    if let Some(largest) = weights.iter_mut().max_by_key(|weight| **weight) {
        *largest += missing;
    }
    weights.into_iter().map(|weight| i16::try_from(weight).unwrap_or(i16::MAX)).collect()
}

fn lanczos(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    if x.abs() >= LOBES {
        return 0.0;
    }
    let angle = std::f64::consts::PI * x;
    // The sine of a third of an angle gives that of the whole.
    let third = (angle / LOBES).sin();
    LOBES * (3.0 * third - 4.0 * third.powi(3)) * third / (angle * angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any whole numbers, the same every time.
    fn numbers(count: usize) -> impl Iterator<Item = u32> {
        let mut state = 1_u32;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        })
        .take(count)
    }

    #[test]
    fn columns_become_rows() {
        for (from, to) in [(1, 1), (8, 8), (3, 32), (32, 3), (17, 32), (32, 40), (9, 5)] {
            let source: Vec<u8> = numbers(from * to).map(|n| n as u8).collect();
            let mut target = vec![0; from * to];
            transpose(&source, from, &mut target, to);
            for row in 0..to {
                for column in 0..from {
                    assert_eq!(target[column * to + row], source[row * from + column], "{from} by {to}");
                }
            }
        }
    }

    #[test]
    fn vectors_give_what_plain_arithmetic_gives() {
        for width in [1, 15, 16, 31, 32, 48, 79, 100] {
            for taps in 1..14 {
                let lines: Vec<u8> = numbers(width * taps).map(|n| if n % 5 == 0 { 255 } else { n as u8 }).collect();
                let raw: Vec<f64> = numbers(taps).map(|n| f64::from(n % 200) - 40.5).collect();
                let weights = whole_numbers(&raw);
                let (mut plain, mut vectors) = (vec![0; width], vec![0; width]);
                blend_from(0, &lines, width, &weights, &mut plain);
                blend(&lines, width, &weights, &mut vectors);
                assert_eq!(vectors, plain, "{taps} lines of {width}");
                assert!(taps > 1 || width < 15 || plain.iter().any(|byte| *byte > 0));
            }
        }
    }
}
