//! The program as it is typed.

use crate::support::{Ran, SiteTest, assert_same, backlot, ran, tree};
use std::path::Path;

fn typed(arguments: &[&str]) -> Ran {
    ran(backlot().args(arguments).output().unwrap())
}

#[test]
fn help_names_all_that_can_be_typed() {
    let help = typed(&["--help"]);
    assert_eq!(help.code, Some(0));
    for command in ["new", "build", "check", "completions"] {
        assert!(help.stdout.contains(&format!("  {command} ")), "{command} is not in\n{}", help.stdout);
    }
    let help = typed(&["build", "--help"]);
    assert_eq!(help.code, Some(0));
    for option in
        ["--output", "--drafts", "--as-of", "--audience", "--base-url", "--jobs", "--strict", "--format", "--quiet"]
    {
        assert!(help.stdout.contains(option), "{option} is not in\n{}", help.stdout);
    }
    assert!(typed(&["--version"]).stdout.starts_with("backlot "));
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    let site = SiteTest::good();
    let root = site.root();
    let root = root.to_str().unwrap();
    for arguments in [
        &[][..],
        &["biuld"],
        &["build", root, "--outptu", "x"],
        &["build", root, "--jobs", "0"],
        &["build", root, "--jobs", "many"],
        &["build", root, "--format", "xml"],
        &["build", root, "--audience", "everybody"],
        &["build", root, "another"],
        &["completions", "cobol"],
        &["new"],
    ] {
        let ran = typed(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stdout.is_empty() && !ran.stderr.is_empty(), "{arguments:?}: {ran:?}");
    }
    assert!(!site.public().exists());
}

#[test]
fn a_good_site_ends_with_0_and_a_summary() {
    let site = SiteTest::good();
    let built = site.run("build", &[]);
    assert_eq!((built.code, built.stdout.as_str()), (Some(0), ""));
    assert!(built.stderr.contains("8 stills developed, 0 reused"), "{}", built.stderr);
    let again = site.run("build", &[]);
    assert!(again.stderr.contains("0 stills developed, 8 reused; 0 files written, 0 removed"), "{}", again.stderr);
    let quiet = site.run("build", &["--quiet"]);
    assert_eq!((quiet.code, quiet.stdout, quiet.stderr), (Some(0), String::new(), String::new()));
}

#[test]
fn a_site_with_errors_ends_with_1() {
    let site = SiteTest::good();
    site.edit("stories/rain.md", "cover = \"rain.jpg\"", "cover = \"rian.jpg\"");
    for (command, more) in
        [("build", &[][..]), ("build", &["--quiet"]), ("check", &[]), ("check", &["--format", "json"])]
    {
        let ran = site.run(command, more);
        assert_eq!(ran.code, Some(1), "{command} {more:?}");
        assert!((ran.stderr + &ran.stdout).contains("rian.jpg"), "{command} {more:?}");
    }
    let nowhere = typed(&["build", "/nowhere/at/all"]);
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.stderr.contains("there is no site.toml in `/nowhere/at/all`"), "{}", nowhere.stderr);
    assert!(!Path::new("/nowhere").exists());
}

#[test]
fn check_says_more_and_writes_nothing() {
    let site = SiteTest::good();
    site.edit("media/day-1/gallery.toml", "alt = \"A harbour of folded paper\"\n", "");
    let before = tree(&site.root());
    let checked = site.run("check", &[]);
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    assert!(
        checked.stderr.contains("warning[missing-alt]") && checked.stderr.contains("pages would be built"),
        "{}",
        checked.stderr
    );
    assert_eq!(site.run("check", &["--strict"]).code, Some(1));
    assert_same(&tree(&site.root()), &before, "the site folder");
}

#[test]
fn strict_makes_warnings_stop_the_build() {
    let site = SiteTest::good();
    site.edit("site.toml", "#f2b45c", "#222222");
    let strict = site.run("build", &["--strict"]);
    assert_eq!(strict.code, Some(1));
    assert!(strict.stderr.contains("error[low-contrast]") && !site.public().exists(), "{}", strict.stderr);
    let lenient = site.run("build", &[]);
    assert_eq!(lenient.code, Some(0));
    assert!(
        lenient.stderr.contains("warning[low-contrast]") && lenient.stderr.contains("1 warning above"),
        "{}",
        lenient.stderr
    );
    let quiet = site.run("build", &["--quiet"]);
    assert!(quiet.stderr.contains("warning[low-contrast]"), "{}", quiet.stderr);
}

