//! After every way of changing a site folder the output equals a clean build, byte for byte, and is what is served.

use super::Preview;
use crate::support::{SiteTest, jpeg};
use std::fs;
use std::io::Write;

/// A story to be changed, which no other one links.
const STORY: &str = "stories/extra.md";

fn story(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nkind = \"diary\"\ndate = 2026-03-20\n+++\n\n{text}\n")
}

fn begun() -> (SiteTest, Preview) {
    let site = SiteTest::good();
    site.file(STORY, &story("Extra", "As it was."));
    let preview = Preview::of(&site, &[]);
    preview.until_clean(&site, "the first build");
    (site, preview)
}

#[test]
fn ways_of_saving() {
    let (site, preview) = begun();
    preview.serves(&site.clean());

    site.file(STORY, &story("Extra", "Saved plainly."));
    preview.until_clean(&site, "a plain save");

    // Written beside it and renamed over it.
    site.file("stories/.extra.md.tmp", &story("Extra", "Saved atomically."));
    fs::rename(site.path("stories/.extra.md.tmp"), site.path(STORY)).unwrap();
    preview.until_clean(&site, "an atomic save");

    // vim with backups: a file to try the folder, the old one aside, the new one, the old one gone.
    site.file("stories/4913", "");
    site.remove("stories/4913");
    fs::rename(site.path(STORY), site.path("stories/extra.md~")).unwrap();
    site.file(STORY, &story("Extra", "Saved by vim."));
    site.remove("stories/extra.md~");
    preview.until_clean(&site, "vim's way of saving");

    // VS Code: emptied, then written.
    let text = story("Extra", "Saved by VS Code, in two parts that arrive one after the other.");
    let mut file = fs::File::create(site.path(STORY)).unwrap();
    file.flush().unwrap();
    let (a, b) = text.split_at(text.len() / 2);
    file.write_all(a.as_bytes()).unwrap();
    file.sync_all().unwrap();
    file.write_all(b.as_bytes()).unwrap();
    drop(file);
    preview.until_clean(&site, "VS Code's way of saving");

    // The same number of bytes within the same tick of the clock.
    for word in ["one", "two", "six", "ten"] {
        site.file(STORY, &story("Extra", word));
    }
    preview.until_clean(&site, "four saves in a row");
    preview.serves(&site.clean());
}

#[test]
fn files_that_move_and_go() {
    let (site, preview) = begun();

    site.rename(STORY, "stories/renamed.md");
    preview.until_clean(&site, "a rename");
    assert_eq!(preview.get("/stories/extra/").status, 404);
    assert_eq!(preview.get("/stories/renamed/").status, 200);

    site.rename("stories/renamed.md", "stories/Renamed.md");
    preview.until_clean(&site, "a rename that changes only case");
    site.rename("media/day-1/gust.jpg", "media/day-1/GUST.jpg");
    site.file("media/day-1/gallery.toml", &site.text("media/day-1/gallery.toml").replace("gust.jpg", "GUST.jpg"));
    for story in ["stories/rain.md", "stories/wind/index.md", "stories/light.md"] {
        if site.path(story).is_file() {
            site.file(story, &site.text(story).replace("gust.jpg", "GUST.jpg"));
        }
    }
    preview.until_clean(&site, "a still whose name changes only case");

    site.remove("stories/Renamed.md");
    preview.until_clean(&site, "a deletion");
    assert_eq!(preview.get("/stories/renamed/").status, 404);
}

#[test]
fn folders_that_come_and_go() {
    let (site, preview) = begun();

    for i in 0..5 {
        site.still(&format!("media/deep/{i}/a/b/new-{i}.jpg"), 40, 30, 100 + i);
        site.file(&format!("media/deep/{i}/a/b/gallery.toml"), &format!("title = \"Deep {i}\"\n"));
    }
    site.file("stories/folder/index.md", &story("In a folder", "![A still](beside.jpg)"));
    site.still("stories/folder/beside.jpg", 40, 30, 99);
    preview.until_clean(&site, "nested folders with files at once");

    let outside = site.beside("outside");
    fs::create_dir_all(outside.join("inner")).unwrap();
    for i in 0..4 {
        fs::write(outside.join(format!("inner/moved-{i}.jpg")), jpeg(40, 30, 200 + i)).unwrap();
    }
    fs::write(outside.join("inner/gallery.toml"), "title = \"Moved\"\n").unwrap();
    fs::rename(&outside, site.path("media/moved")).unwrap();
    preview.until_clean(&site, "a folder moved in");

    site.rename("media/moved", "media/moved-on");
    preview.until_clean(&site, "a folder renamed");
    site.file("media/moved-on/inner/gallery.toml", "title = \"Moved on\"\n");
    preview.until_clean(&site, "a change in a folder that was renamed");

    fs::rename(site.path("media/moved-on"), &outside).unwrap();
    preview.until_clean(&site, "a folder moved out");
    fs::write(outside.join("inner/gallery.toml"), "title = \"Not ours any more\"\n").unwrap();
    site.file(STORY, &story("Extra", "After that."));
    preview.until_clean(&site, "a change after a folder was moved out");

    let copies: Vec<Vec<u8>> = (0..10).map(|i| jpeg(24, 16, 300 + i)).collect();
    for i in 0..300 {
        site.bytes(&format!("media/many/still-{i:03}.jpg"), &copies[i % 10]);
    }
    site.file("media/many/gallery.toml", "title = \"Many\"\n");
    preview.until_clean(&site, "300 files copied");
    assert_eq!(preview.state()["errors"], 0);

    let keep = site.beside("keep");
    copy(&site.path("media/day-1"), &keep.join("day-1"));
    site.remove("media/many");
    preview.until_clean(&site, "a folder deleted");
    site.remove("media/day-1");
    copy(&keep.join("day-1"), &site.path("media/day-1"));
    preview.until_clean(&site, "rm -rf and restore");
    site.edit("media/day-1/gallery.toml", "title = \"", "title = \"Restored ");
    preview.until_clean(&site, "a change in a folder that was restored");
}

