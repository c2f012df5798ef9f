//! Mistakes in fenced blocks.

use super::{Mistake, story};

pub(super) const MISTAKES: &[Mistake] = &[
    story(
        "toml-of-a-block",
        "",
        "```gallery\ngallery = day-1\n```",
        ("bad-toml", "day-1", "has to stand in quotation marks", "= \"…\""),
    ),
    story(
        "key-of-a-block",
        "",
        "```gallery\ngallery = \"day-1\"\nlayuot = \"row\"\n```",
        ("unknown-key", "layuot", "A gallery block has no field `layuot`", "Did you mean `layout`?"),
    ),
    story("empty-gallery", "", "```gallery\n```", ("bad-block", "```gallery", "shows nothing", "gallery = ")),
    story(
        "layout",
        "",
        "```gallery\ngallery = \"day-1\"\nlayout = \"tiles\"\n```",
        ("wrong-value", "\"tiles\"", "`tiles` is no `layout`", "`grid`, `row`, `carousel`, `sheet` and `full`"),
    ),
    story(
        "gallery-of-a-block",
        "",
        "```gallery\ngallery = \"day-3\"\n```",
        ("unknown-gallery", "\"day-3\"", "the gallery `day-3`", "Did you mean `day-"),
    ),
    story(
        "still-of-a-block",
        "",
        "```gallery\nstills = [\"rain.jpg\", \"snow.jpg\"]\n```",
        ("unknown-still", "\"snow.jpg\"", "`snow.jpg`", ""),
    ),
    story(
        "glob",
        "",
        "```gallery\nstills = [\"snow-*.jpg\"]\n```",
        ("unknown-still", "\"snow-*.jpg\"", "no still has a name like `snow-*.jpg`", ""),
    ),
    story(
        "half-a-comparison",
        "",
        "```compare\nbefore = \"before.jpg\"\n```",
        ("missing-key", "before =", "A compare block needs a `after`", "after = "),
    ),
    story(
        "still-of-a-comparison",
        "",
        "```compare\nbefore = \"before.jpg\"\nafter = \"afterr.jpg\"\n```",
        ("unknown-still", "\"afterr.jpg\"", "`afterr.jpg`", "Did you mean `after.jpg`?"),
    ),
    story("empty-video", "", "```video\n```", ("bad-block", "```video", "neither `clip` nor `url`", "clip = ")),
    story(
        "unknown-clip",
        "",
        "```video\nclip = \"lamb.mp4\"\n```",
        ("unknown-clip", "\"lamb.mp4\"", "plays `lamb.mp4`", "Did you mean `lamp.mp4`?"),
    ),
    story(
        "still-as-a-clip",
        "",
        "```video\nclip = \"rain.jpg\"\n```",
        ("unknown-clip", "\"rain.jpg\"", "which is a still", ""),
    ),
    story(
        "video-from-anywhere",
        "",
        "```video\nurl = \"https://example.com/v.mp4\"\ntitle = \"A test\"\n```",
        ("bad-block", "\"https://example.com/v.mp4\"", "YouTube or Vimeo", "https://www.youtube.com"),
    ),
    story(
        "video-without-a-title",
        "",
        "```video\nurl = \"https://vimeo.com/123456789\"\n```",
        ("missing-key", "```video", "needs a `title`", "title = "),
    ),
    story(
        "quote-of-nobody",
        "",
        "```quote\ntext = \"It rained.\"\n```",
        ("bad-block", "```quote", "nobody says this quote", "attribution"),
    ),
    story(
        "quote-of-a-stranger",
        "",
        "```quote\nperson = \"bo-lint\"\ntext = \"It rained.\"\n```",
        ("unknown-person", "\"bo-lint\"", "`bo-lint`", "Did you mean `bo-lindt`?"),
    ),
    story(
        "quote-without-words",
        "",
        "```quote\nperson = \"bo-lindt\"\ntext = \"\"\n```",
        ("missing-key", "\"\"", "`text` of a quote block is empty", ""),
    ),
    story(
        "zoom-without-details",
        "",
        "```zoom\nstill = \"rain.jpg\"\n```",
        ("bad-block", "```zoom", "1 to 8 details, and this has 0", "details = ["),
    ),
    story(
        "zoom-beyond-the-edge",
        "",
        "```zoom\nstill = \"rain.jpg\"\ndetails = [{ title = \"Knot\", at = [1.4, 0.2], size = 0.2 }]\n```",
        ("wrong-type", "[1.4, 0.2]", "2 numbers from 0 to 1", ""),
    ),
    story(
        "block-without-an-end",
        "",
        "```quote\nperson = \"bo-lindt\"\ntext = \"It rained.\"\n",
        ("bad-block", "```quote", "has no end", "Write ```"),
    ),
    story(
        "words-behind-a-fence",
        "",
        "```gallery day-1\n```",
        ("bad-block", "```gallery", "`day-1` cannot stand on the first line", "write fields below it"),
    ),
];
