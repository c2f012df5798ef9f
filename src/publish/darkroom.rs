//! Developing what the cache lacks: one still per worker, the largest first, memory bounded.

use super::cache::Cache;
use super::work::Progress;
use crate::develop::{self, Metadata, Preview, Recipe, effort, effort_of_decoding, memory_estimate};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, Digest};
use crate::plan::{Job, Outputs, Previews, PrintJob};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Memory that all workers together may take, in bytes. A still that needs more is developed alone.
const MEMORY: u64 = 400 << 20;

/// What developing did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Developed {
    /// Stills of which something was made.
    pub stills: usize,
    /// Stills of which all was there.
    pub reused: usize,
    /// Files that were made.
    pub prints: usize,
}

impl Developed {
    /// With what a second round of the same run made. What was reused is what the first found.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        let reused = if self == Self::default() { more.reused } else { self.reused };
        Self { stills: self.stills + more.stills, reused, prints: self.prints + more.prints }
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

/// Makes all prints of a plan that the cache lacks, and previews that are not known.
///
/// Stills that cannot be developed are messages; the others are made all the same.
pub fn develop(
    outputs: &Outputs,
    cache: &Cache,
    previews: &mut Previews,
    jobs: usize,
    progress: &dyn Progress,
    messages: &mut Diagnostics,
) -> Developed {
    let (tasks, reused) = tasks(outputs, cache, previews);
    let counted = Developed {
        stills: tasks.iter().map(|t| t.print.digest).collect::<BTreeSet<_>>().len(),
        reused,
        prints: tasks.iter().map(|t| t.recipes.len()).sum(),
    };
    if tasks.is_empty() {
        return counted;
    }
    progress.begin(counted.stills, tasks.iter().map(Task::work).sum());
    let bench = Bench::new(tasks.len());
    let tasks = &tasks;
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, tasks.len()) {
            scope.spawn(|| {
                while let Some(index) = bench.take(|i| memory_estimate(&tasks[i].print.facts, &tasks[i].recipes)) {
                    let task = &tasks[index];
                    progress.start(&task.print.file.path);
                    let result = one(task, cache, progress);
                    bench.give_back(index, result);
                }
            });
        }
    });
    progress.end();
    for result in bench.results() {
        match result {
            Ok((digest, preview)) => {
                previews.insert(digest, preview);
            }
            Err(message) => messages.push(*message),
        }
    }
    counted
}

/// What is missing, by still, the largest first; and how many stills lack nothing.
fn tasks<'a>(outputs: &'a Outputs, cache: &Cache, previews: &Previews) -> (Vec<Task<'a>>, usize) {
    let (mut stills, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    let mut all: BTreeMap<(Digest, &str, Vec<u8>), Task<'a>> = BTreeMap::new();
    for (_, job) in outputs.iter() {
        let Job::Print(print) = job else { continue };
        stills.insert(print.digest);
        let is_there = cache.has(print.key);
        if is_there && previews.contains_key(&print.digest) {
            continue;
        }
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

fn one(task: &Task<'_>, cache: &Cache, progress: &dyn Progress) -> Result<Found, Box<Diagnostic>> {
    let file = &task.print.file;
    let origin = Origin::whole(&file.path);
    let failed = |what: String| {
        Box::new(Diagnostic::error(codes::DEVELOP_FAILED, format!("`{}` {what}", file.path)).at(&origin))
    };
    let bytes = disk::read(&file.on_disk).map_err(|error| failed(format!("cannot be read: {error}")))?;
    if Digest::of(&bytes) != task.print.digest {
        return Err(failed("was changed while the site was being built: build again".to_owned()));
    }
    let mut trouble = None;
    let mut take = |index: usize, made: Vec<u8>| {
        let Some((key, recipe)) = task.keys.get(index).zip(task.recipes.get(index)) else {
            return ControlFlow::Continue(());
        };
        progress.advance(effort(recipe));
        match cache.put(*key, &made) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                trouble = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let developed = develop::develop(&bytes, &task.print.facts, &task.recipes, task.metadata, &mut take);
    progress.advance(effort_of_decoding(&task.print.facts));
    match (developed, trouble) {
        (_, Some(error)) => {
            let message = format!("the cache folder cannot be written: {error}");
            Err(Box::new(Diagnostic::error(codes::WRITE_FAILED, message).at(&origin)))
        }
        (Ok(preview), None) => Ok((task.print.digest, preview)),
        (Err(failure), None) => Err(failed(failure.to_string())),
    }
}

/// A preview and the still that it is of.
type Found = (Digest, Preview);
type Outcome = Result<Found, Box<Diagnostic>>;

/// Hands out tasks in order as long as there is memory for the next one.
struct Bench {
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    next: usize,
    count: usize,
    taken: u64,
    held: BTreeMap<usize, u64>,
    results: BTreeMap<usize, Outcome>,
}

impl Bench {
    fn new(count: usize) -> Self {
        let state = State { next: 0, count, taken: 0, held: BTreeMap::new(), results: BTreeMap::new() };
        Self { state: Mutex::new(state), freed: Condvar::new() }
    }

    /// The state is plain bookkeeping, whole at every step, so a worker that panicked spoils nothing.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, needs: impl Fn(usize) -> u64) -> Option<usize> {
        let mut state = self.lock();
        loop {
            if state.next >= state.count {
                return None;
            }
            let need = needs(state.next);
            if state.taken == 0 || state.taken + need <= MEMORY {
                let index = state.next;
                state.next += 1;
                state.taken += need;
                state.held.insert(index, need);
                return Some(index);
            }
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn give_back(&self, index: usize, outcome: Outcome) {
        let mut state = self.lock();
        state.taken -= state.held.remove(&index).unwrap_or(0);
        state.results.insert(index, outcome);
        drop(state);
        self.freed.notify_all();
    }

    fn results(self) -> impl Iterator<Item = Outcome> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).results.into_values()
    }
}
