//! Colours and how well they can be told apart.

use std::fmt;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// From `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let long = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let part = |i: usize| long.get(i..i + 2).and_then(|d| u8::from_str_radix(d, 16).ok());
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Relative luminance, 0..1, as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn mixed(self, other: [u8; 3], part: f64) -> Self {
        let mix = |i: usize| (f64::from(self.0[i]) * (1.0 - part) + f64::from(other[i]) * part).round() as u8;
        Self([mix(0), mix(1), mix(2)])
    }

    /// The nearest shade of this colour that reaches `ratio` against `surface`: towards white on a
    /// dark one, towards black on a light one.
    pub fn readable_on(self, surface: Rgb, ratio: f64) -> Self {
        let end = if surface.luminance() < 0.18 { [255; 3] } else { [0; 3] };
        let steps = (0..=100).map(|step| self.mixed(end, f64::from(step) / 100.0));
        steps.into_iter().find(|shade| contrast(*shade, surface) >= ratio).unwrap_or(Self(end))
    }

    /// The nearest shade of this colour on which `words` reach `ratio`: towards black for a dark page, else towards white.
    pub fn as_page_for(self, words: Rgb, ratio: f64, dark: bool) -> Self {
        let end = if dark { [0; 3] } else { [255; 3] };
        let steps = (0..=100).map(|step| self.mixed(end, f64::from(step) / 100.0));
        let right_side = |shade: &Self| (shade.luminance() < words.luminance()) == dark;
        steps.into_iter().find(|shade| right_side(shade) && contrast(*shade, words) >= ratio).unwrap_or(Self(end))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Contrast ratio, 1..21, as WCAG 2.2 defines it.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (white, black) = (Rgb([255; 3]), Rgb([0; 3]));
        assert!((contrast(white, black) - 21.0).abs() < 1e-9);
        let grey = Rgb::parse("#767676").expect("a colour");
        assert!((contrast(grey, white) - 4.54).abs() < 0.01);
        let blue = Rgb::parse("#00f").expect("a colour");
        assert!(contrast(blue, black) < 4.5);
        assert!(contrast(blue.readable_on(black, 4.5), black) >= 4.5);
        assert_eq!(Rgb::parse("amber"), None);
        assert_eq!(Rgb::parse("#ähä"), None);
    }
}
