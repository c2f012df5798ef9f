//! The fields that were written into a still, gathered from XMP, IPTC-IIM and EXIF.

use serde::{Deserialize, Serialize};

/// The longest text kept of one field, in characters; more is an accident or an attack.
const MAX_CHARACTERS: usize = 20_000;
/// The most entries kept of a list.
const MAX_ENTRIES: usize = 500;

/// What was written into a still. Texts are trimmed and never empty; line breaks are `\n`.
/// The names are those of the IPTC Photo Metadata Standard 2025.1 where it has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Embedded {
    pub title: Option<String>,
    pub headline: Option<String>,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub extended_description: Option<String>,
    pub creator: Vec<String>,
    pub credit: Option<String>,
    pub copyright: Option<String>,
    pub usage_terms: Option<String>,
    pub web_statement: Option<String>,
    pub licensor_url: Option<String>,
    pub digital_source_type: Option<String>,
    pub data_mining: Option<String>,
    pub instructions: Option<String>,
    pub job: Option<String>,
    pub model_release: Option<String>,
    pub people: Vec<String>,
    pub keywords: Vec<String>,
    /// When it was taken: ISO 8601 in local time, with a zone only if one was stated; perhaps
    /// only a date.
    pub captured: Option<String>,
}

impl Embedded {
    /// Field by field from the first source that has it: XMP before IPTC-IIM before EXIF, as
    /// picture desks edit them.
    pub(super) fn gather<const N: usize>(sources: [Self; N]) -> Self {
        let captured = sources.each_ref().map(|source| source.captured.as_deref().and_then(moment));
        let timed = captured.iter().flatten().find(|moment| moment.contains('T')).cloned();
        let captured = timed.or_else(|| captured.into_iter().flatten().next());
        let text =
            |of: fn(&Self) -> &Option<String>| sources.iter().find_map(|source| of(source).as_deref().and_then(tidy));
        let list = |of: fn(&Self) -> &Vec<String>| {
            sources.iter().map(|source| tidy_list(of(source))).find(|list| !list.is_empty()).unwrap_or_default()
        };
        Self {
            title: text(|f| &f.title),
            headline: text(|f| &f.headline),
            caption: text(|f| &f.caption),
            alt: text(|f| &f.alt),
            extended_description: text(|f| &f.extended_description),
            creator: list(|f| &f.creator),
            credit: text(|f| &f.credit),
            copyright: text(|f| &f.copyright),
            usage_terms: text(|f| &f.usage_terms),
            web_statement: text(|f| &f.web_statement),
            licensor_url: text(|f| &f.licensor_url),
            digital_source_type: text(|f| &f.digital_source_type),
            data_mining: text(|f| &f.data_mining),
            instructions: text(|f| &f.instructions),
            job: text(|f| &f.job),
            model_release: text(|f| &f.model_release),
            people: list(|f| &f.people),
            keywords: list(|f| &f.keywords),
            captured,
        }
    }
}

fn tidy(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String =
        text.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).take(MAX_CHARACTERS).collect();
    let trimmed = kept.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn tidy_list(list: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in list.iter().take(MAX_ENTRIES).filter_map(|text| tidy(text)) {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

/// An ISO 8601 date, or date and time, if that is what `text` is and it can be true.
fn moment(text: &str) -> Option<String> {
    let text = text.trim();
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let number = |text: &str, length: usize| -> Option<u32> {
        (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let parts: Vec<&str> = date.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return None };
    let sound = number(year, 4)? > 0 && (1..=12).contains(&number(month, 2)?) && (1..=31).contains(&number(day, 2)?);
    if !sound {
        return None;
    }
    let Some(time) = time else { return Some(date.to_owned()) };
    // A date with a time that makes no sense is still a date.
    Some(match clock(time) {
        Some(time) => format!("{date}T{time}"),
        None => date.to_owned(),
    })
}

/// `HH:MM[:SS[.fraction]][Z|±HH:MM]`, with seconds always written.
fn clock(text: &str) -> Option<String> {
    let zone_at = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at_checked(zone_at)?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let parts: Vec<u32> = time.split(':').map(two_digits).collect::<Option<_>>()?;
    let (hour, minute, second) = match *parts.as_slice() {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 60 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let zone = match zone.split_at_checked(1) {
        Some(("Z", "")) => "Z",
        Some(("+" | "-", offset)) if offset.split(':').map(two_digits).all(|part| part.is_some()) => zone,
        _ => "",
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{hour:02}:{minute:02}:{second:02}{point}{fraction}{zone}"))
}

fn two_digits(text: &str) -> Option<u32> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}
