//! Links in the site folder that lead out of it, such as stills on another disk. The system tells of
//! changes only where the files really are, so that is where they are watched.

use crate::disk;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where links lead, by their own absolute paths.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Links(BTreeMap<PathBuf, PathBuf>);

impl Links {
    /// All links below `folders` of the site, which are named absolutely.
    pub(super) fn below(folders: &[PathBuf], skip: &[PathBuf]) -> Self {
        let found = folders.iter().flat_map(|folder| disk::links(folder, |path| !skip.iter().any(|s| s == path)));
        Self(found.map(|(link, target)| (link, disk::canonical(&target))).collect())
    }

    /// What has to be watched for them: the folder itself, or that of a file, or the next one above
    /// that is there; and whether all below it counts.
    pub(super) fn watched(&self) -> BTreeMap<PathBuf, bool> {
        let mut wanted = BTreeMap::new();
        for target in self.0.values() {
            let folder = disk::is_folder(target);
            let place =
                if folder { Some(target.as_path()) } else { target.ancestors().skip(1).find(|p| disk::is_folder(p)) };
            if let Some(place) = place {
                *wanted.entry(place.to_owned()).or_insert(false) |= folder;
            }
            // A folder that is renamed or replaced is noticed only from above.
            if let Some(above) = target.parent().filter(|above| folder && disk::is_folder(above)) {
                wanted.entry(above.to_owned()).or_insert(false);
            }
        }
        wanted
    }

    /// The places in the site where a change at `path` can be seen.
    pub(super) fn seen_at(&self, path: &Path) -> Vec<PathBuf> {
        let of = |(link, target): (&PathBuf, &PathBuf)| match path.strip_prefix(target) {
            Ok(rest) if rest.as_os_str().is_empty() => Some(link.clone()),
            Ok(rest) => Some(link.join(rest)),
            // Something above the target was changed.
            Err(_) => target.starts_with(path).then(|| link.clone()),
        };
        self.0.iter().filter_map(of).collect()
    }

    /// Whether something is watched for them that is on a disk which tells nothing.
    pub(super) fn targets(&self) -> impl Iterator<Item = &Path> {
        self.0.values().map(PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_at_a_target_is_one_at_the_link() {
        let links = Links(
            [("/site/media/day".into(), "/nas/day".into()), ("/site/media/a.jpg".into(), "/nas/x.jpg".into())].into(),
        );
        let at = |path: &str| links.seen_at(Path::new(path));
        assert_eq!(at("/nas/day/1.jpg"), [PathBuf::from("/site/media/day/1.jpg")]);
        assert_eq!(at("/nas/day"), [PathBuf::from("/site/media/day")]);
        assert_eq!(at("/nas/x.jpg"), [PathBuf::from("/site/media/a.jpg")]);
        assert_eq!(at("/nas").len(), 2);
        assert!(at("/nas/y.jpg").is_empty() && at("/nas/day2/1.jpg").is_empty());
    }
}
