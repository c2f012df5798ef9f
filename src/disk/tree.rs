//! What lies in a folder.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

/// What the file system says of a file without opening it. Equal stats of an old enough file mean
/// equal content.
///
/// Size, time and inode alone can agree by accident, or because a tool put the old time back: so can those of
/// another file on another disk, where this stat was carried to. The time of the last change of any kind is the
/// system's own and cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStat {
    /// Bytes.
    pub size: u64,
    /// Last change of content, nanoseconds since 1970.
    pub modified: u128,
    /// Identity on its disk; 0 where the system has none.
    pub inode: u64,
    /// Last change of any kind, nanoseconds since 1970; where the system does not know, as `modified`.
    pub changed: u128,
}

impl FileStat {
    /// Whether the file was left alone for so long before `seen`, nanoseconds since 1970, that no later change can
    /// hide within the same tick of the file system's clock.
    pub fn is_settled(&self, seen: u128) -> bool {
        seen.saturating_sub(self.changed) > YOUNG_NANOSECONDS
    }

    /// Whether a change from `now` on (nanoseconds since 1970) would give another stat, on this machine's own disks: the
    /// clock of the file system must have gone on since. One that knows parts of seconds ticks a hundred times in each.
    pub fn is_told_apart(&self, now: u128) -> bool {
        const SECOND: u128 = 1_000_000_000;
        let tick = if self.changed.is_multiple_of(SECOND) { YOUNG_NANOSECONDS } else { SECOND / 20 };
        now.saturating_sub(self.changed) > tick
    }
}

/// The coarsest clocks of file systems tick every two seconds.
const YOUNG_NANOSECONDS: u128 = 3_000_000_000;

/// A file found by [`walk`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFile {
    /// Path below the walked folder with `/`, in Unicode's composed form (NFC), so that names typed
    /// by hand are found on every system.
    pub path: String,
    /// Where it is.
    pub on_disk: PathBuf,
    /// Its stat.
    pub stat: FileStat,
}

/// The stat of a file, links followed.
pub fn stat(path: &Path) -> io::Result<FileStat> {
    std::fs::metadata(path).map(|m| stat_of(&m))
}

/// The same, of a file only: of what is none there is nothing.
pub fn stat_of_file(path: &Path) -> Option<FileStat> {
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|m| stat_of(&m))
}

fn stat_of(metadata: &std::fs::Metadata) -> FileStat {
    let modified = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |d| d.as_nanos());
    FileStat { size: metadata.len(), modified, inode: inode(metadata), changed: changed(metadata).unwrap_or(modified) }
}

#[cfg(unix)]
fn changed(metadata: &std::fs::Metadata) -> Option<u128> {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanoseconds) = (u128::try_from(metadata.ctime()).ok()?, u128::try_from(metadata.ctime_nsec()).ok()?);
    Some(seconds * 1_000_000_000 + nanoseconds)
}

#[cfg(not(unix))]
fn changed(_: &std::fs::Metadata) -> Option<u128> {
    None
}

#[cfg(unix)]
fn inode(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &std::fs::Metadata) -> u64 {
    0
}

/// Bytes of all files below a folder; what cannot be read counts as nothing.
pub fn size_below(root: &Path) -> u64 {
    let files = WalkDir::new(root).into_iter().filter_map(Result::ok).filter_map(|entry| entry.metadata().ok());
    files.filter(std::fs::Metadata::is_file).map(|metadata| metadata.len()).sum()
}

/// The names in a folder, not in any order; none when it is not there.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    // Backlot's own names are plain; others are nobody's who asks here.
    entries.filter_map(|entry| entry.map(|entry| entry.file_name().into_string().ok()).transpose()).collect()
}

/// All files below `root`, links followed, in the order of their paths. Folders for which `enter`
/// says no are left out. What cannot be read comes as an error with its path.
pub fn walk(root: &Path, enter: impl Fn(&str, &Path) -> bool) -> (Vec<TreeFile>, Vec<(String, io::Error)>) {
    let (mut found, mut troubles) = (Vec::new(), Vec::new());
    let walker = WalkDir::new(root).follow_links(true).min_depth(1).into_iter();
    let walker = walker.filter_entry(|entry| {
        !entry.file_type().is_dir() || relative(root, entry.path()).is_none_or(|p| enter(&p, entry.path()))
    });
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let Some(path) = relative(root, entry.path()) else {
                    let error = io::Error::new(io::ErrorKind::InvalidData, "its name is not readable text; rename it");
                    troubles.push((entry.path().to_string_lossy().into_owned(), error));
                    continue;
                };
                found.push((path, entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().and_then(|p| relative(root, p)).unwrap_or_default();
                troubles.push((path, error.into()));
            }
        }
    }
    let stats: Vec<io::Result<FileStat>> = found.par_iter().map(|(_, on_disk)| self::stat(on_disk)).collect();
    let mut files = Vec::with_capacity(found.len());
    for ((path, on_disk), stat) in found.into_iter().zip(stats) {
        match stat {
            Ok(stat) => files.push(TreeFile { path, on_disk, stat }),
            Err(error) => troubles.push((path, error)),
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, troubles)
}

/// All files below `root` that are really there, in the order of their paths: a link comes as an error with its
/// path, whatever it leads to.
pub fn walk_without_links(root: &Path) -> (Vec<TreeFile>, Vec<(String, io::Error)>) {
    let (mut files, mut troubles) = (Vec::new(), Vec::new());
    // The folder itself may be a link: that is its owner's own choice.
    let root = super::canonical(root);
    for entry in WalkDir::new(&root).follow_links(false).min_depth(1) {
        let found = entry.map_err(io::Error::from).and_then(|entry| {
            let path = relative(&root, entry.path()).unwrap_or_else(|| entry.path().to_string_lossy().into_owned());
            let metadata = entry.metadata().map_err(io::Error::from)?;
            Ok((entry, path, metadata))
        });
        match found {
            Ok((entry, path, _)) if entry.path_is_symlink() => {
                let error = io::Error::new(io::ErrorKind::InvalidInput, "it is a link to somewhere else");
                troubles.push((path, error));
            }
            Ok((entry, path, metadata)) if metadata.is_file() => {
                files.push(TreeFile { path, on_disk: entry.path().to_owned(), stat: stat_of(&metadata) });
            }
            Ok(_) => {}
            Err(error) => troubles.push((String::new(), error)),
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, troubles)
}

/// All symlinks below `root` with what they lead to, those behind a link to a folder too. Paths for
/// which `enter` says no are left out.
pub fn links(root: &Path, enter: impl Fn(&Path) -> bool) -> Vec<(PathBuf, PathBuf)> {
    let walker = WalkDir::new(root).follow_links(true).into_iter().filter_entry(|entry| enter(entry.path()));
    let mut found = Vec::new();
    for entry in walker {
        let link = match &entry {
            Ok(entry) if entry.path_is_symlink() => entry.path(),
            // It leads nowhere, or in a circle.
            Err(error) if error.path().is_some_and(Path::is_symlink) => error.path().unwrap_or(root),
            _ => continue,
        };
        if let (Ok(target), Some(folder)) = (std::fs::read_link(link), link.parent()) {
            found.push((link.to_owned(), folder.join(target)));
        }
    }
    found
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let path = parts?.join("/");
    // Nearly all are, and then there is nothing to compose.
    Some(if path.is_ascii() { path } else { path.nfc().collect() })
}
