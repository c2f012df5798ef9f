//! The cache: what it spares, that it is never believed when it is wrong, and that it forgets.

use crate::support::{SiteTest, Tree, assert_same, differences, files_that_say, jpeg_with_xmp, ran, tree};
use backlot::publish::Finished;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// Stats are trusted only of files that have been left alone for so long.
const SETTLED: Duration = Duration::from_millis(3200);

/// Names of everything that was made, without the clocks beside it.
fn made(cache: &Path) -> BTreeSet<String> {
    tree(&cache.join("made")).into_keys().map(|path| path.replace('/', "")).collect()
}

/// How much was made up to now, while a build runs: what is there at one moment may be gone at the next.
fn how_many(cache: &Path) -> usize {
    let shelves = fs::read_dir(cache.join("made")).into_iter().flatten().flatten();
    shelves.filter_map(|shelf| fs::read_dir(shelf.path()).ok()).map(Iterator::count).sum()
}

/// What stands in each line of the ledger.
fn ledger(cache: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(cache.join("ledger.txt")).unwrap();
    let words = |line: &str| line.split(' ').map(ToOwned::to_owned).collect();
    text.lines().filter(|line| !line.is_empty()).map(words).collect()
}

/// As if everything had been used last in 1970.
fn age(cache: &Path) {
    let lines: Vec<String> =
        ledger(cache).iter().map(|words| format!("{} {} {} 1\n", words[0], words[1], words[2])).collect();
    fs::write(cache.join("ledger.txt"), lines.concat()).unwrap();
    let mut previews: serde_json::Value =
        serde_json::from_slice(&fs::read(cache.join("previews.json")).unwrap()).unwrap();
    for (_, preview) in previews["previews"].as_object_mut().unwrap() {
        preview[1] = 1.into();
    }
    fs::write(cache.join("previews.json"), previews.to_string()).unwrap();
}

/// What a build of the site as it is puts into a cache of its own.
fn made_anew(site: &SiteTest) -> BTreeSet<String> {
    let fresh = tempfile::tempdir().unwrap();
    let cache = fresh.path().join("cache");
    site.build_with(|options| {
        options.output = fresh.path().join("public");
        options.cache.clone_from(&cache);
    })
    .is_good();
    made(&cache)
}

fn counted(site: &SiteTest) -> (usize, usize) {
    let outcome = site.build();
    (outcome.is_good().report.opened, outcome.developed())
}

/// Eight stills, a clip and nothing else in the site are media.
#[test]
fn media_are_opened_once() {
    let mut site = SiteTest::good();
    site.build().is_good();
    sleep(SETTLED);
    // They were too young to be trusted in the build before, if that was quick.
    site.build().is_good();
    assert_eq!(counted(&site), (0, 0), "nothing has changed");
    for (path, _) in tree(&site.path("media")) {
        let file = File::options().append(true).open(site.path(&format!("media/{path}"))).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }
    sleep(SETTLED);
    assert_eq!(counted(&site), (8, 0), "one still is in stories/; all others were touched");
    assert_eq!(counted(&site), (0, 0), "they were read once");
    let moved = site.beside("elsewhere");
    fs::rename(site.root(), &moved).unwrap();
    site.move_to(&moved);
    assert_eq!(counted(&site), (0, 0), "the folder has another name");
    // A tool that puts the old time back, and as many bytes as there were.
    let rain = site.path("media/day-1/rain.jpg");
    let (stat, mut bytes) = (fs::metadata(&rain).unwrap(), fs::read(&rain).unwrap());
    *bytes.last_mut().unwrap() ^= 1;
    let file = File::options().write(true).open(&rain).unwrap();
    std::io::Write::write_all(&mut &file, &bytes).unwrap();
    file.set_modified(stat.modified().unwrap()).unwrap();
    let outcome = site.build();
    assert_eq!(outcome.report.opened, 1, "a change that hides behind its size and time");
}

#[test]
fn a_refused_still_is_read_once() {
    let site = SiteTest::good();
    site.file("media/day-1/broken.jpg", "no picture").file("media/day-1/broken.mp4", "no film");
    let codes = |site: &SiteTest| -> Vec<String> { site.build().error_lines() };
    let told = codes(&site);
    assert_eq!(told.len(), 2, "{told:?}");
    sleep(SETTLED);
    site.build();
    let outcome = site.build();
    assert_eq!((outcome.report.opened, outcome.error_lines()), (0, told));
    site.edit("site.toml", "quality = \"draft\"", "quality = \"draft\"\nmax_pixels = 1_000_000");
    assert_eq!(site.build().report.opened, 1, "with another limit the still may be refused for another reason");
}

