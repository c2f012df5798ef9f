//! What each language must write. The expected texts are what a native editor would print, not
//! what the library says.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::{Language, Words, word_files};

const FILES: [(&str, &str); 4] = [
    ("en", include_str!("../../templates/words/en.toml")),
    ("de", include_str!("../../templates/words/de.toml")),
    ("fr", include_str!("../../templates/words/fr.toml")),
    ("es", include_str!("../../templates/words/es.toml")),
];

fn file(language: &str) -> Option<Words> {
    let (_, toml) = FILES.iter().find(|(name, _)| *name == language)?;
    Some(Words::parse(language, toml).unwrap())
}

/// The language as a site gets it: its own words where there are any, over the English ones.
fn language(tag: &str) -> Language {
    let english = file("en").unwrap();
    let mut layers = word_files(tag, &english).unwrap().into_iter().filter_map(|name| file(&name));
    let first = layers.next().unwrap();
    Language::new(tag, layers.fold(first, Words::over)).unwrap()
}

fn with_words(tag: &str, toml: &str) -> Language {
    Language::new(tag, Words::parse(tag, toml).unwrap().over(file("en").unwrap())).unwrap()
}

fn shows<const N: usize>(of: impl Fn(&Language) -> String, expected: [(&str, &str); N]) {
    for (tag, text) in expected {
        assert_eq!(of(&language(tag)), text, "in {tag}");
    }
}

const MARCH: Date = date(2026, 3, 12);

#[test]
fn dates() {
    shows(
        |language| language.date(MARCH),
        [
            ("en", "12 March 2026"),
            ("en-GB", "12 March 2026"),
            ("en-US", "March 12, 2026"),
            ("de", "12. März 2026"),
            ("fr", "12 mars 2026"),
            ("es", "12 de marzo de 2026"),
            ("pt-BR", "12 de março de 2026"),
            ("sv", "12 mars 2026"),
            ("ja", "2026年3月12日"),
            ("ar", "12 مارس 2026"),
        ],
    );
}

#[test]
fn the_first_of_a_month_is_an_ordinal_in_french_only() {
    shows(
        |language| language.date(date(2026, 3, 1)),
        [
            ("fr", "1er mars 2026"),
            ("fr-CA", "1er mars 2026"),
            ("de", "1. März 2026"),
            ("en", "1 March 2026"),
            ("es", "1 de marzo de 2026"),
        ],
    );
    assert_eq!(language("fr").date(date(2026, 3, 11)), "11 mars 2026");
}

#[test]
fn a_language_without_rules_of_its_own_has_english_dates_not_codes() {
    let scots = language("sco");
    assert_eq!(scots.date(MARCH), "12 March 2026");
    assert_eq!(scots.tag(), "sco");
    assert_eq!(scots.month_span(date(2026, 2, 1), MARCH), "February – March 2026");
}

#[test]
fn spans_of_months() {
    let winter = [
        ("en", "February – March 2026"),
        ("en-US", "February – March 2026"),
        ("de", "Februar bis März 2026"),
        ("fr", "février – mars 2026"),
        ("es", "febrero – marzo de 2026"),
        // No words of its own, and a year that comes first: nothing is left out.
        ("ja", "2026年2月 – 2026年3月"),
    ];
    shows(|language| language.month_span(date(2026, 2, 27), MARCH), winter);
    shows(|language| language.month_span(MARCH, date(2026, 2, 27)), winter);
    shows(
        |language| language.month_span(date(2025, 12, 30), date(2026, 1, 2)),
        [
            ("en", "December 2025 – January 2026"),
            ("de", "Dezember 2025 bis Januar 2026"),
            ("fr", "décembre 2025 – janvier 2026"),
            ("es", "diciembre de 2025 – enero de 2026"),
        ],
    );
    shows(|language| language.month_span(date(2026, 3, 1), MARCH), [("en", "March 2026"), ("es", "marzo de 2026")]);
    // The same month of another year is not the same month.
    assert_eq!(language("en").month_span(date(2025, 3, 1), MARCH), "March 2025 – March 2026");
}

