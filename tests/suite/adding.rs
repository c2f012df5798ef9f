//! `backlot add`: a new file in the right place, with its fields explained, that builds at once.

use crate::support::{Ran, SiteTest, backlot, jpeg_with_xmp, ran};
use std::fs;

fn add(site: &SiteTest, more: &[&str]) -> Ran {
    ran(backlot().arg("add").args(more).arg("--site").arg(site.root()).output().unwrap())
}

#[test]
fn a_story_and_a_person_build_at_once() {
    let site = SiteTest::good();
    let made = add(&site, &["story", "Rain \"again\": 2"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    assert!(made.stderr.contains("stories/rain-again-2.md"), "{}", made.stderr);
    assert_eq!(add(&site, &["person", "Zoë Ålund"]).code, Some(0));
    let outcome = site.build();
    outcome.is_good();
    assert!(
        site.page("stories/rain-again-2/index.html").contains("Rain &quot;again&quot;: 2"),
        "the title stands as it was typed"
    );
    // Nobody has said yet what the person agreed to.
    assert_eq!(outcome.reasons("Zoë Ålund").len(), 1);
    let text = site.text("crew/zoe-alund.md");
    for field in [
        "role",
        "department",
        "character",
        "portrait",
        "links",
        "also_known_as",
        "redact_as",
        "status",
        "scope",
        "form",
    ] {
        assert!(text.contains(&format!("{field} = ")), "{field} is not explained");
    }
}

#[test]
fn nothing_is_written_over() {
    let site = SiteTest::good();
    let before = site.text("stories/rain.md");
    let again = add(&site, &["story", "Rain"]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("is there already"), "{}", again.stderr);
    assert_eq!(site.text("stories/rain.md"), before);
    // A story in a folder of its own has the same address.
    assert_eq!(add(&site, &["story", "Wind"]).code, Some(2));
    assert_eq!(add(&site, &["story", "…"]).code, Some(2));
    let nowhere = ran(backlot().args(["add", "story", "X", "--site"]).arg(site.beside("nowhere")).output().unwrap());
    assert!(nowhere.stderr.contains("no site.toml"), "{}", nowhere.stderr);
}

#[test]
fn a_gallery_takes_what_the_photographer_wrote() {
    let site = SiteTest::good();
    let card = site.beside("card");
    fs::create_dir_all(&card).unwrap();
    let xmp = |caption: &str, when: &str, person: &str| {
        format!(
            r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" photoshop:Credit="Photo: Leila" photoshop:DateCreated="{when}"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description><Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>{person}</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage></rdf:Description></rdf:RDF></x:xmpmeta>"#
        )
    };
    fs::write(
        card.join("a.jpg"),
        jpeg_with_xmp(48, 32, 91, &xmp("The \"late\" one", "2026-03-14T18:00:00", "Ana Reyes")),
    )
    .unwrap();
    fs::write(
        card.join("b.jpg"),
        jpeg_with_xmp(48, 32, 92, &xmp("The early one", "2026-03-14T07:00:00", "Somebody Else")),
    )
    .unwrap();
    fs::write(card.join("notes.txt"), "not a still").unwrap();
    let made = add(&site, &["gallery", "Day 14: rain", "--stills", card.to_str().unwrap()]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let text = site.text("media/day-14-rain/gallery.toml");
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["title"].as_str(), Some("Day 14: rain"));
    assert_eq!(table["date"].to_string(), "2026-03-14");
    let order: Vec<&str> = table["order"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert_eq!(order, ["b.jpg", "a.jpg"], "as they were taken");
    assert_eq!(table["defaults"]["credit"].as_str(), Some("Photo: Leila"));
    assert_eq!(table["still"]["a.jpg"]["caption"].as_str(), Some("The \"late\" one"));
    assert_eq!(table["still"]["a.jpg"]["people"].as_array().unwrap()[0].as_str(), Some("ana-reyes"));
    assert!(text.contains("# Also named on it, without a profile: Somebody Else"), "{text}");
    assert!(!site.path("media/day-14-rain/notes.txt").exists());
    site.build().is_good();
    assert!(site.page("galleries/day-14-rain/index.html").contains("The early one"));
    assert_eq!(add(&site, &["gallery", "Day 14: rain"]).code, Some(2), "what is there stays");
}
