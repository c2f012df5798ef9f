//! Sorting the files of a site folder by what they are.

use super::listings::All;
use super::theme_folder::THEMES;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::TreeFile;
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
    pub stories: Vec<TreeFile>,
    /// `crew/x.md` and `crew/x/index.md`.
    pub crew: Vec<TreeFile>,
    /// `pages/x.md` and `pages/x/index.md`.
    pub pages: Vec<TreeFile>,
    /// `media/**/gallery.toml`.
    pub galleries: Vec<TreeFile>,
    /// Stills, clips and captions, wherever they are.
    pub media: Arc<Vec<MediaFile>>,
    /// `static/**`.
    pub statics: Vec<TreeFile>,
    /// `theme/**`.
    pub theme: Vec<TreeFile>,
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
        self.stories.extend(stories.iter().cloned());
        self.crew.extend(crew.iter().cloned());
        self.pages.extend(pages.iter().cloned());
        self.galleries.extend(galleries.iter().cloned());
        self.statics.extend(statics.iter().cloned());
        self.theme.extend(theme.iter().cloned());
        // Mostly all are in one folder, and there are thousands.
        if self.media.is_empty() {
            self.media = Arc::clone(media);
        } else if !media.is_empty() {
            Arc::make_mut(&mut self.media).extend(media.iter().cloned());
        }
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
    let is_document = ending == "md" && (!rest.contains('/') || (rest.matches('/').count() == 1 && name == "index.md"));
    match top {
        "static" => found.statics.push(file),
        "theme" => found.theme.push(file),
        "stories" if is_document => found.stories.push(file),
        "crew" if is_document => found.crew.push(file),
        "pages" if is_document => found.pages.push(file),
        "media" if name == "gallery.toml" => found.galleries.push(file),
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
