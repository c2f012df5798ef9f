//! The walk over a text, block by block. Never recursive: a text may be nested as deep as it likes.

use super::fenced::{self, Fenced};
use super::footnotes::Footnotes;
use super::headings::Headings;
use super::inline::{Place, Run};
use super::manuscript::Manuscript;
use super::printed::{Printed, escape};
use super::{raw_html, words};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::prose::{Block, Node, Prose};
use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd};
use std::ops::Range;

/// Prints a text.
pub(super) fn walk(
    text: &Manuscript<'_>,
    headings: Headings,
    footnotes: Footnotes,
    messages: &mut Diagnostics,
) -> Prose {
    let printed = Printed::new(text.file);
    let mut walk = Walk { text, headings, footnotes, printed, messages, words: 0, table: None, back: None };
    walk.blocks(0..text.pieces.len());
    walk.notes();
    Prose { nodes: walk.printed.into_nodes(), headings: walk.headings.listed, words: walk.words }
}

/// The table that is being printed.
#[derive(Debug)]
struct Table {
    alignments: Vec<Alignment>,
    in_head: bool,
    column: usize,
    /// What ends the cell.
    cell_end: &'static str,
}

#[derive(Debug)]
pub(super) struct Walk<'t, 'a, 'm> {
    pub(super) text: &'t Manuscript<'a>,
    pub(super) headings: Headings,
    pub(super) footnotes: Footnotes,
    pub(super) printed: Printed<'a>,
    pub(super) messages: &'m mut Diagnostics,
    pub(super) words: usize,
    table: Option<Table>,
    /// The paragraph at whose end the way back from a footnote stands, and the note's number.
    back: Option<(usize, usize)>,
}

