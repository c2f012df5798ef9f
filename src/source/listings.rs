//! What lies in the folders of content, and what lay there when they were listed last.
//!
//! A folder is listed anew when somebody who watches it says that something in it may be another. Those of people
//! are small, and decide who is shown: they are listed each time.

use super::files::{FOLDERS, OUTPUT_MARK, SiteFiles};
use super::theme_folder::THEMES;
use crate::diagnostic::Diagnostics;
use crate::disk::{self, TreeFile};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Listed each time.
const ALWAYS: [&str; 2] = ["crew", "pages"];

/// Files by folder of content.
#[derive(Debug, Default)]
pub(super) struct Listings {
    root: PathBuf,
    skip: Vec<PathBuf>,
    /// Only folders all of which could be read.
    known: BTreeMap<&'static str, Listing>,
}

#[derive(Debug, Default)]
struct Listing {
    files: SiteFiles,
    /// What is to be said of their names.
    messages: Diagnostics,
    /// Folders that are finished sites.
    outputs: Vec<String>,
}

/// Everything that was found, and what is to be said of it.
#[derive(Debug, Default)]
pub(super) struct All {
    pub(super) files: SiteFiles,
    pub(super) messages: Diagnostics,
    /// Folders that are finished sites, which are left out.
    pub(super) outputs: Vec<String>,
    /// What cannot be read, by path.
    pub(super) troubles: Vec<(String, io::Error)>,
}

/// What a walk has found.
struct Found {
    /// In the order of paths.
    files: Vec<TreeFile>,
    outputs: Vec<String>,
    troubles: Vec<(String, io::Error)>,
}

impl Listings {
    /// What lies in the site folder `root`. `skip` are canonical paths that are not content. Of the folders that are
    /// known, only those for which `touched` says yes are listed anew.
    pub(super) fn list(&mut self, root: &Path, skip: &[PathBuf], touched: &dyn Fn(&Path) -> bool) -> All {
        if self.root != root || self.skip != skip {
            *self = Self { root: root.to_owned(), skip: skip.to_owned(), known: BTreeMap::new() };
        }
        let mut listings = std::mem::take(&mut self.known);
        listings.retain(|top, _| !ALWAYS.contains(top) && !touched(&root.join(top)));
        let found = walk(root, skip, &|top| !listings.contains_key(top));
        let mut in_trouble: Vec<&str> = Vec::new();
        for top in FOLDERS.iter().copied().filter(|top| !listings.contains_key(*top)).collect::<Vec<_>>() {
            let inside = |path: &str| path.strip_prefix(top).is_some_and(|rest| rest.starts_with('/'));
            if found.troubles.iter().any(|(path, _)| path.is_empty() || path == top || inside(path)) {
                in_trouble.push(top);
            }
            let mut listing = Listing::default();
            let files = found.files.iter().filter(|file| inside(&file.path)).cloned();
            files.for_each(|file| listing.files.add(file, &mut listing.messages));
            listing.outputs.extend(found.outputs.iter().filter(|path| inside(path)).cloned());
            listings.insert(top, listing);
        }
        let mut all = All { troubles: found.troubles, ..All::default() };
        // Each folder is in order, and so are the folders: nothing has to be sorted.
        for listing in listings.values() {
            all.files.extend(&listing.files);
            all.messages.extend(listing.messages.clone());
            all.outputs.extend(listing.outputs.iter().cloned());
        }
        listings.retain(|top, _| !in_trouble.contains(top));
        self.known = listings;
        all
    }
}

/// Walks the site folder, and in it the folders of content for which `wanted` says yes. Outputs for other audiences
/// are no content, wherever somebody has put them.
fn walk(root: &Path, skip: &[PathBuf], wanted: &dyn Fn(&str) -> bool) -> Found {
    let outputs: RefCell<Vec<String>> = RefCell::default();
    let (files, troubles) = disk::walk(root, |path, on_disk| {
        let top = !path.contains('/');
        // A theme that somebody else has written is read by `theme_folder`, which follows no links.
        let known = FOLDERS.contains(&path) && path != THEMES;
        let hidden = path.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
        let enter = (!top || known && wanted(path))
            && (!hidden || path.starts_with("static/") && !path.ends_with("/.git"))
            && !skip.contains(&disk::canonical(on_disk));
        // The folders of a site themselves are none: what lies in `static/` has a message of its own.
        let is_output = enter && !known && disk::is_there(&on_disk.join(OUTPUT_MARK));
        if is_output {
            outputs.borrow_mut().push(path.to_owned());
        }
        enter && !is_output
    });
    Found { files, outputs: outputs.into_inner(), troubles }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_that_may_have_changed_are_listed_again() {
        let site = tempfile::tempdir().expect("a folder");
        let root = site.path();
        let put =
            |paths: [&str; 3]| paths.iter().for_each(|path| disk::append(&root.join(path), b"x").expect("written"));
        let names = |all: All| {
            let SiteFiles { stories, crew, media, .. } = all.files;
            let media = media.iter().map(|media| media.file.path.clone()).collect::<Vec<_>>();
            let paths = |files: Vec<TreeFile>| files.into_iter().map(|file| file.path);
            paths(crew).chain(media).chain(paths(stories)).collect::<Vec<_>>()
        };
        let mut listings = Listings::default();
        put(["stories/a.md", "media/a.jpg", "crew/a.md"]);
        assert_eq!(names(listings.list(root, &[], &|_| true)), ["crew/a.md", "media/a.jpg", "stories/a.md"]);
        put(["stories/b.md", "media/b.jpg", "crew/b.md"]);
        let in_stories = |folder: &Path| folder.ends_with("stories");
        assert_eq!(
            names(listings.list(root, &[], &in_stories)),
            ["crew/a.md", "crew/b.md", "media/a.jpg", "stories/a.md", "stories/b.md"]
        );
        let skip = [disk::canonical(&root.join("stories"))];
        assert_eq!(
            names(listings.list(root, &skip, &|_| false)),
            ["crew/a.md", "crew/b.md", "media/a.jpg", "media/b.jpg"]
        );
        disk::remove_folder(&root.join("media")).expect("removed");
        assert_eq!(names(listings.list(root, &skip, &|folder| folder.ends_with("media"))), ["crew/a.md", "crew/b.md"]);
    }
}
