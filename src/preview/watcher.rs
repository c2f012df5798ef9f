//! What the operating system tells of changes, by `notify`, made into hints.
//!
//! Folders are watched one by one: the site folder and the one above it flat, the folders of content
//! with all below them, and the targets of links. So the output and the cache are not watched at
//! all. Which events come is another matter for every system; none of them is trusted.

use super::hints::Hint;
use crate::disk;
use notify::{Config, ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

/// How long a file of our own may take to be noticed before watching is thought not to work.
const PROBE: Duration = Duration::from_millis(1500);

/// Watches folders.
#[derive(Debug)]
pub(super) struct Watcher {
    inner: RecommendedWatcher,
    /// What is watched, whether with all below it, and the identity of the folder then.
    watched: BTreeMap<PathBuf, (bool, u64)>,
}

/// Watching does not work, or not for so many folders.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) too_many: bool,
}

impl Watcher {
    /// Sends hints for everything but what is at or below the paths in `skip`.
    pub(super) fn new(hints: Sender<Hint>, skip: Vec<PathBuf>) -> Result<Self, Trouble> {
        let tell = move |event: notify::Result<notify::Event>| forward(event, &skip, &hints);
        let config = Config::default().with_follow_symlinks(false);
        let inner = RecommendedWatcher::new(tell, config).map_err(|error| trouble(&error))?;
        Ok(Self { inner, watched: BTreeMap::new() })
    }

    /// Watches exactly these folders, each flat or with all below it; whether one was not watched
    /// before, or was another. Folders in `anew` are watched again although they seem to be: they may
    /// have been replaced.
    pub(super) fn watch(
        &mut self,
        wanted: &BTreeMap<PathBuf, bool>,
        anew: &BTreeSet<PathBuf>,
    ) -> Result<bool, Trouble> {
        let keeps = |path: &PathBuf, (deep, identity): &(bool, u64)| {
            wanted.get(path) == Some(deep) && !anew.contains(path) && identity_of(path) == Some(*identity)
        };
        let gone: Vec<PathBuf> =
            self.watched.iter().filter(|(path, known)| !keeps(path, known)).map(|(p, _)| p.clone()).collect();
        for path in gone {
            self.watched.remove(&path);
            // It fails for what is no longer there, which is as good.
            let _ = self.inner.unwatch(&path);
        }
        let mut replaced = false;
        let missing: Vec<(&PathBuf, bool)> = wanted
            .iter()
            .filter(|(path, _)| !self.watched.contains_key(*path))
            .map(|(path, deep)| (path, *deep))
            .collect();
        for (path, deep) in missing {
            let Some(identity) = identity_of(path) else { continue };
            let mode = if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match self.inner.watch(path, mode) {
                Ok(()) => {
                    replaced = true;
                    self.watched.insert(path.clone(), (deep, identity));
                }
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return Err(trouble(&error)),
                // It went away meanwhile, or may not be read; then there is nothing to be told of it.
                Err(_) => {}
            }
        }
        Ok(replaced)
    }
}

/// Something that tells a folder from another one that takes its place.
fn identity_of(path: &Path) -> Option<u64> {
    disk::is_folder(path).then(|| disk::stat(path).ok().map(|stat| stat.inode)).flatten()
}

fn trouble(error: &notify::Error) -> Trouble {
    Trouble { too_many: matches!(error.kind, ErrorKind::MaxFilesWatch) }
}

fn forward(event: notify::Result<notify::Event>, skip: &[PathBuf], hints: &Sender<Hint>) {
    // Nobody listens any more when the preview ends: then hints go nowhere.
    match event {
        // Our own reading is told as well: it would start itself for ever.
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
        Ok(event) if event.need_rescan() || event.paths.is_empty() => drop(hints.send(Hint::Anything)),
        Ok(event) => {
            for path in event.paths.into_iter().filter(|path| !skip.iter().any(|s| path.starts_with(s))) {
                drop(hints.send(Hint::Path(path)));
            }
        }
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => drop(hints.send(Hint::TooMany)),
        Err(_) => drop(hints.send(Hint::Anything)),
    }
}

/// Whether changes in a folder are told at all: writes a small file there and waits to hear of it.
pub(super) fn works_in(folder: &Path) -> bool {
    let (send, receive) = mpsc::channel();
    let probe = folder.join("watching");
    let name = probe.file_name().map(ToOwned::to_owned);
    let tell = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| event.paths.iter().any(|path| path.file_name() == name.as_deref())) {
            let _ = send.send(());
        }
    };
    let Ok(mut watcher) = RecommendedWatcher::new(tell, Config::default()) else { return false };
    // A folder that cannot be written tells nothing about watching: the build will say so.
    if disk::write_atomically(&probe, b"").is_err() {
        return true;
    }
    let heard = watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
        && disk::write_atomically(&probe, b"Is watching possible here?\n").is_ok()
        && receive.recv_timeout(PROBE).is_ok();
    // What remains of it is in the cache, and harmless.
    let _ = disk::remove(&probe);
    heard
}
