//! The finished site in memory: what every file of it is made of. Cheap to clone, so that a server
//! can hand it out while the next one is being made.

use super::cache::Kept;
use super::named::names_in;
use crate::disk::TreeFile;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

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

/// Files by path.
pub(super) type Files = BTreeMap<String, Made>;

/// Every file of a site, by path. Prints, of which there are many, are in groups that stay as they are from
/// site to site; one may be in several of them.
#[derive(Debug, Clone, Default)]
pub struct Finished {
    files: Arc<Files>,
    /// A few that stand in place of these, or beside them.
    over: Arc<Files>,
    prints: Arc<Vec<Arc<Files>>>,
    pages: usize,
    rendered: usize,
    is_whole: bool,
    count: Arc<OnceLock<usize>>,
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
    pub(super) fn new(files: Files, prints: Vec<Arc<Files>>, pages: usize, rendered: usize) -> Self {
        let (files, prints) = (Arc::new(files), Arc::new(prints));
        Self { files, prints, pages, rendered, is_whole: true, ..Self::default() }
    }

    /// Some files of a site, with all others as they are in an earlier one.
    #[must_use]
    pub fn over(self, before: &Finished) -> Self {
        let shown = |path: &String| match before.file(path) {
            Some(Made::Bytes(bytes)) => Some(Arc::clone(bytes)),
            _ => None,
        };
        let earlier: Vec<Arc<[u8]>> = self.files.keys().filter_map(shown).collect();
        let known: HashSet<&[u8]> = earlier.iter().flat_map(|bytes| names_in(bytes)).collect();
        // Prints are named by their content: what is there under a name is the same.
        let is_there = |path: &String| before.prints.iter().any(|group| group.contains_key(path));
        let own = self.prints.iter().flat_map(|group| group.iter());
        let new = own.filter(|(path, _)| !known.contains(path.as_bytes()) && !is_there(path));
        let new: Files = new.map(|(path, made)| (path.clone(), made.clone())).collect();
        let over = before.over.iter().chain(self.files.iter()).map(|(path, made)| (path.clone(), made.clone()));
        Self {
            over: Arc::new(over.collect()),
            prints: Arc::new(before.prints.iter().map(Arc::clone).chain([Arc::new(new)]).collect()),
            count: Arc::default(),
            ..before.clone()
        }
    }

    /// A site of nothing but these pages, for tests.
    #[cfg(test)]
    pub(crate) fn of_pages(pages: &[(&str, &str)]) -> Self {
        let made = |(path, page): &(&str, &str)| ((*path).to_owned(), Made::Bytes(page.as_bytes().into()));
        Self::new(pages.iter().map(made).collect(), Vec::new(), pages.len(), 0)
    }

    /// A few of its files.
    #[must_use]
    pub fn only<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Self {
        let files = paths.filter_map(|path| Some((path.to_owned(), self.file(path)?.clone()))).collect();
        Self { is_whole: false, ..Self::new(files, Vec::new(), 0, 0) }
    }

    /// Whether this is the other site itself, and not only one that is equal.
    pub fn is_same(&self, other: &Finished) -> bool {
        Arc::ptr_eq(&self.files, &other.files) && Arc::ptr_eq(&self.over, &other.over)
    }

    /// Whether all of the site is there; otherwise more is to come.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// What is published at a path.
    pub fn get(&self, path: &str) -> Option<&Made> {
        self.file(path).or_else(|| self.prints.iter().find_map(|group| group.get(path)))
    }

    /// What is published at a path, if that is no print of a group.
    pub fn file(&self, path: &str) -> Option<&Made> {
        self.over.get(path).or_else(|| self.files.get(path))
    }

    /// All but the prints of groups, in no order.
    fn files(&self) -> impl Iterator<Item = (&String, &Made)> {
        self.over.iter().chain(self.files.iter().filter(|(path, _)| !self.over.contains_key(*path)))
    }

