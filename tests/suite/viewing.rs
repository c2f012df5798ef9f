//! Looking at pictures and clips: what pages carry for the viewer, layouts, reels, slow motion, and which scripts
//! they load. How it looks and feels is tested in browsers, in `tests/browser`.

use crate::support::SiteTest;
use crate::support::good_site::FILM;

/// The scripts of a page, by the names of their files without what follows from their content.
fn scripts(html: &str) -> Vec<&str> {
    let addresses = html.split("<script src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    addresses.filter_map(|address| address.rsplit('/').next()?.split('-').next()).collect()
}

const RAIN: &str = "stories/rain/index.html";
const LIGHT: &str = "stories/light/index.html";
const CLIPS: &str = "media/clips/gallery.toml";

#[test]
fn a_page_loads_the_scripts_that_it_has_a_use_for_and_no_other_is_published() {
    let site = SiteTest::good();
    site.build().is_good();
    for page in ["stories/index.html", "crew/index.html", "galleries/index.html", "timeline/index.html", "404.html"] {
        assert_eq!(scripts(&site.page(page)), ["site"], "{page}");
    }
    let rain = site.page(RAIN);
    assert_eq!(scripts(&rain), ["site", "compare", "clips", "outside", "viewer"]);
    assert!(rain.contains("<dialog class=\"viewer\""));
    assert!(!site.page("stories/index.html").contains("<dialog class=\"viewer\""));

    site.edit("stories/rain.md", "```compare", "```text");
    site.build().is_good();
    assert_eq!(scripts(&site.page(RAIN)), ["site", "clips", "outside", "viewer"]);
    assert!(!site.tree().keys().any(|path| path.starts_with("assets/compare-")), "nobody loads it");
}

#[test]
fn a_still_carries_what_the_viewer_says_of_it_and_one_without_a_page_of_its_own_nothing() {
    let site = SiteTest::good();
    site.build().is_good();
    let gallery = site.page("galleries/day-1/index.html");
    let carried: Vec<&str> = gallery.split("<template class=\"closeup\"").skip(1).collect();
    assert_eq!(carried.len(), 3);
    assert!(carried.iter().any(|said| said.contains("Drops on a sheet.")));
    assert!(carried.iter().any(|said| said.contains("href=\"../../crew/ana-reyes/index.html\">Ana Reyes</a>")));
    assert!(!site.page("stories/wind/index.html").contains("<template class=\"closeup\""), "vane.jpg is in no gallery");
}

#[test]
fn clips_that_follow_each_other_are_a_reel_of_those_that_may_be_shown() {
    let site = SiteTest::good();
    site.bytes("media/clips/turn.mp4", FILM);
    site.append("stories/light.md", "\n```video\nclip = \"lamp.mp4\"\n```\n\n```video\nclip = \"turn.mp4\"\n```\n");
    site.build().is_good();
    let page = site.page(LIGHT);
    assert_eq!((page.matches("class=\"reel-list\"").count(), page.matches("<video").count()), (1, 2));
    assert!(scripts(&page).contains(&"clips"));

    site.append(CLIPS, "\n[clip.\"turn.mp4\"]\nkilled = true\n");
    site.build();
    let page = site.page(LIGHT);
    assert_eq!((page.matches("reel").count(), page.matches("<video").count()), (0, 1));
}

#[test]
fn words_between_two_clips_keep_them_apart() {
    let site = SiteTest::good();
    site.append(
        "stories/light.md",
        "\n```video\nclip = \"lamp.mp4\"\n```\n\nAgain.\n\n```video\nclip = \"lamp.mp4\"\n```\n",
    );
    site.build().is_good();
    assert!(!site.page(LIGHT).contains("reel"));
}

#[test]
fn stills_are_laid_out_as_somebody_says() {
    let site = SiteTest::good();
    site.edit("stories/rain.md", "layout = \"row\"", "layout = \"full\"");
    site.edit("media/day-1/gallery.toml", "order = [", "layout = \"sheet\"\norder = [");
    site.build().is_good();
    let rain = site.page(RAIN);
    let block = rain.split("gallery-block-full").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
    assert_eq!(block.matches("class=\"still-item\"").count(), 3);
    assert!(block.contains("100vw"), "a picture from edge to edge is loaded for the whole width");
    assert!(site.page("galleries/day-1/index.html").contains("class=\"still-grid still-sheet\""));
}

#[test]
fn slow_motion_is_told_to_the_player_and_to_the_reader_and_takes_its_time() {
    let site = SiteTest::good();
    let duration = |html: &str| html.split("video-duration\">").nth(1).map(|rest| rest[..4].to_owned());
    site.build().is_good();
    assert_eq!(duration(&site.page(RAIN)).as_deref(), Some("0:04"));
    site.edit(CLIPS, "[clip.\"lamp.mp4\"]", "[clip.\"lamp.mp4\"]\nspeed = 0.5");
    site.build().is_good();
    let page = site.page(RAIN);
    assert!(page.contains("data-speed=\"0.5\"") && page.contains("Slow motion"));
    assert_eq!(duration(&page).as_deref(), Some("0:09"));
    assert!(scripts(&page).contains(&"clips"));
}
