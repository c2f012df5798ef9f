//! One person in every channel that can name or show somebody, and then not any more: by an incremental build in the same
//! output and cache, for every audience, looked for in all that is packed, escaped or inlined, and in the pixels.

use crate::support::good_site::FILM;
use crate::support::{SiteTest, Tree, assert_same, jpeg_of, tree, unpack};
use backlot::build::Options;
use backlot::clearance::Audience;

const PROFILE: &str = "crew/quill-marchetti.md";
const GALLERY: &str = "media/wire/gallery.toml";
const AUDIENCES: [Audience; 3] = [Audience::Public, Audience::Press, Audience::Approvals];

/// What nobody else is called.
const NAMES: &[&str] = &["quill", "marchetti", "vantongeren", "wirework", "tarantella"];
/// What stands nowhere but on and in their stills and their clip.
const STILLS: &[&str] = &["kestrel", "periwinkle", "zeppelin", "ondine", "halyard", "gossamer"];

fn profile(fields: &str) -> String {
    format!(
        "+++\nname = \"Quill Marchetti\"\nrole = \"Wire walker\"\ndepartment = \"Wirework\"\nportrait = \"quill-marchetti.jpg\"\n\
         also_known_as = [\"Q. M. Vantongeren\"]\nredact_as = \"the walker\"\nbilling = 1\n{fields}\n+++\n\nQuill walks on wires.\n"
    )
}

const GRANTED: &str = "[consent]\nstatus = \"granted\"\nform = \"R-1\"";

fn tell(site: &SiteTest) {
    site.file(PROFILE, &profile(GRANTED));
    // One is large enough for the prints that carry all words.
    for (name, width) in
        [("quill-marchetti", 240), ("kestrel-01", 720), ("quill-marchetti-kestrel-02", 240), ("kestrel-03", 240)]
    {
        site.bytes(&format!("media/wire/{name}.jpg"), &pattern(name, width));
    }
    site.bytes("media/wire/halyard.mp4", FILM);
    site.file(
        "media/wire/halyard.vtt",
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Quill Marchetti>Gossamer underfoot.\n",
    );
    site.file(GALLERY, WIRE);
    site.edit("media/clips/gallery.toml", "poster = \"harbour.jpg\"", "poster = \"kestrel-01.jpg\"");
    site.edit(
        "site.toml",
        "poster = \"harbour.jpg\"\nhero = \"harbour.jpg\"",
        "poster = \"kestrel-01.jpg\"\nhero = \"kestrel-03.jpg\"",
    );
    site.edit("site.toml", "[theme]", "[theme]\nicon = \"kestrel-01.jpg\"\nlogo = \"kestrel-03.jpg\"");
    site.edit(
        "stories/light.md",
        "summary = \"One lamp",
        "cover = \"kestrel-01.jpg\"\ncrew = [\"quill-marchetti\"]\nsummary = \"Quill Marchetti, one lamp",
    );
    site.append("stories/light.md", SHOWN);
}

const WIRE: &str = r#"title = "On the wire"
date = 2026-03-20
cover = "kestrel-01.jpg"

[defaults]
credit = "Photo: D. Whitlock"
people = ["quill-marchetti"]

[still."kestrel-01.jpg"]
headline = "Ondine"
caption = "Quill Marchetti in periwinkle."
alt = "Quill Marchetti before a zeppelin"

[still."quill-marchetti-kestrel-02.jpg"]
people = ["bo-lindt", "quill-marchetti"]
description = "A zeppelin, at length."

[clip."halyard.mp4"]
title = "The halyard"
people = ["quill-marchetti"]
poster = "kestrel-03.jpg"
captions = { en = "halyard.vtt" }
chapters = [{ at = "0:00", title = "Gossamer" }]
"#;

