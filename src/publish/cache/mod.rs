//! The cache folder, `.backlot/`: what was made, by key. Safe to delete at any moment, to carry and to share.
//!
//! The entry point is [`Cache::look`], which finds out what is there; it and all that writes want the lock of the
//! folder. Nothing in here says where the site is, and nothing is believed that cannot be checked: see [`ledger`].

mod ledger;
mod pages;
mod previews;
mod sight;

use crate::disk::{self, Digest, FileStat, Staged};
use crate::plan::Previews;
use ledger::{Entry, Ledger};
use pages::PageBook;
use previews::PreviewBook;
use sight::Sight;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A cache folder.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
    ledger: Mutex<Ledger>,
    sight: Mutex<Sight>,
    pages: Mutex<PageBook>,
    /// The day on which all of it was tidied, if nothing has come or gone since.
    tidied: Mutex<Option<u64>>,
}

/// Something in the cache, perhaps still to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Covers everything that decides about its bytes.
    pub key: Digest,
    /// Where it is.
    pub place: PathBuf,
}

/// What is in use, and what may go.
#[derive(Debug)]
pub struct Usage {
    /// Keys of everything that a plan wants.
    pub keys: BTreeSet<Digest>,
    /// Keys of its pages.
    pub pages: BTreeSet<Digest>,
    /// The stills of the plan.
    pub stills: BTreeSet<Digest>,
    /// For so many days what is not in use stays; without a number it goes at once.
    pub keep_days: Option<u64>,
}

/// Nanoseconds.
const DAY: u128 = 24 * 60 * 60 * 1_000_000_000;

