//! The site for journalists.

use super::build;
use crate::support::{SiteTest, files_that_say, tree};
use backlot::clearance::Audience;

#[test]
fn search_engines_are_asked_to_keep_out_of_every_page() {
    let site = SiteTest::good();
    site.file("static/robots.txt", "User-agent: *\nAllow: /\n");
    build(&site, Audience::Press).is_good();
    let press = tree(&site.path("press"));
    let pages = press.iter().filter(|(path, _)| path.ends_with(".html"));
    let open: Vec<&String> = pages
        .filter(|(_, html)| !String::from_utf8_lossy(html).contains("<meta name=\"robots\" content=\"noindex\">"))
        .map(|(path, _)| path)
        .collect();
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(press["robots.txt"], b"User-agent: *\nDisallow: /\n");
    assert!(!press.contains_key("sitemap.xml") && !press.contains_key("feed.xml"));
    // The address in site.toml is that of the public site.
    assert_eq!(files_that_say(&press, &["https://example.com/lighthouse/", "feed.xml"]), [""; 0]);
    site.build().is_good();
    assert_eq!(site.page("robots.txt"), "User-agent: *\nAllow: /\n");
}

#[test]
fn consent_for_the_press_counts_and_consent_for_the_web_does_not() {
    let site = SiteTest::good();
    let agreed = |media: &str| {
        site.file(
            "crew/cy-moreau.md",
            &format!("+++\nname = \"Cy Moreau\"\nredact_as = \"the cutter\"\n[consent]\nstatus = \"granted\"\nmedia = [{media}]\n+++\n\nCy cuts.\n"),
        );
        build(&site, Audience::Press).is_good();
        build(&site, Audience::Public).is_good();
        ["press", "public"].map(|folder| !files_that_say(&tree(&site.path(folder)), &["Cy Moreau"]).is_empty())
    };
    assert_eq!(agreed("\"press\""), [true, false]);
    assert_eq!(agreed("\"web\", \"social\""), [false, true]);
    assert_eq!(agreed("\"web\", \"press\""), [true, true]);
}

const DAY: &str = "media/day-1/gallery.toml";
const EARLY: &str = "embargo = 2026-12-01T00:01:00\npress_embargo = 2026-05-20\n";
const SAID: &str = "EMBARGOED UNTIL 1 December 2026, 00:01 Europe/London (1 December 2026, 00:01 UTC)";
const IN_PICTURES: &str = "EMBARGOED UNTIL 2026-12-01 00:01 Europe/London (2026-12-01 00:01 UTC)";

/// Whether the press and the public have the page of a still.
fn shown(site: &SiteTest, page: &str) -> [bool; 2] {
    build(site, Audience::Press).is_good();
    build(site, Audience::Public).is_good();
    ["press", "public"].map(|folder| site.path(&format!("{folder}/{page}")).is_file())
}

#[test]
fn the_press_sees_early_only_what_says_so() {
    let still = "galleries/day-1/harbour/index.html";
    for (fields, as_of, seen) in [
        // An embargo alone holds for the press too.
        ("embargo = 2026-12-01T00:01:00\n", "2026-06-01T12:00:00Z", [false, false]),
        (EARLY, "2026-05-19T22:59:59Z", [false, false]),
        (EARLY, "2026-05-19T23:00:00Z", [true, false]),
        (EARLY, "2026-12-01T00:00:59Z", [true, false]),
        (EARLY, "2026-12-01T00:01:00Z", [true, true]),
    ] {
        let mut site = SiteTest::good();
        site.append(DAY, fields);
        site.as_of = as_of.to_owned();
        assert_eq!(shown(&site, still), seen, "{fields} on {as_of}");
    }
}

