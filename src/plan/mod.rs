//! The plan: every file of the site, each with the job that makes it.
//!
//! The entry point is [`draw`]: pure, from an [`Edition`], a [`Theme`] and what developing has
//! shown before. The same input gives the same plan, whatever the order of folders. It does not read,
//! write, render or develop anything.

mod address;
mod brief;
mod cards;
mod closeup;
pub mod context;
mod draft;
mod feed;
mod fonts;
mod frame;
mod glance;
mod icons;
mod json_ld;
mod kin;
mod ladder;
mod light;
mod memory;
mod outputs;
mod pages;
mod prints;
mod proofs;
mod rendered;
mod renditions;
mod scripts;
mod search;
mod segments;
mod sheet;
mod sitemap;

pub use address::{encoded, page_of};
pub use fonts::fonts;
pub use glance::glance;
pub use ladder::{Ladder, Rung, Verdicts};
pub use memory::Memory;
pub use outputs::{FontJob, Group, Job, MANIFEST, Outputs, PageJob, PrintJob, Prints, RenditionJob, UNFINISHED};
pub use prints::{recipes, said, said_by};
pub use rendered::{Rendered, STYLE, remembered, renamed};

use crate::clearance::{Audience, Edition};
use crate::develop::{Output, Preview, Quality};
use crate::diagnostic::Diagnostics;
use crate::disk::Digest;
use crate::production::{Shared, Still, Story};
use crate::reel::{Codec, Ffmpeg};
use crate::theme::Theme;
use draft::{Common, Draft, Setting};
use memory::{Basis, Part, Parts};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Previews of stills, by the digest of the still.
pub type Previews = BTreeMap<Digest, Preview>;

/// What developing has shown, and is remembered between builds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learnt {
    /// What stands in for stills until they are there.
    pub previews: Previews,
    /// Which files of pictures are not worth offering.
    pub verdicts: Verdicts,
}

/// How stills are developed, from site.toml.
#[derive(Debug, Clone, PartialEq)]
pub struct Darkroom {
    /// What is offered beside the fallback, best first.
    pub better: Vec<Output>,
    /// Target scores.
    pub quality: Quality,
    /// What is made of clips.
    pub reels: Reels,
}

/// What ffmpeg makes of clips, where the site asks for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reels {
    /// What stands for a clip without a poster, by the clip.
    pub frames: BTreeMap<Digest, Still>,
    /// Where in the cache those frames are.
    pub kept: BTreeSet<Digest>,
    /// The sizes to make.
    pub renditions: Option<Renditions>,
}

/// Sizes in which clips are published.
#[derive(Debug, Clone, PartialEq)]
pub struct Renditions {
    /// In pixels, even, ascending.
    pub heights: Vec<u32>,
    /// Best first.
    pub codecs: Vec<Codec>,
    /// Whose version is part of every key.
    pub ffmpeg: Ffmpeg,
}

/// What of the occasion pages depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Showing {
    audience: Audience,
    /// The release is still to come.
    upcoming: bool,
}

impl Showing {
    fn of(edition: &Edition) -> Self {
        let occasion = edition.occasion();
        let upcoming = edition.shown().site.released.is_some_and(|instant| occasion.as_of < instant);
        Self { audience: occasion.audience, upcoming }
    }
}

/// All outputs by path.
#[derive(Debug)]
pub struct Plan {
    /// What is to be made.
    pub outputs: Outputs,
}

/// Gets a page, and the name of the style sheet's file, as soon as the page is drawn, on any core. Pages that are taken
/// over do not come again.
pub type Drawn<'a> = &'a (dyn Fn(&PageJob, &str) + Sync);

