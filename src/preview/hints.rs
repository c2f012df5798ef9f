//! What is known of a change before anybody has looked: nothing but where it may have been.
//!
//! The kind of an event is never trusted, and a hint may be wrong or about our own work: whoever
//! takes it looks at the folder and compares.

use crate::source::Touched;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// So long nothing must happen before a change is taken for whole.
const QUIET: Duration = Duration::from_millis(30);
/// The same while many files come in.
const QUIET_WHEN_MANY: Duration = Duration::from_millis(150);
/// More paths than this are many.
const MANY: usize = 8;
/// A change that never ends is shown after this time all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is written in one go is noticed within so long.
const AT_ONCE: Duration = Duration::from_millis(2);
/// Files that are saved in one go, and are quickly read.
const TEXTS: [&str; 6] = ["md", "toml", "css", "html", "js", "csv"];

/// One thing that was noticed.
#[derive(Debug)]
pub(super) enum Hint {
    /// Something at this path, named absolutely, or in its folder.
    Path(PathBuf),
    /// Anything may have happened.
    Anything,
    /// The system cannot watch so many folders.
    TooMany,
}

/// Hints that belong together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Paths as they were told.
    pub(super) told: BTreeSet<PathBuf>,
    /// Where in the site that is.
    pub(super) places: BTreeSet<PathBuf>,
    /// Paths do not tell all.
    pub(super) anything: bool,
    /// The system cannot watch so many folders.
    pub(super) too_many: bool,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty() && !self.anything && !self.too_many
    }

    /// Takes what has come, without waiting.
    pub(super) fn gather(&mut self, hints: &Receiver<Hint>, places: &dyn Fn(&Path) -> Vec<PathBuf>) {
        hints.try_iter().for_each(|hint| {
            self.add(hint, places);
        });
    }

    /// Adds a hint; whether it concerns the site. `places` says where in the site a path is seen.
    fn add(&mut self, hint: Hint, places: &dyn Fn(&Path) -> Vec<PathBuf>) -> bool {
        match hint {
            Hint::Path(path) => {
                let seen = places(&path);
                let concerns = !seen.is_empty();
                self.places.extend(seen);
                if concerns {
                    self.told.insert(path);
                }
                return concerns;
            }
            Hint::Anything => self.anything = true,
            Hint::TooMany => self.too_many = true,
        }
        true
    }

    /// Whether it is about a few texts: these are read in no time, and mostly there is nothing more to come.
    pub(super) fn is_text(&self) -> bool {
        let is_one = |path: &PathBuf| path.extension().and_then(OsStr::to_str).is_some_and(|end| TEXTS.contains(&end));
        !self.anything && !self.too_many && self.places.len() <= MANY && self.places.iter().all(is_one)
    }

    /// Takes hints until none has come for so long, or the end; gives when the last came.
    fn wait(
        &mut self,
        quiet: Duration,
        last: Instant,
        end: Instant,
        hints: &Receiver<Hint>,
        places: &dyn Fn(&Path) -> Vec<PathBuf>,
    ) -> Instant {
        let mut last = last;
        while Instant::now() < end {
            let rest = (last + quiet).min(end).saturating_duration_since(Instant::now());
            match hints.recv_timeout(rest) {
                Ok(hint) => {
                    if self.add(hint, places) {
                        last = Instant::now();
                    }
                }
                Err(_) => break,
            }
        }
        last
    }

    /// Together with another one.
    pub(super) fn join(&mut self, other: Batch) {
        let Batch { told, places, anything, too_many } = other;
        self.told.extend(told);
        self.places.extend(places);
        self.anything |= anything;
        self.too_many |= too_many;
    }

    /// Whether nothing comes in the quiet time after `last`, of which only the rest is waited for.
    pub(super) fn stays_empty(
        &mut self,
        last: Instant,
        hints: &Receiver<Hint>,
        places: &dyn Fn(&Path) -> Vec<PathBuf>,
    ) -> bool {
        while self.is_empty() {
            let rest = (last + QUIET).saturating_duration_since(Instant::now());
            match hints.recv_timeout(rest) {
                Ok(hint) => self.add(hint, places),
                Err(_) => break,
            };
        }
        self.is_empty()
    }

    /// Where to look.
    pub(super) fn touched(&self) -> Touched {
        if self.anything || self.too_many {
            return Touched::Anything;
        }
        Touched::Paths(self.places.clone())
    }
}