#[test]
fn what_is_under_embargo_says_until_when_on_pages_and_in_every_picture() {
    let site = SiteTest::good();
    site.append(DAY, EARLY);
    build(&site, Audience::Press).is_good();
    let press = tree(&site.path("press"));
    let said = |path: &str| String::from_utf8_lossy(&press[path]).matches(SAID).count();
    // Once below the picture, and once for the viewer.
    assert_eq!(said("galleries/day-1/harbour/index.html"), 2, "the page of the still");
    assert!(said("galleries/day-1/index.html") == 2 && said("stories/rain/index.html") >= 3, "where it is shown");
    assert!(said("index.html") == 1, "it is the picture of the home page");
    assert_eq!(said("galleries/day-1/rain/index.html"), 0, "what is not under embargo");
    let html = String::from_utf8_lossy(&press["galleries/day-1/harbour/index.html"]).into_owned();
    let own: Vec<&str> =
        html.split("media/").skip(1).map(|rest| rest.split([' ', '"', '\'']).next().unwrap()).collect();
    let pictures: Vec<String> =
        own.into_iter().filter(|name| name.len() > 20).map(|name| format!("media/{name}")).collect();
    let silent = |path: &&String| memchr::memmem::find(&press[*path], IN_PICTURES.as_bytes()).is_none();
    assert!(pictures.len() > 3);
    // The neighbours' thumbnails are on the page as well.
    let neighbours = ["rain", "gust"].map(|name| press[&format!("galleries/day-1/{name}/index.html")].clone());
    let theirs = |path: &&String| neighbours.iter().any(|html| memchr::memmem::find(html, path.as_bytes()).is_some());
    let silent: Vec<&String> = pictures.iter().filter(silent).filter(|path| !theirs(path)).collect();
    assert!(silent.is_empty(), "{silent:?}");
    assert!(
        press
            .iter()
            .any(|(path, bytes)| path.ends_with(".jpg") && memchr::memmem::find_iter(bytes, IN_PICTURES).count() == 2)
    );
    site.build().is_good();
    assert_eq!(files_that_say(&site.tree(), &["embargoed", "sperrfrist"]), [""; 0]);
}

#[test]
fn an_embargo_is_that_of_all_that_something_belongs_to() {
    let site = SiteTest::good();
    site.edit(DAY, "description =", "embargo = 2026-11-01\npress_embargo = 2026-05-20\ndescription =");
    site.append(DAY, EARLY);
    site.edit("crew/ana-reyes.md", "links =", "embargo = 2026-10-01\npress_embargo = 2026-05-20\nlinks =");
    build(&site, Audience::Press).is_good();
    let says =
        |page: &str, until: &str| site.text(&format!("press/{page}")).contains(&format!("EMBARGOED UNTIL {until}"));
    assert!(says("galleries/day-1/harbour/index.html", "1 December 2026"), "its own is later than that of its gallery");
    assert!(
        says("galleries/day-1/rain/index.html", "1 November 2026"),
        "that of its gallery is later than that of who is on it"
    );
    assert!(says("crew/ana-reyes/index.html", "1 October 2026"));
    assert!(says("galleries/index.html", "1 November 2026"), "the gallery's card");
}

#[test]
fn an_embargo_for_the_press_that_makes_no_sense_is_told() {
    for (fields, words) in [
        ("press_embargo = 2026-05-20\n", "there is no `embargo`"),
        ("embargo = 2026-05-01\npress_embargo = 2026-05-20\n", "the press would get this later than everybody"),
    ] {
        let site = SiteTest::good();
        site.append(DAY, fields);
        let errors = site.build().error_lines();
        assert!(errors.len() == 1 && errors[0].starts_with("wrong-date:") && errors[0].contains(words), "{errors:?}");
    }
}

/// A still's own embargo is not opened for the press by a word that belongs to the folder's.
#[test]
fn a_word_for_the_press_belongs_to_the_embargo_beside_it() {
    let (site, day) = (SiteTest::good(), "media/day-2/gallery.toml");
    site.edit(day, "credit =", &format!("{EARLY}credit ="));
    assert_eq!(shown(&site, "galleries/day-2/after/index.html"), [true, false]);
    site.append(day, "embargo = 2027-01-01\n");
    assert_eq!(shown(&site, "galleries/day-2/after/index.html"), [false, false]);
}
