//! The workshop: one run after the other over the same site, with what was made before at hand.
//!
//! The entry point is [`Workshop::run`]. What is remembered is looked up by what it was made from, so
//! a warm run gives what a cold one gives, byte for byte; there is no other way to build.

use super::known::Known;
use super::seal::{Brought, Seal};
use super::{Options, Prepared, Report, draw, prepare, published};
use crate::clearance::{Audience, Cleared};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, BuildLock};
use crate::plan::{self, Learnt, Plan, Previews};
use crate::publish::{self, Cache, Client, Developed, Errand, Finished, Outcome, Output, Patient, Progress, Written};
use crate::trail::{Occurrence, Published, Trail};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Gets the site as soon as its pages are made, before pictures are developed and anything is
/// written: a report in which what comes later is missing, with the changes since what was handed over before.
pub type Early<'a> = &'a dyn Fn(&Report);

/// What somebody who watches the site has seen since the run before. Only a hint where to look.
#[derive(Debug, Clone, Default)]
pub enum Touched {
    /// Nobody knows: everything is looked at.
    #[default]
    Anything,
    /// Something in these folders, named absolutely.
    Folders(BTreeSet<PathBuf>),
}

impl Touched {
    /// Whether something in a folder, or the folder itself, may be another.
    pub(super) fn concerns(&self, folder: &Path) -> bool {
        match self {
            Touched::Anything => true,
            Touched::Folders(all) => all.iter().any(|one| one.starts_with(folder) || folder.starts_with(one)),
        }
    }
}

/// What is asked of one run.
pub struct Order<'a> {
    /// How to build.
    pub options: &'a Options,
    /// Where to look.
    pub touched: Touched,
    /// Who wants to know how far developing is.
    pub progress: &'a dyn Progress,
    /// Who wants to see the pages before everything is done.
    pub early: Option<Early<'a>>,
    /// Whom stills are developed for.
    pub client: &'a dyn Client,
}

impl<'a> Order<'a> {
    /// Everything is looked at, and nobody waits for the pages.
    pub fn new(options: &'a Options, progress: &'a dyn Progress) -> Self {
        Self { options, touched: Touched::Anything, progress, early: None, client: &Patient }
    }
}

/// A place to build one site again and again.
#[derive(Debug, Default)]
pub struct Workshop {
    known: Known,
    cache: Option<Cache>,
    /// The plan that was drawn last.
    plan: plan::Memory,
    named: publish::Named,
    laid: publish::Laid,
    /// What was handed over last.
    shown: Finished,
    /// What was recorded last as published, and where: the records are long, and most runs add nothing.
    recorded: Option<Recorded>,
    /// There will be no other run.
    is_for_once: bool,
}

impl Workshop {
    /// With nothing in it yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// For one run: nothing is kept for another one.
    pub(super) fn for_once() -> Self {
        Self { is_for_once: true, ..Self::default() }
    }

    /// Builds the site. The output is touched only when there are no errors. When the client is called away
    /// while stills are being developed, nothing is written, and another run has to end the work.
    ///
    /// `waiting` is called when another build has to end first.
    pub fn run(&mut self, order: &Order<'_>, waiting: impl FnOnce()) -> Report {
        let options = order.options;
        let mut messages = Diagnostics::new();
        let cache = self.cache.take().filter(|cache| cache.root() == options.cache);
        let cache = cache.unwrap_or_else(|| Cache::new(&options.cache));
        let mut report = Report::default();
        // Who builds again and again knows more than a seal tells.
        let brought = if self.is_for_once { Brought::look(options) } else { None };
        if let Some(mut prepared) = prepare(options, &cache, &order.touched, &mut self.known, true, &mut messages) {
            prepared.brought = brought;
            if self.is_for_once {
                self.known.forget();
            }
            report.opened = prepared.opened;
            report.next = prepared.next;
            if options.strict {
                messages.make_strict();
            }
            if messages.has_errors() {
                // The plan has mistakes of its own to tell, such as two pages at one address.
                draw(&prepared, &self.known.lore.learnt(&cache), &mut self.plan, &mut messages);
                remember(&prepared, &cache, &mut messages);
            } else {
                self.make(prepared, order, &cache, &mut report, waiting, &mut messages);
            }
        }
        self.cache = Some(cache);
        report.finish(messages, options.strict)
    }

