//! The workshop: one run after the other over the same site, with what was made before at hand.
//!
//! The entry point is [`Workshop::run`]. What is remembered is looked up by what it was made from, so
//! a warm run gives what a cold one gives, byte for byte; there is no other way to build.

use super::known::Known;
use super::place::{keep_inside, keeps_records_apart, usable};
use super::seal::{Brought, Seal};
use super::{Order, Prepared, Report, draw, prepare, published};
use crate::clearance::{Audience, Cleared};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::disk::BuildLock;
use crate::plan::{self, Drawn, Learnt, PageJob, Plan, Previews};
use crate::publish::{self, Cache, Errand, Finished, Named, Outcome, Output, Press, Written};
use crate::trail::{Occurrence, Standing, Trail};
use jiff::Timestamp;
use std::io;
use std::sync::Arc;

/// A place to build one site again and again.
#[derive(Debug, Default)]
pub struct Workshop {
    known: Known,
    cache: Option<Cache>,
    /// The plan that was drawn last.
    plan: plan::Memory,
    named: Named,
    laid: publish::Laid,
    /// What was handed over last.
    shown: Finished,
    /// What was recorded last, and where: most runs add nothing.
    recorded: Option<Recorded>,
    standing: Standing,
    /// The last run has left out writing.
    owes: bool,
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

