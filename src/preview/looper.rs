//! The loop: wait for a hint, build by the same path as ever, show what came of it.

use super::calendar::Calendar;
use super::editor::Editor;
use super::hints::{self, Batch, Hint};
use super::links::Links;
use super::news::{Audience, News};
use super::poll;
use super::stage::Stage;
use super::watcher::{self, Trouble, Watcher};
use crate::build::{Options, Order, Report, Workshop};
use crate::heap;
use crate::publish::{Changes, Client, Finished, Made, Progress};
use crate::source::Touched;
use crate::source::theme_folder::THEMES;
use crate::{disk, source};
use jiff::Timestamp;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// How often it is looked whether the site folder is still the one that is watched.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// New folders are looked at once more after this time: what came into them before they were
/// watched was told to nobody.
const SECOND_LOOK: Duration = Duration::from_millis(250);

/// Where nothing is told, developing is broken off so often to look.
const BREAK: Duration = Duration::from_secs(5);

const LOOKING: &str = "Backlot looks for changes itself, every second or so";

/// What the loop is to do.
pub struct Task<'a> {
    /// How to build.
    pub options: Options,
    /// Never rely on the system's own watching.
    pub poll: bool,
    /// Who wants to know what happens.
    pub audience: &'a dyn Audience,
    /// Who wants to know how far developing is.
    pub progress: &'a dyn Progress,
}

/// Builds, and builds again whenever something changes, for ever.
pub fn watch(task: &Task<'_>) -> ! {
    Looper::new(task, Arc::new(Stage::new(Editor::default()))).run()
}

pub(super) struct Looper<'a> {
    task: &'a Task<'a>,
    options: Options,
    stage: Arc<Stage>,
    workshop: Workshop,
    /// Where the site is, without links.
    root: PathBuf,
    /// The output and the cache, which are never content.
    own: Vec<PathBuf>,
    links: Links,
    watcher: Option<Watcher>,
    hints: Receiver<Hint>,
    sender: Sender<Hint>,
    /// How long to wait before everything is looked at, where watching is not enough.
    pause: Option<Duration>,
    calendar: Calendar,
    /// What was noticed while the last run was under way.
    noticed: Batch,
    /// The last run was broken off.
    unfinished: bool,
    /// The last time that a run began before the quiet time had passed, more was still to come.
    was_hasty: bool,
}

impl<'a> Looper<'a> {
    pub(super) fn new(task: &'a Task<'a>, stage: Arc<Stage>) -> Self {
        let mut options = task.options.clone();
        // A folder that is deleted and put back is the same by its whole name only.
        for path in [&mut options.site, &mut options.output, &mut options.cache] {
            *path = disk::canonical(path);
        }
        let (sender, hints) = mpsc::channel();
        Self {
            task,
            root: options.site.clone(),
            own: vec![options.output.clone(), options.cache.clone()],
            options,
            stage,
            workshop: Workshop::new(),
            links: Links::default(),
            watcher: None,
            hints,
            sender,
            pause: None,
            calendar: Calendar::default(),
            noticed: Batch::default(),
            unfinished: false,
            was_hasty: false,
        }
    }

    pub(super) fn run(mut self) -> ! {
        heap::keep_little();
        self.begin_watching();
        let mut touched = Some((Touched::Anything, None));
        let mut second_look: Option<(Instant, BTreeSet<PathBuf>)> = None;
        loop {
            if let Some((touched, ahead)) = touched.take() {
                self.look(touched, ahead);
            }
            self.stage.is_idle(self.noticed.is_empty());
            let now = Instant::now();
            let due = second_look.as_ref().map(|(at, _)| *at);
            let poll = self.pause.map(|pause| now + pause);
            let change = self.calendar.rest(Timestamp::now()).map(|rest| now + rest.min(HEARTBEAT));
            let rest = self.unfinished.then_some(now);
            let deadline = [Some(now + HEARTBEAT), due, poll, change, rest].into_iter().flatten().min().unwrap_or(now);
            let noticed = std::mem::take(&mut self.noticed);
            let places = |path: &Path| self.places(path);
            let (mut batch, last) = hints::first(&self.hints, noticed, deadline, &places);
            if batch.is_empty() {
                let replaced = self.watch_again(&BTreeSet::new());
                let polled = self.pause.is_some();
                let again = if replaced || polled || self.unfinished {
                    Some(Touched::Anything)
                } else if self.calendar.is_due(Timestamp::now()) {
                    Some(Touched::Paths(BTreeSet::new()))
                } else {
                    second_look.take_if(|(at, _)| *at <= Instant::now()).map(|(_, folders)| Touched::Paths(folders))
                };
                touched = again.map(|touched| (touched, None));
                continue;
            }
            self.stage.is_idle(false);
            // A text that is saved is read at once, and shown when the quiet time has passed and nothing more has come.
            let is_ahead = batch.is_text() && !self.was_hasty;
            if !is_ahead {
                hints::settle(&mut batch, last, &self.hints, &places);
            }
            self.stage.hinted();
            second_look = later(&batch, second_look);
            touched = Some((self.prepare(&batch), is_ahead.then_some((last, batch))));
        }
    }

