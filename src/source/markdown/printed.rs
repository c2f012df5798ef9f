//! What has been printed so far. A top-level block is rendered by the library in one go, with a
//! NUL where a node stands that is no HTML, and cut there: a table or list may hold such nodes.

use crate::diagnostic::{Origin, SourceFile};
use crate::source::prose::Node;
use pulldown_cmark::{CowStr, Event, html};
use std::ops::Range;
use std::sync::Arc;

/// No text reaches the library's writer with one in it: see [`Printed::event`] and [`escape`].
const SLOT: char = '\0';

#[derive(Debug)]
pub(super) struct Printed<'a> {
    file: &'a Arc<SourceFile>,
    events: Vec<Event<'a>>,
    slots: Vec<Node>,
    nodes: Vec<Node>,
    /// The block that was rendered last: room for the next one.
    block: String,
}

impl<'a> Printed<'a> {
    pub(super) fn new(file: &'a Arc<SourceFile>) -> Self {
        Self { file, events: Vec::new(), slots: Vec::new(), nodes: Vec::new(), block: String::new() }
    }

    pub(super) fn event(&mut self, event: Event<'a>) {
        self.events.push(match event {
            Event::Text(text) if text.contains('\0') => Event::Text(without_nul(&text)),
            Event::Code(text) if text.contains('\0') => Event::Code(without_nul(&text)),
            other => other,
        });
    }

    /// HTML of our own making, its values escaped.
    pub(super) fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    pub(super) fn node(&mut self, node: Node) {
        self.slots.push(node);
        self.events.push(Event::InlineHtml(CowStr::Borrowed("\0")));
    }

    /// Takes away white space at the end.
    pub(super) fn trim_end(&mut self) {
        if let Some(Event::Text(text)) = self.events.last_mut() {
            let trimmed = text.trim_end_matches([' ', '\t']);
            if trimmed.len() < text.len() {
                *text = CowStr::from(trimmed.to_owned());
            }
        }
    }

    /// Renders what came since the last time; `place` is the block in the file.
    pub(super) fn finish_block(&mut self, place: Range<usize>) {
        if self.events.is_empty() {
            return;
        }
        self.block.clear();
        html::push_html(&mut self.block, self.events.drain(..));
        let mut slots = self.slots.drain(..);
        for part in self.block.split(SLOT) {
            if !part.is_empty() {
                let origin = Origin::new(self.file, place.clone());
                self.nodes.push(Node::Html { html: part.to_owned(), origin });
            }
            self.nodes.extend(slots.next());
        }
    }

    pub(super) fn into_nodes(mut self) -> Vec<Node> {
        self.nodes.shrink_to_fit();
        self.nodes
    }
}

fn without_nul<'a>(text: &str) -> CowStr<'a> {
    CowStr::from(text.replace('\0', "\u{FFFD}"))
}

/// For text and for values in double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\0' => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}
