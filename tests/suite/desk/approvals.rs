//! Approvals and kills: what they hold, how lists go out and come back, and how many kills a contract allows.

use super::{typed, with_approval};
use crate::support::{SiteTest, assert_same, files_that_say, tree};
use backlot::build::Options;
use backlot::clearance::Audience;
use std::fs;

const HEAD: &str = "still,person,decision,date,by,note";

fn import(site: &SiteTest, list: &str) -> crate::support::Ran {
    let file = site.beside("back.csv");
    fs::write(&file, list).unwrap();
    typed(site, &["approvals", "import", file.to_str().unwrap()], &[])
}

fn exported(site: &SiteTest) -> String {
    let ran = typed(site, &["approvals", "export"], &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

/// Why a still is held, in words.
fn why(site: &SiteTest, still: &str) -> String {
    let outcome = site.build();
    let report = &outcome.is_good().report;
    let held = report.held.iter().find(|held| held.label == still);
    held.map(|held| held.why(report.clock.as_ref())).unwrap_or_default()
}

#[test]
fn a_still_of_somebody_with_approval_waits_for_their_yes() {
    let site = with_approval("");
    assert_eq!(why(&site, "media/day-1/rain.jpg"), "Ana Reyes has approval and has not been asked");
    assert!(files_that_say(&site.tree(), &["Drops on a sheet"]).is_empty(), "its caption is out");
    site.file("approvals.csv", &format!("{HEAD}\nmedia/day-1/rain.jpg,ana-reyes,approved,2026-05-01,her agent,\n"));
    assert_eq!(why(&site, "media/day-1/rain.jpg"), "");
    assert!(!files_that_say(&site.tree(), &["Drops on a sheet"]).is_empty());
    assert!(files_that_say(&site.tree(), &["her agent", "approvals.csv"]).is_empty(), "what the desk notes is out");
    site.file("approvals.csv", &format!("{HEAD}\nmedia/day-1/rain.jpg,ana-reyes,killed,2026-05-02,,\n"));
    assert_eq!(why(&site, "media/day-1/rain.jpg"), "refused by Ana Reyes on 2026-05-02");
    assert_same(&site.tree(), &site.clean(), "built again, and built anew");
}

#[test]
fn a_list_goes_out_comes_back_and_goes_out_the_same() {
    let site = with_approval("window = \"5 days\"");
    let first = exported(&site);
    let open = |still: &str| format!("{still},ana-reyes,undecided,,,\n");
    let stills = ["media/day-1/gust.jpg", "media/day-1/rain.jpg", "media/people/ana.jpg"];
    assert_eq!(first, format!("{HEAD}\n{}", stills.map(open).concat()));
    // As spreadsheets save it: semicolons, a mark at the beginning, ends of line of Windows, a date turned round.
    let back = format!(
        "\u{feff}{}\r\nmedia/day-1/gust.jpg;ana-reyes;Killed;12.05.2026;\"M. Ōta; agent\";\"not \"\"this\"\" one\"\r\n\
         rain.jpg;Ana Reyes;approved;2026-05-13;'=cmd|x;-2 on the list\r\nmedia/people/ana.jpg;ana-reyes;;;;\r\n",
        HEAD.replace(',', ";")
    );
    let ran = import(&site, &back);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 decisions recorded in `approvals.csv`: 1 approved, 1 killed."), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 is still undecided."), "{}", ran.stderr);
    let second = exported(&site);
    for line in [
        "media/day-1/gust.jpg,ana-reyes,killed,2026-05-12,M. Ōta; agent,\"not \"\"this\"\" one\"",
        "media/day-1/rain.jpg,ana-reyes,approved,2026-05-13,'=cmd|x,'-2 on the list",
    ] {
        assert!(second.lines().any(|l| l == line), "{line} is not in\n{second}");
    }
    let table = site.text("approvals.csv");
    let ran = import(&site, &second);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("0 decisions recorded"), "{}", ran.stderr);
    assert_eq!(site.text("approvals.csv"), table, "the table after its own list");
    assert_eq!(exported(&site), second);
    let to = site.beside("for-excel.csv");
    assert_eq!(typed(&site, &["approvals", "export"], &["--to", to.to_str().unwrap()]).code, Some(0));
    assert_eq!(fs::read_to_string(to).unwrap(), format!("\u{feff}{second}"));
    assert_eq!(why(&site, "media/day-1/gust.jpg"), "refused by Ana Reyes on 2026-05-12");
    assert_eq!(why(&site, "media/day-1/rain.jpg"), "");
}

