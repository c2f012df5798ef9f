//! All pages of the site, each with its template and what that sees.

mod articles;
mod crew;
mod galleries;
mod home;
mod stories;
mod timeline;

pub(super) use stories::story;

use super::address;
use super::context as see;
use super::draft::Draft;
use super::json_ld;
use super::outputs::PageJob;
use super::rendered::STYLE;
use super::scripts;
use super::search;
use super::sheet::Sheet;
use crate::production::{Notice, Production, Still};
use crate::theme::{Aspect, Script};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Every page but those of the stories, home first.
pub(super) fn others(draft: &Draft<'_>) -> Vec<PageJob> {
    let mut pages = vec![home::page(draft)];
    pages.extend(stories::lists(draft));
    pages.extend(timeline::page(draft));
    pages.extend(crew::pages(draft));
    pages.extend(galleries::pages(draft));
    pages.extend(articles::pages(draft));
    pages.push(articles::not_found(draft));
    pages
}

/// The page at a path, if the site has one there. `full` has the text of stories, which the draft does not have.
pub(super) fn at(draft: &Draft<'_>, full: &Production, path: &str) -> Option<PageJob> {
    if path == "404.html" {
        return Some(articles::not_found(draft));
    }
    let own = path.strip_suffix("index.html")?;
    let parts: Vec<&str> = own.split_terminator('/').collect();
    let page = match parts[..] {
        [] => Some(home::page(draft)),
        ["stories"] | ["stories", _, _] => stories::list(draft, own),
        ["stories", slug] => stories::told(draft, full, slug),
        ["timeline"] => timeline::page(draft),
        ["crew"] => crew::index(draft),
        ["crew", slug] => crew::profile(draft, slug),
        ["galleries"] => galleries::index(draft),
        ["galleries", slug] => galleries::gallery(draft, slug),
        ["galleries", gallery, slug] => galleries::leaf(draft, gallery, slug),
        [slug] => articles::article(draft, slug),
        _ => None,
    };
    page.filter(|page| page.path == path)
}

/// How many of these come before the stories' own pages.
pub(super) fn before_stories(others: &[Arc<PageJob>]) -> usize {
    others.iter().take_while(|page| matches!(page.kind, "home" | "stories")).count()
}

/// What a page says of itself, before it is put into the frame that all pages share.
pub(super) struct Sketch<'a> {
    pub(super) kind: &'static str,
    pub(super) template: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    /// What social cards show.
    pub(super) picture: Option<&'a Still>,
    pub(super) og_type: &'static str,
    /// ISO 8601.
    pub(super) published: Option<String>,
    /// The way here from the home page, without it: label and address.
    pub(super) trail: Vec<(String, String)>,
    pub(super) subject: see::Subject,
    pub(super) json_ld: Vec<serde_json::Value>,
    /// What has to be said of all that it is about.
    pub(super) notice: Option<&'a Notice>,
}

