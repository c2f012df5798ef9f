//! Planted mistakes, each alone and all together: one message each, at its place, in plain words,
//! exit code 1, and the last good output as it was.

mod blocks;
mod galleries;
mod people;
mod settings;
mod stories;
mod texts;
mod whole_site;

use crate::support::{SiteTest, assert_same, place_of};
use serde_json::Value;

/// One mistake and what is to be said of it.
pub(super) struct Mistake {
    name: &'static str,
    edit: Edit,
    code: &'static str,
    /// Path below the site; empty for the story of an [`Edit::Story`].
    file: &'static str,
    /// The text that the message points at, its first place in the file; empty for the whole file.
    at: &'static str,
    /// Part of the message.
    says: &'static str,
    /// Part of one of the hints; empty when the message says all.
    hint: &'static str,
    /// It hides others, because nothing can be told of them any more.
    alone: bool,
}

enum Edit {
    /// A story more, with these fields beside its title, and this text.
    Story(&'static str, &'static str),
    /// In this file, this becomes that.
    Replace(&'static str, &'static str, &'static str),
    Do(fn(&SiteTest)),
}

type Expected = (&'static str, &'static str, &'static str, &'static str);

/// A story that is wrong: its fields, its text; then code, place, message and hint.
const fn story(name: &'static str, fields: &'static str, text: &'static str, expected: Expected) -> Mistake {
    let (code, at, says, hint) = expected;
    Mistake { name, edit: Edit::Story(fields, text), code, file: "", at, says, hint, alone: false }
}

/// A file of the good site in which something is replaced.
const fn replace(
    name: &'static str,
    file: &'static str,
    (from, to): (&'static str, &'static str),
    (code, at, says, hint): Expected,
) -> Mistake {
    Mistake { name, edit: Edit::Replace(file, from, to), code, file, at, says, hint, alone: false }
}

/// Anything else, about a file.
const fn other(name: &'static str, file: &'static str, edit: fn(&SiteTest), expected: Expected) -> Mistake {
    let (code, at, says, hint) = expected;
    Mistake { name, edit: Edit::Do(edit), code, file, at, says, hint, alone: false }
}

impl Mistake {
    const fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    fn file(&self) -> String {
        if self.file.is_empty() { format!("stories/wrong-{}.md", self.name) } else { self.file.to_owned() }
    }

    fn plant(&self, site: &SiteTest) {
        match self.edit {
            Edit::Story(fields, text) => {
                let title = self.name.replace('-', " ");
                site.file(&self.file(), &format!("+++\ntitle = \"Wrong {title}\"\n{fields}\n+++\n\n{text}\n"));
            }
            Edit::Replace(file, from, to) => {
                site.edit(file, from, to);
            }
            Edit::Do(edit) => edit(site),
        }
    }

    /// What is wrong with a message that should be about this mistake; empty when nothing is.
    fn judge(&self, message: &Value, site: &SiteTest) -> String {
        let text = |key: &str| message[key].as_str().unwrap_or_default();
        let mut wrong = Vec::new();
        let mut want = |good: bool, what: String| {
            if !good {
                wrong.push(what);
            }
        };
        want(text("code") == self.code, format!("the code is not {}", self.code));
        want(text("file") == self.file(), format!("the file is not {}", self.file()));
        want(text("message").contains(self.says), format!("the message does not say {:?}", self.says));
        let hints = message["hints"].as_array().unwrap();
        let hinted = hints.iter().any(|hint| hint.as_str().unwrap().contains(self.hint));
        want(hinted || self.hint.is_empty(), format!("no hint says {:?}", self.hint));
        if self.at.is_empty() {
            want(message["line"].is_null() || message["line"] == 1, "it points into the file".to_owned());
        } else {
            let text = site.text(&self.file());
            let (line, column) = place_of(&text, self.at);
            let place = (message["line"].as_u64(), message["column"].as_u64());
            let right = (Some(line as u64), Some(column as u64));
            want(place == right, format!("the place is {place:?}, not {right:?}"));
            let source = text.lines().nth(line - 1).unwrap();
            want(message["source"] == source, format!("the line shown is not {source:?}"));
        }
        wrong.join("; ")
    }
}

fn all() -> impl Iterator<Item = &'static Mistake> {
    let tables = [
        settings::MISTAKES,
        stories::MISTAKES,
        texts::MISTAKES,
        blocks::MISTAKES,
        people::MISTAKES,
        galleries::MISTAKES,
        whole_site::MISTAKES,
    ];
    tables.into_iter().flatten()
}

