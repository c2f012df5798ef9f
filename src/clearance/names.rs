//! The names of people who are held must stand in no published text.

use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::html::{escape, without_tags};
use crate::production::texts::Form;
use crate::production::{Person, Production};
use crate::source::slugify;

/// Somebody who is held, as text may name them.
#[derive(Debug)]
struct HeldName {
    slug: String,
    /// As written, longest first.
    written: Vec<String>,
    /// Folded, `-rowan-castellane-`.
    folded: Vec<String>,
    redact_as: Option<String>,
}

impl HeldName {
    fn of(person: &Person) -> Self {
        let mut written: Vec<String> = person.also_known_as.iter().chain([&person.name.value]).cloned().collect();
        written.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let folded = written.iter().map(|name| slugify(name)).chain([person.slug.clone()]);
        let folded = folded.filter(|f| !f.is_empty()).map(|f| format!("-{f}-")).collect();
        Self { slug: person.slug.clone(), folded, written, redact_as: person.redact_as.clone() }
    }
}

/// The lines (from 1 on) of a text on which somebody is named, by any name or by the name of their profile. A
/// name that goes over the end of a line is on the line on which it begins.
pub fn lines_that_name(person: &Person, text: &str) -> Vec<usize> {
    let name = HeldName::of(person);
    let lines: Vec<&str> = text.lines().collect();
    let is_in = |text: &str| names(text, &name, false);
    let says = |(at, line): (usize, &&str)| {
        let next = lines.get(at + 1).copied().unwrap_or_default();
        (is_in(line) || !is_in(next) && is_in(&format!("{line} {next}"))).then_some(at + 1)
    };
    lines.iter().enumerate().filter_map(says).collect()
}

/// Everybody who is held.
#[derive(Debug)]
pub(super) struct HeldNames(Vec<HeldName>);

impl HeldNames {
    pub(super) fn of(full: &Production, shown: &Production) -> Self {
        let held = full.people.values().filter(|person| !shown.people.contains_key(&person.slug));
        Self(held.map(HeldName::of).collect())
    }

    /// Replaces the names of held people by their `redact_as`; any that remain are errors.
    pub(super) fn redact_and_check(&self, text: &mut String, origin: &Origin, form: Form, messages: &mut Diagnostics) {
        let is_html = form == Form::Html;
        for name in &self.0 {
            if form != Form::Address {
                redact(text, name, is_html);
            }
            if names(text, name, is_html) {
                messages.push(named(name, origin));
            }
        }
    }
}

fn redact(text: &mut String, name: &HeldName, is_html: bool) {
    let Some(words) = &name.redact_as else { return };
    let words = if is_html { escape(words) } else { words.clone() };
    for written in &name.written {
        let written = if is_html { escape(written) } else { written.clone() };
        if text.contains(&written) {
            *text = text.replace(&written, &words);
        }
    }
}

fn names(text: &str, name: &HeldName, is_html: bool) -> bool {
    let says = |folded: String| name.folded.iter().any(|needle| folded.contains(needle.as_str()));
    // In HTML a name can also stand in an attribute, such as the id of a heading.
    says(fold(text)) || is_html && says(fold(&without_tags(text)))
}

fn fold(text: &str) -> String {
    format!("-{}-", slugify(text))
}

fn named(name: &HeldName, origin: &Origin) -> Diagnostic {
    let message = format!("this text is published, but names the person of `crew/{}.md`, who is held", name.slug);
    Diagnostic::error(codes::NAMED_IN_TEXT, message)
        .at(&narrowed(name, origin))
        .hint(format!("Take the name out, or write `redact_as = \"…\"` into `crew/{}.md`.", name.slug))
}

/// The name itself, where it stands in the text as written.
fn narrowed(name: &HeldName, origin: &Origin) -> Origin {
    let text = origin.file.text.get(origin.span.clone()).unwrap_or_default();
    let found = name.written.iter().find_map(|written| Some((text.find(written.as_str())?, written.len())));
    match found {
        Some((start, length)) => {
            let start = origin.span.start + start;
            Origin::new(&origin.file, start..start + length)
        }
        None => origin.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_dress() {
        let name = HeldName {
            slug: "rowan-castellane".into(),
            written: vec!["Rowan Castellane".into()],
            folded: vec!["-rowan-castellane-".into()],
            redact_as: None,
        };
        for (text, html, expected) in [
            ("With Rowan Castellane, of course", false, true),
            ("ROWAN  CASTELLANE's coat", false, true),
            ("<p><strong>Rowan</strong> Castellane</p>", true, true),
            ("rowan-castellane-02", false, true),
            ("Rowan, and a Castellane cheese", false, false),
            ("Rowan Castellanetti", false, false),
            ("<p>Rowan</p><p>Castellane</p>", true, true),
        ] {
            assert_eq!(names(text, &name, html), expected, "{text}");
        }
    }
}
