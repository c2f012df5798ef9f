//! What a plan uses of the cache.

use super::cache::Usage;
use crate::disk::Digest;
use crate::plan::{Job, Outputs};
use std::collections::BTreeSet;

/// The media files, by path in the site folder, of which a plan publishes something.
pub fn originals<'o>(outputs: &'o Outputs) -> BTreeSet<&'o str> {
    let file = |(_, job): (&'_ str, &'o Job)| match job {
        Job::Print(print) => Some(print.file.path.as_str()),
        Job::Clip { file, .. } => Some(file.path.as_str()),
        Job::Rendition(rendition) => Some(rendition.file.path.as_str()),
        Job::Page(_) | Job::Bytes(_) | Job::Font(_) | Job::Copy(_) => None,
    };
    outputs.iter().filter_map(file).collect()
}

/// Everything in the cache that a plan wants, and what it was drawn from (`more`). What it does not want stays for
/// `keep_days`; without a number it goes at once.
pub fn usage(outputs: &Outputs, more: &BTreeSet<Digest>, keep_days: Option<u64>) -> Usage {
    let (mut keys, mut stills, mut pages) = (more.clone(), BTreeSet::new(), BTreeSet::new());
    for (_, print) in outputs.prints() {
        keys.insert(print.key);
        stills.insert(print.digest);
    }
    for (_, job) in outputs.files() {
        match job {
            Job::Font(font) => {
                keys.insert(font.key);
            }
            Job::Clip { key, .. } => {
                keys.insert(*key);
            }
            Job::Rendition(rendition) => {
                keys.insert(rendition.key);
            }
            Job::Page(page) => pages.extend(page.rendered().and_then(|page| page.key())),
            Job::Print(_) | Job::Bytes(_) | Job::Copy(_) => {}
        }
    }
    Usage { keys, pages, stills, keep_days }
}
