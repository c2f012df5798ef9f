//! What Backlot has written into an output folder, in `.backlot-output.json` there.

use crate::clearance::Audience;
use crate::disk;
use crate::plan::{MANIFEST as NAME, UNFINISHED};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

const VERSION: u32 = 1;

/// The files of an output folder that are ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    audience: String,
    /// Paths with `/`.
    pub files: BTreeSet<String>,
}

impl Manifest {
    /// For files of an audience.
    pub fn new(audience: Audience, files: BTreeSet<String>) -> Self {
        Self { version: VERSION, audience: audience.name().to_owned(), files }
    }

    /// Where it is in an output folder.
    pub(super) fn place(output: &Path) -> PathBuf {
        output.join(NAME)
    }

    /// Of an output folder; `None` when there is none, or one that cannot be read.
    pub fn load(output: &Path) -> io::Result<Option<Self>> {
        let bytes = disk::read_if_there(&Self::place(output))?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).filter(|m: &Self| m.version == VERSION))
    }

    /// Whether it was written for this audience.
    pub fn is_for(&self, audience: Audience) -> bool {
        self.audience == audience.name()
    }

    /// Writes it, unless it is there already.
    pub(super) fn save(&self, output: &Path) -> io::Result<()> {
        if Self::load(output)?.as_ref() == Some(self) {
            return Ok(());
        }
        let mut text = serde_json::to_vec_pretty(self).map_err(io::Error::other)?;
        text.push(b'\n');
        disk::write_through(&output.join(UNFINISHED), &output.join(NAME), &text)
    }
}