#[test]
fn the_good_site_has_nothing_to_say() {
    let site = SiteTest::good();
    let ran = site.run("build", &["--format", "json", "--strict"]);
    assert_eq!((ran.code, ran.json()), (Some(0), Vec::new()), "{}", ran.stderr);
}

#[test]
fn each_alone_is_one_message_and_the_output_stays() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    let mut failures = Vec::new();
    for mistake in all() {
        mistake.plant(site.renew());
        let ran = site.run("build", &["--format", "json"]);
        let errors = ran.json_errors();
        let wrong = match errors.as_slice() {
            [only] => mistake.judge(only, &site),
            others => format!("{} errors", others.len()),
        };
        if !wrong.is_empty() {
            failures.push(format!("{}: {wrong}\n{}", mistake.name, lines(&errors)));
        }
        if ran.code != Some(1) {
            failures.push(format!("{}: it ends with {:?}\n{}", mistake.name, ran.code, ran.stderr));
        }
        assert_same(&site.tree(), &before, mistake.name);
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), all().count(), failures.join("\n"));
}

#[test]
fn all_together_are_told_in_one_run() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    let mistakes: Vec<&Mistake> = all().filter(|mistake| !mistake.alone).collect();
    assert!(mistakes.len() >= 40, "only {} mistakes can stand together", mistakes.len());
    for mistake in &mistakes {
        mistake.plant(&site);
    }
    let ran = site.run("build", &["--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let mut errors = ran.json_errors();
    let mut missing = Vec::new();
    for mistake in &mistakes {
        match errors.iter().position(|error| mistake.judge(error, &site).is_empty()) {
            Some(found) => drop(errors.remove(found)),
            None => missing.push(mistake.name),
        }
    }
    assert!(missing.is_empty(), "not told: {missing:?}; beside the others there is\n{}", lines(&errors));
    assert!(errors.is_empty(), "beside them there is\n{}", lines(&errors));
    assert_same(&site.tree(), &before, "the last good output");
}

/// Where the settings cannot be read at all, the rest of the site is judged all the same.
#[test]
fn broken_settings_hide_nothing_else() {
    // Hours that do not exist are judged in the site's time zone, which stands in the settings.
    let rest = || all().filter(|m| !m.alone && m.file != "site.toml" && !m.name.starts_with("hour-"));
    let breakers = all().filter(|mistake| mistake.alone && mistake.file == "site.toml" && mistake.name != "no-site");
    for breaker in breakers.filter(|mistake| mistake.name != "timezone") {
        let site = SiteTest::good();
        rest().for_each(|mistake| mistake.plant(&site));
        breaker.plant(&site);
        let errors = site.run("build", &["--format", "json"]).json_errors();
        assert_eq!(errors.len(), rest().count() + 1, "{}:\n{}", breaker.name, lines(&errors));
    }
}

#[test]
fn people_see_the_line_with_a_caret() {
    for name in ["unknown-cover", "key-of-a-story", "accent", "remote-picture", "limited-without-scope"] {
        let mistake = all().find(|mistake| mistake.name == name).unwrap();
        let site = SiteTest::good();
        mistake.plant(&site);
        let ran = site.run("build", &[]);
        let (line, column) = place_of(&site.text(&mistake.file()), mistake.at);
        assert_eq!(ran.code, Some(1), "{name}");
        assert!(ran.stdout.is_empty(), "{name} printed to stdout: {}", ran.stdout);
        let place = format!("{}:{line}:{column}", mistake.file());
        let source = site.text(&mistake.file()).lines().nth(line - 1).unwrap().to_owned();
        let code = format!("error[{}]", mistake.code);
        for part in [&code, &place, &source, mistake.says, mistake.hint, "━", "Nothing was written: 1 error."] {
            assert!(ran.stderr.contains(part), "{name} does not show {part:?}:\n{}", ran.stderr);
        }
        assert!(!ran.stderr.contains('\u{1b}'), "colours where no terminal is:\n{}", ran.stderr);
    }
}

fn lines(errors: &[Value]) -> String {
    errors.iter().map(|error| format!("    {error}\n")).collect()
}
