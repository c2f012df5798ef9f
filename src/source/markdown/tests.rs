//! What Markdown becomes, and what is said of mistakes in it.

mod soundness;

use super::{curl, parse};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::source::prose::{Block, FigureRef, Node, Prose, VideoSource};
use std::sync::Arc;

fn read_in(language: &str, markdown: &str) -> (Arc<SourceFile>, Prose, Vec<Diagnostic>) {
    let front = "+++\ntitle = \"Ünïcode\"\n+++\n";
    let file = SourceFile::new("stories/rain.md", format!("{front}{markdown}"));
    let mut messages = Diagnostics::new();
    let prose = parse(&file, front.len()..file.text.len(), language, &mut messages);
    (file, prose, messages.into_iter().collect())
}

fn figure(figure: &FigureRef) -> String {
    let alt = figure.alt.as_ref().map_or("-", |alt| alt.value.as_str());
    format!("{}|{alt}|{}", figure.still.value, figure.caption.as_deref().unwrap_or("-"))
}

/// The nodes as text, those that are no HTML in braces.
fn show(prose: &Prose) -> String {
    prose
        .nodes
        .iter()
        .map(|node| match node {
            Node::Html { html, .. } => html.clone(),
            Node::Href(target) => format!("{{href {}}}", target.value),
            Node::Mention { target, words } => format!("{{@{}|{}}}", target.value, words.as_deref().unwrap_or("-")),
            Node::Figure(one) => format!("{{figure {}}}\n", figure(one)),
            Node::Row(all) => format!("{{row {}}}\n", all.iter().map(figure).collect::<Vec<_>>().join(" + ")),
            Node::Block(Block::Gallery(_)) => "{gallery}\n".to_owned(),
            Node::Block(Block::Compare(_)) => "{compare}\n".to_owned(),
            Node::Block(Block::Video(_)) => "{video}\n".to_owned(),
            Node::Block(Block::Quote(_)) => "{quote}\n".to_owned(),
            Node::Block(Block::Zoom(_)) => "{zoom}\n".to_owned(),
            Node::Word(key) => format!("{{word {key}}}"),
        })
        .collect()
}

fn shown(markdown: &str) -> String {
    shown_in("en", markdown)
}

fn shown_in(language: &str, markdown: &str) -> String {
    let (_, prose, messages) = read_in(language, markdown);
    assert!(messages.is_empty(), "{markdown}: {messages:?}");
    show(&prose)
}

/// `code at`, where `at` is the text that the message points at.
fn complaints(markdown: &str) -> Vec<String> {
    let (file, _, messages) = read_in("en", markdown);
    let at = |d: &Diagnostic| d.origin.as_ref().map(|o| file.text[o.span.clone()].to_owned()).unwrap_or_default();
    messages.iter().map(|d| format!("{} {}", d.code, at(d))).collect()
}

const ANCHOR: &str = "title=\"{word anchor_label}\"><span aria-hidden=\"true\">#</span></a></div>";

fn heading(level: u8, id: &str, words: &str) -> String {
    format!(
        "<div class=\"heading\"><h{level} id=\"{id}\">{words}</h{level}>\
         <a class=\"anchor\" href=\"#{id}\" aria-labelledby=\"{id}\" {ANCHOR}\n"
    )
}