    fn make(
        &mut self,
        prepared: Prepared,
        order: &Order<'_>,
        cache: &Cache,
        report: &mut Report,
        waiting: impl FnOnce(),
        messages: &mut Diagnostics,
    ) {
        let options = order.options;
        let output = Output { folder: options.output.clone(), audience: options.audience };
        let Some(_lock) = usable(BuildLock::take(&cache.lock(), waiting), cache, messages) else { return };
        if !keep_inside(&output, cache, messages) || !keeps_records_apart(options, messages) {
            return;
        }
        report.held.clone_from(&prepared.held);
        report.clock = Some(prepared.clock.clone());
        let said = messages.len();
        if let Some(brought) = prepared.brought {
            let Some(there) = output.check(&mut self.laid, messages) else { return };
            if let Some(seal) = Seal::unbroken(brought, &prepared, &there, options, cache) {
                remember(&prepared, cache, messages);
                report.is_unchanged = true;
                report.developed.reused = seal.stills;
                report.written = Some(seal.written());
                return;
            }
        }
        if usable(cache.look(), cache, messages).is_none() {
            return;
        }
        let mut learnt = self.known.lore.learnt(cache);
        let mut plan_messages = Diagnostics::new();
        let mut plan = draw(&prepared, &learnt, &mut self.plan, &mut plan_messages);
        if plan_messages.has_errors() {
            messages.extend(plan_messages);
            return;
        }
        let mut early = order.early.and_then(|_| self.show_early(&plan, &prepared, cache, order, report, messages));
        let Some(before) = output.check(&mut self.laid, messages) else { return };
        for _ in 0..ATTEMPTS {
            let has_learnt = develop(&plan, &prepared, &mut learnt, order, cache, report, messages);
            if report.is_unfinished() {
                messages.extend(plan_messages);
                return;
            }
            if has_learnt {
                // Pages carry the previews and name the files worth offering, so they are drawn again now that all are known.
                plan = draw(&prepared, &learnt, &mut self.plan, &mut Diagnostics::new());
            }
            publish::encode(&plan.outputs, cache, order.progress, messages);
            messages.extend(std::mem::take(&mut plan_messages));
            if messages.has_errors() {
                return;
            }
            let site = match early.take().filter(|_| !has_learnt) {
                // Nothing of it has changed, and it has been shown.
                Some(site) => site,
                None => {
                    let (outputs, theme, folder) = (&plan.outputs, &prepared.theme, &output.folder);
                    let made = publish::make(outputs, theme, cache, folder, &mut self.named, messages);
                    let Some(site) = made else { return };
                    self.show(site.clone(), order, report, messages);
                    site
                }
            };
            match publish::write(&site, &output, &before, &mut self.laid, cache, messages) {
                Outcome::Written(written) => {
                    report.written = Some(written);
                    self.record(options, &prepared, &plan, &site, messages);
                    tidy(&plan, &prepared, cache, messages);
                    // Planning and making said nothing that would have to be said again.
                    if let Some(brought) = prepared.brought.filter(|_| messages.len() == said) {
                        seal(brought, &prepared, written, report.developed, options, cache, messages);
                    }
                }
                Outcome::Spoiled => continue,
                Outcome::Failed => {}
            }
            return;
        }
        let message = format!("what is put into the cache folder `{}` does not stay there", cache.root().display());
        messages.push(Diagnostic::error(codes::WRITE_FAILED, message).hint(
            "Build again. If it happens again, something else deletes or changes files there: a cleaner, a sync \
             service, or a failing disk.",
        ));
    }

    /// Adds to the audit trail what this build has changed.
    fn record(
        &mut self,
        options: &Options,
        prepared: &Prepared,
        plan: &Plan,
        site: &Finished,
        messages: &mut Diagnostics,
    ) {
        if options.audience == Audience::Insiders {
            return;
        }
        let (output, cleared) = (options.output_name(), prepared.cleared());
        let is_known =
            |known: &Recorded| known.output == output && known.cleared == cleared && site.has_the_paths_of(&known.site);
        if self.recorded.as_ref().is_some_and(is_known) {
            return;
        }
        let occurrence = Occurrence {
            built: Timestamp::now(),
            as_of: prepared.edition.occasion().as_of,
            audience: options.audience,
            output: &output,
        };
        let all = published(&prepared.edition, &cleared, plan, site);
        if self.recorded.as_ref().is_none_or(|known| known.output != output || known.all != all) {
            Trail::new(&options.records).record(occurrence, &all, &prepared.clock, messages);
        }
        self.recorded = Some(Recorded { output, cleared, site: site.clone(), all });
    }

    /// Shows the pages before their pictures are there. Mistakes of making are told when all is made.
    fn show_early(
        &mut self,
        plan: &Plan,
        prepared: &Prepared,
        cache: &Cache,
        order: &Order<'_>,
        report: &mut Report,
        messages: &Diagnostics,
    ) -> Option<Finished> {
        let (output, silence) = (&order.options.output, &mut Diagnostics::new());
        let site = publish::make(&plan.outputs, &prepared.theme, cache, output, &mut self.named, silence)?;
        self.show(site.clone(), order, report, messages);
        Some(site)
    }

    fn show(&mut self, site: Finished, order: &Order<'_>, report: &mut Report, messages: &Diagnostics) {
        let all = std::mem::take(&mut report.changes);
        report.changes = site.since(&self.shown);
        self.shown = site.clone();
        report.site = Some(site);
        if let Some(early) = order.early
            && !report.changes.is_empty()
        {
            report.messages.clone_from(messages);
            early(report);
        }
        let last = std::mem::replace(&mut report.changes, all);
        report.changes.add(last);
    }
}

/// What was recorded last.
#[derive(Debug)]
struct Recorded {
    output: String,
    /// What it follows from, with the paths of this site.
    cleared: Vec<Cleared>,
    site: Finished,
    all: Vec<Published>,
}

