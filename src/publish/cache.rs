//! The cache folder, `.backlot/`: what was made, by key. Safe to delete, to carry and to share.

use crate::develop::{self, Preview};
use crate::disk::{self, Digest};
use crate::plan::Previews;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// A cache folder.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct PreviewFile {
    version: u32,
    previews: Previews,
}

impl Cache {
    /// The cache in a folder, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where facts of media are remembered.
    pub fn facts(&self) -> PathBuf {
        self.root.join("facts.json")
    }

    /// What two builds lock.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// Where the result of a key is, whether it is there or not.
    pub fn place(&self, key: Digest) -> PathBuf {
        let name = key.to_string();
        let (shelf, rest) = name.split_at(2);
        self.root.join("made").join(shelf).join(rest)
    }

    /// Where the site with all that is held goes, for the preview alone.
    pub fn insiders(&self) -> PathBuf {
        self.root.join("insiders")
    }

    /// Whether the result of a key is there. An empty file is a write that failed.
    pub fn has(&self, key: Digest) -> bool {
        disk::stat(&self.place(key)).is_ok_and(|stat| stat.size > 0)
    }

    /// Stores the result of a key.
    pub fn put(&self, key: Digest, bytes: &[u8]) -> io::Result<()> {
        disk::write_atomically(&self.place(key), bytes)
    }

    /// Previews known from earlier builds.
    pub fn previews(&self) -> Previews {
        let bytes = disk::read_if_there(&self.preview_file()).ok().flatten().unwrap_or_default();
        let known: Option<PreviewFile> = serde_json::from_slice(&bytes).ok();
        known.filter(|file| file.version == develop::VERSION).map(|file| file.previews).unwrap_or_default()
    }

    /// Remembers previews.
    pub fn save_previews(&self, previews: &Previews) -> io::Result<()> {
        let file = PreviewFile { version: develop::VERSION, previews: previews.clone() };
        disk::write_atomically(&self.preview_file(), &serde_json::to_vec(&file).map_err(io::Error::other)?)
    }

    fn preview_file(&self) -> PathBuf {
        self.root.join("previews.json")
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// A preview and the still it is of.
pub(super) type Found = (Digest, Preview);
