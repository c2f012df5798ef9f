//! Developing what the cache lacks: one still per worker, the largest first, memory bounded. Whoever asked
//! for it may have some done before others, and may be called away in between.

use super::bench::Bench;
use super::cache::Cache;
use super::work::{Client, Progress};
use crate::develop::{self, Failure, Metadata, Preview, Recipe, effort, effort_of_decoding, memory_estimate};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, Digest};
use crate::plan::{Outputs, Previews, PrintJob};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

/// How often the client is asked.
const GLANCE: Duration = Duration::from_millis(15);

/// What developing did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Developed {
    /// Stills of which something was made.
    pub stills: usize,
    /// Stills of which all was there.
    pub reused: usize,
    /// Files that were made.
    pub prints: usize,
    /// The client was called away before all was done.
    pub unfinished: bool,
}

/// How stills are to be developed, and for whom.
pub struct Errand<'a> {
    /// Stills at the same time.
    pub jobs: usize,
    /// Who wants to know how far it is.
    pub progress: &'a dyn Progress,
    /// Whom it is for.
    pub client: &'a dyn Client,
}

impl Developed {
    /// With what a second round of the same run made. What was reused is what the first found.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        let reused = if self == Self::default() { more.reused } else { self.reused };
        let (stills, prints) = (self.stills + more.stills, self.prints + more.prints);
        Self { stills, reused, prints, unfinished: more.unfinished }
    }
}

/// What is to be developed before a plan can be published.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Stills of which something is missing.
    pub stills: usize,
    /// Of these stills, each counted once.
    pub megapixels: f64,
    /// Files to make.
    pub prints: usize,
}

/// Everything to be made of one still with one set of metadata.
struct Task<'a> {
    print: &'a PrintJob,
    metadata: &'a Metadata,
    recipes: Vec<Recipe>,
    keys: Vec<Digest>,
}

impl Task<'_> {
    fn work(&self) -> f64 {
        effort_of_decoding(&self.print.facts) + self.recipes.iter().map(effort).sum::<f64>()
    }
}

/// What developing a plan would do.
pub fn forecast(outputs: &Outputs, cache: &Cache, previews: &Previews) -> Forecast {
    let (tasks, _) = tasks(outputs, cache, previews);
    let stills: BTreeMap<Digest, f64> =
        tasks.iter().map(|task| (task.print.digest, effort_of_decoding(&task.print.facts))).collect();
    let prints = tasks.iter().map(|task| task.recipes.len()).sum();
    Forecast { stills: stills.len(), megapixels: stills.values().sum(), prints }
}

/// Makes all prints of a plan that the cache lacks, and previews that are not known: those are `found`.
///
/// Stills that cannot be developed are messages; the others are made all the same. When the client is
/// called away, what was made is in the cache, and there are no messages: the next run tells them.
pub fn develop(
    outputs: &Outputs,
    cache: &Cache,
    previews: &Previews,
    found: &mut Previews,
    errand: &Errand<'_>,
    messages: &mut Diagnostics,
) -> Developed {
    let (tasks, reused) = tasks(outputs, cache, previews);
    let mut developed = Developed { reused, ..Developed::default() };
    if tasks.is_empty() {
        return developed;
    }
    let stills: BTreeSet<Digest> = tasks.iter().map(|task| task.print.digest).collect();
    errand.progress.begin(stills.len(), tasks.iter().map(Task::work).sum());
    let bench = Bench::new(tasks.len());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..errand.jobs.clamp(1, tasks.len()))
            .map(|_| scope.spawn(|| work(&bench, &tasks, cache, errand.progress)))
            .collect();
        let places = places(&tasks, cache);
        // A worker that panicked gives nothing back.
        while !bench.is_cleared_within(GLANCE) && !workers.iter().all(|worker| worker.is_finished()) {
            look_after(&bench, &places, errand.client);
        }
    });
    errand.progress.end();
    let results = bench.results();
    developed.unfinished = results.len() < tasks.len() || results.values().any(|r| matches!(r, Err(Failed::Stopped)));
    let mut stills = BTreeSet::new();
    for (index, result) in results {
        let task = &tasks[index];
        match result {
            Ok((digest, preview)) => {
                if previews.get(&digest) != Some(&preview) {
                    found.insert(digest, preview);
                }
            }
            Err(Failed::Told(message)) if !developed.unfinished => messages.push(*message),
            Err(_) => continue,
        }
        stills.insert(task.print.digest);
        developed.prints += task.recipes.len();
    }
    developed.stills = stills.len();
    developed
}

