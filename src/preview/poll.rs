//! When the system's own watching is not enough: disks that tell nothing, and how often to look then.

use crate::disk;
use std::path::Path;
use std::time::Duration;

/// Looking takes at most about this part of the time.
const SHARE: u32 = 20;
const SHORTEST: Duration = Duration::from_millis(700);
const LONGEST: Duration = Duration::from_secs(15);

/// File systems on which changes that others make come without a word.
const SILENT: &[&str] = &[
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "drvfs", "fuse", "fuseblk", "gpfs", "grpcfuse", "lustre", "ncpfs",
    "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
];

/// How long to wait before looking again, when looking takes `cost`.
pub(super) fn pause(cost: Duration) -> Duration {
    (cost * SHARE).clamp(SHORTEST, LONGEST)
}

/// Whether a folder is on a disk of which it is known that it tells nothing. Systems without a
/// list of mounts are believed; there the probe decides.
pub(super) fn is_silent(folder: &Path) -> bool {
    let mounts = disk::read_if_there(Path::new("/proc/self/mounts")).ok().flatten().unwrap_or_default();
    kind_of(&String::from_utf8_lossy(&mounts), folder)
        .is_some_and(|kind| SILENT.contains(&kind.as_str()) || kind.starts_with("fuse."))
}

/// The kind of the file system that a path is on: that of the longest mount point above it, the last
/// of equals (fstab(5): device, mount point with octal escapes, kind).
fn kind_of(mounts: &str, path: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(point), Some(kind)) = (fields.next(), fields.next()) else { continue };
        let point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
        if path.starts_with(&point) && best.is_none_or(|(length, _)| point.len() >= length) {
            best = Some((point.len(), kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "/dev/a / ext4 rw 0 0\nnas:/x /mnt/film\\040stills nfs4 rw 0 0\n//pc/y /mnt/pc cifs rw 0 0\n";
        let kind = |path: &str| kind_of(mounts, Path::new(path));
        assert_eq!(kind("/home/x").as_deref(), Some("ext4"));
        assert_eq!(kind("/mnt/film stills/day").as_deref(), Some("nfs4"));
        assert_eq!(kind("/mnt/pc").as_deref(), Some("cifs"));
        assert_eq!(kind("/mnt/pc2").as_deref(), Some("ext4"));
    }

    #[test]
    fn a_slow_look_is_taken_less_often() {
        assert_eq!(pause(Duration::ZERO), SHORTEST);
        assert_eq!(pause(Duration::from_millis(100)), Duration::from_secs(2));
        assert_eq!(pause(Duration::from_secs(60)), LONGEST);
    }
}
