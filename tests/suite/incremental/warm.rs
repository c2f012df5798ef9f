//! What a workshop has in mind from the run before must not matter: for whom it works, whatever is edited, a new one
//! builds the same, holds the same for the same reasons, and says the same.

use crate::support::{SiteTest, assert_same, tree};
use backlot::build::{Options, Order, Report, Workshop};
use backlot::clearance::Audience;
use backlot::publish::Silent;

/// Edits that decide about what is shown, each over the one before: a file, and what of it is replaced by what.
const EDITS: [(&str, &str, &str); 26] = [
    ("pages/about.md", "[[light]]", "[[light|a light]]"),
    ("stories/rain.md", "the wind of [[wind]]", "the wind of [[wind|a story]]"),
    ("crew/ana-reyes.md", "billing = 1\n", "billing = 1\nalso_known_as = [\"Ann\"]\n"),
    ("crew/ana-reyes.md", "form = \"REL-1\"\n", "form = \"REL-1\"\n[approval]\nwindow = \"2 days\"\n"),
    ("approvals.csv", "", "still,person,decision,date,submitted\nrain.jpg,Ana Reyes,approved,2026-05-20,2026-05-01\n"),
    ("approvals.csv", "rain.jpg,Ana Reyes,approved", "rain.jpg,Ana Reyes,killed"),
    ("approvals.csv", "killed,2026-05-20", "undecided,"),
    ("site.toml", "unnamed = \"publish\"", "unnamed = \"publish\"\nundecided = \"approve\""),
    ("media/day-1/gallery.toml", "people = [\"ana-reyes\", \"bo-lindt\"]", "people = [\"bo-lindt\"]"),
    ("media/day-2/gallery.toml", "date = 2026-03-14\n", "date = 2026-03-14\nembargo = 2026-08-01\n"),
    ("media/day-2/gallery.toml", "embargo = 2026-08-01\n", "embargo = 2026-08-01\npress_embargo = 2026-05-01\n"),
    (
        "stories/light.md",
        "date = 2026-04-02\n",
        "date = 2026-04-02\nembargo = 2026-09-01\npress_embargo = 2026-05-01\n",
    ),
    ("stories/wind/index.md", "date = 2026-03-14\n", "date = 2026-03-14\ndraft = true\n"),
    ("stories/rain.md", "[another story](wind/index.md#gusts)", "[[wind|another story]]"),
    (
        "crew/cy-moreau.md",
        "billing = 2\n",
        "billing = 2\nredact_as = \"somebody\"\n[consent]\nstatus = \"withdrawn\"\n",
    ),
    ("stories/light.md", "and [[Cy Moreau]] with the scissors", "and a person with the scissors, one Cy Moreau"),
    ("pages/about.md", "We fold.", "We fold, and Cy Moreau cuts."),
    ("stories/wind/index.md", "draft = true\n", ""),
    ("crew/cy-moreau.md", "withdrawn", "granted"),
    ("stories/rain.md", "Water is hard to fold.", "Water is hard to fold, says Ann."),
    ("theme/tokens.css", "", "@layer site { :root { --accent: #777; } }\n"),
    ("theme/tokens.css", "#777", "#888; --ψ: 1"),
    ("theme/templates/404.html", "", "<!doctype html><link href=\"{{ assets.stylesheet }}\"><title>lost</title>"),
    ("theme/tokens.css", "#888", "#999"),
    ("theme/tokens.css", "#999", "#999; font-variant-numeric: oldstyle-nums"),
    ("theme/tokens.css", "oldstyle-nums", "oldstyle-nums; --weight-label: 250"),
];

fn build(workshop: &mut Workshop, options: &Options) -> Report {
    workshop.run(&Order::new(options, &Silent), || {})
}

fn walk(audience: Audience) {
    let site = SiteTest::good();
    let at = |place: &str| {
        let mut options = Options::new(&site.root());
        (options.audience, options.as_of) = (audience, Some("2026-06-01".to_owned()));
        (options.output, options.cache) =
            (site.beside(&format!("{place}/site")), site.beside(&format!("{place}/cache")));
        if audience == Audience::Insiders {
            options.output = options.cache.join("insiders");
        }
        options.records = site.beside(&format!("{place}/records"));
        options
    };
    let (warm, cold) = (at("warm"), at("cold"));
    let mut workshop = Workshop::new();
    build(&mut workshop, &warm);
    let mut shown = 0;
    for (number, (path, from, to)) in EDITS.iter().enumerate() {
        let text = if site.path(path).is_file() { site.text(path) } else { String::new() };
        assert!(text.contains(from), "{path} says {from}");
        site.file(path, &text.replacen(from, to, 1));
        let what = format!("edit {number} of {path} for {audience:?}");
        let (one, other) = (build(&mut workshop, &warm), build(&mut Workshop::new(), &cold));
        assert_eq!(one.messages.sorted(), other.messages.sorted(), "{what}");
        assert_eq!((one.held, one.next), (other.held, other.next), "{what}");
        if other.written.is_some() {
            shown += 1;
            assert_same(&tree(&warm.output), &tree(&cold.output), &what);
        }
    }
    assert!(shown > EDITS.len() / 2, "most of these are no mistakes: {shown}");
}

/// The name of the style sheet stands in every page, and in nothing that a page is rendered from.
#[test]
fn another_style_sheet_renders_no_page() {
    let site = SiteTest::good();
    let mut workshop = Workshop::new();
    let rendered = |report: &Report| report.site.as_ref().unwrap().rendered();
    let first = build(&mut workshop, &site.options());
    assert!(rendered(&first) > 10);
    for accent in ["#777", "#888"] {
        site.file("theme/tokens.css", &format!("@layer site {{ :root {{ --accent: {accent}; }} }}"));
        let next = build(&mut workshop, &site.options());
        assert_eq!(rendered(&next), 0, "{accent}");
        assert!(next.changes.changed.len() > rendered(&first), "all pages name the style sheet");
        assert_same(&site.tree(), &site.clean(), accent);
        assert!(!site.page("index.html").contains("style-0000"), "the name that stands for it");
    }
}

#[test]
fn a_workshop_in_use_decides_for_everybody_as_a_new_one() {
    walk(Audience::Public);
}

#[test]
fn a_workshop_in_use_decides_for_the_press_as_a_new_one() {
    walk(Audience::Press);
}

#[test]
fn a_workshop_in_use_shows_what_is_held_as_a_new_one() {
    walk(Audience::Insiders);
}

#[test]
fn a_workshop_in_use_makes_contact_sheets_as_a_new_one() {
    walk(Audience::Approvals);
}
