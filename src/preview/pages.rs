//! What the preview adds to pages, and its own few pages and files.

use crate::html::escape;

/// What stands in place of a picture that is not developed yet.
pub(super) const DEVELOPING: &str = include_str!("page/developing.svg");

/// A file of the preview's own, and its media type.
pub(super) fn own(name: &str) -> Option<(&'static str, &'static str)> {
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    const STYLE: &str = "text/css; charset=utf-8";
    Some(match name {
        "" | "index.html" => (include_str!("page/index.html"), "text/html; charset=utf-8"),
        "index.js" => (include_str!("page/index.js"), SCRIPT),
        "index.css" => (concat!(include_str!("page/palette.css"), include_str!("page/index.css")), STYLE),
        "preview.js" => (include_str!("page/preview.js"), SCRIPT),
        "news.js" => (include_str!("page/news.js"), SCRIPT),
        "worker.js" => (include_str!("page/worker.js"), SCRIPT),
        "update.js" => (include_str!("page/update.js"), SCRIPT),
        "bar.js" => (include_str!("page/bar.js"), SCRIPT),
        "panel.js" => (include_str!("page/panel.js"), SCRIPT),
        "tool.css" => (concat!(include_str!("page/palette.css"), include_str!("page/tool.css")), STYLE),
        _ => return None,
    })
}

/// A page with the script that keeps it up to date, as the last thing in it. `page` is the path of
/// the output, `wanted` what was asked for.
pub(super) fn with_script(mut bytes: Vec<u8>, run: &str, version: u64, page: &str, wanted: &str) -> Vec<u8> {
    let script = format!(
        "<script type=\"module\" src=\"/{}preview.js\" id=\"backlot-preview\" data-run=\"{}\" data-version=\"{version}\" data-page=\"{}\" data-wanted=\"{}\"></script>",
        super::OWN,
        escape(run),
        escape(page),
        escape(wanted),
    );
    let at = memchr::memmem::rfind(&bytes, b"</body>").unwrap_or(bytes.len());
    bytes.splice(at..at, script.into_bytes());
    bytes
}

/// Before there is a first good site.
pub(super) fn nothing_yet() -> Vec<u8> {
    bare(
        "The site is being built",
        "It will be here in a moment. If something has to be mended first, it is said here.",
    )
}

/// Where the site has no page of its own for what is not there.
pub(super) fn nothing_here() -> Vec<u8> {
    bare("Nothing here", "No page of the site has this address.")
}

fn bare(title: &str, text: &str) -> Vec<u8> {
    include_str!("page/bare.html").replace("{title}", title).replace("{text}", text).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_the_last_thing_in_a_page() {
        let text =
            String::from_utf8(with_script(b"<body>x</body></html>".to_vec(), "r", 3, "a\"b.html", "")).expect("text");
        assert!(text.starts_with("<body>x<script") && text.ends_with("</script></body></html>"), "{text}");
        assert!(text.contains("data-version=\"3\"") && text.contains("data-page=\"a&quot;b.html\""), "{text}");
        assert!(with_script(b"x".to_vec(), "r", 1, "", "").ends_with(b"</script>"));
    }
}
