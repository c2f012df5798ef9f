//! `backlot develop`: what would be made of a photograph, and why.

use crate::support::{Ran, SiteTest, backlot, jpeg, jpeg_with_xmp, png, ran, tree};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn develop(arguments: &[&str], file: &Path) -> Ran {
    ran(backlot().arg("develop").args(arguments).arg(file).output().unwrap())
}

fn object(file: &Path) -> Value {
    let ran = develop(&["--format", "json"], file);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.json_lines().remove(0)
}

const XMP: &str = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
    <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" \
    photoshop:Credit=\"Photo: Leila\" photoshop:Instructions=\"Not before May\"><dc:description><rdf:Alt>\
    <rdf:li xml:lang=\"x-default\">Eleven seconds of weather</rdf:li></rdf:Alt></dc:description></rdf:Description>\
    </rdf:RDF></x:xmpmeta>";

#[test]
fn outside_of_a_site_the_defaults_say_what_would_be_made() {
    let place = SiteTest::empty();
    let file = place.beside("rain.jpg");
    fs::write(&file, jpeg_with_xmp(700, 500, 1, XMP)).unwrap();
    let shown = object(&file);
    assert_eq!((&shown["format"], &shown["width"], &shown["height"]), (&"jpeg".into(), &700.into(), &500.into()));
    assert_eq!(shown["fields"]["credit"]["use"], "every-picture");
    assert_eq!(shown["fields"]["caption"]["value"], "Eleven seconds of weather");
    assert_eq!(shown["fields"]["instructions"]["use"], "nowhere");
    assert_eq!((&shown["in_site"]["standing"], &shown["theme"]), (&"no-site".into(), &"premiere".into()));
    let shapes = shown["shapes"].as_array().unwrap();
    let whole = shapes.iter().find(|shape| shape["aspect"].is_null()).unwrap();
    let pictures = whole["pictures"].as_array().unwrap();
    let formats: BTreeSet<&str> = pictures.iter().map(|picture| picture["format"].as_str().unwrap()).collect();
    assert_eq!(formats, BTreeSet::from(["jpeg", "webp"]));
    assert!(pictures.iter().all(|p| p["bytes"].as_u64().unwrap() > 100 && p["width"].as_u64().unwrap() <= 700));
    assert!(shapes.iter().any(|shape| shape["aspect"] == serde_json::json!([3, 2]) && shape["crop"].is_object()));
    assert!(shown["placeholder"].as_str().unwrap().starts_with("data:image/webp;base64,"));
    let said = develop(&[], &file);
    for words in [
        "JPEG, 700 × 500 pixels (0.3 megapixels)",
        "It is in no site",
        "published in every picture: Photo: Leila",
        "not published: Not before May",
        "Whole, for ",
        "Cut to 3 : 2, for ",
        "480 × 343",
        "Until they have come",
    ] {
        assert!(said.stdout.contains(words), "{words:?} is not in\n{}", said.stdout);
    }
    assert!(said.stderr.is_empty(), "{}", said.stderr);
}

#[test]
fn in_a_site_it_says_what_the_site_says() {
    let site = SiteTest::good();
    site.edit("site.toml", "formats = [\"webp\", \"jpeg\"]", "formats = [\"jpeg\"]");
    let harbour = object(&site.path("media/day-1/harbour.jpg"));
    assert_eq!((&harbour["in_site"]["standing"], &harbour["quality"]), (&"shown".into(), &"draft".into()));
    assert_eq!(harbour["published"]["alt"], "A harbour of folded paper");
    assert!(!harbour["shapes"].to_string().contains("webp"));
    site.append("media/day-1/gallery.toml", "killed = true\n");
    let held = object(&site.path("media/day-1/harbour.jpg"));
    assert_eq!((&held["in_site"]["standing"], &held["in_site"]["why"]), (&"held".into(), &"killed".into()));
    let said = develop(&[], &site.path("media/day-1/harbour.jpg"));
    assert!(said.stdout.contains("It is held back, and none of this is published: killed"), "{}", said.stdout);
    assert!(!site.public().exists() && !site.path(".backlot").exists(), "something was written");
    fs::write(site.beside("other.jpg"), jpeg(60, 40, 2)).unwrap();
    let root = site.root();
    let elsewhere = develop(&["--format", "json", "--site", root.to_str().unwrap()], &site.beside("other.jpg"));
    assert!(elsewhere.stdout.contains("\"quality\":\"draft\""), "{}", elsewhere.stdout);
}

#[test]
fn pictures_are_put_where_somebody_can_look_at_them() {
    let place = SiteTest::empty();
    let (file, looked_at) = (place.beside("sky.png"), place.beside("to look at"));
    fs::write(&file, png(300, 200, 3)).unwrap();
    let ran = develop(&["--output", looked_at.to_str().unwrap()], &file);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let pictures = tree(&looked_at);
    assert!(
        pictures.contains_key("sky-whole-300.webp") && pictures.contains_key("sky-whole-300.jpg"),
        "{:?}",
        pictures.keys()
    );
    assert!(pictures.keys().any(|name| name.starts_with("sky-3x2-")), "{:?}", pictures.keys());
    assert!(pictures.values().all(|bytes| !bytes.is_empty()));
}

#[test]
fn a_file_that_cannot_be_used_is_said_kindly_and_the_others_are_shown() {
    let place = SiteTest::empty();
    let (broken, good) = (place.beside("broken.jpg"), place.beside("good.jpg"));
    let whole = jpeg(200, 150, 4);
    fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    fs::write(&good, whole).unwrap();
    let ran = ran(backlot().arg("develop").args([&broken, &place.beside("nowhere.jpg"), &good]).output().unwrap());
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("stops at row") && ran.stderr.contains("copy it again"), "{}", ran.stderr);
    assert!(ran.stderr.contains("nowhere.jpg` cannot be read"), "{}", ran.stderr);
    assert!(ran.stdout.contains("good.jpg\n  JPEG, 200 × 150"), "{}", ran.stdout);
    let refused = develop(&["--format", "json"], &broken);
    assert!(refused.json_lines()[0]["refused"].as_str().unwrap().contains("stops at row"));
}
