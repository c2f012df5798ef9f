//! What comes into the binary may be given on: every crate that is built, on any system, has a licence
//! that `deny.toml` allows. Advisories and sources are `cargo deny`'s work; this needs no tool and no network.

#![allow(clippy::unwrap_used)] // a test that cannot read the project has failed

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Whether a licence expression (SPDX 2.3, annex D) can be met with what is allowed. `meet` notes what was used.
fn met(expression: &str, allowed: &BTreeSet<String>, used: &mut BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let result = either(&words, &mut at, allowed, used);
    assert_eq!(at, words.len(), "`{expression}` is no licence expression");
    result
}

fn either(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>, used: &mut BTreeSet<String>) -> bool {
    let mut result = both(words, at, allowed, used);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        result |= both(words, at, allowed, used);
    }
    result
}

fn both(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>, used: &mut BTreeSet<String>) -> bool {
    let mut result = one(words, at, allowed, used);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        result &= one(words, at, allowed, used);
    }
    result
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>, used: &mut BTreeSet<String>) -> bool {
    let word = words.get(*at).copied().unwrap_or("nothing");
    *at += 1;
    if word == "(" {
        let result = either(words, at, allowed, used);
        assert_eq!(words.get(*at), Some(&")"), "a bracket is not closed");
        *at += 1;
        return result;
    }
    let mut name = word.to_owned();
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).copied().unwrap_or_default());
        *at += 2;
    }
    let allowed = allowed.contains(&name);
    used.extend(allowed.then_some(name));
    allowed
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn expressions_are_read() {
    let allowed = set(&["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"]);
    let met = |expression| met(expression, &allowed, &mut BTreeSet::new());
    assert!(met("MIT") && met("MIT OR GPL-3.0") && met("GPL-3.0/MIT") && met("(GPL-3.0 OR MIT) AND Zlib"));
    assert!(met("Apache-2.0 WITH LLVM-exception") && met("AGPL-3.0 AND GPL-2.0 OR MIT"));
    assert!(!met("AGPL-3.0") && !met("MIT AND GPL-3.0") && !met("Apache-2.0") && !met("(MIT OR Zlib) AND AGPL-3.0"));
}

#[test]
fn every_crate_has_an_allowed_licence_and_every_allowed_licence_is_needed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let deny: toml::Table = std::fs::read_to_string(root.join("deny.toml")).unwrap().parse().unwrap();
    let allowed: BTreeSet<String> =
        deny["licenses"]["allow"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .current_dir(root)
        .output()
        .expect("this test needs cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages: BTreeMap<&str, &Value> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect();

    let mut used = BTreeSet::new();
    let wrong: Vec<String> = (metadata["resolve"]["nodes"].as_array().unwrap().iter())
        .map(|node| packages[node["id"].as_str().unwrap()])
        .filter(|package| !package["license"].as_str().is_some_and(|text| met(text, &allowed, &mut used)))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(packages.len() > 100, "the tree has not been read");
    assert!(wrong.is_empty(), "not allowed by deny.toml:\n{}", wrong.join("\n"));
    assert_eq!(used, allowed, "deny.toml allows what nothing needs");
}
