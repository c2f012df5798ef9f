//! Whatever is written, places lie in the file, elements are closed in order, and nothing panics. What the HTML is, the
//! module above says.

use super::{read_in, show};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::source::prose::{Block, FigureRef, Node, Prose};

const SAMPLE: &str = include_str!("../sample.md");

/// Fails on a place that is outside the file or inside a character.
fn check_places(file: &SourceFile, prose: &Prose, messages: &[Diagnostic]) {
    let mut origins: Vec<_> = messages.iter().filter_map(|d| d.origin.as_ref()).collect();
    let of = |f: &'_ FigureRef| -> Vec<std::ops::Range<usize>> {
        std::iter::once(f.still.origin.span.clone()).chain(f.alt.iter().map(|alt| alt.origin.span.clone())).collect()
    };
    let mut spans = Vec::new();
    for node in &prose.nodes {
        match node {
            Node::Html { html, origin } => {
                assert!(!html.contains("<p></p>") && !html.contains('\0'), "{html}");
                origins.push(origin);
            }
            Node::Href(target) | Node::Mention { target, .. } => origins.push(&target.origin),
            Node::Figure(one) => spans.extend(of(one)),
            Node::Row(all) => spans.extend(all.iter().flat_map(of)),
            Node::Block(Block::Gallery(g)) => spans.extend(g.stills.iter().map(|s| s.origin.span.clone())),
            Node::Block(_) | Node::Word(_) => {}
        }
    }
    spans.extend(origins.iter().map(|origin| origin.span.clone()));
    for span in spans {
        assert!(file.text.get(span.clone()).is_some(), "{span:?} of {}", file.text.len());
    }
}

/// Every element that opens is closed, in order.
fn check_nesting(html: &str, source: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').expect("a tag ends") + at;
        let tag = &rest[at + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or("");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{html}\n---\n{source}");
        } else if !matches!(name, "br" | "hr" | "wbr") {
            let block =
                matches!(name, "p" | "ul" | "ol" | "div" | "blockquote" | "aside" | "section" | "pre" | "table");
            assert!(!(block && open.contains(&"p")), "{name} inside p: {html}\n---\n{source}");
            assert!(!(name == "a" && open.contains(&"a")), "a inside a: {html}");
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?} left open: {html}\n---\n{source}");
}

#[test]
fn no_text_makes_it_panic_or_nest_wrongly() {
    const PIECES: &[&str] = &[
        "\n",
        "\n\n",
        "*",
        "**",
        "`",
        "```",
        "```gallery\n",
        "[[",
        "]]",
        "|",
        "![",
        "](",
        ")",
        "<",
        ">",
        "> ",
        "- ",
        "  ",
        "\t",
        "#",
        "ü",
        "🎬",
        "\0",
        "<!--",
        "-->",
        "<kbd>",
        "</kbd>",
        "<div>",
        "[^a]",
        "[^a]: ",
        "\"",
        "'",
        "~~~",
        "\r\n",
        "{#x}",
        "\\",
        "&amp;",
        "---",
        "| a |\n|---|\n",
        "[x](y)",
        "1. ",
        "~~",
        "![a](b)",
        "[x]: y\n",
        "- [ ] ",
        "> [!NOTE]\n",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for round in 0..300 {
        let mut characters: Vec<char> = SAMPLE.chars().collect();
        for _ in 0..=random(12) {
            let at = random(characters.len());
            match random(4) {
                0 => drop(characters.drain(at..(at + random(30)).min(characters.len()))),
                1 => characters.truncate(at.max(40)),
                _ => drop(characters.splice(at..at, PIECES[random(PIECES.len())].chars())),
            }
        }
        let markdown: String = characters.into_iter().collect();
        let (file, prose, messages) = read_in(["en", "fr", "de"][round % 3], &markdown);
        check_places(&file, &prose, &messages);
        let html: String = prose
            .nodes
            .iter()
            .map(|node| if let Node::Html { html, .. } = node { html.as_str() } else { "" })
            .collect();
        check_nesting(&html, &markdown);
    }
}

#[test]
fn deep_and_long_texts_are_no_trouble() {
    for (piece, times) in [
        ("> ", 20_000),
        ("*a ", 20_000),
        ("[[", 20_000),
        ("![", 20_000),
        ("# a\n", 5_000),
        ("<kbd>a ![a](b) ", 20_000),
        ("[^a]", 20_000),
        ("- ", 2_000),
    ] {
        let (file, prose, messages) = read_in("fr", &piece.repeat(times));
        check_places(&file, &prose, &messages);
        let bytes: usize =
            prose.nodes.iter().map(|node| if let Node::Html { html, .. } = node { html.len() } else { 0 }).sum();
        assert!(bytes < 1000 + 500 * file.text.len(), "{piece}: {bytes} bytes from {}", file.text.len());
    }
    let marks = format!("{}{}", "*a ![a](b) ".repeat(500), "a*".repeat(500));
    assert!(show(&read_in("en", &marks).1).matches("<em>").count() < 500 * 40);
}

#[test]
fn the_sample_is_sound() {
    let (file, prose, messages) = read_in("en", SAMPLE);
    assert!(messages.is_empty(), "{messages:?}");
    check_places(&file, &prose, &messages);
    let kinds = show(&prose);
    for kind in [
        "{figure",
        "{row",
        "{gallery}",
        "{compare}",
        "{video}",
        "{quote}",
        "{zoom}",
        "{@",
        "{href",
        "<table>",
        "<aside",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
}
