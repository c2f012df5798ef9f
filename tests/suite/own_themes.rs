//! Themes that somebody else has made, the contract they are made by, and `backlot theme`.

use crate::support::{Ran, SiteTest, backlot, place_of, ran};
use backlot::theme::contract::{self, Contract};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

const GUIDE: &str = "themes/README.md";
const BEGINS: &str = "<!-- contract -->\n";
const ENDS: &str = "<!-- /contract -->";

fn guide() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(GUIDE)
}

/// The files of the theme that the guide shows, with their paths.
fn documented_theme() -> Vec<(String, String)> {
    let text = fs::read_to_string(guide()).unwrap();
    let (mut files, mut open) = (Vec::new(), None);
    for event in Parser::new(&text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = info.split_whitespace().nth(1).map(ToOwned::to_owned);
                files.extend(open.iter().map(|path| (path.clone(), String::new())));
            }
            Event::Text(text) if open.is_some() => files.last_mut().unwrap().1.push_str(&text),
            Event::End(TagEnd::CodeBlock) => open = None,
            _ => {}
        }
    }
    files
}

fn with_theme(theme: &str, files: &[(&str, &str)]) -> SiteTest {
    let site = SiteTest::good();
    site.edit("site.toml", "theme = \"premiere\"", &format!("theme = \"{theme}\""));
    for (path, text) in files {
        site.file(path, text);
    }
    site
}

fn style(site: &SiteTest) -> String {
    let tree = site.tree();
    site.page(tree.keys().find(|path| path.ends_with(".css")).unwrap())
}

#[test]
fn the_theme_of_the_guide_changes_a_token_a_block_and_a_component_in_under_30_lines() {
    let files = documented_theme();
    let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
    assert!(files.len() == 4 && lines < 30, "{lines} lines in {} files", files.len());
    assert!(fs::read_to_string(guide()).unwrap().contains(&format!("## A theme in {lines} lines")), "{lines} lines");
    let plain = SiteTest::good();
    plain.build().is_good();
    let site = with_theme("themes/harbour", &[]);
    for (path, text) in &files {
        site.file(path, text);
    }
    let outcome = site.build();
    assert_eq!(outcome.told(), "");
    let (home, before) = (site.page("index.html"), plain.page("index.html"));
    assert!(before.contains("<dl class=\"facts\">") && !home.contains("<dl class=\"facts\">"), "the block");
    assert!(home.contains("film-synopsis") && home.contains("class=\"hero-picture\""), "the blocks around it");
    assert!(before.contains("</h2><a class=\"more\"") && home.contains("</h2> <a class=\"more\""), "the component");
    let css = style(&site);
    let (of_base, own) = (css.find("--radius: 0;").unwrap(), css.find("--radius: 0.75rem;").unwrap());
    assert!(of_base < own && css.contains("#e9a84c"), "the token, over Premiere's");
    let same = |path: &str| (site.page(path), plain.page(path));
    let (here, there) = same("crew/ana-reyes/index.html");
    assert_eq!(here.split("<main").nth(1).map(str::len).is_some(), there.contains("<main"));
    // The site's own layer is above the theme.
    site.file(
        "theme/templates/home.html",
        "{% extends \"theme/home.html\" %}{% block hero %}<h1>Mine</h1>{% endblock %}",
    );
    site.build().is_good();
    let home = site.page("index.html");
    assert!(home.contains("<h1>Mine</h1>") && !home.contains("<dl class=\"facts\">"));
}

#[test]
fn the_guide_lists_what_there_is_to_be_replaced() {
    let text = fs::read_to_string(guide()).unwrap();
    let (before, rest) = text.split_once(BEGINS).expect("a place for the list");
    let (listed, after) = rest.split_once(ENDS).expect("an end of the list");
    let is = lists();
    if std::env::var_os("WRITE_GUIDE").is_some() {
        fs::write(guide(), format!("{before}{BEGINS}{is}{ENDS}{after}")).unwrap();
        return;
    }
    assert!(listed == is, "{GUIDE} is old. Run this test with WRITE_GUIDE=1 to write it again. It should say:\n{is}");
}

