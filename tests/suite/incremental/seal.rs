//! The seal: a build of a site that is as it was plans and makes nothing, and anything that matters breaks it.

use crate::support::{SiteTest, assert_same, jpeg_with_xmp};
use std::fs;
use std::thread::sleep;
use std::time::Duration;

/// Stats are trusted only of files that have been left alone for so long.
const SETTLED: Duration = Duration::from_millis(3200);
/// What was written is sealed after so long.
const WRITTEN: Duration = Duration::from_millis(60);

/// Builds until the output is sealed: all was left alone for long enough.
fn sealed(site: &SiteTest) {
    sleep(SETTLED);
    site.build().is_good();
    sleep(WRITTEN);
    site.build().is_good();
}

fn is_unchanged(site: &SiteTest) -> bool {
    site.build().is_good().report.is_unchanged
}

fn held_site() -> SiteTest {
    let site = SiteTest::good();
    site.edit("stories/light.md", "kind = \"diary\"", "kind = \"diary\"\nembargo = 2026-07-01");
    site.edit("pages/about.md", "[[light]]", "[[light|a light]]");
    site
}

#[test]
fn a_build_of_the_same_site_makes_nothing_and_says_the_same() {
    let site = held_site();
    // A warning, which is to be said each time.
    site.file("stories/odd.xyz", "of no use");
    let first = site.build();
    assert!(!first.messages().is_empty());
    sealed(&site);
    let again = site.build();
    assert!(again.report.is_unchanged);
    assert_eq!(again.told(), first.told(), "the messages");
    assert!(!first.report.held.is_empty() && first.report.held.len() == again.report.held.len());
    let whole =
        |report: &backlot::build::Report| report.written.map(|written| (written.pages, written.files, written.bytes));
    assert_eq!(whole(&again.report), whole(&first.report));
    assert_eq!(again.touched(), (0, 0));
    assert_same(&site.tree(), &site.clean(), "the output");
}

type Edit = fn(&SiteTest);

#[test]
fn whatever_is_brought_anew_breaks_the_seal() {
    let edits: [(&str, Edit); 5] = [
        ("a story's text", |site| {
            site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
        }),
        ("another picture with as many bytes", |site| {
            let rain = site.path("media/day-1/rain.jpg");
            let mut bytes = fs::read(&rain).unwrap();
            let end = bytes.len() - 3;
            bytes[end] ^= 1;
            fs::write(&rain, bytes).unwrap();
        }),
        ("one picture more", |site| {
            site.bytes("media/day-2/extra.jpg", &jpeg_with_xmp(90, 70, 77, ""));
        }),
        ("a file to be copied, and one that goes", |site| {
            site.file("static/more.txt", "more").remove("static/less.txt");
        }),
        ("a token of the theme", |site| {
            site.file("theme/tokens.css", "@layer site { :root { --accent: #777; } }");
        }),
    ];
    let site = SiteTest::good();
    site.file("static/less.txt", "less");
    for (what, edit) in edits {
        sealed(&site);
        assert!(is_unchanged(&site), "before {what}");
        edit(&site);
        assert!(!is_unchanged(&site), "{what}");
        assert_same(&site.tree(), &site.clean(), what);
    }
}

#[test]
fn whatever_becomes_of_the_output_breaks_the_seal() {
    let edits: [(&str, Edit); 6] = [
        ("a page was changed", |site| {
            let index = site.page("index.html");
            site.file("public/index.html", &index.replacen('e', "E", 1));
        }),
        ("a file is gone", |site| {
            site.remove("public/404.html");
        }),
        ("a picture is another of the same size", |site| {
            let tree = site.tree();
            let (path, bytes) = tree.iter().find(|(path, _)| path.starts_with("media/")).unwrap();
            let mut bytes = bytes.clone();
            bytes.pop();
            site.bytes(&format!("public/{path}"), &bytes);
        }),
        ("all of it is gone", |site| {
            site.remove("public");
        }),
        ("the cache is gone", |site| {
            site.remove(".backlot");
        }),
        ("the records are gone", |site| {
            site.remove("records");
        }),
    ];
    let site = SiteTest::good();
    sealed(&site);
    for (what, edit) in edits {
        assert!(is_unchanged(&site), "before: {what}");
        edit(&site);
        assert!(!is_unchanged(&site), "{what}");
        assert_same(&site.tree(), &site.clean(), what);
        sleep(WRITTEN);
        site.build().is_good();
    }
    assert!(site.path("records/published.csv").exists());
}

#[test]
fn an_instant_that_has_passed_breaks_the_seal() {
    let mut site = held_site();
    sealed(&site);
    site.as_of = "2026-06-20T12:00:00Z".to_owned();
    assert!(is_unchanged(&site), "nothing happens between the two");
    assert!(!site.tree().contains_key("stories/light/index.html"));
    site.as_of = "2026-07-02T12:00:00Z".to_owned();
    assert!(!is_unchanged(&site), "the embargo is over");
    assert!(site.tree().contains_key("stories/light/index.html"));
    sleep(WRITTEN);
    site.build().is_good();
    assert!(is_unchanged(&site));
    site.as_of = "2026-06-20T12:00:00Z".to_owned();
    assert!(!is_unchanged(&site), "seen from before it was over");
    assert!(!site.tree().contains_key("stories/light/index.html"));
}

#[test]
fn another_way_of_building_breaks_the_seal() {
    let site = SiteTest::good();
    sealed(&site);
    assert!(is_unchanged(&site));
    let with_drafts = site.build_with(|options| options.drafts = true);
    assert!(!with_drafts.report.is_unchanged);
    assert!(!is_unchanged(&site));
    let elsewhere = site.build_with(|options| options.base_url = Some("https://example.org/".to_owned()));
    assert!(!elsewhere.report.is_unchanged);
}
