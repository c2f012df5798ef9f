//! The table of decisions: what somebody agreed to, what the site asks for, what was decided about the still, and when.

use crate::support::{SiteTest, good_site::FILM};
use backlot::build;
use backlot::clearance::{Audience, Subject, account};
use backlot::diagnostic::Diagnostics;

/// One line: what is in the profile, in the site's settings, in the still's and the clip's fields, among the approvals
/// (`|` ends a line), and from when it is seen; and what may be shown then: a still of Ada, a clip of her, her profile, a
/// still on which nobody is named.
struct Case {
    profile: &'static str,
    setting: &'static str,
    fields: &'static str,
    approvals: &'static str,
    as_of: &'static str,
    audience: Audience,
    shown: &'static str,
}

const NOW: &str = "2026-06-01T12:00:00Z";
const ALL: &str = "still clip profile nobody";
const NOBODY: &str = "nobody";

/// Nothing said, and everything is shown.
const PLAIN: Case =
    Case { profile: "", setting: "", fields: "", approvals: "", as_of: NOW, audience: Audience::Public, shown: ALL };

const fn consent(profile: &'static str, shown: &'static str) -> Case {
    Case { profile, shown, ..PLAIN }
}

const fn at(profile: &'static str, as_of: &'static str, shown: &'static str) -> Case {
    Case { profile, as_of, shown, ..PLAIN }
}

const fn setting(setting: &'static str, profile: &'static str, shown: &'static str) -> Case {
    Case { setting, profile, shown, ..PLAIN }
}

const fn field(fields: &'static str, as_of: &'static str, shown: &'static str) -> Case {
    Case { fields, as_of, shown, ..PLAIN }
}

const ASKED: &str = "[approval]\nwindow = \"5 days\"";
const NO_STILL: &str = "clip profile nobody";

const fn approval(approvals: &'static str, as_of: &'static str, shown: &'static str) -> Case {
    Case { profile: ASKED, approvals, as_of, shown, ..PLAIN }
}

const fn deemed(approvals: &'static str, as_of: &'static str, shown: &'static str) -> Case {
    Case { setting: "undecided = \"approve\"", ..approval(approvals, as_of, shown) }
}

const fn seen_by(audience: Audience, case: Case, shown: &'static str) -> Case {
    Case { audience, shown, ..case }
}

const PRESS: Audience = Audience::Press;
const DECIDERS: Audience = Audience::Approvals;
const FOR_PRESS: Case = consent("[consent]\nstatus = \"granted\"\nmedia = [\"press\"]", "");
const FOR_WEB: Case = consent("[consent]\nstatus = \"granted\"\nmedia = [\"web\"]", "");
const GONE: Case = consent("[consent]\nstatus = \"withdrawn\"", "");
const EMBARGO: Case = field("embargo = 2026-12-01", NOW, "");
const EARLY: Case = field("embargo = 2026-12-01\npress_embargo = 2026-06-01T13:00:00", NOW, "");

const REQUIRED: &str = "consent = \"required\"";
const HELD_UNNAMED: &str = "unnamed = \"hold\"";