/// Draws the whole plan. Two outputs at one address are a message.
///
/// What `memory` has of the plan before is taken over where it was drawn from the same.
pub fn draw(
    edition: &Arc<Edition>,
    theme: &Arc<Theme>,
    darkroom: &Darkroom,
    learnt: &Arc<Learnt>,
    memory: &mut Memory,
    drawn: Option<Drawn<'_>>,
    messages: &mut Diagnostics,
) -> Plan {
    let mut outputs = Outputs::default();
    let shown = edition.shown();
    let fonts = fonts::plan(edition, theme, &mut memory.fonts, &mut outputs, messages);
    if edition.occasion().audience == Audience::Approvals {
        return sheets(edition, theme, darkroom, learnt, &fonts, &outputs, messages);
    }
    let brief = memory.brief(edition);
    let showing = Showing::of(edition);
    let basis = Basis {
        brief: Arc::clone(&brief),
        theme: Arc::clone(theme),
        darkroom: darkroom.clone(),
        learnt: Arc::clone(learnt),
        showing,
        preload: fonts.preload.clone(),
    };
    let mut parts = memory.recall(&basis);
    let kin = memory.kin(&brief);
    let draft = Draft::new(Setting { shown: &brief, showing, theme, darkroom, learnt, fonts: &fonts, kin, drawn });
    // The long lists are among the others, so nobody waits for them to begin with the rest.
    let (common, known) = (draft.common(), parts.others.take());
    let (others, stories) = rayon::join(
        || known.unwrap_or_else(|| Draft::part(common, |draft| (pages::others(draft), search::others(draft)))),
        || stories(common, edition, &mut parts),
    );
    let (first, last) = others.group.pages.split_at(pages::before_stories(&others.group.pages));
    let pages: Vec<&Arc<PageJob>> =
        first.iter().chain(stories.iter().flat_map(|(_, part)| &part.group.pages)).chain(last).collect();
    draft.icons.plan(&draft, &mut outputs, messages);
    sitemap::plan(&draft, &pages, &mut outputs, messages);
    feed::plan(&draft, &mut outputs, messages);
    let entries = stories.iter().map(|(_, part)| part).chain([&others]).flat_map(|part| &part.entries);
    search::plan(entries, &mut outputs, messages);
    let scripts = pages.iter().flat_map(|page| page.scripts.iter().copied()).collect();
    for page in pages {
        outputs.add(page.path.clone(), Job::Page(Arc::clone(page)), messages);
    }
    let own_rules = |address: &str| address == sitemap::RULES && !draft.is_listed();
    for (address, file) in shown.statics.iter().filter(|(address, _)| !own_rules(address)) {
        outputs.add(address.clone(), Job::Copy(file.file.clone()), messages);
    }
    for part in stories.iter().map(|(_, part)| part).chain([&others]) {
        outputs.add_group(Arc::clone(&part.group));
        outputs.add_ladders(part.ladders.clone());
        part.clips.iter().for_each(|(path, job)| outputs.add_by_content(path.clone(), job.clone()));
    }
    outputs.name_style(&draft.stylesheet);
    draft.finish(&scripts, &mut outputs, messages);
    outputs.check_copies(messages);
    let stories = stories.into_iter().collect();
    memory.keep(basis, Parts { edition: Some(Arc::clone(edition)), others: Some(others), stories });
    Plan { outputs }
}

/// The plan for those who decide: contact sheets and nothing else.
fn sheets(
    edition: &Edition,
    theme: &Theme,
    darkroom: &Darkroom,
    learnt: &Learnt,
    fonts: &fonts::Fonts,
    shared: &Outputs,
    messages: &mut Diagnostics,
) -> Plan {
    let mut outputs = Outputs::default();
    let showing = Showing { audience: edition.occasion().audience, upcoming: false };
    let (shown, kin) = (edition.shown(), Arc::default());
    let draft = Draft::new(Setting { shown, showing, theme, darkroom, learnt, fonts, kin, drawn: None });
    proofs::plan(&draft, shared, &mut outputs, messages);
    outputs.name_style(&draft.stylesheet);
    Plan { outputs }
}

/// The pages of the stories in their order, by slug; drawn on all cores where they have to be.
fn stories(common: &Arc<Common<'_>>, edition: &Edition, parts: &mut Parts) -> Vec<(String, Part)> {
    let told = common.stories.iter().filter_map(|brief| edition.shown().stories.get(&brief.slug));
    let known: Vec<(&Shared<Story>, Option<Part>)> = told.map(|story| (story, parts.story(story))).collect();
    let draw = |(place, (story, known)): (usize, (&Shared<Story>, Option<Part>))| {
        let draw = || {
            Draft::part(common, |draft| (vec![pages::story(draft, place, story)], vec![search::story(draft, story)]))
        };
        (story.slug.clone(), known.unwrap_or_else(draw))
    };
    known.into_par_iter().enumerate().map(draw).collect()
}