/// Waits for a hint that concerns the site, at most until `deadline`, unless some have come `before`. Gives it with
/// those that come at once with it, and when the last of them came. An empty batch when nothing came.
pub(super) fn first(
    hints: &Receiver<Hint>,
    before: Batch,
    deadline: Instant,
    places: &dyn Fn(&Path) -> Vec<PathBuf>,
) -> (Batch, Instant) {
    let mut batch = before;
    while batch.is_empty() {
        match hints.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(hint) => batch.add(hint, places),
            Err(_) => return (batch, Instant::now()),
        };
    }
    let end = Instant::now() + QUIET;
    let last = batch.wait(AT_ONCE, Instant::now(), end, hints, places);
    (batch, last)
}

/// Waits until no more hints come. The last one of the batch came at `last`.
pub(super) fn settle(batch: &mut Batch, last: Instant, hints: &Receiver<Hint>, places: &dyn Fn(&Path) -> Vec<PathBuf>) {
    let end = Instant::now() + PATIENCE;
    let last = batch.wait(QUIET, last, end, hints, places);
    if batch.places.len() > MANY {
        batch.wait(QUIET_WHEN_MANY, last, end, hints, places);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn here(path: &Path) -> Vec<PathBuf> {
        path.starts_with("/site").then(|| path.to_owned()).into_iter().collect()
    }

    fn collect(hints: &Receiver<Hint>, before: Batch, deadline: Instant) -> Batch {
        let (mut batch, last) = first(hints, before, deadline, &here);
        if !batch.is_empty() {
            settle(&mut batch, last, hints, &here);
        }
        batch
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[test]
    fn hints_that_come_together_are_one_batch() {
        let (send, receive) = mpsc::channel();
        for path in ["/site/a/1", "/elsewhere", "/site/a/2", "/site/b/3"] {
            send.send(Hint::Path(path.into())).expect("somebody listens");
        }
        let batch = collect(&receive, Batch::default(), soon());
        let Touched::Paths(paths) = batch.touched() else { unreachable!("only paths were named") };
        assert_eq!(paths, ["/site/a/1", "/site/a/2", "/site/b/3"].iter().map(PathBuf::from).collect());
    }

    #[test]
    fn what_is_elsewhere_wakes_nobody() {
        let (send, receive) = mpsc::channel();
        send.send(Hint::Path("/elsewhere".into())).expect("somebody listens");
        let end = Instant::now() + Duration::from_millis(1);
        let batch = collect(&receive, Batch::default(), end);
        assert!(batch.is_empty());
    }

    #[test]
    fn a_lost_event_means_anything() {
        let (send, receive) = mpsc::channel();
        send.send(Hint::Path("/site/a".into())).expect("somebody listens");
        send.send(Hint::Anything).expect("somebody listens");
        let batch = collect(&receive, Batch::default(), soon());
        assert!(matches!(batch.touched(), Touched::Anything));
    }

    #[test]
    fn what_was_gathered_before_is_part_of_the_batch() {
        let (send, receive) = mpsc::channel();
        for path in ["/elsewhere", "/site/a/1"] {
            send.send(Hint::Path(path.into())).expect("somebody listens");
        }
        let mut before = Batch::default();
        before.gather(&receive, &here);
        assert!(!before.is_empty());
        let batch = collect(&receive, before, Instant::now());
        assert_eq!(batch.told, ["/site/a/1".into()].into());
    }
}
