//! What was read before: documents by path, looked up by the text that they were read from.
//!
//! A file whose stat is as it was, and was old enough then, is not opened; one that says the same is not
//! read anew. So the same documents come out as from an empty shelf.

use super::front_matter::read_text;
use super::gallery::GalleryDoc;
use super::listings::Listings;
use super::page::PageDoc;
use super::person::PersonDoc;
use super::static_file::StaticFile;
use super::story::StoryDoc;
use crate::diagnostic::{Diagnostics, SourceFile};
use crate::disk::{FileStat, TreeFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Everything that was read of one site.
#[derive(Debug, Default)]
pub struct Shelf {
    /// What every document was read in.
    language: String,
    pub(super) stories: Row<StoryDoc>,
    pub(super) people: Row<PersonDoc>,
    pub(super) pages: Row<PageDoc>,
    pub(super) galleries: Row<GalleryDoc>,
    statics: BTreeMap<String, StaticFile>,
    pub(super) listings: Listings,
}

/// Documents of one kind, by path.
#[derive(Debug)]
pub(super) struct Row<T>(BTreeMap<String, Kept<T>>);

#[derive(Debug)]
struct Kept<T> {
    /// When the file was old enough for its stat to tell whether it is the same.
    stat: Option<FileStat>,
    text: Option<Arc<SourceFile>>,
    document: Option<Arc<T>>,
    messages: Diagnostics,
}

impl<T> Default for Row<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl Shelf {
    /// Makes room for another language, in which everything reads otherwise.
    pub(super) fn turn_to(&mut self, language: &str) {
        if self.language != language {
            let listings = std::mem::take(&mut self.listings);
            *self = Self { language: language.to_owned(), listings, ..Self::default() };
        }
    }

    /// Files to copy, as they were listed at `seen`, nanoseconds since 1970.
    pub(super) fn statics(&mut self, files: &[TreeFile], seen: u128) -> Vec<StaticFile> {
        let before = std::mem::take(&mut self.statics);
        let look = |file: &TreeFile| match before.get(&file.path) {
            Some(known) if *file == known.file => known.clone(),
            _ => StaticFile::read(file.clone()),
        };
        let statics: Vec<StaticFile> = files.iter().map(look).collect();
        let settled = statics.iter().filter(|file| file.file.stat.is_settled(seen));
        self.statics = settled.map(|file| (file.file.path.clone(), file.clone())).collect();
        statics
    }
}

impl<T: Send + Sync> Row<T> {
    /// Reads files, as they were listed at `seen`, on all cores; those with mistakes in their fields are left out.
    pub(super) fn read(
        &mut self,
        files: &[TreeFile],
        seen: u128,
        parse: impl Fn(&Arc<SourceFile>, &mut Diagnostics) -> Option<T> + Sync,
        messages: &mut Diagnostics,
    ) -> Vec<Arc<T>> {
        let is_same = |file: &&TreeFile| self.0.get(&file.path).is_some_and(|known| known.stat == Some(file.stat));
        // Mostly that is one of thousands, and no other core has to be woken.
        let others: Vec<&TreeFile> = files.iter().filter(|file| !is_same(file)).collect();
        let before: Vec<Option<Kept<T>>> = others.iter().map(|file| self.0.remove(&file.path)).collect();
        // All texts stay, most of what is made of them does not: read one after the other they leave no gaps between
        // them that nothing else fits into.
        let opened: Vec<Opened<T>> =
            others.par_iter().zip(before).map(|(file, known)| Opened::new(file, seen, known)).collect();
        let read: Vec<Kept<T>> = opened.into_par_iter().map(|opened| opened.read(&parse)).collect();
        self.0.extend(others.iter().map(|file| file.path.clone()).zip(read));
        if self.0.len() > files.len() {
            let there: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
            self.0.retain(|path, _| there.contains(path.as_str()));
        }
        // In the order of paths, as the files are.
        self.0.values().for_each(|kept| messages.extend(kept.messages.clone()));
        self.0.values().filter_map(|kept| kept.document.clone()).collect()
    }
}

/// A file on its way to a document.
enum Opened<T> {
    /// It says what it said.
    Known(Kept<T>),
    /// Its text is to be read; there is none, and a message, when it could not be opened.
    Text { stat: Option<FileStat>, text: Option<Arc<SourceFile>>, messages: Diagnostics },
}

impl<T> Opened<T> {
    /// Opens a file, whose stat does not tell that it is as it was.
    fn new(file: &TreeFile, seen: u128, before: Option<Kept<T>>) -> Self {
        let stat = file.stat.is_settled(seen).then_some(file.stat);
        let mut messages = Diagnostics::new();
        let text = read_text(file, &mut messages);
        if let (Some(text), Some(known)) = (&text, before)
            && known.text.as_ref().is_some_and(|old| old.text == text.text)
        {
            return Self::Known(Kept { stat, ..known });
        }
        // What could not be read may be readable the next time, without a change.
        Self::Text { stat: stat.filter(|_| text.is_some()), text, messages }
    }

    fn read(self, parse: &impl Fn(&Arc<SourceFile>, &mut Diagnostics) -> Option<T>) -> Kept<T> {
        match self {
            Self::Known(known) => known,
            Self::Text { stat, text, mut messages } => {
                let document = text.as_ref().and_then(|text| parse(text, &mut messages)).map(Arc::new);
                Kept { stat, text, document, messages }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_document_is_read_again_when_its_text_is_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let on_disk = folder.path().join("a.md");
        let write = |text: &str| {
            disk::write_atomically(&on_disk, text.as_bytes()).expect("written");
            [TreeFile { path: "a.md".to_owned(), on_disk: on_disk.clone(), stat: disk::stat(&on_disk).expect("there") }]
        };
        let parsed = AtomicUsize::new(0);
        let parse = |file: &Arc<SourceFile>, _: &mut Diagnostics| {
            parsed.fetch_add(1, Ordering::Relaxed);
            Some(file.text.clone())
        };
        let (mut row, mut messages) = (Row::<String>::default(), Diagnostics::new());
        let mut read = |files: &[TreeFile], seen: u128| {
            let all = row.read(files, seen, parse, &mut messages);
            all.iter().map(|text| text.as_str()).collect::<String>()
        };
        let young = write("one");
        assert_eq!(read(&young, disk::now()), "one");
        assert_eq!((read(&write("one"), disk::now()).as_str(), parsed.load(Ordering::Relaxed)), ("one", 1));
        // A young file may say something else by now, whatever its stat is.
        write("two");
        assert_eq!((read(&young, disk::now()).as_str(), parsed.load(Ordering::Relaxed)), ("two", 2));
        let old = disk::now() + 60_000_000_000;
        assert_eq!(read(&write("three"), old), "three");
        let settled = write("four");
        assert_eq!(read(&settled, old), "four");
        disk::remove(&on_disk).expect("removed");
        assert_eq!(read(&settled, old), "four", "it is not opened");
        assert_eq!(read(&[], old), "", "what is not there any more is forgotten");
    }
}
