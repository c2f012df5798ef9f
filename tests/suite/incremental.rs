//! Doing little: what a build does after another one, and that it never matters for the bytes.

mod cache;
mod interrupted;
mod output_folder;
#[cfg(unix)]
mod seal;
mod warm;

use crate::support::{Random, SiteTest, Tree, assert_same, differences};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

/// Paths of files that are not the same in two trees.
fn changed(before: &Tree, after: &Tree) -> BTreeSet<String> {
    let other = |path: &&String| before.get(*path) != after.get(*path);
    before.keys().chain(after.keys()).filter(other).cloned().collect()
}

fn media(tree: &Tree) -> BTreeSet<&str> {
    tree.keys().map(String::as_str).filter(|path| path.starts_with("media/")).collect()
}

#[test]
fn a_second_build_develops_nothing_and_writes_nothing() {
    let site = SiteTest::good();
    let first = site.build();
    assert_eq!((first.is_good().developed(), site.tree().len()), (8, first.touched().0 + 1), "with the manifest");
    let stamps = |site: &SiteTest| -> Vec<SystemTime> {
        let of = |path: &String| fs::metadata(site.public().join(path)).unwrap().modified().unwrap();
        site.tree().keys().map(of).collect()
    };
    let before = stamps(&site);
    let second = site.build();
    assert_eq!((second.is_good().developed(), second.touched()), (0, (0, 0)));
    assert_eq!(second.report.developed.reused, 8);
    assert!(stamps(&site) == before, "a file was written again");
}

#[test]
fn files_that_are_only_younger_change_nothing() {
    let site = SiteTest::good();
    site.build().is_good();
    for path in ["stories/rain.md", "media/day-1/rain.jpg", "site.toml", "static/notes.txt"] {
        let file = File::options().append(true).open(site.path(path)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }
    let outcome = site.build();
    assert_eq!((outcome.is_good().developed(), outcome.touched()), (0, (0, 0)));
}

#[test]
fn the_text_of_one_story_changes_one_page() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
    let outcome = site.build();
    assert_eq!((outcome.is_good().developed(), outcome.touched()), (0, (2, 0)), "the page, and what can be found");
    let page_and_index = ["stories/light/index.html", "assets/search-index.js"].map(ToOwned::to_owned);
    assert_eq!(changed(&before, &site.tree()), BTreeSet::from(page_and_index));
}

#[test]
fn the_title_of_a_story_changes_only_pages_that_say_it() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    site.edit("stories/light.md", "A light of paper", "A paper of light");
    let outcome = site.build();
    let changed = changed(&before, &site.tree());
    let says = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("A light of paper");
    let said: BTreeSet<String> = before.iter().filter(|(_, bytes)| says(bytes)).map(|(path, _)| path.clone()).collect();
    assert_eq!(changed, said);
    assert!(changed.contains("feed.xml") && changed.contains("index.html"), "{changed:?}");
    assert!(!changed.contains("crew/ana-reyes/index.html"), "{changed:?}");
    assert_eq!((outcome.developed(), outcome.touched()), (0, (changed.len(), 0)));
}

#[test]
fn a_renamed_still_is_not_developed_again() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    site.rename("media/day-1/gust.jpg", "media/day-1/squall.jpg");
    site.edit("media/day-1/gallery.toml", "gust.jpg", "squall.jpg");
    let story = site.text("stories/rain.md").replace("gust.jpg", "squall.jpg");
    site.file("stories/rain.md", &story);
    let outcome = site.build();
    assert_eq!(outcome.is_good().developed(), 0);
    let after = site.tree();
    assert_eq!(media(&before), media(&after));
    assert!(after.contains_key("galleries/day-1/squall/index.html"));
    assert!(!after.contains_key("galleries/day-1/gust/index.html"));
    assert_same(&after, &site.clean(), "after the renaming");
}

#[test]
fn a_deleted_still_takes_its_files_along() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    site.still("media/day-2/extra.jpg", 90, 70, 77);
    let outcome = site.build();
    assert_eq!(outcome.is_good().developed(), 1);
    let with = site.tree();
    assert!(media(&with).len() > media(&before).len() && with.contains_key("galleries/day-2/extra/index.html"));
    site.remove("media/day-2/extra.jpg");
    let outcome = site.build();
    assert_eq!(outcome.is_good().developed(), 0);
    assert!(outcome.touched().1 > media(&with).len() - media(&before).len());
    assert_same(&site.tree(), &before, "without the still");
    assert!(!site.path("public/galleries/day-2/extra").exists(), "an empty folder is left");
}

#[test]
fn a_deleted_story_is_gone() {
    let site = SiteTest::good();
    site.build().is_good();
    site.remove("stories/light.md");
    site.edit("pages/about.md", " and [[light]]", "");
    site.build().is_good();
    let after = site.tree();
    assert!(!site.path("public/stories/light").exists());
    let said = crate::support::files_that_say(&after, &["A light of paper", "forty sheets"]);
    assert!(said.is_empty(), "{said:?}");
    assert_same(&after, &site.clean(), "without the story");
}

#[test]
fn the_same_bytes_without_the_cache() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    site.remove(".backlot");
    let outcome = site.build();
    assert_eq!((outcome.is_good().developed(), outcome.touched()), (8, (0, 0)));
    for name in ["facts.json", "previews.json"] {
        site.file(&format!(".backlot/{name}"), "{\"version\":1,\"fil");
        let outcome = site.build();
        assert_eq!(outcome.is_good().touched(), (0, 0), "with half of {name}");
    }
    assert_same(&site.tree(), &before, "with a new cache");
}

#[test]
fn an_empty_file_in_the_cache_is_made_again() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    let made: Vec<String> = crate::support::tree(&site.path(".backlot/made")).into_keys().collect();
    for path in &made {
        site.file(&format!(".backlot/made/{path}"), "");
    }
    site.remove("public");
    site.build().is_good();
    assert_same(&site.tree(), &before, "after a disk that was full");
}

#[test]
fn the_same_bytes_with_one_job_and_with_eight() {
    let site = SiteTest::good();
    for seed in 100..108 {
        site.still(&format!("media/day-2/more-{seed}.jpg"), 300, 200, seed);
    }
    let with = |jobs: usize| {
        let (output, cache) = (site.beside(&format!("out-{jobs}")), site.beside(&format!("cache-{jobs}")));
        let outcome = site.build_with(|options| {
            options.jobs = jobs;
            options.output.clone_from(&output);
            options.cache = cache;
        });
        outcome.is_good();
        crate::support::tree(&output)
    };
    assert_same(&with(1), &with(8), "one job and eight");
}

#[test]
fn the_same_bytes_in_another_folder_written_in_another_order() {
    let site = SiteTest::good();
    site.build().is_good();
    let mut files: Vec<(String, Vec<u8>)> =
        crate::support::tree(&site.root()).into_iter().filter(|(path, _)| !path.starts_with("public/")).collect();
    let mut random = Random::new(5);
    for i in (1..files.len()).rev() {
        files.swap(i, random.below(i + 1));
    }
    let other = SiteTest::empty();
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with(".backlot/")) {
        other.bytes(path, bytes);
    }
    other.build().is_good();
    assert_same(&site.tree(), &other.tree(), "two folders");
    assert_eq!(differences(&site.tree(), &other.tree()), Vec::<String>::new());
}
