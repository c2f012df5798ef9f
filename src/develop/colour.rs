//! Embedded colour profiles (ICC.1:2022) to sRGB.

use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, Transform8BitExecutor, TransformOptions};

use super::Failure;
use super::pixels::{Kind, Pixels};

/// How the colours of a still become sRGB.
pub(super) enum Colour {
    /// They are sRGB, or nobody says what they are.
    Plain,
    Profile {
        transform: Arc<Transform8BitExecutor>,
        kind: Kind,
    },
    /// Ink without a profile.
    Ink,
}

impl Colour {
    /// What a profile asks for. A broken one, or one for another kind of picture, is passed over.
    pub(super) fn of(profile: Option<&[u8]>, kind: Kind) -> Self {
        let transform = profile.and_then(|bytes| transform(bytes, kind));
        match transform {
            Some(transform) if !changes_nothing(&*transform, kind) => Self::Profile { transform, kind },
            None if kind == Kind::Cmyk => Self::Ink,
            _ => Self::Plain,
        }
    }

    pub(super) fn to_srgb(&self, pixels: Pixels) -> Result<Pixels, Failure> {
        match self {
            Self::Plain => Ok(pixels),
            Self::Ink => Ok(mixed(&pixels)),
            Self::Profile { transform, kind } => {
                let (_, target) = layouts(*kind);
                let target_kind = if target == Layout::Rgba { Kind::Rgba } else { Kind::Rgb };
                let mut converted = Pixels::blank(pixels.width, pixels.height, target_kind);
                transform
                    .transform(&pixels.data, &mut converted.data)
                    .map_err(|error| Failure::Damaged(error.to_string()))?;
                Ok(if *kind == Kind::Gray { first_channel(&converted) } else { converted })
            }
        }
    }
}

fn layouts(kind: Kind) -> (Layout, Layout) {
    match kind {
        Kind::Gray => (Layout::Gray, Layout::Rgb),
        Kind::Rgb => (Layout::Rgb, Layout::Rgb),
        Kind::Rgba => (Layout::Rgba, Layout::Rgba),
        Kind::Cmyk => (Layout::Rgba, Layout::Rgb),
    }
}

fn transform(bytes: &[u8], kind: Kind) -> Option<Arc<Transform8BitExecutor>> {
    let profile = ColorProfile::new_from_slice(bytes).ok()?;
    let space = match kind {
        Kind::Gray => DataColorSpace::Gray,
        Kind::Rgb | Kind::Rgba => DataColorSpace::Rgb,
        Kind::Cmyk => DataColorSpace::Cmyk,
    };
    if profile.color_space != space {
        return None;
    }
    let (from, to) = layouts(kind);
    let options =
        TransformOptions { rendering_intent: RenderingIntent::RelativeColorimetric, ..TransformOptions::default() };
    profile.create_transform_8bit(from, &ColorProfile::new_srgb(), to, options).ok()
}

/// Most profiles are sRGB under one of its many names: found out by trying colours.
fn changes_nothing(transform: &Transform8BitExecutor, kind: Kind) -> bool {
    const STEPS: [u8; 6] = [0, 40, 100, 160, 220, 255];
    let mut probe: Vec<u8> = Vec::new();
    match kind {
        Kind::Cmyk => return false,
        Kind::Gray => probe.extend(STEPS),
        Kind::Rgb | Kind::Rgba => {
            for red in STEPS {
                for green in STEPS {
                    for blue in STEPS {
                        probe.extend([red, green, blue]);
                        probe.extend((kind == Kind::Rgba).then_some(255));
                    }
                }
            }
        }
    }
    let (_, target) = layouts(kind);
    let channels = if target == Layout::Rgba { 4 } else { 3 };
    let mut out = vec![0; probe.len() / kind.channels() * channels];
    let near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 1;
    transform.transform(&probe, &mut out).is_ok()
        && match kind {
            Kind::Gray => probe.iter().zip(out.iter().step_by(3)).all(near),
            _ => probe.iter().zip(&out).all(near),
        }
}

fn first_channel(pixels: &Pixels) -> Pixels {
    let data = pixels.data.iter().step_by(3).copied().collect();
    Pixels { width: pixels.width, height: pixels.height, kind: Kind::Gray, data }
}

/// Ink on white paper, each ink taking its complement away.
fn mixed(pixels: &Pixels) -> Pixels {
    let mut data = Vec::with_capacity(pixels.data.len() / 4 * 3);
    for &[cyan, magenta, yellow, black] in pixels.data.as_chunks().0 {
        for ink in [cyan, magenta, yellow] {
            let light = u32::from(255 - ink) * u32::from(255 - black);
            // At most 255 by construction.
            data.push(((light + 127) / 255) as u8);
        }
    }
    Pixels { width: pixels.width, height: pixels.height, kind: Kind::Rgb, data }
}
