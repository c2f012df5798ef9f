//! What the search finds: everything that is shown, with its words, and nothing else. How it is used is tested in
//! `tests/browser/search.test.mjs`.

use crate::support::SiteTest;
use serde_json::Value;

const INDEX: &str = "assets/search-index.js";

/// What can be found: address, title, kind, words, picture.
fn index(site: &SiteTest) -> Vec<Vec<String>> {
    let script = site.page(INDEX);
    let list = script.trim_end().strip_prefix("self.backlotIndex = ").and_then(|rest| rest.strip_suffix(';')).unwrap();
    let list: Vec<Vec<Value>> = serde_json::from_str(list).unwrap();
    list.iter().map(|entry| entry.iter().map(|part| part.as_str().unwrap().to_owned()).collect()).collect()
}

fn entry(site: &SiteTest, address: &str) -> Vec<String> {
    let all = index(site);
    all.iter()
        .find(|entry| entry[0] == address)
        .unwrap_or_else(|| panic!("{address} cannot be found: {all:#?}"))
        .clone()
}

#[test]
fn everything_that_is_shown_can_be_found() {
    let site = SiteTest::good();
    site.build().is_good();
    let all = index(&site);
    for [address, title, kind, picture, ..] in all.iter().map(|e| [&e[0], &e[1], &e[2], &e[4]]) {
        assert!(site.public().join(address).join("index.html").is_file(), "{address} is not there");
        assert!(!title.is_empty() && (!kind.is_empty() || address == "about/"), "{address}");
        assert!(picture.is_empty() || site.public().join(picture).is_file(), "{picture} is not there");
    }
    let story = entry(&site, "stories/rain/");
    assert_eq!((story[1].as_str(), story[2].as_str()), ("Rain on cue", "Making-of"));
    for words in [
        "Water is hard to fold.",  // its summary
        "Effects",                 // its department
        "Ana Reyes made the rain", // a name that is a link
        "The harbour at dusk",     // a caption
        "It rained for six days.", // a quotation
        "The knot",                // a detail
        "A lamp begins to turn.",  // what is said in a clip
        "A test of the pump",      // a clip that is elsewhere
        "The pump See above",      // a heading, without the sign beside it
        "It was a garden pump.",   // a footnote
    ] {
        assert!(story[3].contains(words), "{words:?} is not in {:?}", story[3]);
    }
    assert_eq!(entry(&site, "crew/ana-reyes/")[1..3], ["Ana Reyes", "Rain"]);
    assert!(entry(&site, "galleries/day-1/")[3].contains("Rain and wind."));
    let still = entry(&site, "galleries/day-1/rain/");
    assert_eq!(still[1..4], ["Drops on a sheet.", "Day one", "Drops of water on a sheet of paper Ana Reyes"]);
    assert!(entry(&site, "about/")[3].contains("We fold. See Bo Lindt"));
}

#[test]
fn what_is_held_cannot_be_found() {
    let site = SiteTest::good();
    site.build().is_good();
    assert!(site.page(INDEX).contains("Cy cuts."));
    site.edit(
        "crew/cy-moreau.md",
        "billing = 2\n",
        "billing = 2\nredact_as = \"somebody\"\n[consent]\nstatus = \"withdrawn\"\n",
    );
    site.edit("stories/rain.md", "[[wind]]", "[[wind|a fan]]");
    site.edit("stories/rain.md", "[another story](wind/index.md#gusts)", "another story");
    site.edit("stories/wind/index.md", "title = ", "draft = true\ntitle = ");
    site.edit(
        "media/day-1/gallery.toml",
        "caption = \"Drops on a sheet.\"",
        "caption = \"Drops on a sheet.\"\nkilled = true",
    );
    site.build().is_good();
    let script = site.page(INDEX);
    for words in ["Moreau", "Cy cuts", "crew/cy", "Hold on to your hat", "stories/wind", "Drops", "The lamp"] {
        assert!(!script.contains(words), "{words:?} can be found");
    }
    assert!(script.contains("somebody with the scissors"), "the words around a name that is held");
}

#[test]
fn pages_know_where_the_search_is() {
    let site = SiteTest::good();
    site.build().is_good();
    for (page, root) in [("index.html", ""), ("stories/rain/index.html", "../../"), ("404.html", "/lighthouse/")] {
        let html = site.page(page);
        assert!(html.contains(&format!("data-root=\"{root}\" data-index=\"{root}{INDEX}\"")), "{page}");
        assert!(html.contains("class=\"search-button\""), "{page}");
        assert!(!html.contains(&format!("src=\"{root}{INDEX}\"")), "{page} loads it at once");
    }
}

#[test]
fn a_site_with_nothing_to_find_has_no_search() {
    let site = SiteTest::empty();
    site.file("site.toml", "[production]\ntitle = \"Nothing\"\n");
    site.build().is_good();
    let tree = site.tree();
    assert!(!tree.keys().any(|path| path.contains("search")), "{:?}", tree.keys());
    assert!(!site.page("index.html").contains("search-button"));
}

#[test]
fn it_says_its_words_in_the_language_of_the_site() {
    for (language, words) in
        [("de", "Geschichten, Menschen und Bilder durchsuchen"), ("fr", "Rechercher"), ("es", "Buscar")]
    {
        let site = SiteTest::good();
        site.edit("site.toml", "language = \"en\"", &format!("language = \"{language}\""));
        site.build().is_good();
        let home = site.page("index.html");
        assert!(home.contains(words) && home.contains("{n}"), "{language}");
    }
}
