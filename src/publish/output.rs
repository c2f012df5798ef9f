//! Putting the site into its output folder: whole or untouched.
//!
//! Everything is made, checked and laid beside its place before the first file is touched. Then new files come, then
//! pages change, then old files go, each by a rename, so that a build that is killed leaves pages that are whole
//! and find all they need. The manifest covers old and new files meanwhile.

use super::cache::Cache;
use super::finished::{Finished, Made};
use super::laid::Laid;
use super::manifest::Manifest;
use crate::clearance::Audience;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, FileStat, Staged};
use crate::plan::{MANIFEST, UNFINISHED};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    pub fn check(&self, laid: &mut Laid, messages: &mut Diagnostics) -> Option<Arc<Manifest>> {
        laid.turn_to(&self.folder);
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
        match swept.and_then(|()| laid.manifest()) {
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
            Ok(None) if disk::is_empty_folder(&self.folder) => {
                Some(Arc::new(Manifest::new(self.audience, BTreeSet::new())))
            }
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

/// How writing ended.
#[derive(Debug)]
pub enum Outcome {
    /// Well.
    Written(Written),
    /// Before the first file was touched: something in the cache is not what was made, or is gone. The cache has
    /// forgotten it, so it can be made again.
    Spoiled,
    /// With messages; the output is as it was, unless the disk failed half-way.
    Failed,
}

/// Writes everything that differs. What `laid` knows of the folder is not read again.
pub fn write(
    site: &Finished,
    output: &Output,
    before: &Manifest,
    laid: &mut Laid,
    cache: &Cache,
    messages: &mut Diagnostics,
) -> Outcome {
    let files: Vec<(&str, &Made)> = site.iter().collect();
    report_foreign(&files, output, before, messages);
    if messages.has_errors() {
        return Outcome::Failed;
    }
    match commit(site, &files, output, before, laid, cache) {
        Ok(Some(written)) => Outcome::Written(written),
        Ok(None) => Outcome::Spoiled,
        Err(error) => {
            let message = format!("the site cannot be written: {error}");
            messages.push(
                Diagnostic::error(codes::WRITE_FAILED, message).at(&Origin::whole(output.folder.display().to_string())),
            );
            Outcome::Failed
        }
    }
}

/// A file that somebody else put where one of ours has to go.
fn report_foreign(files: &[(&str, &Made)], output: &Output, before: &Manifest, messages: &mut Diagnostics) {
    let is_foreign = |path: &str| {
        let target = output.folder.join(path);
        !before.files.contains(path) && disk::is_there(&target) && !is_our_folder(path, &target, before)
    };
    let foreign: Vec<&str> = files.par_iter().map(|(path, _)| *path).filter(|path| is_foreign(path)).collect();
    for path in foreign {
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

/// `None` when something of the cache has to be made again.
fn commit(
    site: &Finished,
    files: &[(&str, &Made)],
    output: &Output,
    before: &Manifest,
    laid: &mut Laid,
    cache: &Cache,
) -> io::Result<Option<Written>> {
    let mut result = Written { pages: site.pages(), files: files.len(), ..Written::default() };
    let after: BTreeSet<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    let seen = disk::now();
    let compared: Vec<io::Result<Compared>> = files
        .par_iter()
        .map(|(path, made)| compare(path, made, &output.folder.join(path), before, laid, cache))
        .collect();
    let (mut changed, mut known) = (Vec::new(), HashMap::new());
    for ((path, made), compared) in files.iter().copied().zip(compared) {
        let Compared { size, same } = compared?;
        result.bytes += size;
        match (made, same) {
            (_, None) => changed.push((path, made)),
            (Made::Bytes(bytes), Some(stat)) if stat.is_settled(seen) => {
                known.insert(path.to_owned(), (stat, Arc::clone(bytes)));
            }
            _ => {}
        }
    }
    laid.keep(known);
    changed.sort_by_key(|(path, _)| (is_page(path), *path));
    result.written = changed.len();
    if changed.is_empty() && before.files == after {
        return Ok(Some(result));
    }
    // Everything is whole and beside its place before the first file is touched.
    let staging = output.folder.join(UNFINISHED);
    disk::make_folder(&staging)?;
    let staged: Vec<io::Result<Option<Staged>>> =
        changed.par_iter().map(|(_, made)| stage(made, &staging, cache)).collect();
    let staged: Option<Vec<Staged>> = staged.into_iter().collect::<io::Result<_>>()?;
    let Some(staged) = staged else {
        disk::remove_folder(&staging)?;
        return Ok(None);
    };
    let both: BTreeSet<String> = before.files.union(&after).cloned().collect();
    if both != before.files {
        Manifest::new(output.audience, both.clone()).save(&output.folder)?;
    }
    // A file where a folder is to be, or the reverse, has to make room first.
    let (early, late): (Vec<&String>, Vec<&String>) =
        before.files.difference(&after).partition(|path| is_in_the_way(path, &after));
    result.removed = early.len() + late.len();
    early.iter().try_for_each(|path| remove(path, output))?;
    let put = |((path, _), staged): (&(&str, &Made), Staged)| staged.put(&output.folder.join(path));
    let mut staged: Vec<(&(&str, &Made), Staged)> = changed.iter().zip(staged).collect();
    // What pages need is there before the first of them changes.
    let pages = staged.split_off(changed.partition_point(|(path, _)| !is_page(path)));
    staged.into_par_iter().try_for_each(put)?;
    pages.into_par_iter().try_for_each(put)?;
    late.iter().try_for_each(|path| remove(path, output))?;
    if after != both {
        Manifest::new(output.audience, after).save(&output.folder)?;
    }
    disk::remove_folder(&staging)?;
    Ok(Some(result))
}

/// A file of the site as it will be; `None` when the cache does not have it as it was made.
fn stage(made: &Made, staging: &Path, cache: &Cache) -> io::Result<Option<Staged>> {
    match made {
        Made::Bytes(bytes) => Staged::bytes(staging, bytes).map(Some),
        Made::Copied(source) => Staged::copy(staging, &source.on_disk).map(Some),
        Made::Cached(kept) => cache.copy(kept, staging),
    }
}

fn is_in_the_way(path: &str, after: &BTreeSet<String>) -> bool {
    let folder = format!("{path}/");
    let holds = after.range(folder.clone()..).next().is_some_and(|new| new.starts_with(&folder));
    holds || path.match_indices('/').any(|(end, _)| after.contains(&path[..end]))
}

fn remove(path: &str, output: &Output) -> io::Result<()> {
    let target = output.folder.join(path);
    disk::remove(&target)?;
    if let Some(parent) = target.parent() {
        disk::remove_empty_folders(parent, &output.folder);
    }
    Ok(())
}

/// A file of the site beside what the output has.
struct Compared {
    /// Bytes.
    size: u64,
    /// The stat of the output's file, when it is the same.
    same: Option<FileStat>,
}

fn compare(
    path: &str,
    made: &Made,
    target: &Path,
    before: &Manifest,
    laid: &Laid,
    cache: &Cache,
) -> io::Result<Compared> {
    let there = before.files.contains(path).then(|| disk::stat(target).ok()).flatten();
    let has = |size: u64| there.filter(|stat| stat.size == size);
    let (size, same) = match made {
        Made::Bytes(bytes) => {
            let size = bytes.len() as u64;
            let same = match has(size) {
                Some(stat) if laid.has(path, stat, bytes) || disk::read(target)? == **bytes => Some(stat),
                _ => None,
            };
            (size, same)
        }
        Made::Cached(kept) => {
            // It is named by its key, so what has its size is what it was. What is not there is found out when it
            // is to be copied.
            let size = cache.size(kept.key).unwrap_or(0);
            (size, has(size))
        }
        Made::Copied(source) => {
            let size = disk::stat(&source.on_disk)?.size;
            let same = match has(size) {
                Some(stat) if disk::read(target)? == disk::read(&source.on_disk)? => Some(stat),
                _ => None,
            };
            (size, same)
        }
    };
    Ok(Compared { size, same })
}
