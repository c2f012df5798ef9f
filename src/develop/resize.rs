//! Making pictures smaller: Lanczos with three lobes, in whole numbers.
//!
//! Written here because pictures must come out the same on every machine, and because the fast
//! library for this is generic to the last loop and would be compiled anew with every build of
//! this crate, for minutes. The one loop that matters is written for vectors, and once more for machines that lack them.

use super::pixels::{Kind, Pixels};

/// Weights are fractions of this power of two: the most that leaves sums in 32 bits.
const WEIGHT_BITS: u32 = 14;
const LOBES: f64 = 3.0;
/// Rows that are filtered across together.
const STRIP: usize = 16;

/// A part of a picture, in fractions of its pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn whole(pixels: &Pixels) -> Self {
        Self { left: 0.0, top: 0.0, width: f64::from(pixels.width), height: f64::from(pixels.height) }
    }
}

/// The area of a picture at another size. Alpha must be premultiplied.
pub(super) fn resized(source: &Pixels, area: Area, width: u32, height: u32) -> Pixels {
    let channels = source.kind.channels();
    let down = Taps::new(source.height, area.top, area.height, height);
    let across = Taps::new(source.width, area.left, area.width, width);
    // Down first, and only the columns that are used afterwards.
    let columns = across.span();
    let stride = source.width as usize * channels;
    let mut between = vec![0; columns.len() * channels * height as usize];
    let rows = between.chunks_exact_mut((columns.len() * channels).max(1));
    for (row, (start, weights)) in rows.zip(down.iter()) {
        blend(source.data.get(start * stride + columns.start * channels..).unwrap_or_default(), stride, weights, row);
    }
    let mut target = Pixels::blank(width, height, source.kind);
    match source.kind {
        Kind::Gray => filtered_across::<1>(&between, columns.start, columns.len(), &across, &mut target),
        Kind::Rgb => filtered_across::<3>(&between, columns.start, columns.len(), &across, &mut target),
        Kind::Rgba | Kind::Cmyk => filtered_across::<4>(&between, columns.start, columns.len(), &across, &mut target),
    }
    target
}

/// Filters rows across, a strip of them at a time, turned on its side so that the pixels to be
/// blended lie as they do on the way down.
fn filtered_across<const N: usize>(source: &[u8], first: usize, width: usize, taps: &Taps, target: &mut Pixels) {
    let line = STRIP * N;
    let target_stride = target.width as usize * N;
    let mut strip = vec![0; width * line];
    let mut blended = vec![0; line];
    let sources = source.chunks((width * N * STRIP).max(1));
    for (rows, targets) in sources.zip(target.data.chunks_mut((target_stride * STRIP).max(1))) {
        for (index, row) in rows.chunks_exact(width * N).enumerate() {
            for (pixel, column) in row.as_chunks::<N>().0.iter().zip(strip.chunks_exact_mut(line)) {
                if let Some(place) = column.get_mut(index * N..(index + 1) * N) {
                    place.copy_from_slice(pixel);
                }
            }
        }
        for (x, (start, weights)) in taps.iter().enumerate() {
            blend(strip.get((start - first) * line..).unwrap_or_default(), line, weights, &mut blended);
            for (row, pixel) in targets.chunks_exact_mut(target_stride).zip(blended.as_chunks::<N>().0) {
                if let Some(place) = row.get_mut(x * N..(x + 1) * N) {
                    place.copy_from_slice(pixel);
                }
            }
        }
    }
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
    fn new(source: u32, offset: f64, length: f64, target: u32) -> Self {
        let step = length / f64::from(target);
        let stretch = step.max(1.0);
        let reach = LOBES * stretch;
        let last = source as usize;
        let each = ((2.0 * reach).ceil() as usize + 1).min(last);
        let mut taps = Self { starts: Vec::new(), weights: Vec::new(), each };
        for index in 0..target {
            let centre = offset + (f64::from(index) + 0.5) * step;
            // Line n covers n to n + 1. At the edges the window moves inwards and its weights with it.
            let start = ((centre - reach).floor().max(0.0) as usize).min(last - each);
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
    LOBES * angle.sin() * (angle / LOBES).sin() / (angle * angle)
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
