//! The finished site in memory: what every file of it is made of. Cheap to clone, so that a server
//! can hand it out while the next one is being made.

use super::cache::Kept;
use crate::disk::TreeFile;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// One file of the site.
#[derive(Debug, Clone)]
pub enum Made {
    /// Its bytes.
    Bytes(Arc<[u8]>),
    /// A file of the cache. A print that has still to be developed is not there yet.
    Cached(Kept),
    /// A file of the site folder, published as it is.
    Copied(TreeFile),
}

impl Made {
    /// The file to be copied, when it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Made::Bytes(_) => None,
            Made::Cached(kept) => Some(&kept.place),
            Made::Copied(file) => Some(&file.on_disk),
        }
    }

    fn is(&self, other: &Made) -> bool {
        match (self, other) {
            (Made::Bytes(a), Made::Bytes(b)) => Arc::ptr_eq(a, b) || a == b,
            (Made::Cached(a), Made::Cached(b)) => a == b,
            (Made::Copied(a), Made::Copied(b)) => a.on_disk == b.on_disk && a.stat == b.stat,
            _ => false,
        }
    }
}

/// Every file of a site, by path.
#[derive(Debug, Clone, Default)]
pub struct Finished {
    files: Arc<BTreeMap<String, Made>>,
    pages: usize,
    rendered: usize,
}

/// How one finished site differs from the one before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Paths that are new or have other bytes, in order.
    pub changed: Vec<String>,
    /// Paths that are no more, in order.
    pub removed: Vec<String>,
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty()
    }

    /// Those of the next step, which may undo or repeat some of these.
    pub fn add(&mut self, next: Changes) {
        self.changed.retain(|path| next.removed.binary_search(path).is_err());
        self.removed.retain(|path| next.changed.binary_search(path).is_err());
        self.changed.extend(next.changed);
        self.removed.extend(next.removed);
        for list in [&mut self.changed, &mut self.removed] {
            list.sort();
            list.dedup();
        }
    }
}

impl Finished {
    pub(super) fn new(files: BTreeMap<String, Made>, pages: usize, rendered: usize) -> Self {
        Self { files: Arc::new(files), pages, rendered }
    }

    /// What is published at a path.
    pub fn get(&self, path: &str) -> Option<&Made> {
        self.files.get(path)
    }

    /// Every file, in the order of paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Made)> {
        self.files.iter().map(|(path, made)| (path.as_str(), made))
    }

    /// How many of the files are pages.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// How many of the pages had to be rendered for it.
    pub fn rendered(&self) -> usize {
        self.rendered
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How this site differs from an earlier one.
    pub fn since(&self, before: &Finished) -> Changes {
        let is_new = |(path, made): &(&String, &Made)| !before.files.get(*path).is_some_and(|known| known.is(made));
        let removed = before.files.keys().filter(|path| !self.files.contains_key(*path));
        Changes {
            changed: self.files.iter().filter(is_new).map(|(path, _)| path.clone()).collect(),
            removed: removed.cloned().collect(),
        }
    }
}