fn lists() -> String {
    let Contract { pages, components, tokens } = contract::contract();
    let cell = |text: &str| text.replace('|', "\\|");
    let code = |words: &[String]| words.iter().map(|word| format!("`{}`", cell(word))).collect::<Vec<_>>().join(", ");
    let mut text = "\n### Pages and their blocks\n\n| page | blocks | is |\n| --- | --- | --- |\n".to_owned();
    for page in &pages {
        writeln!(text, "| `{}` | {} | {} |", page.file, code(&page.blocks), cell(&page.about)).unwrap();
    }
    text.push_str("\n### Components and what they are given\n\n| component | is given | is |\n| --- | --- | --- |\n");
    for component in &components {
        let (name, given) = (&component.name, code(&component.arguments));
        writeln!(text, "| `{name}` | {given} | {} |", cell(&component.about)).unwrap();
    }
    text.push_str("\n### Tokens\n\n| token | is | in the base layer |\n| --- | --- | --- |\n");
    let mut group = "";
    for token in &tokens {
        if token.group != group {
            group = &token.group;
            writeln!(text, "| **{group}** | | |").unwrap();
        }
        writeln!(text, "| `{}` | {} | `{}` |", token.name, cell(&token.about), cell(&token.value)).unwrap();
    }
    text.push('\n');
    text
}

#[test]
fn a_mistake_in_a_theme_is_told_with_its_file() {
    let broken = "{% extends \"base/home.html\" %}\n{% block film %}{{ production.titel }}{% endblock %}";
    let site = with_theme("themes/x", &[("themes/x/theme.toml", ""), ("themes/x/templates/home.html", broken)]);
    let told = site.build().told();
    assert!(told.contains("themes/x/templates/home.html:2") && told.contains("Did you mean `title`"), "{told}");
    site.file("themes/x/templates/home.html", "{% block film %}");
    let told = site.build().told();
    assert!(told.contains("themes/x/templates/home.html:1") && told.contains("cannot be used"), "{told}");
    let toml = "extends = \"premier\"\ntitel = \"X\"\n";
    site.remove("themes/x/templates").file("themes/x/theme.toml", toml);
    let told = site.build().told();
    let (line, column) = place_of(toml, "titel");
    assert!(told.contains("no theme `premier` to extend") && told.contains("Did you mean `premiere`"), "{told}");
    assert!(told.contains(&format!("themes/x/theme.toml:{line}:{column}")), "{told}");
    site.file("themes/x/theme.toml", "").bytes("themes/x/theme.css", &[0xff, 0xfe]);
    assert!(site.build().told().contains("`themes/x/theme.css` cannot be used: it is not UTF-8 text"));
    site.file("themes/x/theme.css", &" ".repeat(600 << 10));
    assert!(site.build().told().contains("and 524288 are allowed"));
}

