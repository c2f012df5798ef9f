//! Clips as they are published: as they were brought, or in the sizes that site.toml names.

use super::context as see;
use super::draft::Draft;
use super::outputs::{Job, RenditionJob};
use super::sheet::Sheet;
use crate::disk::Digest;
use crate::production::{Clip, Still};
use crate::reel::{self, Codec, Recipe};
use std::sync::Arc;

impl Sheet<'_> {
    /// The sizes of a clip for a player, in the order in which a browser should look at them: for small screens first,
    /// of each size the best first.
    pub(super) fn renditions(&self, clip: &Clip) -> Vec<see::Rendition> {
        let all = self.draft.renditions(clip);
        let largest = all.last().map_or(0, |(_, recipe)| recipe.width);
        let one = |(path, recipe): &(String, Recipe)| see::Rendition {
            src: self.file(path),
            mime: recipe.codec.media_type().to_owned(),
            media: (recipe.width < largest).then(|| format!("(max-width: {}px)", recipe.width)),
        };
        all.iter().map(one).collect()
    }

    /// What a clip shows before it plays: its poster, or the frame that was taken of it.
    pub(super) fn clip_poster(&self, clip: &Clip) -> Option<see::Picture> {
        let frame = || self.draft.frame(clip).map(|still| self.picture(still, "video"));
        self.maybe_picture(clip.poster.as_deref(), "video").or_else(frame)
    }
}

impl<'a> Draft<'a> {
    /// The frame that was taken of a clip without a poster.
    pub(super) fn frame(&self, clip: &Clip) -> Option<&'a Still> {
        self.darkroom.reels.frames.get(&clip.digest)
    }

    /// Path of a published clip: of the largest rendition that every browser plays, or else of the clip itself.
    pub(super) fn clip(&self, clip: &Clip) -> String {
        let all = self.renditions(clip);
        let plain = all.iter().rev().find(|(_, recipe)| recipe.codec == Codec::H264).or(all.last());
        plain.map_or_else(|| self.original(clip), |(path, _)| path.clone())
    }

    /// Paths of all sizes of a clip that are smaller than itself, ascending, and what they are.
    fn renditions(&self, clip: &Clip) -> Vec<(String, Recipe)> {
        let Some(wanted) = &self.darkroom.reels.renditions else { return Vec::new() };
        let (Some(width), Some(height)) = (clip.facts.width, clip.facts.height) else { return Vec::new() };
        let mut all = Vec::new();
        for rows in wanted.heights.iter().copied().filter(|rows| *rows < height) {
            let columns = (f64::from(width) * f64::from(rows) / f64::from(height) / 2.0).round() as u32 * 2;
            for codec in &wanted.codecs {
                let recipe = Recipe { codec: *codec, width: columns.max(2), height: rows };
                let ffmpeg = &wanted.ffmpeg;
                let key = key(clip.digest, ffmpeg.version(), recipe);
                let path = format!("media/{}.mp4", key.short(20));
                self.add_clip(&path, || {
                    let (file, container) = (clip.file.clone(), clip.facts.container);
                    Job::Rendition(Arc::new(RenditionJob { file, container, recipe, ffmpeg: ffmpeg.clone(), key }))
                });
                all.push((path, recipe));
            }
        }
        all
    }
}

/// Everything that can change the bytes of a rendition.
fn key(clip: Digest, ffmpeg: &str, recipe: Recipe) -> Digest {
    // A plain structure of numbers and names always serialises.
    let recipe = serde_json::to_vec(&recipe).unwrap_or_default();
    let version = [reel::VERSION.to_le_bytes(), super::draft::CLIP_VERSION.to_le_bytes()].concat();
    Digest::of_parts([&version[..], clip.to_string().as_bytes(), ffmpeg.as_bytes(), &recipe])
}
