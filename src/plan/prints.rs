//! From a still and a role to the prints that are wanted, and the picture that shows them.

use super::Darkroom;
use super::context::{Picture, Source};
use super::outputs::{Job, Outputs, PrintJob};
use crate::develop::{self, Crop, Metadata, Output, Preview, Recipe, Rights, crop_for};
use crate::disk::Digest;
use crate::production::{Clock, Notice, Still};
use crate::theme::{Aspect, Rgb, Role};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// From this width on a print carries all that is allowed; smaller ones the rights alone.
const FULL_RIGHTS_WIDTH: u32 = 640;
/// The fallback is for few browsers: this many widths of it are enough.
const FALLBACK_WIDTHS: usize = 3;

/// Collects the prints that pages ask for.
#[derive(Debug)]
pub(super) struct Prints {
    darkroom: Darkroom,
    surface: Rgb,
    clock: Clock,
    wanted: BTreeMap<String, Arc<PrintJob>>,
}

/// What a picture needs to know of its page.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    /// The way to the top of the site.
    pub(super) root: &'v str,
    pub(super) preview: Option<&'v Preview>,
}

/// Where a role's picture is cut from a still, and how large it can be.
struct Frame {
    crop: Option<Crop>,
    width: u32,
    height: u32,
}

impl Prints {
    pub(super) fn new(darkroom: &Darkroom, surface: Rgb, clock: &Clock) -> Self {
        Self { darkroom: darkroom.clone(), surface, clock: clock.clone(), wanted: BTreeMap::new() }
    }

    /// The picture of a still in a role.
    pub(super) fn picture(&mut self, still: &Still, role: &Role, view: View<'_>) -> Picture {
        let frame = frame(still, role.aspect);
        self.framed(still, role, &frame, view)
    }

    /// A part of a still, around a centre (0..1) and as wide as `size` of the whole, in a role.
    pub(super) fn detail(&mut self, still: &Still, role: &Role, at: [f64; 2], size: f64, view: View<'_>) -> Picture {
        let frame = detail_frame(still, role.aspect.unwrap_or(Aspect(4, 3)), at, size);
        self.framed(still, role, &frame, view)
    }

    fn framed(&mut self, still: &Still, role: &Role, frame: &Frame, view: View<'_>) -> Picture {
        let View { root, preview } = view;
        let widths = widths(&role.widths, frame.width);
        let fallback = if still.facts.has_alpha { Output::Png } else { Output::Jpeg };
        let mut sources = Vec::new();
        if self.darkroom.webp {
            let srcset = self.srcset(still, frame, &widths, Output::WebP, root);
            sources.push(Source { mime: Output::WebP.media_type(), srcset: srcset.1 });
        }
        let few = if self.darkroom.webp { thinned(&widths) } else { widths.clone() };
        let (src, srcset) = self.srcset(still, frame, &few, fallback, root);
        let (width, height) = widths.last().map_or((frame.width, frame.height), |w| (*w, height(frame, *w)));
        Picture {
            sources,
            src,
            srcset,
            sizes: role.sizes.clone(),
            width,
            height,
            ratio: (f64::from(width) / f64::from(height) * 10_000.0).round() / 10_000.0,
            alt: still.alt.clone().unwrap_or_default(),
            // A cropped print is of another shape than the preview, which is of the whole still.
            placeholder: preview.filter(|_| frame.crop.is_none()).map(|p| p.data_uri.clone()).unwrap_or_default(),
            color: preview.map(|p| Rgb(p.color).to_string()).unwrap_or_default(),
            focus: focus(still, frame),
        }
    }

    /// One file of a still: path below the top of the site, and its size.
    pub(super) fn single(&mut self, still: &Still, aspect: Aspect, width: u32, output: Output) -> (String, u32, u32) {
        let frame = frame(still, Some(aspect));
        let width = width.min(frame.width);
        (self.print(still, &frame, width, output), width, height(&frame, width))
    }