/// Whether the site goes where it may: with all that is held into the cache, else anywhere. What was in the cache of
/// the former kind goes with the next build of another.
fn keep_inside(output: &Output, cache: &Cache, messages: &mut Diagnostics) -> bool {
    let inside = cache.insiders();
    if output.audience == Audience::Insiders {
        let same = disk::canonical(&output.folder) == disk::canonical(&inside);
        if !same {
            let message = "what is held is shown in the preview alone, and built into no folder";
            messages.push(
                Diagnostic::error(codes::OUTPUT_NOT_OURS, message)
                    .at(&Origin::whole(output.folder.display().to_string()))
                    .hint("Look at it with `backlot serve --show-held`."),
            );
        }
        return same;
    }
    if let Err(error) = disk::remove_folder(&inside) {
        let message = format!("`{}`, with a preview of what is held, cannot be removed: {error}", inside.display());
        messages.push(Diagnostic::warning(codes::WRITE_FAILED, message).hint("Remove it by hand."));
    }
    true
}

/// The records name names, so they must not lie in what is put online.
fn keeps_records_apart(options: &Options, messages: &mut Diagnostics) -> bool {
    let (records, output) = (disk::canonical(&options.records), disk::canonical(&options.output));
    if !records.starts_with(&output) && !output.starts_with(&records) {
        return true;
    }
    let message = format!(
        "the website cannot go to `{}`: the records of what was published are in `{}`",
        options.output.display(),
        options.records.display()
    );
    messages.push(Diagnostic::error(codes::OUTPUT_NOT_OURS, message).hint("Name another folder with `--output`."));
    false
}

/// How often what is damaged in the cache is made again, before somebody is told.
const ATTEMPTS: usize = 3;

/// Develops what is missing and remembers what was learnt; whether something was learnt that pages depend on.
fn develop(
    plan: &Plan,
    prepared: &Prepared,
    learnt: &mut Arc<Learnt>,
    order: &Order<'_>,
    cache: &Cache,
    report: &mut Report,
    messages: &mut Diagnostics,
) -> bool {
    let mut previews = Previews::new();
    let errand = Errand { jobs: order.options.jobs, progress: order.progress, client: order.client };
    let developed = publish::develop(&plan.outputs, cache, &learnt.previews, &mut previews, &errand, messages);
    report.developed = report.developed.and(developed);
    remember(prepared, cache, messages);
    let verdicts = publish::judge(&plan.outputs, cache);
    if previews.is_empty() && verdicts.is_empty() {
        return false;
    }
    let known = Arc::make_mut(learnt);
    let mut keep = |what: &str, saved: io::Result<()>| {
        if let Err(error) = saved {
            let message = format!("{what} cannot be remembered: {error}");
            messages.push(Diagnostic::warning(codes::WRITE_FAILED, message));
        }
    };
    if !previews.is_empty() {
        known.previews.extend(previews);
        keep("the previews", cache.save_previews(&known.previews));
    }
    if !verdicts.is_empty() {
        known.verdicts.extend(verdicts);
        keep("what was learnt of the sizes of pictures", publish::save_verdicts(cache, &known.verdicts));
    }
    true
}

/// What the cache folder gave, or a message that it cannot be used.
fn usable<T>(given: io::Result<T>, cache: &Cache, messages: &mut Diagnostics) -> Option<T> {
    given
        .map_err(|error| {
            let message = format!("the cache folder `{}` cannot be written: {error}", cache.root().display());
            messages.push(Diagnostic::error(codes::WRITE_FAILED, message));
        })
        .ok()
}

/// Lets the next build see that it would make the same again.
fn seal(
    brought: Brought,
    prepared: &Prepared,
    written: Written,
    developed: Developed,
    options: &Options,
    cache: &Cache,
    messages: &mut Diagnostics,
) {
    let stills = developed.stills + developed.reused;
    if let Err(error) = Seal::put(brought, prepared, written, stills, options, cache) {
        let message = format!("what was built cannot be remembered: {error}");
        messages.push(Diagnostic::warning(codes::WRITE_FAILED, message));
    }
}

/// Keeps what was learnt of the media, whether they can be published or not.
fn remember(prepared: &Prepared, cache: &Cache, messages: &mut Diagnostics) {
    if let Some(Err(error)) = prepared.memory.as_ref().map(|memory| memory.save(&cache.facts())) {
        messages.push(Diagnostic::warning(
            codes::WRITE_FAILED,
            format!("what was learnt of the stills cannot be remembered: {error}"),
        ));
    }
}

/// Removes from the cache what nothing has used for long.
fn tidy(plan: &Plan, prepared: &Prepared, cache: &Cache, messages: &mut Diagnostics) {
    let usage = || publish::usage(&plan.outputs, &prepared.darkroom.reels.kept, Some(prepared.keep_days));
    let tidied = cache.tidy_pages().and_then(|done| match done {
        true => Ok(()),
        false => cache.tidy(&usage()),
    });
    if let Err(error) = tidied {
        let message = format!("the cache folder `{}` cannot be tidied: {error}", cache.root().display());
        messages.push(Diagnostic::warning(codes::WRITE_FAILED, message));
    }
}
