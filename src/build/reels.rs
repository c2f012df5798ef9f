//! What a site wants ffmpeg for: frames in place of posters, and renditions of its clips.

use crate::clearance::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, Digest, FileStat, TreeFile};
use crate::plan::{Reels, Renditions};
use crate::production::{Clip, Still, Window};
use crate::publish::Cache;
use crate::reel::{self, Codec, Ffmpeg, Trouble};
use crate::source::site::ClipSettings;
use crate::still;
use std::collections::{BTreeMap, BTreeSet};

/// The frame that stands for a clip: after this part of it, and not later than so many seconds.
const PART: f64 = 0.1;
const LATEST: f64 = 10.0;

/// Asks for ffmpeg where the site does, and takes the frames that clips without a poster need. Only clips that may be
/// shown are looked at. `make` is false where nothing may be written: then frames that are there already are used.
pub(super) fn prepare(
    settings: &ClipSettings,
    edition: &Edition,
    cache: &Cache,
    make: bool,
    messages: &mut Diagnostics,
) -> Reels {
    if !settings.frames && settings.renditions.is_empty() {
        return Reels::default();
    }
    let ffmpeg = match Ffmpeg::find() {
        Ok(ffmpeg) => ffmpeg,
        Err(trouble) => {
            messages.push(without(&trouble, &settings.origin));
            return Reels::default();
        }
    };
    let (mut taken, mut kept) = (BTreeMap::new(), BTreeSet::new());
    if settings.frames {
        for (clip, (key, still)) in frames(edition, &ffmpeg, cache, make, messages) {
            taken.insert(clip, still);
            kept.insert(key);
        }
    }
    Reels { frames: taken, kept, renditions: renditions(settings, ffmpeg, messages) }
}

fn without(trouble: &Trouble, origin: &Origin) -> Diagnostic {
    Diagnostic::error(codes::NO_FFMPEG, format!("site.toml wants clips to be made ready, but {trouble}"))
        .at(origin)
        .hint("Install it from https://ffmpeg.org, or as `ffmpeg` with your system's own installer; then build again.")
        .hint("Or take `poster` and `renditions` out of `[clips]`: the clips are shown as they are.")
}

fn renditions(settings: &ClipSettings, ffmpeg: Ffmpeg, messages: &mut Diagnostics) -> Option<Renditions> {
    let heights: BTreeSet<u32> = settings.renditions.iter().map(|height| height & !1).collect();
    let mut codecs = BTreeSet::new();
    for name in &settings.codecs {
        let Some(codec) = [Codec::Av1, Codec::H264].into_iter().find(|codec| codec.name() == name.value) else {
            let message = format!("clips cannot be made as `{}`", name.value);
            messages.push(
                Diagnostic::error(codes::WRONG_VALUE, message).at(&name.origin).hint("Choose from `av1` and `h264`."),
            );
            continue;
        };
        if !heights.is_empty() && !ffmpeg.can(codec) {
            let message = format!("the ffmpeg that is installed cannot make `{}`", name.value);
            let hint = "Install a full build of ffmpeg, or leave this one out of `codecs`.";
            messages.push(Diagnostic::error(codes::NO_FFMPEG, message).at(&name.origin).hint(hint));
        }
        codecs.insert(codec);
    }
    (!heights.is_empty() && !codecs.is_empty()).then(|| Renditions {
        heights: heights.into_iter().collect(),
        codecs: codecs.into_iter().collect(),
        ffmpeg,
    })
}

fn frames(
    edition: &Edition,
    ffmpeg: &Ffmpeg,
    cache: &Cache,
    make: bool,
    messages: &mut Diagnostics,
) -> BTreeMap<Digest, (Digest, Still)> {
    let shown = edition.shown();
    let without = |clip: &&Clip| clip.poster.as_ref().is_none_or(|poster| !shown.stills.contains_key(poster));
    let mut frames = BTreeMap::new();
    if let Err(error) = cache.look() {
        let message = format!("the cache folder `{}` cannot be read: {error}", cache.root().display());
        messages.push(Diagnostic::warning(codes::UNREADABLE, message));
    }
    for clip in shown.clips.values().filter(without) {
        match frame(clip, ffmpeg, cache, make) {
            Ok(still) => frames.extend(still.map(|still| (clip.digest, still))),
            Err(what) => {
                let message = format!("no frame of `{}` could be taken: {what}", clip.path);
                messages.push(
                    Diagnostic::warning(codes::MISSING_POSTER, message)
                        .at(&clip.origin)
                        .hint("Name a still for it in gallery.toml: `poster = \"….jpg\"`."),
                );
            }
        }
    }
    frames
}

/// The frame as a still that nothing but its clip shows, and its key in the cache.
fn frame(clip: &Clip, ffmpeg: &Ffmpeg, cache: &Cache, make: bool) -> Result<Option<(Digest, Still)>, String> {
    let key = Digest::of_parts([
        &b"frame"[..],
        &reel::VERSION.to_le_bytes(),
        clip.digest.to_string().as_bytes(),
        ffmpeg.version().as_bytes(),
    ]);
    if !cache.has(key) {
        if !make {
            return Ok(None);
        }
        let at = clip.facts.duration.map_or(0.0, |seconds| (seconds * PART).min(LATEST));
        let png = ffmpeg.frame(&clip.file.on_disk, clip.facts.container, at).map_err(|trouble| trouble.to_string())?;
        cache.put(key, &png).map_err(|error| error.to_string())?;
    }
    let on_disk = cache.place(key).place;
    let bytes = disk::read(&on_disk).map_err(|error| error.to_string())?;
    let facts =
        still::examine(&bytes, &still::Limits::default()).map_err(|_| "what ffmpeg gave is no picture".to_owned())?;
    let path = format!("{}#frame", clip.path);
    let stat = FileStat { size: bytes.len() as u64, modified: 0, inode: 0, changed: 0 };
    let still = Still {
        file: TreeFile { path: path.clone(), on_disk, stat },
        path,
        origin: clip.origin.clone(),
        digest: Digest::of(&bytes),
        facts,
        slug: String::new(),
        gallery: None,
        headline: None,
        caption: None,
        alt: clip.alt.clone(),
        description: None,
        credit: clip.credit.clone(),
        copyright: None,
        captured: None,
        people: Vec::new(),
        depicted: BTreeSet::new(),
        names_strangers: false,
        people_complete: true,
        shareable: false,
        kind: None,
        focus: None,
        killed: false,
        spoiler: false,
        window: Window::default(),
        notice: None,
    };
    Ok(Some((key, still)))
}
