//! `backlot withdraw`: it tells before what a build will do, changes one word, and keeps the report to itself.

use super::typed;
use crate::support::{Ran, SiteTest, Tree, assert_same, files_that_say, tree};
use std::collections::BTreeSet;

fn withdraw(site: &SiteTest, person: &str, more: &[&str]) -> Ran {
    typed(site, &["withdraw", person], more)
}

/// The site's folder without the cache.
fn folder(site: &SiteTest) -> Tree {
    tree(&site.root()).into_iter().filter(|(path, _)| !path.starts_with(".backlot/")).collect()
}

/// Bo is on stills, has a crew's place in two stories, and is named in a caption.
fn written() -> SiteTest {
    let site = SiteTest::good();
    site.edit("pages/about.md", "[[Bo Lindt]]", "[[bo-lindt|somebody]]");
    site.edit("media/day-1/gallery.toml", "caption = \"The harbour.\"", "caption = \"The harbour, by Bo Lindt.\"");
    site.edit("crew/bo-lindt.md", "name = \"Bo Lindt\"", "name = \"Bo Lindt\"   # called Bo");
    site.build().is_good();
    site
}

#[test]
fn it_tells_what_a_build_will_do() {
    let site = written();
    let before = folder(&site);
    let told = withdraw(&site, "Bo Lindt", &["--format", "json"]).json_lines().pop().unwrap();
    assert_same(&folder(&site), &before, "only told");
    let list = |key: &str| -> BTreeSet<String> {
        told[key].as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(list("stills"), ["media/day-1/gust.jpg", "media/people/bo.jpg"].map(String::from).into());
    assert_eq!(list("stories"), ["stories/rain.md", "stories/wind/index.md"].map(String::from).into());
    let stops: Vec<_> = told["mentions"].as_array().unwrap().iter().filter(|m| m["stops"] == true).collect();
    let [stop] = stops[..] else { panic!("{told:#}") };
    let text = site.text("media/day-1/gallery.toml");
    let line = text.lines().position(|line| line.contains("by Bo Lindt")).unwrap() + 1;
    assert!(stop["file"] == "media/day-1/gallery.toml" && stop["line"] == line, "{stop}");
    let named = |file: &str| told["mentions"].as_array().unwrap().iter().any(|m| m["file"] == file);
    assert!(named("stories/rain.md") && named("pages/about.md") && !named("crew/bo-lindt.md"), "{told:#}");

    let public = site.tree();
    assert_eq!(withdraw(&site, "bo-lindt", &["--apply"]).code, Some(0));
    let errors = site.build().error_lines();
    assert!(errors.len() == 1 && errors[0].starts_with("named-in-text"), "{errors:?}");
    site.edit("media/day-1/gallery.toml", ", by Bo Lindt", "");
    site.build().is_good();
    let (gone, changed) = (list("gone"), list("changed"));
    let now = site.tree();
    let really_gone: BTreeSet<String> = public.keys().filter(|path| !now.contains_key(*path)).cloned().collect();
    assert_eq!(gone, really_gone, "gone");
    let own = |path: &&String| *path != ".backlot-output.json";
    let differs = |path: &&String| now.get(*path).is_some_and(|bytes| *bytes != public[*path]);
    let really_changed: BTreeSet<String> = public.keys().filter(own).filter(differs).cloned().collect();
    assert_eq!(changed, really_changed, "changed");
    let purge = list("purge");
    for address in ["crew/bo-lindt/", "crew/bo-lindt/index.html", "galleries/day-1/gust/", "sitemap.xml"] {
        assert!(purge.contains(&format!("https://example.com/lighthouse/{address}")), "{address} is not in {purge:#?}");
    }
    assert!(files_that_say(&now, &["Bo Lindt", "bo-lindt"]).is_empty());
}

#[test]
fn applying_it_changes_one_word_and_keeps_the_report_outside_the_output() {
    let site = written();
    let (before, profile) = (folder(&site), site.text("crew/bo-lindt.md"));
    let ran = withdraw(&site, "bo-lindt", &["--apply"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("Take the name out of the lines marked with ! first"), "{}", ran.stderr);
    let expected = profile.replacen("\n+++\n\n", "\n\n[consent]\nstatus = \"withdrawn\"\n+++\n\n", 1);
    assert_eq!(site.text("crew/bo-lindt.md"), expected);
    let after = folder(&site);
    let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    let [report] = new[..] else { panic!("{new:?}") };
    assert!(report.starts_with("records/withdrawal-bo-lindt-2") && report.ends_with(".txt"), "{report}");
    let text = site.text(report);
    assert_eq!(text, ran.stdout);
    for part in [
        "If Bo Lindt withdraws consent, as of 2026-06-01 13:00 Europe/London, crew/bo-lindt.md is held.",
        "  media/day-1/gust.jpg\n",
        "! media/day-1/gallery.toml:",
        "  https://example.com/lighthouse/crew/bo-lindt/\n",
        "Nothing that holds them was made for the press or anybody else, as far as is recorded.",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    site.edit("media/day-1/gallery.toml", ", by Bo Lindt", "");
    site.build().is_good();
    assert!(files_that_say(&site.tree(), &["Bo Lindt", "bo-lindt", "withdraw"]).is_empty());
    let again = withdraw(&site, "bo-lindt", &["--apply"]);
    assert!(again.code == Some(0) && again.stderr.contains("says so already"), "{}", again.stderr);
}

#[test]
fn what_was_made_for_others_is_told() {
    let site = written();
    site.append(
        "records/published.csv",
        "2026-04-01T10:00:00Z,2026-04-01T10:00:00Z,press,press,came,still,media/day-1/gust.jpg,nothing holds it,,ana-reyes bo-lindt,0011\n",
    );
    let text = withdraw(&site, "bo-lindt", &[]).stdout;
    let line = "2026-04-01 10:00 UTC, for the audience `press` in `press`: still media/day-1/gust.jpg";
    assert!(text.contains(line), "{text}");
    assert!(!withdraw(&site, "cy-moreau", &[]).stdout.contains("2026-04-01"));
}

#[test]
fn nobody_is_withdrawn_by_a_wrong_name() {
    let site = SiteTest::good();
    let before = folder(&site);
    let ran = withdraw(&site, "bo lint", &["--apply"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("Nobody in crew/ is called `bo lint`. Did you mean `bo-lindt`?")
            || ran.stderr.contains("Did you mean `Bo Lindt`?"),
        "{}",
        ran.stderr
    );
    assert_same(&folder(&site), &before, "after a wrong name");
}
