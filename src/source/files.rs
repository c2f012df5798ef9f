//! Sorting the files of a site folder by what they are.

use super::listings::All;
use super::theme_folder::THEMES;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, TreeFile};
use std::path::Path;
use std::sync::Arc;

/// What a file under `media/`, or beside a story, is by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MediaKind {
    /// A photograph or graphic, also one that will be refused with a message.
    Still,
    /// A video that browsers play.
    Clip,
    /// WebVTT captions.
    Captions,
}

/// A media file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// The file.
    pub file: TreeFile,
    /// What it is.
    pub kind: MediaKind,
}

/// The files of a site folder, each list in the order of paths.
#[derive(Debug, Default)]
pub(super) struct SiteFiles {
    /// `stories/x.md` and `stories/x/index.md`.
    pub stories: Arc<Vec<TreeFile>>,
    /// `crew/x.md` and `crew/x/index.md`.
    pub crew: Arc<Vec<TreeFile>>,
    /// `pages/x.md` and `pages/x/index.md`.
    pub pages: Arc<Vec<TreeFile>>,
    /// `media/**/gallery.toml`.
    pub galleries: Arc<Vec<TreeFile>>,
    /// Stills, clips and captions, wherever they are.
    pub media: Arc<Vec<MediaFile>>,
    /// `static/**`.
    pub statics: Arc<Vec<TreeFile>>,
    /// `theme/**`.
    pub theme: Arc<Vec<TreeFile>>,
}

const STILLS: &[&str] = &[
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "gif", "avif",
    // Refused by `still`, with a message that says what to export.
    "heic", "heif", "cr2", "cr3", "nef", "arw", "dng", "raf", "orf", "rw2", "psd", "psb", "bmp", "jp2", "jxl", "svg",
];
const CLIPS: &[&str] = &["mp4", "m4v", "webm", "mov"];
const OTHER_CLIPS: &[&str] = &["avi", "mkv", "mts", "m2ts", "mxf", "wmv", "mpg", "mpeg", "3gp"];

/// The folders of a site that have content in them.
pub const FOLDERS: &[&str] = &["stories", "crew", "pages", "media", "static", "theme", THEMES];

/// What every output folder has in it: the list of what was written there.
pub const OUTPUT_MARK: &str = ".backlot-output.json";

/// Sorts what lies in the site folder.
pub(super) fn find(all: All, messages: &mut Diagnostics) -> SiteFiles {
    let All { files, messages: said, outputs, troubles } = all;
    for path in outputs {
        messages.push(
            Diagnostic::warning(codes::MISPLACED, format!("`{path}` holds a finished site, so it is left out"))
                .at(&Origin::whole(path))
                .hint(
                    "Move it out of the folders with your stories and pictures, or build it elsewhere with `--output`.",
                ),
        );
    }
    for (path, error) in troubles {
        messages.push(
            Diagnostic::error(codes::UNREADABLE, format!("`{path}` cannot be read: {error}")).at(&Origin::whole(path)),
        );
    }
    messages.extend(said);
    files
}

impl SiteFiles {
    /// Adds a file to the list that it belongs to.
    pub(super) fn add(&mut self, file: TreeFile, messages: &mut Diagnostics) {
        if !is_litter(&file.path) {
            sort(file, self, messages);
        }
    }

    /// Adds those of another folder, which come after these.
    pub(super) fn extend(&mut self, other: &SiteFiles) {
        let Self { stories, crew, pages, galleries, media, statics, theme } = other;
        append(&mut self.stories, stories);
        append(&mut self.crew, crew);
        append(&mut self.pages, pages);
        append(&mut self.galleries, galleries);
        append(&mut self.media, media);
        append(&mut self.statics, statics);
        append(&mut self.theme, theme);
    }

    /// Looks at one file of these again, which is still a file. `false` when it is not, or none of these.
    pub(super) fn look_again(&mut self, on_disk: &Path) -> bool {
        let Some(stat) = disk::stat_of_file(on_disk) else { return false };
        // Paths are compared as they are written: step by step that takes long, and these are named alike.
        let is_it = |file: &TreeFile| file.on_disk.as_os_str() == on_disk.as_os_str();
        let Self { stories, crew, pages, galleries, media, statics, theme } = self;
        for list in [stories, crew, pages, galleries, statics, theme] {
            if let Some(place) = list.iter().position(is_it) {
                Arc::make_mut(list)[place].stat = stat;
                return true;
            }
        }
        let place = media.iter().position(|media| is_it(&media.file));
        place.is_some_and(|place| {
            Arc::make_mut(media)[place].file.stat = stat;
            true
        })
    }
}

/// Mostly all of a kind are in one folder, and there are thousands.
fn append<T: Clone>(list: &mut Arc<Vec<T>>, more: &Arc<Vec<T>>) {
    if list.is_empty() {
        *list = Arc::clone(more);
    } else if !more.is_empty() {
        Arc::make_mut(list).extend(more.iter().cloned());
    }
}

/// What editors and systems leave lying about.
pub fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let in_static = path.starts_with("static/");
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini" | "4913")
        || name.starts_with("._")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with('.') && !in_static)
}

fn sort(file: TreeFile, found: &mut SiteFiles, messages: &mut Diagnostics) {
    let (top, rest) = file.path.split_once('/').unwrap_or(("", &file.path));
    let name = rest.rsplit('/').next().unwrap_or(rest);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let add = |list: &mut Arc<Vec<TreeFile>>, file| Arc::make_mut(list).push(file);
    let is_document = ending == "md" && (!rest.contains('/') || (rest.matches('/').count() == 1 && name == "index.md"));
    match top {
        "static" => add(&mut found.statics, file),
        "theme" => add(&mut found.theme, file),
        "stories" if is_document => add(&mut found.stories, file),
        "crew" if is_document => add(&mut found.crew, file),
        "pages" if is_document => add(&mut found.pages, file),
        "media" if name == "gallery.toml" => add(&mut found.galleries, file),
        "stories" | "crew" | "pages" | "media" => {
            if let Some(kind) = media_kind(&ending) {
                Arc::make_mut(&mut found.media).push(MediaFile { file, kind });
            } else {
                messages.push(stray(&file.path, top, name, &ending));
            }
        }
        _ => {}
    }
}

/// What a media file is by its name; `None` for what is none.
pub fn media_kind_of(path: &str) -> Option<MediaKind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').and_then(|(_, ending)| media_kind(&ending.to_lowercase()))
}

fn media_kind(ending: &str) -> Option<MediaKind> {
    if STILLS.contains(&ending) {
        Some(MediaKind::Still)
    } else if CLIPS.contains(&ending) {
        Some(MediaKind::Clip)
    } else {
        (ending == "vtt").then_some(MediaKind::Captions)
    }
}

fn stray(path: &str, top: &str, name: &str, ending: &str) -> Diagnostic {
    let message =
        Diagnostic::warning(codes::MISPLACED, format!("Backlot does not use `{path}`")).at(&Origin::whole(path));
    match ending {
        "md" => message.hint(format!("Put it at `{top}/{name}`, or into a folder of its own as `index.md`.")),
        _ if OTHER_CLIPS.contains(&ending) => {
            message.hint("Browsers do not play this kind of video: export it as MP4 (H.264).")
        }
        _ => message.hint("Files to be copied as they are go into `static/`."),
    }
}
