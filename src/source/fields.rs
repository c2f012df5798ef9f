//! Reading a TOML table field by field, with the place of everything and all mistakes reported.
//!
//! [`Fields`] remembers every key that was asked for: what is left over at [`Fields::finish`] is a
//! mistake of the author, and what was asked for is the list of legal keys, so the two cannot
//! drift apart. It knows nothing of what the fields mean.

use super::toml_words;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Located, Origin, SourceFile, codes};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A TOML text inside a file: the whole file, front matter, or the body of a fenced block.
#[derive(Debug, Clone)]
pub struct TomlText<'a> {
    /// The file it stands in.
    pub file: &'a Arc<SourceFile>,
    /// Where in the file the text begins.
    pub offset: usize,
    /// The TOML.
    pub text: &'a str,
}

impl TomlText<'_> {
    fn origin(&self, span: Range<usize>) -> Origin {
        Origin::new(self.file, span.start + self.offset..span.end + self.offset)
    }
}

/// Parses `toml` and hands its fields to `read`, reporting syntax errors instead when there are some.
pub fn with_fields<T>(
    toml: &TomlText<'_>,
    what: &str,
    messages: &mut Diagnostics,
    read: impl FnOnce(&mut Fields<'_>) -> T,
) -> Option<T> {
    let (table, errors) = DeTable::parse_recoverable(toml.text);
    if !errors.is_empty() {
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let (sentence, hint) = toml_words::plain(error.message(), span.is_empty());
            let mut message = Diagnostic::error(codes::BAD_TOML, format!("{what} cannot be read: {sentence}"));
            message.hints.extend(hint.map(ToOwned::to_owned));
            messages.push(message.at(&toml.origin(span)));
        }
        return None;
    }
    let shared = Rc::new(RefCell::new(Diagnostics::new()));
    let value = {
        let span = table.span();
        let mut fields = Fields {
            toml,
            table: table.get_ref(),
            span,
            what: what.to_owned(),
            known: Vec::new(),
            messages: Rc::clone(&shared),
        };
        let value = read(&mut fields);
        fields.finish();
        value
    };
    messages.extend(shared.take());
    Some(value)
}

/// One table of a TOML text.
#[derive(Debug)]
pub struct Fields<'a> {
    toml: &'a TomlText<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    what: String,
    known: Vec<&'static str>,
    messages: Rc<RefCell<Diagnostics>>,
}

