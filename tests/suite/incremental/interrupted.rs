//! Two builds at once, and builds that are killed.

use crate::support::{SiteTest, Tree, assert_same, files_that_say, ran};
use std::thread::sleep;
use std::time::Duration;

#[test]
fn two_builds_at_once_both_end_well() {
    let site = SiteTest::good();
    for seed in 200..212 {
        site.still(&format!("media/day-2/more-{seed}.jpg"), 400, 300, seed);
    }
    for round in 0..3 {
        site.edit("stories/light.md", "Forty", &format!("Forty, and {round},"));
        let two: Vec<_> = (0..2).map(|_| site.command("build", &[]).spawn().unwrap()).collect();
        for one in two {
            let ran = ran(one.wait_with_output().unwrap());
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        }
    }
    assert_same(&site.tree(), &site.clean(), "after two builds at once");
}

/// Killed at many moments: every page is as it was or as it is to be, and the next build mends all.
#[test]
fn a_killed_build_leaves_whole_pages() {
    let site = SiteTest::good();
    for seed in 300..306 {
        site.still(&format!("media/day-2/more-{seed}.jpg"), 400, 300, seed);
    }
    site.build().is_good();
    let mut old = site.tree();
    let mut killed = 0;
    for round in 0..12_u64 {
        // Everything changes: the style sheet, and with it every page.
        let accent = format!("#f2b4{:02x}", 0x5d + round);
        let text = site.text("site.toml");
        let start = text.find("#f2b4").unwrap();
        site.file("site.toml", &format!("{}{accent}{}", &text[..start], &text[start + 7..]));
        site.still("media/day-2/changing.jpg", 600, 400, 400 + round as u32);
        let new = site.clean();
        let mut build = site.command("build", &[]).spawn().unwrap();
        sleep(Duration::from_millis(round * 24));
        killed += usize::from(build.try_wait().unwrap().is_none());
        build.kill().unwrap();
        build.wait().unwrap();
        look(&site.tree(), &old, &new, round);
        site.build().is_good();
        assert_same(&site.tree(), &new, &format!("the build after the one killed in round {round}"));
        old = new;
    }
    assert!(killed > 0, "no build was still running when it was to be killed");
}

/// A first build that is killed leaves nothing that the next one would take for somebody else's.
#[test]
fn a_first_build_that_is_killed_can_be_begun_again() {
    let site = SiteTest::good();
    let clean = site.clean();
    for round in 0..12_u64 {
        let mut build = site.command("build", &[]).spawn().unwrap();
        sleep(Duration::from_millis(round * 15));
        build.kill().unwrap();
        build.wait().unwrap();
        site.build().is_good();
        assert_same(&site.tree(), &clean, &format!("after a first build killed in round {round}"));
        site.remove("public");
    }
}

#[test]
fn what_a_killed_build_left_unfinished_is_swept_away() {
    let site = SiteTest::good();
    site.file("public/.backlot-unfinished/.backlot-a1b2c3", "half a secret");
    site.build().is_good();
    let first = site.tree();
    assert!(files_that_say(&first, &["unfinished", "half a secret"]).is_empty());
    site.file("public/.backlot-unfinished/.backlot-d4e5f6", "half a secret");
    assert_eq!(site.build().is_good().touched(), (0, 0));
    assert_same(&site.tree(), &first, "the output");
}

/// Pages are old or new, and whatever a new page needs is there.
fn look(now: &Tree, old: &Tree, new: &Tree, round: u64) {
    let strays: Vec<&String> = now.keys().filter(|path| !old.contains_key(*path) && !new.contains_key(*path)).collect();
    assert!(strays.iter().all(|path| path.starts_with(".backlot-unfinished/")), "round {round}: {strays:?}");
    for (path, bytes) in now.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml")) {
        let known = [old, new].iter().any(|tree| tree.get(path) == Some(bytes));
        assert!(known, "round {round}: {path} is neither old nor new");
    }
    assert!(old.keys().any(|path| path.ends_with(".html")), "there is something to look at");
    let page = &now["index.html"];
    let whole = if Some(page) == new.get("index.html") { new } else { old };
    for path in whole.keys().filter(|path| path.starts_with("assets/style-")) {
        assert!(now.contains_key(path), "round {round}: the home page has no {path}");
    }
}
