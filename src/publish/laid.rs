//! What is known of an output folder from the run before, so that what was laid there need not be read again.
//!
//! A file whose stat is as it was, and was old enough then, has the bytes that it had.

use super::manifest::Manifest;
use crate::disk::{self, FileStat};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder that was looked at last.
#[derive(Debug, Default)]
pub struct Laid {
    folder: PathBuf,
    manifest: Option<(FileStat, Arc<Manifest>)>,
    /// Bytes by path, in no order.
    files: HashMap<String, (FileStat, Arc<[u8]>)>,
}

impl Laid {
    /// Forgets another folder.
    pub(super) fn turn_to(&mut self, folder: &Path) {
        if self.folder != folder {
            *self = Self { folder: folder.to_owned(), ..Self::default() };
        }
    }

    /// The manifest of the folder.
    pub(super) fn manifest(&mut self) -> std::io::Result<Option<Arc<Manifest>>> {
        let seen = disk::now();
        let stat = disk::stat(&Manifest::place(&self.folder)).ok().filter(|stat| stat.is_settled(seen));
        if let Some((known, manifest)) = &self.manifest
            && stat == Some(*known)
        {
            return Ok(Some(Arc::clone(manifest)));
        }
        let manifest = Manifest::load(&self.folder)?.map(Arc::new);
        self.manifest = stat.zip(manifest.clone());
        Ok(manifest)
    }

    /// Whether a file is known to have these very bytes.
    pub(super) fn has(&self, path: &str, stat: FileStat, bytes: &Arc<[u8]>) -> bool {
        self.files.get(path).is_some_and(|(known, there)| *known == stat && Arc::ptr_eq(there, bytes))
    }

    /// Knows the files that were found to have these bytes, and no others.
    pub(super) fn keep(&mut self, files: HashMap<String, (FileStat, Arc<[u8]>)>) {
        self.files = files;
    }
}