impl Cache {
    /// The cache in a folder, which need not exist yet. Nothing is known to be in it before [`Cache::look`].
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            ledger: Mutex::default(),
            sight: Mutex::default(),
            pages: Mutex::default(),
            tidied: Mutex::default(),
        }
    }

    /// Where facts of media are remembered.
    pub fn facts(&self) -> PathBuf {
        self.root.join("facts.json")
    }

    /// What two builds lock.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// Where the site with all that is held goes, for the preview alone.
    pub fn insiders(&self) -> PathBuf {
        self.root.join("insiders")
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Finds out what is there: what the ledger says and the folders have. Looking again costs little where nothing
    /// is another than it was.
    pub fn look(&self) -> io::Result<()> {
        // What is in there is only believed when it was seen to its end.
        let mut last = self.sight.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sight = std::mem::take(&mut *last);
        if sight.look(&self.ledger_file(), &self.made(), disk::now())? {
            let mut ledger = Ledger::load(&self.ledger_file())?;
            ledger.keep_only(&sight.keys().collect());
            *self.ledger() = ledger;
            self.note_tidied(None);
        }
        *last = sight;
        self.pages().refresh(&self.page_file())
    }

    /// Where the result of a key is, whether it is there or not.
    pub fn place(&self, key: Digest) -> Kept {
        let name = key.to_string();
        let (shelf, rest) = name.split_at(SHELF);
        Kept { key, place: self.made().join(shelf).join(rest) }
    }

    /// Whether the result of a key is there.
    pub fn has(&self, key: Digest) -> bool {
        self.ledger().get(key).is_some()
    }

    /// The same for many.
    pub fn have(&self, keys: impl Iterator<Item = Digest>) -> Vec<bool> {
        let ledger = self.ledger();
        keys.map(|key| ledger.get(key).is_some()).collect()
    }

    /// Bytes of the result of a key, if it is there.
    pub fn size(&self, key: Digest) -> Option<u64> {
        self.ledger().get(key).map(|entry| entry.size)
    }

    /// Stores the result of a key.
    pub fn put(&self, key: Digest, bytes: &[u8]) -> io::Result<()> {
        disk::write_atomically(&self.place(key).place, bytes)?;
        let entry = Entry { sum: Digest::of(bytes), size: bytes.len() as u64, used: today() };
        self.note_tidied(None);
        self.ledger().add(key, entry, &self.ledger_file())
    }

    /// A copy of a result in another folder, if what is there is what was made. If not, it is forgotten.
    pub fn copy(&self, kept: &Kept, staging: &Path) -> io::Result<Option<Staged>> {
        let entry = self.ledger().get(kept.key);
        if let Some(entry) = entry
            && disk::is_file(&kept.place)
        {
            let staged = Staged::copy(staging, &kept.place)?;
            if Digest::of(&staged.read()?) == entry.sum {
                return Ok(Some(staged));
            }
        }
        self.note_tidied(None);
        self.ledger().remove(kept.key);
        disk::remove(&kept.place)?;
        Ok(None)
    }

    /// The digest of the page with a key, if it was rendered before.
    pub fn page_sum(&self, key: Digest) -> Option<Digest> {
        self.pages().sum(key)
    }

    /// The page with a key was rendered.
    pub fn note_page(&self, key: Digest, bytes: &[u8]) {
        self.pages().note(key, bytes, today());
    }

    /// What the disk says of the files in which is remembered what developing has shown.
    pub fn lore(&self) -> [Option<FileStat>; 2] {
        [self.preview_file(), self.ladder_file()].map(|file| disk::stat(&file).ok())
    }

    /// The day that is counted when something is used, in days since 1970.
    pub fn day(&self) -> u64 {
        today()
    }

    /// Stats of all that tells whether something came or went: what was learnt, the ledger and the folders.
    pub fn stats(&self) -> io::Result<Vec<FileStat>> {
        let shelves = disk::names(&self.made())?.into_iter().map(|name| self.made().join(name));
        let mut places: Vec<PathBuf> = shelves.chain([self.ledger_file()]).collect();
        places.sort();
        let of_shelves: Vec<FileStat> = places.iter().map(|place| disk::stat(place)).collect::<io::Result<_>>()?;
        Ok(of_shelves.into_iter().chain(self.lore().into_iter().flatten()).collect())
    }

    /// Previews known from earlier builds.
    pub fn previews(&self) -> Previews {
        PreviewBook::load(&self.preview_file()).previews()
    }

    /// Remembers previews.
    pub fn save_previews(&self, previews: &Previews) -> io::Result<()> {
        let mut book = PreviewBook::load(&self.preview_file());
        book.add(previews, today());
        book.save(&self.preview_file())
    }

    /// Remembers the pages that were rendered, where there is nothing else to tidy today; `false` where there is, so
    /// that what is in use has to be found out.
    pub fn tidy_pages(&self) -> io::Result<bool> {
        let tidied = *self.tidied.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(tidied == Some(today()) && self.pages().append(&self.page_file())?)
    }

    fn note_tidied(&self, day: Option<u64>) {
        *self.tidied.lock().unwrap_or_else(PoisonError::into_inner) = day;
    }

    /// Notes what is in use, and removes what has not been for too long. Does next to nothing when it did so
    /// today already.
    pub fn tidy(&self, usage: &Usage) -> io::Result<()> {
        let today = today();
        match usage.keep_days {
            Some(_) => self.pages().save(&self.page_file(), today, &usage.pages)?,
            None => self.pages().clear(&self.page_file())?,
        }
        let oldest = usage.keep_days.map_or(today, |days| today.saturating_sub(days));
        let mut ledger = self.ledger();
        let news = ledger.use_on(today, &usage.keys);
        let gone: Vec<Digest> = match usage.keep_days {
            Some(_) => ledger.older_than(oldest),
            None => ledger.older_than(u64::MAX).into_iter().filter(|key| !usage.keys.contains(key)).collect(),
        };
        if !news && gone.is_empty() && usage.keep_days.is_some() {
            self.note_tidied(Some(today));
            return Ok(());
        }
        for key in gone {
            disk::remove(&self.place(key).place)?;
            ledger.remove(key);
        }
        ledger.save(&self.ledger_file())?;
        self.remove_strays(&ledger)?;
        drop(ledger);
        let mut book = PreviewBook::load(&self.preview_file());
        book.tidy(&usage.stills, today, usage.keep_days.map(|_| oldest));
        book.save(&self.preview_file())
    }

    /// What the ledger does not know is of a run that was killed, or of another version.
    fn remove_strays(&self, ledger: &Ledger) -> io::Result<()> {
        self.each_file(&mut |shelf, name| match Digest::parse(&format!("{shelf}{name}")) {
            Some(key) if ledger.get(key).is_some() => Ok(()),
            _ => disk::remove(&self.made().join(shelf).join(name)),
        })
    }

    fn each_file(&self, work: &mut dyn FnMut(&str, &str) -> io::Result<()>) -> io::Result<()> {
        for shelf in disk::names(&self.made())? {
            for name in disk::names(&self.made().join(&shelf))? {
                work(&shelf, &name)?;
            }
        }
        Ok(())
    }

    /// The ledger is whole at every step, so a worker that panicked spoils nothing.
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same holds for the pages.
    fn pages(&self) -> MutexGuard<'_, PageBook> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn page_file(&self) -> PathBuf {
        self.root.join("pages.txt")
    }

    fn made(&self) -> PathBuf {
        self.root.join("made")
    }

    fn ledger_file(&self) -> PathBuf {
        self.root.join("ledger.txt")
    }

    fn preview_file(&self) -> PathBuf {
        self.root.join("previews.json")
    }

    /// Where verdicts on ladders are remembered.
    pub(super) fn ladder_file(&self) -> PathBuf {
        self.root.join("ladders.json")
    }
}

/// So many digits of a key name the folder that its file is in.
const SHELF: usize = 2;

/// Days since 1970. Only decides what stays in the cache.
fn today() -> u64 {
    u64::try_from(disk::now() / DAY).unwrap_or(u64::MAX)
}
