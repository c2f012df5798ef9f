//! Some pages of the plan by themselves: those that somebody looks at just now, before all others are drawn.

use super::draft::{Draft, Setting};
use super::memory::Part;
use super::{Darkroom, Job, Learnt, Memory, Outputs, Showing, fonts, pages};
use crate::clearance::{Audience, Edition};
use crate::diagnostic::Diagnostics;
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Draws the pages at these paths, as they are in the whole plan, and what they are dressed with. What is no page of the
/// site is left out. Of contact sheets there are few, and they are drawn at once: of those there is nothing here.
pub fn glance(
    edition: &Arc<Edition>,
    theme: &Arc<Theme>,
    darkroom: &Darkroom,
    learnt: &Arc<Learnt>,
    wanted: &BTreeSet<String>,
    memory: &mut Memory,
) -> Outputs {
    let mut outputs = Outputs::default();
    if edition.occasion().audience == Audience::Approvals {
        return outputs;
    }
    // What there is to say is said of the whole plan.
    let silence = &mut Diagnostics::new();
    let fonts = fonts::plan(edition, theme, &mut memory.fonts, &mut outputs, silence);
    let brief = memory.brief(edition);
    let (shown, showing, kin) = (&*brief, Showing::of(edition), memory.kin(&brief));
    let draft = Draft::new(Setting { shown, showing, theme, darkroom, learnt, fonts: &fonts, kin, drawn: None });
    let common = draft.common();
    let draw =
        |path| Draft::part(common, |draft| (pages::at(draft, edition.shown(), path).into_iter().collect(), Vec::new()));
    let parts: Vec<Part> = wanted.par_iter().map(|path| draw(path)).collect();
    draft.icons.plan(&draft, &mut outputs, silence);
    for part in &parts {
        for page in &part.group.pages {
            outputs.add(page.path.clone(), Job::Page(Arc::clone(page)), silence);
        }
        outputs.add_group(Arc::clone(&part.group));
        part.clips.iter().for_each(|(path, job)| outputs.add_by_content(path.clone(), job.clone()));
    }
    outputs.name_style(&draft.stylesheet);
    let pages = parts.iter().flat_map(|part| &part.group.pages);
    let scripts = pages.flat_map(|page| page.scripts.iter().copied()).collect();
    draft.finish(&scripts, &mut outputs, silence);
    outputs
}
