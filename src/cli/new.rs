//! `backlot new DIR`: a site that builds at once and whose files explain themselves.

use crate::disk;
use include_dir::{Dir, include_dir};
use std::path::Path;

static SCAFFOLD: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/scaffold");

/// Writes the scaffold into a folder that is empty or not there yet.
pub(super) fn run(folder: &Path) -> u8 {
    if !disk::is_empty_folder(folder) {
        super::tell(&format!("`{}` is not empty. Name a folder that does not exist yet.", folder.display()));
        return super::WRONG_USE;
    }
    if let Err(error) = write(&SCAFFOLD, folder) {
        super::tell(&format!("`{}` cannot be written: {error}", folder.display()));
        return super::SITE_HAS_ERRORS;
    }
    let shown = folder.display();
    super::tell(&format!(
        "A new site is in `{shown}`. Begin with `{shown}/site.toml`, then build it:\n\n    backlot build {shown}\n\nand open `{shown}/public/index.html` in your browser."
    ));
    super::DONE
}

fn write(folder: &Dir<'_>, target: &Path) -> std::io::Result<()> {
    for file in folder.files() {
        disk::write_atomically(&target.join(file.path()), file.contents())?;
    }
    folder.dirs().try_for_each(|inner| write(inner, target))
}
