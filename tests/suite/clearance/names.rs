//! The name of somebody who is held, written into all the places that are published.

use super::assert_silent;
use crate::support::{SiteTest, assert_same, files_that_say, good_site::FILM, jpeg_with_xmp};

/// What is in the way of `redact_as`.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Words: `redact_as` replaces the name.
    Words,
    /// An address or a name in another dress: only the author can take it out.
    Address,
}

struct Place {
    name: &'static str,
    write: fn(&SiteTest),
    /// The file that the message has to name.
    file: &'static str,
    kind: Kind,
}

const fn words(name: &'static str, file: &'static str, write: fn(&SiteTest)) -> Place {
    Place { name, write, file, kind: Kind::Words }
}

const fn address(name: &'static str, file: &'static str, write: fn(&SiteTest)) -> Place {
    Place { name, write, file, kind: Kind::Address }
}

macro_rules! edit {
    ($file:literal, $from:literal => $to:literal) => {
        |site| {
            site.edit($file, $from, $to);
        }
    };
}

macro_rules! append {
    ($file:literal, $text:literal) => {
        |site| {
            site.append($file, $text);
        }
    };
}

const STORY: &str = "stories/light.md";
const DAY: &str = "media/day-1/gallery.toml";
const CLIPS: &str = "media/clips/gallery.toml";