#[test]
fn a_cache_that_was_carried_away_develops_nothing_and_trusts_nothing() {
    let mut site = SiteTest::good();
    site.build().is_good();
    sleep(SETTLED);
    site.build().is_good();
    let copy = site.beside("copy");
    for (path, bytes) in tree(&site.root()) {
        let target = copy.join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(&target, bytes).unwrap();
        // As tools for backups do.
        let modified = fs::metadata(site.path(&path)).unwrap().modified().unwrap();
        File::options().append(true).open(&target).unwrap().set_modified(modified).unwrap();
    }
    let before = site.tree();
    site.move_to(&copy);
    site.remove("public");
    assert_eq!(counted(&site), (9, 0));
    assert_same(&site.tree(), &before, "in another place");
    let said = files_that_say(&tree(&site.path(".backlot")), &[copy.to_str().unwrap(), "backlot-test-"]);
    assert!(said.is_empty(), "the cache knows where it is: {said:?}");
}

#[test]
fn a_page_that_is_there_is_not_rendered_again() {
    let site = SiteTest::good();
    // Of a site that is as it was, nothing is made at all.
    let rendered = |site: &SiteTest| site.build().is_good().report.site.as_ref().map_or(0, Finished::rendered);
    let pages = rendered(&site);
    let before = site.tree();
    assert!(pages > 10);
    assert_eq!(rendered(&site), 0, "nothing has changed");
    let index = site.page("index.html");
    site.file("public/index.html", &index.replacen('e', "E", 1));
    assert_eq!(rendered(&site), 1, "somebody has changed a page in the output");
    assert_same(&site.tree(), &before, "the output");
    site.edit("stories/light.md", "Forty sheets, one lamp", "Forty lamps, one sheet");
    assert_eq!(rendered(&site), 1, "one page says it");
    assert_same(&site.tree(), &site.clean(), "after the edit");
    site.file("theme/templates/404.html", "<!doctype html><title>lost</title><h1>Lost</h1>");
    assert_eq!(rendered(&site), pages, "any template may have changed any page");
    assert_same(&site.tree(), &site.clean(), "with a template of its own");
    site.remove("public");
    assert_eq!(rendered(&site), pages, "no page is there");
}

#[test]
fn what_is_damaged_in_the_cache_is_not_published() {
    type Damage = fn(&mut Vec<u8>);
    let damages: &[(&str, Damage)] = &[
        ("one bit is another", |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }),
        ("half of it is gone", |bytes| bytes.truncate(bytes.len() / 2)),
        ("all of it is gone", Vec::clear),
        ("there is more of it", |bytes| bytes.extend(b"more")),
    ];
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    for (what, damage) in damages {
        for (path, mut bytes) in tree(&site.path(".backlot/made")) {
            damage(&mut bytes);
            site.bytes(&format!(".backlot/made/{path}"), &bytes);
        }
        site.remove("public");
        let outcome = site.build();
        assert_eq!(outcome.is_good().developed(), 8, "{what}");
        assert_same(&site.tree(), &before, what);
    }
    site.remove(".backlot/made").remove("public");
    site.build().is_good();
    assert_same(&site.tree(), &before, "without what was made");
    site.remove(".backlot/ledger.txt").remove("public");
    site.build().is_good();
    assert_same(&site.tree(), &before, "without the ledger");
}

#[test]
fn the_cache_forgets_what_nothing_uses_for_long() {
    let site = SiteTest::good();
    site.still("media/day-2/extra.jpg", 90, 70, 77);
    site.build().is_good();
    let cache = site.path(".backlot");
    let with = made(&cache);
    site.remove("media/day-2/extra.jpg");
    site.build().is_good();
    assert_eq!(made(&cache), with, "it may come back tomorrow");
    age(&cache);
    site.file(".backlot/made/ab/.backlot-x7", "half a picture").file(".backlot/made/ab/cdef", "of an older version");
    site.build().is_good();
    assert!(made(&cache).is_subset(&made_anew(&site)), "something is left that is not in use");
    assert!(made(&cache).len() < with.len());
    let keys: BTreeSet<String> = ledger(&cache).into_iter().map(|words| words[0].clone()).collect();
    assert_eq!(keys, made(&cache));
    assert!(ledger(&cache).iter().all(|words| words[3] != "1"), "what is in use was noted as used");
    let previews = fs::read_to_string(cache.join("previews.json")).unwrap();
    assert_eq!(previews.matches("data:image").count(), 8);
    assert_eq!(site.build().is_good().developed(), 0);
}