    /// Watches anew what may have been replaced, before anything is looked at.
    fn prepare(&mut self, batch: &Batch) -> Touched {
        if batch.too_many {
            self.give_up(&Trouble { too_many: true });
        }
        let replaced = self.watch_again(&batch.told);
        if replaced { Touched::Anything } else { batch.touched() }
    }

    /// One run. One that is `ahead` begins before the quiet time has passed since the last hint of that batch.
    fn look(&mut self, touched: Touched, ahead: Option<(Instant, Batch)>) {
        let (last, batch) = ahead.unzip();
        let everything = matches!(touched, Touched::Anything);
        let (started, looked) = (Instant::now(), Timestamp::now());
        let stage = Arc::clone(&self.stage);
        let seen = Cell::new(false);
        let show = |report: &Report| {
            let Some(site) = &report.site else { return };
            let changes = actual(&report.changes, site, &self.options.output);
            if !changes.is_empty() {
                seen.set(true);
                stage.show(site, &changes, report, &self.options);
            }
        };
        let mut workshop = std::mem::take(&mut self.workshop);
        let places = |path: &Path| self.places(path);
        let client = Writer {
            stage: &self.stage,
            hints: &self.hints,
            places: &places,
            noticed: RefCell::default(),
            last,
            until: self.pause.map(|pause| started + pause.max(BREAK)),
        };
        let order = Order {
            options: &self.options,
            touched,
            progress: self.task.progress,
            early: Some(&show),
            client: &client,
        };
        let report = workshop.run(&order, || {});
        self.noticed = client.noticed.into_inner();
        self.workshop = workshop;
        self.was_hasty = report.is_premature;
        if report.is_premature {
            // Nothing of it has been seen. What was half saved is read again.
            self.noticed.join(batch.unwrap_or_default());
            return;
        }
        self.unfinished = report.is_unfinished();
        let time = started.elapsed();
        if self.options.as_of.is_none() {
            self.calendar.note(looked, report.next);
        }
        if everything && self.pause.is_some() && report.developed.stills == 0 {
            self.pause = Some(poll::pause(time));
        }
        let (version, came) = self.stage.finish(&report, &self.options, seen.get());
        if came || everything {
            self.follow_links();
        }
        if came {
            self.task.audience.hear(News::Built { report: &report, time, version });
        }
        self.task.audience.hear(News::Idle { version });
        drop(report);
        heap::give_back();
    }

    /// Watches where links lead, when they lead elsewhere than before.
    fn follow_links(&mut self) {
        if self.task.poll {
            return;
        }
        // A theme that somebody else has written may not lead out of its folder, so nothing is followed from there.
        let skip: Vec<PathBuf> = self.own.iter().cloned().chain([self.root.join(THEMES)]).collect();
        let links = Links::below(&self.content(), &skip);
        if links != self.links {
            self.links = links;
            self.watch_again(&BTreeSet::new());
            // What was changed there before it was watched was told to nobody.
            drop(self.sender.send(Hint::Anything));
            if self.pause.is_none() && self.links.targets().any(poll::is_silent) {
                self.look_regularly("Some folders are on a drive that does not tell when something changes");
            }
        }
    }

    fn begin_watching(&mut self) {
        if self.task.poll {
            self.pause = Some(poll::pause(Duration::ZERO));
            self.stage.polls();
            return;
        }
        match Watcher::new(self.sender.clone(), self.own.clone()) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(trouble) => return self.give_up(&trouble),
        }
        self.watch_again(&BTreeSet::new());
        if self.watcher.is_none() {
            return;
        }
        if poll::is_silent(&self.root) || !watcher::works_in(&self.options.cache) {
            self.look_regularly("The site is on a drive that does not tell when something changes");
        }
    }

    fn look_regularly(&mut self, why: &str) {
        self.pause = Some(poll::pause(Duration::ZERO));
        self.stage.polls();
        self.task.audience.hear(News::Watching(&format!("{why}, so {LOOKING}.")));
    }

    fn give_up(&mut self, trouble: &Trouble) {
        self.watcher = None;
        self.look_regularly(if trouble.too_many {
            "The system cannot watch that many folders"
        } else {
            "The system's own watching does not work here"
        });
    }

    /// Brings the watched folders up to date; whether one was missing or had been replaced. Those in
    /// `told` may have been.
    fn watch_again(&mut self, told: &BTreeSet<PathBuf>) -> bool {
        let wanted = self.wanted();
        let Some(watcher) = &mut self.watcher else { return false };
        match watcher.watch(&wanted, told) {
            Ok(replaced) => replaced,
            Err(trouble) => {
                self.give_up(&trouble);
                true
            }
        }
    }

    /// The folders to watch, and whether with all below them.
    fn wanted(&self) -> BTreeMap<PathBuf, bool> {
        let mut wanted: BTreeMap<PathBuf, bool> = [(self.root.clone(), false)].into();
        // A folder that is renamed or replaced is noticed only from above.
        wanted.extend(self.root.parent().map(|above| (above.to_owned(), false)));
        wanted.extend(self.content().into_iter().filter(|folder| !disk::is_link(folder)).map(|folder| (folder, true)));
        for (target, deep) in self.links.watched() {
            if !target.starts_with(&self.root) {
                *wanted.entry(target).or_insert(false) |= deep;
            }
        }
        let deep: Vec<PathBuf> = wanted.iter().filter(|(_, deep)| **deep).map(|(path, _)| path.clone()).collect();
        wanted.retain(|path, _| !deep.iter().any(|above| path != above && path.starts_with(above)));
        wanted.retain(|path, _| disk::is_folder(path));
        wanted
    }

    fn content(&self) -> Vec<PathBuf> {
        source::FOLDERS.iter().map(|name| self.root.join(name)).collect()
    }

    /// Where in the site a change at `path` is seen.
    fn places(&self, path: &Path) -> Vec<PathBuf> {
        let mut places = self.links.seen_at(path);
        if let Ok(below) = path.strip_prefix(&self.root)
            && is_content(below)
        {
            // Links inside the site lead to what is seen here as well.
            places.push(path.to_owned());
        }
        places
    }
}

