//! What is held, seen by those who write the site: in the preview and nowhere else.

use super::ALL;
use crate::preview::Preview;
use crate::support::{SiteTest, assert_same, files_that_say, tree};
use backlot::clearance::Audience;

fn with_held() -> SiteTest {
    let site = SiteTest::good();
    site.append("media/day-1/gallery.toml", "killed = true\n");
    site.edit("stories/light.md", "date = ", "embargo = 2026-12-01\ndate = ");
    site.edit("pages/about.md", " and [[light]]", "");
    site.file("crew/dee-ito.md", "+++\nname = \"Dee Ito\"\n[consent]\nstatus = \"pending\"\n+++\n\nDee waits.\n");
    site
}

#[test]
fn the_preview_shows_what_is_held_with_the_reason_when_asked() {
    let site = with_held();
    site.build().is_good();
    let public = site.tree();
    let preview = Preview::of(&site, &["--show-held"]);
    let says = |path: &str, words: &str| {
        let page = preview.get(path);
        assert!(page.status == 200 && page.text().contains(words), "{path} does not say {words:?}");
    };
    says("/stories/light/", "Held: under embargo until 2026-12-01 00:00 Europe/London");
    says("/stories/", "Held: under embargo");
    says("/crew/dee-ito/", "Held: Dee Ito has not agreed yet");
    says("/crew/", "Held: Dee Ito has not agreed yet");
    says("/galleries/day-1/harbour/", "Held: killed");
    says("/galleries/day-1/", "Held: killed");
    says("/stories/rain/", "Held: killed");
    assert!(!preview.get("/galleries/day-1/rain/").text().contains("Held:"));
    let all = serde_json::from_str::<serde_json::Value>(&preview.get("/_backlot/all").text()).unwrap();
    assert_eq!(all["options"]["audience"], "insiders");
    assert!(all["held"].as_u64().unwrap() >= 3);
    assert_same(&site.tree(), &public, "the public site beside such a preview");
    assert!(site.path(".backlot/insiders/index.html").is_file());
    drop(preview);
    site.build().is_good();
    assert!(!site.path(".backlot/insiders").exists(), "the next build takes it away");
    assert_eq!(files_that_say(&site.tree(), &["Held:", "Dee Ito", "insiders"]), [""; 0]);
}

#[test]
fn nothing_that_leaves_the_desk_can_be_asked_for_it() {
    let site = with_held();
    for command in ["build", "watch", "check"] {
        assert_eq!(site.run(command, &["--show-held"]).code, Some(2), "{command}");
        assert_eq!(site.run(command, &["--audience", "insiders"]).code, Some(2), "{command}");
    }
    for more in [["--audience", "press"], ["--output", "elsewhere"], ["--host", "0.0.0.0"]] {
        assert_eq!(site.run("serve", &[&["--show-held"], &more[..]].concat()).code, Some(2), "{more:?}");
    }
}

#[test]
fn it_is_built_into_no_folder_but_that_of_the_preview() {
    let site = with_held();
    for audience in ALL {
        let outcome = site.build_with(|options| {
            options.audience = Audience::Insiders;
            options.output = site.path(audience.name());
        });
        let errors = outcome.error_lines();
        assert!(errors.len() == 1 && errors[0].starts_with("output-not-ours:"), "{errors:?}");
        assert!(tree(&site.path(audience.name())).is_empty());
    }
    // And nothing else goes there.
    let outcome = site.build_with(|options| *options = options.clone().for_insiders());
    outcome.is_good();
    let outcome = site.build_with(|options| options.output = options.clone().for_insiders().output);
    assert!(outcome.report.is_good() && files_that_say(&tree(&site.path(".backlot/insiders")), &["Held:"]).is_empty());
}

/// The mistakes of the public site are told all the same.
#[test]
fn names_that_would_stop_a_build_are_told() {
    let site = with_held();
    site.append("stories/wind/index.md", "\nThen came Dee Ito.\n");
    let outcome = site.build_with(|options| *options = options.clone().for_insiders());
    let errors = outcome.error_lines();
    assert!(errors.len() == 1 && errors[0].starts_with("named-in-text:"), "{errors:?}");
}
