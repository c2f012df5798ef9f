//! What every media file is: its digest and its facts, read once and remembered.
//!
//! The entry point is [`Survey::of`]. A file whose stat is as it was is not opened. Files whose
//! content is known under another name are not read for facts again. It knows neither stories nor
//! people, and makes no pictures.

mod memory;

pub use memory::Memory;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, Digest};
use crate::source::{MediaFile, MediaKind};
use crate::{clip, still};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Digest and facts of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Surveyed<F> {
    /// Of the whole file.
    pub digest: Digest,
    /// What it is.
    pub facts: F,
}

/// All readable media, by path.
#[derive(Debug, Default)]
pub struct Survey {
    /// Stills.
    pub stills: BTreeMap<String, Surveyed<still::Facts>>,
    /// Clips.
    pub clips: BTreeMap<String, Surveyed<clip::Facts>>,
    /// Captions files as text.
    pub captions: BTreeMap<String, String>,
    /// How many files were opened.
    pub opened: usize,
}

enum Found {
    Still(Box<Surveyed<still::Facts>>),
    Clip(Surveyed<clip::Facts>),
    Captions(String),
    Refused(Diagnostic),
}

impl Survey {
    /// Looks at all media files, several at a time. Refused ones are in `messages` and not in the survey.
    pub fn of(media: &[MediaFile], limits: &still::Limits, memory: &mut Memory, messages: &mut Diagnostics) -> Self {
        let known = &*memory;
        let found: Vec<(bool, Found)> = media.par_iter().map(|media| look(media, limits, known)).collect();
        let mut survey = Self::default();
        for (media, (opened, found)) in media.iter().zip(found) {
            survey.opened += usize::from(opened);
            let path = &media.file.path;
            match found {
                Found::Still(surveyed) => {
                    memory.remember_still(path, media.file.stat, &surveyed);
                    remark(path, &surveyed.facts, messages);
                    survey.stills.insert(path.clone(), *surveyed);
                }
                Found::Clip(surveyed) => {
                    memory.remember_clip(path, media.file.stat, &surveyed);
                    remark_clip(path, &surveyed.facts, messages);
                    survey.clips.insert(path.clone(), surveyed);
                }
                Found::Captions(text) => {
                    survey.captions.insert(path.clone(), text);
                }
                Found::Refused(message) => messages.push(message),
            }
        }
        survey
    }
}

/// The facts of one file, and whether it had to be opened for them.
fn look(media: &MediaFile, limits: &still::Limits, memory: &Memory) -> (bool, Found) {
    let file = &media.file;
    if let Some(digest) = memory.digest(&file.path, file.stat) {
        let known = match media.kind {
            MediaKind::Still => {
                memory.still(digest, limits).map(|facts| Found::Still(Box::new(Surveyed { digest, facts })))
            }
            MediaKind::Clip => memory.clip(digest).map(|facts| Found::Clip(Surveyed { digest, facts })),
            MediaKind::Captions => None,
        };
        if let Some(found) = known {
            return (false, found);
        }
    }
    let bytes = match disk::read(&file.on_disk) {
        Ok(bytes) => bytes,
        Err(error) => return (true, refused(&file.path, codes::UNREADABLE, format!("cannot be read: {error}"))),
    };
    let digest = Digest::of(&bytes);
    let found = match media.kind {
        MediaKind::Still => match memory.still(digest, limits).map_or_else(|| still::examine(&bytes, limits), Ok) {
            Ok(facts) => Found::Still(Box::new(Surveyed { digest, facts })),
            Err(refusal) => refused(&file.path, still_code(&refusal), refusal.to_string()),
        },
        MediaKind::Clip => match memory.clip(digest).map_or_else(|| clip::examine(&bytes), Ok) {
            Ok(facts) => Found::Clip(Surveyed { digest, facts }),
            Err(refusal) => refused(&file.path, codes::CLIP_BROKEN, refusal.to_string()),
        },
        MediaKind::Captions => match String::from_utf8(bytes) {
            Ok(text) => Found::Captions(text),
            Err(_) => refused(
                &file.path,
                codes::UNREADABLE,
                "is not saved as UTF-8 text; save it again with that encoding".to_owned(),
            ),
        },
    };
    (true, found)
}

fn refused(path: &str, code: Code, why: String) -> Found {
    Found::Refused(Diagnostic::error(code, format!("`{}` {why}", name_of(path))).at(&Origin::whole(path)))
}

fn still_code(refusal: &still::Refusal) -> Code {
    match refusal.code() {
        "too-large" => codes::STILL_TOO_LARGE,
        "truncated" | "corrupt" | "empty" => codes::STILL_BROKEN,
        _ => codes::STILL_FORMAT,
    }
}

/// What is odd about a still that can be used all the same.
fn remark(path: &str, facts: &still::Facts, messages: &mut Diagnostics) {
    let origin = Origin::whole(path);
    if let Some(note) = still::misnamed(path, facts.format) {
        messages.push(Diagnostic::warning(codes::STILL_MISNAMED, format!("`{}` {note}", name_of(path))).at(&origin));
    }
    if facts.animated {
        let message = format!("`{}` moves; its first frame is shown", name_of(path));
        messages.push(
            Diagnostic::note(codes::STILL_ANIMATED, message)
                .at(&origin)
                .hint("Export it as an MP4 clip to show it moving."),
        );
    }
}

/// A clip that was cut without being encoded anew still holds what was cut.
fn remark_clip(path: &str, facts: &clip::Facts, messages: &mut Diagnostics) {
    let Some(seconds) = facts.left_out else { return };
    let message = format!(
        "`{}` holds {} seconds that are cut out of it but still in the file: whoever downloads it can see them",
        name_of(path),
        seconds.ceil(),
    );
    messages.push(
        Diagnostic::warning(codes::CLIP_TRIMMED, message).at(&Origin::whole(path)).hint(
            "Open the clip in your editing program and export it anew as MP4, so that only what is shown is in it.",
        ),
    );
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