#[test]
fn lists() {
    shows(
        |language| language.list(&["Ada", "Bo", "Ida"]),
        [
            ("en", "Ada, Bo and Ida"),
            ("en-GB", "Ada, Bo and Ida"),
            ("en-US", "Ada, Bo, and Ida"),
            ("de", "Ada, Bo und Ida"),
            ("fr", "Ada, Bo et Ida"),
            // Before an i-sound, the Spanish "y" becomes "e".
            ("es", "Ada, Bo e Ida"),
            ("ar", "Ada وBo وIda"),
        ],
    );
    let english = language("en");
    assert_eq!(english.list(&["Ada", "Bo"]), "Ada and Bo");
    assert_eq!(english.list(&["Ada"]), "Ada");
    assert_eq!(english.list::<String>(&[]), "");
}

#[test]
fn counts_and_numbers() {
    shows(
        |language| language.count("stills", 1),
        [("en", "1 still"), ("de", "1 Foto"), ("fr", "1 photo"), ("es", "1 foto"), ("ar", "1 still")],
    );
    shows(
        |language| language.count("stills", 4_012),
        [
            ("en", "4,012 stills"),
            ("de", "4.012 Fotos"),
            ("fr", "4\u{202f}012 photos"),
            ("es", "4012 fotos"),
            ("ar", "4,012 stills"),
        ],
    );
    // French counts nothing in the singular, English in the plural.
    shows(|language| language.count("stills", 0), [("en", "0 stills"), ("fr", "0 photo")]);
    assert_eq!(language("en").count("no-such-count", 1_234), "1,234");
}

#[test]
fn a_count_follows_the_rules_of_the_language_it_is_written_in() {
    let forms = r#"counts.stills = { one = "{n} fotos", few = "{n} fotosy", other = "{n} fotosów" }"#;
    let polish = with_words("pl", forms);
    assert_eq!(polish.count("stills", 3), "3 fotosy");
    assert_eq!(polish.count("stills", 5), "5 fotosów");
    // 21 is "one" in Russian and "other" in English, and these words are English.
    assert_eq!(language("ru").count("stills", 21), "21 stills");
    assert_eq!(language("ru").count("stills", 1), "1 still");
}

#[test]
fn words_come_from_the_language_and_else_from_english() {
    let dutch = with_words("nl", "menu = \"Menu!\"\n[program]\nposition = \"{n} van {total}\"");
    assert_eq!(dutch.word("menu"), "Menu!");
    assert_eq!(dutch.word("close"), "Close");
    assert_eq!(dutch.fill("position", &[("n", "3"), ("total", "8")]), "3 van 8");
    assert_eq!(dutch.plain_words()["menu"], "Menu!");
    assert_eq!(dutch.plain_words()["nav_home"], "Home");
    assert_eq!(dutch.find("no_such_word"), None);
    assert_eq!(dutch.word("no_such_word"), "no_such_word");
}

