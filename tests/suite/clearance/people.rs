//! People who have not agreed, or not to this, or not any more.

use super::{Secret, assert_silent};
use crate::support::{SiteTest, assert_same, files_that_say, good_site::FILM, jpeg_with_xmp};

const PROFILE: &str = "crew/rowan-castellane.md";
const WORDS: &[&str] = &["Rowan", "Castellane", "rowan-castellane", "Rope dancer", "Marlowe", "tightrope", "REL-77"];

/// Somebody who is on a still alone and in a group, in a clip, quoted, named and thanked.
fn tell(site: &SiteTest) {
    site.file(
        PROFILE,
        "+++\nname = \"Rowan Castellane\"\nrole = \"Rope dancer\"\ndepartment = \"Air\"\nportrait = \"dancer.jpg\"\nbilling = 3\n\
         also_known_as = [\"R. C. Marlowe\"]\nlinks = { website = \"https://example.com/marlowe\" }\n\
         [consent]\nstatus = \"granted\"\nscope = [\"stills\", \"video\", \"name\", \"quotes\"]\nform = \"REL-77\"\n+++\n\n\
         Rowan walks a tightrope. See [[light]].\n",
    );
    site.still("media/people/dancer.jpg", 60, 80, 80).still("media/day-2/group.jpg", 90, 60, 81);
    site.append(
        "media/people/gallery.toml",
        "\n[still.\"dancer.jpg\"]\nalt = \"A tightrope\"\npeople = [\"rowan-castellane\"]\n",
    );
    site.append(
        "media/day-2/gallery.toml",
        "\n[still.\"group.jpg\"]\nheadline = \"Three on a tightrope\"\nalt = \"A tightrope and two\"\npeople = [\"bo-lindt\", \"rowan-castellane\", \"cy-moreau\"]\n",
    );
    site.bytes("media/clips/dance.mp4", FILM);
    site.append(
        "media/clips/gallery.toml",
        "\n[clip.\"dance.mp4\"]\ntitle = \"Tightrope\"\npeople = [\"rowan-castellane\"]\n",
    );
    site.edit(
        "stories/light.md",
        "departments = [\"Camera\"]",
        "departments = [\"Camera\"]\ncrew = [\"rowan-castellane\", \"cy-moreau\"]",
    );
    site.append("stories/light.md", SHOWN);
}

const SHOWN: &str = "\nOn went [[rowan-castellane|a dancer]].\n\n![On a tightrope](dancer.jpg)\n\n![The tightrope](group.jpg) ![A gust](gust.jpg)\n\n\
    ```quote\nperson = \"rowan-castellane\"\ntext = \"\"\"A tightrope is a street.\"\"\"\n```\n\n```video\nclip = \"dance.mp4\"\n```\n";
const HIDDEN: &str = "\nOn went a dancer.\n\n![A gust](gust.jpg)\n";

fn forget(site: &SiteTest) {
    site.remove(PROFILE);
    for file in ["media/people/dancer.jpg", "media/day-2/group.jpg", "media/clips/dance.mp4"] {
        site.remove(file);
    }
    for (file, table) in
        [("people", "[still.\"dancer.jpg\"]"), ("day-2", "[still.\"group.jpg\"]"), ("clips", "[clip.\"dance.mp4\"]")]
    {
        let path = format!("media/{file}/gallery.toml");
        let fields = site.text(&path);
        site.file(&path, &fields[..fields.find(table).unwrap() - 1]);
    }
    site.edit("stories/light.md", "crew = [\"rowan-castellane\", \"cy-moreau\"]", "crew = [\"cy-moreau\"]");
    site.edit("stories/light.md", SHOWN, HIDDEN);
}

/// Puts another consent table into the profile.
fn consent(site: &SiteTest, table: &str) {
    let text = site.text(PROFILE);
    let (start, end) = (text.find("links = ").unwrap(), text.rfind("+++").unwrap());
    let start = start + text[start..].find('\n').unwrap() + 1;
    site.file(PROFILE, &format!("{}{table}\n{}", &text[..start], &text[end..]));
}

