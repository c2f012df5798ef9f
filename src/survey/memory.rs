//! What is remembered of media between builds, in `.backlot/facts.json`. Safe to delete, and to carry.

use super::Surveyed;
use crate::disk::{self, Digest, FileStat};
use crate::{clip, still};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// Raise when what is remembered, or how facts are read, changes.
const VERSION: u32 = 4;

/// Digests by stat, and facts by digest.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    version: u32,
    known: Known,
    /// What this run has seen; only that is written back.
    #[serde(skip)]
    fresh: Known,
}

#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
struct Known {
    files: BTreeMap<String, (FileStat, Digest)>,
    stills: BTreeMap<Digest, still::Facts>,
    clips: BTreeMap<Digest, clip::Facts>,
    /// Why stills were refused, with the most pixels that were allowed then.
    refused_stills: BTreeMap<Digest, (u64, still::Refusal)>,
    refused_clips: BTreeMap<Digest, clip::Refusal>,
}

impl Memory {
    /// What is remembered in a file; nothing when it is not there, or of another version.
    pub fn load(path: &Path) -> Self {
        let bytes = disk::read_if_there(path).ok().flatten().unwrap_or_default();
        serde_json::from_slice(&bytes).ok().filter(|m: &Self| m.version == VERSION).unwrap_or_default()
    }

    /// Writes what this run has seen, if it differs from what was loaded.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        if self.fresh == self.known {
            return Ok(());
        }
        let memory = Self { version: VERSION, known: self.fresh.clone(), fresh: Known::default() };
        disk::write_atomically(path, &serde_json::to_vec(&memory).map_err(io::Error::other)?)
    }

    /// Forgets everything that this run has seen but these files.
    pub fn keep_only(&mut self, paths: &BTreeSet<&str>) {
        let Known { files, stills, clips, refused_stills, refused_clips } = &mut self.fresh;
        files.retain(|path, _| paths.contains(path.as_str()));
        let kept: BTreeSet<Digest> = files.values().map(|(_, digest)| *digest).collect();
        stills.retain(|digest, _| kept.contains(digest));
        clips.retain(|digest, _| kept.contains(digest));
        refused_stills.clear();
        refused_clips.clear();
    }

    /// The digest of a file whose stat is as it was.
    pub(super) fn digest(&self, path: &str, stat: FileStat) -> Option<Digest> {
        self.known.files.get(path).filter(|(known, _)| *known == stat).map(|(_, digest)| *digest)
    }

    /// What is known of a still with these bytes: its facts, or why it was refused.
    pub(super) fn still(&self, digest: Digest, limits: &still::Limits) -> Option<Result<still::Facts, still::Refusal>> {
        let fits = |facts: &&still::Facts| u64::from(facts.width) * u64::from(facts.height) <= limits.max_pixels;
        let facts = self.known.stills.get(&digest).filter(fits).cloned();
        let refused = || self.known.refused_stills.get(&digest).filter(|(most, _)| *most == limits.max_pixels);
        facts.map(Ok).or_else(|| refused().map(|(_, refusal)| Err(refusal.clone())))
    }

    pub(super) fn clip(&self, digest: Digest) -> Option<Result<clip::Facts, clip::Refusal>> {
        let refused = || self.known.refused_clips.get(&digest).cloned().map(Err);
        self.known.clips.get(&digest).cloned().map(Ok).or_else(refused)
    }

    pub(super) fn remember_still(&mut self, surveyed: &Surveyed<still::Facts>) {
        self.fresh.stills.insert(surveyed.digest, surveyed.facts.clone());
    }

    pub(super) fn remember_clip(&mut self, surveyed: &Surveyed<clip::Facts>) {
        self.fresh.clips.insert(surveyed.digest, surveyed.facts.clone());
    }

    pub(super) fn remember_refused_still(&mut self, digest: Digest, refusal: &still::Refusal, limits: &still::Limits) {
        self.fresh.refused_stills.insert(digest, (limits.max_pixels, refusal.clone()));
    }

    pub(super) fn remember_refused_clip(&mut self, digest: Digest, refusal: &clip::Refusal) {
        self.fresh.refused_clips.insert(digest, refusal.clone());
    }

    /// Remembers what a file holds by its stat. `seen` is when it was looked at first: a file that is younger may
    /// have been changed again unnoticed, so its stat is not trusted.
    pub(super) fn remember_file(&mut self, path: &str, stat: FileStat, digest: Digest, seen: u128) {
        if stat.is_settled(seen) {
            self.fresh.files.insert(path.to_owned(), (stat, digest));
        }
    }
}
