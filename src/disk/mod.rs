//! The only door to the file system.
//!
//! Reading a tree, digests, whole-or-nothing writes and the lock that keeps two builds apart. It
//! knows nothing of films.

mod digest;
mod lock;
mod tree;
mod write;

pub use digest::Digest;
pub use lock::BuildLock;
pub use tree::{FileStat, TreeFile, links, names, size_below, stat, stat_of_file, walk, walk_without_links};
pub use write::{
    Staged, append, append_for_good, copy_through, remove_empty_folders, remove_folder, scratch, write_atomically,
    write_through,
};

use std::io::{self, Read, Seek};
use std::path::Path;

/// A whole file.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// Up to `length` bytes of a file from `offset` on; fewer only at its end.
pub fn read_part(path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut file = std::fs::File::open(path)?;
    file.seek(io::SeekFrom::Start(offset))?;
    let mut bytes = Vec::with_capacity(length);
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Now, nanoseconds since 1970: to tell the age of files and of what is remembered, never to be published.
pub fn now() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos())
}

/// A whole file, or `None` when there is none.
pub fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes a folder and those above it, where they are missing.
pub fn make_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

/// Removes a file; one that is gone already is fine.
pub fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether the path is there, and a file.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether the path is there, and a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Names of the folders in a folder, in order.
pub fn folders(path: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if entry.path().is_dir()
            && let Ok(name) = entry.file_name().into_string()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Whether the path itself is a link.
pub fn is_link(path: &Path) -> bool {
    path.is_symlink()
}

/// The path without symlinks and dots, as far as it exists.
pub fn canonical(path: &Path) -> std::path::PathBuf {
    let mut missing = Vec::new();
    let mut known = path.to_path_buf();
    loop {
        if let Ok(found) = known.canonicalize() {
            return missing.iter().rev().fold(found, |path, name| path.join(name));
        }
        match (known.file_name().map(ToOwned::to_owned), known.parent()) {
            (Some(name), Some(parent)) => {
                missing.push(name);
                known = if parent.as_os_str().is_empty() { ".".into() } else { parent.to_path_buf() };
            }
            _ => return path.to_path_buf(),
        }
    }
}

/// Whether anything is at the path.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether the path is a folder with nothing in it, or is not there at all.
pub fn is_empty_folder(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}