    /// Builds the site. The output is touched only when there are no errors. When the client is called away before
    /// everything is made, nothing is written, and another run has to end the work.
    ///
    /// `waiting` is called when another build has to end first.
    pub fn run(&mut self, order: &Order<'_>, waiting: impl FnOnce()) -> Report {
        let options = order.options;
        let cache = self.cache.take().filter(|cache| cache.root() == options.cache);
        let cache = cache.unwrap_or_else(|| Cache::new(&options.cache));
        let (mut report, mut messages) = (Report::default(), Diagnostics::new());
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
            if messages.has_errors() && order.client.is_settled() {
                // The plan has mistakes of its own to tell, such as two pages at one address.
                draw(&prepared, &self.known.lore.learnt(&cache), &mut self.plan, &mut messages);
                remember(&prepared, &cache, &mut messages);
            } else if messages.has_errors() {
                remember(&prepared, &cache, &mut messages);
                report.is_premature = true;
            } else {
                let mut round =
                    Round { order, prepared: &prepared, cache: &cache, report: &mut report, messages: &mut messages };
                self.make(&mut round, waiting);
            }
            if self.is_for_once {
                // Everything that was brought: that takes a while, and nobody has to wait for it. Who goes on working
                // gives back what is free afterwards, so there it goes at once.
                rayon::spawn(move || drop(prepared));
            }
        } else {
            report.is_premature = !order.client.is_settled();
        }
        self.cache = Some(cache);
        report.finish(messages, options.strict)
    }

    fn make(&mut self, round: &mut Round<'_>, waiting: impl FnOnce()) {
        let Round { order: Order { options, .. }, prepared, cache, .. } = *round;
        let output = Output { folder: options.output.clone(), audience: options.audience };
        let Some(_lock) = usable(BuildLock::take(&cache.lock(), waiting), cache, round.messages) else { return };
        if !keep_inside(&output, cache, round.messages) || !keeps_records_apart(options, round.messages) {
            return;
        }
        round.report.held.clone_from(&prepared.held);
        round.report.clock = Some(prepared.clock.clone());
        let said = round.messages.len();
        if let Some(brought) = prepared.brought {
            let Some(there) = output.check(&mut self.laid, round.messages) else { return };
            if let Some(seal) = Seal::unbroken(brought, prepared, &there, options, cache) {
                remember(prepared, cache, round.messages);
                round.report.is_unchanged = true;
                round.report.developed.reused = seal.stills;
                round.report.written = Some(seal.written());
                return;
            }
        }
        if usable(cache.look(), cache, round.messages).is_none() {
            return;
        }
        let learnt = self.known.lore.learnt(cache);
        let glance = self.glance(&learnt, round);
        if !round.order.client.is_settled() {
            remember(prepared, cache, round.messages);
            round.report.is_premature = true;
            return;
        }
        let before = self.shown.clone();
        let glance = glance.map(|pages| pages.over(&before)).inspect(|glance| self.show(glance.clone(), round));
        self.complete(learnt, &output, round);
        if let Some(glance) = glance
            && round.messages.has_errors()
            && self.shown.is_same(&glance)
        {
            // The last good site stays.
            self.show(before, round);
        }
        // Planning and making said nothing that would have to be said again.
        if let (Some(brought), Some(written)) = (prepared.brought, round.report.written)
            && round.messages.len() == said
        {
            seal(brought, written, round);
        }
    }

    /// The pages that somebody looks at, before all others are drawn.
    fn glance(&mut self, learnt: &Arc<Learnt>, round: &Round<'_>) -> Option<Finished> {
        let Round { order, prepared: Prepared { edition, theme, darkroom, .. }, cache, .. } = *round;
        let wanted = order.early.map(|_| order.client.looks_at()).filter(|wanted| !wanted.is_empty())?;
        let outputs = plan::glance(edition, theme, darkroom, learnt, &wanted, &mut self.plan);
        // Mistakes are told when all is made.
        let (folder, silence) = (&order.options.output, &mut Diagnostics::new());
        publish::make(&outputs, &Press::new(theme, cache, folder), &mut Named::default(), silence)
    }

    /// Draws, develops and makes everything, and writes it.
    fn complete(&mut self, mut learnt: Arc<Learnt>, output: &Output, round: &mut Round<'_>) {
        let Round { order, prepared, cache, .. } = *round;
        let mut said = Diagnostics::new();
        // Fonts take long, and only characters decide about them: they are cut while pages are drawn.
        let fonts = plan::fonts(&prepared.edition, &prepared.theme, &mut self.plan);
        let Prepared { edition, theme, darkroom, .. } = prepared;
        let press = Press::new(theme, cache, &output.folder);
        let ahead = |page: &PageJob, style: &str| press.ahead(page, style);
        // What the templates see takes much memory; where it stays as it is, a page is rendered at once.
        let drawn: Option<Drawn<'_>> = knows_all(prepared, &learnt).then_some(&ahead);
        let drawing = || plan::draw(edition, theme, darkroom, &learnt, &mut self.plan, drawn, &mut said);
        let (mut plan, ()) = rayon::join(drawing, || publish::cut(&fonts, cache));
        if self.is_for_once {
            self.plan = plan::Memory::default();
        }
        if said.has_errors() {
            round.messages.extend(said);
            return;
        }
        let mut early = order.early.and_then(|_| self.show_early(&plan, &press, round));
        let Some(before) = output.check(&mut self.laid, round.messages) else { return };
        for _ in 0..ATTEMPTS {
            let has_learnt = develop(&plan, &mut learnt, round);
            if round.report.is_unfinished() {
                round.messages.extend(said);
                return;
            }
            if has_learnt {
                // Pages carry the previews and name the files worth offering, so they are drawn again now that all are known.
                plan = draw(prepared, &learnt, &mut self.plan, &mut Diagnostics::new());
            }
            publish::encode(&plan.outputs, cache, order.progress, round.messages);
            round.messages.extend(std::mem::take(&mut said));
            if round.messages.has_errors() {
                return;
            }
            let site = match early.take().filter(|_| !has_learnt) {
                // Nothing of it has changed, and it has been shown.
                Some(site) => site,
                None => {
                    let made = publish::make(&plan.outputs, &press, &mut self.named, round.messages);
                    let Some(site) = made else { return };
                    self.show(site.clone(), round);
                    site
                }
            };
            if self.puts_off_writing(round) {
                return;
            }
            match publish::write(&site, output, &before, &mut self.laid, cache, round.messages) {
                Outcome::Written(written) => {
                    round.report.written = Some(written);
                    self.record(&plan, &site, round);
                    tidy(&plan, prepared, cache, round.messages);
                }
                Outcome::Spoiled => continue,
                Outcome::Failed => {}
            }
            return;
        }
        let message = format!("what is put into the cache folder `{}` does not stay there", cache.root().display());
        round.messages.push(Diagnostic::error(codes::WRITE_FAILED, message).hint(
            "Build again. If it happens again, something else deletes or changes files there: a cleaner, a sync \
             service, or a failing disk.",
        ));
    }

    /// Adds to the audit trail what this build has changed.
    fn record(&mut self, plan: &Plan, site: &Finished, round: &mut Round<'_>) {
        let Round { order: Order { options, .. }, prepared, .. } = *round;
        if options.audience == Audience::Insiders {
            return;
        }
        let (output, cleared) = (options.output_name(), prepared.cleared());
        if let Some(known) = &mut self.recorded
            && known.output == output
            && known.cleared == cleared
            && site.has_the_paths_of(&known.site)
        {
            // Only its paths count, and the other one would keep pages that nobody else needs.
            known.site = site.clone();
            return;
        }
        let occurrence = Occurrence {
            built: Timestamp::now(),
            as_of: prepared.edition.occasion().as_of,
            audience: options.audience,
            output: &output,
        };
        let all = published(&prepared.edition, &cleared, plan, site);
        let trail = Trail::new(&options.records);
        let is_done = trail.record(occurrence, &all, &prepared.clock, &mut self.standing, round.messages);
        // What could not be recorded is tried again, and told again.
        self.recorded = is_done.then(|| Recorded { output, cleared, site: site.clone() });
    }

    /// Shows the pages before their pictures are there. Mistakes of making are told when all is made.
    fn show_early(&mut self, plan: &Plan, press: &Press<'_>, round: &mut Round<'_>) -> Option<Finished> {
        let site = publish::make(&plan.outputs, press, &mut self.named, &mut Diagnostics::new())?;
        self.show(site.clone(), round);
        Some(site)
    }

    /// Writing thousands of pages takes longer than somebody likes to wait who has saved something again. Put off
    /// once, it is done the next time.
    fn puts_off_writing(&mut self, round: &mut Round<'_>) -> bool {
        let Round { order, .. } = *round;
        self.owes = !self.owes && order.early.is_some() && order.client.is_called_away();
        round.report.is_broken_off = self.owes;
        self.owes
    }

    fn show(&mut self, site: Finished, round: &mut Round<'_>) {
        let report = &mut *round.report;
        let all = std::mem::take(&mut report.changes);
        report.changes = site.since(&self.shown);
        self.shown = site.clone();
        report.site = Some(site);
        if let Some(early) = round.order.early
            && !report.changes.is_empty()
        {
            report.messages.clone_from(round.messages);
            early(report);
        }
        let last = std::mem::replace(&mut report.changes, all);
        report.changes.add(last);
    }
}

