//! What is wrong with a piece of TOML, in the words of somebody who never heard of TOML.

/// A sentence and what to do, from the parser's own words, and whether it points at nothing. What is
/// not known here stays as it is.
pub(super) fn plain(said: &str, at_nothing: bool) -> (String, Option<&'static str>) {
    // The parser speaks of quotation marks where there is no value at all.
    if at_nothing && said.starts_with("string values must be quoted") {
        return ("the value is missing".to_owned(), Some(FIELD));
    }
    let known = KNOWN.iter().find(|(begins, ..)| said.starts_with(begins));
    match known {
        Some((_, sentence, hint)) => ((*sentence).to_owned(), Some(*hint)),
        None => {
            let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            (lines.join("; "), None)
        }
    }
}

const MARKS: &str =
    "Text stands between two quotation marks on one line: `title = \"Rain on cue\"`. Inside of it write `\\\"`.";
const QUOTE: &str = "Write it like `title = \"…\"`. Only numbers, dates, `true` and `false` go without.";
const FIELD: &str = "A field is a name, `=` and a value on a line of its own: `title = \"Rain on cue\"`.";
const LIST: &str = "Write it like `[\"one\", \"two\"]`.";
const TABLE: &str = "Write it like `{ website = \"https://…\" }`.";
const DATE: &str = "Write it like 2026-03-12, or 2026-12-01T00:01:00 with a time.";

/// How the words begin, by the messages of toml 1.2; a sentence; and a hint.
const KNOWN: &[(&str, &str, &str)] = &[
    ("invalid date, expected day", "there is no such day", DATE),
    ("invalid date", "this is no date", DATE),
    ("invalid time", "this is no time of day", DATE),
    ("string values must be quoted", "text has to stand in quotation marks", QUOTE),
    ("invalid basic string", "the closing quotation mark is missing", MARKS),
    ("invalid multi-line", "the closing quotation marks are missing", MARKS),
    ("invalid literal string", "the closing quotation mark is missing", MARKS),
    ("missing opening quote", "the opening quotation mark is missing", MARKS),
    ("missing escaped value", "a `\\` stands where none can", "Write `\\\\` for a `\\`, and `/` between folders."),
    ("duplicate key", "this field is written twice", "Keep one of them."),
    ("invalid unquoted key", "the name of a field can have only the letters a to z, digits, `-` and `_`", FIELD),
    ("unquoted keys cannot be empty", "the name of a field is missing", FIELD),
    ("missing assignment", "a `=` is missing", FIELD),
    ("key with no value", "a `=` is missing", FIELD),
    ("missing value", "the value is missing", FIELD),
    ("extra `=`", "there is a `=` too many", FIELD),
    ("unexpected key or value", "something stands behind the value", FIELD),
    ("unclosed array", "the closing `]` is missing", LIST),
    ("missing comma between array", "a comma is missing in this list", LIST),
    ("extra comma in array", "there is a comma too many in this list", LIST),
    ("unclosed inline table", "the closing `}` is missing", TABLE),
    ("missing comma between key", "a comma is missing between two fields", TABLE),
    ("extra comma in inline", "there is a comma too many", TABLE),
    (
        "unexpected leading zero",
        "a number cannot begin with a zero",
        "Leave the zero out, or write a date like 2026-03-12.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    #[test]
    fn common_slips_are_known() {
        for (toml, sentence) in [
            ("date = 2026-02-30", "there is no such day"),
            ("date = 2026-13-01", "this is no date"),
            ("title = Rain", "text has to stand in quotation marks"),
            ("title = \"Rain", "the closing quotation mark is missing"),
            ("title = \"\"\"Rain", "the closing quotation marks are missing"),
            ("a = 1\na = 2", "this field is written twice"),
            ("rôle = 1", "the name of a field can have only the letters a to z, digits, `-` and `_`"),
            ("title \"Rain\"", "a `=` is missing"),
            ("title =", "the value is missing"),
            ("a = [1, 2", "the closing `]` is missing"),
            ("a = [\"x\" \"y\"]", "a comma is missing in this list"),
            ("a = { b = 1", "the closing `}` is missing"),
        ] {
            let (_, errors) = DeTable::parse_recoverable(toml);
            let said = errors.first().map(|error| plain(error.message(), error.span().is_none_or(|s| s.is_empty())).0);
            assert_eq!(said.as_deref(), Some(sentence), "{toml}: {errors:?}");
        }
    }
}
