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
use std::io;

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
    /// How many stills and clips were opened. Captions are text, and read like stories.
    pub opened: usize,
}

/// What a file is, by its kind.
enum Found {
    Still(Box<Result<still::Facts, still::Refusal>>),
    Clip(Result<clip::Facts, clip::Refusal>),
    Captions(Option<String>),
}

/// What came of one file.
struct Look {
    opened: bool,
    /// Its digest with what it is, or why it cannot be read.
    found: Result<(Digest, Found), io::Error>,
}

impl Survey {
    /// Looks at all media files, several at a time. Refused ones are in `messages` and not in the survey.
    pub fn of(media: &[MediaFile], limits: &still::Limits, memory: &mut Memory, messages: &mut Diagnostics) -> Self {
        let (known, seen) = (&*memory, disk::now());
        let looks: Vec<Look> = media.par_iter().map(|media| look(media, limits, known)).collect();
        let mut survey = Self::default();
        for (media, look) in media.iter().zip(looks) {
            survey.opened += usize::from(look.opened && media.kind != MediaKind::Captions);
            let path = &media.file.path;
            let (digest, found) = match look.found {
                Ok(found) => found,
                Err(error) => {
                    messages.push(refused(path, codes::UNREADABLE, format!("cannot be read: {error}")));
                    continue;
                }
            };
            memory.remember_file(path, media.file.stat, digest, seen);
            match found {
                Found::Still(found) => match *found {
                    Ok(facts) => {
                        let surveyed = Surveyed { digest, facts };
                        memory.remember_still(&surveyed);
                        remark(path, &surveyed.facts, messages);
                        survey.stills.insert(path.clone(), surveyed);
                    }
                    Err(refusal) => {
                        memory.remember_refused_still(digest, &refusal, limits);
                        messages.push(refused(path, still_code(&refusal), refusal.to_string()));
                    }
                },
                Found::Clip(Ok(facts)) => {
                    let surveyed = Surveyed { digest, facts };
                    memory.remember_clip(&surveyed);
                    remark_clip(path, &surveyed.facts, messages);
                    survey.clips.insert(path.clone(), surveyed);
                }
                Found::Clip(Err(refusal)) => {
                    memory.remember_refused_clip(digest, &refusal);
                    messages.push(refused(path, codes::CLIP_BROKEN, refusal.to_string()));
                }
                Found::Captions(Some(text)) => {
                    survey.captions.insert(path.clone(), text);
                }
                Found::Captions(None) => messages.push(refused(
                    path,
                    codes::UNREADABLE,
                    "is not saved as UTF-8 text; save it again with that encoding".to_owned(),
                )),
            }
        }
        survey
    }
}

/// What one file is, and whether it had to be opened for that.
fn look(media: &MediaFile, limits: &still::Limits, memory: &Memory) -> Look {
    let file = &media.file;
    let known = |digest: Digest| match media.kind {
        MediaKind::Still => memory.still(digest, limits).map(|known| Found::Still(Box::new(known))),
        MediaKind::Clip => memory.clip(digest).map(Found::Clip),
        MediaKind::Captions => None,
    };
    let stays = memory.digest(&file.path, file.stat).and_then(|digest| Some((digest, known(digest)?)));
    if let Some(found) = stays {
        return Look { opened: false, found: Ok(found) };
    }
    let found = disk::read(&file.on_disk).map(|bytes| {
        let digest = Digest::of(&bytes);
        let found = known(digest).unwrap_or_else(|| match media.kind {
            MediaKind::Still => Found::Still(Box::new(still::examine(&bytes, limits))),
            MediaKind::Clip => Found::Clip(clip::examine(&bytes)),
            MediaKind::Captions => Found::Captions(String::from_utf8(bytes).ok()),
        });
        (digest, found)
    });
    Look { opened: true, found }
}

fn refused(path: &str, code: Code, why: String) -> Diagnostic {
    Diagnostic::error(code, format!("`{}` {why}", name_of(path))).at(&Origin::whole(path))
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
