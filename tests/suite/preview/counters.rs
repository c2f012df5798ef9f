//! What causes no work: reading, touching without a change, and our own writing.

use super::Preview;
use crate::support::{SiteTest, jpeg, tree};
use std::fs::{self, File};
use std::time::SystemTime;

#[test]
fn only_changes_cause_work() {
    let site = SiteTest::good();
    let preview = Preview::of(&site, &[]);
    preview.until_clean(&site, "the first build");
    preview.until("idleness", || preview.state()["idle"] == true);
    let (builds, version) = (preview.count("builds"), preview.count("version"));

    // Reading is told by the system, and not even a reason to look.
    let hints = preview.count("hints");
    for _ in 0..3 {
        tree(&site.root());
    }
    // So is whatever is done to the output and the cache.
    fs::write(site.path(".backlot/scribble"), "x").unwrap();
    fs::remove_file(site.path(".backlot/scribble")).unwrap();
    fs::write(site.path("README.md"), "Notes to myself").unwrap();
    // What editors leave lying about is no content.
    site.file("stories/.rain.md.swp", "x");
    site.remove("stories/.rain.md.swp");

    // A touch is looked at, and nothing is found.
    for path in ["stories/rain.md", "media/day-1/rain.jpg", "site.toml", "static/notes.txt", "media/day-1/gallery.toml"]
    {
        let looks = preview.count("looks");
        let file = File::options().append(true).open(site.path(path)).unwrap();
        file.set_modified(SystemTime::now()).unwrap();
        drop(file);
        preview.until(&format!("a look at {path}"), || preview.count("looks") > looks);
        assert_eq!(preview.count("builds"), builds, "a touch of {path} was taken for a change");
    }
    // The same bytes written again.
    for path in ["stories/rain.md", "media/day-1/rain.jpg"] {
        let looks = preview.count("looks");
        fs::write(site.path(path), fs::read(site.path(path)).unwrap()).unwrap();
        preview.until(&format!("a look at {path}"), || preview.count("looks") > looks);
        assert_eq!(preview.count("builds"), builds, "the same bytes in {path} were taken for a change");
    }
    assert_eq!(preview.count("version"), version, "a page was asked to reload for nothing");
    assert!(preview.count("hints") >= hints + 7, "the touches were not told at all");

    // And then a change is one.
    site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
    preview.until_clean(&site, "a change");
    preview.until("idleness", || preview.state()["idle"] == true);
    assert_eq!(preview.count("builds"), builds + 1);
}

#[test]
fn many_stills_at_once_are_few_builds() {
    let site = SiteTest::good();
    let preview = Preview::of(&site, &[]);
    preview.until_clean(&site, "the first build");
    let builds = preview.count("builds");
    let still = jpeg(24, 16, 7);
    for i in 0..300 {
        site.bytes(&format!("media/day-1/copy-{i:03}.jpg"), &still);
    }
    preview.until_clean(&site, "300 stills");
    preview.until("idleness", || preview.state()["idle"] == true);
    let more = preview.count("builds") - builds;
    println!("300 stills made {more} builds");
    assert!(more <= 4, "300 stills made {more} builds");
}

#[test]
fn a_preview_that_polls_sees_the_same() {
    let site = SiteTest::good();
    let preview = Preview::of(&site, &["--poll"]);
    assert_eq!(preview.state()["watching"], "polling");
    site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
    preview.until_clean(&site, "a change");
    site.rename("stories/light.md", "stories/lamp.md");
    site.file("stories/rain.md", &site.text("stories/rain.md").replace("light", "lamp"));
    preview.until("a look", || preview.state()["idle"] == true);
    let looks = preview.count("looks");
    preview.until("another look", || preview.count("looks") > looks + 1);
}
