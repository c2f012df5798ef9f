//! What was seen of the cache folder the last time, so that looking again costs little where nothing has changed.
//!
//! A folder or file whose stat is as it was, and was old enough then, is what it was.

use crate::disk::{self, Digest, FileStat};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Folders of things that were made, by name, and the ledger.
#[derive(Debug, Default)]
pub(super) struct Sight {
    shelves: BTreeMap<String, Shelf>,
    ledger: Option<FileStat>,
}

#[derive(Debug)]
struct Shelf {
    /// When it was settled.
    stat: Option<FileStat>,
    keys: Vec<Digest>,
}

impl Sight {
    /// Looks at the ledger and at all shelves in a folder; whether anything may be another than it was.
    pub(super) fn look(&mut self, ledger: &Path, made: &Path) -> io::Result<bool> {
        let seen = disk::now();
        let settled = |path: &Path| disk::stat(path).ok().filter(|stat| stat.is_settled(seen));
        let now = settled(ledger);
        let mut news = now.is_none() || now != self.ledger;
        self.ledger = now;
        let mut before = std::mem::take(&mut self.shelves);
        for name in disk::names(made)? {
            let folder = made.join(&name);
            let stat = settled(&folder);
            let known = before.remove(&name).filter(|known| stat.is_some() && known.stat == stat);
            let shelf = match known {
                Some(known) => known,
                None => {
                    news = true;
                    let key = |rest: String| Digest::parse(&format!("{name}{rest}"));
                    Shelf { stat, keys: disk::names(&folder)?.into_iter().filter_map(key).collect() }
                }
            };
            self.shelves.insert(name, shelf);
        }
        Ok(news || !before.is_empty())
    }

    /// Keys of all files that are there.
    pub(super) fn keys(&self) -> impl Iterator<Item = Digest> {
        self.shelves.values().flat_map(|shelf| shelf.keys.iter().copied())
    }
}