/// One run while it is under way.
struct Round<'r> {
    order: &'r Order<'r>,
    prepared: &'r Prepared,
    cache: &'r Cache,
    report: &'r mut Report,
    messages: &'r mut Diagnostics,
}

/// What was recorded last.
#[derive(Debug)]
struct Recorded {
    output: String,
    /// What it follows from, with the paths of this site.
    cleared: Vec<Cleared>,
    site: Finished,
}

/// How often what is damaged in the cache is made again, before somebody is told.
const ATTEMPTS: usize = 3;

/// Whether every still of the site has been developed before, so that its pages need not be drawn again after that.
fn knows_all(prepared: &Prepared, learnt: &Learnt) -> bool {
    prepared.edition.shown().stills.values().all(|still| learnt.previews.contains_key(&still.digest))
}

/// Develops what is missing and remembers what was learnt; whether something was learnt that pages depend on.
fn develop(plan: &Plan, learnt: &mut Arc<Learnt>, round: &mut Round<'_>) -> bool {
    let Round { order, prepared, cache, .. } = *round;
    let messages = &mut *round.messages;
    let mut previews = Previews::new();
    let errand = Errand { jobs: order.options.jobs, progress: order.progress, client: order.client };
    let developed = publish::develop(&plan.outputs, cache, &learnt.previews, &mut previews, &errand, messages);
    round.report.developed = round.report.developed.and(developed);
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

/// Lets the next build see that it would make the same again.
fn seal(brought: Brought, written: Written, round: &mut Round<'_>) {
    let Round { order: Order { options, .. }, prepared, cache, .. } = *round;
    let developed = round.report.developed;
    let stills = developed.stills + developed.reused;
    if let Err(error) = Seal::put(brought, prepared, written, stills, options, cache) {
        let message = format!("what was built cannot be remembered: {error}");
        round.messages.push(Diagnostic::warning(codes::WRITE_FAILED, message));
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
