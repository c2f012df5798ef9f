//! The house is in order: rooms use only rooms below them, as ARCHITECTURE.md says; messages have
//! names that are used; nothing is left to be done later.

#![allow(clippy::unwrap_used)] // a test that cannot read the project has failed

use backlot::diagnostic::codes;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Text files below a folder of the project, with their paths.
fn texts(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![root.join(folder)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let skipped = ["node_modules", "public", ".backlot", "scaffold"];
            if !path.file_name().is_some_and(|name| skipped.iter().any(|s| name == *s)) {
                waiting.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
            }
        } else if path.extension().is_some_and(|ending| endings.iter().any(|e| ending == *e)) {
            let shown = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push((shown, std::fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// The rooms of ARCHITECTURE.md from top to bottom, each with the rooms it may use.
fn documented() -> Vec<(String, BTreeSet<String>)> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let section = text.split("\n## ").find(|section| section.starts_with("The rooms")).expect("a section on the rooms");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let uses = cells[3].split_whitespace().map(|name| name.trim_matches('`').to_owned()).collect();
        (cells[0].trim_matches('`').to_owned(), uses)
    })
    .collect()
}

/// The rooms that a source text names: `crate::a::B` and `crate::{a, b::C}`, comments aside.
fn named(source: &str) -> BTreeSet<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => rooms.extend(members(group)),
            None => rooms.extend(first_word(rest)),
        }
    }
    rooms
}

/// First words of the members of a group in braces, whose opening brace is gone already.
fn members(group: &str) -> Vec<String> {
    let (mut depth, mut words, mut start) = (0_i32, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                words.extend(first_word(&group[start..at]));
                return words;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                words.extend(first_word(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    words
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// What each room uses, from `src/`.
fn used() -> BTreeMap<String, BTreeSet<String>> {
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in texts("src", &["rs"]) {
        let room = path.split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
        if !["lib", "main"].contains(&room.as_str()) {
            let own = room.clone();
            rooms.entry(room).or_default().extend(named(&text).into_iter().filter(|name| *name != own));
        }
    }
    rooms
}

#[test]
fn imports_are_found_in_every_form() {
    let source = "use crate::{a, b::{C, d}, e::F};\n// crate::not\nuse crate::g;\nfn x() { crate::h::i() }";
    assert_eq!(named(source).into_iter().collect::<Vec<_>>(), ["a", "b", "e", "g", "h"]);
}

#[test]
fn rooms_use_what_the_architecture_says() {
    let documented = documented();
    let used = used();
    let names: BTreeSet<&String> = documented.iter().map(|(name, _)| name).collect();
    assert_eq!(names, used.keys().collect(), "the rooms of ARCHITECTURE.md and the folders of src/ differ");
    for (name, says) in &documented {
        assert_eq!(says, &used[name], "`{name}`: ARCHITECTURE.md (left) and its `use crate::` lines (right) differ");
    }
}

#[test]
fn rooms_use_only_rooms_below_them() {
    let order: Vec<String> = documented().into_iter().map(|(name, _)| name).collect();
    let floor = |room: &str| order.iter().position(|name| name == room);
    for (room, uses) in used() {
        let upward: Vec<&String> = uses.iter().filter(|other| floor(other) <= floor(&room)).collect();
        assert!(upward.is_empty(), "`{room}` uses {upward:?}, which stand above it");
    }
}

#[test]
fn only_disk_opens_files() {
    for (path, text) in texts("src", &["rs"]) {
        let tests = path.ends_with("tests.rs") || path.contains("/tests/") || path.ends_with("fixtures.rs");
        let code = text.split("#[cfg(test)]").next().unwrap();
        if !path.starts_with("src/disk/") && !tests {
            let opens = ["std::fs", "File::open", "File::create", "OpenOptions"].iter().any(|door| code.contains(door));
            assert!(!opens, "{path} opens files past `disk`");
        }
    }
}

#[test]
fn codes_are_well_formed_unique_and_used() {
    let sources = texts("src", &["rs"]);
    let mut seen = BTreeSet::new();
    for (code, about) in codes::ALL {
        let name = code.0;
        let kebab = name.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()));
        assert!(kebab, "`{name}` is not kebab-case");
        assert!(seen.insert(name), "`{name}` is there twice");
        assert!(about.ends_with('.') && about.len() < 100, "`{name}` wants one sentence: {about}");
        let constant = format!("codes::{}", name.replace('-', "_").to_uppercase());
        assert!(sources.iter().any(|(_, text)| uses(text, &constant)), "nobody says `{name}` ({constant})");
    }
    assert!(seen.len() > 30, "the list of codes has not been read");
}

fn uses(text: &str, constant: &str) -> bool {
    text.match_indices(constant).any(|(at, _)| {
        let next = text[at + constant.len()..].chars().next();
        !next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

#[test]
fn nothing_is_left_for_later() {
    // In two parts, so that this file does not find itself.
    let words = [["TO", "DO"], ["FIX", "ME"], ["todo", "!"], ["unimplemented", "!"], ["dbg", "!"]];
    let words: Vec<String> = words.iter().map(|parts| parts.concat()).collect();
    let folders = ["src", "templates", "themes", "tests", "example-site", ".ci", ".github"];
    let endings = ["rs", "html", "css", "js", "mjs", "toml", "md", "yml"];
    let files: Vec<_> = folders.iter().flat_map(|folder| texts(folder, &endings)).collect();
    assert!(files.len() > 100, "the project has not been read");
    for (path, text) in files {
        for word in &words {
            let alone = |at: usize| {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '_')
            };
            let found = text.match_indices(word.as_str()).any(|(at, _)| alone(at));
            assert!(!found, "{path} says {word}: do it, or open an issue");
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (path, text) in texts("src", &["rs"]) {
        if !path.ends_with("tests.rs") {
            assert!(text.starts_with("//! "), "{path} does not begin with `//!`");
        }
    }
}

#[test]
fn every_language_has_every_word() {
    let files = texts("templates/words", &["toml"]);
    let keys = |text: &str| -> BTreeSet<String> {
        let table: toml::Table = text.parse().unwrap();
        table.keys().cloned().collect()
    };
    let (_, english) = files.iter().find(|(path, _)| path.ends_with("/en.toml")).expect("the English words");
    assert!(files.len() >= 4, "English, German, French and Spanish");
    for (path, text) in &files {
        assert_eq!(keys(text), keys(english), "{path} and en.toml differ in their keys");
    }
}
