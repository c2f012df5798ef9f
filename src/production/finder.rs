//! Finding stills as people outside of the site name them: by path, by name, by the frame's number.

use super::model::{Production, Still};
use crate::diagnostic::{Code, Diagnostic, Located, codes, nearest};
use std::collections::BTreeMap;

/// Fewer digits of a digest name no picture.
const DIGITS: usize = 8;

/// Every still by all that it can be called.
pub struct Finder<'a> {
    by_path: &'a BTreeMap<String, Still>,
    by_name: BTreeMap<&'a str, Vec<&'a Still>>,
    /// By the whole digest.
    by_picture: BTreeMap<String, Vec<&'a Still>>,
}

/// What was found.
pub enum Found<'a> {
    /// One picture, perhaps under several paths.
    Stills(Vec<&'a Still>),
    /// Several pictures of that name.
    Several(Vec<&'a str>),
    /// Nothing, and what comes near.
    Nothing(Option<&'a str>),
}

impl Found<'_> {
    /// What is said when it was not one picture.
    pub fn message(&self, written: &Located<String>) -> Diagnostic {
        let name = &written.value;
        let say = |code: Code, message: String| Diagnostic::error(code, message).at(&written.origin);
        match self {
            Found::Several(paths) => say(codes::AMBIGUOUS, format!("`{name}` could be {} stills", paths.len()))
                .hint(format!("Write the whole path: {}.", paths.join(" or "))),
            Found::Nothing(Some(near)) => {
                say(codes::UNKNOWN_STILL, format!("there is no still `{name}`")).hint(format!("Did you mean `{near}`?"))
            }
            _ => say(codes::UNKNOWN_STILL, format!("there is no still `{name}`"))
                .hint("Write its path below the site folder, such as `media/day-12/rain-04.jpg`."),
        }
    }
}

impl<'a> Finder<'a> {
    /// Of all stills.
    pub fn new(production: &'a Production) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&Still>> = BTreeMap::new();
        let mut by_picture: BTreeMap<String, Vec<&Still>> = BTreeMap::new();
        for still in production.stills.values() {
            by_name.entry(name_of(&still.path)).or_default().push(still);
            by_picture.entry(still.digest.to_string()).or_default().push(still);
        }
        Self { by_path: &production.stills, by_name, by_picture }
    }

    /// The still at a path.
    pub fn path(&self, path: &str) -> Option<&'a Still> {
        self.by_path.get(path)
    }

    /// All stills that are one picture, by the beginning of its digest; none when it could be several.
    pub fn picture(&self, digits: &str) -> Vec<&'a Still> {
        let digits = digits.to_lowercase();
        let is_number = digits.len() >= DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut found = self.by_picture.range(digits.clone()..).take_while(|(digest, _)| digest.starts_with(&digits));
        match (is_number, found.next(), found.next()) {
            (true, Some((_, stills)), None) => stills.clone(),
            _ => Vec::new(),
        }
    }

    /// The stills that a text names, with all others that are the same picture.
    pub fn find(&self, written: &str) -> Found<'a> {
        let named = self.by_name.get(written).map_or(&[][..], Vec::as_slice);
        let one = self.path(written).or_else(|| named.first().copied());
        if let Some(still) = one {
            let twins = self.picture(&still.digest.to_string());
            let others = named.iter().filter(|other| other.digest != still.digest);
            return if self.path(written).is_none() && others.count() > 0 {
                Found::Several(named.iter().map(|still| still.path.as_str()).collect())
            } else {
                Found::Stills(twins)
            };
        }
        let numbered = self.picture(written);
        if !numbered.is_empty() {
            return Found::Stills(numbered);
        }
        let by_name = nearest(written, self.by_name.keys().copied());
        Found::Nothing(nearest(written, self.by_path.keys().map(String::as_str)).or(by_name))
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
