//! Addresses of pages, and links between them that work in any folder and from `file://`.
//!
//! A page's address ends with a slash (`stories/rain-rig/`) and its file is the `index.html` in
//! there. Links name that file, because a browser that reads from a disk does not look for it.

use crate::clearance::Subject;
use crate::production::Production;
use crate::production::text::Target;

/// Path of the file of a page.
pub(super) fn file(address: &str) -> String {
    format!("{address}index.html")
}

pub(super) fn story(slug: &str) -> String {
    format!("stories/{slug}/")
}

pub(super) fn person(slug: &str) -> String {
    format!("crew/{slug}/")
}

pub(super) fn gallery(slug: &str) -> String {
    format!("galleries/{slug}/")
}

pub(super) fn still(gallery: &str, slug: &str) -> String {
    format!("galleries/{gallery}/{slug}/")
}

pub(super) fn page(slug: &str) -> String {
    format!("{slug}/")
}

/// The list of stories of one kind, phase or department.
pub(super) fn filtered(group: &str, slug: &str) -> String {
    format!("stories/{group}/{slug}/")
}

/// The address of the page of something that is shown, below the root; clips and loose stills have none.
pub fn page_of(subject: &Subject, shown: &Production) -> Option<String> {
    match subject {
        Subject::Story(slug) => Some(story(slug)),
        Subject::Person(slug) => Some(person(slug)),
        Subject::Gallery(slug) => Some(gallery(slug)),
        Subject::Page(slug) => Some(page(slug)),
        Subject::Still(path) => {
            let shown = shown.stills.get(path)?;
            shown.gallery.as_ref().map(|gallery| still(gallery, &shown.slug))
        }
        Subject::Clip(_) => None,
    }
}

/// File that a link within the site leads to.
pub(super) fn target(target: &Target) -> String {
    match target {
        Target::Story(slug) => file(&story(slug)),
        Target::Person(slug) => file(&person(slug)),
        Target::Gallery(slug) => file(&gallery(slug)),
        Target::Page(slug) => file(&page(slug)),
        Target::Static(address) => address.clone(),
        Target::Index(address) => file(address),
    }
}

/// The way from a page to the top of the site.
pub(super) fn root(address: &str) -> String {
    "../".repeat(address.matches('/').count())
}

/// A path as it stands in a link: everything beyond unreserved characters percent-encoded (RFC 3986).
pub fn encoded(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(path, KEPT).to_string()
}
