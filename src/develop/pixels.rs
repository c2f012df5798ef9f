//! Pictures as planes of samples.

use multiversion::multiversion;

use super::plane::Plane;

/// What the planes of a picture mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gray,
    Rgb,
    /// With straight (not premultiplied) alpha.
    Rgba,
    /// Ink: 255 is full.
    Cmyk,
    /// Luma and two planes of chroma, as JPEG stores sRGB (ITU-T T.871, 7). The planes of chroma may be
    /// smaller, and then each of their samples stands for several pixels and lies in their middle.
    Ycc,
}

impl Kind {
    /// Planes, and bytes of a pixel where they are interleaved.
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb | Self::Ycc => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) kind: Kind,
    /// As many as the kind has, each of the picture's size (but see [`Kind::Ycc`]).
    pub(super) planes: Vec<Plane>,
}

impl Pixels {
    /// From bytes that hold the channels of each pixel side by side. What is missing is zero.
    pub(super) fn interleaved(width: u32, height: u32, kind: Kind, data: Vec<u8>) -> Self {
        let mut planes = vec![Plane::filled(width as usize, height as usize, 0); kind.channels()];
        match kind {
            Kind::Gray => {
                if let Some(plane) = planes.first_mut().filter(|plane| plane.data.len() == data.len()) {
                    plane.data = data;
                }
            }
            Kind::Rgb | Kind::Ycc => parted::<3>(&data, &mut planes),
            Kind::Rgba | Kind::Cmyk => parted::<4>(&data, &mut planes),
        }
        Self { width, height, kind, planes }
    }

    /// The channels of each pixel side by side.
    pub(super) fn to_interleaved(&self) -> Vec<u8> {
        match self.planes.as_slice() {
            [gray] => gray.data.clone(),
            planes => {
                let mut data = vec![0; self.width as usize * self.height as usize * planes.len()];
                for (channel, plane) in planes.iter().enumerate() {
                    for (pixel, value) in data.chunks_exact_mut(planes.len()).zip(&plane.data) {
                        if let Some(place) = pixel.get_mut(channel) {
                            *place = *value;
                        }
                    }
                }
                data
            }
        }
    }

    /// The picture without transparency, over `background`. A picture that has none stays as it is.
    pub(super) fn flattened(&self, background: [u8; 3]) -> Option<Self> {
        let ([colours @ .., alpha], Kind::Rgba) = (self.planes.as_slice(), self.kind) else { return None };
        let over = |(plane, below): (&Plane, u8)| {
            plane.with(alpha, |colour, alpha| {
                let alpha = u32::from(alpha);
                // At most 255 by construction.
                ((u32::from(colour) * alpha + u32::from(below) * (255 - alpha) + 127) / 255) as u8
            })
        };
        let planes = colours.iter().zip(background).map(over).collect();
        Some(Self { width: self.width, height: self.height, kind: Kind::Rgb, planes })
    }

    /// Drops an alpha channel in which nothing is transparent.
    pub(super) fn without_idle_alpha(mut self) -> Self {
        let idle = |plane: &Plane| plane.data.iter().all(|alpha| *alpha == 255);
        if self.kind == Kind::Rgba && self.planes.last().is_some_and(idle) {
            self.planes.truncate(3);
            self.kind = Kind::Rgb;
        }
        self
    }

    /// With colours multiplied by alpha, so that hidden colours do not show when pixels are blended.
    pub(super) fn premultiplied(self) -> Self {
        // At most 255 by construction.
        self.with_alpha(|colour, alpha| ((u32::from(colour) * u32::from(alpha) + 127) / 255) as u8)
    }

    /// Undoes [`Self::premultiplied`].
    pub(super) fn straightened(self) -> Self {
        self.with_alpha(|colour, alpha| {
            let alpha = u32::from(alpha).max(1);
            ((u32::from(colour) * 255 + alpha / 2) / alpha).min(255) as u8
        })
    }

    fn with_alpha(mut self, change: impl Fn(u8, u8) -> u8) -> Self {
        if let ([colours @ .., alpha], Kind::Rgba) = (self.planes.as_mut_slice(), self.kind) {
            for colour in colours {
                *colour = colour.with(alpha, &change);
            }
        }
        self
    }

    /// Luma and chroma of the picture's size to RGB; another kind stays as it is.
    pub(super) fn without_chroma(mut self) -> Self {
        if let ([luma, blue, red], Kind::Ycc) = (self.planes.as_mut_slice(), self.kind) {
            to_rgb(&mut luma.data, &mut blue.data, &mut red.data);
            self.kind = Kind::Rgb;
        }
        self
    }
}

fn parted<const N: usize>(data: &[u8], planes: &mut [Plane]) {
    for (channel, plane) in planes.iter_mut().enumerate().take(N) {
        for (value, pixel) in plane.data.iter_mut().zip(data.as_chunks::<N>().0) {
            *value = pixel[channel];
        }
    }
}

/// T.871, 7: from luma, blue and red difference to red, green and blue in the same places.
#[multiversion(targets("x86_64+avx2"))]
fn to_rgb(first: &mut [u8], second: &mut [u8], third: &mut [u8]) {
    /// Weights in fractions of 2 to the power of 14: 1.402, 0.344136, 0.714136, 1.772.
    const RED: i32 = 22_970;
    const GREEN: [i32; 2] = [5_638, 11_700];
    const BLUE: i32 = 29_032;
    const HALF: i32 = 1 << 13;
    let fitting = |value: i32| (value >> 14).clamp(0, 255) as u8;
    for ((first, second), third) in first.iter_mut().zip(second).zip(third) {
        let luma = (i32::from(*first) << 14) + HALF;
        let (blue, red) = (i32::from(*second) - 128, i32::from(*third) - 128);
        *first = fitting(luma + RED * red);
        *second = fitting(luma - GREEN[0] * blue - GREEN[1] * red);
        *third = fitting(luma + BLUE * blue);
    }
}
