//! Finding the media that somebody named: beside the file first, then anywhere under `media/`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Located, codes};
use crate::source::{MediaFile, MediaKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// All media, and which of it was asked for.
#[derive(Debug)]
pub(super) struct Library<'a> {
    catalogue: &'a Catalogue,
    used: BTreeSet<String>,
}

/// All media by name.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// In the order of paths.
    media: Arc<Vec<MediaFile>>,
    /// Places in that list by the names of files; made when somebody asks.
    by_name: OnceLock<BTreeMap<String, Vec<usize>>>,
}

impl Catalogue {
    /// Of media in the order of paths; the same as before where these are.
    pub(super) fn of(media: &Arc<Vec<MediaFile>>, before: Self) -> Self {
        if Arc::ptr_eq(&before.media, media) {
            return before;
        }
        Self { media: Arc::clone(media), by_name: OnceLock::new() }
    }

    /// Paths of all files of a name.
    fn named(&self, name: &str) -> impl Iterator<Item = &str> {
        let all = self.by_name.get_or_init(|| {
            let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (place, media) in self.media.iter().enumerate() {
                by_name.entry(name_of(&media.file.path).to_owned()).or_default().push(place);
            }
            by_name
        });
        all.get(name).into_iter().flatten().map(|place| self.media[*place].file.path.as_str())
    }
}

/// Who is asking, for messages and for looking beside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    /// "Story *Rain on cue*".
    pub who: &'a str,
    /// Folder of the file, with a slash at the end.
    pub folder: &'a str,
}

impl<'a> Library<'a> {
    /// Over all media files.
    pub(super) fn new(catalogue: &'a Catalogue) -> Self {
        Self { catalogue, used: BTreeSet::new() }
    }

    /// What the file at a path is.
    fn kind(&self, path: &str) -> Option<MediaKind> {
        let media = &self.catalogue.media;
        let place = media.binary_search_by(|media| media.file.path.as_str().cmp(path));
        place.ok().map(|place| media[place].kind)
    }

