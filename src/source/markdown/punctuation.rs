//! Quotation marks, apostrophes and the spaces before French punctuation, as the language of the
//! site writes them. Marks that somebody typed curled stay as they are.

use super::manuscript::Piece;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

const NARROW: char = '\u{202F}';
const FIXED: char = '\u{A0}';
const APOSTROPHE: &str = "’";

/// Opening and closing marks, outer and inner.
#[derive(Debug, Clone, Copy)]
struct Marks {
    double: [&'static str; 2],
    single: [&'static str; 2],
    /// Narrow spaces before `;`, `!`, `?` and inside guillemets.
    french: bool,
}

fn marks(language: &str) -> Marks {
    let language = language.to_ascii_lowercase().replace('_', "-");
    let primary = language.split('-').next().unwrap_or("");
    let (double, single) = match primary {
        "de" | "fr" if language.ends_with("-ch") => (["«", "»"], ["‹", "›"]),
        "de" => (["„", "“"], ["‚", "‘"]),
        "fr" => (["«\u{202F}", "\u{202F}»"], ["“", "”"]),
        "es" | "it" => (["«", "»"], ["“", "”"]),
        "sv" | "fi" => (["”", "”"], ["’", "’"]),
        "pl" => (["„", "”"], ["«", "»"]),
        _ => (["“", "”"], ["‘", "’"]),
    };
    Marks { double, single, french: primary == "fr" }
}

/// Replaces the library's English marks where the source has straight ones.
pub(super) fn dress(pieces: &mut [Piece<'_>], source: &str, language: &str) {
    let marks = marks(language);
    let mut in_code = false;
    let mut open_single = false;
    for index in 0..pieces.len() {
        let next = pieces.get(index + 1).and_then(|(event, _)| first_char(event));
        let (event, place) = &mut pieces[index];
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => open_single = false,
            Event::Text(text) if !in_code => {
                let straight = source.get(place.clone()).filter(|s| matches!(*s, "'" | "\""));
                match (straight, &**text) {
                    (Some("\""), "“") => *text = CowStr::Borrowed(marks.double[0]),
                    (Some("\""), "”") => *text = CowStr::Borrowed(marks.double[1]),
                    (Some("'"), "‘") => {
                        open_single = true;
                        *text = CowStr::Borrowed(marks.single[0]);
                    }
                    (Some("'"), "’") if open_single && !between_letters(source, place.start) => {
                        open_single = false;
                        *text = CowStr::Borrowed(marks.single[1]);
                    }
                    _ if marks.french && text.contains([' ', '«']) => *text = CowStr::from(french_spaces(text, next)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn first_char(event: &Event<'_>) -> Option<char> {
    match event {
        Event::Text(text) => text.chars().next(),
        _ => None,
    }
}

/// Whether the one-byte mark at `at` stands inside a word.
fn between_letters(source: &str, at: usize) -> bool {
    let before = source[..at].chars().next_back();
    let after = source[at + 1..].chars().next();
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// Fixed spaces where the text has plain ones; `next` is the character that follows the text.
fn french_spaces(text: &str, next: Option<char>) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut previous = None;
    while let Some(character) = characters.next() {
        let following = characters.peek().copied().or(next);
        spaced.push(match (character, previous, following) {
            (' ', _, Some(';' | '!' | '?' | '»')) | (' ', Some('«'), _) => NARROW,
            (' ', _, Some(':')) => FIXED,
            _ => character,
        });
        previous = Some(character);
    }
    spaced
}

/// Plain text (a caption, a title) with the marks of its language: curled quotes and apostrophes,
/// dashes for `--`, an ellipsis for `...`, French spaces.
pub fn curl(text: &str, language: &str) -> String {
    let marks = marks(language);
    let text = text.replace("...", "…").replace("---", "—").replace("--", "–");
    let mut curled = String::with_capacity(text.len());
    let mut previous: Option<char> = None;
    let mut open_single = false;
    for (at, character) in text.char_indices() {
        let after = &text[at + character.len_utf8()..];
        let opens = previous.is_none_or(|p| p.is_whitespace() || "([{—–-/\"'«“‘„".contains(p))
            && after.chars().next().is_some_and(|n| !n.is_whitespace());
        match character {
            '"' => curled.push_str(marks.double[usize::from(!opens)]),
            '\'' if opens && closes_later(after) => {
                open_single = true;
                curled.push_str(marks.single[0]);
            }
            '\'' if open_single && !after.starts_with(char::is_alphanumeric) => {
                open_single = false;
                curled.push_str(marks.single[1]);
            }
            '\'' => curled.push_str(APOSTROPHE),
            other => curled.push(other),
        }
        previous = Some(character);
    }
    if marks.french { french_spaces(&curled, None) } else { curled }
}

/// Whether a straight single mark that ends a word comes before the next one that begins one.
fn closes_later(after: &str) -> bool {
    after.match_indices('\'').take(8).any(|(at, _)| {
        let ends_word = after[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
        ends_word && !after[at + 1..].starts_with(char::is_alphanumeric)
    })
}
