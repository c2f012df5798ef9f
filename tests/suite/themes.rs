//! The themes: each folder has what a theme needs, each shows every page, and `[theme]` in site.toml does what it says.

use crate::support::{SiteTest, Tree};
use backlot::theme::{Rgb, contrast, names};
use backlot::typeface::lightest_asked_for;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The widths that all themes share, so that no still is developed twice because of a theme.
const LADDER: &[i64] = &[160, 240, 320, 480, 720, 1080, 1440, 1920, 2560];

/// A picture in a README is looked at over a telephone too.
const LARGEST_PICTURE: u64 = 150_000;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn manifest(name: &str) -> toml::Table {
    read(&project().join("themes").join(name).join("theme.toml")).parse().unwrap()
}

fn keys(table: &toml::Value) -> BTreeSet<&str> {
    table.as_table().unwrap().keys().map(String::as_str).collect()
}

fn colour(value: &toml::Value) -> Rgb {
    Rgb::parse(value.as_str().unwrap()).unwrap()
}

#[test]
fn a_theme_has_what_the_contract_asks() {
    let model = manifest("premiere");
    for name in names() {
        let (folder, toml) = (project().join("themes").join(&name), manifest(&name));
        assert_eq!(toml["name"].as_str(), Some(name.as_str()));
        for key in ["title", "description", "color_scheme"] {
            assert!(toml.contains_key(key), "{name}: theme.toml has no {key}");
        }
        assert_eq!(keys(&toml["fonts"]), keys(&model["fonts"]), "{name}: parts of the fonts");
        assert_eq!(keys(&toml["roles"]), keys(&model["roles"]), "{name}: roles");
        for (role, fields) in toml["roles"].as_table().unwrap() {
            let widths = fields["widths"].as_array().unwrap().iter().map(|w| w.as_integer().unwrap());
            let odd: Vec<i64> = widths.filter(|w| !LADDER.contains(w) && role != "social").collect();
            assert!(odd.is_empty(), "{name}: {role} has widths of its own: {odd:?}");
        }
        let css = read(&folder.join("tokens.css"));
        for scheme in ["dark", "light"] {
            let (surface, text) = (&toml["colors"]["surface"][scheme], &toml["colors"]["text"][scheme]);
            assert!(contrast(colour(surface), colour(text)) >= 7.0, "{name}: text in the {scheme} scheme");
            for value in [surface, text] {
                assert!(css.contains(value.as_str().unwrap()), "{name}: {value} of theme.toml is not in tokens.css");
            }
        }
        assert!(
            css.contains(toml["colors"]["accent"].as_str().unwrap()),
            "{name}: the accent is another in tokens.css"
        );
        let weights = toml["fonts"].as_table().unwrap().values().flat_map(|font| font["weights"].as_array().unwrap());
        let lightest = weights.map(|weight| weight.as_integer().unwrap()).min();
        let asked = lightest_asked_for([css, read(&folder.join("theme.css"))].iter().map(String::as_str));
        assert!(
            // 1 is said where a name stands for any.
            asked.is_none_or(|asked| asked == 1 || Some(i64::from(asked)) >= lightest),
            "{name}: {asked:?} is in no list of weights, and in no font"
        );
        its_readme(&name, &folder);
    }
}

fn its_readme(name: &str, folder: &Path) {
    let readme = read(&folder.join("README.md"));
    let picture = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).find(|p| p.ends_with(".jpg"));
    let picture = folder.join(picture.unwrap_or_else(|| panic!("{name}: README shows no picture")));
    let size = fs::metadata(&picture).unwrap_or_else(|error| panic!("{}: {error}", picture.display())).len();
    assert!(size < LARGEST_PICTURE, "{}: {size} bytes", picture.display());
    for place in ["README.md", "src/cli/scaffold/site.toml"] {
        assert!(read(&project().join(place)).contains(name), "{place} does not name {name}");
    }
}

#[test]
fn a_theme_writes_only_in_its_layers() {
    for name in names() {
        for (file, layer) in [("tokens.css", "@layer tokens {"), ("theme.css", "@layer theme {")] {
            let css = read(&project().join("themes").join(&name).join(file));
            let (before, inside) = css.split_once(layer).unwrap_or_else(|| panic!("{name}/{file} has no {layer}"));
            assert!(!before.contains('{') && !css.contains("!important"), "{name}/{file}");
            let depth = inside.chars().try_fold(1_i32, |depth, c| match (depth, c) {
                // What follows the end of the layer stands in none.
                (0, c) if !c.is_whitespace() => None,
                (_, '{') => Some(depth + 1),
                (_, '}') => Some(depth - 1),
                _ => Some(depth),
            });
            assert_eq!(depth, Some(0), "{name}/{file}: something stands outside of {layer}");
        }
    }
}

fn pages(tree: &Tree) -> BTreeSet<&String> {
    tree.keys().filter(|path| path.ends_with(".html")).collect()
}

