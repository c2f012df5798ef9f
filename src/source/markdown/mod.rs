//! Markdown to [`Prose`]: finished HTML in pieces, and apart from it everything that points at
//! something else of the site.
//!
//! Entry point: [`parse`]. The phases, one module each: the library's events with their places
//! ([`manuscript`]), marks of the language ([`punctuation`]), anchors ([`headings`]), notes
//! ([`footnotes`]), and a walk over it all ([`walk`], [`inline`]) that prints into [`printed`].
//! Nothing here knows which stills, people or stories exist: that is resolved later.

mod fenced;
mod figures;
mod footnotes;
mod headings;
mod inline;
mod links;
mod manuscript;
mod printed;
mod punctuation;
mod raw_html;
mod walk;
mod words;

#[cfg(test)]
#[allow(clippy::panic)]
mod tests;

pub use punctuation::curl;
pub use words::count as count_words;

use super::prose::Prose;
use crate::diagnostic::{Diagnostics, SourceFile};
use std::ops::Range;
use std::sync::Arc;

/// Reads the Markdown in `file.text[range]`; all places are places in the file.
///
/// `language` is the site's (BCP 47) and decides the quotation marks. Mistakes go to `messages`,
/// and the rest of the text is read all the same. The dialect is CommonMark with GitHub's tables,
/// footnotes, task lists, strikethrough and alerts, heading attributes and `[[links]]`.
pub fn parse(file: &Arc<SourceFile>, range: Range<usize>, language: &str, messages: &mut Diagnostics) -> Prose {
    let manuscript = manuscript::Manuscript::read(file, range, language);
    let footnotes = footnotes::number(&manuscript, messages);
    let headings = headings::plan(&manuscript, footnotes.count(), messages);
    walk::walk(&manuscript, headings, footnotes, messages)
}