#[test]
fn a_list_with_mistakes_changes_nothing_and_tells_all_of_them() {
    let site = with_approval("");
    import(&site, &format!("{HEAD}\nrain.jpg,ana-reyes,approved,2026-05-10,,\n"));
    let before = tree(&site.root());
    let list = [
        HEAD,
        "media/day-1/gust.jpg,ana-reyes,approved,2026-05-20,,",
        "media/day-1/gusts.jpg,ana-reyes,approved,2026-05-20,,",
        "rain.jpg,anna-reyes,approved,2026-05-20,,",
        "anna.jpg,ana-reyes,aproved,2026-05-20,,",
        "ana.jpg,ana-reyes,killed,03/04/2026,,",
        "gust.jpg,Ana Reyes,killed,2026-05-20,,",
        "rain.jpg,ana-reyes,killed,2026-05-01,,",
        "ana.jpg,ana-reyes,killed,2027-05-01,,",
        ",ana-reyes,killed,,,",
        "harbour.jpg,ana-reyes,killed,2026-05-01,me,and, more",
        "ana.jpg,ana-reyes,deemed,2026-05-01,,",
    ];
    let ran = import(&site, &list.join("\n"));
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    for (line, says) in [
        (3, "there is no still `media/day-1/gusts.jpg`"),
        (4, "nobody in crew/ is called `anna-reyes`"),
        (5, "`aproved` is no decision"),
        (5, "there is no still `anna.jpg`"),
        (6, "`03/04/2026` could be 2026-04-03 or 2026-03-04"),
        (7, "the list contradicts itself"),
        (8, "`media/day-1/rain.jpg` was approved on 2026-05-10, which is later"),
        (9, "this was decided on 2027-05-01, and today is 2026-06-01"),
        (10, "this line does not say which still it is about"),
        (11, "this line has more cells than there are columns"),
        (12, "Ana Reyes has not let the time for `media/people/ana.jpg` pass"),
    ] {
        let place = format!("back.csv:{line}:");
        let told = ran.stderr.split("error[").find(|message| message.contains(says));
        assert!(told.is_some_and(|message| message.contains(&place)), "{place} {says} is not in\n{}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("error[").count(), 11, "{}", ran.stderr);
    assert!(ran.stderr.contains("Did you mean `Ana Reyes`?") && ran.stderr.contains("Nothing was taken over"));
    assert_same(&tree(&site.root()), &before, "the site's folder");
    let ran = import(&site, "a,b\n1,2\n");
    assert!(ran.code == Some(1) && ran.stderr.contains("has no column `still`"), "{}", ran.stderr);
}

#[test]
fn a_renamed_still_keeps_its_decisions_and_another_picture_has_none() {
    let site = with_approval("");
    import(
        &site,
        &format!("{HEAD}\nrain.jpg,ana-reyes,approved,2026-05-10,,\nana.jpg,ana-reyes,killed,2026-05-10,,\n"),
    );
    site.rename("media/day-1/rain.jpg", "media/day-1/deluge.jpg");
    let fields = site.text("media/day-1/gallery.toml").replace("rain.jpg", "deluge.jpg");
    site.file("media/day-1/gallery.toml", &fields);
    site.file("stories/rain.md", &site.text("stories/rain.md").replace("rain.jpg", "deluge.jpg"));
    assert_eq!(why(&site, "media/day-1/deluge.jpg"), "");
    // The list that was sent out before has the old name.
    let ran = import(&site, &format!("{HEAD}\nmedia/day-1/rain.jpg,ana-reyes,killed,2026-05-11,,\n"));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(why(&site, "media/day-1/deluge.jpg"), "refused by Ana Reyes on 2026-05-11");
    import(&site, &format!("{HEAD}\ndeluge.jpg,ana-reyes,approved,2026-05-12,,\n"));
    assert_eq!(why(&site, "media/day-1/deluge.jpg"), "");
    // Another picture of that name: the yes was not about it, the no holds.
    site.still("media/day-1/deluge.jpg", 96, 64, 400).still("media/people/ana.jpg", 60, 80, 401);
    assert_eq!(why(&site, "media/day-1/deluge.jpg"), "what Ana Reyes has decided about was another picture");
    assert_eq!(why(&site, "media/people/ana.jpg"), "refused by Ana Reyes on 2026-05-10");
    let told = site.build().told();
    assert_eq!(told.matches("warning[other-picture]").count(), 2, "{told}");
}

#[test]
fn time_runs_from_the_day_of_sending_and_ends_as_the_site_says() {
    let mut site = with_approval("window = \"5 days\"");
    let ran = typed(&site, &["approvals", "export"], &["--submit"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("3 stills to Ana Reyes: their 5 days end on 2026-06-07 00:00"), "{}", ran.stderr);
    let table = site.text("approvals.csv");
    assert!(table.starts_with("still,person,decision,date,by,note,submitted,picture\n"), "{table}");
    assert_eq!(table.matches(",undecided,,,,2026-06-01,").count(), 3, "{table}");
    let again = typed(&site, &["approvals", "export"], &["--submit"]);
    assert!(again.stderr.contains("Nothing is new") && site.text("approvals.csv") == table, "{}", again.stderr);
    let waiting = "Ana Reyes has approval and has not decided";
    assert_eq!(why(&site, "media/day-1/rain.jpg"), waiting);
    site.as_of = "2026-07-01".to_owned();
    assert_eq!(why(&site, "media/day-1/rain.jpg"), waiting, "undecided stays held");
    site.edit("site.toml", "unnamed = \"publish\"", "unnamed = \"publish\"\nundecided = \"approve\"");
    for (as_of, expected) in [
        ("2026-06-06T23:59:59", format!("{waiting}; counts as approved from 2026-06-07 00:00 Europe/London")),
        ("2026-06-07T00:00:00", String::new()),
    ] {
        site.as_of = as_of.to_owned();
        assert_eq!(why(&site, "media/day-1/rain.jpg"), expected, "{as_of}");
    }
    assert!(exported(&site).contains("media/day-1/rain.jpg,ana-reyes,deemed,2026-06-07,,"), "{}", exported(&site));
    // The next list writes it down, so that it stands when the contract is another.
    import(&site, &format!("{HEAD}\nana.jpg,ana-reyes,killed,2026-06-05,,\n"));
    assert!(site.text("approvals.csv").contains("rain.jpg,ana-reyes,deemed,2026-06-07,,,2026-06-01,"));
    site.edit("crew/ana-reyes.md", "5 days", "8 weeks");
    assert_eq!(why(&site, "media/day-1/rain.jpg"), "");
    site.edit("site.toml", "undecided = \"approve\"", "undecided = \"hold\"");
    assert_eq!(why(&site, "media/day-1/rain.jpg"), waiting);
}

/// The example of the trade: 6 stills alone and 12 with others at 50 and 25 % allow 3 kills each.
#[test]
fn quotas_are_counted_as_contracts_do() {
    let site = with_approval("solo = 50\ngroup = 25");
    let mut fields = site.text("media/day-2/gallery.toml");
    // rain.jpg and ana.jpg are of her alone, gust.jpg is not.
    for n in 0..15 {
        let people = if n < 4 { "\"ana-reyes\"" } else { "\"ana-reyes\", \"cy-moreau\"" };
        site.still(&format!("media/day-2/q{n:02}.jpg"), 40, 30, 500 + n);
        fields += &format!("\n[still.\"q{n:02}.jpg\"]\nalt = \"Q\"\npeople = [{people}]\n");
    }
    site.file("media/day-2/gallery.toml", &fields);
    let kill = |numbers: std::ops::Range<u32>| {
        numbers.map(|n| format!("q{n:02}.jpg,ana-reyes,killed,2026-05-01,,\n")).collect::<String>()
    };
    let quotas = |kills: &str| {
        site.file("approvals.csv", &format!("{HEAD}\n{kills}"));
        let told = site.build().told();
        told.lines().filter(|line| line.contains("over-quota")).map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(quotas(&(kill(0..3) + &kill(4..7))), [""; 0]);
    let over = quotas(&(kill(0..4) + &kill(4..8)));
    assert_eq!(over.len(), 2, "{over:?}");
    for arithmetic in [
        "Ana Reyes has refused 4 of 6 stills that show them alone; 50 % of 6 allows 3",
        "Ana Reyes has refused 4 of 12 stills that show them with others; 25 % of 12 allows 3",
    ] {
        assert!(over.iter().any(|line| line.contains(arithmetic)), "{arithmetic} is not in {over:?}");
    }
}

#[test]
fn a_table_that_is_not_understood_stops_the_build() {
    let site = with_approval("window = \"5 fortnights\"");
    site.file(
        "approvals.csv",
        "still,person,decision,date,agent\nrain.jpg,ana-reyes,approved,,x\nrian.jpg,ana-reyes,killed,,\n",
    );
    let errors = site.build().error_lines();
    for part in [
        "bad-table: approvals.csv has no column `agent`",
        "missing-key: an approval without a date proves nothing",
        "unknown-still: there is no still `rian.jpg`",
        "wrong-value: `5 fortnights` is no length of time",
    ] {
        assert!(errors.iter().any(|error| error.starts_with(part)), "{part} is not in {errors:?}");
    }
    let ran = typed(&site, &["approvals", "export"], &["--submit"]);
    assert!(ran.code == Some(1) && site.text("approvals.csv").contains("agent"), "{}", ran.stderr);
}

#[test]
fn a_contact_sheet_begins_with_what_is_undecided() {
    let site = with_approval("");
    let order = || {
        let for_them = |options: &mut Options| {
            options.audience = Audience::Approvals;
            options.output = site.path("approvals");
        };
        site.build_with(for_them).is_good();
        let page = site.text("approvals/people/ana-reyes/index.html");
        let stills = page.split("data-still=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        stills.collect::<Vec<String>>()
    };
    let all = order();
    assert_eq!(all.len(), 3, "{all:?}");
    site.file("approvals.csv", &format!("{HEAD}\n{},ana-reyes,approved,2026-05-01,,\n", all[0]));
    assert_eq!(order(), [all[1].clone(), all[2].clone(), all[0].clone()]);
    site.file("approvals.csv", &format!("{HEAD}\n{},ana-reyes,killed,2026-05-01,,\n", all[0]));
    assert_eq!(order(), all[1..]);
}

#[test]
fn whoever_has_no_profile_can_still_refuse() {
    let site = SiteTest::good();
    site.file("approvals.csv", &format!("{HEAD}\nrain.jpg,Zoe Quist,killed,2026-05-01,,\n"));
    assert_eq!(why(&site, "media/day-1/rain.jpg"), "refused by zoe-quist on 2026-05-01");
    assert!(site.build().told().contains("warning[unknown-person]: `approvals.csv` names `Zoe Quist`"));
    let ran = typed(&site, &["approvals", "export"], &["--person", "anna reyes"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("Did you mean `Ana Reyes`?") || ran.stderr.contains("Did you mean `Ana Reyes`?"),
        "{}",
        ran.stderr
    );
}
