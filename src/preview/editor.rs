//! Links that open a file at a line in the writer's editor.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::Path;

/// Everything but what paths are made of.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// How to open a file, as an address with `{file}`, `{line}` and `{column}` in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editor(Option<String>);

/// Editors by the names of their programs, with the addresses that they listen to.
const KNOWN: &[(&[&str], &str)] = &[
    (&["code", "vscode"], "vscode://file{file}:{line}:{column}"),
    (&["code-insiders"], "vscode-insiders://file{file}:{line}:{column}"),
    (&["codium", "vscodium"], "vscodium://file{file}:{line}:{column}"),
    (&["cursor"], "cursor://file{file}:{line}:{column}"),
    (&["windsurf"], "windsurf://file{file}:{line}:{column}"),
    (&["zed", "zeditor"], "zed://file{file}:{line}:{column}"),
    (&["subl", "sublime", "sublime_text"], "subl://open?url=file://{file}&line={line}&column={column}"),
    (&["mate", "textmate"], "txmt://open?url=file://{file}&line={line}&column={column}"),
    (&["bbedit"], "x-bbedit://open?url=file://{file}&line={line}"),
    (&["mvim", "macvim"], "mvim://open?url=file://{file}&line={line}&column={column}"),
    (&["idea", "webstorm", "rustrover"], "idea://open?file={file}&line={line}&column={column}"),
    (&["nova"], "nova://open?path={file}&line={line}"),
];

impl Editor {
    /// From `--editor`, or else from `$VISUAL` and `$EDITOR`. Editors in a terminal have no address:
    /// places are only shown then.
    pub fn choose(asked: Option<&str>, environment: impl Fn(&str) -> Option<String>) -> Self {
        let named = asked.map(ToOwned::to_owned).or_else(|| environment("VISUAL")).or_else(|| environment("EDITOR"));
        Self(named.and_then(|name| address_of(name.trim())))
    }

    /// The address that opens a file of this machine at a line and column, both from 1.
    pub(super) fn link(&self, file: &Path, line: usize, column: usize) -> Option<String> {
        let shown = file.to_str()?.replace('\\', "/");
        let rooted = if shown.starts_with('/') { shown } else { format!("/{shown}") };
        let file = utf8_percent_encode(&rooted, PATH).to_string();
        let address = self.0.as_ref()?;
        Some(
            address
                .replace("{file}", &file)
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string()),
        )
    }
}

fn address_of(name: &str) -> Option<String> {
    if name.contains("{file}") && is_address(name) {
        return Some(name.to_owned());
    }
    let program = name.split_whitespace().next()?;
    let program = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let program = program.strip_suffix(".exe").unwrap_or(program).to_ascii_lowercase();
    KNOWN.iter().find(|(names, _)| names.contains(&program.as_str())).map(|(_, address)| (*address).to_owned())
}

/// An address of some program, but none that a browser would run or show itself.
fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    named && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) && scheme != "javascript"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(asked: Option<&str>, visual: Option<&str>) -> Option<String> {
        let environment = |name: &str| visual.filter(|_| name == "VISUAL").map(ToOwned::to_owned);
        Editor::choose(asked, environment).link(Path::new("/a b/c#1.md"), 3, 7)
    }

    #[test]
    fn known_editors_have_an_address() {
        let code = Some("vscode://file/a%20b/c%231.md:3:7".to_owned());
        assert_eq!(link(Some("code"), None), code);
        assert_eq!(link(None, Some("/usr/bin/code --wait")), code);
        assert_eq!(link(Some("x-my://go?f={file}&l={line}"), None), Some("x-my://go?f=/a%20b/c%231.md&l=3".to_owned()));
    }

    #[test]
    fn terminals_and_scripts_have_none() {
        for name in ["vim", "nano -w", "", "javascript://{file}", "{file}"] {
            assert_eq!(link(Some(name), None), None, "{name}");
        }
    }
}
