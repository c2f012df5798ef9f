//! What is known of a change before anybody has looked: nothing but where it may have been.
//!
//! The kind of an event is never trusted, and a hint may be wrong or about our own work: whoever
//! takes it looks at the folder and compares.

use crate::build::Touched;
use std::collections::BTreeSet;
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

    /// The folders to look at: that of each path, and the path itself, which may be a folder.
    pub(super) fn touched(&self) -> Touched {
        if self.anything || self.too_many {
            return Touched::Anything;
        }
        let folders = self.places.iter().flat_map(|path| path.parent().into_iter().chain([path.as_path()]));
        Touched::Folders(folders.map(ToOwned::to_owned).collect())
    }
}

/// Waits for a hint that concerns the site, at most until `deadline`, unless some have come `before`; calls
/// `woken`; and waits until no more of them come. An empty batch when nothing came.
pub(super) fn collect(
    hints: &Receiver<Hint>,
    before: Batch,
    deadline: Instant,
    places: &dyn Fn(&Path) -> Vec<PathBuf>,
    woken: impl FnOnce(),
) -> Batch {
    let mut batch = before;
    while batch.is_empty() {
        match hints.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(hint) => batch.add(hint, places),
            Err(_) => return batch,
        };
    }
    woken();
    let end = Instant::now() + PATIENCE;
    let mut last = Instant::now();
    loop {
        let quiet = if batch.places.len() > MANY { QUIET_WHEN_MANY } else { QUIET };
        let rest = (last + quiet).min(end).saturating_duration_since(Instant::now());
        match hints.recv_timeout(rest) {
            Ok(hint) => {
                if batch.add(hint, places) {
                    last = Instant::now();
                }
            }
            Err(_) => return batch,
        }
        if Instant::now() >= end {
            return batch;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn here(path: &Path) -> Vec<PathBuf> {
        path.starts_with("/site").then(|| path.to_owned()).into_iter().collect()
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
        let mut woken = false;
        let batch = collect(&receive, Batch::default(), soon(), &here, || woken = true);
        let Touched::Folders(folders) = batch.touched() else { unreachable!("only paths were named") };
        let names = ["/site/a", "/site/a/1", "/site/a/2", "/site/b", "/site/b/3"];
        assert_eq!(folders, names.iter().map(PathBuf::from).collect());
        assert!(woken);
    }

    #[test]
    fn what_is_elsewhere_wakes_nobody() {
        let (send, receive) = mpsc::channel();
        send.send(Hint::Path("/elsewhere".into())).expect("somebody listens");
        let end = Instant::now() + Duration::from_millis(1);
        let batch = collect(&receive, Batch::default(), end, &here, || unreachable!("nothing came"));
        assert!(batch.is_empty());
    }

    #[test]
    fn a_lost_event_means_anything() {
        let (send, receive) = mpsc::channel();
        send.send(Hint::Path("/site/a".into())).expect("somebody listens");
        send.send(Hint::Anything).expect("somebody listens");
        let batch = collect(&receive, Batch::default(), soon(), &here, || {});
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
        let batch = collect(&receive, before, Instant::now(), &here, || {});
        assert_eq!(batch.told, ["/site/a/1".into()].into());
    }
}
