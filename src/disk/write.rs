//! Writes that are whole or do not happen.

use std::io::{self, Write};
use std::path::Path;

/// Writes beside the target and renames over it, so that nobody ever reads half a file.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_through(path.parent().unwrap_or(Path::new(".")), path, bytes)
}

/// Adds to the end of a file, which is made when it is not there.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut file = std::fs::File::options().create(true).append(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// The same with the unfinished file in another folder of the same disk, where whoever comes after a
/// write that was killed can find it.
pub fn write_through(staging: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    make_folders(staging, path)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".backlot-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(staging)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
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

fn make_folders(staging: &Path, path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(staging)?;
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))
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
    make_folders(staging, target)?;
    let temporary = tempfile::Builder::new().prefix(".backlot-").tempfile_in(staging)?.into_temp_path();
    std::fs::copy(source, &temporary)?;
    #[cfg(unix)]
    std::fs::set_permissions(&temporary, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    temporary.persist(target).map_err(|error| error.error)
}