const PLACES: &[Place] = &[
    words("tagline", "site.toml", edit!("site.toml", "made of nothing" => "of Rowan Castellane")),
    words("synopsis", "site.toml", edit!("site.toml", "folds a lighthouse" => "is Rowan Castellane")),
    words("director", "site.toml", edit!("site.toml", "Dana Whitlock" => "Rowan Castellane")),
    words("company", "site.toml", edit!("site.toml", "Foldaway" => "Rowan Castellane Films")),
    words("description of the site", "site.toml", edit!("site.toml", "was folded" => "found Rowan Castellane")),
    words("country", "site.toml", edit!("site.toml", "runtime" => "country = \"Rowan Castellane\"\nruntime")),
    words("label of a link", "site.toml", edit!("site.toml", "{ trailer" => "{ \"Rowan Castellane\"")),
    address("address of a link", "site.toml", edit!("site.toml", "com/trailer" => "com/rowan-castellane")),
    words("title of a story", STORY, edit!("stories/light.md", "A light of paper" => "Rowan Castellane folds")),
    words("summary", STORY, edit!("stories/light.md", "One lamp and" => "Rowan Castellane and")),
    words("department", STORY, edit!("stories/light.md", "[\"Camera\"]" => "[\"Rowan Castellane's unit\"]")),
    words("paragraph", STORY, append!("stories/light.md", "\nIn came Rowan Castellane.\n")),
    words("former name", STORY, append!("stories/light.md", "\nIn came R. C. Marlowe.\n")),
    address("other dress", STORY, append!("stories/light.md", "\nIn came ROWAN\nCASTELLANE.\n")),
    address("half in bold", STORY, append!("stories/light.md", "\nIn came **Rowan** Castellane.\n")),
    address("heading", STORY, append!("stories/light.md", "\n## Rowan Castellane\n\nCame.\n")),
    words(
        "heading with a name of its own",
        STORY,
        append!("stories/light.md", "\n## Rowan Castellane {#came}\n\nIn.\n"),
    ),
    address("anchor", STORY, append!("stories/light.md", "\n## In {#rowan-castellane}\n\nCame.\n")),
    words("table", STORY, append!("stories/light.md", "\n| Who |\n| --- |\n| Rowan Castellane |\n")),
    words("footnote", STORY, append!("stories/light.md", "\nIn.[^a]\n\n[^a]: Rowan Castellane.\n")),
    words("code", STORY, append!("stories/light.md", "\n```text\nRowan Castellane\n```\n")),
    address(
        "address of a link in a text",
        STORY,
        append!("stories/light.md", "\n[In](https://example.com/rowan-castellane).\n"),
    ),
    words("title of a link", STORY, append!("stories/light.md", "\n[In](https://example.com \"Rowan Castellane\").\n")),
    words(
        "words of a mention",
        STORY,
        append!("stories/light.md", "\nIn came [[rowan-castellane|Rowan Castellane]].\n"),
    ),
    words("words of another mention", STORY, append!("stories/light.md", "\nIn came [[bo-lindt|Rowan Castellane]].\n")),
    words("alt", STORY, append!("stories/light.md", "\n![Rowan Castellane](gust.jpg)\n")),
    words("caption of a figure", STORY, append!("stories/light.md", "\n![In](gust.jpg \"Rowan Castellane\")\n")),
    words("row", STORY, append!("stories/light.md", "\n![Rowan Castellane](gust.jpg) ![In](rain.jpg)\n")),
    words(
        "title of a block",
        STORY,
        append!("stories/light.md", "\n```gallery\ngallery = \"day-1\"\ntitle = \"Rowan Castellane\"\n```\n"),
    ),
    words(
        "label of a comparison",
        STORY,
        append!(
            "stories/light.md",
            "\n```compare\nbefore = \"before.jpg\"\nafter = \"after.jpg\"\nafter_label = \"Rowan Castellane\"\n```\n"
        ),
    ),
    words(
        "detail of a zoom",
        STORY,
        append!(
            "stories/light.md",
            "\n```zoom\nstill = \"rain.jpg\"\ndetails = [{ title = \"Rowan Castellane\", at = [0.5, 0.5], size = 0.5 }]\n```\n"
        ),
    ),
    words(
        "quote",
        STORY,
        append!("stories/light.md", "\n```quote\nperson = \"bo-lindt\"\ntext = \"I saw Rowan Castellane.\"\n```\n"),
    ),
    words(
        "attribution",
        STORY,
        append!("stories/light.md", "\n```quote\nattribution = \"Rowan Castellane\"\ntext = \"In.\"\n```\n"),
    ),
    words(
        "caption of a clip in a text",
        STORY,
        append!("stories/light.md", "\n```video\nclip = \"lamp.mp4\"\ncaption = \"Rowan Castellane\"\n```\n"),
    ),
    words(
        "title of a video from outside",
        STORY,
        append!("stories/light.md", "\n```video\nurl = \"https://vimeo.com/123\"\ntitle = \"Rowan Castellane\"\n```\n"),
    ),
    words("title of a page", "pages/about.md", edit!("pages/about.md", "\"About\"" => "\"Rowan Castellane\"")),
    words("summary of a page", "pages/about.md", edit!("pages/about.md", "Who folds." => "Rowan Castellane.")),
    words(
        "role of another",
        "crew/bo-lindt.md",
        edit!("crew/bo-lindt.md", "\"Wind\"" => "\"Double of Rowan Castellane\""),
    ),
    words(
        "department of another",
        "crew/bo-lindt.md",
        edit!("crew/bo-lindt.md", "\"Effects\"" => "\"Rowan Castellane's unit\""),
    ),
    words(
        "character",
        "crew/bo-lindt.md",
        edit!("crew/bo-lindt.md", "role =" => "character = \"Rowan Castellane\"\nrole ="),
    ),
    words("biography of another", "crew/bo-lindt.md", append!("crew/bo-lindt.md", "\nHe met Rowan Castellane.\n")),
    address("address of another", "crew/ana-reyes.md", edit!("crew/ana-reyes.md", "com/ana" => "com/rowan-castellane")),
    words("title of a gallery", DAY, edit!("media/day-1/gallery.toml", "Day one" => "Rowan Castellane")),
    words("description of a gallery", DAY, edit!("media/day-1/gallery.toml", "Rain and wind." => "Rowan Castellane.")),
    words("credit", DAY, edit!("media/day-1/gallery.toml", "Photo: D. Whitlock" => "Photo: Rowan Castellane")),
    words("caption of a still", DAY, edit!("media/day-1/gallery.toml", "Drops on a sheet." => "Rowan Castellane.")),
    words("alt of a still", DAY, edit!("media/day-1/gallery.toml", "Drops of water" => "Rowan Castellane")),
    words("headline of a still", DAY, append!("media/day-1/gallery.toml", "headline = \"Rowan Castellane\"\n")),
    words("description of a still", DAY, append!("media/day-1/gallery.toml", "description = \"Rowan Castellane\"\n")),
    words("copyright of a still", DAY, append!("media/day-1/gallery.toml", "copyright = \"© Rowan Castellane\"\n")),
    words("title of a clip", CLIPS, edit!("media/clips/gallery.toml", "\"The lamp\"" => "\"Rowan Castellane\"")),
    words(
        "credit of a clip",
        CLIPS,
        edit!("media/clips/gallery.toml", "Film: D. Whitlock" => "Film: Rowan Castellane"),
    ),
    words("chapter of a clip", CLIPS, edit!("media/clips/gallery.toml", "\"Light\"" => "\"Rowan Castellane\"")),
    words(
        "transcript",
        CLIPS,
        edit!("media/clips/gallery.toml", "poster" => "transcript = \"Rowan Castellane speaks.\"\nposter"),
    ),
    words(
        "captions",
        "media/clips/lamp.vtt",
        append!("media/clips/lamp.vtt", "\n00:00:02.000 --> 00:00:03.000\nRowan Castellane speaks.\n"),
    ),
    words(
        "speaker",
        "media/clips/lamp.vtt",
        append!("media/clips/lamp.vtt", "\n00:00:02.000 --> 00:00:03.000\n<v Rowan Castellane>I speak.\n"),
    ),
    address("file of a story", "stories/rowan-castellane-flies.md", |site| {
        site.file("stories/rowan-castellane-flies.md", "+++\ntitle = \"Flight\"\n+++\n\nUp.\n");
    }),
    address("file of a page", "pages/rowan-castellane.md", |site| {
        site.file("pages/rowan-castellane.md", "+++\ntitle = \"Thanks\"\n+++\n\nThanks.\n");
    }),
    address("folder of a gallery", "media/rowan-castellane/gallery.toml", |site| {
        site.still("media/rowan-castellane/one.jpg", 40, 30, 90);
        site.file("media/rowan-castellane/gallery.toml", "title = \"In the air\"\n");
    }),
    address("file of a still", "media/day-2/Rowan_Castellane-02.jpg", |site| {
        site.still("media/day-2/Rowan_Castellane-02.jpg", 40, 30, 91);
    }),
    address("file of a clip without a title", "media/clips/rowan-castellane.mp4", |site| {
        site.bytes("media/clips/rowan-castellane.mp4", FILM);
        site.append("stories/light.md", "\n```video\nclip = \"rowan-castellane.mp4\"\n```\n");
    }),
    address("file that is copied", "static/press/Rowan Castellane.txt", |site| {
        site.file("static/press/Rowan Castellane.txt", "A biography.\n");
    }),
    words("caption in the file's own metadata", "media/day-2/tagged.jpg", |site| {
        site.bytes(
            "media/day-2/tagged.jpg",
            &jpeg_with_xmp(90, 60, 92, &dublin_core("description", "Rowan Castellane, in the air")),
        );
    }),
    words("photographer in the file's own metadata", "media/day-2/tagged.jpg", |site| {
        site.bytes("media/day-2/tagged.jpg", &jpeg_with_xmp(90, 60, 93, &dublin_core("rights", "© Rowan Castellane")));
    }),
];

