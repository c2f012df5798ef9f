//! `backlot clean [SITE] [--held]`: the cache, emptied. Originals and the output are never touched.

use crate::build::{self, Options};
use crate::diagnostic::human;
use crate::disk;
use std::path::Path;

/// Removes the cache of a site, or what the site does not use of it.
pub(super) fn run(site: &Path, held: bool) -> u8 {
    if !disk::is_file(&site.join("site.toml")) {
        super::tell(&format!("There is no site.toml in `{}`. Name the folder of your site.", site.display()));
        return super::SITE_HAS_ERRORS;
    }
    let options = Options::new(site);
    let waiting = || super::tell("A build of this site is running; waiting for it to end.");
    let cleaned = if held { build::forget_unused(&options, waiting) } else { build::empty(&options, waiting) };
    let Some(freed) = cleaned.freed else {
        for message in cleaned.messages.sorted() {
            super::tell(&format!("{}\n", human::draw(message, super::style())));
        }
        super::tell(
            "Nothing was removed. While the site has mistakes, nobody can say what it uses; `backlot clean` without \
             `--held` removes everything.",
        );
        return super::SITE_HAS_ERRORS;
    };
    let folder = options.cache.display();
    super::tell(&match (held, freed) {
        (_, 0) => format!("There was nothing to remove in `{folder}`."),
        (true, _) => format!(
            "Removed from `{folder}` what the site does not use now: {}. The website and your originals are as they were.",
            super::summary::size(freed)
        ),
        (false, _) => format!(
            "Removed `{folder}`: {}. The website and your originals are as they were; the next build develops all stills again.",
            super::summary::size(freed)
        ),
    });
    super::DONE
}
