//! `backlot schedule`: builds one second before, at and after each instant differ exactly as it said.

use super::typed;
use crate::support::{SiteTest, Tree, assert_same, good_site::FILM};
use backlot::build;
use backlot::diagnostic::Diagnostics;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

type Items = BTreeSet<(String, String)>;

/// Something of every kind with a time of its own, some of them where the clocks change.
fn timed(zone: &str, twice: &str) -> SiteTest {
    let site = SiteTest::good();
    site.edit("site.toml", "Europe/London", zone);
    site.edit("site.toml", "unnamed = \"publish\"", "unnamed = \"publish\"\nundecided = \"approve\"");
    site.edit("site.toml", "release = 2027-03-19", "release = 2026-12-24");
    site.edit("pages/about.md", "[[Bo Lindt]] and [[light]]", "[[bo-lindt|Bo]] and [[light|light]]");
    site.edit(
        "stories/light.md",
        "kind = \"diary\"",
        &format!("kind = \"diary\"\nembargo = {twice}\nexpires = 2026-12-31"),
    );
    site.edit("crew/bo-lindt.md", "\n+++\n\n", "\n[consent]\nstatus = \"granted\"\nexpires = 2026-11-15\n+++\n\n");
    site.edit("crew/cy-moreau.md", "\n+++\n\n", "\nexpires = 2026-09-27T02:30:01Z\n+++\n\n");
    site.edit("stories/light.md", "[[Cy Moreau]]", "[[cy-moreau|somebody]]");
    site.edit("media/day-2/gallery.toml", "date = ", "embargo = 2026-08-01T00:01:00\ndate = ");
    site.edit("media/day-1/gallery.toml", "focus = [0.4, 0.3]", "focus = [0.4, 0.3]\nexpires = 2026-07-07T12:00:00");
    site.bytes("media/clips/gate.mp4", FILM);
    site.append(
        "media/clips/gallery.toml",
        "\n[clip.\"gate.mp4\"]\ntitle = \"Gate\"\nembargo = 2026-10-04T03:00:00+02:00\n",
    );
    site.append("stories/wind/index.md", "\n```video\nclip = \"gate.mp4\"\n```\n");
    site.file("pages/later.md", "+++\ntitle = \"Later\"\nembargo = 2026-06-15\n+++\n\nLater.\n");
    // Dee has been sent her still, and will not answer.
    site.file("crew/dee.md", "+++\nname = \"Dee Ray\"\n[approval]\nwindow = \"3 working days\"\n+++\n\nDee.\n");
    site.still("media/day-1/dee.jpg", 60, 40, 90);
    site.append("media/day-1/gallery.toml", "\n[still.\"dee.jpg\"]\nalt = \"Dee\"\npeople = [\"dee\"]\n");
    assert_eq!(typed(&site, &["approvals", "export"], &["--submit"]).code, Some(0));
    site
}

/// The tree of a build at an instant, and everything that is in it.
fn built(site: &mut SiteTest, at: Timestamp) -> (Tree, Items) {
    site.as_of = at.to_string();
    site.build().is_good();
    let rehearsal = build::rehearse(&site.options(), |_| {}, &mut Diagnostics::new()).expect("a site");
    let items = rehearsal
        .published
        .iter()
        .map(|(cleared, _)| (cleared.subject.kind().to_owned(), cleared.subject.name().to_owned()));
    (site.tree(), items.collect())
}

