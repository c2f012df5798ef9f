//! Everything that Backlot writes in the site's language, apart from what the author wrote:
//! dates, lists, numbers, counted things, the order of names, and the words of the strings files.
//!
//! Start at [`Language::new`]; [`word_files`] says which strings files it wants, in what order.
//! The rules of each language come from Unicode's CLDR through ICU4X. This module reads no file
//! and knows no other module: whoever calls it brings the text of the strings files along.

mod tag;
#[cfg(test)]
mod tests;
mod words;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use icu_calendar::Gregorian;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::Date;

pub use tag::word_files;
pub use words::Words;

use tag::Tag;

type DateFormatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// All that is needed to write in one language. Made once for a site; shared by all threads.
#[derive(Debug)]
pub struct Language {
    tag: Tag,
    /// What dates, numbers and lists are written in; English where Unicode has no rules for the tag.
    formats: Locale,
    words: Words,
    /// One set of rules for each layer of the words, because a text that is missing in Polish
    /// and taken from English has English plural forms.
    plurals: Vec<PluralRules>,
    full_date: DateFormatter<YMD>,
    month_and_year: DateFormatter<YM>,
    month: DateFormatter<M>,
    numbers: DecimalFormatter,
    lists: ListFormatter,
    collator: CollatorBorrowed<'static>,
}

/// The quotation marks of a language, with the narrow spaces that belong to them in French.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotes<'a> {
    /// Before a quotation.
    pub open: &'a str,
    /// After a quotation.
    pub close: &'a str,
    /// Before a quotation inside a quotation.
    pub inner_open: &'a str,
    /// After a quotation inside a quotation.
    pub inner_close: &'a str,
}

impl Language {
    /// The language `tag` (BCP 47, as in site.toml: `en`, `en-GB`, `de`, `pt-BR`, `ar`), writing
    /// with `words`: the language's own strings file [over](Words::over) the English one.
    ///
    /// `en` without a country is international English: 12 March 2026. `en-US` is American.
    ///
    /// # Errors
    /// A sentence for the author, if there is no such language.
    pub fn new(tag: &str, words: Words) -> Result<Language, String> {
        let tag = Tag::parse(tag).map_err(|error| error.sentence(&words))?;
        let formats = tag.formats()?;
        let mut collation = CollatorPreferences::from(&formats);
        // "Day 2" comes before "Day 10".
        collation.numeric_ordering = Some(CollationNumericOrdering::True);
        let plurals = words
            .languages()
            .map(|language| {
                let locale = Tag::parse(language).map_err(|error| error.sentence(&words))?.locale;
                loaded(PluralRules::try_new_cardinal((&locale).into()))
            })
            .collect::<Result<_, String>>()?;
        Ok(Language {
            plurals,
            full_date: loaded(DateFormatter::try_new((&formats).into(), YMD::long()))?,
            month_and_year: loaded(DateFormatter::try_new((&formats).into(), YM::long()))?,
            month: loaded(DateFormatter::try_new((&formats).into(), M::long()))?,
            numbers: loaded(DecimalFormatter::try_new((&formats).into(), Default::default()))?,
            lists: loaded(ListFormatter::try_new_and((&formats).into(), ListFormatterOptions::default()))?,
            collator: loaded(Collator::try_new(collation, CollatorOptions::default()))?,
            tag,
            formats,
            words,
        })
    }

    /// The tag in its usual spelling, for `<html lang>`: `en-GB` for `en-gb`.
    pub fn tag(&self) -> &str {
        &self.tag.text
    }

