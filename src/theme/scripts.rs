//! The site's scripts. Each is joined from a few modules of `templates/js/`; a page loads only those that
//! it has a use for.
//!
//! The entry point is [`all`]. The modules are written with `import` and `export`, and are joined here
//! because browsers load no modules for a page that lies on a disk (`file://`).

use std::collections::BTreeMap;

/// A script that some pages load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    /// The days that are left until the release.
    Countdown,
    /// The slider over before and after.
    Compare,
    /// Clips of the site: chapters, slow motion, reels.
    Clips,
    /// Outside videos.
    Outside,
    /// Pictures over the page, as large as the screen.
    Viewer,
}

impl Script {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Countdown, Self::Compare, Self::Clips, Self::Outside, Self::Viewer];

    /// What its file is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Countdown => "countdown",
            Self::Compare => "compare",
            Self::Clips => "clips",
            Self::Outside => "outside",
            Self::Viewer => "viewer",
        }
    }

    /// Its modules below `templates/js/`, each after those that it imports from.
    fn modules(self) -> &'static [&'static str] {
        match self {
            Self::Countdown => &["countdown.js"],
            Self::Compare => &["compare.js"],
            Self::Clips => &["clips.js"],
            Self::Outside => &["outside.js"],
            Self::Viewer => &[
                "viewer/geometry.js",
                "viewer/items.js",
                "viewer/slide.js",
                "viewer/gestures.js",
                "viewer/address.js",
                "viewer/viewer.js",
            ],
        }
    }
}

/// Every script, ready to publish; `files` are those of the base layer by path.
pub(super) fn all(files: &BTreeMap<String, String>) -> BTreeMap<Script, String> {
    let text = |name: &&str| files.get(&format!("js/{name}")).map_or("", String::as_str);
    Script::ALL.into_iter().map(|script| (script, joined(script.modules().iter().map(text)))).collect()
}

/// A script of one module, ready to publish.
pub(super) fn alone(files: &BTreeMap<String, String>, name: &str) -> String {
    joined(files.get(&format!("js/{name}")).map(String::as_str).into_iter())
}

/// Modules as one script: in a block of its own, without the lines that only modules have, and without
/// comments and spaces, which visitors would load for nothing. No text in them goes over several lines, and
/// no regular expression has a space or a quotation mark in it.
fn joined<'t>(modules: impl Iterator<Item = &'t str>) -> String {
    let mut script = "\"use strict\";{\n".to_owned();
    for line in modules.flat_map(str::lines).map(str::trim) {
        let is_comment = line.starts_with("//") || line.starts_with("/*") || line.starts_with("* ") || line == "*/";
        if line.is_empty() || is_comment || line.starts_with("import ") {
            continue;
        }
        script.push_str(&squeezed(line.strip_prefix("export ").unwrap_or(line)));
        script.push('\n');
    }
    script.push_str("}\n");
    script
}

/// A line without what follows `//`, and without the spaces beside signs, unless they stand in a text.
fn squeezed(line: &str) -> String {
    // A sign that may stand twice to mean something else, as `+` and `-` do, keeps its spaces.
    const SIGNS: &str = "=<>{}()[],;:?&|*!";
    let mut short = String::with_capacity(line.len());
    let mut text: Option<char> = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        let rest = &line[at..];
        if text.is_none() && c == ' ' {
            let beside = short.chars().next_back().into_iter().chain(rest[1..].chars().next());
            if rest.starts_with(" //") {
                break;
            } else if beside.into_iter().any(|sign| SIGNS.contains(sign)) {
                continue;
            }
        }
        match text {
            Some(quote) if c == quote && !escaped => text = None,
            None if matches!(c, '"' | '\'' | '`') => text = Some(c),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        short.push(c);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{joined, squeezed};

    #[test]
    fn modules_are_joined_in_one_block_without_what_only_modules_have() {
        let first = "// Says what it is.\n/** Doubles. */\nexport const twice = (n) =>\n  2 * n;\n";
        let second = "import { twice } from \"./first.js\";\n\nconst four = twice(2); // not this\n";
        let expected = "\"use strict\";{\nconst twice=(n)=>\n2*n;\nconst four=twice(2);\n}\n";
        assert_eq!(joined([first, second].into_iter()), expected);
    }

    #[test]
    fn texts_keep_their_spaces_and_signs_that_could_run_together_too() {
        assert_eq!(squeezed("say(`a, ${b} // c`, \"d = \\\" e\"); // f"), "say(`a, ${b} // c`,\"d = \\\" e\");");
        assert_eq!(squeezed("const a = b + +c - -d, e = f ? g : [h];"), "const a=b + +c - -d,e=f?g:[h];");
        assert_eq!(squeezed("for (const a of b) else return a;"), "for(const a of b)else return a;");
    }
}
