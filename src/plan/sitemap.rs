//! `sitemap.xml` (sitemaps.org 0.9) and `robots.txt`.

use super::draft::Draft;
use super::outputs::{Job, Outputs, PageJob};
use crate::diagnostic::Diagnostics;
use crate::html::escape;
use std::fmt::Write as _;
use std::sync::Arc;

/// What search engines are asked to do. A site may bring its own.
pub(super) const RULES: &str = "robots.txt";

/// Both need absolute addresses; without a `base_url` there is no sitemap. What is not for everybody asks to be left
/// alone, whatever the site's own rules are.
pub(super) fn plan(draft: &Draft<'_>, pages: &[&Arc<PageJob>], outputs: &mut Outputs, messages: &mut Diagnostics) {
    let mut robots = format!("User-agent: *\n{}: /\n", if draft.is_listed() { "Allow" } else { "Disallow" });
    if let Some(base) = draft.listed_at() {
        let _ = writeln!(robots, "\nSitemap: {base}sitemap.xml");
        outputs.add("sitemap.xml".to_owned(), Job::Bytes(sitemap(pages).as_bytes().into()), messages);
    }
    if !draft.is_listed() || !draft.shown.statics.contains_key(RULES) {
        outputs.add(RULES.to_owned(), Job::Bytes(robots.as_bytes().into()), messages);
    }
}

fn sitemap(pages: &[&Arc<PageJob>]) -> String {
    let mut xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            .to_owned();
    for page in pages {
        let Some(address) = &page.canonical else { continue };
        let modified = page.published.as_ref();
        let modified = modified.map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(xml, "<url><loc>{}</loc>{modified}</url>", escape(address));
    }
    xml.push_str("</urlset>\n");
    xml
}
