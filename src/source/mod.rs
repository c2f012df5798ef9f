//! Reading a site folder: every text file parsed, with the place of everything.
//!
//! The entry point is [`load`]. What comes out is what the authors wrote, checked for form; what
//! it refers to is resolved in `production`. It knows neither stills' content nor themes.

pub mod approvals;
pub mod fields;
mod files;
pub mod front_matter;
pub mod gallery;
mod listings;
pub mod markdown;
pub mod page;
pub mod person;
pub mod prose;
pub mod sheet;
mod shelf;
pub mod site;
mod static_file;
pub mod story;
pub mod theme_folder;
mod toml_words;
mod touched;
pub mod window;

pub use files::{FOLDERS, MediaFile, MediaKind, OUTPUT_MARK, is_litter, media_kind_of};
pub use shelf::Shelf;
pub use static_file::StaticFile;
pub use touched::Touched;

use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, TreeFile};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use theme_folder::ThemeFolder;

/// Everything that was written in a site folder.
#[derive(Debug)]
pub struct Sources {
    /// `site.toml`.
    pub site: site::SiteDoc,
    /// Stories by path.
    pub stories: Vec<Arc<story::StoryDoc>>,
    /// Profiles by path.
    pub people: Vec<Arc<person::PersonDoc>>,
    /// Galleries by path.
    pub galleries: Vec<Arc<gallery::GalleryDoc>>,
    /// Further pages by path.
    pub pages: Vec<Arc<page::PageDoc>>,
    /// Stills, clips and captions by path; not opened yet.
    pub media: Arc<Vec<MediaFile>>,
    /// Files to copy.
    pub statics: Vec<StaticFile>,
    /// Decisions about stills, as recorded in `approvals.csv`.
    pub approvals: Vec<approvals::ApprovalRow>,
    /// Files of the site's own theme layer.
    pub theme: Arc<Vec<TreeFile>>,
    /// The theme itself, where it is a folder of the site.
    pub theme_folder: Option<ThemeFolder>,
    /// Slugs of what is there but has mistakes in its fields: links to it are no further mistakes.
    pub unread: BTreeSet<String>,
}

/// Reads the site folder `root`, leaving out the canonical paths in `skip`.
///
/// `None` when there is no readable `site.toml`; all mistakes are in `messages`.
///
/// What `shelf` has from the time before is taken over where it was read from the same, and of the folders of content
/// that it knows only those are listed anew in which something is `touched`.
pub fn load(
    root: &Path,
    skip: &[PathBuf],
    touched: &Touched,
    shelf: &mut Shelf,
    messages: &mut Diagnostics,
) -> Option<Sources> {
    let site = load_site(root, messages);
    let language = site.as_ref().map_or("en", |s| s.language.value.as_str());
    shelf.turn_to(language);
    let seen = disk::now();
    let files = files::find(shelf.listings.list(root, skip, touched), messages);
    let stories = shelf.stories.read(&files.stories, seen, |f, messages| story::parse(f, language, messages), messages);
    let people = shelf.people.read(&files.crew, seen, |f, messages| person::parse(f, language, messages), messages);
    let pages = shelf.pages.read(&files.pages, seen, |f, messages| page::parse(f, language, messages), messages);
    let galleries = shelf.galleries.read(&files.galleries, seen, gallery::parse, messages);
    let mut unread = missing(&files.stories, slug_of, stories.iter().map(|s| &s.origin));
    unread.extend(missing(&files.crew, slug_of, people.iter().map(|p| &p.origin)));
    unread.extend(missing(&files.pages, slug_of, pages.iter().map(|p| &p.origin)));
    unread.extend(missing(&files.galleries, gallery::slug_of, galleries.iter().map(|g| &g.origin)));
    let site = site?;
    let own_theme = Some(&site.theme).filter(|theme| theme_folder::is_folder(&theme.value));
    Some(Sources {
        theme_folder: own_theme.and_then(|theme| theme_folder::read(root, theme, messages)),
        site,
        stories,
        people,
        galleries,
        pages,
        media: files.media,
        approvals: load_approvals(root, messages),
        statics: shelf.statics(&files.statics, seen),
        theme: files.theme,
        unread,
    })
}

/// Slugs of the files that are not among those that could be read.
fn missing<'a>(
    files: &[TreeFile],
    slug: impl Fn(&str) -> String,
    read: impl Iterator<Item = &'a Origin>,
) -> BTreeSet<String> {
    let read: Vec<&Origin> = read.collect();
    if read.len() == files.len() {
        return BTreeSet::new();
    }
    let read = read.into_iter();
    let read: BTreeSet<&str> = read.map(|origin| origin.file.path.as_str()).collect();
    files.iter().filter(|file| !read.contains(file.path.as_str())).map(|file| slug(&file.path)).collect()
}

fn load_site(root: &Path, messages: &mut Diagnostics) -> Option<site::SiteDoc> {
    let on_disk = root.join("site.toml");
    let Ok(stat) = disk::stat(&on_disk) else {
        messages.push(
            Diagnostic::error(codes::SITE_MISSING, format!("there is no site.toml in `{}`", root.display()))
                .at(&Origin::whole("site.toml"))
                .hint("Name the folder of your site, or make a new one with `backlot new DIR`."),
        );
        return None;
    };
    let file = front_matter::read_text(&TreeFile { path: "site.toml".to_owned(), on_disk, stat }, messages);
    // A mistake in here must not hide those of all other files.
    Some(file.and_then(|file| site::parse(&file, messages)).unwrap_or_else(site::stand_in))
}

/// The decisions that are recorded. What cannot be read stops the build: a refusal could be in it.
fn load_approvals(root: &Path, messages: &mut Diagnostics) -> Vec<approvals::ApprovalRow> {
    let on_disk = root.join(approvals::FILE);
    let Ok(stat) = disk::stat(&on_disk) else { return Vec::new() };
    let file = front_matter::read_text(&TreeFile { path: approvals::FILE.to_owned(), on_disk, stat }, messages);
    file.and_then(|file| approvals::parse_recorded(&file, messages)).unwrap_or_default()
}

/// The slug of a document: the name of its file, or of its folder for an `index.md`.
///
/// ```
/// assert_eq!(backlot::source::slug_of("stories/Rain Rig.md"), "rain-rig");
/// assert_eq!(backlot::source::slug_of("stories/rain-rig/index.md"), "rain-rig");
/// ```
pub fn slug_of(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    slugify(stem.rsplit('/').next().unwrap_or(stem))
}

/// Lower-case ASCII letters, digits and hyphens.
pub fn slugify(text: &str) -> String {
    let ascii = deunicode::deunicode(text).to_lowercase();
    let words: Vec<&str> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-")
}
