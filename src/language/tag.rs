//! A language tag of site.toml, checked. Knows the languages that Unicode knows, no words.

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::M;
use icu_locale::{
    Direction, LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander, TransformResult,
    locale,
};

use super::words::Words;

/// A language that exists.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    /// In its usual spelling: `en-GB`.
    pub(super) text: String,
    pub(super) locale: Locale,
}

/// What was written as a language and is none.
#[derive(Debug)]
pub(super) struct UnknownTag(String);

impl Tag {
    pub(super) fn parse(text: &str) -> Result<Tag, UnknownTag> {
        let unknown = || UnknownTag(text.to_string());
        // Operating systems write en_GB; everybody knows what is meant.
        let mut locale: Locale = text.trim().replace('_', "-").parse().map_err(|_| unknown())?;
        // Old codes and common slips: `iw` is Hebrew, `en-UK` is en-GB.
        LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
        // Unicode's table of likely scripts and countries has every living language in it.
        let mut guess = LanguageIdentifier::from(locale.id.language);
        if LocaleExpander::new_extended().maximize(&mut guess) == TransformResult::Unmodified {
            return Err(unknown());
        }
        Ok(Tag { text: locale.to_string(), locale })
    }

    /// The first part of the tag: `pt` of `pt-BR`.
    pub(super) fn language(&self) -> &str {
        self.locale.id.language.as_str()
    }

    pub(super) fn direction(&self) -> &'static str {
        match LocaleDirectionality::new_extended().get(&self.locale.id) {
            Some(Direction::RightToLeft) => "rtl",
            _ => "ltr",
        }
    }

    pub(super) fn og_locale(&self) -> String {
        let mut id = if self.text == "en" { locale!("en-GB").id } else { self.locale.id.clone() };
        LocaleExpander::new_extended().maximize(&mut id);
        match id.region {
            Some(region) => format!("{}_{region}", id.language),
            None => id.language.to_string(),
        }
    }

    /// The locale whose dates, numbers and lists are written.
    pub(super) fn formats(&self) -> Result<Locale, String> {
        // International English, not the American that CLDR takes plain `en` for.
        if self.text == "en" || !has_dates(&self.locale)? {
            return Ok(locale!("en-001"));
        }
        Ok(self.locale.clone())
    }
}

impl UnknownTag {
    /// For the author of site.toml, with the code of the language that seems to be meant.
    pub(super) fn sentence(&self, words: &Words) -> String {
        let UnknownTag(text) = self;
        let hint = match words.language_named(text) {
            Some(tag) => format!("Did you mean \"{tag}\"?"),
            None => "Write its short code, such as \"en\", \"en-GB\", \"de\", \"fr\", \"es\", \
                     \"pt-BR\" or \"ar\"."
                .to_string(),
        };
        format!("\"{text}\" is not a language that Backlot knows. {hint}")
    }
}

/// The strings files that the language `tag` draws on, without their ending, the nearest first:
/// `de-AT`, `de`, `en` for Austrian German. Not each of them needs to exist; `en` does.
///
/// # Errors
/// None for a language that exists; else a sentence for the author.
pub fn word_files(tag: &str, words: &Words) -> Result<Vec<String>, String> {
    let tag = Tag::parse(tag).map_err(|error| error.sentence(words))?;
    let mut files = vec![tag.text.clone()];
    for name in [tag.language(), "en"] {
        if !files.iter().any(|file| file == name) {
            files.push(name.to_string());
        }
    }
    Ok(files)
}

/// Whether CLDR has come to this language's calendar. Where it has not, months are "M03".
fn has_dates(locale: &Locale) -> Result<bool, String> {
    let march = Date::try_new_gregorian(2026, 3, 1).map_err(|error| error.to_string())?;
    let month = FixedCalendarDateTimeFormatter::<Gregorian, M>::try_new(locale.into(), M::long());
    Ok(super::loaded(month)?.format(&march).to_string() != "M03")
}
