//! The CSS of typefaces: `@font-face` rules and font lists. Names come from font files, so they
//! are escaped here and nowhere else.

use std::fmt::Write;

use super::fallback::stand_ins;
use super::{Face, Fallback, Generic};

/// The `@font-face` rule of a face under a family name. `url` is relative to the style sheet. A stand-in is exchanged when the
/// font comes: words that a late font kept from wearing it would break, and be as dark, as no theme was made for.
pub fn rule(family: &str, face: &Face, url: &str) -> String {
    format!(
        "@font-face{{font-family:{};src:url({}) format(\"woff2\");{};font-display:swap}}\n",
        string(family),
        string(url),
        style(face.weight, face.italic),
    )
}

/// The `@font-face` rule of a stand-in for a family.
pub fn fallback_rule(family: &str, fallback: &Fallback) -> String {
    let local: Vec<String> = fallback.local.iter().map(|name| format!("local({})", string(name))).collect();
    format!(
        "@font-face{{font-family:{};src:{};{};size-adjust:{:.2}%;ascent-override:{:.2}%;\
         descent-override:{:.2}%;line-gap-override:{:.2}%}}\n",
        string(&fallback_name(family, fallback.rank)),
        local.join(","),
        style(fallback.weight, fallback.italic),
        fallback.size_adjust,
        fallback.ascent_override,
        fallback.descent_override,
        fallback.line_gap_override,
    )
}

/// The family name under which a stand-in is declared.
pub fn fallback_name(family: &str, rank: usize) -> String {
    match rank {
        0 | 1 => format!("{family} fallback"),
        _ => format!("{family} fallback {rank}"),
    }
}

/// The value of `font-family`: the web font, its stand-ins, and the browser's own choice.
pub fn stack(family: &str, generic: Generic) -> String {
    let mut list = string(family);
    for rank in 1..=stand_ins(generic).len() {
        list.push_str(", ");
        list.push_str(&string(&fallback_name(family, rank)));
    }
    list.push_str(", ");
    list.push_str(generic.keyword());
    list
}

fn style((lightest, boldest): (u16, u16), italic: bool) -> String {
    let slant = if italic { "italic" } else { "normal" };
    if lightest == boldest {
        format!("font-weight:{lightest};font-style:{slant}")
    } else {
        format!("font-weight:{lightest} {boldest};font-style:{slant}")
    }
}

/// A CSS string. Everything that could end it, or a `<style>` element around it, is escaped.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_control() || matches!(c, '"' | '\\' | '<' | '>' | '&') {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\{:x} ", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out.push('"');
    out
}
