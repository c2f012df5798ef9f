//! Where a site may be another than it was.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What somebody who watches the site has seen since the run before. Only a hint where to look.
#[derive(Debug, Clone, Default)]
pub enum Touched {
    /// Nobody knows: everything is looked at.
    #[default]
    Anything,
    /// What is at these paths, named absolutely, and below them.
    Paths(BTreeSet<PathBuf>),
}

impl Touched {
    /// The paths that concern a folder: those in it, itself, and those that it is in. `None`: nobody knows.
    pub(super) fn within<'t>(&'t self, folder: &'t Path) -> Option<impl Iterator<Item = &'t Path>> {
        match self {
            Touched::Anything => None,
            Touched::Paths(all) => {
                let all = all.iter().map(PathBuf::as_path);
                Some(all.filter(move |one| one.starts_with(folder) || folder.starts_with(one)))
            }
        }
    }
}