type Item<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Fields<'a> {
    /// The place of the whole table.
    pub fn origin(&self) -> Origin {
        self.toml.origin(self.span.clone())
    }

    /// What the table is, with an article: "a story".
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Reports a mistake at a place.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.messages.borrow_mut().push(diagnostic);
    }

    /// Whether the key is written at all.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn get(&mut self, key: &'static str) -> Option<Item<'a>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.table.get(key)
    }

    fn wrong(&self, code: Code, key: &str, item: Item<'_>, wanted: &str) {
        let message = format!("`{key}` of {} wants {wanted}, but this is {}", self.what, describe(item.get_ref()));
        self.report(Diagnostic::error(code, message).at(&self.toml.origin(item.span())));
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        convert: impl FnOnce(Item<'a>) -> Option<T>,
    ) -> Option<Located<T>> {
        let item = self.get(key)?;
        match convert(item) {
            Some(value) => Some(Located::new(value, self.toml.origin(item.span()))),
            None => {
                self.wrong(codes::WRONG_TYPE, key, item, wanted);
                None
            }
        }
    }

    /// Text, trimmed; an empty one counts as absent.
    pub fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        self.read(key, "text in quotes", |item| item.get_ref().as_str().map(|s| s.trim().to_owned()))
            .filter(|text| !text.value.is_empty())
    }

    /// Text that has to be there; an empty text and a complaint when it is not.
    pub fn required_text(&mut self, key: &'static str, example: &str) -> Option<Located<String>> {
        let present = self.table.contains_key(key);
        let text = self.text(key);
        if text.is_none() && !(present && self.table.get(key).is_some_and(|v| v.get_ref().as_str().is_none())) {
            let message = if present {
                format!("`{key}` of {} is empty", self.what)
            } else {
                format!("{} needs a `{key}`", capitalised(&self.what))
            };
            let span = self.table.get(key).map_or(self.start(), |v| v.span());
            self.report(
                Diagnostic::error(codes::MISSING_KEY, message)
                    .at(&self.toml.origin(span))
                    .hint(format!("Write for example `{key} = {example}`.")),
            );
        }
        text
    }

    /// An empty range at the table's beginning, on its first line.
    fn start(&self) -> Range<usize> {
        self.span.start..self.span.start
    }

    /// `true` or `false`; `default` when absent.
    pub fn flag(&mut self, key: &'static str, default: bool) -> bool {
        self.optional_flag(key).map_or(default, |flag| flag.value)
    }

    /// `true` or `false`, if written.
    pub fn optional_flag(&mut self, key: &'static str) -> Option<Located<bool>> {
        self.read(key, "`true` or `false` without quotes", |item| item.get_ref().as_bool())
    }

    /// A whole number in a range.
    pub fn whole(&mut self, key: &'static str, range: std::ops::RangeInclusive<i64>) -> Option<Located<i64>> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        self.read(key, &wanted, |item| integer(item.get_ref()).filter(|n| range.contains(n)))
    }

    /// A list of whole numbers in a range.
    pub fn whole_numbers(&mut self, key: &'static str, range: std::ops::RangeInclusive<i64>) -> Vec<i64> {
        let wanted = format!("a list of whole numbers from {} to {}", range.start(), range.end());
        let numbers = self.read(key, &wanted, |item| {
            let array = item.get_ref().as_array()?;
            array.iter().map(|n| integer(n.get_ref()).filter(|n| range.contains(n))).collect::<Option<Vec<i64>>>()
        });
        numbers.map(|n| n.value).unwrap_or_default()
    }

    /// One of a list of words.
    pub fn choice(&mut self, key: &'static str, legal: &[&'static str]) -> Option<Located<&'static str>> {
        let text = self.text(key)?;
        if let Some(found) = legal.iter().find(|l| **l == text.value) {
            return Some(Located::new(*found, text.origin));
        }
        self.report(
            Diagnostic::error(codes::WRONG_VALUE, format!("`{}` is no `{key}` for {}", text.value, self.what))
                .at(&text.origin)
                .hint(format!("Choose one of {}.", listed(legal)))
                .did_you_mean(&text.value, legal.iter().copied()),
        );
        None
    }

    /// A list of texts; one text stands for a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<String>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        let wanted = "a list of texts such as [\"one\", \"two\"]";
        if let Some(one) = item.get_ref().as_str() {
            return vec![Located::new(one.trim().to_owned(), self.toml.origin(item.span()))];
        }
        let Some(array) = item.get_ref().as_array() else {
            self.wrong(codes::WRONG_TYPE, key, item, wanted);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in array.iter() {
            match entry.get_ref().as_str() {
                Some(text) => texts.push(Located::new(text.trim().to_owned(), self.toml.origin(entry.span()))),
                None => self.wrong(codes::WRONG_TYPE, key, entry, wanted),
            }
        }
        texts
    }

    /// Two or more numbers.
    pub fn numbers<const N: usize>(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<f64>,
    ) -> Option<Located<[f64; N]>> {
        let wanted = format!("{N} numbers from {} to {} such as [0.5, 0.3]", range.start(), range.end());
        self.read(key, &wanted, |item| {
            let numbers: Option<Vec<f64>> = item.get_ref().as_array()?.iter().map(|n| number(n.get_ref())).collect();
            let numbers: [f64; N] = numbers?.try_into().ok()?;
            numbers.iter().all(|n| range.contains(n)).then_some(numbers)
        })
    }

    /// One number in a range.
    pub fn number(&mut self, key: &'static str, range: std::ops::RangeInclusive<f64>) -> Option<Located<f64>> {
        let wanted = format!("a number from {} to {}", range.start(), range.end());
        self.read(key, &wanted, |item| number(item.get_ref()).filter(|n| range.contains(n)))
    }

    /// A date, or a date with a time.
    pub fn datetime(&mut self, key: &'static str) -> Option<Located<toml::value::Datetime>> {
        self.read(key, "a date such as 2026-03-12, without quotes", |item| match item.get_ref() {
            DeValue::Datetime(when) if when.date.is_some() => Some(*when),
            _ => None,
        })
    }

    /// A table within this one, read by `read`.
    pub fn table<T>(&mut self, key: &'static str, what: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let item = self.get(key)?;
        self.read_table(key, item, what, read)
    }

    /// A table of tables whose keys the author chooses, such as `[still."rain.jpg"]`.
    pub fn named_tables<T>(
        &mut self,
        key: &'static str,
        what: impl Fn(&str) -> String,
        mut read: impl FnMut(Located<String>, &mut Fields<'_>) -> T,
    ) -> Vec<T> {
        let Some(item) = self.get(key) else { return Vec::new() };
        let DeValue::Table(table) = item.get_ref() else {
            self.wrong(codes::WRONG_TYPE, key, item, "a table");
            return Vec::new();
        };
        let mut all = Vec::new();
        for (name, entry) in sorted(table) {
            let located = Located::new(name.get_ref().to_string(), self.toml.origin(name.span()));
            let described = what(&located.value);
            all.extend(self.read_table(key, entry, &described, |fields| read(located, fields)));
        }
        all
    }

    /// A table of texts whose keys the author chooses, such as `links = { website = "…" }`.
    pub fn named_texts(&mut self, key: &'static str) -> Vec<(Located<String>, Located<String>)> {
        let Some(item) = self.get(key) else { return Vec::new() };
        let DeValue::Table(table) = item.get_ref() else {
            self.wrong(codes::WRONG_TYPE, key, item, "a table such as { website = \"…\" }");
            return Vec::new();
        };
        let mut all = Vec::new();
        for (name, entry) in sorted(table) {
            match entry.get_ref().as_str() {
                Some(text) => all.push((
                    Located::new(name.get_ref().to_string(), self.toml.origin(name.span())),
                    Located::new(text.trim().to_owned(), self.toml.origin(entry.span())),
                )),
                None => self.wrong(codes::WRONG_TYPE, key, entry, "text in quotes"),
            }
        }
        all
    }

    /// A list of tables, such as `chapters = [{ at = "0:00", title = "…" }]`.
    pub fn tables<T>(&mut self, key: &'static str, what: &str, mut read: impl FnMut(&mut Fields<'_>) -> T) -> Vec<T> {
        let Some(item) = self.get(key) else { return Vec::new() };
        let Some(array) = item.get_ref().as_array() else {
            self.wrong(codes::WRONG_TYPE, key, item, "a list of tables such as [{ … }, { … }]");
            return Vec::new();
        };
        array.iter().filter_map(|entry| self.read_table(key, entry, what, &mut read)).collect()
    }

    fn read_table<T>(
        &self,
        key: &str,
        item: Item<'a>,
        what: &str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        let DeValue::Table(table) = item.get_ref() else {
            self.wrong(codes::WRONG_TYPE, key, item, "a table");
            return None;
        };
        let mut fields = Fields {
            toml: self.toml,
            table,
            span: item.span(),
            what: what.to_owned(),
            known: Vec::new(),
            messages: Rc::clone(&self.messages),
        };
        let value = read(&mut fields);
        fields.finish();
        Some(value)
    }

    /// Complains about every key that nobody asked for.
    fn finish(&self) {
        for (key, item) in sorted(self.table) {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let span = if key.span().is_empty() { item.span() } else { key.span() };
                self.report(
                    Diagnostic::error(codes::UNKNOWN_KEY, format!("{} has no field `{name}`", capitalised(&self.what)))
                        .at(&self.toml.origin(span))
                        .did_you_mean(name, self.known.iter().copied())
                        .hint(format!("The fields of {} are {}.", self.what, listed(&self.known))),
                );
            }
        }
    }
}

/// The entries of a table in the order of the text.
fn sorted<'a>(table: &'a DeTable<'a>) -> Vec<(&'a Spanned<toml::de::DeString<'a>>, Item<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().parse().ok().filter(|n: &f64| n.is_finite()),
        other => integer(other).map(|n| n as f64),
    }
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(n) => format!("the number {}", n.as_str()),
        DeValue::Float(n) => format!("the number {}", n.as_str()),
        DeValue::Boolean(b) => format!("`{b}`"),
        DeValue::Datetime(when) if when.date.is_none() => format!("the time {when} without a date"),
        DeValue::Datetime(when) => format!("the date {when}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// `a`, `b` or `c`.
pub fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// With a capital letter first.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
