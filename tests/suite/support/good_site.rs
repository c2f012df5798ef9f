//! A small site without a mistake: every kind of file, every kind of block, and links from
//! everywhere to everywhere, so that one mistake could drag many messages after it.

use super::SiteTest;

/// A real film, small enough.
pub(crate) const FILM: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/example-site/media/clips/lamp-turning.mp4"));

pub(crate) fn write(site: &SiteTest) {
    for (path, text) in FILES {
        site.file(path, text);
    }
    site.still("media/day-1/rain.jpg", 96, 64, 1);
    site.still("media/day-1/gust.jpg", 96, 64, 2);
    site.still("media/day-1/harbour.jpg", 120, 60, 3);
    site.still("media/day-2/before.jpg", 80, 60, 4);
    site.still("media/day-2/after.jpg", 80, 60, 5);
    site.still("media/people/ana.jpg", 60, 80, 6);
    site.still("media/people/bo.jpg", 60, 80, 7);
    site.still("stories/wind/vane.jpg", 64, 64, 8);
    site.bytes("media/clips/lamp.mp4", FILM);
}

const FILES: &[(&str, &str)] = &[
    (
        "site.toml",
        r##"[production]
title = "The Paper Lighthouse"
kind = "short"
tagline = "A light made of nothing."
synopsis = "A keeper folds a lighthouse."
release = 2027-03-19
status = "post-production"
director = "Dana Whitlock"
company = "Foldaway"
runtime = 9
poster = "harbour.jpg"
hero = "harbour.jpg"
links = { trailer = "https://example.com/trailer" }

[site]
base_url = "https://example.com/lighthouse/"
language = "en"
timezone = "Europe/London"
description = "How a lighthouse was folded."
theme = "premiere"

[photos]
formats = ["webp", "jpeg"]
quality = "draft"

[clearance]
consent = "recorded"
unnamed = "publish"

[theme]
accent = "#f2b45c"
"##,
    ),
    (
        "stories/rain.md",
        r#"+++
title = "Rain on cue"
kind = "making-of"
phase = "production"
date = 2026-03-12
shoot_day = 3
summary = "Water is hard to fold."
cover = "rain.jpg"
crew = ["ana-reyes", "bo-lindt"]
departments = ["Effects", "Camera"]
gallery = "day-1"
+++

[[Ana Reyes]] made the rain, [[bo-lindt|the man at the pump]] the wind of [[wind]], seen in [[day-1]].
More stands [on a page](/about/), in [another story](wind/index.md#gusts) and in [notes](/notes.txt).

![A grey harbour](harbour.jpg "The harbour at dusk")

![Drops](rain.jpg) ![A gust](gust.jpg)

## The pump {#pump}

See [above](#pump).[^1]

```gallery
gallery = "day-1"
layout = "row"
title = "All of day one"
```

```compare
before = "before.jpg"
after = "after.jpg"
caption = "The same corner"
```

```zoom
still = "harbour.jpg"
details = [{ title = "The knot", at = [0.4, 0.4], size = 0.5 }]
```

```quote
person = "ana-reyes"
text = "It rained for six days."
```

```video
clip = "lamp.mp4"
caption = "The lamp, turning"
```

```video
url = "https://vimeo.com/123456789"
title = "A test of the pump"
poster = "gust.jpg"
```

[^1]: It was a garden pump.
"#,
    ),
    (
        "stories/wind/index.md",
        r#"+++
title = "Wind by hand"
kind = "interview"
phase = "production"
date = 2026-03-14
summary = "A fan, and a man with a broom."
cover = "vane.jpg"
crew = ["bo-lindt"]
departments = ["Effects"]
+++

After [[rain]] came the wind. ![A vane](vane.jpg)

## Gusts {#gusts}

A gust is a push.

> [!NOTE]
> Hold on to your hat.
"#,
    ),
    (
        "stories/light.md",
        r#"+++
title = "A light of paper"
kind = "diary"
phase = "post-production"
date = 2026-04-02
summary = "One lamp and forty sheets."
departments = ["Camera"]
+++

Forty sheets, one lamp, and [[Cy Moreau]] with the scissors.
"#,
    ),
    (
        "crew/ana-reyes.md",
        r#"+++
name = "Ana Reyes"
role = "Rain"
department = "Effects"
portrait = "ana.jpg"
billing = 1
links = { website = "https://example.com/ana" }
[consent]
status = "granted"
scope = ["stills", "video", "name", "quotes"]
form = "REL-1"
+++

Ana made [[rain]].
"#,
    ),
    (
        "crew/bo-lindt.md",
        "+++\nname = \"Bo Lindt\"\nrole = \"Wind\"\ndepartment = \"Effects\"\nportrait = \"bo.jpg\"\n+++\n\nBo owns a broom.\n",
    ),
    (
        "crew/cy-moreau.md",
        "+++\nname = \"Cy Moreau\"\nrole = \"Paper\"\ndepartment = \"Camera\"\nbilling = 2\n+++\n\nCy cuts.\n",
    ),
    (
        "pages/about.md",
        "+++\ntitle = \"About\"\nsummary = \"Who folds.\"\nmenu = true\n+++\n\nWe fold. See [[Bo Lindt]] and [[light]].\n",
    ),
    (
        "media/day-1/gallery.toml",
        r#"title = "Day one"
date = 2026-03-12
description = "Rain and wind."
order = ["rain.jpg"]

[defaults]
credit = "Photo: D. Whitlock"

[still."rain.jpg"]
caption = "Drops on a sheet."
alt = "Drops of water on a sheet of paper"
people = ["ana-reyes"]
focus = [0.4, 0.3]

[still."gust.jpg"]
alt = "A sheet of paper in the wind"
people = ["ana-reyes", "bo-lindt"]

[still."harbour.jpg"]
caption = "The harbour."
alt = "A harbour of folded paper"
"#,
    ),
    (
        "media/day-2/gallery.toml",
        r#"title = "Day two"
date = 2026-03-14

[defaults]
credit = "Photo: D. Whitlock"

[still."before.jpg"]
alt = "A corner of the set, unlit"

[still."after.jpg"]
alt = "The same corner, lit"
people = ["cy-moreau"]
"#,
    ),
    (
        "media/people/gallery.toml",
        "[defaults]\ncredit = \"Photo: D. Whitlock\"\n\n[still.\"ana.jpg\"]\nalt = \"Ana at the pump\"\npeople = [\"ana-reyes\"]\n\n[still.\"bo.jpg\"]\nalt = \"Bo with a broom\"\npeople = [\"bo-lindt\"]\n",
    ),
    (
        "media/clips/gallery.toml",
        r#"[clip."lamp.mp4"]
title = "The lamp"
alt = "A lamp that turns"
credit = "Film: D. Whitlock"
people = ["cy-moreau"]
poster = "harbour.jpg"
captions = { en = "lamp.vtt" }
chapters = [{ at = "0:00", title = "Dark" }, { at = "0:01", title = "Light" }]
"#,
    ),
    ("media/clips/lamp.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nA lamp begins to turn.\n"),
    ("static/notes.txt", "Fold on the dotted line.\n"),
];
