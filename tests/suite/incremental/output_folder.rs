//! The output folder belongs to Backlot only as far as Backlot wrote it.

use crate::support::{SiteTest, assert_same};
use std::fs;

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let site = SiteTest::good();
    site.file("public/holiday.txt", "mine");
    let outcome = site.build();
    let errors = outcome.error_lines();
    assert!(errors.len() == 1 && errors[0].starts_with("output-not-ours:"), "{errors:?}");
    assert!(outcome.report.written.is_none());
    assert_eq!(site.tree().into_iter().collect::<Vec<_>>(), [("holiday.txt".to_owned(), b"mine".to_vec())]);
}

#[test]
fn a_file_of_somebody_else_stays() {
    let site = SiteTest::good();
    site.build().is_good();
    site.file("public/stories/light/note.txt", "mine").file("public/CNAME", "example.com");
    site.remove("stories/light.md");
    site.edit("pages/about.md", " and [[light]]", "");
    site.build().is_good();
    assert_eq!(site.page("stories/light/note.txt"), "mine");
    assert_eq!(site.page("CNAME"), "example.com");
    assert!(!site.path("public/stories/light/index.html").exists());
}

#[test]
fn a_file_of_somebody_else_is_not_written_over() {
    let site = SiteTest::good();
    site.build().is_good();
    site.file("public/stories/snow/index.html", "mine");
    let before = site.tree();
    site.file("stories/snow.md", "+++\ntitle = \"Snow\"\n+++\n\nIt fell.\n");
    let outcome = site.build();
    let errors = outcome.error_lines();
    assert!(errors.len() == 1 && errors[0].contains("`stories/snow/index.html` in the output folder"), "{errors:?}");
    assert_same(&site.tree(), &before, "nothing was to be written");
}

#[test]
fn what_was_changed_or_lost_in_the_output_comes_back() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    let print = before.keys().find(|path| path.ends_with(".webp")).unwrap();
    site.file("public/index.html", "edited by hand").remove("public/stories/rain").remove(&format!("public/{print}"));
    site.file("public/notes.txt", "Fold on the dotted LINE.\n");
    site.build().is_good();
    assert_same(&site.tree(), &before, "the output as it was");
}

#[test]
fn another_folder_gets_the_same_site_and_the_first_one_stays() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    let elsewhere = site.beside("deep/down/public");
    let outcome = site.build_with(|options| options.output.clone_from(&elsewhere));
    assert_eq!(outcome.is_good().developed(), 0);
    assert_same(&crate::support::tree(&elsewhere), &before, "the other folder");
    assert_same(&site.tree(), &before, "the first folder");
}

#[test]
fn an_output_inside_of_the_media_is_no_content() {
    let site = SiteTest::good();
    let inside = site.path("static/out");
    for _ in 0..2 {
        site.build_with(|options| options.output.clone_from(&inside)).is_good();
    }
    let outcome = site.build_with(|options| options.output.clone_from(&inside));
    assert_eq!(outcome.is_good().touched(), (0, 0));
    assert!(!inside.join("out").exists(), "the output is in itself");
}

#[test]
fn a_file_makes_room_for_a_folder_and_a_folder_for_a_file() {
    let site = SiteTest::good();
    site.file("static/press", "a file").file("static/kit/deep/down.txt", "a folder");
    site.build().is_good();
    let foreign = "public/kit/deep/mine.txt";
    site.remove("static/press").remove("static/kit");
    site.file("static/press/kit.txt", "a folder").file("static/kit", "a file");
    site.file(foreign, "mine");
    assert_eq!(site.build().errors().len(), 1);
    site.remove(foreign);
    site.build().is_good();
    assert_same(&site.tree(), &site.clean(), "after the change");
}

#[test]
fn an_output_that_cannot_be_written_is_a_message() {
    let site = SiteTest::good();
    fs::write(site.beside("file"), "no folder").unwrap();
    let output = site.beside("file").join("public");
    let outcome = site.build_with(|options| options.output = output);
    let errors = outcome.error_lines();
    assert!(errors.len() == 1 && errors[0].starts_with("unreadable"), "{errors:?}");
    assert_eq!(fs::read_to_string(site.beside("file")).unwrap(), "no folder");
}
