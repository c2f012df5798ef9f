//! Putting the site into its output folder: whole or untouched.
//!
//! Everything is made before the first file is touched. Then new files come, then pages change,
//! then old files go, each by a rename, so that a build that is killed leaves pages that are whole
//! and find all they need. The manifest covers old and new files meanwhile.

use super::finished::{Finished, Made};
use super::manifest::{self, Manifest};
use crate::clearance::Audience;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk;
use crate::plan::{MANIFEST, UNFINISHED};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where the site goes.
#[derive(Debug, Clone)]
pub struct Output {
    /// The folder.
    pub folder: PathBuf,
    /// For whom.
    pub audience: Audience,
}

/// What writing did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Pages of the site.
    pub pages: usize,
    /// Files of the site.
    pub files: usize,
    /// Bytes of the site.
    pub bytes: u64,
    /// Files that were new or changed.
    pub written: usize,
    /// Files that were removed.
    pub removed: usize,
}

impl Output {
    /// Refuses a folder that is not empty and not ours, or that belongs to another audience.
    pub fn check(&self, messages: &mut Diagnostics) -> Option<Manifest> {
        let shown = self.folder.display();
        let origin = Origin::whole(shown.to_string());
        if let Some(around) = self.around() {
            messages.push(
                Diagnostic::error(
                    codes::OUTPUT_NOT_OURS,
                    format!(
                        "`{shown}` lies in `{}`, which is a finished site itself: it would go online with that",
                        around.display()
                    ),
                )
                .at(&origin)
                .hint("Name a folder outside of it with `--output`."),
            );
            return None;
        }
        // What a build that was killed has left. Without it a first build that was killed has left nothing.
        let swept = disk::remove_folder(&self.folder.join(UNFINISHED));
        match swept.and_then(|()| Manifest::load(&self.folder)) {
            Ok(Some(manifest)) if manifest.is_for(self.audience) => Some(manifest),
            Ok(Some(_)) => {
                messages.push(
                    Diagnostic::error(codes::OUTPUT_NOT_OURS, format!("`{shown}` holds the site for another audience"))
                        .at(&origin)
                        .hint(
                            "Name another folder with `--output`, or leave it out: each audience has one of its own.",
                        ),
                );
                None
            }
            Ok(None) if disk::is_empty_folder(&self.folder) => Some(Manifest::new(self.audience, BTreeSet::new())),
            Ok(None) => {
                messages.push(
                    Diagnostic::error(
                        codes::OUTPUT_NOT_OURS,
                        format!("`{shown}` is not empty, and Backlot did not write what is in it"),
                    )
                    .at(&origin)
                    .hint("Name another folder with `--output`, or empty this one yourself."),
                );
                None
            }
            Err(error) => {
                messages.push(
                    Diagnostic::error(codes::UNREADABLE, format!("`{shown}` cannot be read: {error}")).at(&origin),
                );
                None
            }
        }
    }
}

impl Output {
    /// The output of another build in which this folder lies.
    fn around(&self) -> Option<PathBuf> {
        let folder = disk::canonical(&self.folder);
        let mut above = folder.ancestors().skip(1);
        above.find(|above| disk::is_there(&above.join(MANIFEST))).map(Path::to_owned)
    }
}

/// Writes everything that differs. `None`, and messages, when anything failed; then the output is as
/// it was, unless the disk failed half-way.
pub fn write(site: &Finished, output: &Output, before: &Manifest, messages: &mut Diagnostics) -> Option<Written> {
    report_foreign(site, output, before, messages);
    if messages.has_errors() {
        return None;
    }
    match commit(site, output, before) {
        Ok(written) => Some(written),
        Err(error) => {
            let message = format!("the site cannot be written: {error}");
            messages.push(
                Diagnostic::error(codes::WRITE_FAILED, message).at(&Origin::whole(output.folder.display().to_string())),
            );
            None
        }
    }
}

