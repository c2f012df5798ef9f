//! Mistakes in profiles.

use super::{Mistake, other, replace};

pub(super) const MISTAKES: &[Mistake] = &[
    replace(
        "key-of-a-profile",
        "crew/bo-lindt.md",
        ("role = \"Wind\"", "rôle = \"Wind\""),
        ("bad-toml", "ôle", "can have only the letters a to z", ""),
    )
    .alone(),
    replace(
        "key-of-another-profile",
        "crew/cy-moreau.md",
        ("billing = 2", "biling = 2"),
        ("unknown-key", "biling", "A profile has no field `biling`", "Did you mean `billing`?"),
    ),
    replace(
        "linked-person-without-a-name",
        "crew/bo-lindt.md",
        ("name = \"Bo Lindt\"", ""),
        ("missing-key", "\nrole", "needs a `name`", "name = "),
    )
    .alone(),
    replace(
        "portrait",
        "crew/bo-lindt.md",
        ("\"bo.jpg\"", "\"boo.jpg\""),
        ("unknown-still", "\"boo.jpg\"", "The profile of Bo Lindt shows `boo.jpg`", "Did you mean `bo.jpg`?"),
    ),
    replace(
        "link-of-a-person",
        "crew/ana-reyes.md",
        ("\"https://example.com/ana\"", "\"www.example.com\""),
        ("unknown-link", "\"www.example.com\"", "no address of a web page", "https://"),
    ),
    other(
        "consent-status",
        "crew/dee.md",
        |site| {
            site.file("crew/dee.md", "+++\nname = \"Dee\"\n[consent]\nstatus = \"yes\"\n+++\n");
        },
        ("wrong-value", "\"yes\"", "`yes` is no `status`", "`granted`, `limited`, `pending` and `withdrawn`"),
    ),
    other(
        "consent-without-a-status",
        "crew/eve.md",
        |site| {
            site.file("crew/eve.md", "+++\nname = \"Eve\"\n[consent]\nform = \"REL-9\"\n+++\n");
        },
        ("missing-key", "[consent]", "needs a `status`", "status = "),
    ),
    replace(
        "consent-scope",
        "crew/ana-reyes.md",
        ("\"stills\", \"video\", \"name\", \"quotes\"", "\"still\", \"video\", \"name\", \"quotes\""),
        ("wrong-value", "\"still\"", "consent cannot cover `still`", "Did you mean `stills`?"),
    )
    .alone(),
    other(
        "limited-without-scope",
        "crew/flo.md",
        |site| {
            site.file("crew/flo.md", "+++\nname = \"Flo\"\n[consent]\nstatus = \"limited\"\n+++\n");
        },
        ("missing-key", "[consent]", "a limited consent needs a `scope`", "scope = [\"stills\", \"name\"]"),
    ),
    other(
        "key-of-consent",
        "crew/gus.md",
        |site| {
            site.file(
                "crew/gus.md",
                "+++\nname = \"Gus\"\n[consent]\nstatus = \"granted\"\nexpire = 2026-09-01\n+++\n",
            );
        },
        ("unknown-key", "expire", "[consent] has no field `expire`", "Did you mean `expires`?"),
    ),
    other(
        "hour-of-consent",
        "crew/hal.md",
        |site| {
            let text = "+++\nname = \"Hal\"\n[consent]\nstatus = \"granted\"\nexpires = 2026-03-29T01:30:00\n+++\n";
            site.file("crew/hal.md", text);
        },
        ("wrong-date", "2026-03-29T01:30:00", "2026-03-29", ""),
    ),
];
