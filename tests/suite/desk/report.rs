//! `backlot clearance`: what is held and what to do, and the trail of what became public.

use super::{typed, with_approval};
use crate::support::{SiteTest, files_that_say};

fn report(site: &SiteTest, more: &[&str]) -> String {
    let ran = typed(site, &["clearance"], more);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

fn has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

fn held() -> SiteTest {
    let site = with_approval("window = \"5 days\"");
    site.edit("crew/bo-lindt.md", "\n+++\n\n", "\n[consent]\nstatus = \"pending\"\n+++\n\n");
    site.edit("stories/light.md", "kind = \"diary\"", "kind = \"diary\"\nembargo = 2026-12-01T00:01:00");
    site.edit("pages/about.md", "[[Bo Lindt]] and [[light]]", "[[light|paper]]");
    site
}

/// Whoever sees a held still can do what its message says, and see it shown.
#[test]
fn what_is_held_says_what_to_do_and_doing_it_helps() {
    let site = held();
    let text = report(&site, &[]);
    has(
        &text,
        &[
            "still media/day-1/rain.jpg  (media/day-1/gallery.toml:9)",
            "  Ana Reyes has approval and has not been asked\n    → Make a list for them with `backlot approvals export --submit`, and read what comes back with `backlot approvals import FILE`.",
            "  Bo Lindt has not agreed yet\n    → When they have signed: `status = \"granted\"` under `[consent]` in `crew/bo-lindt.md`.",
            "  under embargo until 2026-12-01 00:01 Europe/London\n    → Build again when the embargo has ended.",
            "No build into `public` is recorded yet.",
        ],
    );
    let list = typed(&site, &["approvals", "export"], &["--submit"]).stdout;
    std::fs::write(site.beside("back.csv"), list.replace("undecided,", "approved,2026-06-01")).unwrap();
    let back = site.beside("back.csv");
    let ran = typed(&site, &["approvals", "import", back.to_str().unwrap()], &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    site.edit("crew/bo-lindt.md", "\"pending\"", "\"granted\"");
    let text = report(&site, &[]);
    let held = text.split("No build into").next().unwrap();
    assert!(!held.contains("still media") && held.contains("story A light of paper"), "{text}");
}

#[test]
fn held_things_are_listed_by_person_and_by_date() {
    let site = held();
    let text = report(&site, &["--by", "person"]);
    let (ana, bo) = (text.find("\nAna Reyes\n").unwrap(), text.find("\nBo Lindt\n").unwrap());
    let nobody = text.find("\nFor reasons that are nobody's own\n").unwrap();
    assert!(ana < bo && bo < nobody, "{text}");
    has(&text[ana..bo], &["still media/day-1/gust.jpg", "still media/day-1/rain.jpg"]);
    has(&text[bo..nobody], &["person Bo Lindt", "still media/day-1/gust.jpg"]);
    has(&text[nobody..], &["story A light of paper"]);
    let text = report(&site, &["--by", "date"]);
    let (until, done) = (
        text.find("\nUntil 2026-12-01 00:01 Europe/London\n").unwrap(),
        text.find("\nUntil somebody does something\n").unwrap(),
    );
    has(&text[until..done], &["story A light of paper"]);
    assert!(text[done..].contains("rain.jpg") && !text[until..done].contains("rain.jpg"), "{text}");
}

#[test]
fn the_trail_tells_what_came_and_left_and_why() {
    let mut site = held();
    site.file("approvals.csv", "still,person,decision,date,by,note\nrain.jpg,ana-reyes,approved,2026-05-01,,\n");
    site.build().is_good();
    let first = site.text("records/published.csv");
    assert!(first.starts_with("built,as_of,audience,output,change,kind,item,rule,address,people,picture\n"), "{first}");
    let line = first.lines().find(|line| line.contains(",still,media/day-1/rain.jpg,")).expect("the still");
    has(
        line,
        &[
            "public,public,came,still",
            "Ana Reyes agreed, form REL-1; approved by Ana Reyes on 2026-05-01",
            "galleries/day-1/rain/,ana-reyes,",
        ],
    );
    assert!(!first.contains("gust.jpg") && !first.contains(",light,"), "{first}");
    site.build().is_good();
    assert_eq!(site.text("records/published.csv"), first, "a build that changes nothing writes nothing down");
    site.as_of = "2026-12-01T00:01:00".to_owned();
    let text = report(&site, &[]);
    has(&text, &["A build now would change:\n  + story light: the embargo ended on 2026-12-01 00:01 Europe/London"]);
    site.build().is_good();
    site.append("media/day-1/gallery.toml", "killed = true\n");
    site.build().is_good();
    let trail = site.text("records/published.csv");
    assert!(trail.starts_with(&first), "lines are only ever added");
    let new: Vec<&str> = trail[first.len()..].lines().collect();
    assert_eq!(new.len(), 2, "{new:?}");
    has(new[0], &[",came,story,light,the embargo ended on 2026-12-01 00:01 Europe/London,stories/light/,"]);
    has(new[1], &[",left,still,media/day-1/harbour.jpg,,"]);
    has(&report(&site, &[]), &["The last build that changed `public`, on ", "  - still media/day-1/harbour.jpg"]);
    has(&report(&site, &["--trail"]), &["+ story light: the embargo ended", "- still media/day-1/harbour.jpg"]);
    assert_eq!(report(&site, &["--trail", "--format", "csv"]), trail);
    let objects = typed(&site, &["clearance"], &["--trail", "--format", "json"]).json_lines();
    assert_eq!(objects.len(), trail.lines().count() - 1);
    assert!(
        files_that_say(&site.tree(), &["published.csv", "REL-1", "approved by"]).is_empty(),
        "the desk's papers are out"
    );
    assert!(!report(&site, &[]).contains("A build now would change:"));
}

#[test]
fn programs_get_tables_and_objects() {
    let site = held();
    site.build().is_good();
    let table = report(&site, &["--format", "csv"]);
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("state,what,item,person,why,date,to_do,file,line"));
    assert!(
        lines.clone().any(|l| l.starts_with("held,still,media/day-1/rain.jpg,Ana Reyes,Ana Reyes has approval")),
        "{table}"
    );
    assert!(lines.any(|l| l.starts_with("came,story,rain,,nothing holds it,")), "{table}");
    let objects = typed(&site, &["clearance"], &["--format", "json"]).json_lines();
    let story = objects.iter().find(|o| o["item"] == "light").expect("the story");
    assert!(story["state"] == "held" && story["reasons"][0]["until"] == "2026-12-01T00:01:00Z", "{story}");
}

#[test]
fn records_never_lie_in_what_is_put_online() {
    let site = SiteTest::good();
    for folder in ["records", "records/public"] {
        let outcome = site.build_with(|options| options.output = site.path(folder));
        let told = outcome.error_lines();
        assert!(told.len() == 1 && told[0].contains("the records of what was published"), "{folder}: {told:?}");
    }
    site.build().is_good();
    let elsewhere = site.beside("elsewhere");
    site.build_with(|options| options.output.clone_from(&elsewhere)).is_good();
    let trail = site.text("records/published.csv");
    let into = elsewhere.canonicalize().unwrap().display().to_string();
    assert!(trail.contains(",public,public,came,") && trail.contains(&format!(",public,{into},came,")), "{trail}");
}