fn dublin_core(field: &str, text: &str) -> String {
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:{field}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></dc:{field}>\
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    )
}

const WORDS: &[&str] = &[
    "rowan castellane",
    "rowan-castellane",
    "rowan_castellane",
    "Rowan</strong> Castellane",
    "Marlowe",
    "rowan\ncastellane",
];

fn person(site: &SiteTest, more: &str) {
    let text =
        format!("+++\nname = \"Rowan Castellane\"\nalso_known_as = [\"R. C. Marlowe\"]\n{more}\n+++\n\nIn the air.\n");
    site.file("crew/rowan-castellane.md", &text);
}

/// Without a word to put in its place a name stops the build, at its place.
#[test]
fn a_name_that_is_left_stops_the_build() {
    let mut failures = Vec::new();
    for place in PLACES {
        let site = SiteTest::good();
        (place.write)(&site);
        person(&site, "[consent]\nstatus = \"withdrawn\"");
        let outcome = site.build();
        let errors = outcome.errors();
        let told = |code: &str, file: &str| code == "named-in-text" && file == place.file;
        let right = errors.iter().all(|e| told(e.code.0, e.origin.as_ref().map_or("", |o| o.file.path.as_str())));
        if errors.is_empty() || !right {
            failures.push(format!("{}:\n{}", place.name, outcome.told()));
        }
        assert_eq!(site.public().exists(), outcome.report.is_good(), "{}", place.name);
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), PLACES.len(), failures.join("\n"));
}

/// With a word to put in its place the name is nowhere, and the same bytes come from a clean build.
#[test]
fn a_name_with_another_word_for_it_is_nowhere() {
    let mut failures = Vec::new();
    let site = SiteTest::good();
    for place in PLACES {
        site.renew();
        (place.write)(&site);
        person(&site, "[consent]\nstatus = \"granted\"");
        let public = site.build();
        if !public.report.is_good() || files_that_say(&site.tree(), WORDS).is_empty() {
            failures.push(format!("{}: not public to begin with\n{}", place.name, public.told()));
            continue;
        }
        let before = site.tree();
        person(&site, "redact_as = \"a colleague\"\n[consent]\nstatus = \"withdrawn\"");
        let outcome = site.build();
        if place.kind == Kind::Address {
            if outcome.report.is_good() {
                failures.push(format!("{}: published, with {:?}", place.name, files_that_say(&site.tree(), WORDS)));
            }
            assert!(outcome.report.is_good() || before == site.tree(), "{}", place.name);
            continue;
        }
        let said = files_that_say(&site.tree(), WORDS);
        if !outcome.report.is_good() || !said.is_empty() {
            failures.push(format!("{}: {said:?}\n{}", place.name, outcome.told()));
        } else if files_that_say(&site.tree(), &["a colleague"]).is_empty() {
            failures.push(format!("{}: nothing stands in the name's place", place.name));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), PLACES.len(), failures.join("\n"));
}

#[test]
fn all_words_in_one_site_are_replaced() {
    let site = SiteTest::good();
    let together =
        ["tagline", "title of a story", "paragraph", "captions", "caption of a still", "credit", "chapter of a clip"];
    for place in PLACES.iter().filter(|place| together.contains(&place.name)) {
        (place.write)(&site);
    }
    person(&site, "redact_as = \"a colleague\"\n[consent]\nstatus = \"granted\"");
    site.build().is_good();
    assert!(files_that_say(&site.tree(), &["rowan castellane"]).len() > 10);
    person(&site, "redact_as = \"a colleague\"\n[consent]\nstatus = \"withdrawn\"");
    site.build().is_good();
    assert_silent(&site.tree(), WORDS, "withdrawn");
    assert_same(&site.tree(), &site.clean(), "built again, and built anew");
}
