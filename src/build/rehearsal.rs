//! A build that writes nothing: what would be published, and what each page would be.

use super::{Collected, Options, clear, collect, draw};
use crate::clearance::{self, Cleared, Edition, Held, Occasion, Subject};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::disk::Digest;
use crate::plan::{self, Job, Plan};
use crate::production::{Clock, Production};
use crate::publish::{self, Cache, Finished, Press};
use crate::source::Touched;
use crate::source::approvals::ApprovalRow;
use crate::trail::Published;
use std::collections::{BTreeSet, HashSet};

/// Everything that was read, before anything is decided: also what is held.
pub struct Read {
    /// The production.
    pub production: Production,
    /// The decisions about stills, line by line as they are recorded.
    pub recorded: Vec<ApprovalRow>,
    /// For whom and when.
    pub occasion: Occasion,
    /// Writes instants in the site's time zone.
    pub clock: Clock,
}

/// What a build would do.
pub struct Rehearsal {
    /// What was read.
    pub read: Read,
    /// What is held, and why.
    pub held: Vec<Held>,
    /// What would be in the output, and by which rules.
    pub published: Vec<Published>,
    /// Every file of it, with what it is made of.
    pub plan: Plan,
    /// The site; `None` when there were mistakes that leave none.
    pub site: Option<Finished>,
}

/// Reads a site for a report about all of it. `None` when there is no site.
pub fn read(options: &Options, messages: &mut Diagnostics) -> Option<Read> {
    let cache = Cache::new(&options.cache);
    let collected = collect(options, &cache, &Touched::Anything, &mut super::Known::default(), messages)?;
    let Collected { production, recorded, occasion, clock, .. } = collected;
    Some(Read { production, recorded, occasion, clock })
}

/// Makes the site in memory, with `change` made to what was read. Nothing is developed or written but
/// fonts and clips in the cache.
///
/// Mistakes of the site are in `messages`; the site is made as well as it can be all the same.
pub fn rehearse(
    options: &Options,
    change: impl FnOnce(&mut Production),
    messages: &mut Diagnostics,
) -> Option<Rehearsal> {
    let cache = Cache::new(&options.cache);
    let mut collected = collect(options, &cache, &Touched::Anything, &mut super::Known::default(), messages)?;
    change(&mut collected.production);
    let read = Read {
        production: collected.production.clone(),
        recorded: collected.recorded.clone(),
        occasion: collected.occasion,
        clock: collected.clock.clone(),
    };
    let prepared = clear(collected, &mut clearance::Memory::default(), messages)?;
    let plan = draw(&prepared, &super::learnt(&cache), &mut plan::Memory::default(), messages);
    if let Err(error) = cache.look() {
        let message = format!("the cache folder `{}` cannot be read: {error}", cache.root().display());
        messages.push(Diagnostic::warning(codes::UNREADABLE, message));
    }
    let press = Press::new(&prepared.theme, &cache, &options.output);
    let site = publish::make(&plan.outputs, &press, &mut publish::Named::default(), messages);
    let all = site.as_ref().map(|site| published(&prepared.edition, &prepared.cleared(), &plan, site));
    Some(Rehearsal { read, held: prepared.held, published: all.unwrap_or_default(), plan, site })
}

/// What of all that is cleared is in a site: a still that no page shows is not.
pub fn published(edition: &Edition, cleared: &[Cleared], plan: &Plan, site: &Finished) -> Vec<Published> {
    let shown = edition.shown();
    let mut contents: BTreeSet<Digest> = BTreeSet::new();
    let there: HashSet<&str> = site.iter().map(|(path, _)| path).collect();
    for (_, print) in plan.outputs.prints().filter(|(path, _)| there.contains(path)) {
        contents.insert(print.digest);
    }
    for (_, job) in plan.outputs.files().filter(|(path, _)| there.contains(path)) {
        match job {
            Job::Clip { file, .. } => contents.extend(shown.clips.get(&file.path).map(|clip| clip.digest)),
            Job::Rendition(job) => contents.extend(shown.clips.get(&job.file.path).map(|clip| clip.digest)),
            _ => {}
        }
    }
    let page = |subject: &Subject| {
        plan::page_of(subject, shown).filter(|page| site.file(&format!("{page}index.html")).is_some())
    };
    let is_there = |cleared: &&Cleared| match &cleared.subject {
        // Two stills with the same pixels are shown both when one is.
        Subject::Still(_) | Subject::Clip(_) => cleared.content.is_some_and(|content| contents.contains(&content)),
        subject => page(subject).is_some(),
    };
    cleared.iter().filter(is_there).map(|cleared| (cleared.clone(), page(&cleared.subject))).collect()
}
