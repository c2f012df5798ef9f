//! Contact sheets for those who decide.

use super::build;
use crate::support::{SiteTest, Tree, files_that_say, tree, unpack};
use backlot::clearance::Audience;

fn sheets(site: &SiteTest) -> Tree {
    build(site, Audience::Approvals).is_good();
    tree(&site.path("approvals"))
}

fn html(tree: &Tree, path: &str) -> String {
    String::from_utf8(tree[path].clone()).unwrap()
}

/// Names of files in the order in which a sheet has them.
fn frames(tree: &Tree, path: &str) -> Vec<String> {
    let html = html(tree, path);
    html.split("data-still=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn there_is_a_sheet_for_everybody_and_one_for_each_person() {
    let sheets = sheets(&SiteTest::good());
    let pages: Vec<&str> = sheets.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
    let people = ["ana-reyes", "bo-lindt", "cy-moreau"].map(|slug| format!("people/{slug}/index.html"));
    assert_eq!(pages, ["all/index.html", "index.html", &people[0], &people[1], &people[2]]);
    assert_eq!(frames(&sheets, "all/index.html").len(), 8);
    assert_eq!(
        frames(&sheets, &people[0]),
        ["media/day-1/rain.jpg", "media/day-1/gust.jpg", "media/people/ana.jpg"],
        "gallery by gallery, then the others"
    );
    let page = html(&sheets, &people[0]);
    assert!(page.contains("gust.jpg</p>") && page.contains("Ana Reyes, Bo Lindt"), "{page}");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert_eq!(sheets["robots.txt"], b"User-agent: *\nDisallow: /\n");
}

/// A sheet can be sent by itself: it has all it needs, and nothing of anybody else's.
#[test]
fn each_sheet_is_complete_in_its_folder() {
    let sheets = sheets(&SiteTest::good());
    for folder in ["", "all/", "people/ana-reyes/", "people/bo-lindt/"] {
        let page = html(&sheets, &format!("{folder}index.html"));
        let links = ["href=\"", "src=\""]
            .map(|attribute| page.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()));
        let mut count = 0;
        for link in links.into_iter().flatten().filter(|link| !link.starts_with('#')) {
            assert!(!link.contains("..") && sheets.contains_key(&format!("{folder}{link}")), "{folder}: {link}");
            count += 1;
        }
        assert!(count > 3, "{folder}");
    }
    let pictures = sheets.keys().filter(|path| path.starts_with("people/ana-reyes/media/")).count();
    assert_eq!(pictures, 3);
}

#[test]
fn every_picture_is_small_and_has_words_burnt_into_it() {
    let site = SiteTest::good();
    site.still("media/day-2/after.jpg", 1800, 1200, 5);
    let sheets = sheets(&site);
    let original = unpack::pixels(&crate::support::jpeg(1800, 1200, 5)).unwrap();
    let pictures = sheets.iter().filter(|(path, _)| path.contains("media/"));
    let mut seen = 0;
    for (path, bytes) in pictures {
        let picture = unpack::pixels(bytes).unwrap();
        assert!(picture.width().max(picture.height()) <= 640, "{path}");
        if picture.width() == 640 {
            seen += 1;
            let far = picture.enumerate_pixels().filter(|(x, y, pixel)| {
                let place = (x * 1800 / 640, y * 1200 / 426);
                pixel[0].abs_diff(original.get_pixel(place.0.min(1799), place.1.min(1199))[0]) > 40
            });
            assert!(far.count() > 640 * 426 / 60, "{path} has no words on it");
        }
    }
    assert_eq!(seen, 2, "one for its person, one for everybody, with other words");
}

#[test]
fn what_is_under_embargo_is_decided_about_and_what_is_over_is_not() {
    let site = SiteTest::good();
    let there = |still: &str, fields: &str| {
        site.renew();
        site.append("media/day-1/gallery.toml", fields);
        frames(&sheets(&site), "all/index.html").contains(&format!("media/day-1/{still}.jpg"))
    };
    assert!(there("harbour", "embargo = 2027-01-01\n"));
    assert!(!there("harbour", "expires = 2026-01-01\n"));
    assert!(!there("harbour", "killed = true\n"));
    site.renew();
    for (consent, shown) in [
        ("status = \"granted\"\nmedia = [\"press\"]", true),
        ("status = \"limited\"\nscope = [\"stills\", \"name\"]", true),
        ("status = \"limited\"\nscope = [\"name\", \"video\"]", false),
        ("status = \"granted\"\nexpires = 2026-05-01", false),
        ("status = \"granted\"\nminor = true", false),
        ("status = \"pending\"", false),
        ("status = \"withdrawn\"", false),
    ] {
        site.file(
            "crew/cy-moreau.md",
            &format!("+++\nname = \"Cy Moreau\"\nredact_as = \"the cutter\"\n[consent]\n{consent}\n+++\n\nCy cuts.\n"),
        );
        let sheets = sheets(&site);
        let named = !files_that_say(&sheets, &["Cy Moreau"]).is_empty();
        let listed = frames(&sheets, "all/index.html").contains(&"media/day-2/after.jpg".to_owned());
        assert_eq!((listed, named), (shown, shown), "{consent}");
    }
}

/// Nothing but stills and names goes out with a sheet.
#[test]
fn words_of_the_site_are_not_on_a_sheet() {
    let site = SiteTest::good();
    let sheets = sheets(&site);
    let words = [
        "Rain on cue",
        "garden pump",
        "owns a broom",
        "Drops on a sheet",
        "Fold on the dotted",
        "made of nothing",
        "lamp.mp4",
    ];
    assert_eq!(files_that_say(&sheets, &words), [""; 0]);
    // The name of a folder is: it is how a still is told from others.
    site.still("media/cy-moreau/one.jpg", 60, 40, 70);
    site.file(
        "crew/cy-moreau.md",
        "+++\nname = \"Cy Moreau\"\nredact_as = \"the cutter\"\n[consent]\nstatus = \"withdrawn\"\n+++\n\nCy cuts.\n",
    );
    let errors = build(&site, Audience::Approvals).error_lines();
    assert!(!errors.is_empty() && errors.iter().all(|error| error.starts_with("named-in-text:")), "{errors:?}");
}