const CASES: &[Case] = &[
    PLAIN,
    // What she agreed to.
    consent("[consent]\nstatus = \"granted\"", ALL),
    consent("[consent]\nstatus = \"pending\"", NOBODY),
    consent("[consent]\nstatus = \"withdrawn\"", NOBODY),
    consent("[consent]\nstatus = \"granted\"\nscope = [\"stills\"]", "still nobody"),
    consent("[consent]\nstatus = \"granted\"\nscope = [\"video\"]", "clip nobody"),
    consent("[consent]\nstatus = \"granted\"\nscope = [\"name\"]", "profile nobody"),
    consent("[consent]\nstatus = \"granted\"\nscope = [\"quotes\"]", NOBODY),
    consent("[consent]\nstatus = \"limited\"\nscope = [\"stills\", \"name\"]", "still profile nobody"),
    consent("[consent]\nstatus = \"limited\"\nscope = [\"video\", \"quotes\"]", "clip nobody"),
    consent("[consent]\nstatus = \"withdrawn\"\nscope = [\"stills\", \"video\", \"name\"]", NOBODY),
    consent("[consent]\nstatus = \"granted\"\nmedia = [\"web\"]", ALL),
    consent("[consent]\nstatus = \"granted\"\nmedia = [\"press\"]", NOBODY),
    consent("[consent]\nstatus = \"granted\"\nmedia = [\"social\"]", NOBODY),
    consent("[consent]\nstatus = \"granted\"\nminor = true", NOBODY),
    consent("[consent]\nstatus = \"granted\"\nminor = true\nguardian_form = \"G-1\"", ALL),
    consent("[consent]\nstatus = \"pending\"\nminor = true\nguardian_form = \"G-1\"", NOBODY),
    // From when, and until when. London is an hour ahead in summer.
    at("[consent]\nstatus = \"granted\"\nsigned = 2026-07-01", "2026-06-30T22:59:59Z", NOBODY),
    at("[consent]\nstatus = \"granted\"\nsigned = 2026-07-01", "2026-06-30T23:00:00Z", ALL),
    at("[consent]\nstatus = \"granted\"\nexpires = 2026-07-01", "2026-06-30T22:59:59Z", ALL),
    at("[consent]\nstatus = \"granted\"\nexpires = 2026-07-01", "2026-06-30T23:00:00Z", NOBODY),
    at("embargo = 2026-10-25T01:30:00+01:00", "2026-10-25T00:29:59Z", NOBODY),
    at("embargo = 2026-10-25T01:30:00+01:00", "2026-10-25T00:30:00Z", ALL),
    at("expires = 2026-10-25T01:30:00+00:00", "2026-10-25T01:29:59Z", ALL),
    at("expires = 2026-10-25T01:30:00+00:00", "2026-10-25T01:30:00Z", NOBODY),
    at("embargo = 2026-07-01\n[consent]\nstatus = \"granted\"\nsigned = 2026-08-01", "2026-07-15", NOBODY),
    at("embargo = 2026-07-01\n[consent]\nstatus = \"granted\"\nsigned = 2026-08-01", "2026-08-01", ALL),
    // What the site asks for.
    setting(REQUIRED, "", NOBODY),
    setting(REQUIRED, "[consent]\nstatus = \"granted\"", ALL),
    setting(REQUIRED, "[consent]\nstatus = \"pending\"", NOBODY),
    setting(HELD_UNNAMED, "", "still clip profile"),
    setting(HELD_UNNAMED, "[consent]\nstatus = \"withdrawn\"", ""),
    // What stands beside the still and the clip.
    field("killed = true", NOW, "profile nobody"),
    field("embargo = 2026-12-01T00:01:00", "2026-12-01T00:00:59Z", "profile nobody"),
    field("embargo = 2026-12-01T00:01:00", "2026-12-01T00:01:00Z", ALL),
    field("expires = 2026-12-01T00:01:00+02:00", "2026-11-30T22:00:59Z", ALL),
    field("expires = 2026-12-01T00:01:00+02:00", "2026-11-30T22:01:00Z", "profile nobody"),
    field("embargo = 2026-07-01\nexpires = 2026-08-01", "2026-06-30", "profile nobody"),
    field("embargo = 2026-07-01\nexpires = 2026-08-01", "2026-07-01", ALL),
    field("embargo = 2026-07-01\nexpires = 2026-08-01", "2026-08-01", "profile nobody"),
    // What she said about the still, where she has a say.
    approval("", NOW, NO_STILL),
    approval("undecided,,", NOW, NO_STILL),
    approval("undecided,,2026-05-01", "2030-01-01", NO_STILL),
    approval("approved,2026-05-01,", NOW, ALL),
    approval("approved,2026-06-10,", "2026-06-09T22:59:59Z", NO_STILL),
    approval("approved,2026-06-10,", "2026-06-09T23:00:00Z", ALL),
    approval("killed,2026-05-01,", NOW, NO_STILL),
    approval("killed,,", NOW, NO_STILL),
    approval("killed,2099-01-01,", NOW, NO_STILL),
    approval("approved,2026-05-02,|killed,2026-05-01,", NOW, NO_STILL),
    approval("deemed,2026-05-20,2026-05-14", NOW, NO_STILL),
    deemed("", NOW, NO_STILL),
    deemed("undecided,,", "2030-01-01", NO_STILL),
    deemed("undecided,,2026-06-01", "2026-06-06T22:59:59Z", NO_STILL),
    deemed("undecided,,2026-06-01", "2026-06-06T23:00:00Z", ALL),
    deemed("killed,2026-06-03,2026-06-01", "2030-01-01", NO_STILL),
    deemed("approved,2026-06-03,2026-06-01", "2026-06-04", ALL),
    deemed("deemed,2026-05-20,2026-05-14", NOW, ALL),
    deemed("deemed,2026-06-20,2026-06-14", NOW, NO_STILL),
    // Who sees it: what the press may have, and what those who decide have to see.
    seen_by(PRESS, FOR_PRESS, ALL),
    seen_by(PRESS, FOR_WEB, NOBODY),
    seen_by(PRESS, GONE, NOBODY),
    seen_by(PRESS, EMBARGO, "profile nobody"),
    seen_by(PRESS, EARLY, ALL),
    seen_by(PRESS, Case { as_of: "2026-06-01T11:59:59Z", ..EARLY }, "profile nobody"),
    seen_by(Audience::Public, EARLY, "profile nobody"),
    seen_by(PRESS, approval("", NOW, ""), NO_STILL),
    seen_by(PRESS, approval("approved,2026-05-01,", NOW, ""), ALL),
    seen_by(PRESS, approval("killed,2026-05-01,", NOW, ""), NO_STILL),
    seen_by(DECIDERS, approval("", NOW, ""), ALL),
    seen_by(DECIDERS, approval("undecided,,2026-06-01", NOW, ""), ALL),
    seen_by(DECIDERS, approval("killed,2026-05-01,", NOW, ""), NO_STILL),
    seen_by(DECIDERS, EMBARGO, ALL),
    seen_by(DECIDERS, GONE, NOBODY),
    // A no counts also of somebody who was not asked; a yes gives no more than there is.
    Case { profile: "", ..approval("killed,2026-05-01,", NOW, NO_STILL) },
    Case { profile: "", ..approval("undecided,,", NOW, ALL) },
    Case { fields: "killed = true", ..approval("approved,2026-05-01,", NOW, "profile nobody") },
    Case { fields: "embargo = 2026-07-01", ..approval("approved,2026-05-01,", NOW, "profile nobody") },
    Case { profile: "[consent]\nstatus = \"withdrawn\"\n[approval]", ..approval("approved,2026-05-01,", NOW, NOBODY) },
    Case { setting: REQUIRED, ..approval("approved,2026-05-01,", NOW, NOBODY) },
    Case {
        profile: "[consent]\nstatus = \"granted\"\n[approval]",
        setting: REQUIRED,
        ..approval("approved,2026-05-01,", NOW, ALL)
    },
];

