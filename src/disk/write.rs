//! Writes that are whole or do not happen.

use std::io::{self, Write};
use std::path::Path;

/// Writes beside the target and renames over it, so that nobody ever reads half a file.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".backlot-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder)?;
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

/// Copies beside the target and renames over it. Where the disk can share blocks, it does.
pub fn copy_atomically(source: &Path, target: &Path) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let temporary = tempfile::Builder::new().prefix(".backlot-").tempfile_in(folder)?.into_temp_path();
    std::fs::copy(source, &temporary)?;
    #[cfg(unix)]
    std::fs::set_permissions(&temporary, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    temporary.persist(target).map_err(|error| error.error)
}
