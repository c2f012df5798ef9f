//! A gallery of hundreds of hostile files: one message for each that is broken, none a crash, all of it
//! within a gigabyte, and the rest of the site is judged and built all the same.

mod files;

use crate::support::{Ran, SiteTest, ran};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::{Command, Stdio};

/// Of address space, in megabytes: more than memory in use can ever be. The program cannot pass it.
const MOST: u32 = 1000;

/// Runs a command with no more than [`MOST`].
fn within(site: &SiteTest, command: &str) -> Ran {
    let mut shell = Command::new("sh");
    let script = format!("ulimit -v {} || exit 99; exec \"$@\"", MOST * 1024);
    shell.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_backlot"), command]).arg(site.root());
    shell.args(["--as-of", &site.as_of, "--format", "json"]);
    // Many cores would set aside address space for each, used or not.
    shell.env("RAYON_NUM_THREADS", "2").env("MALLOC_ARENA_MAX", "2");
    if command == "build" {
        shell.args(["--jobs", "2"]);
    }
    let ran = ran(shell.stdin(Stdio::null()).output().expect("this test needs sh"));
    assert!(matches!(ran.code, Some(0 | 1)), "{command} ended with {:?}:\n{}", ran.code, ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{command}:\n{}", ran.stderr);
    ran
}

/// The messages about each file of the gallery, and all others.
fn by_file(ran: &Ran) -> (BTreeMap<String, Vec<String>>, Vec<Value>) {
    let (mut about, mut others) = (BTreeMap::<String, Vec<String>>::new(), Vec::new());
    for error in ran.json_errors() {
        match error["file"].as_str().and_then(|path| path.strip_prefix("media/hostile/")) {
            Some(name) => about.entry(name.to_owned()).or_default().push(error["message"].as_str().unwrap().to_owned()),
            None => others.push(error),
        }
    }
    for (name, messages) in &about {
        assert!(messages.len() == 1 && messages[0].contains(name.as_str()), "{name}: {messages:?}");
    }
    (about, others)
}

#[test]
fn hundreds_of_hostile_files_cost_a_message_each() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    let (_, lossy) = before.iter().find(|(path, _)| path.ends_with(".webp")).expect("the site has a WebP");
    let files = files::all(lossy);
    assert!(files.len() >= 300, "{} files", files.len());
    for file in &files {
        site.bytes(&format!("media/hostile/{}", file.name), &file.bytes);
    }
    site.file("media/hostile/gallery.toml", "title = \"Hostile\"\n");
    let good_story = site.text("stories/light.md");
    site.edit("stories/light.md", "phase = \"post-production\"", "faze = \"post-production\"");

    // What their headers tell, and the mistake elsewhere.
    let (told, others) = by_file(&within(&site, "check"));
    assert!(others.len() == 1 && others[0]["code"] == "unknown-key", "{others:?}");
    let (told_by_build, _) = by_file(&within(&site, "build"));
    assert_eq!(told, told_by_build, "check and build say the same");
    crate::support::assert_same(&site.tree(), &before, "the last good output");
    let remove = |names: &BTreeMap<String, Vec<String>>| {
        for name in names.keys() {
            site.remove(&format!("media/hostile/{name}"));
        }
    };
    remove(&told);
    site.file("stories/light.md", &good_story);

    // What only their pixels tell.
    let (damaged, others) = by_file(&within(&site, "build"));
    assert!(others.is_empty(), "{others:?}");
    remove(&damaged);
    let silent: Vec<&str> = (files.iter())
        .filter(|file| file.must_be_told && !told.contains_key(&file.name) && !damaged.contains_key(&file.name))
        .map(|file| file.name.as_str())
        .collect();
    assert!(silent.is_empty(), "{} broken files were not told: {silent:?}", silent.len());
    eprintln!("{} files: {} told by their headers, {} by their pixels", files.len(), told.len(), damaged.len());

    // The rest is a site.
    let ran = within(&site, "build");
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.stderr, ran.stdout);
    assert!(site.page("galleries/hostile/index.html").contains("<img"));
}
