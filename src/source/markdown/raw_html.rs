//! HTML inside Markdown: comments vanish, a few inline tags pass, everything else is refused.

use super::manuscript::Manuscript;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use pulldown_cmark::Event;
use std::ops::Range;

/// Inline tags that mean something and need no attribute.
const ALLOWED: &[&str] =
    &["abbr", "br", "cite", "del", "ins", "kbd", "mark", "q", "samp", "small", "sub", "sup", "u", "var", "wbr"];

/// One piece of inline HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Must not reach the page.
    Comment,
    /// `<br>` or `<wbr>`.
    Void(&'static str),
    /// An allowed tag, and the title of an `abbr`.
    Open(&'static str, Option<String>),
    /// The end of an allowed tag.
    Close(&'static str),
    /// An allowed tag with attributes.
    Dressed(&'static str),
    /// Anything else, by name.
    Refused(String),
    /// The end of anything else.
    RefusedEnd(String),
}

/// Reads one complete tag or comment.
pub(super) fn read(html: &str) -> Tag {
    if html.starts_with("<!--") {
        return Tag::Comment;
    }
    let (inside, closing) = match html.strip_prefix("</") {
        Some(inside) => (inside, true),
        None => (html.strip_prefix('<').unwrap_or(html), false),
    };
    let name = name_of(inside);
    let allowed = ALLOWED.iter().copied().find(|allowed| *allowed == name);
    let rest = inside.get(name.len()..).unwrap_or("").trim_end_matches('>').trim_end_matches('/').trim();
    match allowed {
        None if closing => Tag::RefusedEnd(name),
        None => Tag::Refused(name),
        Some(name) if closing => Tag::Close(name),
        Some(name @ ("br" | "wbr")) if rest.is_empty() => Tag::Void(name),
        Some(name) if rest.is_empty() => Tag::Open(name, None),
        Some("abbr") => match title_of(rest) {
            Some(title) => Tag::Open("abbr", Some(title)),
            None => Tag::Dressed("abbr"),
        },
        Some(name) => Tag::Dressed(name),
    }
}

fn name_of(inside: &str) -> String {
    let name: String =
        inside.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '!' | '?' | '[')).collect();
    name.to_ascii_lowercase()
}

fn title_of(attributes: &str) -> Option<String> {
    let value = attributes.strip_prefix("title")?.trim_start().strip_prefix('=')?.trim();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let title = value.strip_prefix(quote)?.strip_suffix(quote)?;
    (!title.contains(quote)).then(|| {
        let plain = title.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
        plain.replace("&#39;", "'").replace("&amp;", "&")
    })
}

/// The message about a tag that cannot stand in a text.
pub(super) fn refusal(name: &str) -> Diagnostic {
    Diagnostic::error(codes::HTML_NOT_ALLOWED, format!("the HTML tag `<{name}>` cannot stand in a text"))
        .hint(advice(name))
}

/// The message about an allowed tag with attributes.
pub(super) fn dressed(name: &str) -> Diagnostic {
    let wanted = if name == "abbr" { "<abbr title=\"in full\">".to_owned() } else { format!("<{name}>") };
    Diagnostic::error(codes::HTML_NOT_ALLOWED, format!("`<{name}>` cannot have these attributes"))
        .hint(format!("Write only `{wanted}`."))
}

fn advice(name: &str) -> String {
    let advice = match name {
        "iframe" | "video" | "embed" | "object" | "source" => "For a video use a block that begins with ```video.",
        "audio" => "Sound on its own cannot be shown; for a video use a block that begins with ```video.",
        "img" | "picture" | "figure" | "image" => "For a picture write `![what can be seen](file.jpg)`.",
        "a" => "For a link write `[words](address)`.",
        "b" | "strong" => "For bold words write `**words**`.",
        "i" | "em" => "For words in italics write `*words*`.",
        "s" | "strike" => "For words struck through write `~~words~~`.",
        "code" | "tt" => "For code write it between backticks.",
        "pre" => "For code write it between lines of ```.",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "For a heading begin a line with `##` and a space.",
        "p" => "An empty line begins a new paragraph; no tag is needed.",
        "ul" | "ol" | "li" => "For a list begin each line with `-` or `1.` and a space.",
        "blockquote" => "For a quotation begin its lines with `>`, or use a block that begins with ```quote.",
        "table" | "tr" | "td" | "th" => "For a table write its cells between `|`.",
        "hr" => "For a line across the page write `---` between two empty lines.",
        "div" | "span" | "style" | "script" | "font" | "center" | "link" | "section" => {
            "Looks and scripts are not possible in a text; they belong into the site's theme/ folder."
        }
        _ => {
            return format!(
                "If it is no HTML, write `&lt;` for the `<`. The tags that may be used are {}.",
                allowed_list()
            );
        }
    };
    advice.to_owned()
}

fn allowed_list() -> String {
    crate::source::fields::listed(ALLOWED)
}

/// Judges a block of HTML, whose events lie in `events`. None of it is printed: a block of comments
/// is fine, anything else is reported.
pub(super) fn read_block(text: &Manuscript<'_>, events: Range<usize>, messages: &mut Diagnostics) {
    let mut html = String::new();
    let mut lines: Vec<(usize, usize)> = Vec::new();
    for index in events {
        if let Event::Html(line) = text.event(index) {
            lines.push((html.len(), text.place(index).start));
            html.push_str(line);
        }
    }
    let in_file = |at: usize| {
        let line = lines.iter().rev().find(|(start, _)| *start <= at).copied().unwrap_or((0, 0));
        line.1 + at - line.0
    };
    let mut rest = 0;
    while let Some(character) = html[rest..].chars().next() {
        let after = &html[rest..];
        if character.is_whitespace() {
            rest += character.len_utf8();
        } else if after.starts_with("<!--") {
            let Some(end) = after.find("-->") else {
                let start = in_file(rest);
                messages.push(
                    Diagnostic::error(codes::HTML_NOT_ALLOWED, "this comment does not end: all that follows is lost")
                        .at(&text.origin(start..start + 4))
                        .hint("Write `-->` where the comment ends."),
                );
                return;
            };
            rest += end + 3;
        } else {
            let line = after.lines().next().unwrap_or("").trim_end();
            let (problem, length) = beside(after, line);
            let start = in_file(rest);
            messages.push(problem.at(&text.origin(start..start + length)));
            return;
        }
    }
}

/// The message about what stands in a block of HTML, and how many bytes it is about.
fn beside(after: &str, line: &str) -> (Diagnostic, usize) {
    if !after.starts_with('<') {
        let problem = Diagnostic::error(codes::HTML_NOT_ALLOWED, "words on the line of a comment would be lost")
            .hint("Put the comment on a line of its own, with an empty line after it.");
        return (problem, line.len());
    }
    let length = line.find('>').map_or(line.len(), |end| end + 1);
    let problem = match read(&line[..length]) {
        Tag::Refused(name) | Tag::RefusedEnd(name) => refusal(&name),
        Tag::Dressed(name) => dressed(name),
        Tag::Open(name, _) | Tag::Close(name) | Tag::Void(name) => {
            Diagnostic::error(codes::HTML_NOT_ALLOWED, format!("`<{name}>` stands on a line of its own"))
                .hint("Put it on the same line as its words.")
        }
        Tag::Comment => Diagnostic::error(codes::HTML_NOT_ALLOWED, "this comment cannot be read"),
    };
    (problem, length)
}
