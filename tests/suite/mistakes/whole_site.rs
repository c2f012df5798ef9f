//! Mistakes that are only seen when everything has been read.

use super::{Mistake, other, story};

pub(super) const MISTAKES: &[Mistake] = &[
    other(
        "ambiguous-still",
        "stories/two-snows.md",
        |site| {
            site.still("media/day-1/snow-a.jpg", 40, 30, 31).still("media/day-2/snow-a.jpg", 40, 30, 32);
            site.file("stories/two-snows.md", "+++\ntitle = \"Two snows\"\n+++\n\n![Snow](snow-a.jpg)\n");
        },
        ("ambiguous", "snow-a.jpg", "2 folders have a file of that name", "`day-1/snow-a.jpg` or `day-2/snow-a.jpg`"),
    ),
    other(
        "duplicate-slug",
        "stories/light/index.md",
        |site| {
            site.file("stories/light/index.md", "+++\ntitle = \"Light again\"\n+++\n");
        },
        ("duplicate-slug", "", "two stories have the address `light`", "Rename one of the files"),
    )
    .alone(),
    other(
        "no-slug",
        "stories/!!!.md",
        |site| {
            site.file("stories/!!!.md", "+++\ntitle = \"Three\"\n+++\n");
        },
        ("wrong-value", "", "has no letter or number", "Rename the file"),
    ),
    other(
        "duplicate-gallery",
        "media/day/1/gallery.toml",
        |site| {
            site.still("media/day/1/one.jpg", 40, 30, 33)
                .file("media/day/1/gallery.toml", "title = \"Day one again\"\n");
        },
        ("duplicate-slug", "", "two galleries have the address `day-1`", "Rename one of the folders"),
    ),
    other(
        "static-home",
        "static/index.html",
        |site| {
            site.file("static/index.html", "<p>Hello</p>");
        },
        ("same-address", "", "two things would be published at `index.html`", "rename yours"),
    ),
    other(
        "page-named-stories",
        "pages/stories.md",
        |site| {
            site.file("pages/stories.md", "+++\ntitle = \"Stories\"\n+++\n");
        },
        ("same-address", "", "would have the address of the site's own page `stories/`", "Rename the file"),
    ),
    other(
        "two-stills-of-one-name",
        "media/day-2/after.png",
        |site| {
            site.bytes("media/day-2/after.png", &crate::support::png(40, 30, 34));
        },
        ("same-address", "", "`after.jpg` and `after.png` would have the same address", "Rename one of them"),
    ),
    other(
        "static-file-where-a-folder-is",
        "static/galleries",
        |site| {
            site.file("static/galleries", "not a folder");
        },
        ("same-address", "", "`galleries` cannot lie beside `galleries", "rename yours"),
    ),
    other(
        "static-manifest",
        "static/.backlot-output.json",
        |site| {
            site.file("static/.backlot-output.json", "{}");
        },
        ("same-address", "", "`.backlot-output.json`", "rename yours"),
    ),
    other(
        "template-syntax",
        "theme/templates/page.html",
        |site| {
            site.file(
                "theme/templates/page.html",
                "{% extends \"theme/page.html\" %}\n{% block main %}\n<p>{{ page.title }</p>\n",
            );
        },
        ("theme-broken", "}</p>", "the template cannot be used", ""),
    )
    .alone(),
    other(
        "template-variable",
        "theme/templates/404.html",
        |site| {
            site.file("theme/templates/404.html", "<h1>{{ page.titel }}</h1>\n");
        },
        ("theme-broken", "titel", "fails on the page `404.html`", "Did you mean `title`?"),
    )
    .alone(),
    other(
        "withdrawn-in-a-text",
        "stories/ida.md",
        |site| {
            site.file("crew/ida-holm.md", "+++\nname = \"Ida Holm\"\n[consent]\nstatus = \"withdrawn\"\n+++\n");
            site.file("stories/ida.md", "+++\ntitle = \"A visit\"\n+++\n\nThe door opened.\n\nIt was Ida Holm.\n");
        },
        ("named-in-text", "Ida Holm", "names the person of `crew/ida-holm.md`, who is held", "redact_as"),
    ),
    other(
        "withdrawn-in-a-mention",
        "stories/jon.md",
        |site| {
            site.file("crew/jon-ash.md", "+++\nname = \"Jon Ash\"\n[consent]\nstatus = \"pending\"\n+++\n");
            site.file("stories/jon.md", "+++\ntitle = \"A second visit\"\n+++\n\nThen came [[jon-ash]].\n");
        },
        ("named-in-text", "jon-ash", "links to `jon-ash`, which is held", "redact_as"),
    ),
    other(
        "link-to-an-embargoed-story",
        "stories/teaser.md",
        |site| {
            site.file("stories/secret.md", "+++\ntitle = \"Secret\"\nembargo = 2026-12-01\n+++\n");
            site.file("stories/teaser.md", "+++\ntitle = \"Teaser\"\n+++\n\nSoon: [the secret](secret.md).\n");
        },
        ("links-to-held", "secret.md", "links to the story `secret`, which is held", "[[name|words]]"),
    ),
    other(
        "mention-of-an-embargoed-page",
        "stories/tease.md",
        |site| {
            site.file("pages/premiere.md", "+++\ntitle = \"Premiere\"\nembargo = 2026-12-01\n+++\n");
            site.file("stories/tease.md", "+++\ntitle = \"Tease\"\n+++\n\nSoon: [[premiere]].\n");
        },
        ("links-to-held", "premiere", "links to the page `premiere`, which is held", "[[premiere|words]]"),
    ),
    story("expired-link", "", "See [[old-news]].", ("unknown-story", "old-news", "`[[old-news]]`", "")),
];