#[test]
fn a_site_says_how_long_the_cache_remembers() {
    let site = SiteTest::good();
    site.edit("site.toml", "quality = \"draft\"", "quality = \"draft\"\nkeep_days = 2");
    site.still("media/day-2/extra.jpg", 90, 70, 77);
    site.build().is_good();
    let cache = site.path(".backlot");
    let with = made(&cache);
    site.remove("media/day-2/extra.jpg");
    let back = |days: u64| {
        let lines: Vec<String> = ledger(&cache)
            .iter()
            .map(|words| {
                let day = words[3].parse::<u64>().unwrap().min(today()) - days;
                format!("{} {} {} {day}\n", words[0], words[1], words[2])
            })
            .collect();
        fs::write(cache.join("ledger.txt"), lines.concat()).unwrap();
    };
    back(1);
    site.build().is_good();
    assert_eq!(made(&cache), with, "yesterday is not long ago");
    back(3);
    site.build().is_good();
    assert!(made(&cache).len() < with.len() && made(&cache).is_subset(&made_anew(&site)));
    site.edit("site.toml", "keep_days = 2", "keep_days = 0");
    assert_eq!(site.build().error_lines().len(), 1);
}

fn today() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() / (24 * 60 * 60)
}

#[test]
fn two_builds_for_two_folders_share_a_cache_that_forgets() {
    let site = SiteTest::good();
    site.file("stories/draft.md", "+++\ntitle = \"A draft\"\ndraft = true\ncover = \"media/drafts/d.jpg\"\n+++\n");
    site.still("media/drafts/d.jpg", 90, 70, 78);
    let drafts = site.beside("drafts");
    let with_drafts = ["--drafts", "--output", drafts.to_str().unwrap()];
    for round in 0..4 {
        site.edit("stories/light.md", "Forty", &format!("Forty, and {round},"));
        if round > 0 {
            age(&site.path(".backlot"));
        }
        let two = [site.command("build", &[]).spawn().unwrap(), site.command("build", &with_drafts).spawn().unwrap()];
        for one in two {
            let ran = ran(one.wait_with_output().unwrap());
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        }
        assert_same(&site.tree(), &site.clean(), &format!("round {round}"));
        assert!(drafts.join("stories/draft/index.html").is_file());
    }
    let again = site.build_with(|options| {
        options.drafts = true;
        options.output.clone_from(&drafts);
    });
    assert_eq!(again.is_good().touched(), (0, 0));
}

#[test]
fn the_cache_may_be_deleted_while_a_build_runs() {
    let site = SiteTest::good();
    for seed in 500..512 {
        site.still(&format!("media/day-2/more-{seed}.jpg"), 800, 600, seed);
    }
    let clean = site.clean();
    let cache = site.path(".backlot");
    site.build().is_good();
    let all = how_many(&cache);
    site.remove(".backlot").remove("public");
    let mut deleted = 0;
    for round in 0..6 {
        let mut build = site.command("build", &[]).spawn().unwrap();
        // From the first file on, and later and later.
        let enough = || cache.exists() && how_many(&cache) >= all * round / 7;
        while build.try_wait().unwrap().is_none() {
            if enough() {
                // What is written meanwhile may stop it half way, which is as bad as all of it.
                drop(fs::remove_dir_all(&cache));
                deleted += 1;
                break;
            }
        }
        let ran = ran(build.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(0), "round {round}: {}", ran.stderr);
        assert_same(&site.tree(), &clean, &format!("round {round}"));
        for folder in ["public", ".backlot"] {
            if site.path(folder).exists() {
                site.remove(folder);
            }
        }
    }
    assert!(deleted > 0, "no build was running any more when the cache was deleted");
}

const CAPTION: &str = "Mallory at the winch";

