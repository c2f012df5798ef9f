//! A line or paragraph of text: its words and marks, and the pictures that interrupt it.
//!
//! A picture is a block, so the paragraph ends before it and goes on after it. Everything that
//! opens is therefore printed late, when the first word inside it comes: what stays without words
//! leaves nothing behind.

use super::figures;
use super::links::{self, Link};
use super::printed::escape;
use super::raw_html;
use super::walk::Walk;
use super::words;
use crate::diagnostic::{Diagnostic, Located, codes};
use crate::source::prose::{FigureRef, Node};
use pulldown_cmark::{CowStr, Event, LinkType, Tag};
use std::ops::Range;

/// Where a run of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Where a picture may interrupt it.
    Body,
    Heading,
    TableHead,
}

/// Marks inside each other that are printed. A picture ends and reopens all of them, so without
/// a limit a short text could become an endless page.
const DEEPEST: usize = 32;

/// What is open inside a run.
#[derive(Debug)]
enum Mark {
    /// Emphasis and the like, as HTML.
    Markdown(&'static str),
    /// An allowed HTML tag and the title of an `abbr`.
    Html(&'static str, Option<String>),
    Link(Link),
}

#[derive(Debug)]
struct Open {
    mark: Mark,
    place: Range<usize>,
    printed: bool,
}

/// A run of text that is being printed.
#[derive(Debug)]
pub(super) struct Run {
    paragraph: bool,
    place: Place,
    /// Whether there are words since the beginning, or since the last picture.
    begun: bool,
    open: Vec<Open>,
    /// Markdown's marks beyond [`DEEPEST`]; of these only the words are printed.
    too_deep: usize,
    /// A line break that counts only if words follow.
    line_break: Option<&'static str>,
    /// Pictures side by side.
    pictures: Vec<FigureRef>,
    /// All words, to be counted.
    words: String,
    refused_picture: bool,
    /// HTML that has been reported, whose end needs no second message.
    refused_tags: Vec<String>,
}

impl Run {
    pub(super) fn paragraph() -> Self {
        Self { paragraph: true, ..Self::bare(Place::Body) }
    }

    /// Text without a paragraph around it.
    pub(super) fn bare(place: Place) -> Self {
        Self {
            paragraph: false,
            place,
            begun: false,
            open: Vec::new(),
            too_deep: 0,
            line_break: None,
            pictures: Vec::new(),
            words: String::new(),
            refused_picture: false,
            refused_tags: Vec::new(),
        }
    }

    fn in_link(&self) -> bool {
        self.open.iter().any(|open| matches!(open.mark, Mark::Link(_)))
    }
}

impl<'a> Walk<'_, 'a, '_> {
    /// Prints a run of text; `back` is the footnote whose way back stands at its end.
    pub(super) fn run(&mut self, events: Range<usize>, mut run: Run, back: Option<usize>) {
        let mut index = events.start;
        while index < events.end {
            index = self.inline(index, &mut run) + 1;
        }
        while !run.open.is_empty() {
            self.close_top(&mut run);
        }
        if let Some(number) = back {
            self.settle(&mut run);
            self.printed.html(" ");
            self.way_back(number);
        }
        self.end_part(&mut run);
        self.print_pictures(&mut run);
        self.words += words::count(&run.words);
    }

    /// Prints one event, or one element that is no text; its last event.
    fn inline(&mut self, index: usize, run: &mut Run) -> usize {
        let text = self.text;
        match text.event(index) {
            Event::Text(words) => self.text(words, run),
            Event::Code(code) => {
                self.settle(run);
                run.words.push_str(code);
                self.printed.event(Event::Code(CowStr::from(code.to_string())));
            }
            Event::SoftBreak => self.line_break("\n", run),
            Event::HardBreak => self.line_break("<br>\n", run),
            Event::InlineHtml(html) => self.raw(html, index, run),
            Event::FootnoteReference(label) => self.reference(label, run),
            Event::TaskListMarker(done) => self.task(*done, run),
            Event::Start(Tag::Image { .. }) => {
                self.picture(index, run);
                return text.ends[index];
            }
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. }) => {
                self.mention(index, dest_url, *has_pothole, run);
                return text.ends[index];
            }
            Event::Start(Tag::Link { .. }) => {
                let link = if run.in_link() {
                    Link::Refused
                } else {
                    links::read(text, index, &self.headings.anchors, self.messages)
                };
                self.push(Mark::Link(link), index, run);
            }
            Event::Start(Tag::Strong) => self.push(Mark::Markdown("strong"), index, run),
            Event::Start(Tag::Strikethrough) => self.push(Mark::Markdown("del"), index, run),
            Event::Start(_) => self.push(Mark::Markdown("em"), index, run),
            Event::End(_) => self.close_markdown(run),
            _ => {}
        }
        index
    }

