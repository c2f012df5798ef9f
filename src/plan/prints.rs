//! From a still and a role to the prints that are wanted, and the picture that shows them.

use super::Darkroom;
use super::context::{Picture, Source};
use super::frame::{Frame, detail_frame, focus, frame, framed, height, shown, thinned, widths};
use super::ladder::{Ladder, Rung, Verdicts};
use super::light;
use super::outputs::{self, Job, Ladders, PrintJob};
use crate::develop::{self, Metadata, Output, Preview, Recipe, Rights};
use crate::disk::Digest;
use crate::production::{Clock, Notice, Still};
use crate::still;
use crate::theme::{Aspect, Rgb, Role};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// From this width on a print carries all that is allowed; smaller ones the rights alone.
const FULL_RIGHTS_WIDTH: u32 = 640;

/// Collects the prints that pages ask for.
#[derive(Debug)]
pub(super) struct Prints {
    darkroom: Darkroom,
    surface: Rgb,
    clock: Clock,
    wanted: BTreeMap<String, Arc<PrintJob>>,
    ladders: Ladders,
}

/// A file of a picture that has not been asked for yet.
struct Candidate {
    path: String,
    recipe: Recipe,
    metadata: Metadata,
    key: Digest,
}

/// What a picture needs to know of its page.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    /// The way to the top of the site.
    pub(super) root: &'v str,
    pub(super) preview: Option<&'v Preview>,
    pub(super) verdicts: &'v Verdicts,
    /// Lines of text start at the right.
    pub(super) from_right: bool,
}

impl Prints {
    pub(super) fn new(darkroom: &Darkroom, surface: Rgb, clock: &Clock) -> Self {
        let (darkroom, clock) = (darkroom.clone(), clock.clone());
        Self { darkroom, surface, clock, wanted: BTreeMap::new(), ladders: Ladders::new() }
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
        let View { root, preview, verdicts, from_right } = view;
        let widths = widths(&role.widths, frame.width);
        let (fallback, asked) = asked(&self.darkroom, &still.facts, frame, &widths);
        let files = asked.into_iter().map(|(output, width)| self.print(still, frame, width, output)).collect();
        let files = self.worthwhile(files, verdicts);
        let source = |format: &Output| Source { mime: format.media_type(), srcset: srcset(&files, *format, root).1 };
        let sources = self.darkroom.better.iter().map(source).filter(|source| !source.srcset.is_empty()).collect();
        let phone = role.phone.map_or_else(Vec::new, |width| self.phone(&files, fallback, width, root));
        let (src, srcset) = srcset(&files, fallback, root);
        files.into_iter().for_each(|file| self.want(still, file));
        let (width, height) = widths.last().map_or((frame.width, frame.height), |w| (*w, height(frame, *w)));
        Picture {
            sources,
            phone,
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
            focus: position(focus(still, frame)),
            light: preview.map(|p| light::of(&p.light, &shown(still, frame, from_right))).unwrap_or_default(),
        }
    }

    /// The prints for telephones with dense screens: one of each better format, or else the fallback's.
    fn phone(&self, files: &[Candidate], fallback: Output, width: u32, root: &str) -> Vec<Source> {
        let of = |format: &Output| phone(files, *format, width, root);
        let better: Vec<Source> = self.darkroom.better.iter().filter_map(of).collect();
        if better.is_empty() { of(&fallback).into_iter().collect() } else { better }
    }

    /// The files that are worth offering, and a note of a ladder that has not been judged yet.
    fn worthwhile(&mut self, files: Vec<Candidate>, verdicts: &Verdicts) -> Vec<Candidate> {
        let rung = |file: &Candidate| Rung { output: file.recipe.output, width: file.recipe.width, key: file.key };
        let ladder = Ladder { rungs: files.iter().map(rung).collect() };
        let name = ladder.name();
        let Some(left_out) = verdicts.get(&name) else {
            self.ladders.insert(name, Arc::new(ladder));
            return files;
        };
        let kept = files.into_iter().enumerate().filter(|(place, _)| !left_out.contains(place));
        kept.map(|(_, file)| file).collect()
    }

    /// One file of a still: path below the top of the site, and its size.
    pub(super) fn single(&mut self, still: &Still, aspect: Aspect, width: u32, output: Output) -> (String, u32, u32) {
        let frame = frame(still, Some(aspect));
        let width = width.min(frame.width);
        let file = self.print(still, &frame, width, output);
        let path = file.path.clone();
        self.want(still, file);
        (path, width, height(&frame, width))
    }

    /// A small picture with words burnt into it, for those who decide about it: its path and size.
    pub(super) fn proof(&mut self, still: &Still, longest: u32, words: String) -> (String, u32, u32) {
        let frame = frame(still, None);
        let longer = u64::from(frame.width.max(frame.height));
        let width = u64::from(frame.width) * u64::from(longest) / longer;
        let width = u32::try_from(width).unwrap_or(longest).clamp(1, frame.width);
        let file = self.marked(still, &frame, width, Output::Jpeg, Some(words));
        let path = file.path.clone();
        self.want(still, file);
        (path, width, height(&frame, width))
    }

    fn print(&self, still: &Still, frame: &Frame, width: u32, output: Output) -> Candidate {
        self.marked(still, frame, width, output, held_word(still))
    }