    /// The widest file of the set, and the `srcset` of all.
    fn srcset(&mut self, still: &Still, frame: &Frame, widths: &[u32], output: Output, root: &str) -> (String, String) {
        let (mut src, mut srcset) = (String::new(), String::new());
        for (i, width) in widths.iter().enumerate() {
            let path = self.print(still, frame, *width, output);
            let comma = if i == 0 { "" } else { ", " };
            // Writing to a String cannot fail.
            let _ = write!(srcset, "{comma}{root}{path} {width}w");
            src = format!("{root}{path}");
        }
        (src, srcset)
    }

    fn print(&mut self, still: &Still, frame: &Frame, width: u32, output: Output) -> String {
        self.marked(still, frame, width, output, held_word(still))
    }

    /// A small picture with words burnt into it, for those who decide about it: its path and size.
    pub(super) fn proof(&mut self, still: &Still, longest: u32, words: String) -> (String, u32, u32) {
        let frame = frame(still, None);
        let longer = u64::from(frame.width.max(frame.height));
        let width = u64::from(frame.width) * u64::from(longest) / longer;
        let width = u32::try_from(width).unwrap_or(longest).clamp(1, frame.width);
        let path = self.marked(still, &frame, width, Output::Jpeg, Some(words));
        (path, width, height(&frame, width))
    }

    fn marked(&mut self, still: &Still, frame: &Frame, width: u32, output: Output, mark: Option<String>) -> String {
        let flattened = still.facts.has_alpha && output == Output::Jpeg;
        let recipe = Recipe {
            crop: frame.crop,
            width,
            height: height(frame, width),
            output,
            quality: self.darkroom.quality,
            background: if flattened { self.surface.0 } else { [0; 3] },
            rights: if width >= FULL_RIGHTS_WIDTH { Rights::Full } else { Rights::Minimum },
            mark,
        };
        let metadata = metadata(still, &self.clock);
        let key = key(still.digest, &recipe, &metadata);
        let path = format!("media/{}.{}", key.short(20), output.extension());
        self.wanted.entry(path.clone()).or_insert_with(|| {
            Arc::new(PrintJob {
                file: still.file.clone(),
                digest: still.digest,
                facts: still.facts.clone(),
                recipe,
                metadata,
                key,
            })
        });
        path
    }

    /// Everything that was asked for, by path.
    pub(super) fn wanted(self) -> BTreeMap<String, Arc<PrintJob>> {
        self.wanted
    }

    /// Takes over what another part of the plan has asked for.
    pub(super) fn add(&mut self, others: Self) {
        for (path, job) in others.wanted {
            self.wanted.entry(path).or_insert(job);
        }
    }

    /// Hands over everything that was asked for.
    pub(super) fn finish(self, outputs: &mut Outputs) {
        for (path, job) in self.wanted {
            outputs.add_by_content(path, Job::Print(job));
        }
    }
}

/// Everything that can change the bytes of a print.
fn key(still: Digest, recipe: &Recipe, metadata: &Metadata) -> Digest {
    // Both are plain structures of texts and numbers, which always serialise.
    let said = serde_json::to_vec(&metadata.allowed(recipe.rights)).unwrap_or_default();
    let recipe = serde_json::to_vec(recipe).unwrap_or_default();
    Digest::of_parts([&develop::VERSION.to_le_bytes()[..], still.to_string().as_bytes(), &recipe, &said])
}

/// What is held is seen by insiders alone, and no part of it without this.
fn held_word(still: &Still) -> Option<String> {
    matches!(still.notice, Some(Notice::Held(_))).then(|| "HELD".to_owned())
}

/// As the trade writes it, in English and in two clocks whatever the site's language is.
fn instructions(still: &Still, clock: &Clock) -> Option<String> {
    let Some(Notice::Embargoed(until)) = still.notice else { return None };
    Some(format!("EMBARGOED UNTIL {} ({})", clock.show(until), until.strftime("%Y-%m-%d %H:%M UTC")))
}