    fn push(&mut self, mark: Mark, index: usize, run: &mut Run) {
        if run.open.len() < DEEPEST {
            run.open.push(Open { mark, place: self.text.place(index), printed: false });
        } else if let Mark::Html(name, _) = mark {
            let problem =
                Diagnostic::error(codes::HTML_NOT_ALLOWED, format!("this `<{name}>` is inside too many others"))
                    .hint("Take it out, or end the ones before it.");
            self.report(problem, self.text.place(index));
        } else {
            run.too_deep += 1;
        }
    }

    fn text(&mut self, words: &CowStr<'a>, run: &mut Run) {
        let all = words;
        let words = if run.begun && run.line_break.is_none() { &**all } else { all.trim_start_matches([' ', '\t']) };
        if words.is_empty() || (!run.begun && words.trim().is_empty()) {
            return;
        }
        self.settle(run);
        run.words.push_str(words);
        let is_whole = words.len() == all.len();
        self.printed.event(Event::Text(if is_whole { all.clone() } else { CowStr::from(words.to_owned()) }));
    }

    fn line_break(&mut self, html: &'static str, run: &mut Run) {
        run.words.push(' ');
        if run.begun {
            run.line_break = Some(html);
        }
    }

    /// Prints all that has to stand before a word: pictures, the paragraph, a line break, marks.
    fn settle(&mut self, run: &mut Run) {
        if !run.begun {
            self.print_pictures(run);
            if run.paragraph {
                self.printed.html("<p>");
            }
            run.begun = true;
        }
        if let Some(html) = run.line_break.take() {
            self.printed.html(html);
        }
        for open in run.open.iter_mut().filter(|open| !open.printed) {
            open.printed = true;
            match &open.mark {
                Mark::Markdown(name) | Mark::Html(name, None) => self.printed.html(format!("<{name}>")),
                Mark::Html(name, Some(title)) => self.printed.html(format!("<{name} title=\"{}\">", escape(title))),
                Mark::Link(Link::Finished(html)) => self.printed.html(html.clone()),
                Mark::Link(Link::Within(target, rest)) => {
                    self.printed.html("<a href=\"");
                    self.printed.node(Node::Href(target.clone()));
                    self.printed.html(rest.clone());
                }
                Mark::Link(Link::Refused) => {}
            }
        }
    }

    fn print_end(&mut self, mark: &Mark) {
        match mark {
            Mark::Markdown(name) | Mark::Html(name, _) => self.printed.html(format!("</{name}>")),
            Mark::Link(Link::Refused) => {}
            Mark::Link(_) => self.printed.html("</a>"),
        }
    }

    /// Ends the words before a picture, or before the end.
    fn end_part(&mut self, run: &mut Run) {
        run.line_break = None;
        if !run.begun {
            return;
        }
        run.begun = false;
        self.printed.trim_end();
        for at in (0..run.open.len()).rev() {
            if std::mem::take(&mut run.open[at].printed) {
                self.print_end(&run.open[at].mark);
            }
        }
        if run.paragraph {
            self.printed.html("</p>\n");
        }
    }

    fn print_pictures(&mut self, run: &mut Run) {
        let mut pictures = std::mem::take(&mut run.pictures);
        match pictures.len() {
            0 => {}
            1 => {
                if let Some(picture) = pictures.pop() {
                    self.printed.node(Node::Figure(picture));
                }
            }
            _ => self.printed.node(Node::Row(pictures)),
        }
    }

    /// Ends what was opened last, and says so when that was HTML left open.
    fn close_top(&mut self, run: &mut Run) {
        let Some(open) = run.open.pop() else { return };
        if open.printed {
            self.print_end(&open.mark);
        }
        match open.mark {
            Mark::Html(name, _) => self.report(
                Diagnostic::error(codes::HTML_NOT_ALLOWED, format!("`<{name}>` has no end"))
                    .hint(format!("Write `</{name}>` after the words it is for.")),
                open.place,
            ),
            Mark::Link(link) if !open.printed && !matches!(link, Link::Refused) && !run.refused_picture => self.report(
                Diagnostic::error(codes::UNKNOWN_LINK, "this link has no words to click on")
                    .hint("Write the words between its square brackets."),
                open.place,
            ),
            Mark::Markdown(_) | Mark::Link(_) => {}
        }
    }

