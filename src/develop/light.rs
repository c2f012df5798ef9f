//! How bright a picture is, place by place, for words that are to stand on it.

use serde::{Deserialize, Serialize};

use super::Failure;
use super::negative::{Negative, Wanted};
use super::pixels::{Kind, Pixels};

/// The brightest spot of each field of a picture that is divided into so many columns and rows: the grey of the same
/// luminance in sRGB, 255 is white. Rows from the top, fields from the left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Light(pub [[u8; Light::COLUMNS]; Light::ROWS]);

impl Light {
    /// Fields across.
    pub const COLUMNS: usize = 6;
    /// Fields down.
    pub const ROWS: usize = 12;
}

/// The longest side of what is measured. On a screen of 1440 pixels each of its pixels is the mean of about six by six:
/// finer than the strokes of words, so that nothing bright hides between them.
const SIDE: u32 = 256;

/// What shows through transparent parts is not known here: they count as white.
pub(super) fn measure(negative: &mut Negative) -> Result<Light, Failure> {
    let (width, height) = negative.size();
    let longest = width.max(height);
    let fit = |length: u32| {
        if longest <= SIDE {
            return length;
        }
        let scaled = (u64::from(length) * u64::from(SIDE)).div_ceil(u64::from(longest));
        u32::try_from(scaled).unwrap_or(SIDE).clamp(1, length)
    };
    Ok(fields(&negative.print(None, (fit(width), fit(height)), Wanted::Colours)?))
}

fn fields(pixels: &Pixels) -> Light {
    let (channels, data) = (pixels.kind.channels(), pixels.to_interleaved());
    let stride = pixels.width as usize * channels;
    let span =
        |index: usize, count: usize, length: usize| (index * length / count, ((index + 1) * length).div_ceil(count));
    Light(std::array::from_fn(|row| {
        let (top, end) = span(row, Light::ROWS, pixels.height as usize);
        std::array::from_fn(|column| {
            let (left, right) = span(column, Light::COLUMNS, pixels.width as usize);
            let lines =
                (top..end).filter_map(|y| data.get(y * stride + left * channels..y * stride + right * channels));
            let spots = lines.flat_map(|line| line.chunks_exact(channels)).map(|pixel| luminance(pixels.kind, pixel));
            encoded(spots.fold(0.0, f64::max))
        })
    }))
}

fn luminance(kind: Kind, pixel: &[u8]) -> f64 {
    let of = |red, green, blue| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    match (kind, pixel) {
        (Kind::Gray, &[value]) => linear(value),
        (_, &[red, green, blue]) => of(red, green, blue),
        (_, &[red, green, blue, alpha]) => {
            let alpha = f64::from(alpha) / 255.0;
            of(red, green, blue) * alpha + (1.0 - alpha)
        }
        _ => 1.0,
    }
}

/// IEC 61966-2-1.
fn linear(value: u8) -> f64 {
    let value = f64::from(value) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// Rounded up, so that nothing is brighter than is said.
fn encoded(linear: f64) -> u8 {
    let value = if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0 - 1e-6).ceil().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::{Kind, Light, Pixels, fields};

    #[test]
    fn each_field_has_its_brightest_spot() {
        let mut data = vec![0; 60 * 36 * 3];
        data[(7 * 60 + 29) * 3..][..3].fill(200);
        data[(35 * 60 + 59) * 3..][..3].copy_from_slice(&[0, 255, 0]);
        let mut expected = [[0; Light::COLUMNS]; Light::ROWS];
        expected[2][2] = 200;
        // Green has 0.7152 of white's luminance, and so has the grey 220.
        expected[11][5] = 220;
        assert_eq!(fields(&Pixels::interleaved(60, 36, Kind::Rgb, data)).0, expected);
    }

    #[test]
    fn a_pixel_may_be_in_several_fields() {
        let found = fields(&Pixels::interleaved(1, 3, Kind::Gray, vec![10, 250, 30])).0;
        assert_eq!([0, 3, 4, 7, 8, 11].map(|row| found[row]), [10, 10, 250, 250, 30, 30].map(|value| [value; 6]));
    }

    #[test]
    fn what_is_transparent_may_be_white() {
        let glass = Pixels::interleaved(2, 1, Kind::Rgba, vec![0, 0, 0, 255, 0, 0, 0, 0]);
        assert_eq!(fields(&glass).0, [[0, 0, 0, 255, 255, 255]; Light::ROWS]);
    }
}
