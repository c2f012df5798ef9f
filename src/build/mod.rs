//! One run from the site folder to the output: read, assemble, clear, plan, make.
//!
//! The entry points are [`check`] (everything but making), [`run`], which is a [`Workshop`] used
//! once, and [`rehearse`], which makes everything and writes nothing. Watching is the same workshop used again and again. It decides nothing itself: each step is
//! a room of its own.

mod advice;
mod clean;
mod known;
mod look;
mod options;
mod order;
mod place;
mod proof;
mod reels;
mod rehearsal;
mod report;
mod seal;
mod workshop;

pub use clean::{Cleaned, empty, forget_unused};
pub use options::Options;
pub use order::{Early, Order};
pub use proof::{Proof, Shape, Standing, Studio};
pub use rehearsal::{Read, Rehearsal, published, read, rehearse};
pub use report::Report;
pub use workshop::Workshop;

use crate::clearance::{self, Audience, Cleared, Edition, Held, Occasion};
use crate::develop::{Output, Quality};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk;
use crate::plan::{self, Darkroom, Learnt, Plan, Reels};
use crate::production::{self, Clock, Production};
use crate::publish::{self, Cache, Progress};
use crate::source::approvals::ApprovalRow;
use crate::source::site::{ClipSettings, PhotoFields, SiteDoc};
use crate::source::{self, Touched};
use crate::survey::Memory;
use crate::theme::Theme;
use crate::{develop, still};
use jiff::Timestamp;
use known::{Fresh, Known};
use seal::Brought;
use std::sync::Arc;

/// Everything that is known before anything is made.
struct Prepared {
    edition: Arc<Edition>,
    held: Vec<Held>,
    /// All of it, for what has to be said of what is cleared.
    production: Production,
    clock: Clock,
    theme: Arc<Theme>,
    darkroom: Darkroom,
    limits: still::Limits,
    /// What is to be remembered of media; `None` when that is what it was.
    memory: Option<Memory>,
    /// Frames are taken of clips without a poster.
    frames: bool,
    /// Media files that had to be opened.
    opened: usize,
    /// For so many days what nothing uses stays in the cache.
    keep_days: u64,
    /// The first instant to come at which something may change.
    next: Option<Timestamp>,
    /// What a seal is compared with.
    brought: Option<Brought>,
}

/// Reads, decides and plans; writes nothing.
pub fn check(options: &Options) -> Report {
    let mut messages = Diagnostics::new();
    let cache = Cache::new(&options.cache);
    let mut report = Report::default();
    if let Some(prepared) = prepare(options, &cache, &Touched::Anything, &mut Known::default(), false, &mut messages) {
        if options.audience != Audience::Approvals {
            advice::give(&prepared.edition, prepared.frames, &mut messages);
        }
        let learnt = learnt(&cache);
        let plan = draw(&prepared, &learnt, &mut plan::Memory::default(), &mut messages);
        // A cache that cannot be read is as good as none here; building says what is wrong with it.
        if cache.look().is_ok() {
            report.forecast = publish::forecast(&plan.outputs, &cache, &learnt.previews);
        }
        report.opened = prepared.opened;
        report.pages = plan.outputs.files().filter(|(_, job)| matches!(job, plan::Job::Page(_))).count();
        report.held = prepared.held;
        report.clock = Some(prepared.clock);
    }
    report.finish(messages, options.strict)
}

/// Builds the site. The output is touched only when there are no errors.
///
/// `waiting` is called when another build has to end first.
pub fn run(options: &Options, progress: &dyn Progress, waiting: impl FnOnce()) -> Report {
    let mut workshop = Workshop::for_once();
    let report = workshop.run(&Order::new(options, progress), waiting);
    // A site of thousands of pages takes a while to be given back piece by piece, and nobody has to wait for that.
    drop(std::thread::Builder::new().spawn(move || drop(workshop)));
    report
}

/// Everything that was read, before anything is decided.
struct Collected {
    production: Production,
    /// The decisions about stills, line by line.
    recorded: Vec<ApprovalRow>,
    occasion: Occasion,
    clock: Clock,
    theme: Option<Arc<Theme>>,
    darkroom: Darkroom,
    /// What ffmpeg is to make of clips.
    clips: ClipSettings,
    limits: still::Limits,
    memory: Option<Memory>,
    opened: usize,
    keep_days: u64,
}

impl Prepared {
    /// Everything that is not held, and by which rules.
    fn cleared(&self) -> Vec<Cleared> {
        clearance::account(&self.production, self.edition.occasion()).1
    }
}

/// `make` is false where nothing may be written, not even into the cache.
fn prepare(
    options: &Options,
    cache: &Cache,
    touched: &Touched,
    known: &mut Known,
    make: bool,
    messages: &mut Diagnostics,
) -> Option<Prepared> {
    let collected = collect(options, cache, touched, known, messages)?;
    let clips = collected.clips.clone();
    let mut prepared = clear(collected, &mut known.clearance, messages)?;
    let make = make && !messages.has_errors();
    prepared.darkroom.reels = reels::prepare(&clips, &prepared.edition, cache, make, messages);
    prepared.frames = clips.frames;
    Some(prepared)
}