#[test]
fn plain_markdown_is_valid_html() {
    for (markdown, html) in [
        (
            "a *b* **c** ~~d~~ `e<` &amp; f",
            "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code> &amp; f</p>\n",
        ),
        ("a  \nb\nc\\\nd", "<p>a<br>\nb\nc<br>\nd</p>\n"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
        ("> a\n>\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n"),
        ("- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
        ("3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"),
        (
            "```rust x\na < \"b\"\n```",
            "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; \"b\"\n</code></pre>\n",
        ),
        ("    a", "<pre tabindex=\"0\"><code>a</code></pre>\n"),
        ("a\0b `\0`", "<p>a\u{FFFD}b <code>\u{FFFD}</code></p>\n"),
        ("*\n\n", "<ul>\n<li></li>\n</ul>\n"),
        (
            "- [x] a\n- [ ] b",
            "<ul>\n<li><span class=\"task task-done\" role=\"img\" aria-label=\"{word task_done}\"></span> a</li>\n\
             <li><span class=\"task task-open\" role=\"img\" aria-label=\"{word task_open}\"></span> b</li>\n</ul>\n",
        ),
        (
            "> [!WARNING]\n> Wet.",
            "<aside class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">{word alert_warning}</p>\n\
             <p>Wet.</p>\n</aside>\n",
        ),
        (
            "|   | a |\n|:--|--:|\n| b | [[c\\|*d* e]] |",
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{word table_label}\"><table>\n<thead>\n<tr>\
             <td class=\"align-left\"></td><th scope=\"col\" class=\"align-right\">a</th></tr>\n</thead>\n<tbody>\n\
             <tr><td class=\"align-left\">b</td><td class=\"align-right\">{@c|d e}</td></tr>\n</tbody>\n</table></div>\n",
        ),
    ] {
        assert_eq!(shown(markdown), html, "{markdown}");
        assert_eq!(shown(&markdown.replace('\n', "\r\n")), html, "{markdown} with CRLF");
    }
}

#[test]
fn headings_begin_below_the_pages_own_and_skip_no_level() {
    let markdown = "# A\n\n#### B\n\n## C\n\n> # D";
    let html = [heading(2, "a", "A"), heading(3, "b", "B"), heading(3, "c", "C")].concat();
    assert_eq!(shown(markdown), format!("{html}<blockquote>\n{}</blockquote>\n", heading(2, "d", "D")));
    let (_, prose, _) = read_in("en", markdown);
    let listed: Vec<_> = prose.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(listed, [(2, "a", "A"), (3, "b", "B"), (3, "c", "C")]);
    assert_eq!(shown("### A"), heading(2, "a", "A"));
}

#[test]
fn anchors_are_unique() {
    for (markdown, ids) in [
        ("# Größe & *Licht*\n# Größe & Licht", vec!["grosse-licht", "grosse-licht-2"]),
        ("# Rain\n# Snow {#rain}", vec!["rain-2", "rain"]),
        ("# Rain\n# Rain\n# Rain 2", vec!["rain", "rain-2", "rain-2-2"]),
        ("# Main\n# …!", vec!["main-2", "section"]),
        ("# It's `code`", vec!["its-code"]),
    ] {
        let (_, prose, messages) = read_in("en", markdown);
        assert!(messages.is_empty(), "{messages:?}");
        assert_eq!(prose.headings.iter().map(|h| h.id.as_str()).collect::<Vec<_>>(), ids, "{markdown}");
    }
    assert_eq!(shown("# A {#x .lead}"), heading(2, "x", "A").replace("\"x\">", "\"x\" class=\"lead\">"));
}

#[test]
fn pictures_are_figures_rows_and_end_the_paragraph() {
    for (markdown, html) in [
        ("![A *b*](x.jpg \"It's wet\")", "{figure x.jpg|A b|It’s wet}\n"),
        ("![](<a b.jpg>)", "{figure a b.jpg|-|-}\n"),
        ("![a](a%20b%C3%A9.jpg)", "{figure a bé.jpg|a|-}\n"),
        ("![a](a.jpg)\n![b](b.jpg)  \n![c](c.jpg)", "{row a.jpg|a|- + b.jpg|b|- + c.jpg|c|-}\n"),
        ("one ![a](a.jpg) two", "<p>one</p>\n{figure a.jpg|a|-}\n<p>two</p>\n"),
        ("**![a](a.jpg) two** three", "{figure a.jpg|a|-}\n<p><strong>two</strong> three</p>\n"),
        ("*one ![a](a.jpg) two*", "<p><em>one</em></p>\n{figure a.jpg|a|-}\n<p><em>two</em></p>\n"),
        ("one  \n![a](a.jpg)\ntwo", "<p>one</p>\n{figure a.jpg|a|-}\n<p>two</p>\n"),
        (
            "- ![a](a.jpg)\n- b ![c](c.jpg)",
            "<ul>\n<li>{figure a.jpg|a|-}\n</li>\n<li>b{figure c.jpg|c|-}\n</li>\n</ul>\n",
        ),
        ("> ![a](a.jpg)", "<blockquote>\n{figure a.jpg|a|-}\n</blockquote>\n"),
        ("![[a.jpg]] x ![[b.jpg|c]]", "{figure a.jpg|-|-}\n<p>x</p>\n{figure b.jpg|c|-}\n"),
        ("![a][r]\n\n[r]: r.jpg 'cap'", "{figure r.jpg|a|cap}\n"),
    ] {
        assert_eq!(shown(markdown), html, "{markdown}");
    }
}

#[test]
fn places_are_the_written_names() {
    let spans = |markdown: &str| -> Vec<String> {
        let (file, prose, _) = read_in("en", markdown);
        let at = |origin: &crate::diagnostic::Origin| file.text[origin.span.clone()].to_owned();
        let of = |f: &FigureRef| {
            [Some(at(&f.still.origin)), f.alt.as_ref().map(|alt| at(&alt.origin))]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
        };
        prose
            .nodes
            .iter()
            .flat_map(|node| match node {
                Node::Href(target) | Node::Mention { target, .. } => vec![at(&target.origin)],
                Node::Figure(one) => of(one),
                Node::Row(all) => all.iter().flat_map(of).collect(),
                Node::Block(Block::Gallery(g)) => g.stills.iter().map(|still| at(&still.origin)).collect(),
                Node::Block(Block::Quote(quote)) => vec![at(&quote.text.origin)],
                _ => Vec::new(),
            })
            .collect()
    };
    for (markdown, expected) in [
        ("x ![A *b*](  x(1).jpg \"t\")", vec!["x(1).jpg", "A *b*"]),
        ("![ a ](<a b.jpg>)", vec!["a b.jpg", "a"]),
        ("![](x.jpg)\n![y](y.jpg)", vec!["x.jpg", "y.jpg", "y"]),
        ("[[ Inês Calder ]] [[rain-rig|*w*]]", vec!["Inês Calder", "rain-rig"]),
        ("[a](rain.md#x 'T') [b][R]\n\n[r]: /press.pdf", vec!["rain.md#x", "/press.pdf"]),
        ("| a |\n|---|\n| [[x\\|y]] |", vec!["x"]),
        ("![[ü.jpg|ö]]", vec!["ü.jpg", "ö"]),
        ("```gallery\nstills = [\"ü.jpg\",\n 'b']\n```", vec!["\"ü.jpg\"", "'b'"]),
        ("> - x\n>\n>   ```gallery\n>   stills = [\"a\",\n>     \"b\"]\n>   ```", vec!["\"a\"", "\"b\""]),
        ("```quote\r\nperson = 'a'\r\ntext = 'b'\r\n```\r\n", vec!["'b'"]),
    ] {
        assert_eq!(spans(markdown), expected, "{markdown}");
    }
}

#[test]
fn links_stay_or_become_nodes() {
    for (markdown, html) in [
        (
            "[a](https://x.org/?a=1&b=2 \"T\")",
            "<p><a href=\"https://x.org/?a=1&amp;b=2\" title=\"T\" rel=\"noopener\">a</a></p>\n",
        ),
        ("<http://x.org>", "<p><a href=\"http://x.org\" rel=\"noopener\">http://x.org</a></p>\n"),
        ("<a@x.org> [t](tel:123)", "<p><a href=\"mailto:a@x.org\">a@x.org</a> <a href=\"tel:123\">t</a></p>\n"),
        (
            "[a *b*](rain.md#x \"T\\\"&\")",
            "<p><a href=\"{href rain.md#x}\" title=\"T&quot;&amp;\">a <em>b</em></a></p>\n",
        ),
        (
            "[[Inês Calder]] and [[rain-rig|the *rig*]] `[[x]]`",
            "<p>{@Inês Calder|-} and {@rain-rig|the rig} <code>[[x]]</code></p>\n",
        ),
    ] {
        assert_eq!(shown(markdown), html, "{markdown}");
    }
    assert_eq!(shown("# Über\n[a](#uber)"), heading(2, "uber", "Über") + "<p><a href=\"#uber\">a</a></p>\n");
}

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_their_numbers() {
    let back = |n: usize| {
        format!(
            " <a class=\"footnote-back\" href=\"#fnref-{n}\" role=\"doc-backlink\" aria-label=\"{{word footnote_back}}\">↩</a>"
        )
    };
    let reference = |n: usize, id: &str| {
        format!(
            "<sup class=\"footnote-reference\"><a href=\"#fn-{n}\" id=\"fnref-{id}\" role=\"doc-noteref\">{n}</a></sup>"
        )
    };
    let html = format!(
        "<p>a{} b{} c{}</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{{word footnotes_label}}\">\n<ol>\n\
         <li id=\"fn-1\"><p>Two.{}</p>\n</li>\n<li id=\"fn-2\"><p>One.{}</p>\n</li>\n\
         <li id=\"fn-3\"><p>Three.</p>\n</li>\n</ol>\n</section>\n",
        reference(1, "1"),
        reference(2, "2"),
        reference(1, "1-2"),
        back(1),
        back(2)
    );
    assert_eq!(shown("a[^B] b[^1] c[^b]\n\n[^3]: Three.\n\n[^1]: One.\n\n[^b]: Two."), html);
    assert_eq!(complaints("a[^x] \\[^y] `[^z]`"), ["unknown-anchor [^x]"]);
}

#[test]
fn html_is_refused_but_for_what_means_something() {
    for (markdown, html) in [
        ("a <!-- secret --> b", "<p>a  b</p>\n"),
        ("<!-- secret\n\nstill -->\n\nb", "<p>b</p>\n"),
        ("H<sub>2</sub>O <KBD>x</KBD><br>y<wbr>z", "<p>H<sub>2</sub>O <kbd>x</kbd><br>y<wbr>z</p>\n"),
        ("<abbr title=\"A &quot;&amp;\">x</abbr>", "<p><abbr title=\"A &quot;&amp;\">x</abbr></p>\n"),
        ("a <mark></mark> b", "<p>a  b</p>\n"),
    ] {
        assert_eq!(shown(markdown), html, "{markdown}");
        assert!(!html.contains("secret"));
    }
}

#[test]
fn quotation_marks_are_those_of_the_language() {
    let straight = "\"Wet,\" 'said' rock'n'roll `\"x\"` “typed”";
    for (language, html) in [
        ("en-GB", "“Wet,” ‘said’ rock’n’roll"),
        ("de", "„Wet,“ ‚said‘ rock’n’roll"),
        ("de-CH", "«Wet,» ‹said› rock’n’roll"),
        ("fr", "«\u{202F}Wet,\u{202F}» “said” rock’n’roll"),
        ("es-MX", "«Wet,» “said” rock’n’roll"),
        ("it", "«Wet,» “said” rock’n’roll"),
        ("sv", "”Wet,” ’said’ rock’n’roll"),
        ("fi", "”Wet,” ’said’ rock’n’roll"),
        ("pl", "„Wet,” «said» rock’n’roll"),
        ("ja", "“Wet,” ‘said’ rock’n’roll"),
    ] {
        let expected = format!("<p>{html} <code>\"x\"</code> “typed”</p>\n");
        assert_eq!(shown_in(language, straight), expected, "{language}");
        assert_eq!(curl("\"Wet,\" 'said' rock'n'roll", language), html, "{language}");
    }
    assert_eq!(
        shown_in("fr", "Quoi ? L'*eau* ! Non : « oui » `a !`; a:b"),
        "<p>Quoi\u{202F}? L’<em>eau</em>\u{202F}! Non\u{A0}: «\u{202F}oui\u{202F}» <code>a !</code>; a:b</p>\n"
    );
    assert_eq!(shown_in("de", "'it's wet' and l'x"), "<p>‚it’s wet‘ and l’x</p>\n");
    assert_eq!(curl("'tis Jess' and \"don't\"... -- wait", "en"), "‘tis Jess’ and “don’t”… – wait");
    assert_eq!(curl("the '90s", "en"), "the ’90s");
}

#[test]
fn blocks_are_read() {
    let only = |markdown: &str| {
        let (_, prose, messages) = read_in("en", markdown);
        assert!(messages.is_empty(), "{markdown}: {messages:?}");
        match prose.nodes.into_iter().find(|node| matches!(node, Node::Block(_))) {
            Some(Node::Block(block)) => block,
            other => panic!("{markdown}: {other:?}"),
        }
    };
    let Block::Gallery(gallery) = only("```gallery\ngallery = \"day-12\"\nstills = [\"*.jpg\"]\nlayout = \"row\"\n```")
    else {
        panic!("no gallery")
    };
    assert_eq!(format!("{:?} {}", gallery.layout, gallery.stills[0].value), "Row *.jpg");
    let Block::Quote(quote) = only("> ```quote\n> person = \"a\"\n> text = \"\"\"\n> It's\n>\n>   wet\"\"\"\n> ```\n")
    else {
        panic!("no quote")
    };
    assert_eq!(quote.text.value, "It’s\n\nwet");
    for url in [
        "https://youtu.be/a_-1",
        "https://www.youtube.com/watch?list=x&v=ab",
        "https://vimeo.com/123",
        "https://youtube.com/shorts/x?y",
    ] {
        let Block::Video(video) = only(&format!("```video\nurl = \"{url}\"\ntitle = \"T\"\n```")) else {
            panic!("no video")
        };
        assert!(matches!(video.source, VideoSource::Outside { .. }), "{url}");
    }
    let Block::Zoom(zoom) =
        only("~~~zoom\nstill = \"a\"\ndetails = [{ title = \"T\", at = [0.1, 1], size = 0.2 }]\n~~~")
    else {
        panic!("no zoom")
    };
    assert_eq!((zoom.details[0].at, zoom.details[0].size), ([0.1, 1.0], 0.2));
    assert!(matches!(only("```compare\nbefore = 'a'\nafter = 'b'\n```"), Block::Compare(_)));
}

#[test]
fn mistakes_are_reported_where_they_are() {
    for (markdown, expected) in [
        ("# A {#x}\n\n# B {#x}", vec!["duplicate-slug x"]),
        ("# A {#main}", vec!["duplicate-slug main"]),
        ("# A {onclick=x}", vec!["html-not-allowed # A {onclick=x}"]),
        ("#\n\na", vec!["wrong-value #"]),
        ("# A ![b](c.jpg)", vec!["image-place ![b](c.jpg)"]),
        ("# ![b](c.jpg)", vec!["image-place ![b](c.jpg)"]),
        ("[![b](c.jpg)](d.md)", vec!["image-place ![b](c.jpg)"]),
        ("| ![b](c.jpg) |\n|---|\n", vec!["image-place ![b](c.jpg)"]),
        ("![a](https://x.org/a.jpg)", vec!["image-place https://x.org/a.jpg"]),
        ("![a](//x.org/a.jpg)", vec!["image-place //x.org/a.jpg"]),
        ("![a]()", vec!["unknown-still ![a]()"]),
        ("[a](#b)", vec!["unknown-anchor #b"]),
        (
            "[a](javascript:alert%281%29) [b](data:x) [c](file:///x)",
            vec!["unknown-link javascript:alert%281%29", "unknown-link data:x", "unknown-link file:///x"],
        ),
        ("[a](<java\tscript:x>)", vec!["unknown-link java\tscript:x"]),
        ("[a](//x.org) [b]() [](c.md)", vec!["unknown-link //x.org", "unknown-link [b]()", "unknown-link [](c.md)"]),
        ("[[ ]]", vec!["unknown-link [[ ]]"]),
        ("a <span class=\"x\">b</span>", vec!["html-not-allowed <span class=\"x\">"]),
        ("<div>\n*x*\n</div>", vec!["html-not-allowed <div>"]),
        ("> <!-- x -->\n> <iframe src=x></iframe>", vec!["html-not-allowed <iframe src=x>"]),
        ("<!-- x --> y", vec!["html-not-allowed y"]),
        ("a\n\n<!-- x\n\ny", vec!["html-not-allowed <!--"]),
        ("<kbd class=x>a</kbd>", vec!["html-not-allowed <kbd class=x>"]),
        ("*a <kbd>b* c", vec!["html-not-allowed <kbd>"]),
        ("a <kbd>b\n\nc", vec!["html-not-allowed <kbd>"]),
        ("a</kbd>", vec!["html-not-allowed </kbd>"]),
        ("<mark>\n\na", vec!["html-not-allowed <mark>"]),
        ("<Name to come>", vec!["html-not-allowed <Name to come>"]),
        ("```gallery\n```", vec!["bad-block ```gallery"]),
        ("```gallery day-12\n```", vec!["bad-block ```gallery day-12"]),
        ("```gallery\nstills = 'a'\n\nmore", vec!["bad-block ```gallery"]),
        ("```gallery\nstils = 'a'\n```", vec!["unknown-key stils"]),
        ("x\n\n```video\nclip = 'a'\nurl = 'b'\n```", vec!["bad-block 'b'"]),
        ("```video\ncaption = 'a'\n```", vec!["bad-block ```video"]),
        ("```video\nurl = 'http://youtu.be/a'\ntitle = 'x'\n```", vec!["bad-block 'http://youtu.be/a'"]),
        ("```video\nurl = 'https://youtu.be/a'\n```", vec!["missing-key ```video"]),
        ("```video\nclip = 'a'\nposter = 'b'\n```", vec!["bad-block 'b'"]),
        ("```video\nclip = 3\n```", vec!["wrong-type 3"]),
        ("```quote\ntext = 'a'\n```", vec!["bad-block ```quote"]),
        ("```quote\nperson = 'a'\ntext = \n```", vec!["bad-toml "]),
        ("```compare\nbefore = 'a'\n```", vec!["missing-key "]),
        ("```zoom\nstill = 'a'\n```", vec!["bad-block ```zoom"]),
        (
            "```zoom\nstill = 'a'\ndetails = [{ title = 'x', size = 0.2 }]\n```",
            vec!["missing-key { title = 'x', size = 0.2 }"],
        ),
        ("```zoom\nstill = 'a'\ndetails = [{ title = 'x', at = [0, 2], size = 0.2 }]\n```", vec!["wrong-type [0, 2]"]),
        ("```galery\nstills = 'a'\n```", vec!["bad-block ```galery"]),
        ("```galery\nwords\n```\n\n```toml\na = 1\n```", vec![]),
    ] {
        assert_eq!(complaints(markdown), expected, "{markdown}");
    }
}

#[test]
fn a_mistake_in_a_block_has_its_line_and_column() {
    for markdown in
        ["```quote\nperson = \"a\"\n  txt = \"b\"\n```", "> ```quote\n> person = \"a\"\n>   txt = \"b\"\n> ```"]
    {
        let (_, _, messages) = read_in("en", markdown);
        let unknown = messages.iter().find(|d| d.code.0 == "unknown-key").expect("a message");
        let quoted = usize::from(markdown.starts_with('>')) * 2;
        assert_eq!(unknown.origin.as_ref().and_then(|o| o.position()), Some((6, 3 + quoted)), "{markdown}");
    }
}

#[test]
fn words_are_counted() {
    for (markdown, words) in [
        ("One *tw*o, three — don't.", 4),
        ("# A b\n\n- c\n- d `e`\n\n```\nno no\n```\n\n![no](x.jpg)", 5),
        ("日本語の映画", 3),
        ("[[Inês Calder]] [[x|one two three]]", 5),
        ("a<br>b\nc", 3),
    ] {
        assert_eq!(read_in("en", markdown).1.words, words, "{markdown}");
    }
}

#[test]
fn a_top_level_block_is_a_node_with_its_place() {
    let (file, prose, _) = read_in("en", "One *two*.\n\n- three\n- four\n");
    let places: Vec<&str> = prose
        .nodes
        .iter()
        .map(|node| match node {
            Node::Html { origin, .. } => &file.text[origin.span.clone()],
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(places, ["One *two*.\n", "- three\n- four\n"]);
}