#[test]
fn json_is_one_object_a_line_and_ends_with_a_summary() {
    let site = SiteTest::good();
    site.edit("site.toml", "#f2b45c", "#222222");
    site.still("media/unused.jpg", 40, 30, 20);
    site.append("media/day-1/gallery.toml", "killed = true\n");
    let ran = site.run("build", &["--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let lines = ran.json_lines();
    let summary = &lines.last().unwrap()["summary"];
    assert_eq!((summary["errors"].as_u64(), summary["warnings"].as_u64()), (Some(0), Some(1)));
    assert_eq!(summary["held"][0]["name"], "media/day-1/harbour.jpg");
    assert_eq!(summary["held"][0]["reasons"][0], "killed");
    assert!(
        summary["site"]["pages"].as_u64().unwrap() > 10 && summary["developed"].as_u64().unwrap() == 7,
        "{summary}"
    );
    for line in &lines[..lines.len() - 1] {
        for key in ["severity", "code", "message", "file", "line", "column", "source", "hints"] {
            assert!(line.get(key).is_some(), "no {key} in {line}");
        }
    }
    let severities: Vec<&str> = lines[..lines.len() - 1].iter().map(|l| l["severity"].as_str().unwrap()).collect();
    assert!(severities.contains(&"warning") && severities.contains(&"note"), "{severities:?}");
}

#[test]
fn options_lead_where_they_say() {
    let site = SiteTest::good();
    let elsewhere = site.beside("elsewhere");
    let to = elsewhere.to_str().unwrap();
    let ran = site.run("build", &["--output", to, "--base-url", "https://film.example.org/bts", "--jobs", "1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!site.public().exists());
    let built = tree(&elsewhere);
    let text = |path: &str| String::from_utf8(built[path].clone()).unwrap();
    assert!(text("sitemap.xml").contains("<loc>https://film.example.org/bts/stories/rain/</loc>"));
    assert!(!text("feed.xml").contains("https://example.com/lighthouse/"));
    assert!(text("robots.txt").contains("https://film.example.org/bts/sitemap.xml"));
    for wrong in ["film.example.org", "ftp://film.example.org/", ""] {
        assert_eq!(site.run("build", &["--base-url", wrong]).code, Some(1), "{wrong:?}");
    }
}

#[test]
fn as_of_is_a_date_or_a_time() {
    let mut site = SiteTest::good();
    site.edit("stories/light.md", "kind = \"diary\"", "kind = \"diary\"\nembargo = 2026-12-01T00:01:00");
    site.edit("pages/about.md", "[[light]]", "[[light|paper]]");
    for (as_of, shown) in
        [("2026-12-01", false), ("2026-12-01T00:01", true), ("2026-12-01T00:00:59", false), ("2027-01-01", true)]
    {
        site.as_of = as_of.to_owned();
        assert_eq!(site.run("build", &[]).code, Some(0), "{as_of}");
        assert_eq!(site.path("public/stories/light").exists(), shown, "{as_of}");
    }
    for wrong in ["tomorrow", "2026-02-30", "12:00", "2026-03-29T01:30:00"] {
        site.as_of = wrong.to_owned();
        let ran = site.run("build", &[]);
        assert_eq!(ran.code, Some(1), "{wrong}");
        assert!(ran.stderr.contains("--as-of"), "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn a_site_is_found_from_inside_its_folder() {
    let site = SiteTest::good();
    let ran = ran(backlot().args(["build", "--as-of", &site.as_of]).current_dir(site.root()).output().unwrap());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_same(&site.tree(), &site.clean(), "built from inside");
}

#[test]
fn new_makes_a_site_that_builds_at_once() {
    let place = SiteTest::empty();
    let folder = place.beside("my film");
    let made = typed(&["new", folder.to_str().unwrap()]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let built = typed(&["build", folder.to_str().unwrap(), "--format", "json", "--strict"]);
    let warnings: Vec<_> = built.json().into_iter().filter(|m| m["severity"] != "note").collect();
    assert_eq!((built.code, warnings), (Some(0), Vec::new()));
    assert!(folder.join("public/index.html").exists());
    let again = typed(&["new", folder.to_str().unwrap()]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("is not empty"), "{}", again.stderr);
}

#[test]
fn completions_are_there_for_common_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = typed(&["completions", shell]);
        assert_eq!(ran.code, Some(0), "{shell}");
        assert!(ran.stdout.contains("as-of") && ran.stderr.is_empty(), "{shell}: {}", ran.stdout);
    }
}

#[test]
fn a_closed_pipe_is_no_mistake() {
    let site = SiteTest::good();
    site.file("stories/one.md", "no fields").file("stories/two.md", "no fields");
    let mut program = site.command("build", &["--format", "json"]).spawn().unwrap();
    drop(program.stdout.take());
    assert_eq!(program.wait().unwrap().code(), Some(1));
}