const SHOWN: &str = "\nOn went [[quill-marchetti|the walker]], whom some know as Q. M. Vantongeren.\n\n![A zeppelin](kestrel-01.jpg \"Periwinkle\")\n\n\
    ![A zeppelin](kestrel-01.jpg) ![A gust](gust.jpg)\n\n\
    ```quote\nperson = \"quill-marchetti\"\ntext = \"\"\"A tarantella is enough.\"\"\"\n```\n\n\
    ```compare\nbefore = \"kestrel-01.jpg\"\nafter = \"kestrel-03.jpg\"\ncaption = \"Periwinkle, twice\"\n```\n\n\
    ```zoom\nstill = \"kestrel-03.jpg\"\ndetails = [{ title = \"The zeppelin\", at = [0.5, 0.5], size = 0.6 }]\n```\n\n\
    ```gallery\nstills = [\"wire/kestrel-*.jpg\"]\ntitle = \"Ondine, three times\"\n```\n\n\
    ```video\nclip = \"halyard.mp4\"\n```\n\n\
    ```video\nurl = \"https://vimeo.com/55555\"\ntitle = \"A test\"\nposter = \"kestrel-03.jpg\"\n```\n";

/// A still with the pattern, a thumbnail of its own, and a name in its metadata.
fn pattern(name: &str, width: u16) -> Vec<u8> {
    let rgb = |width: usize, height: usize| -> Vec<u8> {
        let cell = width / 6;
        let colour =
            |x: usize, y: usize| if (x / cell + y / cell).is_multiple_of(2) { [250, 0, 250] } else { [0, 250, 250] };
        (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect()
    };
    let thumbnail = jpeg_of(&rgb(48, 32), 48, 32);
    // IFD0 without entries, then IFD1 with the place and length of the thumbnail (EXIF 2.3, 4.5.5).
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\0\0\x0E\0\0\0\x02\0".to_vec();
    for (tag, value) in [(0x0201_u16, 44_u32), (0x0202, thumbnail.len() as u32)] {
        exif.extend(tag.to_le_bytes());
        exif.extend([4, 0, 1, 0, 0, 0]);
        exif.extend(value.to_le_bytes());
    }
    exif.extend([0; 4]);
    exif.extend(thumbnail);
    let xmp = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\
         <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">Quill Marchetti, {name}, periwinkle</rdf:li></rdf:Alt></dc:description>\
         <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Quill Marchetti</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>\
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    let height = width / 3 * 2;
    let mut file = jpeg_of(&rgb(width.into(), height.into()), width, height);
    for segment in [xmp.into_bytes(), exif] {
        let length = u16::try_from(segment.len() + 2).unwrap();
        let marker = [&[0xFF, 0xE1][..], &length.to_be_bytes(), &segment].concat();
        file.splice(2..2, marker);
    }
    file
}

/// Whether a picture has the pattern, at any size, cropped, and with words over it.
fn has_pattern(picture: &image::RgbImage) -> bool {
    let share = |is: fn([i32; 3]) -> bool| {
        let hits = picture.pixels().filter(|pixel| is(pixel.0.map(i32::from))).count();
        hits * 12 > (picture.width() * picture.height()) as usize
    };
    share(|[r, g, b]| r.min(b) > 150 && r.min(b) - g > 80) && share(|[r, g, b]| g.min(b) > 150 && g.min(b) - r > 80)
}

/// The mean colour of the pattern, which stands in for a picture until it has come.
fn is_its_mean(colour: &str) -> bool {
    let part = |at: usize| colour.get(at..at + 2).and_then(|hex| i32::from_str_radix(hex, 16).ok());
    let (Some(r), Some(g), Some(b)) = (part(0), part(2), part(4)) else { return false };
    (r - 125).abs() < 12 && (g - 125).abs() < 12 && (b - 250).abs() < 12
}

/// Where words or the pattern are found, one line each.
fn found(tree: &Tree, words: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for path in tree.keys() {
        lines.extend(
            words.iter().filter(|word| path.to_lowercase().contains(**word)).map(|w| format!("{path} is named {w}")),
        );
    }
    for (name, bytes) in unpack::all(tree) {
        let lower = bytes.to_ascii_lowercase();
        let said = words.iter().filter(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some());
        lines.extend(said.map(|word| format!("{name} says {word}")));
        if unpack::pixels(&bytes).is_some_and(|picture| has_pattern(&picture)) {
            lines.push(format!("{name} shows the pattern"));
        }
        let text = String::from_utf8_lossy(&bytes);
        if text.split("background-color:#").skip(1).any(is_its_mean) {
            lines.push(format!("{name} has its mean colour"));
        }
    }
    lines
}

fn build(site: &SiteTest, audience: Audience) -> Tree {
    let folder = site.path(audience.name());
    let outcome = site.build_with(|options| {
        *options = Options { as_of: options.as_of.clone(), ..Options::for_audience(&site.root(), audience) };
    });
    outcome.is_good();
    tree(&folder)
}

/// The same, which has to be what a build into a new folder with a new cache gives.
fn build_as_anew(site: &SiteTest, audience: Audience) -> Tree {
    let built = build(site, audience);
    let fresh = tempfile::tempdir().unwrap();
    let clean = site.build_with(|options| {
        options.audience = audience;
        options.output = fresh.path().join("site");
        options.cache = fresh.path().join("cache");
    });
    clean.is_good();
    assert_same(&built, &tree(&fresh.path().join("site")), &format!("{audience:?}: built again, and built anew"));
    built
}

/// Each way of not being shown: what is written for it, and for whom it does not count.
type Way = (&'static str, fn(&SiteTest), &'static [&'static [&'static str]], &'static [Audience]);

const WAYS: &[Way] = &[
    ("withdrawn", |site| fields(site, "[consent]\nstatus = \"withdrawn\""), &[NAMES, STILLS], &[]),
    ("killed", kill, &[STILLS], &[]),
    // Those who decide see it before it is public.
    (
        "embargoed",
        |site| fields(site, &format!("embargo = 2026-07-01\n{GRANTED}")),
        &[NAMES, STILLS],
        &[Audience::Approvals],
    ),
    ("expired", |site| fields(site, &format!("expires = 2026-05-01\n{GRANTED}")), &[NAMES, STILLS], &[]),
];

fn fields(site: &SiteTest, fields: &str) {
    site.file(PROFILE, &profile(fields));
}

fn kill(site: &SiteTest) {
    site.edit(GALLERY, "[defaults]", "[defaults]\nkilled = true");
    site.edit(GALLERY, "title = \"The halyard\"", "title = \"The halyard\"\nkilled = true");
}

#[test]
fn somebody_in_every_channel_is_in_none_when_held() {
    let site = SiteTest::good();
    tell(&site);
    for (way, hold, words, not_for) in WAYS {
        // Shown first, so that the search is known to see, and so that there is something to be left behind.
        for audience in AUDIENCES {
            assert_can_be_seen(&build(&site, audience), audience, way);
        }
        let (person, gallery) = (site.text(PROFILE), site.text(GALLERY));
        hold(&site);
        for audience in AUDIENCES.into_iter().filter(|audience| !not_for.contains(audience)) {
            let lines = found(&build_as_anew(&site, audience), &words.concat());
            assert!(lines.is_empty(), "{way}, {audience:?}:\n{}", lines.join("\n"));
        }
        site.file(PROFILE, &person).file(GALLERY, &gallery);
    }
}

/// With consent, each channel names or shows them.
fn assert_can_be_seen(tree: &Tree, audience: Audience, way: &str) {
    let lines = found(tree, &[NAMES, STILLS].concat());
    let has = |what: &str| lines.iter().any(|line| line.contains(what));
    let common = [".jpg shows the pattern", "says quill", "says kestrel"];
    let of_sites = [
        ".webp shows the pattern",
        ".png shows the pattern",
        "data URI shows the pattern",
        "has its mean colour",
        ".vtt says gossamer",
        ".jpg says periwinkle",
        ".webp says zeppelin",
        "crew/quill-marchetti/index.html says quill",
        "crew/index.html says wirework",
        "stories/light/index.html says vantongeren",
        "galleries/wire/kestrel-01/index.html says ondine",
        "stories/light/index.html says halyard",
        "index.html is named kestrel",
    ];
    let public = ["feed.xml says marchetti", "sitemap.xml says quill"];
    let wanted: Vec<&str> = match audience {
        Audience::Public => [&common[..], &of_sites, &public].concat(),
        Audience::Press => [&common[..], &of_sites].concat(),
        _ => common.to_vec(),
    };
    let missing: Vec<&str> = wanted.into_iter().filter(|what| !has(what)).collect();
    assert!(missing.is_empty(), "before {way}, {audience:?}: not found: {missing:?}\nin {}", lines.join("\n"));
}