#[test]
fn somebody_who_has_withdrawn_is_nowhere() {
    Secret { tell, forget, hold: |site| consent(site, "[consent]\nstatus = \"withdrawn\""), words: &WORDS[..6] }
        .is_kept("withdrawn");
}

/// Every other way in which an agreement can fail gives the same bytes.
#[test]
fn whatever_the_agreement_lacks() {
    let site = SiteTest::good();
    tell(&site);
    site.build().is_good();
    let public = site.tree();
    consent(&site, "[consent]\nstatus = \"withdrawn\"");
    site.build().is_good();
    let withdrawn = site.tree();
    assert!(withdrawn.len() < public.len());
    for (table, reason) in [
        ("[consent]\nstatus = \"pending\"", "Pending"),
        ("[consent]\nstatus = \"granted\"\nexpires = 2026-06-01", "Expired"),
        ("[consent]\nstatus = \"granted\"\nscope = [\"quotes\"]", "Scope"),
        ("[consent]\nstatus = \"limited\"\nscope = [\"quotes\"]", "Scope"),
        ("[consent]\nstatus = \"granted\"\nmedia = [\"press\", \"social\"]", "Medium"),
        ("[consent]\nstatus = \"granted\"\nscope = []", "Scope"),
        ("[consent]\nstatus = \"granted\"\nmedia = []", "Medium"),
        ("[consent]\nstatus = \"granted\"\nsigned = 2026-06-02", "NotYet"),
        ("[consent]\nstatus = \"granted\"\nminor = true", "Guardian"),
        ("embargo = 2026-07-01", "Embargo"),
        ("expires = 2026-05-01\n[consent]\nstatus = \"granted\"", "Expired"),
    ] {
        consent(&site, "[consent]\nstatus = \"granted\"");
        site.build().is_good();
        assert_same(&site.tree(), &public, "shown again");
        consent(&site, table);
        let outcome = site.build();
        let reasons = outcome.is_good().reasons("Rowan Castellane").join(" ");
        assert!(reasons.contains(reason), "{table}: {reasons:?}");
        assert_same(&site.tree(), &withdrawn, table);
    }
}

#[test]
fn nobody_is_shown_unrecorded_where_consent_is_required() {
    let site = SiteTest::good();
    tell(&site);
    // Those who are not asked about here agree; what names nobody stays.
    for person in ["bo-lindt", "cy-moreau"] {
        site.edit(&format!("crew/{person}.md"), "\n+++\n\n", "\n[consent]\nstatus = \"granted\"\n+++\n\n");
    }
    site.edit("site.toml", "\"recorded\"", "\"required\"");
    consent(&site, "");
    let outcome = site.build();
    let reasons = outcome.is_good().reasons("Rowan Castellane").join(" ");
    assert!(reasons.contains("Unrecorded"), "{reasons}");
    assert_silent(&site.tree(), &WORDS[..6], "unrecorded");
    assert!(!files_that_say(&site.tree(), &["Bo Lindt"]).is_empty());
    site.edit("site.toml", "\"required\"", "\"recorded\"");
    site.build().is_good();
    assert!(!files_that_say(&site.tree(), &["Rowan Castellane"]).is_empty());
}

#[test]
fn a_limited_consent_covers_what_it_says() {
    let site = SiteTest::good();
    tell(&site);
    let shown = |words: &str| !files_that_say(&site.tree(), &[words]).is_empty();
    for (scope, name, stills, video, quotes) in [
        ("\"name\"", true, false, false, false),
        ("\"name\", \"stills\"", true, true, false, false),
        ("\"name\", \"video\"", true, false, true, false),
        ("\"name\", \"quotes\"", true, false, false, true),
        ("\"stills\"", false, true, false, false),
        ("\"video\", \"quotes\"", false, false, true, false),
    ] {
        consent(&site, &format!("[consent]\nstatus = \"limited\"\nscope = [{scope}]"));
        site.build().is_good();
        assert_eq!(shown("Rowan Castellane"), name, "the name with {scope}");
        assert_eq!(shown("Three on a tightrope"), stills, "stills with {scope}");
        assert_eq!(shown("A tightrope is a street"), quotes, "quotes with {scope}");
        let clips = site.tree().keys().filter(|path| path.ends_with(".mp4")).count();
        let page = site.page("stories/light/index.html");
        assert_eq!(page.contains("<video"), video, "video with {scope}; {clips} clips");
    }
}

