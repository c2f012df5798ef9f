//! What a careful editor would say of an edition: `backlot check`.

use crate::clearance::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use std::collections::BTreeSet;

/// Looks over everything that would be published. `frames` are taken of clips without a poster.
pub(super) fn give(edition: &Edition, frames: bool, messages: &mut Diagnostics) {
    let shown = edition.shown();
    let used = used_stills(edition);
    for still in shown.stills.values().filter(|still| still.gallery.is_some() || used.contains(still.path.as_str())) {
        let name = still.path.rsplit('/').next().unwrap_or(&still.path);
        if still.alt.is_none() {
            let message = format!("`{name}` has no text for people who cannot see it");
            messages.push(Diagnostic::warning(codes::MISSING_ALT, message).at(&still.origin).hint(format!(
                "Write `alt = \"…\"` under `[still.\"{name}\"]` in gallery.toml: what the picture shows, in a sentence."
            )));
        }
        if still.credit.is_none() {
            messages.push(
                Diagnostic::warning(codes::MISSING_CREDIT, format!("`{name}` has no credit"))
                    .at(&still.origin)
                    .hint("Write `credit = \"Photo: …\"` under `[defaults]` or for the still in gallery.toml."),
            );
        }
    }
    for clip in shown.clips.values().filter(|clip| clip.captions.is_empty() && clip.facts.has_audio) {
        messages.push(
            Diagnostic::warning(codes::MISSING_CAPTIONS, format!("the clip `{}` has sound but no captions", clip.path))
                .at(&clip.origin)
                .hint("Write `captions = { en = \"….vtt\" }` for the clip in gallery.toml."),
        );
    }
    for clip in shown.clips.values().filter(|clip| clip.poster.is_none() && !frames) {
        messages.push(
            Diagnostic::note(codes::MISSING_POSTER, format!("the clip `{}` has no poster: its first frame is shown", clip.path))
                .at(&clip.origin)
                .hint("Write `poster = \"….jpg\"` for the clip in gallery.toml.")
                .hint("Or let a frame be taken: `poster = \"ffmpeg\"` under `[clips]` in site.toml, where ffmpeg is installed."),
        );
    }
}

fn used_stills(edition: &Edition) -> BTreeSet<&str> {
    let shown = edition.shown();
    let texts = shown.stories.values().map(|s| &s.text).chain(shown.people.values().map(|p| &p.text));
    let texts = texts.chain(shown.pages.values().map(|p| &p.text));
    let covers = shown.stories.values().filter_map(|s| s.cover.as_deref());
    let portraits = shown.people.values().filter_map(|p| p.portrait.as_deref());
    texts.flat_map(|text| text.pieces.iter().flat_map(|piece| piece.stills())).chain(covers).chain(portraits).collect()
}
