//! Pages that somebody looks at are shown before all others are made, and are what they are in the whole site.

use crate::support::{SiteTest, assert_same};
use backlot::build::{Options, Order, Report, Workshop};
use backlot::clearance::Audience;
use backlot::publish::{Client, Finished, Made, Silent};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Somebody who looks at some pages.
struct Reader(BTreeSet<String>);

impl Client for Reader {
    fn looks_at(&self) -> BTreeSet<String> {
        self.0.clone()
    }
}

/// A run, and the sites that it has shown one after the other.
fn run(workshop: &mut Workshop, options: &Options, pages: &[&str]) -> (Report, Vec<Finished>) {
    let seen = RefCell::new(Vec::new());
    let early = |report: &Report| seen.borrow_mut().push(report.site.clone().unwrap());
    let reader = Reader(pages.iter().map(|page| (*page).to_owned()).collect());
    let report = workshop.run(&Order { client: &reader, early: Some(&early), ..Order::new(options, &Silent) }, || {});
    (report, seen.into_inner())
}

fn page(site: &Finished, path: &str) -> Option<String> {
    match site.get(path)? {
        Made::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        other => panic!("{path} is {other:?}"),
    }
}

fn each_page_is_what_it_is_in_the_whole_site(audience: Audience) {
    let site = SiteTest::good();
    let mut options = site.options();
    (options.audience, options.as_of) = (audience, Some("2026-06-01".to_owned()));
    options.output = if audience == Audience::Insiders { options.cache.join("insiders") } else { site.beside("out") };
    let (built, _) = run(&mut Workshop::new(), &options, &[]);
    let built = built.site.unwrap();
    let pages: Vec<&str> = built.iter().map(|(path, _)| path).filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 15, "{pages:?}");
    let nothing =
        ["index.html/index.html", "stories/none/index.html", "stories/kind/none/index.html", "a/b/c/d/index.html"];
    let (report, shown) = run(&mut Workshop::new(), &options, &[&pages[..], &nothing].concat());
    assert!(report.is_good());
    let [first, whole] = &shown[..] else { panic!("{} sites were shown", shown.len()) };
    assert!(!first.is_whole() && whole.is_whole());
    for path in pages {
        assert_eq!(page(first, path), page(&built, path), "{path} for {audience:?}");
    }
    for path in nothing {
        assert!(first.get(path).is_none(), "{path}");
    }
    // What they are dressed with is there, too, and nothing that the whole site has not. Lists for machines and files of
    // static/ come with that.
    for (path, _) in first.iter() {
        assert!(built.get(path).is_some(), "{path}");
    }
    let lacks: Vec<&str> = built.iter().map(|(path, _)| path).filter(|path| first.get(path).is_none()).collect();
    let comes_later = ["feed.xml", "sitemap.xml", "robots.txt", "assets/search-index.js", "notes.txt"];
    let lacks: Vec<&str> = lacks.into_iter().filter(|path| !comes_later.contains(path)).collect();
    assert_eq!(lacks, Vec::<&str>::new());
}

#[test]
fn each_page_is_what_it_is_in_the_whole_site_for_the_public() {
    each_page_is_what_it_is_in_the_whole_site(Audience::Public);
}

#[test]
fn each_page_is_what_it_is_in_the_whole_site_for_the_press() {
    each_page_is_what_it_is_in_the_whole_site(Audience::Press);
}

#[test]
fn each_page_is_what_it_is_in_the_whole_site_for_insiders() {
    each_page_is_what_it_is_in_the_whole_site(Audience::Insiders);
}

const STORY: &str = "stories/light/index.html";

#[test]
fn what_is_looked_at_is_shown_first_and_all_else_follows() {
    let site = SiteTest::good();
    let (options, mut workshop) = (site.options(), Workshop::new());
    run(&mut workshop, &options, &[]);
    site.edit("stories/light.md", "title = \"", "title = \"Seen first: ");
    let (report, shown) = run(&mut workshop, &options, &[STORY]);
    let [first, whole] = &shown[..] else { panic!("{} sites were shown", shown.len()) };
    let names_it = |site: &Finished, path: &str| page(site, path).unwrap().contains("Seen first: ");
    assert!(names_it(first, STORY) && !names_it(first, "stories/index.html"));
    assert!(names_it(whole, STORY) && names_it(whole, "stories/index.html"));
    assert!(first.is_whole(), "all other pages are there as they were");
    // Of what has been shown nothing is told again.
    assert!(report.changes.changed.contains(&STORY.to_owned()));
    assert!(whole.since(first).changed.iter().all(|path| path != STORY));
    assert_same(&site.tree(), &site.clean(), "after a glance");
}

#[test]
fn the_last_good_site_comes_back_when_another_page_fails() {
    let site = SiteTest::good();
    let (options, mut workshop) = (site.options(), Workshop::new());
    let before = run(&mut workshop, &options, &[]).0.site.unwrap();
    let tree = site.tree();
    site.edit("stories/light.md", "Forty sheets", "Forty-one sheets");
    site.file("theme/templates/crew.html", "{{ nobody.knows.this }}");
    let (report, shown) = run(&mut workshop, &options, &[STORY]);
    assert!(!report.is_good());
    let [first, last] = &shown[..] else { panic!("{} sites were shown", shown.len()) };
    assert!(page(first, STORY).unwrap().contains("Forty-one sheets"));
    assert!(last.since(&before).is_empty(), "the last good site stays");
    assert_same(&site.tree(), &tree, "the output");
    // A page that fails itself is not shown at all.
    let (report, shown) = run(&mut workshop, &options, &["crew/index.html"]);
    assert!(!report.is_good() && shown.is_empty());
}

/// Somebody who has not finished saving.
struct Hasty;

impl Client for Hasty {
    fn is_settled(&self) -> bool {
        false
    }

    fn looks_at(&self) -> BTreeSet<String> {
        [STORY.to_owned()].into()
    }
}

#[test]
fn what_is_half_saved_is_seen_by_nobody() {
    let site = SiteTest::good();
    let (options, mut workshop) = (site.options(), Workshop::new());
    run(&mut workshop, &options, &[]);
    let before = site.tree();
    let whole = site.text("stories/light.md");
    let early = |_: &Report| panic!("it was shown");
    for half in [whole.replace("Forty sheets", "Forty-one"), whole[..20].to_owned(), String::new()] {
        site.file("stories/light.md", &half);
        let order = Order { client: &Hasty, early: Some(&early), ..Order::new(&options, &Silent) };
        let report = workshop.run(&order, || {});
        assert!(report.is_premature && report.written.is_none(), "{half}");
        assert_same(&site.tree(), &before, &half);
    }
    site.file("stories/light.md", &whole.replace("Forty sheets", "Forty-two sheets"));
    let (report, shown) = run(&mut workshop, &options, &[STORY]);
    assert!(!report.is_premature && page(&shown[0], STORY).unwrap().contains("Forty-two sheets"));
    assert_same(&site.tree(), &site.clean(), "after a save that came in parts");
}