#[test]
fn gaps_are_filled_once_and_only_where_there_is_a_value() {
    let own = with_words("nl", r#"gaps = "{a}{b} { {c} {a""#);
    assert_eq!(own.fill("gaps", &[("a", "{b}"), ("b", "x")]), "{b}x { {c} {a");
}

#[test]
fn tags_directions_and_open_graph() {
    for (written, tag, direction, og_locale) in [
        ("en", "en", "ltr", "en_GB"),
        ("en-us", "en-US", "ltr", "en_US"),
        ("en_GB", "en-GB", "ltr", "en_GB"),
        ("en-UK", "en-GB", "ltr", "en_GB"),
        ("de", "de", "ltr", "de_DE"),
        ("pt-BR", "pt-BR", "ltr", "pt_BR"),
        ("ar", "ar", "rtl", "ar_EG"),
        ("iw", "he", "rtl", "he_IL"),
        ("zh-Hant", "zh-Hant", "ltr", "zh_TW"),
    ] {
        let language = language(written);
        assert_eq!((language.tag(), language.direction()), (tag, direction));
        assert_eq!(language.og_locale(), og_locale);
    }
}

#[test]
fn a_language_that_does_not_exist_is_explained() {
    let refused = |tag: &str| Language::new(tag, file("de").unwrap().over(file("en").unwrap())).unwrap_err();
    for tag in ["", "xx", "e", "12", "x-own", "und", "klingonisch", "../en"] {
        let sentence = refused(tag);
        assert!(sentence.starts_with(&format!("\"{tag}\" is not a language")), "{sentence}");
        assert!(sentence.contains("\"pt-BR\""), "{sentence}");
    }
    assert!(refused("english").ends_with("Did you mean \"en\"?"));
    assert!(refused(" Französisch").ends_with("Did you mean \"fr\"?"));
}

#[test]
fn strings_files_from_near_to_far() {
    let english = file("en").unwrap();
    assert_eq!(word_files("de-at", &english).unwrap(), ["de-AT", "de", "en"]);
    assert_eq!(word_files("en", &english).unwrap(), ["en"]);
    assert_eq!(word_files("ar", &english).unwrap(), ["ar", "en"]);
    assert!(word_files("xx", &english).is_err());
}

#[test]
fn names_are_sorted_as_the_language_sorts_them() {
    let sorted = |tag: &str, names: &[&str]| {
        let language = language(tag);
        let mut names: Vec<String> = names.iter().map(ToString::to_string).collect();
        names.sort_by(|a, b| language.compare(a, b));
        names.join(" ")
    };
    let names = ["Zoe", "Änne", "Øyvind", "Otto", "Anna", "Émile", "Eva", "Östen", "anna"];
    assert_eq!(sorted("en", &names), "anna Anna Änne Émile Eva Östen Otto Øyvind Zoe");
    assert_eq!(sorted("de", &names), "anna Anna Änne Émile Eva Östen Otto Øyvind Zoe");
    assert_eq!(sorted("sv", &names), "anna Anna Émile Eva Otto Zoe Änne Östen Øyvind");
    assert_eq!(sorted("es", &["Ofelia", "Ñusta", "Nuria", "Nz"]), "Nuria Nz Ñusta Ofelia");
    assert_eq!(sorted("en", &["Day 10", "Day 9", "Day 1"]), "Day 1 Day 9 Day 10");
    // Two spellings of one text are ordered all the same, so that every build is alike.
    assert!(language("en").compare("01", "1").is_ne());
}

#[test]
fn names_of_languages() {
    shows(
        |language| language.language_name("de"),
        [("en", "German"), ("de", "Deutsch"), ("fr", "Allemand"), ("es", "Alemán"), ("ar", "German")],
    );
    let english = language("en");
    assert_eq!(english.language_name("en-GB"), "English");
    assert_eq!(english.language_name("sco"), "sco");
    assert_eq!(english.language_name("no such"), "no such");
}

#[test]
fn quotation_marks() {
    let marks = |tag: &str| {
        let language = language(tag);
        let quotes = language.quotes();
        [quotes.open, quotes.close, quotes.inner_open, quotes.inner_close].join("x")
    };
    assert_eq!(marks("en"), "“x”x‘x’");
    assert_eq!(marks("de"), "„x“x‚x‘");
    assert_eq!(marks("fr"), "«\u{202f}x\u{202f}»x“x”");
    assert_eq!(marks("es"), "«x»x“x”");
}

#[test]
fn a_mistake_in_a_strings_file_is_one_sentence() {
    for (toml, part) in [
        ("menu = \"Menu\"\nclose = ", "Line 2"),
        ("menu = 3", "`menu` must be text in quotation marks"),
        ("menu = \"a\"\n[program]\nmenu = \"b\"", "`menu` stands twice"),
        ("[word]\nmenu = \"a\"", "[word] is not a known part"),
        ("[counts]\nstills = \"a\"", "`stills` must have its forms in braces"),
        ("[counts]\nstills = { one = \"a\" }", "lacks the form `other`"),
        ("[counts]\nstills = { lots = \"a\", other = \"b\" }", "a form `lots`"),
    ] {
        let sentence = Words::parse("nl", toml).unwrap_err();
        assert!(sentence.contains(part), "{sentence}");
        assert!(sentence.contains("\"nl\"") && !sentence.trim_end().contains('\n'), "{sentence}");
    }
}

/// The gaps of a text: `{date}` of "In cinemas {date}".
fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_strings_file_is_complete() {
    let english = file("en").unwrap();
    for (name, _) in &FILES[1..] {
        let words = file(name).unwrap();
        assert_eq!(words.keys(), english.keys(), "keys of {name}.toml beside en.toml");
        let plain = words.plain();
        for (key, text) in english.plain() {
            assert_eq!(gaps(&plain[&key]), gaps(&text), "gaps of `{key}` in {name}.toml");
            assert_eq!(plain[&key].is_empty(), text.is_empty(), "`{key}` in {name}.toml");
        }
        for key in english.keys() {
            let Some(key) = key.strip_prefix("counts.") else {
                continue;
            };
            let forms = words.counts(key).flatten().next().unwrap();
            assert!(forms.values().all(|form| gaps(form).contains("n")), "count `{key}` in {name}.toml");
        }
    }
}
