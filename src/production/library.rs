//! Finding the media that somebody named: beside the file first, then anywhere under `media/`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Located, codes};
use crate::source::{MediaFile, MediaKind};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// All media by path and by name, and which of it was asked for.
#[derive(Debug)]
pub(super) struct Library<'a> {
    media: &'a [MediaFile],
    /// Made when somebody asks.
    catalogue: OnceCell<Catalogue<'a>>,
    used: BTreeSet<String>,
}

#[derive(Debug)]
struct Catalogue<'a> {
    by_path: BTreeMap<&'a str, MediaKind>,
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Catalogue<'a> {
    fn of(media: &'a [MediaFile]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for media in media {
            let path = media.file.path.as_str();
            by_name.entry(name_of(path)).or_default().push(path);
        }
        Self { by_path: media.iter().map(|m| (m.file.path.as_str(), m.kind)).collect(), by_name }
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
    pub(super) fn new(media: &'a [MediaFile]) -> Self {
        Self { media, catalogue: OnceCell::new(), used: BTreeSet::new() }
    }

    fn catalogue(&self) -> &Catalogue<'a> {
        self.catalogue.get_or_init(|| Catalogue::of(self.media))
    }

    /// Media that are not among those that were asked for.
    pub(super) fn unused(&self, used: &HashSet<&str>) -> impl Iterator<Item = (&'a str, MediaKind)> {
        let all = self.media.iter().map(|media| (media.file.path.as_str(), media.kind));
        all.filter(|(path, _)| !used.contains(*path))
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
        let stills =
            self.catalogue().by_path.iter().filter(|(_, kind)| **kind == MediaKind::Still).map(|(path, _)| *path);
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
        let found = direct.iter().find(|path| self.catalogue().by_path.contains_key(path.as_str())).cloned();
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
        if self.catalogue().by_path.get(found.as_str()) == Some(&kind) {
            return Some(found);
        }
        let message = format!(
            "{} {does} `{}`, which is {}",
            asker.who,
            name.value,
            a_kind(self.catalogue().by_path.get(found.as_str()))
        );
        messages.push(Diagnostic::error(code(kind), message).at(&name.origin));
        None
    }

    /// Files under `media/` whose path ends with what was written.
    fn elsewhere(&self, written: &str) -> Vec<&'a str> {
        let candidates = self.catalogue().by_name.get(name_of(written)).map(Vec::as_slice).unwrap_or_default();
        let ends = |path: &&&str| path.starts_with("media/") && path.ends_with(&format!("/{written}"));
        candidates.iter().filter(ends).copied().collect()
    }

    fn missing(&self, kind: MediaKind, asker: Asker<'_>, does: &str, name: &Located<String>) -> Diagnostic {
        let of_kind = self.catalogue().by_path.iter().filter(|(_, k)| **k == kind).map(|(path, _)| *path);
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

fn a_kind(kind: Option<&MediaKind>) -> &'static str {
    match kind {
        Some(MediaKind::Still) => "a still",
        Some(MediaKind::Clip) => "a clip; show it with a ```video block",
        Some(MediaKind::Captions) => "a captions file",
        None => "unknown",
    }
}
