//! The files of a site and the jobs that make them.

use super::context::PageContext;
use super::ladder::Ladder;
use super::rendered::Rendered;
use crate::develop::{Metadata, Recipe};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{Digest, TreeFile};
use crate::theme::Script;
use crate::typeface::{Face, Features};
use crate::{reel, still};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where the output folder remembers what was written; no output can have that path.
pub const MANIFEST: &str = crate::source::OUTPUT_MARK;
/// The folder in the output where files lie until they are whole; no output can be in there.
pub const UNFINISHED: &str = ".backlot-unfinished";

/// How a file comes to be.
#[derive(Debug, Clone)]
pub enum Job {
    /// Rendered from a template.
    Page(Arc<PageJob>),
    /// Bytes that the plan has made itself.
    Bytes(Arc<[u8]>),
    /// Developed from a still.
    Print(Arc<PrintJob>),
    /// A font cut to what the site writes.
    Font(Arc<FontJob>),
    /// A clip without its private metadata.
    Clip {
        /// The clip.
        file: TreeFile,
        /// What it is.
        facts: crate::clip::Facts,
        /// Names the result in the cache.
        key: Digest,
    },
    /// A clip in another size.
    Rendition(Arc<RenditionJob>),
    /// Copied as it is.
    Copy(TreeFile),
}

/// A page and its template.
#[derive(Debug)]
pub struct PageJob {
    /// Path of the file.
    pub path: String,
    /// Name of the template.
    pub template: &'static str,
    /// What kind of page it is.
    pub(super) kind: &'static str,
    /// Its address for search engines, if they may know of it.
    pub(super) canonical: Option<String>,
    /// When it was published, ISO 8601.
    pub(super) published: Option<String>,
    /// The scripts that it loads, beside that of every page.
    pub scripts: BTreeSet<Script>,
    stage: Mutex<Stage>,
}

/// How far a page is.
#[derive(Debug)]
enum Stage {
    /// What its template sees.
    Drawn(Box<PageContext>),
    Rendered(Arc<Rendered>),
}

impl PageJob {
    /// A page that has not been rendered yet.
    pub(super) fn new(path: String, template: &'static str, context: PageContext, scripts: BTreeSet<Script>) -> Self {
        let page = &context.page;
        Self {
            path,
            template,
            kind: page.kind,
            canonical: page.canonical.clone(),
            published: page.social.published.clone(),
            scripts,
            stage: Mutex::new(Stage::Drawn(Box::new(context))),
        }
    }

    /// The page as it was rendered, by this if it was not before: a job stays as long as nothing that decides about its
    /// page has changed. One that fails can be tried again.
    ///
    /// What the template sees takes several times the memory of the page, and goes as soon as there is that.
    pub fn render_once<E>(&self, render: impl FnOnce(&PageContext) -> Result<Rendered, E>) -> Result<Arc<Rendered>, E> {
        let mut stage = self.lock();
        let rendered = match &*stage {
            Stage::Rendered(rendered) => return Ok(Arc::clone(rendered)),
            Stage::Drawn(context) => Arc::new(render(context)?),
        };
        *stage = Stage::Rendered(Arc::clone(&rendered));
        Ok(rendered)
    }

    /// The page, if it was rendered.
    pub fn rendered(&self) -> Option<Arc<Rendered>> {
        match &*self.lock() {
            Stage::Rendered(rendered) => Some(Arc::clone(rendered)),
            Stage::Drawn(_) => None,
        }
    }

    /// What is in there is whole at every step.
    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// One print of a still.
#[derive(Debug, Clone)]
pub struct PrintJob {
    /// The still.
    pub file: TreeFile,
    /// Its content.
    pub digest: Digest,
    /// What it is.
    pub facts: still::Facts,
    /// What to make of it.
    pub recipe: Recipe,
    /// What the print says of itself.
    pub metadata: Metadata,
    /// Covers everything that can change the bytes; names the file.
    pub key: Digest,
}

/// A clip in another size, made by ffmpeg.
#[derive(Debug)]
pub struct RenditionJob {
    /// The clip.
    pub file: TreeFile,
    /// What it is.
    pub container: crate::clip::Container,
    /// What to make of it.
    pub recipe: reel::Recipe,
    /// By whom.
    pub ffmpeg: reel::Ffmpeg,
    /// Covers everything that can change the bytes; names the file.
    pub key: Digest,
}

/// One font file.
#[derive(Debug, Clone)]
pub struct FontJob {
    /// The whole font.
    pub face: Face,
    /// Characters to keep.
    pub characters: BTreeSet<char>,
    /// Features to keep.
    pub features: Features,
    /// Covers everything that can change the bytes; names the file.
    pub key: Digest,
}

/// Prints by path.
pub type Prints = BTreeMap<String, Job>;

/// Pages, and the prints that they ask for. It stays the same, in memory too, as long as what it is drawn from.
#[derive(Debug, Default)]
pub struct Group {
    /// The pages; none where other files ask for the prints.
    pub pages: Vec<Arc<PageJob>>,
    /// Prints, of which other groups may have the same.
    pub prints: Prints,
}

/// Outputs by path; prints, of which there are many, in groups with the pages that ask for them.
#[derive(Debug, Default)]
pub struct Outputs {
    jobs: BTreeMap<String, Job>,
    groups: Vec<Arc<Group>>,
    ladders: Ladders,
    style: String,
}

/// Ladders that have not been judged yet, by name.
pub(super) type Ladders = BTreeMap<Digest, Arc<Ladder>>;

impl Outputs {
    /// Adds an output. Two at one path are a mistake of the author.
    pub fn add(&mut self, path: String, job: Job, messages: &mut Diagnostics) {
        if self.jobs.contains_key(&path) {
            let place = match &job {
                Job::Copy(file) => file.path.clone(),
                _ => path.clone(),
            };
            let message = format!("two things would be published at `{path}`");
            messages.push(
                Diagnostic::error(codes::SAME_ADDRESS, message)
                    .at(&Origin::whole(place))
                    .hint("Backlot makes a page or file of that name itself: rename yours."),
            );
            return;
        }
        self.jobs.insert(path, job);
    }