/// Whoever is writing the site, and looks at it.
struct Writer<'a> {
    stage: &'a Stage,
    hints: &'a Receiver<Hint>,
    places: &'a dyn Fn(&Path) -> Vec<PathBuf>,
    noticed: RefCell<Batch>,
    /// When the quiet time began that has still to pass.
    last: Option<Instant>,
    /// When to look again, where nothing is told.
    until: Option<Instant>,
}

impl Client for Writer<'_> {
    /// What was saved is to be seen at once, and not after all stills.
    fn is_called_away(&self) -> bool {
        let mut noticed = self.noticed.borrow_mut();
        noticed.gather(self.hints, self.places);
        !noticed.is_empty() || self.until.is_some_and(|until| Instant::now() >= until)
    }

    fn waits_for(&self) -> BTreeSet<PathBuf> {
        self.stage.awaited().into_iter().map(|(_, place)| place).collect()
    }

    fn is_settled(&self) -> bool {
        self.last.is_none_or(|last| self.noticed.borrow_mut().stays_empty(last, self.hints, self.places))
    }

    fn looks_at(&self) -> BTreeSet<String> {
        self.stage.looks_at()
    }
}

/// The changes without files to be copied that were only touched: until a run has written, the output
/// has what they were.
fn actual(changes: &Changes, site: &Finished, output: &Path) -> Changes {
    let same = |path: &String| match site.file(path) {
        Some(Made::Copied(file)) => {
            let there = output.join(path);
            disk::stat(&there).is_ok_and(|stat| stat.size == file.stat.size)
                && matches!((disk::read(&file.on_disk), disk::read(&there)), (Ok(new), Ok(old)) if new == old)
        }
        _ => false,
    };
    let changed = changes.changed.iter().filter(|path| !same(path)).cloned().collect();
    Changes { changed, removed: changes.removed.clone() }
}

/// Whether something of the site can be at a path below its folder.
fn is_content(below: &Path) -> bool {
    let Some(first) = below.iter().next() else { return true };
    let Some(first) = first.to_str() else { return true };
    let alone = below.iter().count() == 1;
    let content =
        source::FOLDERS.contains(&first) || (alone && ["site.toml", source::approvals::FILE].contains(&first));
    content && !below.to_str().is_some_and(|path| source::is_litter(&path.replace('\\', "/")))
}

/// The folders of a batch that are new or were replaced have to be looked at once more.
fn later(batch: &Batch, before: Option<(Instant, BTreeSet<PathBuf>)>) -> Option<(Instant, BTreeSet<PathBuf>)> {
    let mut folders: BTreeSet<PathBuf> = batch.places.iter().filter(|path| disk::is_folder(path)).cloned().collect();
    folders.extend(before.into_iter().flat_map(|(_, folders)| folders));
    (!folders.is_empty()).then(|| (Instant::now() + SECOND_LOOK, folders))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_content_matters() {
        for path in [
            "",
            "site.toml",
            "approvals.csv",
            "stories",
            "stories/a.md",
            "media/x/y/z.jpg",
            "theme/tokens.css",
            "themes/mine/theme.toml",
        ] {
            assert!(is_content(Path::new(path)), "{path}");
        }
        for path in [
            "public",
            "README.md",
            ".git/index",
            "stories/.a.md.swp",
            "stories/4913",
            "stories/a.md~",
            "old/site.toml",
            "records",
            "records/published.csv",
        ] {
            assert!(!is_content(Path::new(path)), "{path}");
        }
    }
}
