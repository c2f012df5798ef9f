//! Making pictures smaller: Lanczos with three lobes, in whole numbers.
//!
//! Written here because pictures must come out the same on every machine, and because the fast
//! library for this is generic to the last loop and would be compiled anew with every build of
//! this crate, for minutes. The one loop that matters is simple enough for the compiler to vectorise.

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
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        unsafe { blend_avx2(lines, stride, weights, out) };
        return;
    }
    blend_on_any(lines, stride, weights, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn blend_avx2(lines: &[u8], stride: usize, weights: &[i16], out: &mut [u8]) {
    blend_on_any(lines, stride, weights, out);
}

#[inline(always)]
fn blend_on_any(lines: &[u8], stride: usize, weights: &[i16], out: &mut [u8]) {
    let (wide, rest) = out.as_chunks_mut::<32>();
    let wide_length = wide.len() * 32;
    for (index, chunk) in wide.iter_mut().enumerate() {
        blend_chunk(lines, index * 32, stride, weights, chunk);
    }
    let (narrow, rest) = rest.as_chunks_mut::<16>();
    let narrow_length = narrow.len() * 16;
    for (index, chunk) in narrow.iter_mut().enumerate() {
        blend_chunk(lines, wide_length + index * 16, stride, weights, chunk);
    }
    for (index, byte) in rest.iter_mut().enumerate() {
        blend_chunk(lines, wide_length + narrow_length + index, stride, weights, std::array::from_mut(byte));
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
