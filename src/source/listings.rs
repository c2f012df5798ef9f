//! What lies in the folders of content, and what lay there when they were listed last.
//!
//! A folder is listed anew when somebody who watches it says that something in it may be another; of a file that is
//! known and still there only its stat is looked at. Those of people are small, and decide who is shown: they are listed
//! each time.

use super::files::{FOLDERS, OUTPUT_MARK, SiteFiles};
use super::theme_folder::THEMES;
use super::touched::Touched;
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
    /// known, only those in which something is `touched` are looked at.
    pub(super) fn list(&mut self, root: &Path, skip: &[PathBuf], touched: &Touched) -> All {
        if self.root != root || self.skip != skip {
            *self = Self { root: root.to_owned(), skip: skip.to_owned(), known: BTreeMap::new() };
        }
        let mut listings = std::mem::take(&mut self.known);
        listings.retain(|top, listing| !ALWAYS.contains(top) && listing.keeps_up(&root.join(top), touched));
        let found = walk(root, skip, &|top| !listings.contains_key(top));
        let mut in_trouble: Vec<&str> = Vec::new();
        for top in FOLDERS.iter().copied().filter(|top| !listings.contains_key(*top)).collect::<Vec<_>>() {
            let inside = |path: &str| path.strip_prefix(top).is_some_and(|rest| rest.starts_with('/'));
            if found.troubles.iter().any(|(path, _)| path.is_empty() || path == top || inside(path)) {
                in_trouble.push(top);
            }
            let mut listing = Listing::default();
            // They are in the order of paths, so that those of a folder are together.
            let start = found.files.partition_point(|file| file.path.as_str() < top);
            let files = found.files[start..].iter().skip_while(|file| !inside(&file.path));
            let files = files.take_while(|file| inside(&file.path)).cloned();
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

impl Listing {
    /// Whether this is still what lies in the folder: what is touched are files that are known and are still there.
    fn keeps_up(&mut self, folder: &Path, touched: &Touched) -> bool {
        touched.within(folder).is_some_and(|mut paths| paths.all(|path| self.files.look_again(path)))
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

    /// Names of the files of people, stories and media.
    fn names(all: All) -> String {
        let SiteFiles { stories, crew, media, .. } = all.files;
        let media = media.iter().map(|media| &media.file);
        let names = crew.iter().chain(media).chain(stories.iter()).map(|file| file.path.as_str());
        names.collect::<Vec<_>>().join(" ")
    }

    fn put(root: &Path, paths: &[&str]) {
        paths.iter().for_each(|path| disk::append(&root.join(path), b"x").expect("written"));
    }

    fn touched(root: &Path, paths: &[&str]) -> Touched {
        Touched::Paths(paths.iter().map(|path| root.join(path)).collect())
    }

    #[test]
    fn only_folders_that_may_have_changed_are_listed_again() {
        let site = tempfile::tempdir().expect("a folder");
        let root = site.path();
        let mut listings = Listings::default();
        put(root, &["stories/a.md", "media/a.jpg", "crew/a.md"]);
        assert_eq!(names(listings.list(root, &[], &Touched::Anything)), "crew/a.md media/a.jpg stories/a.md");
        put(root, &["stories/b.md", "media/b.jpg", "crew/b.md"]);
        let all = names(listings.list(root, &[], &touched(root, &["stories"])));
        assert_eq!(all, "crew/a.md crew/b.md media/a.jpg stories/a.md stories/b.md");
        let skip = [disk::canonical(&root.join("stories"))];
        let all = names(listings.list(root, &skip, &touched(root, &[])));
        assert_eq!(all, "crew/a.md crew/b.md media/a.jpg media/b.jpg");
        disk::remove_folder(&root.join("media")).expect("removed");
        assert_eq!(names(listings.list(root, &skip, &touched(root, &["media"]))), "crew/a.md crew/b.md");
    }

    #[test]
    fn of_a_file_that_is_known_only_its_stat_is_looked_at() {
        let site = tempfile::tempdir().expect("a folder");
        let root = site.path();
        let mut listings = Listings::default();
        put(root, &["stories/a.md", "stories/c.md", "media/x/a.jpg"]);
        listings.list(root, &[], &Touched::Anything);
        put(root, &["stories/a.md", "stories/b.md", "media/x/a.jpg", "media/x/b.jpg"]);
        let now = listings.list(root, &[], &touched(root, &["stories/a.md", "media/x/a.jpg"]));
        let sizes = [now.files.stories[0].stat.size, now.files.media[0].file.stat.size];
        assert_eq!((names(now).as_str(), sizes), ("media/x/a.jpg stories/a.md stories/c.md", [2, 2]));
        let listed = |listings: &mut Listings, paths: &[&str]| names(listings.list(root, &[], &touched(root, paths)));
        // One that nobody knows was told.
        let all = "media/x/a.jpg media/x/b.jpg stories/a.md stories/b.md stories/c.md";
        assert_eq!(listed(&mut listings, &["stories/b.md", "media/x/b.jpg"]), all);
        // One is no more, and one is a folder now.
        disk::remove(&root.join("stories/a.md")).expect("removed");
        assert_eq!(listed(&mut listings, &["stories/a.md"]), all.replace(" stories/a.md", ""));
        disk::remove(&root.join("stories/b.md")).expect("removed");
        put(root, &["stories/b.md/index.md"]);
        assert_eq!(
            listed(&mut listings, &["stories/c.md", "stories/b.md"]),
            "media/x/a.jpg media/x/b.jpg stories/b.md/index.md stories/c.md"
        );
        // Nobody has named the file, but the folder that it is in.
        disk::remove_folder(&root.join("media/x")).expect("removed");
        assert_eq!(listed(&mut listings, &["media/x"]), "stories/b.md/index.md stories/c.md");
    }
}