    /// Paths of all files of a kind.
    fn of_kind(&self, kind: MediaKind) -> impl Iterator<Item = &'a str> + Clone {
        self.catalogue.media.iter().filter(move |media| media.kind == kind).map(|media| media.file.path.as_str())
    }

    /// Media, of which `known` says in the order of paths whether it counts as used, that are not among those that were
    /// asked for.
    pub(super) fn unused<'u>(
        &self,
        mut known: impl FnMut(&str) -> bool,
        used: impl Iterator<Item = &'u str>,
    ) -> Vec<(&'a str, MediaKind)> {
        let all = self.catalogue.media.iter().map(|media| (media.file.path.as_str(), media.kind));
        let mut left: BTreeMap<&str, MediaKind> = all.filter(|(path, _)| !known(path)).collect();
        // Mostly there are none: every still is in a gallery.
        if !left.is_empty() {
            used.for_each(|path| {
                left.remove(path);
            });
        }
        left.into_iter().collect()
    }

    /// What was asked for since this was asked last.
    pub(super) fn take_used(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.used)
    }

    /// The path of a still somebody named.
    pub(super) fn still(
        &mut self,
        asker: Asker<'_>,
        name: &Located<String>,
        messages: &mut Diagnostics,
    ) -> Option<String> {
        self.find(MediaKind::Still, asker, "shows", name, messages)
    }

    /// The path of a clip somebody named.
    pub(super) fn clip(
        &mut self,
        asker: Asker<'_>,
        name: &Located<String>,
        messages: &mut Diagnostics,
    ) -> Option<String> {
        self.find(MediaKind::Clip, asker, "plays", name, messages)
    }

    /// The path of a captions file somebody named.
    pub(super) fn captions(
        &mut self,
        asker: Asker<'_>,
        name: &Located<String>,
        messages: &mut Diagnostics,
    ) -> Option<String> {
        self.find(MediaKind::Captions, asker, "names the captions", name, messages)
    }

    /// Stills whose path under `media/`, or whose name beside the asker, matches a glob.
    pub(super) fn glob(&mut self, folder: &str, pattern: &str) -> Vec<String> {
        let stills = self.of_kind(MediaKind::Still);
        let found: Vec<String> = stills
            .filter(|path| {
                let beside = path.strip_prefix(folder).is_some_and(|rest| glob_match::glob_match(pattern, rest));
                beside || path.strip_prefix("media/").is_some_and(|rest| glob_match::glob_match(pattern, rest))
            })
            .map(ToOwned::to_owned)
            .collect();
        self.used.extend(found.iter().cloned());
        found
    }

    fn find(
        &mut self,
        kind: MediaKind,
        asker: Asker<'_>,
        does: &str,
        name: &Located<String>,
        messages: &mut Diagnostics,
    ) -> Option<String> {
        let written = name.value.trim_start_matches("./").replace('\\', "/");
        let direct = [format!("{}{written}", asker.folder), format!("media/{written}"), written.clone()];
        let found = direct.iter().find(|path| self.kind(path).is_some()).cloned();
        let found = match found {
            Some(path) => path,
            None => match self.elsewhere(&written).as_slice() {
                [] => {
                    messages.push(self.missing(kind, asker, does, name));
                    return None;
                }
                [only] => (*only).to_owned(),
                several => {
                    messages.push(several_message(asker, name, several));
                    return None;
                }
            },
        };
        self.used.insert(found.clone());
        let found_kind = self.kind(&found);
        if found_kind == Some(kind) {
            return Some(found);
        }
        let message = format!("{} {does} `{}`, which is {}", asker.who, name.value, a_kind(found_kind));
        messages.push(Diagnostic::error(code(kind), message).at(&name.origin));
        None
    }

    /// Files under `media/` whose path ends with what was written.
    fn elsewhere(&self, written: &str) -> Vec<&'a str> {
        let ends = |path: &&str| path.starts_with("media/") && path.ends_with(&format!("/{written}"));
        self.catalogue.named(name_of(written)).filter(ends).collect()
    }

    fn missing(&self, kind: MediaKind, asker: Asker<'_>, does: &str, name: &Located<String>) -> Diagnostic {
        let of_kind = self.of_kind(kind);
        let beside = of_kind.clone().filter(|path| path.starts_with(asker.folder)).map(name_of);
        let names: Vec<&str> = beside.chain(of_kind.map(name_of)).collect();
        let place = if asker.folder.starts_with("media/") {
            "its folder or elsewhere in media"
        } else {
            "its folder or in media"
        };
        Diagnostic::error(code(kind), format!("{} {does} `{}`, which is not in {place}", asker.who, name.value))
            .at(&name.origin)
            .did_you_mean(name_of(&name.value), names)
    }
}

fn several_message(asker: Asker<'_>, name: &Located<String>, several: &[&str]) -> Diagnostic {
    let options: Vec<String> =
        several.iter().filter_map(|p| p.strip_prefix("media/")).map(|p| format!("`{p}`")).collect();
    let message =
        format!("{} names `{}`, and {} folders have a file of that name", asker.who, name.value, several.len());
    Diagnostic::error(codes::AMBIGUOUS, message)
        .at(&name.origin)
        .hint(format!("Write the folder as well: {}.", options.join(" or ")))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn code(kind: MediaKind) -> Code {
    match kind {
        MediaKind::Still => codes::UNKNOWN_STILL,
        MediaKind::Clip | MediaKind::Captions => codes::UNKNOWN_CLIP,
    }
}

fn a_kind(kind: Option<MediaKind>) -> &'static str {
    match kind {
        Some(MediaKind::Still) => "a still",
        Some(MediaKind::Clip) => "a clip; show it with a ```video block",
        Some(MediaKind::Captions) => "a captions file",
        None => "unknown",
    }
}