impl Sheet<'_> {
    /// Puts a page into its frame.
    pub(super) fn finish(&self, sketch: Sketch<'_>) -> PageJob {
        let draft = self.draft;
        let title = &draft.shown.site.title.value;
        let is_home = self.address.is_empty() && sketch.kind == "home";
        let full_title = if is_home { title.clone() } else { format!("{} · {title}", sketch.title) };
        let is_lost = sketch.kind == "not-found";
        let canonical =
            draft.listed_at().filter(|_| !is_lost).map(|base| format!("{base}{}", address::encoded(&self.address)));
        let breadcrumbs = self.breadcrumbs(&sketch);
        let image = [sketch.picture, self.site_picture()].into_iter().flatten().find(|still| still.shareable);
        let image = image.map(|still| self.social_image(still));
        let mut graph = sketch.json_ld;
        if sketch.trail.len() > 1 {
            graph.extend(json_ld::breadcrumbs(self, &sketch.trail));
        }
        let counts_down = draft.production.release.as_ref().is_some_and(|release| release.upcoming);
        let scripts = scripts::used(&sketch.subject, counts_down);
        let path = if is_lost { "404.html".to_owned() } else { address::file(&self.address) };
        let context = see::PageContext {
            page: see::Page {
                kind: sketch.kind,
                title: sketch.title,
                full_title,
                description: shortened(&sketch.description, 200),
                root: self.root.clone(),
                canonical,
                social: see::Social {
                    og_type: sketch.og_type,
                    image,
                    published: sketch.published,
                    locale: self.language().og_locale(),
                },
                noindex: is_lost || !draft.is_listed(),
                mark: self.mark(sketch.notice),
                viewer: scripts.contains(&Script::Viewer),
            },
            site: draft.site.clone(),
            production: draft.production.clone(),
            nav: self.nav(sketch.kind),
            footer: self.footer(),
            words: draft.words.clone(),
            assets: self.assets(&scripts),
            breadcrumbs,
            json_ld: json_ld::script(graph),
            subject: sketch.subject,
        };
        let page = PageJob::new(path, sketch.template, context, scripts);
        draft.hand_over(&page);
        page
    }

    fn breadcrumbs(&self, sketch: &Sketch<'_>) -> Vec<see::NavItem> {
        let home = (self.language().word("nav_home").to_owned(), String::new());
        let trail: Vec<&(String, String)> = std::iter::once(&home).chain(&sketch.trail).collect();
        let last = trail.len() - 1;
        trail.iter().enumerate().map(|(i, (label, address))| self.nav_item(label, address, i == last)).collect()
    }

    fn nav_item(&self, label: &str, address: &str, current: bool) -> see::NavItem {
        see::NavItem { label: label.to_owned(), href: self.page(address), current }
    }

    fn nav(&self, kind: &str) -> Vec<see::NavItem> {
        let draft = self.draft;
        let sections = [
            ("nav_stories", "stories/", !draft.stories.is_empty(), &["stories", "story"][..]),
            ("nav_timeline", "timeline/", timeline::has_one(draft), &["timeline"]),
            ("nav_galleries", "galleries/", !draft.galleries.is_empty(), &["galleries", "gallery", "still"]),
            ("nav_crew", "crew/", !draft.people.is_empty(), &["crew", "person"]),
        ];
        let sections = sections.iter().filter(|(_, _, there, _)| *there);
        let mut items: Vec<see::NavItem> = sections
            .map(|(word, address, _, kinds)| self.nav_item(self.language().word(word), address, kinds.contains(&kind)))
            .collect();
        items.extend(self.articles(true));
        items
    }

    fn footer(&self) -> Vec<see::NavItem> {
        self.articles(false).collect()
    }

    /// Further pages that are in the navigation, or those that are not.
    fn articles(&self, menu: bool) -> impl Iterator<Item = see::NavItem> {
        self.draft.articles.iter().filter(move |page| page.menu == menu).map(|page| {
            let address = address::page(&page.slug);
            self.nav_item(&page.title.value, &address, address == self.address)
        })
    }

    fn assets(&self, scripts: &BTreeSet<Script>) -> see::Assets {
        let draft = self.draft;
        let icons = &draft.icons;
        let icon = |size: u32| icons.path(draft, size).map(|path| self.file(&path));
        see::Assets {
            stylesheet: self.file(&format!("assets/{STYLE}")),
            preload: draft.preload.iter().map(|path| self.file(path)).collect(),
            script: self.file(&draft.script),
            search: search::is_worthwhile(draft)
                .then(|| see::SearchFiles { script: self.file(&draft.search), index: self.file(search::INDEX) }),
            scripts: scripts.iter().filter_map(|one| draft.scripts.get(one)).map(|path| self.file(path)).collect(),
            feed: draft.listed_at().map(|_| self.file("feed.xml")),
            manifest: icons.there().then(|| self.file("site.webmanifest")),
            icon: icon(32),
            touch_icon: icon(180),
            logo: self.maybe_picture(self.shown().site.logo.as_deref(), "logo"),
        }
    }

    /// What stands for the whole production.
    fn site_picture(&self) -> Option<&Still> {
        let site = &self.shown().site;
        self.still(site.hero.as_deref().or(site.poster.as_deref())?)
    }

    fn social_image(&self, still: &Still) -> see::SocialImage {
        let social = |prints: &mut super::prints::Prints| {
            prints.single(still, Aspect(1200, 630), 1200, crate::develop::Output::Jpeg)
        };
        let (path, width, height) = self.draft.with_prints(social);
        let url = match self.draft.base_url() {
            Some(base) => format!("{base}{path}"),
            None => self.file(&path),
        };
        see::SocialImage { url, width, height, alt: still.alt.clone().unwrap_or_default() }
    }
}

/// At most `most` characters, cut between words.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}
