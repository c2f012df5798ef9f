//! The strings files: the words that templates and the program add to a site, one TOML file a
//! language. [`Words::parse`] reads one, [`Words::over`] lays it over another.
//!
//! Keys at the top of a file are for templates, those in `[program]` for the program; both may
//! use both. `[counts]` has plural forms by CLDR's categories, `[languages]` names of languages.
//! Gaps are written `{name}`.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// CLDR's plural categories: the keys that a count may have. `other` it must have.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The words of one or more strings files, the nearest first.
#[derive(Debug, Clone)]
pub struct Words {
    layers: Vec<Layer>,
}

/// Plural forms by category: `one` = "{n} still", `other` = "{n} stills".
pub(super) type Forms = BTreeMap<String, String>;

/// What one file says.
#[derive(Debug, Clone)]
struct Layer {
    language: String,
    texts: BTreeMap<String, String>,
    counts: BTreeMap<String, Forms>,
    names: BTreeMap<String, String>,
}

impl Words {
    /// Reads the strings file of `language` (the file's name without its ending: `de`).
    ///
    /// # Errors
    /// A sentence for whoever wrote the file: what is wrong with which key, or the line where
    /// the file is not TOML.
    pub fn parse(language: &str, toml: &str) -> Result<Words, String> {
        let table: Table = toml.parse().map_err(|error| not_toml(language, toml, &error))?;
        let mut layer = Layer {
            language: language.to_string(),
            texts: BTreeMap::new(),
            counts: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        layer.read(table).map_err(|problem| format!("In the words for \"{language}\", {problem}"))?;
        Ok(Words { layers: vec![layer] })
    }

    /// These words, and those of `fallback` for every key that these lack.
    #[must_use]
    pub fn over(mut self, fallback: Words) -> Words {
        self.layers.extend(fallback.layers);
        self
    }

    /// Every key once, in alphabetical order; counts as `counts.KEY`, names of languages as
    /// `languages.TAG`.
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.layers.iter().flat_map(Layer::keys).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The language of each layer.
    pub(super) fn languages(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().map(|layer| layer.language.as_str())
    }

    /// A text, and the language that it is in.
    pub(super) fn find_with_language(&self, key: &str) -> Option<(&str, &str)> {
        self.layers.iter().find_map(|layer| Some((layer.texts.get(key)?.as_str(), layer.language.as_str())))
    }

    /// The plural forms of `key` in each layer.
    pub(super) fn counts<'a>(&'a self, key: &'a str) -> impl Iterator<Item = Option<&'a Forms>> {
        self.layers.iter().map(move |layer| layer.counts.get(key))
    }

    pub(super) fn language_name(&self, tag: &str) -> Option<&str> {
        self.layers.iter().find_map(|layer| layer.names.get(tag)).map(String::as_str)
    }

    /// The tag of the language that is called `name`, in upper or lower case.
    pub(super) fn language_named(&self, name: &str) -> Option<&str> {
        let name = name.trim().to_lowercase();
        let mut names = self.layers.iter().flat_map(|layer| &layer.names);
        names.find(|(_, known)| known.to_lowercase() == name).map(|(tag, _)| tag.as_str())
    }

    pub(super) fn plain(&self) -> BTreeMap<String, String> {
        let mut words = BTreeMap::new();
        for layer in self.layers.iter().rev() {
            words.extend(layer.texts.clone());
        }
        words
    }
}

impl Layer {
    fn read(&mut self, table: Table) -> Result<(), String> {
        for (key, value) in table {
            match (key.as_str(), value) {
                ("program", Value::Table(program)) => {
                    for (key, value) in program {
                        self.add_text(key, value)?;
                    }
                }
                ("counts", Value::Table(counts)) => {
                    for (key, value) in counts {
                        let forms = plural_forms(&key, value)?;
                        self.counts.insert(key, forms);
                    }
                }
                ("languages", Value::Table(names)) => {
                    for (tag, value) in names {
                        let name = text_of(&tag, value)?;
                        self.names.insert(tag, name);
                    }
                }
                (_, Value::Table(_)) => {
                    return Err(format!(
                        "[{key}] is not a known part. The parts are [program], [counts] and [languages]."
                    ));
                }
                (_, value) => self.add_text(key, value)?,
            }
        }
        Ok(())
    }

    fn add_text(&mut self, key: String, value: Value) -> Result<(), String> {
        let text = text_of(&key, value)?;
        if self.texts.contains_key(&key) {
            return Err(format!("`{key}` stands twice: at the top and in [program]. Keep one."));
        }
        self.texts.insert(key, text);
        Ok(())
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        let counts = self.counts.keys().map(|key| format!("counts.{key}"));
        let names = self.names.keys().map(|tag| format!("languages.{tag}"));
        self.texts.keys().cloned().chain(counts).chain(names)
    }
}

/// `text` with each `{name}` replaced by its value. Values are not looked through again; a gap
/// without a value stays as it is.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, gap) = rest.split_at(start);
        filled.push_str(before);
        let value = gap.find('}').and_then(|end| {
            let (_, value) = values.iter().find(|(name, _)| *name == &gap[1..end])?;
            Some((value, end + 1))
        });
        let (text, length) = value.map_or(("{", 1), |(value, length)| (*value, length));
        filled.push_str(text);
        rest = &gap[length..];
    }
    filled.push_str(rest);
    filled
}

fn text_of(key: &str, value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(format!("`{key}` must be text in quotation marks: {key} = \"…\".")),
    }
}

fn plural_forms(key: &str, value: Value) -> Result<Forms, String> {
    let Value::Table(table) = value else {
        return Err(format!(
            "the count `{key}` must have its forms in braces: {key} = {{ one = \"…\", other = \"…\" }}."
        ));
    };
    let mut forms = Forms::new();
    for (category, value) in table {
        if !CATEGORIES.contains(&category.as_str()) {
            let legal = CATEGORIES.join(", ");
            return Err(format!("the count `{key}` has a form `{category}`. The forms are {legal}."));
        }
        let text = text_of(&category, value)?;
        forms.insert(category, text);
    }
    if !forms.contains_key("other") {
        return Err(format!("the count `{key}` lacks the form `other`, which every count needs."));
    }
    Ok(forms)
}

fn not_toml(language: &str, toml: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| toml.get(..span.start));
    let line = before.map_or(1, |text| text.matches('\n').count() + 1);
    let problem = error.message();
    format!("The words for \"{language}\" cannot be read. Line {line}: {problem}.")
}