#[test]
fn the_site_itself_is_replaced() {
    let (site, preview) = begun();

    let text = site.text("site.toml").replace("The Paper Lighthouse", "The Paper Mill");
    site.remove("site.toml");
    preview.until("the error", || preview.state()["errors"] == 1);
    assert!(preview.get("/").text().contains("The Paper Lighthouse"), "the last good site stays");
    site.file("site.toml", &text);
    preview.until_clean(&site, "site.toml replaced");
    assert!(preview.get("/").text().contains("The Paper Mill"));

    // The whole folder, away and back.
    fs::rename(site.root(), site.beside("away")).unwrap();
    preview.until("the error", || preview.state()["errors"] != 0);
    fs::rename(site.beside("away"), site.root()).unwrap();
    preview.until("the end of the error", || preview.state()["errors"] == 0);
    site.file(STORY, &story("Extra", "After it came back."));
    preview.until_clean(&site, "the site folder away and back");

    // Another folder in its place, with the same content but for a story.
    copy(&site.root(), &site.beside("copy"));
    fs::remove_dir_all(site.root()).unwrap();
    copy(&site.beside("copy"), &site.root());
    site.file(STORY, &story("Extra", "In another folder of the same name."));
    preview.until_clean(&site, "the site folder replaced");
    site.file(STORY, &story("Extra", "And changed there."));
    preview.until_clean(&site, "a change after the folder was replaced");
}

#[test]
fn themes_and_templates() {
    let (site, preview) = begun();
    site.file("theme/tokens.css", ":root { --accent: #ff8800; }\n");
    preview.until_clean(&site, "tokens of a theme");
    site.file("theme/templates/body-end.html", "<p>Ours: {{ production.title }}</p>\n");
    preview.until_clean(&site, "a template that is new");
    site.file("theme/templates/body-end.html", "<p>Still ours: {{ production.title }}</p>\n");
    preview.until_clean(&site, "a template");
    site.file("theme/theme.css", "body { outline: 0 }\n");
    preview.until_clean(&site, "a style sheet");
    site.remove("theme");
    preview.until_clean(&site, "no theme any more");
    site.file("static/a/b/new.txt", "New\n");
    preview.until_clean(&site, "a file to copy");
    site.file("static/a/b/new.txt", "Other\n");
    preview.until_clean(&site, "a file to copy that changes");
    preview.serves(&site.clean());
}

#[cfg(unix)]
#[test]
fn media_behind_links() {
    use std::os::unix::fs::symlink;
    let (site, preview) = begun();
    let drive = site.beside("drive");
    fs::create_dir_all(drive.join("day-9")).unwrap();
    fs::write(drive.join("day-9/one.jpg"), jpeg(40, 30, 401)).unwrap();
    fs::write(drive.join("day-9/gallery.toml"), "title = \"On a drive\"\n").unwrap();
    fs::write(drive.join("single.jpg"), jpeg(40, 30, 402)).unwrap();
    symlink(drive.join("day-9"), site.path("media/day-9")).unwrap();
    symlink(drive.join("single.jpg"), site.path("media/day-1/single.jpg")).unwrap();
    preview.until_clean(&site, "links");

    fs::write(drive.join("day-9/gallery.toml"), "title = \"Changed at its own place\"\n").unwrap();
    preview.until_clean(&site, "a change behind a link to a folder");
    fs::write(drive.join("day-9/two.jpg"), jpeg(40, 30, 403)).unwrap();
    preview.until_clean(&site, "a new file behind a link to a folder");
    fs::write(drive.join("single.jpg"), jpeg(40, 30, 404)).unwrap();
    preview.until_clean(&site, "a change behind a link to a file");
    fs::write(drive.join("new"), jpeg(40, 30, 405)).unwrap();
    fs::rename(drive.join("new"), drive.join("single.jpg")).unwrap();
    preview.until_clean(&site, "an atomic save behind a link to a file");
    fs::remove_file(site.path("media/day-1/single.jpg")).unwrap();
    fs::remove_file(site.path("media/day-9")).unwrap();
    preview.until_clean(&site, "links removed");
}

/// Copies a folder with all that is in it.
pub(super) fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