fn write(site: &SiteTest) {
    site.still("media/day/ada.jpg", 40, 30, 1)
        .still("media/day/nobody.jpg", 40, 30, 2)
        .bytes("media/day/ada.mp4", FILM);
    site.file("stories/one.md", "+++\ntitle = \"One\"\n+++\n\nOne.\n");
}

/// What may be shown.
fn shown(site: &mut SiteTest, case: &Case) -> String {
    let &Case { profile, setting, fields, approvals, as_of, .. } = case;
    site.file(
        "site.toml",
        &format!("[production]\ntitle = \"T\"\n[site]\ntimezone = \"Europe/London\"\n[clearance]\n{setting}\n"),
    );
    site.file("crew/ada.md", &format!("+++\nname = \"Ada Roe\"\n{profile}\n+++\n\nAda.\n"));
    site.file(
        "media/day/gallery.toml",
        &format!(
            "title = \"Day\"\n[still.\"ada.jpg\"]\npeople = [\"ada\"]\n{fields}\n[clip.\"ada.mp4\"]\npeople = [\"ada\"]\n{fields}\n"
        ),
    );
    let line = |said: &str| {
        let [decision, date, submitted] = said.split(',').collect::<Vec<_>>()[..] else { panic!("{said}") };
        format!("media/day/ada.jpg,ada,{decision},{date},,,{submitted},\n")
    };
    let lines: String = approvals.split('|').filter(|said| !said.is_empty()).map(line).collect();
    site.file("approvals.csv", &format!("still,person,decision,date,by,note,submitted,picture\n{lines}"));
    site.as_of = as_of.to_owned();
    let mut messages = Diagnostics::new();
    let mut options = site.options();
    options.audience = case.audience;
    let read = build::read(&options, &mut messages).expect("a site");
    assert!(!messages.has_errors(), "{profile} {setting} {fields} {approvals}: {:?}", messages.sorted());
    let (held, cleared) = account(&read.production, read.occasion);
    let all = [
        ("still", Subject::Still("media/day/ada.jpg".into())),
        ("clip", Subject::Clip("media/day/ada.mp4".into())),
        ("profile", Subject::Person("ada".into())),
        ("nobody", Subject::Still("media/day/nobody.jpg".into())),
    ];
    let is_held = |subject: &Subject| {
        let held = held.iter().find(|held| held.subject == *subject);
        let shown = cleared.iter().find(|cleared| cleared.subject == *subject);
        assert!(held.is_some() != shown.is_some(), "{subject:?} is held and shown, or neither");
        assert!(
            held.is_none_or(|held| !held.reasons.is_empty()) && shown.is_none_or(|shown| !shown.grounds.is_empty())
        );
        held.is_some()
    };
    let words: Vec<&str> = all.iter().filter(|(_, subject)| !is_held(subject)).map(|(word, _)| *word).collect();
    words.join(" ")
}

