//! Encoding the renditions of clips that the cache lacks, one after the other: ffmpeg takes all cores itself.

use super::cache::Cache;
use super::work::Progress;
use crate::clip;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::plan::{Job, Outputs, RenditionJob};

/// Makes what is missing. A clip of which nothing comes is a message; the others are made all the same.
pub fn encode(outputs: &Outputs, cache: &Cache, progress: &dyn Progress, messages: &mut Diagnostics) {
    let wanted = outputs.files().filter_map(|(_, job)| if let Job::Rendition(job) = job { Some(job) } else { None });
    let missing: Vec<&RenditionJob> = wanted.filter(|job| !cache.has(job.key)).map(AsRef::as_ref).collect();
    if missing.is_empty() {
        return;
    }
    progress.begin_clips(missing.len());
    for job in missing {
        progress.start(&job.file.path);
        if let Err(what) = one(job, cache) {
            messages.push(
                Diagnostic::error(codes::CLIP_BROKEN, format!("`{}` cannot be made smaller: {what}", job.file.path))
                    .at(&Origin::whole(&job.file.path))
                    .hint("Export it again as MP4 (H.264), or take `renditions` out of site.toml."),
            );
        }
        progress.advance(1.0);
    }
    progress.end();
}

/// What ffmpeg says of itself in a file is scrubbed as what a camera says is.
fn one(job: &RenditionJob, cache: &Cache) -> Result<(), String> {
    let made =
        job.ffmpeg.rendition(&job.file.on_disk, job.container, job.recipe).map_err(|trouble| trouble.to_string())?;
    let clean = clip::clean(&made).map_err(|refusal| refusal.to_string())?;
    cache.put(job.key, &clean).map_err(|error| format!("the cache folder cannot be written: {error}"))
}
