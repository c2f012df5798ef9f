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