fn follows_its_schedule(zone: &str, twice: &str) {
    let mut site = timed(zone, twice);
    let ran = typed(&site, &["schedule"], &["--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let mut lines = ran.json_lines();
    let summary = lines.pop().unwrap();
    assert_eq!(summary["summary"]["changes"], lines.len());
    assert!(summary["summary"]["note"].as_str().unwrap().contains("changes only when it is built"), "{summary}");
    assert_eq!(lines.len(), 10, "{zone}: {lines:#?}");
    let (mut tree, mut there) = built(&mut site, "2026-06-01T12:00:00Z".parse().unwrap());
    for change in &lines {
        let items = |key: &str| -> Items {
            let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
            change[key].as_array().unwrap().iter().map(|item| (text(item, "what"), text(item, "item"))).collect()
        };
        let (appears, disappears) = (items("appears"), items("disappears"));
        let at: Timestamp = change["at"].as_str().unwrap().parse().unwrap();
        let what = format!("{zone}, {}", change["local"]);
        let (before, _) = built(&mut site, at - 1.second());
        assert_same(&before, &tree, &format!("{what}: between the instants"));
        let (now, shown) = built(&mut site, at);
        assert!(now != before, "{what}: nothing has changed");
        assert_eq!(shown.difference(&there).cloned().collect::<Items>(), appears, "{what}: what appears");
        assert_eq!(there.difference(&shown).cloned().collect::<Items>(), disappears, "{what}: what disappears");
        let (after, _) = built(&mut site, at + 1.second());
        assert_same(&after, &now, &format!("{what}: a second later"));
        (tree, there) = (now, shown);
    }
}

#[test]
fn builds_follow_the_schedule_in_london() {
    follows_its_schedule("Europe/London", "2026-10-25T01:30:00+00:00");
}

#[test]
fn builds_follow_the_schedule_in_new_york() {
    follows_its_schedule("America/New_York", "2026-11-01T01:30:00-04:00");
}

#[test]
fn builds_follow_the_schedule_where_the_clocks_go_by_half_an_hour() {
    follows_its_schedule("Australia/Lord_Howe", "2026-10-04T02:45:00+11:00");
}

#[test]
fn times_that_the_clocks_skip_or_repeat_are_told_with_both_readings() {
    for (zone, time, readings) in [
        ("Europe/London", "2026-10-25T01:30:00", ["`2026-10-25T01:30:00+01:00`", "`2026-10-25T01:30:00+00:00`"]),
        ("Europe/London", "2026-03-29T01:30:00", ["`2026-03-29T01:30:00+01:00`", "`2026-03-29T01:30:00+00:00`"]),
        ("America/New_York", "2026-11-01T01:30:00", ["`2026-11-01T01:30:00-04:00`", "`2026-11-01T01:30:00-05:00`"]),
    ] {
        for (file, from, to) in [
            ("stories/light.md", "kind = \"diary\"", "kind = \"diary\"\nembargo = {}"),
            ("crew/bo-lindt.md", "role = \"Wind\"", "role = \"Wind\"\nexpires = {}"),
            ("media/day-2/gallery.toml", "date = ", "expires = {}\ndate = "),
            ("media/day-1/gallery.toml", "focus = [0.4, 0.3]", "embargo = {}"),
            ("media/clips/gallery.toml", "title = \"The lamp\"", "title = \"The lamp\"\nembargo = {}"),
        ] {
            let site = SiteTest::good();
            site.edit("site.toml", "Europe/London", zone).edit(file, from, &to.replace("{}", time));
            let outcome = site.build();
            let [error] = outcome.errors()[..] else { panic!("{file} {time}: {}", outcome.told()) };
            assert_eq!(error.code.0, "wrong-date", "{file}");
            assert_eq!(error.origin.as_ref().map(|origin| origin.file.path.as_str()), Some(file));
            let told = error.hints.join(" ");
            assert!(readings.iter().all(|reading| told.contains(reading)), "{zone} {time}: {told}");
        }
    }
}

#[test]
fn a_schedule_is_told_to_people_and_as_a_crontab() {
    let site = SiteTest::good();
    site.edit("stories/light.md", "kind = \"diary\"", "kind = \"diary\"\nembargo = 2026-07-01T00:01:00");
    site.edit("pages/about.md", "[[light]]", "[[light|paper]]");
    let text = typed(&site, &["schedule"], &[]).stdout;
    for line in [
        "Seen from 2026-06-01 13:00 Europe/London, there are 2 times at which a build changes something:",
        "2026-07-01 00:01 Europe/London\n  + story A light of paper\n",
        "2027-03-19 00:00 Europe/London\n  the film is released: the countdown ends\n",
        "Nothing of this happens by itself: a static site changes only when it is built and uploaded.",
        "# 2026-07-01 00:01 Europe/London\n1 23 30 6 * backlot build ",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    let cron = typed(&site, &["schedule"], &["--format", "cron"]).stdout;
    assert!(text.ends_with(&cron) && cron.lines().count() == 4, "{cron}");
}
