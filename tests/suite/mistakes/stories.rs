//! Mistakes in the fields of stories and further pages.

use super::{Mistake, other, replace, story};

pub(super) const MISTAKES: &[Mistake] = &[
    other(
        "no-front-matter",
        "stories/plain.md",
        |site| {
            site.file("stories/plain.md", "It rained for six days.\n");
        },
        ("no-front-matter", "It rained", "does not begin with its fields", "Begin the file with a line `+++`"),
    ),
    other(
        "unclosed-front-matter",
        "stories/open.md",
        |site| {
            site.file("stories/open.md", "+++\ntitle = \"Open\"\n\nIt rained.\n");
        },
        ("no-front-matter", "+++", "do not end", "Write another line `+++`"),
    ),
    other(
        "empty-file",
        "stories/empty.md",
        |site| {
            site.file("stories/empty.md", "");
        },
        ("no-front-matter", "", "does not begin with its fields", "+++"),
    ),
    other(
        "not-utf-8",
        "stories/latin.md",
        |site| {
            site.bytes("stories/latin.md", b"+++\ntitle = \"Caf\xe9\"\n+++\n");
        },
        ("unreadable", "", "not saved as UTF-8", ""),
    ),
    other(
        "toml-of-a-story",
        "stories/quote.md",
        |site| {
            site.file("stories/quote.md", "+++\ntitle = \"Quote\nkind = \"news\"\n+++\n");
        },
        ("bad-toml", "\nkind", "the closing quotation mark is missing", ""),
    ),
    other(
        "no-title-of-a-story",
        "stories/nameless.md",
        |site| {
            site.file("stories/nameless.md", "+++\nkind = \"news\"\n+++\n\nIt rained.\n");
        },
        ("missing-key", "kind", "needs a `title`", "Write for example `title = "),
    ),
    replace(
        "linked-story-without-a-title",
        "stories/wind/index.md",
        ("title = \"Wind by hand\"", ""),
        ("missing-key", "\nkind", "needs a `title`", ""),
    )
    .alone(),
    story(
        "key-of-a-story",
        "sumary = \"Rain.\"",
        "",
        ("unknown-key", "sumary", "A story has no field `sumary`", "Did you mean `summary`?"),
    ),
    story(
        "kind-of-a-story",
        "kind = \"makingof\"",
        "",
        ("wrong-value", "\"makingof\"", "`makingof` is no `kind`", "Did you mean `making-of`?"),
    ),
    story(
        "phase-of-a-story",
        "phase = \"filming\"",
        "",
        ("wrong-value", "\"filming\"", "`filming` is no `phase`", "Choose one of `development`"),
    ),
    story(
        "impossible-date",
        "date = 2026-02-30",
        "",
        ("bad-toml", "2026-02-30", "there is no such day", "Write it like 2026-03-12"),
    ),
    story(
        "date-as-text",
        "date = \"12 March 2026\"",
        "",
        ("wrong-type", "\"12 March 2026\"", "a date such as 2026-03-12, without quotes", ""),
    ),
    story("time-without-a-date", "date = 07:30:00", "", ("wrong-type", "07:30:00", "a date such as", "")),
    story(
        "hour-that-is-skipped",
        "embargo = 2026-03-29T01:30:00",
        "",
        ("wrong-date", "2026-03-29T01:30:00", "2026-03-29", ""),
    ),
    story(
        "hour-that-comes-twice",
        "embargo = 2026-10-25T01:30:00",
        "",
        ("wrong-date", "2026-10-25T01:30:00", "twice", ""),
    ),
    story(
        "never-public",
        "embargo = 2026-05-02\nexpires = 2026-05-01",
        "",
        ("wrong-date", "2026-05-01", "expires before its embargo ends", ""),
    ),
    story(
        "unknown-cover",
        "cover = \"rian.jpg\"",
        "",
        (
            "unknown-still",
            "\"rian.jpg\"",
            "Story *Wrong unknown cover* shows `rian.jpg`, which is not in its folder or in media",
            "Did you mean `rain.jpg`?",
        ),
    ),
    story(
        "unknown-crew",
        "crew = [\"bo-lindt\", \"ana-reyez\"]",
        "",
        ("unknown-person", "\"ana-reyez\"", "no profile in crew/", "Did you mean `ana-reyes`?"),
    ),
    story(
        "unknown-gallery",
        "gallery = \"day-one\"",
        "",
        ("unknown-gallery", "\"day-one\"", "the gallery `day-one`, which does not exist", "gallery.toml"),
    ),
    story("draft-as-text", "draft = \"yes\"", "", ("wrong-type", "\"yes\"", "`true` or `false`", "")),
    story("shoot-day", "shoot_day = 0", "", ("wrong-type", "0", "a whole number from 1", "")),
    story("crew-with-a-number", "crew = [\"bo-lindt\", 7]", "", ("wrong-type", "7", "a list of texts", "")),
    story("clip-as-a-cover", "cover = \"lamp.mp4\"", "", ("unknown-still", "\"lamp.mp4\"", "which is a clip", "")),
    replace(
        "key-of-a-page",
        "pages/about.md",
        ("menu = true", "menue = true"),
        ("unknown-key", "menue", "A page has no field `menue`", "Did you mean `menu`?"),
    ),
];
