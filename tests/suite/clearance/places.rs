//! Stills, galleries and clips that are held, in all the places that can show one.

use super::Secret;
use crate::support::{SiteTest, good_site::FILM};

/// A still in a gallery with neighbours, shown in every way a story can show one.
fn tell_still(site: &SiteTest) {
    site.still("media/day-2/moth-wing.jpg", 110, 90, 60);
    site.append(
        "media/day-2/gallery.toml",
        "\n[still.\"moth-wing.jpg\"]\nheadline = \"Amber moth\"\ncaption = \"A moth of amber.\"\nalt = \"Amber, with wings\"\npeople = [\"bo-lindt\"]\n",
    );
    site.edit(
        "media/day-2/gallery.toml",
        "date = 2026-03-14",
        "date = 2026-03-14\ncover = \"moth-wing.jpg\"\norder = [\"before.jpg\", \"moth-wing.jpg\"]",
    );
    site.edit("site.toml", "hero = \"harbour.jpg\"", "hero = \"moth-wing.jpg\"");
    site.edit("stories/wind/index.md", "cover = \"vane.jpg\"", "cover = \"moth-wing.jpg\"");
    site.edit("crew/bo-lindt.md", "portrait = \"bo.jpg\"", "portrait = \"moth-wing.jpg\"");
    site.append("stories/wind/index.md", STILL_SHOWN);
}

const STILL_SHOWN: &str = "\n![A wing](moth-wing.jpg \"A wing of amber moth\")\n\n![One](moth-wing.jpg) ![Two](vane.jpg)\n\n\
    ![Three](moth-wing.jpg) ![Four](moth-wing.jpg)\n\nBefore ![Five](moth-wing.jpg) after.\n\n\
    ```compare\nbefore = \"moth-wing.jpg\"\nafter = \"after.jpg\"\ncaption = \"Amber moth and after\"\n```\n\n\
    ```zoom\nstill = \"moth-wing.jpg\"\ncaption = \"Amber moth, near\"\ndetails = [{ title = \"An amber moth eye\", at = [0.5, 0.5], size = 0.3 }]\n```\n\n\
    ```gallery\nstills = [\"moth-wing.jpg\"]\ntitle = \"Only the amber moth\"\n```\n\n\
    ```gallery\nstills = [\"before.jpg\", \"moth-wing.jpg\", \"after.jpg\"]\n```\n\n\
    ```gallery\nstills = [\"day-2/*.jpg\"]\n```\n\n\
    ```video\nurl = \"https://vimeo.com/987654321\"\ntitle = \"A flight\"\nposter = \"moth-wing.jpg\"\n```\n";

const STILL_HIDDEN: &str = "\n![Two](vane.jpg)\n\nBefore\n\nafter.\n\n\
    ```gallery\nstills = [\"before.jpg\", \"after.jpg\"]\n```\n\n\
    ```gallery\nstills = [\"day-2/*.jpg\"]\n```\n\n\
    ```video\nurl = \"https://vimeo.com/987654321\"\ntitle = \"A flight\"\n```\n";

fn forget_still(site: &SiteTest) {
    site.remove("media/day-2/moth-wing.jpg");
    let fields = site.text("media/day-2/gallery.toml");
    site.file("media/day-2/gallery.toml", &fields[..fields.find("\n[still.\"moth-wing.jpg\"]").unwrap()]);
    site.edit(
        "media/day-2/gallery.toml",
        "cover = \"moth-wing.jpg\"\norder = [\"before.jpg\", \"moth-wing.jpg\"]",
        "order = [\"before.jpg\"]",
    );
    site.edit("site.toml", "hero = \"moth-wing.jpg\"\n", "");
    site.edit("stories/wind/index.md", "cover = \"moth-wing.jpg\"\n", "");
    site.edit("crew/bo-lindt.md", "portrait = \"moth-wing.jpg\"\n", "");
    site.edit("stories/wind/index.md", STILL_SHOWN, STILL_HIDDEN);
}

const STILL_WORDS: &[&str] = &["amber", "moth-wing"];

fn still_is_kept(name: &str, hold: fn(&SiteTest)) {
    Secret { tell: tell_still, forget: forget_still, hold, words: STILL_WORDS }.is_kept(name);
}

#[test]
fn a_killed_still_is_nowhere() {
    still_is_kept("killed", |site| {
        site.append("media/day-2/gallery.toml", "killed = true\n");
    });
}

#[test]
fn a_still_under_embargo_is_nowhere() {
    still_is_kept("embargo", |site| {
        site.append("media/day-2/gallery.toml", "embargo = 2026-12-01\n");
    });
}

#[test]
fn an_expired_still_is_nowhere() {
    still_is_kept("expired", |site| {
        site.append("media/day-2/gallery.toml", "expires = 2026-01-01\n");
    });
}

/// A gallery whose stills and clip are also shown elsewhere.
fn tell_gallery(site: &SiteTest) {
    site.still("media/hidden-attic/trunk.jpg", 90, 60, 70).still("media/hidden-attic/beam.jpg", 90, 60, 71);
    site.bytes("media/hidden-attic/dust.mp4", FILM);
    site.file(
        "media/hidden-attic/gallery.toml",
        "title = \"The hidden attic\"\ndate = 2026-03-13\ndescription = \"Spiderwebs.\"\n\n[defaults]\ncredit = \"Photo: Spiderwebs Ltd\"\n\n\
         [clip.\"dust.mp4\"]\ntitle = \"Spiderwebs in the wind\"\n",
    );
    site.append(
        "stories/light.md",
        "\nUp to [[hidden-attic|the top]].\n\n![A trunk](trunk.jpg \"Spiderwebs on a trunk\")\n\n```gallery\ngallery = \"hidden-attic\"\ntitle = \"Spiderwebs\"\n```\n\n```video\nclip = \"dust.mp4\"\ncaption = \"Spiderwebs\"\n```\n",
    );
    site.edit(
        "stories/light.md",
        "kind = \"diary\"",
        "kind = \"diary\"\ngallery = \"hidden-attic\"\ncover = \"beam.jpg\"",
    );
}

