//! Luma and chroma of a picture, which is what JPEG and lossy WebP store.
//!
//! The conversion is that of JFIF (ITU-T T.871, 7): BT.601 over the full range of 8 bits. One sample of
//! chroma stands for four pixels and lies in their middle (4:2:0).

use multiversion::multiversion;

use crate::develop::pixels::{Kind, Pixels};
use crate::develop::plane::Plane;

/// Weights are in fractions of this power of two.
const BITS: u32 = 16;

/// Luma for every pixel, chroma for every four of them.
pub(super) struct Planes {
    pub(super) luma: Plane,
    /// Blue and red difference, half as wide and high; grey pictures have none.
    pub(super) chroma: Option<[Plane; 2]>,
}

impl Planes {
    /// The planes of a picture without transparency and in no ink; nothing for another one.
    pub(super) fn of(pixels: &Pixels) -> Option<Self> {
        match (pixels.kind, pixels.planes.as_slice()) {
            (Kind::Gray, [gray]) => Some(Self { luma: gray.clone(), chroma: None }),
            (Kind::Rgb, [red, green, blue]) => Some(Self::of_rgb([red, green, blue])),
            (Kind::Ycc, [luma, blue, red]) => {
                let chroma = Some(
                    [blue, red].map(|plane| if plane.width == luma.width { halved(plane) } else { plane.clone() }),
                );
                Some(Self { luma: luma.clone(), chroma })
            }
            _ => None,
        }
    }

    fn of_rgb(rgb: [&Plane; 3]) -> Self {
        let mut luma = Plane::filled(rgb[0].width, rgb[0].height, 0);
        luma_of(rgb.map(|plane| plane.data.as_slice()), &mut luma.data);
        let means = rgb.map(sums_of_four);
        let [mut blue, mut red] =
            [(); 2].map(|()| Plane::filled(rgb[0].width.div_ceil(2), rgb[0].height.div_ceil(2), 0));
        chroma_of(means.each_ref().map(Vec::as_slice), &mut blue.data, &mut red.data);
        Self { luma, chroma: Some([blue, red]) }
    }
}

fn halved(plane: &Plane) -> Plane {
    let data = sums_of_four(plane).into_iter().map(|sum| ((sum + 2) >> 2) as u8).collect();
    Plane { width: plane.width.div_ceil(2), height: plane.height.div_ceil(2), data }
}

/// Sums of two by two samples. The last column and row of an odd number stand for two.
fn sums_of_four(plane: &Plane) -> Vec<u16> {
    let half = plane.width.div_ceil(2);
    let mut sums = vec![0; half * plane.height.div_ceil(2)];
    let rows = plane.data.chunks((plane.width * 2).max(1));
    for (rows, sums) in rows.zip(sums.chunks_exact_mut(half.max(1))) {
        let (upper, lower) = rows.split_at(plane.width.min(rows.len()));
        sum_rows(upper, if lower.is_empty() { upper } else { lower }, sums);
    }
    sums
}

#[multiversion(targets("x86_64+avx2"))]
fn sum_rows(upper: &[u8], lower: &[u8], sums: &mut [u16]) {
    let ((upper, upper_rest), (lower, lower_rest)) = (upper.as_chunks::<2>(), lower.as_chunks::<2>());
    for ((sum, above), below) in sums.iter_mut().zip(upper).zip(lower) {
        *sum = u16::from(above[0]) + u16::from(above[1]) + u16::from(below[0]) + u16::from(below[1]);
    }
    if let ([above], [below], Some(sum)) = (upper_rest, lower_rest, sums.last_mut()) {
        *sum = 2 * (u16::from(*above) + u16::from(*below));
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn luma_of([red, green, blue]: [&[u8]; 3], luma: &mut [u8]) {
    const WEIGHTS: [u32; 3] = [19_595, 38_470, 7_471];
    for (((luma, red), green), blue) in luma.iter_mut().zip(red).zip(green).zip(blue) {
        let sum = u32::from(*red) * WEIGHTS[0] + u32::from(*green) * WEIGHTS[1] + u32::from(*blue) * WEIGHTS[2];
        // The weights add up to one, so it fits.
        *luma = ((sum + (1 << (BITS - 1))) >> BITS) as u8;
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn chroma_of([red, green, blue]: [&[u16]; 3], blue_difference: &mut [u8], red_difference: &mut [u8]) {
    /// Two bits more for the sum of four; 128 in the middle; and a half, less the least bit, so that 255.5 is not reached.
    const OFFSET: i32 = (128 << (BITS + 2)) + (1 << (BITS + 1)) - 1;
    let sums = red.iter().zip(green).zip(blue);
    for ((((red, green), blue), first), second) in sums.zip(blue_difference).zip(red_difference) {
        let (red, green, blue) = (i32::from(*red), i32::from(*green), i32::from(*blue));
        *first = ((32_768 * blue - 11_059 * red - 21_709 * green + OFFSET) >> (BITS + 2)) as u8;
        *second = ((32_768 * red - 27_439 * green - 5_329 * blue + OFFSET) >> (BITS + 2)) as u8;
    }
}
