//! Drafts, embargo and expiry of stories, pages and galleries.

use super::{Secret, assert_silent};
use crate::support::SiteTest;

const WORDS: &[&str] = &["velvet-key", "Velvet Key", "drawer of salt", "moonstone"];

fn tell(site: &SiteTest) {
    site.still("stories/velvet-key/moonstone.jpg", 100, 80, 50);
    site.file(
        "stories/velvet-key/index.md",
        "+++\ntitle = \"The Velvet Key\"\nkind = \"stunts\"\nphase = \"release\"\ndate = 2026-05-20\n\
         summary = \"A drawer of salt.\"\ndepartments = [\"Locks\"]\ncrew = [\"cy-moreau\"]\n+++\n\n\
         ![A moonstone](moonstone.jpg)\n\nA drawer of salt, and [[Ana Reyes]] before it.\n",
    );
    site.append(
        "stories/light.md",
        "\nCut with [[velvet-key|a certain key]].\n\n![Stone](stories/velvet-key/moonstone.jpg)\n",
    );
}

fn forget(site: &SiteTest) {
    site.remove("stories/velvet-key");
    site.edit("stories/light.md", "[[velvet-key|a certain key]]", "a certain key");
    site.edit("stories/light.md", "\n![Stone](stories/velvet-key/moonstone.jpg)\n", "");
}

fn with_field(site: &SiteTest, field: &str) {
    site.edit("stories/velvet-key/index.md", "phase = ", &format!("{field}\nphase = "));
}

#[test]
fn a_draft_is_nowhere() {
    Secret { tell, forget, hold: |site| with_field(site, "draft = true"), words: WORDS }.is_kept("draft");
}

#[test]
fn a_story_under_embargo_is_nowhere() {
    let hold = |site: &SiteTest| with_field(site, "embargo = 2026-06-02T00:01:00");
    Secret { tell, forget, hold, words: WORDS }.is_kept("embargo");
}

#[test]
fn an_expired_story_is_nowhere() {
    Secret { tell, forget, hold: |site| with_field(site, "expires = 2026-06-01"), words: WORDS }.is_kept("expiry");
}

#[test]
fn drafts_are_shown_on_request() {
    let site = SiteTest::good();
    tell(&site);
    with_field(&site, "draft = true");
    site.build_with(|options| options.drafts = true).is_good();
    assert!(site.page("stories/index.html").contains("The Velvet Key"));
    site.build().is_good();
    assert_silent(&site.tree(), WORDS, "without the request");
}

#[test]
fn an_embargo_ends_and_a_term_expires_to_the_second() {
    let mut site = SiteTest::good();
    tell(&site);
    // London is an hour ahead in June.
    with_field(&site, "embargo = 2026-06-10T00:01:00\nexpires = 2026-06-20T12:00:00+02:00");
    for (as_of, shown) in [
        ("2026-06-09T23:00:59Z", false),
        ("2026-06-09T23:01:00Z", true),
        ("2026-06-10T00:01", true),
        ("2026-06-20T09:59:59Z", true),
        ("2026-06-20T10:00:00Z", false),
        ("2026-06-09", false),
    ] {
        site.as_of = as_of.to_owned();
        site.build().is_good();
        assert_eq!(site.path("public/stories/velvet-key/index.html").exists(), shown, "{as_of}");
        if !shown {
            assert_silent(&site.tree(), WORDS, as_of);
        }
    }
}

#[test]
fn a_link_to_a_held_story_needs_words_of_its_own() {
    let site = SiteTest::good();
    tell(&site);
    with_field(&site, "draft = true");
    for (link, words) in
        [("[[velvet-key]]", "the story `velvet-key`"), ("[the key](velvet-key/index.md)", "which is held")]
    {
        site.file("stories/link.md", &format!("+++\ntitle = \"Link\"\n+++\n\nSee {link}.\n"));
        let errors = site.build().error_lines();
        let told = errors.len() == 1 && errors[0].starts_with("links-to-held") && errors[0].contains(words);
        assert!(told, "{link}: {errors:?}");
    }
}

#[test]
fn a_held_page_is_nowhere() {
    Secret {
        tell: |site| {
            site.file(
                "pages/velvet-key.md",
                "+++\ntitle = \"The Velvet Key\"\nsummary = \"A drawer of salt.\"\nmenu = true\n+++\n\nSalt.\n",
            );
            site.file("pages/second-key.md", "+++\ntitle = \"Second key\"\n+++\n\nSee [[velvet-key|it]].\n");
        },
        hold: |site| {
            site.edit("pages/velvet-key.md", "menu", "embargo = 2027-01-01\nmenu");
        },
        forget: |site| {
            site.remove("pages/velvet-key.md");
            site.edit("pages/second-key.md", "[[velvet-key|it]]", "it");
        },
        words: &["velvet-key", "Velvet Key", "drawer of salt"],
    }
    .is_kept("page");
}
