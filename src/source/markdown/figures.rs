//! `![alt](file "caption")`.

use super::links::{percent_decoded, scheme, target_place};
use super::manuscript::Manuscript;
use super::punctuation::curl;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use crate::source::prose::FigureRef;
use pulldown_cmark::{Event, LinkType, Tag};
use std::ops::Range;

/// Reads the picture that starts at `event`; none when it names no file of the site.
pub(super) fn read(text: &Manuscript<'_>, event: usize, messages: &mut Diagnostics) -> Option<FigureRef> {
    let Event::Start(Tag::Image { link_type, dest_url, title, id }) = text.event(event) else {
        return None;
    };
    let wiki = matches!(link_type, LinkType::WikiLink { .. });
    let piped = matches!(link_type, LinkType::WikiLink { has_pothole: true });
    let (written, place) = if wiki {
        wiki_target(text, event, dest_url, piped)
    } else {
        (dest_url.to_string(), target_place(text, event, *link_type, id))
    };
    let origin = text.origin(place);
    let file = percent_decoded(written.trim()).replace('\0', "\u{FFFD}");
    if file.is_empty() {
        messages.push(
            Diagnostic::error(codes::UNKNOWN_STILL, "this picture names no file")
                .at(&origin)
                .hint("Write for example `![What can be seen](rain-04.jpg)`."),
        );
        return None;
    }
    let outside = matches!(scheme(&file).as_deref(), Some("http" | "https" | "ftp" | "data" | "file" | "blob"));
    if outside || file.starts_with("//") {
        messages.push(
            Diagnostic::error(codes::IMAGE_PLACE, "pictures come from the site's own folder, not from elsewhere")
                .at(&origin)
                .hint("Save the picture beside this text or under media/, and write its file name here."),
        );
        return None;
    }
    let inner = event + 1..text.ends[event];
    let words = if wiki && !piped { String::new() } else { text.plain(inner.clone()) };
    let alt = (!words.is_empty()).then(|| Located::new(words, text.origin(alt_place(text, inner))));
    let caption = Some(curl(title.trim(), text.language)).filter(|caption| !caption.is_empty());
    Some(FigureRef { still: Located::new(file, origin), alt, caption })
}

fn alt_place(text: &Manuscript<'_>, inner: Range<usize>) -> Range<usize> {
    let place = text.place(inner.start).start..text.place(inner.end - 1).end;
    let source = text.source(place.clone());
    let start = place.start + source.len() - source.trim_start().len();
    start..(start + source.trim().len()).max(start)
}

/// What stands before the bar in `[[target|words]]`, trimmed, and its place.
pub(super) fn wiki_target(text: &Manuscript<'_>, event: usize, target: &str, piped: bool) -> (String, Range<usize>) {
    // In a table the bar is written `\|`, and the library leaves the backslash to the target.
    let target = if piped { target.trim_end_matches('\\') } else { target };
    let trimmed = target.trim();
    let whole = text.place(event);
    let source = text.source(whole.clone());
    let place = source.find("[[").filter(|_| !trimmed.is_empty()).and_then(|open| {
        let at = source[open + 2..].find(trimmed)? + open + 2 + whole.start;
        Some(at..at + trimmed.len())
    });
    (trimmed.replace('\0', "\u{FFFD}"), place.unwrap_or(whole))
}