/// With one picture of somebody, and a story of her own.
fn with_mallory() -> SiteTest {
    let site = SiteTest::good();
    let xmp = format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:description><rdf:Alt>\
         <rdf:li xml:lang=\"x-default\">{CAPTION}</rdf:li></rdf:Alt></dc:description></rdf:Description>\
         </rdf:RDF></x:xmpmeta>"
    );
    site.bytes("media/day-2/winch.jpg", &jpeg_with_xmp(90, 70, 79, &xmp));
    site.file("crew/mallory.md", "+++\nname = \"Mallory Quill\"\n[consent]\nstatus = \"granted\"\n+++\n");
    let gallery = site.text("media/day-2/gallery.toml");
    site.file("media/day-2/gallery.toml", &format!("{gallery}\n[still.\"winch.jpg\"]\npeople = [\"mallory\"]\n"));
    site
}

#[test]
fn clean_held_leaves_nothing_of_who_has_withdrawn() {
    let site = with_mallory();
    site.build().is_good();
    sleep(SETTLED);
    site.build().is_good();
    let cache = site.path(".backlot");
    assert!(!files_that_say(&tree(&cache), &[CAPTION]).is_empty(), "its facts are remembered");
    site.edit("crew/mallory.md", "granted", "withdrawn");
    site.build().is_good();
    let (public, site_before) = (site.tree(), originals(&site));
    assert!(!made(&cache).is_subset(&made_anew(&site)), "withdrawn today, and still in the cache");
    let ran = ran(crate::support::backlot().args(["clean", "--held"]).arg(site.root()).output().unwrap());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("what the site does not use now"), "{}", ran.stderr);
    assert!(!made(&cache).is_empty() && made(&cache).is_subset(&made_anew(&site)));
    let said = files_that_say(&tree(&cache), &[CAPTION, "winch", "mallory"]);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(fs::read_to_string(cache.join("previews.json")).unwrap().matches("data:image").count(), 8);
    assert_same(&site.tree(), &public, "the website");
    assert_same(&originals(&site), &site_before, "the site folder");
    let outcome = site.build();
    assert_eq!((outcome.is_good().developed(), outcome.touched()), (0, (0, 0)));
}

#[test]
fn clean_held_removes_nothing_while_nobody_knows_what_is_held() {
    let site = with_mallory();
    site.build().is_good();
    let before = tree(&site.path(".backlot"));
    site.edit("crew/mallory.md", "granted", "withdrwan");
    let ran = ran(crate::support::backlot().args(["clean", "--held"]).arg(site.root()).output().unwrap());
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("withdrawn") && ran.stderr.contains("Nothing was removed"), "{}", ran.stderr);
    assert_eq!(differences(&tree(&site.path(".backlot")), &before), Vec::<String>::new());
}

#[test]
fn clean_removes_the_cache_and_nothing_else() {
    let site = SiteTest::good();
    site.build().is_good();
    let (public, site_before) = (site.tree(), originals(&site));
    let clean = || ran(crate::support::backlot().arg("clean").arg(site.root()).output().unwrap());
    let first = clean();
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert!(first.stderr.contains("Removed") && first.stderr.contains("kB"), "{}", first.stderr);
    assert!(!site.path(".backlot").exists());
    assert_same(&site.tree(), &public, "the website");
    assert_same(&originals(&site), &site_before, "the site folder");
    assert!(clean().stderr.contains("nothing to remove"));
    assert!(!site.path(".backlot").exists());
    let nowhere = ran(crate::support::backlot().arg("clean").arg(site.beside("x")).output().unwrap());
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.stderr.contains("There is no site.toml"), "{}", nowhere.stderr);
}

/// The site folder without what is made of it.
fn originals(site: &SiteTest) -> Tree {
    tree(&site.root())
        .into_iter()
        .filter(|(path, _)| !["public/", ".backlot/", "records/"].iter().any(|made| path.starts_with(made)))
        .collect()
}

#[test]
fn check_says_what_there_is_to_develop() {
    let site = SiteTest::good();
    site.still("media/day-2/large.jpg", 1600, 1200, 90);
    let checked = site.run("check", &[]);
    assert!(checked.stderr.contains("To develop: 9 stills of 2 megapixels in all, into"), "{}", checked.stderr);
    site.build().is_good();
    let checked = site.run("check", &[]);
    assert!(!checked.stderr.contains("To develop"), "{}", checked.stderr);
}
