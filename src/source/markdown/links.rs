//! Links: which leave the site, which stay within the text, and which lead to another page.

use super::manuscript::Manuscript;
use super::printed::escape;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, html};
use std::collections::BTreeSet;
use std::ops::Range;

/// What a link becomes.
#[derive(Debug)]
pub(super) enum Link {
    /// A finished `<a …>`.
    Finished(String),
    /// A link to something of the site, and what follows the value of its `href`.
    Within(Located<String>, String),
    /// Reported; only its words remain.
    Refused,
}

/// Judges the link that starts at `event`.
pub(super) fn read(
    text: &Manuscript<'_>,
    event: usize,
    anchors: &BTreeSet<String>,
    messages: &mut Diagnostics,
) -> Link {
    let Event::Start(Tag::Link { link_type, dest_url, title, id }) = text.event(event) else {
        return Link::Refused;
    };
    let url = dest_url.replace('\0', "\u{FFFD}");
    let title = title.replace('\0', "\u{FFFD}");
    let origin = text.origin(target_place(text, event, *link_type, id));
    let problem = |code, message: String| Diagnostic::error(code, message).at(&origin);
    if *link_type == LinkType::Email {
        return Link::Finished(opening(*link_type, &url, &title, ""));
    }
    let bare: String = url.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if bare.is_empty() {
        messages.push(
            problem(
                codes::UNKNOWN_LINK,
                "this link leads nowhere: there is no address between its brackets".to_owned(),
            )
            .hint("Write for example `[the rain rig](rain-rig.md)`."),
        );
        return Link::Refused;
    }
    if let Some(anchor) = bare.strip_prefix('#') {
        let anchor = percent_decoded(anchor);
        if anchors.contains(&anchor) {
            return Link::Finished(opening(*link_type, &url, &title, ""));
        }
        messages.push(
            problem(codes::UNKNOWN_ANCHOR, format!("no heading of this text has the name `{anchor}`"))
                .did_you_mean(&anchor, anchors.iter().map(String::as_str))
                .hint(format!("A heading gets that name with `{{#{anchor}}}` at its end.")),
        );
        return Link::Refused;
    }
    match scheme(&bare).as_deref() {
        Some("http" | "https") => Link::Finished(opening(*link_type, &url, &title, " rel=\"noopener\"")),
        Some("mailto" | "tel") => Link::Finished(opening(*link_type, &url, &title, "")),
        Some(scheme) => {
            messages.push(
                problem(codes::UNKNOWN_LINK, format!("a link cannot begin with `{scheme}:`"))
                    .hint("Links begin with `https://`, `mailto:` or `tel:`, or name a file of the site."),
            );
            Link::Refused
        }
        None if bare.starts_with("//") || bare.starts_with("\\\\") || bare.starts_with("/\\") => {
            messages.push(
                problem(codes::UNKNOWN_LINK, format!("`{bare}` is half an address"))
                    .hint(format!("Write it in full: `https://{}`.", bare.trim_start_matches(['/', '\\']))),
            );
            Link::Refused
        }
        None => {
            let rest = if title.is_empty() { "\">".to_owned() } else { format!("\" title=\"{}\">", escape(&title)) };
            Link::Within(Located::new(url, origin), rest)
        }
    }
}

/// `<a href="…" title="…"` as the library writes and escapes it, `more` attributes and `>`.
fn opening(link_type: LinkType, url: &str, title: &str, more: &str) -> String {
    let tag = Tag::Link {
        link_type,
        dest_url: CowStr::Borrowed(url),
        title: CowStr::Borrowed(title),
        id: CowStr::Borrowed(""),
    };
    let mut text = String::new();
    html::push_html(&mut text, [Event::Start(tag)].into_iter());
    let tag = text.strip_suffix('>').unwrap_or(&text);
    format!("{tag}{more}>")
}

/// What stands before the colon of an address (RFC 3986, 3.1), in lower case.
pub(super) fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let legal = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    legal.then(|| scheme.to_ascii_lowercase())
}

/// Where the address of a link or picture was written; the whole of it when that cannot be told.
pub(super) fn target_place(text: &Manuscript<'_>, event: usize, link_type: LinkType, id: &str) -> Range<usize> {
    let whole = text.place(event);
    let found = match link_type {
        LinkType::Inline => {
            let end = text.ends[event];
            let inner = if end > event + 1 { text.place(end - 1).end } else { whole.start };
            text.source(inner..whole.end).find("](").and_then(|at| written_target(text, inner + at + 2..whole.end))
        }
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
            text.definitions.get(&id.to_lowercase()).and_then(|definition| {
                let at = text.source(definition.clone()).find("]:")?;
                written_target(text, definition.start + at + 2..definition.end)
            })
        }
        _ => None,
    };
    found.unwrap_or(whole)
}

/// The address at the beginning of a place, after white space: in `<>` or up to a space or the
/// closing bracket.
fn written_target(text: &Manuscript<'_>, place: Range<usize>) -> Option<Range<usize>> {
    let source = text.source(place.clone());
    let trimmed = source.trim_start();
    let start = place.start + source.len() - trimmed.len();
    if let Some(pointed) = trimmed.strip_prefix('<') {
        return pointed.find('>').filter(|end| *end > 0).map(|end| start + 1..start + 1 + end);
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    let mut length = trimmed.len();
    for (at, character) in trimmed.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' => {
                length = at;
                break;
            }
            c if c.is_whitespace() => {
                length = at;
                break;
            }
            _ => {}
        }
    }
    (length > 0).then_some(start..start + length)
}

/// Percent-decoded (RFC 3986, 2.1); as it was, when that gives no UTF-8.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