impl Walk<'_, '_, '_> {
    pub(super) fn report(&mut self, diagnostic: Diagnostic, place: Range<usize>) {
        self.messages.push(diagnostic.at(&self.text.origin(place)));
    }

    /// Prints a run of blocks, a top-level one at a time.
    fn blocks(&mut self, events: Range<usize>) {
        let mut index = events.start;
        while index < events.end {
            let end = self.text.ends[index].min(events.end - 1);
            let place = self.text.place(index);
            self.contents(index..end + 1);
            self.printed.finish_block(place);
            index = end + 1;
        }
    }

    fn contents(&mut self, events: Range<usize>) {
        let mut index = events.start;
        while index < events.end {
            index = self.block(index, events.end).max(index + 1);
        }
    }

    /// Prints what begins at an event; the event to go on with.
    fn block(&mut self, index: usize, limit: usize) -> usize {
        let text = self.text;
        let end = text.ends[index];
        match text.event(index) {
            Event::Start(Tag::Paragraph) => {
                let back = self.back.filter(|(paragraph, _)| *paragraph == index).map(|(_, number)| number);
                self.run(index + 1..end, Run::paragraph(), back);
            }
            Event::Start(Tag::Heading { .. }) => self.heading(index),
            Event::Start(Tag::CodeBlock(_)) => self.code_block(index),
            Event::Start(Tag::HtmlBlock) => raw_html::read_block(text, index + 1..end, self.messages),
            // Printed at the end, by `notes`.
            Event::Start(Tag::FootnoteDefinition(_)) => {}
            Event::Start(tag) if is_container(tag) => {
                self.open(tag, end == index + 1);
                return index + 1;
            }
            Event::End(tag) => {
                self.close(*tag);
                return index + 1;
            }
            Event::Rule => self.printed.html("<hr>\n"),
            _ => {
                let after = self.end_of_run(index, limit);
                let place = if self.in_table_head() { Place::TableHead } else { Place::Body };
                self.run(index..after, Run::bare(place), None);
                return after;
            }
        }
        end + 1
    }

    /// The first event from `index` that is no part of a line of text.
    fn end_of_run(&self, index: usize, limit: usize) -> usize {
        let mut after = index;
        while after < limit {
            match self.text.event(after) {
                Event::End(_) | Event::Rule | Event::Html(_) => break,
                Event::Start(tag) if !is_inline(tag) => break,
                _ => after = self.text.ends[after] + 1,
            }
        }
        after.min(limit)
    }

    fn open(&mut self, tag: &Tag<'_>, is_empty: bool) {
        match tag {
            Tag::BlockQuote(Some(kind)) => {
                let (name, word) = alert(*kind);
                self.printed
                    .html(format!("<aside class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-title\">"));
                self.printed.node(Node::Word(word));
                self.printed.html("</p>\n");
            }
            Tag::BlockQuote(None) => self.printed.html("<blockquote>\n"),
            Tag::List(number) => self.printed.event(Event::Start(Tag::List(*number))),
            Tag::Item => self.printed.event(Event::Start(Tag::Item)),
            Tag::Table(alignments) => {
                let alignments = alignments.clone();
                self.table = Some(Table { alignments, in_head: false, column: 0, cell_end: "" });
                self.printed.html("<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
                self.printed.node(Node::Word("table_label"));
                self.printed.html("\"><table>\n");
            }
            Tag::TableHead => {
                self.table_row(true);
                self.printed.html("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.table_row(false);
                self.printed.html("<tr>");
            }
            Tag::TableCell => self.open_cell(is_empty),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(Some(_)) => self.printed.html("</aside>\n"),
            TagEnd::BlockQuote(None) => self.printed.html("</blockquote>\n"),
            TagEnd::List(ordered) => self.printed.event(Event::End(TagEnd::List(ordered))),
            TagEnd::Item => self.printed.event(Event::End(TagEnd::Item)),
            TagEnd::Table => {
                self.table = None;
                self.printed.html("</tbody>\n</table></div>\n");
            }
            TagEnd::TableHead => self.printed.html("</tr>\n</thead>\n<tbody>\n"),
            TagEnd::TableRow => self.printed.html("</tr>\n"),
            TagEnd::TableCell => {
                let end = self.table.as_mut().map_or("", |table| {
                    table.column += 1;
                    table.cell_end
                });
                self.printed.html(end);
            }
            _ => {}
        }
    }

    fn in_table_head(&self) -> bool {
        self.table.as_ref().is_some_and(|table| table.in_head)
    }

    fn table_row(&mut self, in_head: bool) {
        if let Some(table) = &mut self.table {
            table.in_head = in_head;
            table.column = 0;
        }
    }

    fn open_cell(&mut self, is_empty: bool) {
        let Some(table) = &mut self.table else { return };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        // A heading cell without words would be announced as a heading of nothing.
        let (name, scope, end) =
            if table.in_head && !is_empty { ("th", " scope=\"col\"", "</th>") } else { ("td", "", "</td>") };
        table.cell_end = end;
        self.printed.html(format!("<{name}{scope}{class}>"));
    }

    fn heading(&mut self, index: usize) {
        let text = self.text;
        let (Some(heading), Event::Start(Tag::Heading { classes, attrs, .. })) =
            (self.headings.at(index).cloned(), text.event(index))
        else {
            return;
        };
        let place = text.first_line(text.place(index));
        if let Some((name, _)) = attrs.first() {
            let problem =
                Diagnostic::error(codes::HTML_NOT_ALLOWED, format!("a heading cannot have the attribute `{name}`"))
                    .hint("Between the braces a heading can have a name such as `{#rain}` and nothing else.");
            self.report(problem, place.clone());
        }
        let inner = index + 1..text.ends[index];
        if heading.text.is_empty() && !inner.clone().any(|i| is_picture(text.event(i))) {
            self.report(
                Diagnostic::warning(codes::WRONG_VALUE, "this heading has no words, so it is left out")
                    .hint("Write its words after the `#`, or take the line out."),
                place,
            );
            return;
        }
        let (level, id) = (heading.level, escape(&heading.id));
        let class: Vec<String> = classes.iter().map(|class| escape(class)).collect();
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{}\"", class.join(" ")) };
        // The link stands beside the heading, so that the heading's name is its words alone, and is called like it.
        self.printed.html(format!("<div class=\"heading\"><h{level} id=\"{id}\"{class}>"));
        self.run(inner, Run::bare(Place::Heading), None);
        let href = anchor_href(&heading.id);
        self.printed.html(format!("</h{level}><a class=\"anchor\" href=\"{href}\" aria-labelledby=\"{id}\" title=\""));
        self.printed.node(Node::Word("anchor_label"));
        self.printed.html("\"><span aria-hidden=\"true\">#</span></a></div>\n");
    }

    fn code_block(&mut self, index: usize) {
        match fenced::read(self.text, index, self.messages) {
            Fenced::Broken => {}
            Fenced::Block(block) => {
                if let Block::Quote(quote) = &block {
                    self.words += words::count(&quote.text.value);
                }
                self.printed.node(Node::Block(block));
            }
            Fenced::Code(language) => {
                // A reader without a mouse has to reach it to scroll it.
                let class = language.map_or_else(String::new, |name| format!(" class=\"language-{}\"", escape(&name)));
                self.printed.html(format!("<pre tabindex=\"0\"><code{class}>"));
                for inner in index + 1..self.text.ends[index] {
                    self.printed.event(self.text.event(inner).clone());
                }
                self.printed.html("</code></pre>\n");
            }
        }
    }

    /// Prints the footnotes at the end of the text.
    fn notes(&mut self) {
        let Some(last) = self.footnotes.definition(self.footnotes.count()) else { return };
        self.printed.html("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.printed.node(Node::Word("footnotes_label"));
        self.printed.html("\">\n<ol>\n");
        for number in 1..=self.footnotes.count() {
            let Some(start) = self.footnotes.definition(number) else { continue };
            let inner = start + 1..self.text.ends[start];
            self.printed.html(format!("<li id=\"fn-{number}\">"));
            let referred = self.footnotes.is_referred_to(number);
            let paragraph = self.last_paragraph(inner.clone());
            self.back = paragraph.filter(|_| referred).map(|paragraph| (paragraph, number));
            self.contents(inner);
            if referred && paragraph.is_none() {
                self.printed.html("<p>");
                self.way_back(number);
                self.printed.html("</p>");
            }
            self.printed.html("</li>\n");
            if start != last {
                self.printed.finish_block(self.text.place(start));
            }
        }
        self.back = None;
        self.printed.html("</ol>\n</section>\n");
        self.printed.finish_block(self.text.place(last));
    }

    /// The paragraph with which a run of blocks ends, if it does.
    fn last_paragraph(&self, events: Range<usize>) -> Option<usize> {
        let mut index = events.start;
        let mut last = None;
        while index < events.end {
            last = matches!(self.text.event(index), Event::Start(Tag::Paragraph)).then_some(index);
            index = self.text.ends[index] + 1;
        }
        last
    }

    /// The link from a footnote to the first place that refers to it.
    pub(super) fn way_back(&mut self, number: usize) {
        self.printed
            .html(format!("<a class=\"footnote-back\" href=\"#fnref-{number}\" role=\"doc-backlink\" aria-label=\""));
        self.printed.node(Node::Word("footnote_back"));
        self.printed.html("\">↩</a>");
    }
}

/// `#id`, percent-encoded by the library.
fn anchor_href(id: &str) -> String {
    let tag = Tag::Link {
        link_type: pulldown_cmark::LinkType::Inline,
        dest_url: CowStr::from(format!("#{id}")),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    };
    let mut text = String::new();
    pulldown_cmark::html::push_html(&mut text, [Event::Start(tag)].into_iter());
    text.trim_start_matches("<a href=\"").trim_end_matches("\">").to_owned()
}

fn is_picture(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Image { .. }))
}

fn is_container(tag: &Tag<'_>) -> bool {
    use Tag::{BlockQuote, Item, List, Table, TableCell, TableHead, TableRow};
    matches!(tag, BlockQuote(_) | Item | List(_) | Table(_) | TableCell | TableHead | TableRow)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    use Tag::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Image { .. } | Link { .. } | Strikethrough | Strong | Subscript | Superscript)
}

/// Class and key of the title of GitHub's alerts.
fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "alert_note"),
        BlockQuoteKind::Tip => ("tip", "alert_tip"),
        BlockQuoteKind::Important => ("important", "alert_important"),
        BlockQuoteKind::Warning => ("warning", "alert_warning"),
        BlockQuoteKind::Caution => ("caution", "alert_caution"),
    }
}