    fn marked(&self, still: &Still, frame: &Frame, width: u32, output: Output, mark: Option<String>) -> Candidate {
        let recipe = Recipe { mark, ..recipe(&still.facts, frame, width, output, &self.darkroom, self.surface) };
        let metadata = said(still, &self.clock);
        let key = key(still.digest, &recipe, &metadata);
        let path = format!("media/{}.{}", key.short(20), output.extension());
        Candidate { path, recipe, metadata, key }
    }

    fn want(&mut self, still: &Still, file: Candidate) {
        let Candidate { path, recipe, metadata, key } = file;
        self.wanted.entry(path).or_insert_with(|| {
            Arc::new(PrintJob {
                file: still.file.clone(),
                digest: still.digest,
                facts: still.facts.clone(),
                recipe,
                metadata,
                key,
            })
        });
    }

    /// Everything that was asked for, by path, and ladders to be judged.
    pub(super) fn wanted(self) -> (outputs::Prints, Ladders) {
        (self.wanted.into_iter().map(|(path, job)| (path, Job::Print(job))).collect(), self.ladders)
    }

    /// Takes over what another part of the plan has asked for.
    pub(super) fn add(&mut self, others: Self) {
        self.ladders.extend(others.ladders);
        for (path, job) in others.wanted {
            self.wanted.entry(path).or_insert(job);
        }
    }
}

/// The widest file of a format, and the `srcset` of all.
fn srcset(files: &[Candidate], output: Output, root: &str) -> (String, String) {
    let (mut src, mut srcset) = (String::new(), String::new());
    for Candidate { path, recipe, .. } in files.iter().filter(|file| file.recipe.output == output) {
        let comma = if srcset.is_empty() { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(srcset, "{comma}{root}{path} {}w", recipe.width);
        src = format!("{root}{path}");
    }
    (src, srcset)
}

/// The print of a format for telephones with dense screens: the smallest of at least that width. None where they could
/// take nothing larger.
fn phone(files: &[Candidate], output: Output, width: u32, root: &str) -> Option<Source> {
    let mut of_format = files.iter().filter(|file| file.recipe.output == output);
    let file = of_format.find(|file| file.recipe.width >= width)?;
    of_format.next()?;
    Some(Source { mime: output.media_type(), srcset: format!("{root}{} {}w", file.path, file.recipe.width) })
}

/// The recipes of the pictures that a role asks of a still.
pub fn recipes(
    facts: &still::Facts,
    focus: Option<(f32, f32)>,
    role: &Role,
    darkroom: &Darkroom,
    surface: Rgb,
) -> Vec<Recipe> {
    let frame = framed((facts.width, facts.height), focus, role.aspect);
    let (_, asked) = asked(darkroom, facts, &frame, &widths(&role.widths, frame.width));
    asked.into_iter().map(|(output, width)| recipe(facts, &frame, width, output, darkroom, surface)).collect()
}

/// The format for browsers that know no better, and all files that are asked for in these widths.
///
/// Nearly every browser takes the best format, so that one has all widths and the others have few.
fn asked(darkroom: &Darkroom, facts: &still::Facts, frame: &Frame, widths: &[u32]) -> (Output, Vec<(Output, u32)>) {
    let fallback = if facts.has_alpha { Output::Png } else { Output::Jpeg };
    let suits = |format: &Output| widths.iter().all(|width| format.suits(facts, (*width, height(frame, *width))));
    let formats: Vec<Output> = darkroom.better.iter().copied().filter(suits).chain([fallback]).collect();
    let few = thinned(widths);
    let widths_of = |place: usize| if place == 0 { widths } else { &few };
    let files = formats.iter().enumerate().flat_map(|(place, format)| widths_of(place).iter().map(|w| (*format, *w)));
    (fallback, files.collect())
}

fn recipe(
    facts: &still::Facts,
    frame: &Frame,
    width: u32,
    output: Output,
    darkroom: &Darkroom,
    surface: Rgb,
) -> Recipe {
    let flattened = facts.has_alpha && output == Output::Jpeg;
    Recipe {
        crop: frame.crop,
        width,
        height: height(frame, width),
        output,
        quality: darkroom.quality,
        background: if flattened { surface.0 } else { [0; 3] },
        rights: if width >= FULL_RIGHTS_WIDTH { Rights::Full } else { Rights::Minimum },
        mark: None,
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

/// What the pictures of a still say of it.
pub fn said(still: &Still, clock: &Clock) -> Metadata {
    Metadata {
        credit: still.credit.clone(),
        copyright: still.copyright.clone(),
        caption: still.caption.clone(),
        alt: still.alt.clone(),
        extended_description: still.description.clone(),
        instructions: instructions(still, clock),
        ..said_by(&still.facts)
    }
}

/// The same of a still of which nothing is known but what was written into it.
pub fn said_by(facts: &still::Facts) -> Metadata {
    let fields = &facts.fields;
    Metadata {
        creator: fields.creator.clone(),
        credit: fields.credit.clone(),
        copyright: fields.copyright.clone(),
        caption: fields.caption.clone(),
        alt: fields.alt.clone(),
        extended_description: fields.extended_description.clone(),
        usage_terms: fields.usage_terms.clone(),
        web_statement: fields.web_statement.clone(),
        licensor_url: fields.licensor_url.clone(),
        digital_source_type: fields.digital_source_type.clone(),
        data_mining: fields.data_mining.clone(),
        instructions: None,
    }
}

/// CSS `object-position`.
fn position((x, y): (f64, f64)) -> String {
    format!("{}% {}%", (x * 100.0).round(), (y * 100.0).round())
}
