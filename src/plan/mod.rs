//! The plan: every file of the site, each with the job that makes it.
//!
//! The entry point is [`draw`]: pure, from an [`Edition`], a [`Theme`] and the previews that are
//! known. The same input gives the same plan, whatever the order of folders. It does not read,
//! write, render or develop anything.

mod address;
mod cards;
pub mod context;
mod draft;
mod feed;
mod fonts;
mod icons;
mod json_ld;
mod kin;
mod outputs;
mod pages;
mod prints;
mod segments;
mod sheet;
mod sitemap;

pub use outputs::{FontJob, Job, MANIFEST, Outputs, PageJob, PrintJob, UNFINISHED};

use crate::clearance::Edition;
use crate::develop::{Preview, Quality};
use crate::diagnostic::Diagnostics;
use crate::disk::Digest;
use crate::theme::Theme;
use std::collections::BTreeMap;

/// Previews of stills, by the digest of the still.
pub type Previews = BTreeMap<Digest, Preview>;

/// How stills are developed, from site.toml.
#[derive(Debug, Clone)]
pub struct Darkroom {
    /// WebP as well as the fallback.
    pub webp: bool,
    /// Target scores.
    pub quality: Quality,
}

/// All outputs by path.
#[derive(Debug)]
pub struct Plan {
    /// What is to be made.
    pub outputs: Outputs,
}

/// Draws the whole plan. Two outputs at one address are a message.
pub fn draw(
    edition: &Edition,
    theme: &Theme,
    darkroom: &Darkroom,
    previews: &Previews,
    messages: &mut Diagnostics,
) -> Plan {
    let mut outputs = Outputs::default();
    let fonts = fonts::plan(edition, theme, &mut outputs, messages);
    let draft = draft::Draft::new(edition, theme, darkroom, previews, &fonts);
    let pages = pages::all(&draft);
    draft.icons.plan(&draft, &mut outputs, messages);
    sitemap::plan(&draft, &pages, &mut outputs, messages);
    feed::plan(&draft, &mut outputs, messages);
    for page in pages {
        outputs.add(page.path.clone(), Job::Page(Box::new(page)), messages);
    }
    for (address, file) in &edition.shown().statics {
        outputs.add(address.clone(), Job::Copy(file.file.clone()), messages);
    }
    draft.finish(&mut outputs, messages);
    outputs.check_copies(messages);
    Plan { outputs }
}