#[test]
fn the_table_of_decisions_holds() {
    let mut site = SiteTest::empty();
    write(&site);
    let mut wrong = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let shown = shown(&mut site, case);
        if shown != case.shown {
            let &Case { profile, setting, fields, approvals, as_of, .. } = case;
            let what =
                [profile, setting, fields, approvals, as_of, case.audience.name()].join(" / ").replace('\n', ", ");
            wrong.push(format!("{number}: {what}\n    shows {shown:?}, not {:?}", case.shown));
        }
    }
    assert!(wrong.is_empty(), "{} of {} decisions are wrong:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

/// All reasons are told, not only the first.
#[test]
fn every_reason_is_told() {
    let mut site = SiteTest::empty();
    write(&site);
    let case = Case {
        profile: "expires = 2026-01-01\n[consent]\nstatus = \"pending\"\n[approval]",
        setting: "unnamed = \"hold\"",
        fields: "killed = true\nembargo = 2027-01-01",
        ..PLAIN
    };
    shown(&mut site, &case);
    site.edit(
        "media/day/gallery.toml",
        "[still.\"ada.jpg\"]",
        "embargo = 2028-01-01\n[still.\"ada.jpg\"]\npeople_complete = false",
    );
    let read = build::read(&site.options(), &mut Diagnostics::new()).expect("a site");
    let (held, _) = account(&read.production, read.occasion);
    let still = held.iter().find(|held| held.label == "media/day/ada.jpg").expect("it is held");
    assert_eq!(
        still.why(Some(&read.clock)),
        "under embargo until 2027-01-01 00:00 Europe/London; killed; Ada Roe has approval and has not been asked; \
         the profile of Ada Roe is under embargo or expired; not everybody on it is named; the gallery day is held"
    );
    assert_eq!(still.reasons.len(), 6);
    assert!(still.reasons.iter().all(|reason| reason.remedy().ends_with('.')));
}
