//! Mistakes in `gallery.toml` and captions.

use super::{Mistake, other, replace};

const DAY: &str = "media/day-1/gallery.toml";
const CLIPS: &str = "media/clips/gallery.toml";

pub(super) const MISTAKES: &[Mistake] = &[
    replace(
        "key-of-a-gallery",
        DAY,
        ("description =", "decription ="),
        ("unknown-key", "decription", "A gallery has no field `decription`", "Did you mean `description`?"),
    ),
    replace(
        "key-of-a-still",
        DAY,
        ("caption = \"Drops on a sheet.\"", "captoin = \"Drops on a sheet.\""),
        ("unknown-key", "captoin", "The still `rain.jpg` has no field `captoin`", "Did you mean `caption`?"),
    ),
    replace(
        "fields-of-no-still",
        DAY,
        ("[still.\"gust.jpg\"]", "[still.\"guts.jpg\"]"),
        ("unknown-still", "\"guts.jpg\"", "names `guts.jpg`, which is not in its folder", "Did you mean `gust.jpg`?"),
    ),
    replace(
        "order",
        DAY,
        ("order = [\"rain.jpg\"]", "order = [\"drain.jpg\"]"),
        ("unknown-still", "\"drain.jpg\"", "names `drain.jpg`", "Did you mean `rain.jpg`?"),
    ),
    replace(
        "people-of-a-still",
        "media/day-2/gallery.toml",
        ("\"cy-moreau\"", "\"cy-morreau\""),
        ("unknown-person", "\"cy-morreau\"", "The still `after.jpg` names `cy-morreau`", "Did you mean `cy-moreau`?"),
    ),
    other(
        "layout-of-a-gallery",
        DAY,
        |site| {
            site.edit(DAY, "order = [", "layout = \"carousel\"\norder = [");
        },
        ("wrong-value", "\"carousel\"", "`carousel` is no `layout`", "`grid` and `sheet`"),
    ),
    other(
        "speed-of-a-clip",
        CLIPS,
        |site| {
            site.edit(CLIPS, "[clip.\"lamp.mp4\"]", "[clip.\"lamp.mp4\"]\nspeed = 50");
        },
        ("wrong-type", "50", "a number from 0.1 to 1", ""),
    ),
    replace("focus", DAY, ("[0.4, 0.3]", "[40, 30]"), ("wrong-type", "[40, 30]", "2 numbers from 0 to 1", "")),
    other(
        "killed",
        "media/people/gallery.toml",
        |site| {
            site.append("media/people/gallery.toml", "killed = \"no\"\n");
        },
        ("wrong-type", "\"no\"", "`true` or `false` without quotes", ""),
    ),
    other(
        "kind-of-a-still",
        "media/day-2/gallery.toml",
        |site| {
            site.append("media/day-2/gallery.toml", "kind = \"behind\"\n");
        },
        ("wrong-value", "\"behind\"", "`behind` is no `kind`", "`unit`, `bts`"),
    ),
    replace(
        "toml-of-a-linked-gallery",
        DAY,
        ("title = \"Day one\"", "title = Day one"),
        ("bad-toml", "Day one", "has to stand in quotation marks", "= \"…\""),
    )
    .alone(),
    replace(
        "captions",
        CLIPS,
        ("\"lamp.vtt\"", "\"lamps.vtt\""),
        ("unknown-clip", "\"lamps.vtt\"", "names the captions `lamps.vtt`", "Did you mean `lamp.vtt`?"),
    ),
    replace(
        "chapter-beyond-the-end",
        CLIPS,
        ("\"0:01\"", "\"7:00\""),
        ("wrong-value", "\"7:00\"", "after the clip has ended", ""),
    ),
    replace(
        "chapter-without-a-time",
        CLIPS,
        ("at = \"0:00\"", "at = \"soon\""),
        ("wrong-value", "\"soon\"", "`soon` is no time", "0:42"),
    ),
    replace(
        "poster-of-a-clip",
        CLIPS,
        ("\"harbour.jpg\"", "\"harbours.jpg\""),
        ("unknown-still", "\"harbours.jpg\"", "The clip `lamp.mp4` shows", "Did you mean `harbour.jpg`?"),
    ),
    replace(
        "time-of-a-caption",
        "media/clips/lamp.vtt",
        ("00:00:01.000", "one second"),
        ("clip-broken", "00:00:00.000", "the captions `lamp.vtt` cannot be used", ""),
    )
    .alone(),
    other(
        "clip-that-is-none",
        "media/clips/rain.mp4",
        |site| {
            site.file("media/clips/rain.mp4", "not a film");
        },
        ("clip-broken", "", "`rain.mp4`", ""),
    ),
];