/// A file that somebody else put where one of ours has to go.
fn report_foreign(site: &Finished, output: &Output, before: &Manifest, messages: &mut Diagnostics) {
    for (path, _) in site.iter() {
        let target = output.folder.join(path);
        if !before.files.contains(path) && disk::is_there(&target) && !is_our_folder(path, &target, before) {
            messages.push(
                Diagnostic::error(
                    codes::OUTPUT_NOT_OURS,
                    format!("`{path}` in the output folder was not written by Backlot"),
                )
                .at(&Origin::whole(output.folder.join(path).display().to_string()))
                .hint("Move it into `static/` of the site if it belongs to it, or remove it."),
            );
        }
    }
}

/// Whether there is a folder in which all files are ours: it will be empty, and then gone.
fn is_our_folder(path: &str, target: &Path, before: &Manifest) -> bool {
    let (files, troubles) = disk::walk(target, |_, _| true);
    let ours = |file: &disk::TreeFile| before.files.contains(&format!("{path}/{}", file.path));
    disk::is_folder(target) && troubles.is_empty() && files.iter().all(ours)
}

/// Pages are changed after everything they need is there.
fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".xml")
}

fn commit(site: &Finished, output: &Output, before: &Manifest) -> std::io::Result<Written> {
    let mut result = Written { pages: site.pages(), files: site.len(), ..Written::default() };
    let after: BTreeSet<String> = site.iter().map(|(path, _)| path.to_owned()).collect();
    let mut changed = Vec::new();
    for (path, made) in site.iter() {
        let target = output.folder.join(path);
        let (size, same) = compare(path, made, &target, before)?;
        result.bytes += size;
        if !same {
            changed.push((path, made, target));
        }
    }
    changed.sort_by_key(|(path, ..)| (is_page(path), *path));
    if !changed.is_empty() || before.files != after {
        let both = before.files.union(&after).cloned().collect();
        Manifest::new(output.audience, both).save(&output.folder)?;
    }
    // A file where a folder is to be, or the reverse, has to make room first.
    let (early, late): (Vec<&String>, Vec<&String>) =
        before.files.difference(&after).partition(|path| is_in_the_way(path, &after));
    result.removed = early.len() + late.len();
    early.iter().try_for_each(|path| remove(path, output))?;
    let staging = output.folder.join(UNFINISHED);
    for (_, made, target) in &changed {
        match made {
            Made::Bytes(bytes) => disk::write_through(&staging, target, bytes)?,
            Made::Cached(source) => disk::copy_through(&staging, source, target)?,
            Made::Copied(source) => disk::copy_through(&staging, &source.on_disk, target)?,
        }
        result.written += 1;
    }
    late.iter().try_for_each(|path| remove(path, output))?;
    Manifest::new(output.audience, after).save(&output.folder)?;
    disk::remove_folder(&staging)?;
    Ok(result)
}

fn is_in_the_way(path: &str, after: &BTreeSet<String>) -> bool {
    let folder = format!("{path}/");
    let holds = after.range(folder.clone()..).next().is_some_and(|new| new.starts_with(&folder));
    holds || path.match_indices('/').any(|(end, _)| after.contains(&path[..end]))
}

fn remove(path: &str, output: &Output) -> std::io::Result<()> {
    let target = output.folder.join(path);
    disk::remove(&target)?;
    if let Some(parent) = target.parent() {
        disk::remove_empty_folders(parent, &output.folder);
    }
    Ok(())
}

/// Size of a file of the site, and whether the output has it already.
fn compare(path: &str, made: &Made, target: &Path, before: &Manifest) -> std::io::Result<(u64, bool)> {
    let there = before.files.contains(path).then(|| disk::stat(target).ok()).flatten();
    let source = match made {
        Made::Bytes(bytes) => {
            let size = bytes.len() as u64;
            let same = there.is_some_and(|stat| stat.size == size) && disk::read(target)? == **bytes;
            return Ok((size, same));
        }
        Made::Cached(source) => source,
        Made::Copied(source) => &source.on_disk,
    };
    let stat = disk::stat(source)?;
    let same_size = there.is_some_and(|there| there.size == stat.size);
    // What is named by its content is what it was; anything else is read.
    let same = same_size && (manifest::is_named_by_content(path) || disk::read(target)? == disk::read(source)?);
    Ok((stat.size, same))
}