#[test]
fn every_theme_shows_every_page_from_the_same_pictures() {
    let site = SiteTest::good();
    site.build().is_good();
    let model = site.tree();
    let mut looks = BTreeSet::new();
    for name in names() {
        site.renew().edit("site.toml", "theme = \"premiere\"", &format!("theme = \"{name}\""));
        let outcome = site.build();
        outcome.is_good();
        let tree = site.tree();
        assert_eq!(pages(&tree), pages(&model), "{name}");
        for path in pages(&tree) {
            let html = site.page(path);
            assert!(html.contains("</html>") && html.contains("<h1"), "{name}: {path} is not whole");
            assert!(!html.contains("{{") && !html.contains("{%"), "{name}: {path} shows a template");
        }
        let css = tree.keys().find(|path| path.ends_with(".css")).unwrap();
        assert!(looks.insert(site.page(css)), "{name} looks like another theme");
    }
}

#[test]
fn every_theme_takes_the_example_site() {
    let example = project().join("example-site");
    for name in names() {
        let site = SiteTest::empty();
        copy(&example, &site.root());
        site.edit("site.toml", "theme = \"premiere\"", &format!("theme = \"{name}\""));
        let checked = site.run("check", &["--quiet"]);
        assert_eq!(checked.code, Some(0), "{name}: {}", checked.stderr);
    }
}

/// Files and folders, without what a build leaves there.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().map(Result::unwrap) {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name() == "public" || entry.file_name() == ".backlot" {
            continue;
        }
        if source.is_dir() {
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).unwrap();
        }
    }
}

/// The good site with more in its `[theme]`: what is told, and the style sheet.
fn with_settings(theme: &str, settings: &str) -> (String, String) {
    let site = SiteTest::good();
    site.edit("site.toml", "theme = \"premiere\"", &format!("theme = \"{theme}\""));
    site.edit("site.toml", "accent = \"#f2b45c\"", settings);
    let outcome = site.build();
    let tree = site.tree();
    let css = tree.keys().find(|path| path.ends_with(".css")).map(|path| site.page(path));
    (outcome.told(), css.unwrap_or_default())
}

#[test]
fn a_background_colours_the_page() {
    let (told, css) = with_settings("premiere", "background = \"#101a2b\"");
    assert_eq!(told, "");
    assert!(css.contains("#101a2b"), "the colour is not in the style sheet");
    // The light scheme keeps its paper.
    let (told, css) = with_settings("premiere", "background = \"#fff7e8\"");
    assert_eq!(told, "");
    assert!(css.contains("#fff7e8") && css.contains("#09090a"));
}

#[test]
fn a_background_that_words_drown_in_is_told_with_the_nearest_that_works() {
    for (theme, settings) in [
        ("premiere", "background = \"#5a4a3a\""),
        ("broadsheet", "background = \"#b8a88c\""),
        ("broadsheet", "background = \"#111111\""),
    ] {
        let (told, _) = with_settings(theme, settings);
        assert!(told.contains("low-contrast") && told.contains("hard to read"), "{settings}: {told}");
        let nearest = told.split("be read is `").nth(1).and_then(|rest| rest.split('`').next()).expect("a colour");
        let (told, _) = with_settings(theme, &format!("background = \"{nearest}\""));
        assert_eq!(told, "", "the nearest to {settings}, {nearest}, is no better");
    }
}

#[test]
fn an_accent_is_measured_on_the_background_that_is_shown() {
    let dark = "accent = \"#b3231b\"";
    assert!(with_settings("premiere", dark).0.contains("low-contrast"));
    assert_eq!(with_settings("broadsheet", dark).0, "");
    let both = "accent = \"#ffd27a\"\nbackground = \"#101a2b\"";
    assert_eq!(with_settings("premiere", both).0, "");
}

#[test]
fn density_and_fonts_reach_the_style_sheet() {
    let (told, css) =
        with_settings("premiere", "density = \"compact\"\ntitle_font = \"inter\"\nlabel_font = \"JetBrains Mono\"");
    assert_eq!(told, "");
    assert!(css.contains("--density:.7") || css.contains("--density: 0.7"), "no density");
    for (part, family) in [("display", "Inter"), ("label", "JetBrains Mono")] {
        let value = css.rsplit(&format!("--font-{part}:")).next().and_then(|rest| rest.split(';').next()).unwrap();
        assert!(value.contains(family), "--font-{part} is {value}");
    }
    let (told, _) = with_settings("premiere", "text_font = \"Helvetica\"");
    assert!(told.contains("the theme has no `Helvetica` for `text_font`") && told.contains("`Inter`"), "{told}");
}

#[test]
fn a_home_page_can_begin_with_words() {
    for name in names() {
        let site = SiteTest::good();
        site.edit("site.toml", "theme = \"premiere\"", &format!("theme = \"{name}\""));
        site.build().is_good();
        assert!(!site.page("index.html").contains("hero-plain"), "{name}");
        site.append("site.toml", "hero = \"words\"\n");
        site.build().is_good();
        let home = site.page("index.html");
        assert!(home.contains("hero-plain") && !home.contains("class=\"hero-picture\""), "{name}");
        assert!(home.contains("og:image"), "{name}: the card on social networks keeps its picture");
    }
}
