//! Writes that are whole or do not happen.

use std::io::{self, Write};
use std::path::Path;
use tempfile::TempPath;

/// How often a write is begun anew when its folder is deleted under it.
const ATTEMPTS: usize = 8;

/// A whole file that is not in its place yet; without [`Staged::put`] it is removed.
#[derive(Debug)]
pub struct Staged {
    temporary: TempPath,
}

impl Staged {
    /// Bytes, in a folder on the disk of their place.
    pub fn bytes(staging: &Path, bytes: &[u8]) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".backlot-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let mut file = builder.tempfile_in(staging)?;
        file.write_all(bytes)?;
        Ok(Self { temporary: file.into_temp_path() })
    }

    /// A copy of a file. Where the disk can share blocks, it does.
    pub fn copy(staging: &Path, source: &Path) -> io::Result<Self> {
        let temporary = tempfile::Builder::new().prefix(".backlot-").tempfile_in(staging)?.into_temp_path();
        std::fs::copy(source, &temporary)?;
        #[cfg(unix)]
        std::fs::set_permissions(&temporary, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        Ok(Self { temporary })
    }

    /// What is in it.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        std::fs::read(&self.temporary)
    }

    /// Puts it in its place, over what is there.
    pub fn put(self, target: &Path) -> io::Result<()> {
        std::fs::create_dir_all(target.parent().unwrap_or(Path::new(".")))?;
        self.temporary.persist(target).map_err(|error| error.error)
    }
}

/// Adds to the end of a file, which is made where it is missing, and waits until it is on the disk.
pub fn append_for_good(path: &Path, bytes: &[u8]) -> io::Result<()> {
    append(path, bytes)?;
    std::fs::File::options().append(true).open(path)?.sync_data()
}

/// Adds to the end of a file, which is made where it is missing.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = path.parent().unwrap_or(Path::new("."));
    again_without_folder(|| {
        std::fs::create_dir_all(parent)?;
        let mut file = std::fs::File::options().create(true).append(true).open(path)?;
        file.write_all(bytes)
    })
}

/// Tries once more when somebody deletes the folder at this moment.
fn again_without_folder(work: impl Fn() -> io::Result<()>) -> io::Result<()> {
    let mut tries = 0;
    loop {
        match work() {
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < ATTEMPTS => tries += 1,
            done => return done,
        }
    }
}

/// Writes beside the target and renames over it, so that nobody ever reads half a file.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_through(path.parent().unwrap_or(Path::new(".")), path, bytes)
}

/// The same with the unfinished file in another folder of the same disk, where whoever comes after a
/// write that was killed can find it.
pub fn write_through(staging: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    again_without_folder(|| {
        std::fs::create_dir_all(staging)?;
        Staged::bytes(staging, bytes)?.put(path)
    })
}

/// Removes `folder` and its parents up to `root` (kept) as long as they are empty.
pub fn remove_empty_folders(folder: &Path, root: &Path) {
    let mut current = folder;
    // A folder that is not empty, or is in use, stays: removal is tidiness, not correctness.
    while current != root && current.starts_with(root) && std::fs::remove_dir(current).is_ok() {
        match current.parent() {
            Some(parent) => current = parent,
            None => return,
        }
    }
}

/// A folder for unfinished work outside of every site, which goes away with what is handed back.
pub fn scratch() -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix("backlot-").tempdir()
}

/// Removes a folder with all that is in it; one that is not there is fine.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Copies into `staging` and renames over the target. Where the disk can share blocks, it does.
pub fn copy_through(staging: &Path, source: &Path, target: &Path) -> io::Result<()> {
    std::fs::create_dir_all(staging)?;
    Staged::copy(staging, source)?.put(target)
}
