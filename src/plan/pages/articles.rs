//! Further pages, and the page for addresses that lead nowhere.

use super::Sketch;
use crate::plan::address;
use crate::plan::context as see;
use crate::plan::draft::Draft;
use crate::plan::outputs::PageJob;
use crate::plan::sheet::Sheet;
use crate::production::Page;

const SUGGESTED: usize = 3;

pub(super) fn pages(draft: &Draft<'_>) -> Vec<PageJob> {
    draft.articles.iter().map(|page| one(draft, page)).collect()
}

/// The further page with a slug.
pub(super) fn article(draft: &Draft<'_>, slug: &str) -> Option<PageJob> {
    draft.articles.iter().find(|page| page.slug == slug).map(|page| one(draft, page))
}

fn one(draft: &Draft<'_>, page: &Page) -> PageJob {
    let sheet = Sheet::new(draft, address::page(&page.slug));
    let title = page.title.value.clone();
    let picture = page.text.pieces.iter().flat_map(|p| p.stills()).next().and_then(|path| sheet.still(path));
    sheet.finish(Sketch {
        notice: page.notice.as_ref(),
        kind: "page",
        template: "page.html",
        description: page
            .summary
            .as_ref()
            .map_or_else(|| format!("{title} · {}", draft.shown.site.title.value), |s| s.value.clone()),
        picture,
        og_type: "website",
        published: None,
        trail: vec![(title.clone(), sheet.address.clone())],
        json_ld: Vec::new(),
        subject: see::Subject::Article(see::Article { body: sheet.segments(&page.text), toc: sheet.toc(&page.text) }),
        title,
    })
}

/// Hosts serve this page at any depth, so its links begin at the top of the host, where the
/// `base_url` says that the site is.
pub(super) fn not_found(draft: &Draft<'_>) -> PageJob {
    let mut sheet = Sheet::new(draft, "");
    sheet.root = draft.base_url().map(path_of).unwrap_or_default();
    let title = draft.language().word("not_found_title").to_owned();
    sheet.finish(Sketch {
        notice: None,
        kind: "not-found",
        template: "404.html",
        description: String::new(),
        picture: None,
        og_type: "website",
        published: None,
        trail: Vec::new(),
        json_ld: Vec::new(),
        subject: see::Subject::NotFound(see::NotFound {
            home: sheet.page(""),
            stories: sheet.story_cards(draft.stories.iter().take(SUGGESTED)),
        }),
        title,
    })
}

/// `/saltlight/` of `https://example.com/saltlight/`.
fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |slash| rest[slash..].to_owned())
}
