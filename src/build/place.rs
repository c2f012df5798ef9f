//! The folders that a build writes into: whether it may.

use super::Options;
use crate::clearance::Audience;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk;
use crate::publish::{Cache, Output};
use std::io;

/// Whether the site goes where it may: with all that is held into the cache, else anywhere. What was in the cache of
/// the former kind goes with the next build of another.
pub(super) fn keep_inside(output: &Output, cache: &Cache, messages: &mut Diagnostics) -> bool {
    let inside = cache.insiders();
    if output.audience == Audience::Insiders {
        let same = disk::canonical(&output.folder) == disk::canonical(&inside);
        if !same {
            let message = "what is held is shown in the preview alone, and built into no folder";
            messages.push(
                Diagnostic::error(codes::OUTPUT_NOT_OURS, message)
                    .at(&Origin::whole(output.folder.display().to_string()))
                    .hint("Look at it with `backlot serve --show-held`."),
            );
        }
        return same;
    }
    if let Err(error) = disk::remove_folder(&inside) {
        let message = format!("`{}`, with a preview of what is held, cannot be removed: {error}", inside.display());
        messages.push(Diagnostic::warning(codes::WRITE_FAILED, message).hint("Remove it by hand."));
    }
    true
}

/// The records name names, so they must not lie in what is put online.
pub(super) fn keeps_records_apart(options: &Options, messages: &mut Diagnostics) -> bool {
    let (records, output) = (disk::canonical(&options.records), disk::canonical(&options.output));
    if !records.starts_with(&output) && !output.starts_with(&records) {
        return true;
    }
    let message = format!(
        "the website cannot go to `{}`: the records of what was published are in `{}`",
        options.output.display(),
        options.records.display()
    );
    messages.push(Diagnostic::error(codes::OUTPUT_NOT_OURS, message).hint("Name another folder with `--output`."));
    false
}

/// What the cache folder gave, or a message that it cannot be used.
pub(super) fn usable<T>(given: io::Result<T>, cache: &Cache, messages: &mut Diagnostics) -> Option<T> {
    given
        .map_err(|error| {
            let message = format!("the cache folder `{}` cannot be written: {error}", cache.root().display());
            messages.push(Diagnostic::error(codes::WRITE_FAILED, message));
        })
        .ok()
}
