//! Pictures as pixels.

/// What the bytes of a pixel mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gray,
    Rgb,
    /// With straight (not premultiplied) alpha.
    Rgba,
    /// Ink: 255 is full.
    Cmyk,
}

impl Kind {
    /// Bytes of a pixel.
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// A picture: rows from the top, pixels from the left, 8 bits a channel, no padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) kind: Kind,
    pub(super) data: Vec<u8>,
}

impl Pixels {
    /// A picture of zeros.
    pub(super) fn blank(width: u32, height: u32, kind: Kind) -> Self {
        let data = vec![0; width as usize * height as usize * kind.channels()];
        Self { width, height, kind, data }
    }

    /// The picture without transparency, over `background`. A picture that has none stays as it is.
    pub(super) fn flattened(&self, background: [u8; 3]) -> Option<Self> {
        if self.kind != Kind::Rgba {
            return None;
        }
        let mut data = Vec::with_capacity(self.data.len() / 4 * 3);
        for &[red, green, blue, alpha] in self.data.as_chunks().0 {
            let alpha = u32::from(alpha);
            for (colour, below) in [red, green, blue].into_iter().zip(background) {
                let sum = u32::from(colour) * alpha + u32::from(below) * (255 - alpha);
                // At most 255 by construction.
                data.push(((sum + 127) / 255) as u8);
            }
        }
        Some(Self { width: self.width, height: self.height, kind: Kind::Rgb, data })
    }

    /// Three channels whatever the kind; nothing if it has them or more already.
    pub(super) fn gray_as_rgb(&self) -> Option<Self> {
        let data = (self.kind == Kind::Gray).then(|| self.data.iter().flat_map(|&value| [value; 3]).collect())?;
        Some(Self { width: self.width, height: self.height, kind: Kind::Rgb, data })
    }

    /// Drops an alpha channel in which nothing is transparent.
    pub(super) fn without_idle_alpha(self) -> Self {
        if self.kind != Kind::Rgba || self.data.as_chunks::<4>().0.iter().any(|pixel| pixel[3] != 255) {
            return self;
        }
        let data = self.data.as_chunks::<4>().0.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]).collect();
        Self { kind: Kind::Rgb, data, ..self }
    }

    /// With colours multiplied by alpha, so that hidden colours do not show when pixels are blended.
    pub(super) fn premultiplied(mut self) -> Self {
        if self.kind == Kind::Rgba {
            for [red, green, blue, alpha] in self.data.as_chunks_mut().0 {
                for colour in [red, green, blue] {
                    // At most 255 by construction.
                    *colour = ((u32::from(*colour) * u32::from(*alpha) + 127) / 255) as u8;
                }
            }
        }
        self
    }

    /// Undoes [`Self::premultiplied`].
    pub(super) fn straightened(mut self) -> Self {
        if self.kind == Kind::Rgba {
            for [red, green, blue, alpha] in self.data.as_chunks_mut().0 {
                let alpha = u32::from(*alpha).max(1);
                for colour in [red, green, blue] {
                    *colour = ((u32::from(*colour) * 255 + alpha / 2) / alpha).min(255) as u8;
                }
            }
        }
        self
    }
}