#[test]
fn a_theme_that_is_not_there_is_told() {
    let theme = [("themes/harbour/theme.toml", "extends = \"premiere\"\n")];
    for (name, what) in [
        ("themes/harbor", "Did you mean `themes/harbour`?"),
        ("../harbour", "is no folder in the site's `themes/`"),
        ("themes/../../x", "is no folder in the site's `themes/`"),
        ("themes/.git", "is no folder in the site's `themes/`"),
        ("themes/", "is no folder in the site's `themes/`"),
        ("harbour", "One of your own is a folder"),
    ] {
        let told = with_theme(name, &theme).build().told();
        assert!(told.contains("unknown-theme") && told.contains(what), "{name}: {told}");
    }
    let told = with_theme("themes/y", &[("themes/y/tokens.css", "")]).build().told();
    assert!(told.contains("there is none, and every theme has one"), "{told}");
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_its_folder_comes_in() {
    let theme = [("themes/x/theme.toml", "extends = \"premiere\"\n"), ("themes/x/.git/config", "[core]\n")];
    let site = with_theme("themes/x", &theme);
    site.build().is_good();
    fs::write(site.beside("secret.html"), "the secret").unwrap();
    fs::create_dir_all(site.path("themes/x/templates")).unwrap();
    std::os::unix::fs::symlink(site.beside("secret.html"), site.path("themes/x/templates/body-end.html")).unwrap();
    let told = site.build().told();
    assert!(told.contains("themes/x/templates/body-end.html") && told.contains("a link to somewhere else"), "{told}");
    site.remove("themes/x/templates/body-end.html");
    std::os::unix::fs::symlink(site.beside(""), site.path("themes/x/templates/components")).unwrap();
    assert!(site.build().told().contains("a link to somewhere else"));
    site.remove("themes/x/templates/components");
    for include in ["../../../secret.html", "/etc/hostname", "site/../secret.html"] {
        site.file("themes/x/templates/body-end.html", &format!("{{% include \"{include}\" %}}"));
        assert!(site.build().told().contains("Unknown template"), "{include}");
    }
}

#[test]
fn a_template_that_goes_round_in_circles_ends_with_a_message() {
    let circle = "{% component toc(entries: array) %}{{ <toc entries={entries} /> }}{% endcomponent toc %}";
    let endless = format!("{{% for a in range(end=90000) %}}{}{{% endfor %}}", "x".repeat(4000));
    for (path, text, what) in [
        ("templates/components/toc.html", circle, "recursion"),
        ("templates/body-end.html", "{% include \"body-end.html\" %}", "include"),
        ("templates/body-end.html", endless.as_str(), "larger than 64 mb"),
        ("templates/body-end.html", "{% for a in range(end=9000000) %}{% endfor %}", "exceeds the limit"),
        ("templates/home.html", "{% extends \"home.html\" %}", "home.html"),
    ] {
        let site = with_theme("themes/x", &[("themes/x/theme.toml", "extends = \"premiere\"\n")]);
        site.file(&format!("themes/x/{path}"), text);
        if path.ends_with("toc.html") {
            site.file("themes/x/templates/body-end.html", "{{ <toc entries={[]} /> }}");
        }
        let told = site.build().told();
        assert!(told.contains("theme-broken") && told.to_lowercase().contains(what), "{text}: {told}");
    }
}

fn theme(site: &SiteTest, arguments: &[&str]) -> Ran {
    ran(backlot().current_dir(site.root()).arg("theme").args(arguments).output().unwrap())
}

#[test]
fn themes_are_listed_and_shown() {
    let site = with_theme("themes/x", &[("themes/x/theme.toml", "title = \"Ex\"\ndescription = \"A look.\"\n")]);
    let list = theme(&site, &["list"]).stdout;
    for name in backlot::theme::names() {
        assert!(list.contains(&name), "{list}");
    }
    assert!(list.contains("themes/x") && list.contains("Ex. A look."), "{list}");
    let shown = theme(&site, &["show", "callsheet"]).stdout;
    for what in [
        "home.html         light, hero, film",
        "story_card(card: map, level",
        "--accent: #f2c500;",
        "title font: Inter",
    ] {
        assert!(shown.contains(what), "{what}: {shown}");
    }
    let unknown = theme(&site, &["show", "calsheet"]);
    assert!(unknown.code == Some(2) && unknown.stderr.contains("The themes are broadsheet, callsheet"));
}

#[test]
fn what_is_ejected_wins_and_changes_nothing_yet() {
    let site = SiteTest::good();
    site.edit("site.toml", "theme = \"premiere\"", "theme = \"callsheet\"");
    site.build().is_good();
    let before = site.page("index.html");
    for wanted in
        ["story_card", "components/person_card.html", "home.html:hero", "latest", "--surface", "line", "still"]
    {
        let done = theme(&site, &["eject", "callsheet", wanted]);
        assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""), "{wanted}: {}", done.stderr);
    }
    assert!(site.text("theme/templates/components/story_card.html").contains("card-when"), "not Callsheet's");
    site.build().is_good();
    let after = site.page("index.html");
    let bare = |html: &str| html.split_whitespace().filter(|word| !word.contains("assets/")).collect::<String>();
    assert_eq!(bare(&after), bare(&before), "a copy looks as what it was copied from");
    for again in ["story_card", "home.html:hero", "--surface", "still.html"] {
        let refused = theme(&site, &["eject", "callsheet", again]);
        assert_eq!(refused.code, Some(2), "{again}");
        assert!(refused.stderr.contains("already"), "{again}: {}", refused.stderr);
    }
    site.edit("theme/tokens.css", "--line: light-dark", "--line: red; --x: light-dark");
    site.build().is_good();
    assert!(style(&site).contains("--line: red"));
}