    /// Adds an output that is named by its content, so that the same one may come twice.
    pub fn add_by_content(&mut self, path: String, job: Job) {
        self.jobs.entry(path).or_insert(job);
    }

    /// Names the style sheet's file, for which something stands in pages.
    pub(super) fn name_style(&mut self, path: &str) {
        file_name(path).clone_into(&mut self.style);
    }

    /// The name of the style sheet's file.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// Adds pages with the prints that they ask for. The pages are to be added as outputs, too.
    pub(super) fn add_group(&mut self, group: Arc<Group>) {
        self.groups.push(group);
    }

    /// Reports copied files that cannot lie beside the others: one has the name of a folder, or lies
    /// in a folder that has the name of a file, or differs only by case, which not every disk tells
    /// apart.
    pub(super) fn check_copies(&self, messages: &mut Diagnostics) {
        if !self.jobs.values().any(|job| matches!(job, Job::Copy(_))) {
            return;
        }
        let mut folded: BTreeMap<String, &str> = [MANIFEST, UNFINISHED].map(|name| (name.to_owned(), name)).into();
        let made = self.iter().filter(|(_, job)| !matches!(job, Job::Copy(_)));
        folded.extend(made.map(|(path, _)| (path.to_lowercase(), path)));
        for (path, job) in &self.jobs {
            let Job::Copy(file) = job else { continue };
            let own = path.to_lowercase();
            let folder = format!("{own}/");
            let above = own.match_indices('/').filter_map(|(end, _)| folded.get(&own[..end]));
            let below = folded.range(folder.clone()..).next().filter(|(other, _)| other.starts_with(&folder));
            if let Some(other) = folded.get(&own).into_iter().chain(above).chain(below.map(|(_, other)| other)).next() {
                messages.push(
                    Diagnostic::error(codes::SAME_ADDRESS, format!("`{path}` cannot lie beside `{other}`"))
                        .at(&Origin::whole(&file.path))
                        .hint("Backlot makes a page or file of that name itself: rename yours."),
                );
            } else {
                folded.insert(own, path);
            }
        }
    }

    /// All of them, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Job)> {
        let prints = self.groups.iter().rev().flat_map(|group| group.prints.iter());
        // Where several ask for the same, the first one counts.
        let all = prints.map(|(path, job)| (path.as_str(), job)).chain(self.files());
        all.collect::<BTreeMap<_, _>>().into_iter()
    }

    /// All but the prints in groups, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Job)> {
        self.jobs.iter().map(|(path, job)| (path.as_str(), job))
    }

    /// Pages with their prints.
    pub fn groups(&self) -> &[Arc<Group>] {
        &self.groups
    }

    /// All prints; those that several ask for come several times.
    pub fn prints(&self) -> impl Iterator<Item = (&str, &PrintJob)> {
        let all = self.groups.iter().flat_map(|group| &group.prints).chain(&self.jobs);
        all.filter_map(|(path, job)| if let Job::Print(print) = job { Some((path.as_str(), &**print)) } else { None })
    }

    /// Adds ladders that are to be judged once all their files are there.
    pub(super) fn add_ladders(&mut self, ladders: Ladders) {
        self.ladders.extend(ladders);
    }

    /// Ladders that have not been judged yet, by name. All their files are among the outputs.
    pub fn ladders(&self) -> impl Iterator<Item = (Digest, &Ladder)> {
        self.ladders.iter().map(|(name, ladder)| (*name, ladder.as_ref()))
    }
}