fn collect(
    options: &Options,
    cache: &Cache,
    touched: &Touched,
    known: &mut Known,
    messages: &mut Diagnostics,
) -> Option<Collected> {
    let skip = [disk::canonical(&options.output), disk::canonical(&options.cache)];
    let mut sources = source::load(&options.site, &skip, touched, &mut known.shelf, messages)?;
    if let Some(url) = &options.base_url {
        sources.site.base_url = Some(crate::diagnostic::Located::new(url.clone(), Origin::whole("--base-url")));
    }
    let limits = limits(&sources.site.photos);
    let Fresh { survey, memory, opened } = known.survey.look(&sources.media, &limits, &cache.facts(), messages);
    let clock = Clock::new(&sources.site.timezone, messages);
    let occasion = occasion(options, &clock, messages)?;
    let darkroom = darkroom(&sources.site, messages);
    let mut of_theme = Diagnostics::new();
    // The look is put together on one core.
    let (theme, mut production) = rayon::join(
        || known.look.theme(&sources, &mut of_theme),
        || production::assemble(&sources, &survey, &clock, &mut known.production, messages),
    );
    messages.extend(of_theme);
    if options.audience != Audience::Public && options.base_url.is_none() {
        // The address in site.toml is that of the public site.
        production.site.base_url = None;
    }
    let keep_days = sources.site.photos.keep_days;
    let (recorded, clips) = (sources.approvals, sources.site.clips);
    Some(Collected { production, recorded, occasion, clock, theme, darkroom, clips, limits, memory, opened, keep_days })
}

fn clear(collected: Collected, memory: &mut clearance::Memory, messages: &mut Diagnostics) -> Option<Prepared> {
    let Collected { production, occasion, clock, theme, darkroom, limits, memory: facts, opened, keep_days, .. } =
        collected;
    let next = clearance::next_instant(&production, occasion);
    let (edition, held) = clearance::clear(&production, occasion, memory, messages);
    report_nothing(&edition, messages);
    let (edition, frames) = (Arc::new(edition), false);
    Some(Prepared {
        edition,
        held,
        production,
        clock,
        theme: theme?,
        darkroom,
        limits,
        memory: facts,
        frames,
        opened,
        keep_days,
        next,
        brought: None,
    })
}

/// A site of which nothing is cleared is hardly what its author wants to put online.
fn report_nothing(edition: &Edition, messages: &mut Diagnostics) {
    let shown = edition.shown();
    if edition.occasion().audience == Audience::Approvals && !shown.stills.is_empty() {
        return;
    }
    if shown.stories.is_empty() && shown.people.is_empty() && shown.galleries.is_empty() && shown.pages.is_empty() {
        let message = "there is no story, person, gallery or page that may be shown, so the site is only a title";
        messages.push(Diagnostic::warning(codes::NOTHING_TO_SHOW, message).at(&Origin::whole("site.toml")));
    }
}

fn limits(photos: &PhotoFields) -> still::Limits {
    let default = still::Limits::default();
    let max_pixels = photos.max_pixels.and_then(|n| u64::try_from(n).ok()).unwrap_or(default.max_pixels);
    still::Limits { max_pixels }
}

fn occasion(options: &Options, clock: &Clock, messages: &mut Diagnostics) -> Option<Occasion> {
    let as_of = match &options.as_of {
        None => Timestamp::now(),
        Some(text) => match clock.parse(text) {
            Ok(instant) => instant,
            Err(what) => {
                messages.push(Diagnostic::error(codes::WRONG_DATE, format!("`--as-of`: {what}")));
                return None;
            }
        },
    };
    Some(Occasion { audience: options.audience, as_of, drafts: options.drafts })
}

fn darkroom(site: &SiteDoc, messages: &mut Diagnostics) -> Darkroom {
    for format in &site.photos.formats {
        let (wrong, hint) = match format.value.as_str() {
            "webp" | "jpeg" => continue,
            "avif" if Output::Avif.is_built_in() => continue,
            "avif" => (
                "this Backlot cannot make pictures as `avif`".to_owned(),
                "Leave `avif` out, or install Backlot with `cargo install --path . --features avif`.",
            ),
            other => (format!("pictures cannot be made as `{other}`"), "Choose from `avif`, `webp` and `jpeg`."),
        };
        messages.push(Diagnostic::error(codes::WRONG_VALUE, wrong).at(&format.origin).hint(hint));
    }
    let quality = match site.photos.quality {
        "draft" => Quality::Draft,
        "high" => Quality::High,
        _ => Quality::Standard,
    };
    let listed = |name: &str| site.photos.formats.iter().any(|format| format.value == name);
    let better = [("avif", Output::Avif), ("webp", Output::WebP)];
    let better = better.into_iter().filter(|(name, _)| listed(name)).map(|(_, format)| format).collect();
    Darkroom { better, quality, reels: Reels::default() }
}

/// What earlier builds have learnt by developing.
fn learnt(cache: &Cache) -> Arc<Learnt> {
    Arc::new(Learnt { previews: cache.previews(), verdicts: publish::verdicts(cache) })
}

fn draw(prepared: &Prepared, learnt: &Arc<Learnt>, memory: &mut plan::Memory, messages: &mut Diagnostics) -> Plan {
    plan::draw(&prepared.edition, &prepared.theme, &prepared.darkroom, learnt, memory, None, messages)
}

/// Version of everything that decides about bytes, for `--version`.
pub fn versions() -> String {
    format!("{} (darkroom {})", env!("CARGO_PKG_VERSION"), develop::VERSION)
}
