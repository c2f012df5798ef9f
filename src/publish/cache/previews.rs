//! Previews of stills, in `.backlot/previews.json`, each with the day on which it was used last.

use crate::develop::{self, Preview};
use crate::disk::{self, Digest};
use crate::plan::Previews;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// All that is known, by still.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct PreviewBook {
    version: u32,
    previews: BTreeMap<Digest, (Preview, u64)>,
    #[serde(skip)]
    changed: bool,
}

impl PreviewBook {
    /// What a file says; nothing when it is not there, or of another version.
    pub(super) fn load(path: &Path) -> Self {
        let bytes = disk::read_if_there(path).ok().flatten().unwrap_or_default();
        let known: Option<Self> = serde_json::from_slice(&bytes).ok();
        known.filter(|book| book.version == develop::VERSION).unwrap_or_default()
    }

    pub(super) fn previews(self) -> Previews {
        self.previews.into_iter().map(|(still, (preview, _))| (still, preview)).collect()
    }

    /// Adds those that are not known.
    pub(super) fn add(&mut self, previews: &Previews, day: u64) {
        for (still, preview) in previews {
            if self.previews.get(still).is_none_or(|(known, _)| known != preview) {
                self.previews.insert(*still, (preview.clone(), day));
                self.changed = true;
            }
        }
    }

    /// Notes which are in use, and forgets those that were not for longer than `oldest`; all of them without one.
    pub(super) fn tidy(&mut self, used: &BTreeSet<Digest>, day: u64, oldest: Option<u64>) {
        for still in used {
            if let Some((_, known)) = self.previews.get_mut(still).filter(|(_, known)| *known != day) {
                *known = day;
                self.changed = true;
            }
        }
        let before = self.previews.len();
        self.previews.retain(|still, (_, last)| used.contains(still) || oldest.is_some_and(|oldest| *last >= oldest));
        self.changed |= self.previews.len() != before;
    }

    /// Writes it, if it has changed.
    pub(super) fn save(mut self, path: &Path) -> io::Result<()> {
        if !self.changed {
            return Ok(());
        }
        self.version = develop::VERSION;
        disk::write_atomically(path, &serde_json::to_vec(&self).map_err(io::Error::other)?)
    }
}
