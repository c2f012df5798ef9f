//! The little of HTML that several rooms need. Knows nothing of pages.

/// Text safe to stand in HTML, between tags and in attributes.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    pulldown_cmark_escape::escape_html(&mut html, text).expect("writing to a String cannot fail");
    html
}

/// The words of HTML. Tags are dropped without a space, so that a name with a part in bold is found;
/// a block's end is a space.
pub fn without_tags(html: &str) -> String {
    words(html, |_| ">")
}

/// The same without the signs beside headings, which lead to them.
pub fn without_tags_and_anchors(html: &str) -> String {
    words(html, |tag| if tag.starts_with("<a class=\"anchor\"") { "</a>" } else { ">" })
}

/// What is left of HTML when each tag goes, up to the first of what `last` says of it.
fn words(html: &str, last: impl Fn(&str) -> &'static str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        words.push_str(&rest[..start]);
        let tag = &rest[start..];
        let last = last(tag);
        let end = tag.find(last).map_or(tag.len(), |i| i + last.len());
        let inline = ["<em", "</em", "<strong", "</strong", "<del", "</del", "<a ", "</a"];
        if !inline.iter().any(|known| tag.starts_with(known)) {
            words.push(' ');
        }
        rest = &tag[end..];
    }
    words.push_str(rest);
    if words.contains('&') {
        for (entity, character) in
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")]
        {
            words = words.replace(entity, character);
        }
    }
    words
}
