//! Embedded colour profiles (ICC.1:2022) to sRGB.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, Transform8BitExecutor, TransformOptions};

use super::Failure;
use super::pixels::{Kind, Pixels};

/// The intent that is wanted, then those whose tables a profile may have instead (ICC.1:2022, 8.10).
const INTENTS: [RenderingIntent; 3] =
    [RenderingIntent::RelativeColorimetric, RenderingIntent::Perceptual, RenderingIntent::Saturation];

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

    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain)
    }

    pub(super) fn to_srgb(&self, pixels: Pixels) -> Result<Pixels, Failure> {
        match self {
            Self::Plain => Ok(pixels),
            Self::Ink => Ok(mixed(&pixels)),
            Self::Profile { transform, kind } => {
                let (_, target) = layouts(*kind);
                let target_kind = if target == Layout::Rgba { Kind::Rgba } else { Kind::Rgb };
                let mut data = vec![0; pixels.width as usize * pixels.height as usize * target_kind.channels()];
                transform
                    .transform(&pixels.to_interleaved(), &mut data)
                    .map_err(|error| Failure::Damaged(error.to_string()))?;
                let converted = Pixels::interleaved(pixels.width, pixels.height, target_kind, data);
                Ok(if *kind == Kind::Gray { first_channel(converted) } else { converted })
            }
        }
    }
}

fn layouts(kind: Kind) -> (Layout, Layout) {
    match kind {
        Kind::Gray => (Layout::Gray, Layout::Rgb),
        Kind::Rgb | Kind::Ycc => (Layout::Rgb, Layout::Rgb),
        Kind::Rgba => (Layout::Rgba, Layout::Rgba),
        Kind::Cmyk => (Layout::Rgba, Layout::Rgb),
    }
}

/// The profile of the colour space that cameras can be set to beside sRGB.
pub(super) fn adobe_rgb() -> Option<Vec<u8>> {
    ColorProfile::new_adobe_rgb().encode().ok()
}

/// Samples of 16 bits to sRGB in 8, which loses less than the other order: grey to one channel,
/// ink to three. Nothing where the profile is none for such pictures.
pub(super) fn deep_to_srgb(bytes: &[u8], kind: Kind, samples: &[u16]) -> Option<Vec<u8>> {
    const PIXELS: usize = 1 << 14;
    survived(|| {
        let (profile, (from, to)) = (profile(bytes, kind)?, layouts(kind));
        let srgb = ColorProfile::new_srgb();
        let transform = INTENTS
            .into_iter()
            .find_map(|intent| profile.create_transform_16bit(from, &srgb, to, options(intent)).ok())?;
        let channels = if to == Layout::Rgba { 4 } else { 3 };
        let mut converted = Vec::with_capacity(samples.len());
        let mut line = vec![0; PIXELS * channels];
        for part in samples.chunks(PIXELS * kind.channels()) {
            let line = line.get_mut(..part.len() / kind.channels() * channels)?;
            transform.transform(part, line).ok()?;
            let step = if kind == Kind::Gray { 3 } else { 1 };
            converted.extend(line.iter().step_by(step).copied().map(eight_bits));
        }
        Some(converted)
    })
}

/// The nearest of 256 steps.
pub(super) fn eight_bits(value: u16) -> u8 {
    // At most 255 by construction.
    ((u32::from(value) + 128) / 257) as u8
}

/// The parser of profiles is other people's: one that it gives up on is passed over like any broken one.
fn survived<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok().flatten()
}

fn transform(bytes: &[u8], kind: Kind) -> Option<Arc<Transform8BitExecutor>> {
    survived(|| {
        let (from, to) = layouts(kind);
        let (profile, srgb) = (profile(bytes, kind)?, ColorProfile::new_srgb());
        INTENTS.into_iter().find_map(|intent| profile.create_transform_8bit(from, &srgb, to, options(intent)).ok())
    })
}

fn options(rendering_intent: RenderingIntent) -> TransformOptions {
    TransformOptions { rendering_intent, ..TransformOptions::default() }
}

/// A profile that can be read and is for this kind of picture.
fn profile(bytes: &[u8], kind: Kind) -> Option<ColorProfile> {
    let profile = ColorProfile::new_from_slice(bytes).ok()?;
    let space = match kind {
        Kind::Gray => DataColorSpace::Gray,
        Kind::Rgb | Kind::Rgba | Kind::Ycc => DataColorSpace::Rgb,
        Kind::Cmyk => DataColorSpace::Cmyk,
    };
    (profile.color_space == space).then_some(profile)
}

/// Most profiles are sRGB under one of its many names: found out by trying colours.
fn changes_nothing(transform: &Transform8BitExecutor, kind: Kind) -> bool {
    const STEPS: [u8; 6] = [0, 40, 100, 160, 220, 255];
    let mut probe: Vec<u8> = Vec::new();
    match kind {
        Kind::Cmyk => return false,
        Kind::Gray => probe.extend(STEPS),
        Kind::Rgb | Kind::Rgba | Kind::Ycc => {
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

fn first_channel(mut pixels: Pixels) -> Pixels {
    pixels.planes.truncate(1);
    Pixels { kind: Kind::Gray, ..pixels }
}

/// Ink on white paper, each ink taking its complement away.
fn mixed(pixels: &Pixels) -> Pixels {
    let planes = match pixels.planes.as_slice() {
        [inks @ .., black] => inks.iter().map(|ink| {
            ink.with(black, |ink, black| {
                let light = u32::from(255 - ink) * u32::from(255 - black);
                // At most 255 by construction.
                ((light + 127) / 255) as u8
            })
        }),
        [] => return pixels.clone(),
    };
    Pixels { width: pixels.width, height: pixels.height, kind: Kind::Rgb, planes: planes.collect() }
}