fn metadata(still: &Still, clock: &Clock) -> Metadata {
    let fields = &still.facts.fields;
    Metadata {
        creator: fields.creator.clone(),
        credit: still.credit.clone(),
        copyright: still.copyright.clone(),
        caption: still.caption.clone(),
        alt: still.alt.clone(),
        extended_description: still.description.clone(),
        usage_terms: fields.usage_terms.clone(),
        web_statement: fields.web_statement.clone(),
        licensor_url: fields.licensor_url.clone(),
        digital_source_type: fields.digital_source_type.clone(),
        data_mining: fields.data_mining.clone(),
        instructions: instructions(still, clock),
    }
}

fn frame(still: &Still, aspect: Option<Aspect>) -> Frame {
    let size = (still.facts.width, still.facts.height);
    match aspect {
        None => Frame { crop: None, width: size.0, height: size.1 },
        Some(Aspect(x, y)) => {
            let crop = crop_for(size, (x, y), still.focus);
            Frame { crop: Some(crop), width: crop.width, height: crop.height }
        }
    }
}

fn detail_frame(still: &Still, aspect: Aspect, at: [f64; 2], size: f64) -> Frame {
    let (full_width, full_height) = (f64::from(still.facts.width), f64::from(still.facts.height));
    let ratio = f64::from(aspect.0) / f64::from(aspect.1);
    let width = (full_width * size).min(full_height * ratio).max(1.0);
    let (width, height) = (width.floor(), (width / ratio).floor().max(1.0));
    let place = |centre: f64, full: f64, part: f64| (centre * full - part / 2.0).clamp(0.0, full - part).floor() as u32;
    let (x, y) = (place(at[0], full_width, width), place(at[1], full_height, height));
    let crop = Crop { x, y, width: width as u32, height: height as u32 };
    Frame { crop: Some(crop), width: crop.width, height: crop.height }
}

/// The role's widths that the still has pixels for, and its own width where the next step would be
/// noticeably larger. Never enlarged.
fn widths(wanted: &[u32], available: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = wanted.iter().copied().filter(|w| *w <= available).collect();
    let larger_wanted = wanted.iter().any(|w| *w > available);
    let largest = widths.last().copied().unwrap_or(0);
    if larger_wanted && f64::from(available) > f64::from(largest) * 1.1 {
        widths.push(available);
    }
    widths
}

/// The smallest, a middle one and the largest.
fn thinned(widths: &[u32]) -> Vec<u32> {
    if widths.len() <= FALLBACK_WIDTHS {
        return widths.to_vec();
    }
    [0, widths.len() / 2, widths.len() - 1].iter().filter_map(|i| widths.get(*i).copied()).collect()
}

fn height(frame: &Frame, width: u32) -> u32 {
    let exact = f64::from(width) * f64::from(frame.height) / f64::from(frame.width);
    (exact.round() as u32).clamp(1, frame.height)
}

/// CSS `object-position` of the focal point in the print.
fn focus(still: &Still, frame: &Frame) -> String {
    let (x, y) = still.focus.map_or((0.5, 0.5), |(x, y)| (f64::from(x), f64::from(y)));
    let (x, y) = match frame.crop {
        None => (x, y),
        Some(crop) => {
            let inside = |part: f64, full: u32, start: u32, length: u32| {
                ((part * f64::from(full) - f64::from(start)) / f64::from(length)).clamp(0.0, 1.0)
            };
            (inside(x, still.facts.width, crop.x, crop.width), inside(y, still.facts.height, crop.y, crop.height))
        }
    };
    format!("{}% {}%", (x * 100.0).round(), (y * 100.0).round())
}

#[cfg(test)]
mod tests {
    use super::{thinned, widths};

    #[test]
    fn widths_never_enlarge_and_end_near_the_original() {
        assert_eq!(widths(&[480, 960, 1920], 1000), [480, 960]);
        assert_eq!(widths(&[480, 960, 1920], 1600), [480, 960, 1600]);
        assert_eq!(widths(&[480, 960, 1920], 6000), [480, 960, 1920]);
        assert_eq!(widths(&[480, 960], 300), [300]);
    }

    #[test]
    fn the_fallback_has_three_widths() {
        assert_eq!(thinned(&[1, 2, 3, 4, 5]), [1, 3, 5]);
        assert_eq!(thinned(&[1, 2]), [1, 2]);
    }
}