#[test]
fn a_whole_theme_is_ejected_into_a_folder_of_its_own() {
    let site = SiteTest::good();
    let done = theme(&site, &["eject", "broadsheet"]);
    assert!(done.stderr.contains("theme = \"themes/broadsheet\""), "{}", done.stderr);
    assert!(theme(&site, &["eject", "broadsheet"]).stderr.contains("is there already"));
    site.edit("site.toml", "theme = \"premiere\"", "theme = \"broadsheet\"");
    site.build().is_good();
    let (page, css) = (site.page("stories/rain/index.html"), style(&site));
    site.edit("site.toml", "theme = \"broadsheet\"", "theme = \"themes/broadsheet\"");
    site.build().is_good();
    assert!((site.page("stories/rain/index.html"), style(&site)) == (page, css), "the copy looks otherwise");
}

#[test]
fn what_cannot_be_ejected_is_told_with_what_can() {
    let site = SiteTest::good();
    for (arguments, what) in [
        (&["eject", "premiere", "list"][..], "`galleries.html:list` or `stories.html:list`"),
        (&["eject", "premiere", "storycard"], "Did you mean `story_card`?"),
        (&["eject", "premiere", "home.html:heroes"], "Its blocks are light, hero, film"),
        (&["eject", "premiere", "hom.html:hero"], "There is no page `hom.html`"),
        (&["eject", "themes/x", "story_card"], "There is no theme `themes/x` inside Backlot"),
        (&["eject", "premiere", "toc", "--site", "nowhere"], "There is no site.toml in `nowhere`"),
    ] {
        let refused = theme(&site, arguments);
        assert_eq!(refused.code, Some(2), "{arguments:?}");
        assert!(refused.stderr.contains(what), "{arguments:?}: {}", refused.stderr);
    }
    assert!(!site.path("theme").exists());
}

#[test]
fn fonts_begin_with_the_lightest_weight_that_the_theme_or_the_site_asks_for() {
    let inter = |site: &SiteTest| {
        site.build().is_good();
        let css = style(site);
        let rule = css.split("@font-face").find(|rule| rule.contains("\"Inter\";src:url(")).unwrap().to_owned();
        let weights = rule.split("font-weight:").nth(1).unwrap().split(';').next().unwrap().to_owned();
        let font = site.tree().into_iter().find(|(path, _)| path.contains("fonts/inter-") && path.ends_with("woff2"));
        (weights, font.unwrap().1.len())
    };
    let (plain, small) = inter(&SiteTest::good());
    assert_eq!(plain, "400 900", "no text of the theme is lighter");
    let cases: [(&str, &[(&str, &str)]); 4] = [
        ("premiere", &[("theme/tokens.css", "@layer site { :root { --weight-label: 250 } }")]),
        ("premiere", &[("theme/theme.css", "@layer site { .label { font: 250 1rem/1 Inter } }")]),
        (
            "themes/mine",
            &[
                ("themes/mine/theme.toml", "extends = \"premiere\"\n"),
                ("themes/mine/theme.css", "p { font-weight: 250 }"),
            ],
        ),
        (
            "themes/mine",
            &[(
                "themes/mine/theme.toml",
                "extends = \"premiere\"\n[fonts.label]\nfamily = \"Inter\"\nweights = [250]\n",
            )],
        ),
    ];
    for (theme, files) in cases {
        let (weights, large) = inter(&with_theme(theme, files));
        assert_eq!(weights, "100 900", "{files:?}");
        assert!(large * 88 > small * 100, "{files:?}: {large} bytes beside {small}");
    }
    let bolder = with_theme("premiere", &[("theme/theme.css", "@layer site { .label { font-weight: 700 } }")]);
    assert_eq!(inter(&bolder).0, "400 900");
}