    /// Every file, in the order of paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Made)> {
        let prints = self.prints.iter().flat_map(|group| group.iter());
        // Most are in several groups, and sorting takes longer than finding that.
        let once: HashMap<&str, &Made> = prints.map(|(path, made)| (path.as_str(), made)).collect();
        let files = self.files().map(|(path, made)| (path.as_str(), made));
        let mut all: Vec<(&str, &Made)> =
            once.into_iter().filter(|(path, _)| self.file(path).is_none()).chain(files).collect();
        all.sort_unstable_by_key(|(path, _)| *path);
        all.into_iter()
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
        *self.count.get_or_init(|| {
            let prints: HashSet<&str> = self.prints.iter().flat_map(|group| group.keys()).map(String::as_str).collect();
            self.files().count() + prints.iter().filter(|path| self.file(path).is_none()).count()
        })
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.over.is_empty()
    }

    /// Groups of prints that the other site has not, each with its place.
    fn groups_beyond(&self, other: &Finished) -> Vec<(usize, &Arc<Files>)> {
        let known: HashSet<*const Files> = other.prints.iter().map(Arc::as_ptr).collect();
        self.prints.iter().enumerate().filter(|(_, group)| !known.contains(&Arc::as_ptr(group))).collect()
    }

    /// Prints that the other site has not. They are named by their content, so that a name is enough.
    fn prints_beyond<'s>(&'s self, other: &'s Finished) -> impl Iterator<Item = &'s String> {
        let mut others = Others { site: other, asked: 0, all: HashSet::new() };
        let groups = self.groups_beyond(other).into_iter();
        let prints = groups.flat_map(|(place, group)| group.keys().map(move |path| (place, path)));
        prints.filter(move |(place, path)| !others.have(*place, path)).map(|(_, path)| path)
    }

    /// Whether both have files at the same paths. Of two that differ only in the groups that files stand in, it may say
    /// no.
    pub fn has_the_paths_of(&self, other: &Finished) -> bool {
        let same = |(a, b): (&Arc<Files>, &Arc<Files>)| Arc::ptr_eq(a, b) || a.keys().eq(b.keys());
        self.files.keys().eq(other.files.keys())
            && self.over.keys().eq(other.over.keys())
            && self.prints.len() == other.prints.len()
            && self.prints.iter().zip(other.prints.iter()).all(same)
    }

    /// How this site differs from an earlier one.
    pub fn since(&self, before: &Finished) -> Changes {
        let mut changes = Changes::default();
        let over: BTreeSet<&String> = self.over.keys().chain(before.over.keys()).collect();
        if !Arc::ptr_eq(&self.files, &before.files) {
            // Both are in the same order, and mostly have the same paths.
            let mut old = before.files.iter().peekable();
            let is_new = |(path, made): &(&String, &Made)| {
                while old.next_if(|(known, _)| known < path).is_some() {}
                !old.next_if(|(known, _)| known == path).is_some_and(|(_, known)| known.is(made))
            };
            changes.changed.extend(self.files.iter().filter(is_new).map(|(path, _)| path.clone()));
            changes.removed.extend(before.files.keys().filter(|path| !self.files.contains_key(*path)).cloned());
            changes.changed.retain(|path| !over.contains(path));
            changes.removed.retain(|path| !over.contains(path));
        }
        for path in over {
            match (before.file(path), self.file(path)) {
                (Some(old), Some(new)) if old.is(new) => {}
                (_, Some(_)) => changes.changed.push(path.clone()),
                (_, None) => changes.removed.push(path.clone()),
            }
        }
        changes.changed.extend(self.prints_beyond(before).cloned());
        changes.removed.extend(before.prints_beyond(self).cloned());
        for list in [&mut changes.changed, &mut changes.removed] {
            list.sort();
            list.dedup();
        }
        changes
    }
}

/// So many prints are looked for in all groups before it is worth while to make a list of all.
const FEW: usize = 50;

/// The prints of another site while they are compared.
struct Others<'s> {
    site: &'s Finished,
    asked: usize,
    all: HashSet<&'s str>,
}

impl Others<'_> {
    /// Whether a print is there; most probably in the group at the same place.
    fn have(&mut self, place: usize, path: &str) -> bool {
        let groups = &self.site.prints;
        if groups.get(place).is_some_and(|group| group.contains_key(path)) {
            return true;
        }
        self.asked += 1;
        if self.asked < FEW {
            return groups.iter().any(|group| group.contains_key(path));
        }
        if self.all.is_empty() {
            self.all = groups.iter().flat_map(|group| group.keys().map(String::as_str)).collect();
        }
        self.all.contains(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(names: &[&str]) -> Arc<Files> {
        Arc::new(
            names
                .iter()
                .map(|name| {
                    (
                        (*name).to_owned(),
                        Made::Cached(Kept { key: crate::disk::Digest::of(name.as_bytes()), place: name.into() }),
                    )
                })
                .collect(),
        )
    }

    fn site(page: &str, groups: Vec<Arc<Files>>) -> Finished {
        let pages = [("index.html".to_owned(), Made::Bytes(page.as_bytes().into()))];
        Finished::new(pages.into(), groups, 1, 1)
    }

    #[test]
    fn sites_are_compared_by_what_is_in_them() {
        let same = group(&["media/a"]);
        let before = site("one", vec![Arc::clone(&same), group(&["media/b", "media/c"])]);
        assert!(before.since(&before).is_empty());
        assert!(site("one", vec![group(&["media/b", "media/c"]), same.clone()]).since(&before).is_empty());
        let after = site("two", vec![same, group(&["media/a", "media/c", "media/d"])]);
        let changes = after.since(&before);
        assert_eq!(changes.changed, ["index.html", "media/d"]);
        assert_eq!(changes.removed, ["media/b"]);
        assert_eq!((before.len(), after.len()), (4, 4));
        assert!(after.get("media/c").is_some() && after.get("media/b").is_none());
    }

    #[test]
    fn a_few_files_stand_in_place_of_those_of_an_earlier_site() {
        let before = site("one", vec![group(&["media/a"])]);
        let part = site("two media/b", vec![group(&["media/a", "media/b"])]);
        let after = part.clone().over(&before);
        assert_eq!(after.since(&before).changed, ["index.html", "media/b"]);
        assert!(part.clone().over(&after).since(&after).is_empty());
        assert_eq!((after.len(), after.iter().count(), after.is_whole()), (3, 3, true));
        assert_eq!(
            before.since(&after),
            Changes { changed: vec!["index.html".into()], removed: vec!["media/b".into()] }
        );
        let whole = site("two media/b", vec![group(&["media/a", "media/b"])]);
        assert!(whole.since(&after).is_empty() && after.since(&whole).is_empty());
        let first = part.over(&Finished::default());
        assert!(!first.is_whole() && first.get("media/a").is_some() && first.len() == 3);
        assert_eq!(Finished::default().since(&first).removed, ["index.html", "media/a", "media/b"]);
    }

    #[test]
    fn many_prints_are_compared_as_few_are() {
        let names = |from: usize| -> Vec<String> { (from..from + 200).map(|i| format!("media/{i}")).collect() };
        let with = |from: usize| {
            let names = names(from);
            site(
                "one",
                names.chunks(10).map(|part| group(&part.iter().map(String::as_str).collect::<Vec<_>>())).collect(),
            )
        };
        let changes = with(100).since(&with(0));
        assert_eq!((changes.changed.len(), changes.removed.len()), (100, 100));
        assert!(changes.changed.contains(&"media/299".to_owned()) && changes.removed.contains(&"media/0".to_owned()));
    }
}