fn forget_gallery(site: &SiteTest) {
    site.remove("media/hidden-attic");
    site.edit("stories/light.md", "\ngallery = \"hidden-attic\"\ncover = \"beam.jpg\"", "");
    let text = site.text("stories/light.md");
    site.file("stories/light.md", &format!("{}\nUp to the top.\n", &text[..text.find("\nUp to").unwrap()]));
}

const GALLERY_WORDS: &[&str] = &["attic", "spiderweb", "trunk", "beam"];

#[test]
fn a_held_gallery_is_nowhere() {
    let hold = |site: &SiteTest| {
        site.edit("media/hidden-attic/gallery.toml", "date = ", "embargo = 2026-06-01T13:00:01\ndate = ");
    };
    Secret { tell: tell_gallery, forget: forget_gallery, hold, words: GALLERY_WORDS }.is_kept("gallery");
}

#[test]
fn a_gallery_of_which_all_is_killed_is_nowhere() {
    let hold = |site: &SiteTest| {
        site.edit("media/hidden-attic/gallery.toml", "[defaults]", "[defaults]\nkilled = true");
        site.append("media/hidden-attic/gallery.toml", "killed = true\n");
    };
    Secret { tell: tell_gallery, forget: forget_gallery, hold, words: GALLERY_WORDS }
        .is_kept("gallery of killed stills");
}

#[test]
fn a_held_clip_is_nowhere() {
    Secret {
        tell: |site| {
            site.bytes("media/clips/owl.mp4", FILM).still("media/clips/owl-poster.jpg", 80, 50, 72);
            site.file("media/clips/owl.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nA snowy owl speaks.\n");
            site.append(
                "media/clips/gallery.toml",
                "\n[clip.\"owl.mp4\"]\ntitle = \"Snowy owl\"\nalt = \"A snowy owl\"\npeople = [\"bo-lindt\"]\nposter = \"owl-poster.jpg\"\ncaptions = { en = \"owl.vtt\" }\n",
            );
            site.append("stories/light.md", "\n```video\nclip = \"owl.mp4\"\ncaption = \"The snowy owl\"\n```\n");
        },
        hold: |site| { site.append("media/clips/gallery.toml", "killed = true\n"); },
        forget: |site| {
            for file in ["owl.mp4", "owl.vtt", "owl-poster.jpg"] {
                site.remove(&format!("media/clips/{file}"));
            }
            let fields = site.text("media/clips/gallery.toml");
            site.file("media/clips/gallery.toml", &fields[..fields.find("\n[clip.\"owl.mp4\"]").unwrap()]);
            site.edit("stories/light.md", "\n```video\nclip = \"owl.mp4\"\ncaption = \"The snowy owl\"\n```\n", "");
        },
        words: &["snowy"],
    }
    .is_kept("clip");
}

/// A still of whom nobody says who is on it, where the site holds such stills.
#[test]
fn an_unnamed_still_is_nowhere() {
    still_is_kept_with_all_others_named("unnamed", |site| {
        site.edit(
            "media/day-2/gallery.toml",
            "alt = \"Amber, with wings\"\npeople = [\"bo-lindt\"]",
            "alt = \"Amber, with wings\"",
        );
    });
}

fn still_is_kept_with_all_others_named(name: &str, hold: fn(&SiteTest)) {
    // The other stills of the good site are named here, so that only this one is held.
    fn name_the_others(site: &SiteTest) {
        site.edit("site.toml", "unnamed = \"publish\"", "unnamed = \"hold\"");
        site.edit(
            "media/day-1/gallery.toml",
            "alt = \"A harbour of folded paper\"",
            "alt = \"A harbour\"\npeople = [\"bo-lindt\"]",
        );
        site.edit(
            "media/day-2/gallery.toml",
            "alt = \"A corner of the set, unlit\"",
            "alt = \"Unlit\"\npeople = [\"bo-lindt\"]",
        );
        site.edit(
            "stories/wind/index.md",
            "After [[rain]] came the wind. ![A vane](vane.jpg)",
            "After [[rain]] came the wind. ![A vane](gust.jpg)",
        );
        site.edit("stories/wind/index.md", "cover = \"vane.jpg\"", "cover = \"gust.jpg\"");
        site.remove("stories/wind/vane.jpg");
    }
    let site = SiteTest::good();
    name_the_others(&site);
    site.still("media/day-2/moth.jpg", 110, 90, 61);
    site.append(
        "media/day-2/gallery.toml",
        "\n[still.\"moth.jpg\"]\nalt = \"Amber, with wings\"\npeople = [\"bo-lindt\"]\n",
    );
    site.build().is_good();
    assert!(!crate::support::files_that_say(&site.tree(), &["amber", "moth"]).is_empty(), "{name}");
    hold(&site);
    let outcome = site.build();
    outcome.is_good();
    assert_eq!(outcome.reasons("media/day-2/moth.jpg"), ["Unnamed"], "{name}");
    assert_eq!(outcome.report.held.len(), 1, "{name}: others are held as well");
    let held = site.tree();
    super::assert_silent(&held, &["amber", "moth"], name);
    let fields = site.text("media/day-2/gallery.toml");
    site.file("media/day-2/gallery.toml", &fields[..fields.find("\n[still.\"moth.jpg\"]").unwrap()]);
    site.remove("media/day-2/moth.jpg");
    crate::support::assert_same(&held, &site.clean(), "held, and never taken");
}
