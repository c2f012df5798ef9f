//! Mistakes in Markdown.

use super::{Mistake, story};

pub(super) const MISTAKES: &[Mistake] = &[
    story(
        "unknown-picture",
        "",
        "![Drops](rain-4.jpg)",
        ("unknown-still", "rain-4.jpg", "shows `rain-4.jpg`", "Did you mean `rain.jpg`?"),
    ),
    story(
        "picture-in-a-row",
        "",
        "![Drops](rain.jpg) ![Gust](guts.jpg)",
        ("unknown-still", "guts.jpg", "shows `guts.jpg`", "Did you mean `gust.jpg`?"),
    ),
    story("picture-without-a-file", "", "![Drops]()", ("unknown-still", "![Drops]()", "names no file", "rain-04.jpg")),
    story(
        "remote-picture",
        "",
        "![Drops](https://example.com/rain.jpg)",
        ("image-place", "https://example.com", "not from elsewhere", "Save the picture"),
    ),
    story(
        "picture-in-a-heading",
        "",
        "## The ![Drops](rain.jpg) rain",
        ("image-place", "![Drops]", "cannot stand in a heading", "on a line of its own"),
    ),
    story(
        "script",
        "",
        "<script>alert(1)</script>",
        ("html-not-allowed", "<script>", "`<script>` cannot stand in a text", "theme/"),
    ),
    story(
        "frame-in-a-line",
        "",
        "Look: <iframe src=\"https://example.com\"></iframe> there.",
        ("html-not-allowed", "<iframe", "`<iframe>`", "```video"),
    ),
    story(
        "unknown-person",
        "",
        "With [[Ana Reyez]] at the pump.",
        ("unknown-person", "Ana Reyez", "`[[Ana Reyez]]`", "Did you mean `Ana Reyes`?"),
    ),
    story(
        "unknown-story",
        "",
        "After [[rein]] came the wind.",
        ("unknown-story", "rein", "`[[rein]]`", "Did you mean `rain`?"),
    ),
    story(
        "unknown-file",
        "",
        "[The plan](plans/first.md) was another.",
        ("unknown-link", "plans/first.md", "links to `plans/first.md`, and nothing is there", "[[name]]"),
    ),
    story(
        "unknown-static",
        "",
        "Read [the kit](/kit.pdf).",
        ("unknown-link", "/kit.pdf", "links to `/kit.pdf`", "static/"),
    ),
    story(
        "unknown-anchor-here",
        "",
        "## The pump\n\nSee [above](#pomp).",
        ("unknown-anchor", "#pomp", "`pomp`", "{#pomp}"),
    ),
    story(
        "unknown-anchor-there",
        "",
        "See [the gusts](wind/index.md#gust).",
        ("unknown-anchor", "wind/index.md#gust", "`#gust`", "Did you mean `gusts`?"),
    ),
    story(
        "script-in-a-link",
        "",
        "[Click](javascript:alert(1))",
        ("unknown-link", "javascript:", "cannot begin with `javascript:`", "https://"),
    ),
    story("link-to-nowhere", "", "[Click]()", ("unknown-link", "[Click]()", "leads nowhere", "rain-rig")),
    story(
        "same-anchor-twice",
        "",
        "## One {#same}\n\n## Two {#same}\n\nEnd.",
        ("duplicate-slug", "same}\n\nEnd", "two headings have the name `same`", "`{#same-2}`"),
    ),
    story(
        "anchor-of-the-page",
        "",
        "## The people {#people}",
        ("duplicate-slug", "people}", "the name of a part of every page", "{#the-people}"),
    ),
    story(
        "footnote-without-text",
        "",
        "It rained.[^note]\n\n[^other]: Indeed.",
        ("unknown-anchor", "[^note]", "the footnote `[^note]` has no text", ""),
    ),
];
