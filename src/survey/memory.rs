//! What is remembered of media between builds, in `.backlot/facts.json`. Safe to delete.

use super::Surveyed;
use crate::disk::{self, Digest, FileStat};
use crate::{clip, still};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Raise when what is remembered, or how facts are read, changes.
const VERSION: u32 = 3;

/// A file changed this short a time before it was looked at may change again within the clock's
/// resolution, so its stat is not trusted.
const YOUNG_NANOSECONDS: u128 = 3_000_000_000;

/// Digests by stat, and facts by digest.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    version: u32,
    files: BTreeMap<String, (FileStat, Digest)>,
    stills: BTreeMap<Digest, still::Facts>,
    clips: BTreeMap<Digest, clip::Facts>,
    #[serde(skip)]
    fresh: Fresh,
}

/// What this run has seen; only that is written back.
#[derive(Debug, Default)]
struct Fresh {
    files: BTreeMap<String, (FileStat, Digest)>,
    stills: BTreeMap<Digest, still::Facts>,
    clips: BTreeMap<Digest, clip::Facts>,
}

impl Memory {
    /// What is remembered in a file; nothing when it is not there, or of another version.
    pub fn load(path: &Path) -> Self {
        let bytes = disk::read_if_there(path).ok().flatten().unwrap_or_default();
        serde_json::from_slice(&bytes).ok().filter(|m: &Self| m.version == VERSION).unwrap_or_default()
    }

    /// Writes what this run has seen, if it differs from what was loaded.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let Fresh { files, stills, clips } = &self.fresh;
        if (files, stills, clips) == (&self.files, &self.stills, &self.clips) {
            return Ok(());
        }
        let (files, stills, clips) = (files.clone(), stills.clone(), clips.clone());
        let memory = Self { version: VERSION, files, stills, clips, fresh: Fresh::default() };
        disk::write_atomically(path, &serde_json::to_vec(&memory).map_err(io::Error::other)?)
    }

    /// The digest of a file whose stat is as it was.
    pub(super) fn digest(&self, path: &str, stat: FileStat) -> Option<Digest> {
        self.files.get(path).filter(|(known, _)| *known == stat).map(|(_, digest)| *digest)
    }

    pub(super) fn still(&self, digest: Digest, limits: &still::Limits) -> Option<still::Facts> {
        let fits = |facts: &&still::Facts| u64::from(facts.width) * u64::from(facts.height) <= limits.max_pixels;
        self.stills.get(&digest).filter(fits).cloned()
    }

    pub(super) fn clip(&self, digest: Digest) -> Option<clip::Facts> {
        self.clips.get(&digest).cloned()
    }

    pub(super) fn remember_still(&mut self, path: &str, stat: FileStat, surveyed: &Surveyed<still::Facts>) {
        self.remember(path, stat, surveyed.digest);
        self.fresh.stills.insert(surveyed.digest, surveyed.facts.clone());
    }

    pub(super) fn remember_clip(&mut self, path: &str, stat: FileStat, surveyed: &Surveyed<clip::Facts>) {
        self.remember(path, stat, surveyed.digest);
        self.fresh.clips.insert(surveyed.digest, surveyed.facts.clone());
    }

    fn remember(&mut self, path: &str, stat: FileStat, digest: Digest) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        if now.saturating_sub(stat.modified) > YOUNG_NANOSECONDS {
            self.fresh.files.insert(path.to_owned(), (stat, digest));
        }
    }
}