    fn close_markdown(&mut self, run: &mut Run) {
        if run.too_deep > 0 {
            run.too_deep -= 1;
            return;
        }
        while matches!(run.open.last(), Some(Open { mark: Mark::Html(..), .. })) {
            self.close_top(run);
        }
        self.close_top(run);
    }

    fn raw(&mut self, html: &str, index: usize, run: &mut Run) {
        let place = self.text.place(index);
        match raw_html::read(html) {
            raw_html::Tag::Comment => {}
            raw_html::Tag::Void("br") => self.line_break("<br>", run),
            raw_html::Tag::Void(name) => {
                if run.begun {
                    self.printed.html(format!("<{name}>"));
                }
            }
            raw_html::Tag::Open(name, title) => self.push(Mark::Html(name, title), index, run),
            raw_html::Tag::Close(name) => self.close_html(name, place, run),
            raw_html::Tag::Dressed(name) => {
                self.report(raw_html::dressed(name), place);
                self.push(Mark::Html(name, None), index, run);
            }
            raw_html::Tag::Refused(name) => {
                self.report(raw_html::refusal(&name), place);
                run.refused_tags.push(name);
            }
            raw_html::Tag::RefusedEnd(name) if run.refused_tags.contains(&name) => {}
            raw_html::Tag::RefusedEnd(name) => self.report(raw_html::refusal(&name), place),
        }
    }

    fn close_html(&mut self, name: &'static str, place: Range<usize>, run: &mut Run) {
        if !matches!(run.open.last(), Some(Open { mark: Mark::Html(open, _), .. }) if *open == name) {
            let problem = Diagnostic::error(codes::HTML_NOT_ALLOWED, format!("`</{name}>` ends nothing here"))
                .hint(format!("Write `<{name}>` before the words it is for, with no other mark half inside."));
            self.report(problem, place);
            return;
        }
        if let Some(open) = run.open.pop()
            && open.printed
        {
            self.print_end(&open.mark);
        }
    }

    fn reference(&mut self, label: &str, run: &mut Run) {
        let Some((number, id)) = self.footnotes.refer(label) else { return };
        self.settle(run);
        self.printed.html(if run.in_link() {
            format!("<sup class=\"footnote-reference\" id=\"{id}\">{number}</sup>")
        } else {
            format!(
                "<sup class=\"footnote-reference\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
            )
        });
    }

    fn task(&mut self, done: bool, run: &mut Run) {
        self.settle(run);
        let (name, word) = if done { ("done", "task_done") } else { ("open", "task_open") };
        self.printed.html(format!("<span class=\"task task-{name}\" role=\"img\" aria-label=\""));
        self.printed.node(Node::Word(word));
        self.printed.html("\"></span> ");
    }

    fn mention(&mut self, index: usize, target: &str, piped: bool, run: &mut Run) {
        let (name, place) = figures::wiki_target(self.text, index, target, piped);
        let words = if piped { self.text.plain(index + 1..self.text.ends[index]) } else { String::new() };
        if name.is_empty() {
            self.report(
                Diagnostic::error(codes::UNKNOWN_LINK, "nobody is named between these brackets")
                    .hint("Write a person's name or the name of a story, such as `[[Inês Calder]]` or `[[rain-rig]]`."),
                place,
            );
            return;
        }
        self.settle(run);
        run.words.push_str(if words.is_empty() { &name } else { &words });
        let target = Located::new(name, self.text.origin(place));
        self.printed.node(Node::Mention { target, words: Some(words).filter(|words| !words.is_empty()) });
    }

    fn picture(&mut self, index: usize, run: &mut Run) {
        let problem = match run.place {
            Place::Heading => Some("a picture cannot stand in a heading"),
            Place::TableHead => Some("a picture cannot stand in the first row of a table"),
            Place::Body if run.in_link() => Some("a picture cannot be a link: a click on it shows it large"),
            Place::Body => None,
        };
        if let Some(message) = problem {
            run.refused_picture = true;
            let problem = Diagnostic::error(codes::IMAGE_PLACE, message)
                .hint("Put the picture on a line of its own, with an empty line before and after it.");
            self.report(problem, self.text.place(index));
            return;
        }
        if let Some(picture) = figures::read(self.text, index, self.messages) {
            self.end_part(run);
            run.pictures.push(picture);
        }
    }
}