    /// `ltr` or `rtl`, for `<html dir>`.
    pub fn direction(&self) -> &'static str {
        self.tag.direction()
    }

    /// Language and country for Open Graph's `og:locale`: `en_GB`, `pt_BR`. Without a country in
    /// the tag it is the one where most of the language's readers live; for `en` it is GB.
    pub fn og_locale(&self) -> String {
        self.tag.og_locale()
    }

    /// "12 March 2026", "12. März 2026", "12 mars 2026", "12 de marzo de 2026".
    pub fn date(&self, date: Date) -> String {
        let text = self.full_date.format(&gregorian(date)).to_string();
        // French writes the first of a month, and no other day, as an ordinal; CLDR leaves it out.
        match text.strip_prefix("1 ") {
            Some(rest) if self.formats_in("fr") => format!("1er {rest}"),
            _ => text,
        }
    }

    /// The months from one day to another: "March 2026", "February – March 2026",
    /// "December 2025 – January 2026". The earlier day comes first, however they are given.
    pub fn month_span(&self, from: Date, to: Date) -> String {
        let (from, to) = (from.min(to), from.max(to));
        let first = self.month_and_year.format(&gregorian(from)).to_string();
        let last = self.month_and_year.format(&gregorian(to)).to_string();
        if first == last {
            return first;
        }
        // How months share a year differs, so only this language's own words may say it.
        match self.words.find_with_language("months_of_one_year") {
            Some((pattern, language)) if self.formats_in(language) && from.year() == to.year() => {
                let month = self.month.format(&gregorian(from)).to_string();
                words::fill(pattern, &[("from", &month), ("to", &last)])
            }
            _ => self.fill("months_of_two_years", &[("from", &first), ("to", &last)]),
        }
    }

    /// "a, b and c".
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.lists.format(items.iter().map(AsRef::as_ref)).to_string()
    }

    /// A whole number with this language's digits and separators: "12,345", "12.345".
    pub fn number(&self, n: u64) -> String {
        self.numbers.format(&Decimal::from(n)).to_string()
    }

    /// A counted thing, from the strings file's `[counts]`: `count("stills", 3)` is "3 stills".
    /// A key that no strings file has gives the number alone.
    pub fn count(&self, key: &str, n: u64) -> String {
        let number = self.number(n);
        let forms = self.words.counts(key).zip(&self.plurals).find_map(|(forms, rules)| {
            let forms = forms?;
            forms.get(category_name(rules.category_for(n))).or_else(|| forms.get("other"))
        });
        match forms {
            Some(form) => words::fill(form, &[("n", &number)]),
            None => number,
        }
    }

    /// A word of the strings files, from this language or else from English. A key that no
    /// strings file has comes back as it is, so that it is seen; use [`find`](Self::find) where
    /// a word may be missing.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// A word of the strings files, if there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.find_with_language(key).map(|(text, _)| text)
    }

    /// A word with its gaps filled: `fill("release_upcoming", &[("date", "12 March 2026")])`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        words::fill(self.word(key), values)
    }

    /// All words by key, for templates, without the counted ones.
    pub fn plain_words(&self) -> BTreeMap<String, String> {
        self.words.plain()
    }

    /// The name of a language in this one, for the menu of caption tracks: "German" for `de`.
    /// Where the strings files have no name for it, its tag.
    pub fn language_name(&self, tag: &str) -> String {
        let Ok(tag) = Tag::parse(tag) else {
            return tag.to_string();
        };
        let name = self.words.language_name(&tag.text);
        name.or_else(|| self.words.language_name(tag.language())).unwrap_or(&tag.text).to_string()
    }

    /// The order of two names in this language: in Swedish Ö comes after Z, in German beside O.
    /// Numbers inside names count by their value. Only equal texts are equal.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }

    /// The quotation marks for smart punctuation.
    pub fn quotes(&self) -> Quotes<'_> {
        Quotes {
            open: self.find("quote_open").unwrap_or("“"),
            close: self.find("quote_close").unwrap_or("”"),
            inner_open: self.find("quote_inner_open").unwrap_or("‘"),
            inner_close: self.find("quote_inner_close").unwrap_or("’"),
        }
    }

    /// Whether `language` (its first part) is the one that dates are written in.
    fn formats_in(&self, language: &str) -> bool {
        language.split('-').next() == Some(self.formats.id.language.as_str())
    }
}

/// The date formatters are made for this calendar, in which the years of releases are counted.
fn gregorian(date: Date) -> icu_calendar::Date<Gregorian> {
    icu_calendar::Date::try_new_gregorian(
        i32::from(date.year()),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
    .expect("a civil date of jiff is one of the Gregorian calendar")
}

/// The name of a plural category in the strings files, which is CLDR's.
fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// ICU's own data are compiled in and fall back to a root for every language, so this does not
/// fail on any tag that was accepted; if it does all the same, the author gets to know.
fn loaded<T, E: std::fmt::Display>(part: Result<T, E>) -> Result<T, String> {
    part.map_err(|error| format!("Backlot has no rules for writing this language: {error}."))
}
