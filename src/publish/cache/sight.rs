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
    /// Looks at the ledger and at all shelves in a folder, at the instant `seen` (nanoseconds since 1970); whether
    /// anything may be another than it was.
    pub(super) fn look(&mut self, ledger: &Path, made: &Path, seen: u128) -> io::Result<bool> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_changed_is_looked_at_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ledger, made) = (folder.path().join("ledger.txt"), folder.path().join("made"));
        let [a, b] = [b"a", b"b"].map(|name| Digest::of(name));
        let put = |key: Digest| {
            let name = key.to_string();
            disk::append(&made.join(&name[..2]).join(&name[2..]), b"bytes").expect("written");
        };
        disk::append(&ledger, b"").expect("written");
        put(a);
        let mut sight = Sight::default();
        assert!(sight.look(&ledger, &made, disk::now()).expect("seen"));
        assert!(sight.look(&ledger, &made, disk::now()).expect("seen"), "all is too young to be believed");
        let later = disk::now() + 60_000_000_000;
        assert!(sight.look(&ledger, &made, later).expect("seen"));
        assert!(!sight.look(&ledger, &made, later).expect("seen"), "nothing has changed");
        put(b);
        assert!(sight.look(&ledger, &made, later).expect("seen"));
        let mut all = [a, b];
        all.sort();
        assert!(sight.keys().collect::<std::collections::BTreeSet<_>>().into_iter().eq(all));
        disk::append(&ledger, b"a line").expect("written");
        assert!(sight.look(&ledger, &made, later).expect("seen"), "the ledger says more");
        let name = a.to_string();
        disk::remove_folder(&made.join(&name[..2])).expect("removed");
        assert!(sight.look(&ledger, &made, later).expect("seen"), "a shelf is gone");
        assert!(sight.keys().eq([b]));
    }
}
