//! One build at a time: an advisory lock on a file in the cache.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// How often a lock file that was deleted meanwhile is made anew.
const ATTEMPTS: usize = 16;

/// Held while a build writes; let go when dropped, or when the process ends in any way.
#[derive(Debug)]
pub struct BuildLock {
    _file: File,
}

impl BuildLock {
    /// Takes the lock. When another build holds it, calls `waiting` once and waits.
    pub fn take(path: &Path, waiting: impl FnOnce()) -> io::Result<Self> {
        let mut waiting = Some(waiting);
        for _ in 0..ATTEMPTS {
            let file = open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if let Some(waiting) = waiting.take() {
                        waiting();
                    }
                    file.lock()?;
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            if is_at(&file, path) {
                return Ok(Self { _file: file });
            }
        }
        Err(io::Error::other("its lock file is deleted again and again"))
    }
}

/// The lock file, made with its folder where it is missing.
fn open(path: &Path) -> io::Result<File> {
    let mut tries = 0;
    loop {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        match File::options().create(true).truncate(false).write(true).open(path) {
            // Somebody deletes the folder at this moment.
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < ATTEMPTS => tries += 1,
            opened => return opened,
        }
    }
}

/// Whether an open file is still the one at its path: who has waited for a file that was deleted
/// meanwhile holds a lock that nobody else can see.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(own), Ok(there)) => identity(own) == identity(there),
        _ => false,
    }
}

/// Open files cannot be deleted.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_lock_on_a_file_that_was_deleted_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let first = open(&path).expect("a lock file");
        assert!(is_at(&first, &path));
        std::fs::remove_file(&path).expect("it is deleted");
        assert!(!is_at(&first, &path));
        let second = BuildLock::take(&path, || {}).expect("a lock");
        assert!(!is_at(&first, &path), "{second:?} is on another file");
    }
}
