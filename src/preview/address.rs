//! From the path of a request to the path of an output, and never to anything else.
//!
//! A path of an output is looked up in the list of outputs; no path of a request ever reaches the
//! disk. What is refused here would not be in the list anyway: it is said early and plainly.

use percent_encoding::percent_decode_str;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// This output, with status 200.
    Output(String),
    /// A folder without its last slash: go there.
    Folder,
    /// Nothing is there.
    Nothing,
    /// No honest browser asks for this.
    Refused,
}

/// The decoded path below the root, without the first slash. `None` for what no output can be called.
pub(super) fn decode(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let lower = path.to_ascii_lowercase();
    if lower.contains("%2f") || lower.contains("%5c") {
        return None;
    }
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let inner = decoded.strip_suffix('/').unwrap_or(&decoded);
    let fine = |part: &str| !part.is_empty() && part != "." && part != "..";
    let named = decoded.is_empty() || inner.split('/').all(fine);
    (named && !decoded.chars().any(|c| c.is_control() || c == '\\')).then(|| decoded.into_owned())
}

/// What a static host would give for a path, from the outputs that there are.
pub(super) fn find(path: &str, has: impl Fn(&str) -> bool) -> Target {
    let Some(name) = decode(path) else { return Target::Refused };
    if name.is_empty() || name.ends_with('/') {
        let index = format!("{name}index.html");
        return if has(&index) { Target::Output(index) } else { Target::Nothing };
    }
    if has(&name) {
        return Target::Output(name);
    }
    if has(&format!("{name}/index.html")) {
        return Target::Folder;
    }
    let page = format!("{name}.html");
    if has(&page) { Target::Output(page) } else { Target::Nothing }
}

/// The page that somebody looks at who asks for a path; `None` for what is no page, whether it is there or not.
pub(super) fn page(path: &str) -> Option<String> {
    let name = decode(path)?;
    if name.is_empty() || name.ends_with('/') {
        return Some(format!("{name}index.html"));
    }
    name.ends_with(".html").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &[&str] = &["index.html", "stories/rain/index.html", "a b.txt", "100%.txt", "about.html", "é.jpg"];

    fn get(path: &str) -> Target {
        find(path, |name| SITE.contains(&name))
    }

    fn output(name: &str) -> Target {
        Target::Output(name.to_owned())
    }

    #[test]
    fn addresses_are_those_of_a_static_host() {
        assert_eq!(get("/"), output("index.html"));
        assert_eq!(get("/stories/rain/"), output("stories/rain/index.html"));
        assert_eq!(get("/stories/rain"), Target::Folder);
        assert_eq!(get("/stories/rain/index.html"), output("stories/rain/index.html"));
        assert_eq!(get("/a%20b.txt"), output("a b.txt"));
        assert_eq!(get("/100%25.txt"), output("100%.txt"));
        assert_eq!(get("/%C3%A9.jpg"), output("é.jpg"));
        assert_eq!(get("/about"), output("about.html"));
        assert_eq!(get("/stories/"), Target::Nothing);
        assert_eq!(get("/nothing"), Target::Nothing);
    }

    #[test]
    fn no_path_leads_out() {
        for path in [
            "/../site.toml",
            "/stories/../../site.toml",
            "/%2e%2e/site.toml",
            "/..%2fsite.toml",
            "/..%5csite.toml",
            "/..\\site.toml",
            "//etc/passwd",
            "/stories//rain",
            "/./index.html",
            "/index.html%00.jpg",
            "/%ff",
            "/a%0d%0ab",
            "etc/passwd",
            "",
        ] {
            assert_eq!(get(path), Target::Refused, "{path}");
        }
        for path in ["/%252e%252e/site.toml", "/etc/passwd", "/C:/site.toml", "/~/x", "/.backlot-output.json"] {
            assert_eq!(get(path), Target::Nothing, "{path}");
        }
    }
}
