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
/// comments and indentation, which visitors would load for nothing.
fn joined<'t>(modules: impl Iterator<Item = &'t str>) -> String {
    let mut script = "\"use strict\";{\n".to_owned();
    for line in modules.flat_map(str::lines).map(str::trim) {
        let is_comment = line.starts_with("//") || line.starts_with("/*") || line.starts_with("* ") || line == "*/";
        if line.is_empty() || is_comment || line.starts_with("import ") {
            continue;
        }
        script.push_str(line.strip_prefix("export ").unwrap_or(line));
        script.push('\n');
    }
    script.push_str("}\n");
    script
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn modules_are_joined_in_one_block_without_what_only_modules_have() {
        let first = "// Says what it is.\n/** Doubles. */\nexport const twice = (n) =>\n  2 * n;\n";
        let second = "import { twice } from \"./first.js\";\n\nconst four = twice(2); // stays\n";
        let expected = "\"use strict\";{\nconst twice = (n) =>\n2 * n;\nconst four = twice(2); // stays\n}\n";
        assert_eq!(joined([first, second].into_iter()), expected);
    }
}
