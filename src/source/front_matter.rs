//! Taking a Markdown file apart: TOML between two `+++` lines, then the text.

use super::fields::TomlText;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, SourceFile, codes};
use crate::disk::{self, TreeFile};
use std::ops::Range;
use std::sync::Arc;

/// Reads a text file; `None` (and a message) when it cannot be read or is not UTF-8.
pub fn read_text(file: &TreeFile, messages: &mut Diagnostics) -> Option<Arc<SourceFile>> {
    let trouble = match disk::read(&file.on_disk).map(String::from_utf8) {
        Ok(Ok(text)) => return Some(SourceFile::new(file.path.clone(), text)),
        Ok(Err(_)) => "it is not saved as UTF-8 text; save it again with that encoding".to_owned(),
        Err(error) => error.to_string(),
    };
    messages.push(
        Diagnostic::error(codes::UNREADABLE, format!("`{}` cannot be read: {trouble}", file.path))
            .at(&Origin::whole(&file.path)),
    );
    None
}

/// A Markdown file in its two parts.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The TOML.
    pub front: TomlText<'a>,
    /// Where the Markdown is.
    pub body: Range<usize>,
}

/// Splits a file; `None` (and a message) when it has no front matter.
pub fn split<'a>(file: &'a Arc<SourceFile>, messages: &mut Diagnostics) -> Option<Parts<'a>> {
    let text = file.text.as_str();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: start };
    let opening = lines.next();
    if opening.as_ref().map(|line| text[line.clone()].trim_end()) != Some("+++") {
        messages.push(
            Diagnostic::error(codes::NO_FRONT_MATTER, format!("`{}` does not begin with its fields", file.path))
                .at(&Origin::new(file, opening.unwrap_or(0..0)))
                .hint(
                    "Begin the file with a line `+++`, then fields such as `title = \"…\"`, then another line `+++`.",
                ),
        );
        return None;
    }
    let from = lines.at;
    while let Some(line) = lines.next() {
        if text[line.clone()].trim_end() == "+++" {
            let front = TomlText { file, offset: from, text: &text[from..line.start] };
            return Some(Parts { front, body: lines.at..text.len() });
        }
    }
    messages.push(
        Diagnostic::error(codes::NO_FRONT_MATTER, format!("the fields of `{}` do not end", file.path))
            .at(&Origin::new(file, start..start + 3))
            .hint("Write another line `+++` after the last field."),
    );
    None
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |i| start + i);
        self.at = (end + 1).min(self.text.len());
        Some(start..end)
    }
}
