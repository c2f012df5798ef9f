//! Mistakes in `site.toml`.

use super::{Mistake, other, replace};

pub(super) const MISTAKES: &[Mistake] = &[
    replace(
        "key-of-the-site",
        "site.toml",
        ("description =", "descripton ="),
        ("unknown-key", "descripton", "[site] has no field `descripton`", "Did you mean `description`?"),
    ),
    replace(
        "table-of-the-site",
        "site.toml",
        ("[photos]", "[photo]"),
        ("unknown-key", "photo]", "has no field `photo`", "Did you mean `photos`?"),
    )
    .alone(),
    replace(
        "no-title",
        "site.toml",
        ("title = \"The Paper Lighthouse\"", ""),
        ("missing-key", "[production]", "needs a `title`", "Write for example `title = "),
    )
    .alone(),
    replace(
        "kind-of-production",
        "site.toml",
        ("kind = \"short\"", "kind = \"movie\""),
        ("wrong-value", "\"movie\"", "`movie` is no `kind`", "`film`, `series`, `short`"),
    ),
    replace(
        "status-of-production",
        "site.toml",
        ("\"post-production\"", "\"postproduction\""),
        ("wrong-value", "\"postproduction\"", "`postproduction`", "Did you mean `post-production`?"),
    ),
    replace(
        "runtime",
        "site.toml",
        ("runtime = 9", "runtime = \"nine\""),
        ("wrong-type", "\"nine\"", "a whole number from 1", ""),
    ),
    replace(
        "release-as-text",
        "site.toml",
        ("2027-03-19", "\"2027-03-19\""),
        ("wrong-type", "\"2027-03-19\"", "a date such as", ""),
    ),
    replace(
        "hero",
        "site.toml",
        ("hero = \"harbour.jpg\"", "hero = \"harbor.jpg\""),
        ("unknown-still", "\"harbor.jpg\"", "`harbor.jpg`", "Did you mean `harbour.jpg`?"),
    ),
    replace(
        "link-of-the-film",
        "site.toml",
        ("\"https://example.com/trailer\"", "\"javascript:alert(1)\""),
        ("unknown-link", "\"javascript:alert(1)\"", "no address of a web page", "https://"),
    ),
    replace(
        "base-url",
        "site.toml",
        ("\"https://example.com/lighthouse/\"", "\"example.com/lighthouse\""),
        ("wrong-value", "\"example.com/lighthouse\"", "no address that a site can have", "Write it like `https://"),
    ),
    replace(
        "language",
        "site.toml",
        ("language = \"en\"", "language = \"english\""),
        ("wrong-value", "\"english\"", "english", ""),
    ),
    replace(
        "timezone",
        "site.toml",
        ("\"Europe/London\"", "\"Europe/Londn\""),
        ("wrong-value", "\"Europe/Londn\"", "no time zone `Europe/Londn`", "Did you mean `Europe/London`?"),
    )
    .alone(),
    replace(
        "theme",
        "site.toml",
        ("\"premiere\"", "\"premier\""),
        ("unknown-theme", "\"premier\"", "no theme `premier`", "Did you mean `premiere`?"),
    )
    .alone(),
    replace(
        "format-of-pictures",
        "site.toml",
        ("[\"webp\", \"jpeg\"]", "[\"webp\", \"jpeg\", \"heic\"]"),
        ("wrong-value", "\"heic\"", "cannot be made as `heic`", "`webp`"),
    ),
    replace(
        "quality",
        "site.toml",
        ("\"draft\"", "\"best\""),
        ("wrong-value", "\"best\"", "`best` is no `quality`", "`draft`, `standard` and `high`"),
    ),
    replace(
        "consent-of-the-site",
        "site.toml",
        ("\"recorded\"", "\"require\""),
        ("wrong-value", "\"require\"", "`require` is no `consent`", "Did you mean `required`?"),
    ),
    replace("unnamed", "site.toml", ("\"publish\"", "true"), ("wrong-type", "true", "text in quotes", "")),
    replace(
        "accent",
        "site.toml",
        ("\"#f2b45c\"", "\"amber\""),
        ("wrong-value", "\"amber\"", "`amber` is no colour", "Write it like `#f2b45c`"),
    ),
    other(
        "title-font",
        "site.toml",
        |site| {
            site.append("site.toml", "title_font = \"Lamp.ttf\"\n");
        },
        ("font-broken", "\"Lamp.ttf\"", "`Lamp.ttf`, which is not in theme/fonts/", ""),
    ),
    replace(
        "toml-of-the-site",
        "site.toml",
        ("company = \"Foldaway\"", "company = \"Foldaway"),
        ("bad-toml", "\nruntime", "site.toml cannot be read", ""),
    )
    .alone(),
    other(
        "no-site",
        "site.toml",
        |site| {
            site.remove("site.toml");
        },
        ("site-missing", "", "there is no site.toml", "backlot new"),
    )
    .alone(),
];
