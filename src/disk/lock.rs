//! One build at a time: an advisory lock on a file in the cache.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Held while a build writes; let go when dropped, or when the process ends in any way.
#[derive(Debug)]
pub struct BuildLock {
    _file: File,
}

impl BuildLock {
    /// Takes the lock. When another build holds it, calls `waiting` once and waits.
    pub fn take(path: &Path, waiting: impl FnOnce()) -> io::Result<Self> {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        Ok(Self { _file: file })
    }
}
