//! Making every file of a plan except its pixels: pages, fonts, clips. The entry point is [`make`].
//!
//! A page that is in the output already, as it was rendered from the same, is taken from there.

use super::cache::Cache;
use super::finished::{Files, Finished, Made};
use super::named::{self, Named};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, Digest};
use crate::plan::context::PageContext;
use crate::plan::{self, FontJob, Job, Outputs, PageJob, Rendered, STYLE};
use crate::render::{self, Keys};
use crate::theme::Theme;
use crate::{clip, typeface};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Renders all pages and makes what else a plan wants. `None`, and messages, when anything failed.
///
/// What `named` has of the time before is taken over for pages that are the same.
pub fn make(outputs: &Outputs, press: &Press<'_>, named: &mut Named, messages: &mut Diagnostics) -> Option<Finished> {
    let jobs: Vec<(&str, &Job)> = outputs.files().collect();
    let one = |job: &Job| one(job, press, outputs.style());
    let made: Vec<Result<Made, Box<Diagnostic>>> = jobs.par_iter().map(|(_, job)| one(job)).collect();
    let mut files = Files::new();
    let mut failed = false;
    for ((path, _), made) in jobs.iter().zip(made) {
        match made {
            Ok(made) => {
                files.insert((*path).to_owned(), made);
            }
            Err(message) => {
                failed = true;
                messages.push(*message);
            }
        }
    }
    if failed {
        return None;
    }
    drop_unused_prints(&mut files, &jobs);
    let prints = named.prints(outputs, press.cache);
    let pages = jobs.iter().filter(|(_, job)| matches!(job, Job::Page(_))).count();
    Some(Finished::new(files, prints, pages, press.rendered.swap(0, Ordering::Relaxed)))
}

/// What pages are made with.
#[derive(Debug)]
pub struct Press<'a> {
    theme: &'a Theme,
    cache: &'a Cache,
    output: &'a Path,
    keys: Keys<'a>,
    /// So many pages were rendered since a site was made last.
    rendered: AtomicUsize,
}

/// Of prints that are in no group, only those that some file names are published.
fn drop_unused_prints(files: &mut Files, jobs: &[(&str, &Job)]) {
    let loose: BTreeSet<&str> =
        jobs.iter().filter(|(_, job)| matches!(job, Job::Print(_))).map(|(path, _)| *path).collect();
    if loose.is_empty() {
        return;
    }
    let mut named: HashSet<Vec<u8>> = HashSet::new();
    for made in files.values() {
        let Made::Bytes(bytes) = made else { continue };
        named.extend(named::names_in(bytes).map(<[u8]>::to_vec));
    }
    // Contact sheets have theirs in a folder for each sheet.
    let name = |path: &str| path.rfind("media/").map_or_else(Vec::new, |start| path.as_bytes()[start..].to_vec());
    files.retain(|path, _| !loose.contains(path.as_str()) || named.contains(&name(path)));
}

fn one(job: &Job, press: &Press<'_>, style: &str) -> Result<Made, Box<Diagnostic>> {
    let cache = press.cache;
    match job {
        Job::Page(page) => press.page(page, style).map(Made::Bytes),
        Job::Bytes(bytes) => Ok(Made::Bytes(Arc::clone(bytes))),
        Job::Print(print) => Ok(Made::Cached(cache.place(print.key))),
        Job::Font(font) => cached(cache, font.key, || web(font)),
        Job::Clip { file, key, .. } => cached(cache, *key, || {
            let bytes = disk::read(&file.on_disk).map_err(|error| unreadable(&file.path, error))?;
            clip::clean(&bytes).map_err(|refusal| {
                Box::new(
                    Diagnostic::error(codes::CLIP_BROKEN, format!("`{}` {refusal}", file.path))
                        .at(&Origin::whole(&file.path)),
                )
            })
        }),
        // Encoded by then, as prints are developed.
        Job::Rendition(rendition) => Ok(Made::Cached(cache.place(rendition.key))),
        Job::Copy(file) => Ok(Made::Copied(file.clone())),
    }
}

impl<'a> Press<'a> {
    /// In the folder `output`, to which the site goes, may be some of it.
    pub fn new(theme: &'a Theme, cache: &'a Cache, output: &'a Path) -> Self {
        Self { theme, cache, output, keys: Keys::new(theme), rendered: AtomicUsize::new(0) }
    }

    /// Renders a page ahead of [`make`], which says what is wrong with one that cannot be. `style` is the name of the
    /// style sheet's file.
    pub fn ahead(&self, page: &PageJob, style: &str) {
        drop(self.page(page, style));
    }

    /// A page that was rendered before is not rendered again.
    fn page(&self, page: &PageJob, style: &str) -> Result<Arc<[u8]>, Box<Diagnostic>> {
        let rendered = page.render_once(|context| self.render(page, context, style))?;
        let (html, is_other) = rendered.naming(style);
        if is_other && let Some(key) = rendered.key() {
            self.cache.note_page(key, &html);
        }
        Ok(html)
    }

    fn render(&self, page: &PageJob, context: &PageContext, style: &str) -> Result<Rendered, Box<Diagnostic>> {
        // A context that cannot be written down is a mistake that rendering explains.
        let key = self.keys.of(page.template, context).ok();
        let remembered = key.map(|key| plan::remembered(key, style));
        let html: Arc<[u8]> = match remembered.and_then(|key| self.in_output(page, key)) {
            Some(html) => html.into(),
            None => {
                self.rendered.fetch_add(1, Ordering::Relaxed);
                let html = plan::renamed(render::page(self.theme, page, context)?, STYLE, style);
                if let Some(key) = remembered {
                    self.cache.note_page(key, &html);
                }
                html.into()
            }
        };
        Ok(Rendered::new(key, style, html))
    }

    /// What the output has of a page, if that is what was rendered from the same.
    fn in_output(&self, page: &PageJob, key: Digest) -> Option<Vec<u8>> {
        let sum = self.cache.page_sum(key)?;
        // What cannot be read there is rendered.
        let html = disk::read(&self.output.join(&page.path)).ok()?;
        (Digest::of(&html) == sum).then_some(html)
    }
}

/// Cuts the fonts that the cache lacks, ahead of [`make`], which says what is wrong with those that cannot be cut.
pub fn cut(fonts: &[Arc<FontJob>], cache: &Cache) {
    fonts.par_iter().for_each(|font| drop(cached(cache, font.key, || web(font))));
}

fn web(font: &FontJob) -> Result<Vec<u8>, Box<Diagnostic>> {
    typeface::web(&font.face, &font.characters, &font.features).map_err(|problem| {
        let message = format!("the font `{}` {problem}", font.face.family);
        Box::new(Diagnostic::error(codes::FONT_BROKEN, message).hint(problem.remedy()))
    })
}

fn cached(
    cache: &Cache,
    key: Digest,
    work: impl FnOnce() -> Result<Vec<u8>, Box<Diagnostic>>,
) -> Result<Made, Box<Diagnostic>> {
    if !cache.has(key) {
        let bytes = work()?;
        cache.put(key, &bytes).map_err(|error| {
            Box::new(Diagnostic::error(codes::WRITE_FAILED, format!("the cache folder cannot be written: {error}")))
        })?;
    }
    Ok(Made::Cached(cache.place(key)))
}

fn unreadable(path: &str, error: std::io::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::UNREADABLE, format!("`{path}` cannot be read: {error}")).at(&Origin::whole(path)))
}