/// Whoever agreed to the site alone is on it, but not on the picture that social networks show beside a link.
#[test]
fn a_picture_beside_a_link_wants_consent_of_its_own() {
    let site = SiteTest::good();
    tell(&site);
    let picture = || {
        let page = site.page("crew/rowan-castellane/index.html");
        let found = page.split("property=\"og:image\" content=\"").nth(1).map(|rest| rest.split('"').next().unwrap());
        (found.map(str::to_owned), page.contains("<img"))
    };
    for agreed in ["minor = true\nguardian_form = \"G-1\"\nmedia = [\"web\", \"social\"]", "signed = 2026-06-01"] {
        consent(&site, &format!("[consent]\nstatus = \"granted\"\n{agreed}"));
        site.build().is_good();
        assert!(picture().0.is_some(), "{agreed}");
    }
    let (public, _) = picture();
    consent(&site, "[consent]\nstatus = \"granted\"\nmedia = [\"web\"]");
    site.build().is_good();
    let (beside, shown) = picture();
    assert!(shown && beside != public, "{beside:?} and {public:?}");
    let file = public.unwrap();
    let name = file.rsplit('/').next().unwrap();
    assert!(!site.tree().contains_key(&format!("media/{name}")), "{name} is still there");
}

#[test]
fn somebody_nameless_on_a_still_counts_where_unnamed_stills_are_held() {
    let site = SiteTest::good();
    tell(&site);
    site.edit(
        "media/day-2/gallery.toml",
        "people = [\"bo-lindt\", \"rowan-castellane\", \"cy-moreau\"]",
        "people = [\"bo-lindt\"]\npeople_complete = false",
    );
    site.build().is_good();
    assert!(!files_that_say(&site.tree(), &["Three on a tightrope"]).is_empty());
    site.edit("site.toml", "\"publish\"", "\"hold\"");
    let outcome = site.build();
    assert_eq!(outcome.reasons("media/day-2/group.jpg"), ["Incomplete"]);
}

#[test]
fn somebody_named_in_a_file_s_own_metadata_counts() {
    let site = SiteTest::good();
    tell(&site);
    let xmp = |person: &str| {
        format!(
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
             <rdf:Description xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\
             <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>{person}</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>\
             </rdf:Description></rdf:RDF></x:xmpmeta>"
        )
    };
    site.bytes("media/day-2/tagged.jpg", &jpeg_with_xmp(90, 60, 82, &xmp("Rowan Castellane")));
    site.bytes("media/day-2/marlowe-s.jpg", &jpeg_with_xmp(90, 60, 83, &xmp("R. C. Marlowe")));
    site.bytes("media/day-2/stranger.jpg", &jpeg_with_xmp(90, 60, 84, &xmp("Somebody Else")));
    // An empty list in gallery.toml does not overrule the photographer.
    site.append("media/day-2/gallery.toml", "\n[still.\"tagged.jpg\"]\npeople = []\n");
    let there = |still: &str| site.path(&format!("public/galleries/day-2/{still}/index.html")).exists();
    site.build().is_good();
    assert!(there("tagged") && there("marlowe-s") && there("stranger"));
    site.rename("media/day-2/marlowe-s.jpg", "media/day-2/alias.jpg");
    consent(&site, "[consent]\nstatus = \"withdrawn\"");
    site.build().is_good();
    assert!(!there("tagged") && !there("alias") && there("stranger"));
    assert_silent(&site.tree(), &WORDS[..6], "withdrawn");
    site.edit("site.toml", "\"recorded\"", "\"required\"");
    site.build();
    for person in ["bo-lindt", "cy-moreau"] {
        site.edit(&format!("crew/{person}.md"), "\n+++\n\n", "\n[consent]\nstatus = \"granted\"\n+++\n\n");
    }
    let outcome = site.build();
    assert_eq!(outcome.is_good().reasons("media/day-2/stranger.jpg"), ["Strangers"]);
    assert!(!there("stranger"));
}