/// One worker's day.
fn work(bench: &Bench<Outcome>, tasks: &[Task<'_>], cache: &Cache, progress: &dyn Progress) {
    while let Some(index) = bench.take(|i| memory_estimate(&tasks[i].print.facts, &tasks[i].recipes)) {
        let task = &tasks[index];
        progress.start(&task.print.file.path);
        let result = one(task, cache, progress, bench);
        bench.give_back(index, result);
    }
}

/// Which task makes which file of the cache.
fn places(tasks: &[Task<'_>], cache: &Cache) -> BTreeMap<PathBuf, usize> {
    let of = |(index, task): (usize, &Task<'_>)| {
        task.keys.iter().map(|key| (cache.place(*key).place, index)).collect::<Vec<_>>()
    };
    tasks.iter().enumerate().flat_map(of).collect()
}

fn look_after(bench: &Bench<Outcome>, places: &BTreeMap<PathBuf, usize>, client: &dyn Client) {
    if client.is_called_away() {
        bench.stop();
    }
    let urgent: BTreeSet<usize> = client.waits_for().iter().filter_map(|place| places.get(place)).copied().collect();
    if !urgent.is_empty() {
        bench.bring_forward(&urgent);
    }
}

/// What is missing, by still, the largest first; and how many stills lack nothing.
fn tasks<'a>(outputs: &'a Outputs, cache: &Cache, previews: &Previews) -> (Vec<Task<'a>>, usize) {
    let (mut stills, mut lacking) = (HashSet::new(), BTreeSet::new());
    let mut all: BTreeMap<(Digest, &str, Vec<u8>), Task<'a>> = BTreeMap::new();
    let mut wanted: BTreeMap<&str, (&PrintJob, bool)> = BTreeMap::new();
    let there = cache.have(outputs.prints().map(|(_, print)| print.key));
    for ((path, print), is_there) in outputs.prints().zip(there) {
        stills.insert(print.digest);
        if !is_there || !previews.contains_key(&print.digest) {
            wanted.entry(path).or_insert((print, is_there));
        }
    }
    for (print, is_there) in wanted.into_values() {
        lacking.insert(print.digest);
        // Plain texts always serialise.
        let said = serde_json::to_vec(&print.metadata).unwrap_or_default();
        let task = all.entry((print.digest, print.file.path.as_str(), said)).or_insert_with(|| Task {
            print,
            metadata: &print.metadata,
            recipes: Vec::new(),
            keys: Vec::new(),
        });
        if !is_there {
            task.recipes.push(print.recipe.clone());
            task.keys.push(print.key);
        }
    }
    let mut missing: Vec<Task<'_>> = all.into_values().collect();
    let pixels = |task: &Task<'_>| u64::from(task.print.facts.width) * u64::from(task.print.facts.height);
    missing.sort_by_key(|task| (std::cmp::Reverse(pixels(task)), task.print.file.path.clone()));
    (missing, stills.len() - lacking.len())
}

/// What came of one still.
type Outcome = Result<(Digest, Preview), Failed>;

#[derive(Debug)]
enum Failed {
    /// The client was called away.
    Stopped,
    /// Somebody has to be told.
    Told(Box<Diagnostic>),
}

fn one(task: &Task<'_>, cache: &Cache, progress: &dyn Progress, bench: &Bench<Outcome>) -> Outcome {
    let file = &task.print.file;
    let origin = Origin::whole(&file.path);
    let told = |code: Code, message: String| Failed::Told(Box::new(Diagnostic::error(code, message).at(&origin)));
    let failed = |what: String| told(codes::DEVELOP_FAILED, format!("`{}` {what}", file.path));
    let bytes = disk::read(&file.on_disk).map_err(|error| failed(format!("cannot be read: {error}")))?;
    if Digest::of(&bytes) != task.print.digest {
        return Err(failed("was changed while the site was being built: build again".to_owned()));
    }
    let mut trouble = None;
    let mut shelve = |index: usize, made: Vec<u8>| {
        progress.advance(task.recipes.get(index).map_or(0.0, effort));
        trouble = task.keys.get(index).and_then(|key| cache.put(*key, &made).err());
        if trouble.is_some() || bench.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let developed = develop::develop(&bytes, &task.print.facts, &task.recipes, task.metadata, &mut shelve);
    progress.advance(effort_of_decoding(&task.print.facts));
    match developed {
        Ok(preview) => Ok((task.print.digest, preview)),
        Err(failure) => Err(match trouble {
            Some(error) => told(codes::WRITE_FAILED, format!("the cache folder cannot be written: {error}")),
            None if failure == Failure::Stopped => Failed::Stopped,
            None => failed(failure.to_string()),
        }),
    }
}
