//! A person's file: `crew/x.md` or `crew/x/index.md`.

use super::fields::{Fields, with_fields};
use super::front_matter::split;
use super::prose::Prose;
use super::window::{self, WindowFields};
use super::{markdown, slug_of};
use crate::diagnostic::{Diagnostics, Located, Origin, SourceFile};
use std::ops::RangeInclusive;
use std::sync::Arc;
use toml::value::Datetime;

/// A profile as written.
#[derive(Debug, Clone)]
pub struct PersonDoc {
    /// From the file's name.
    pub slug: String,
    /// The file.
    pub origin: Origin,
    /// Folder beside whose files references are looked up, with a slash at the end.
    pub folder: String,
    /// The front matter.
    pub fields: PersonFields,
    /// The biography.
    pub prose: Prose,
}

/// Front matter of a profile.
#[derive(Debug, Clone)]
pub struct PersonFields {
    pub name: Located<String>,
    pub role: Option<Located<String>>,
    pub department: Option<Located<String>>,
    pub portrait: Option<Located<String>>,
    pub character: Option<Located<String>>,
    pub billing: Option<i64>,
    pub links: Vec<(Located<String>, Located<String>)>,
    pub also_known_as: Vec<Located<String>>,
    pub redact_as: Option<Located<String>>,
    pub window: WindowFields,
    pub consent: Option<ConsentFields>,
    pub approval: Option<ApprovalFields>,
}

/// `[consent]`.
#[derive(Debug, Clone)]
pub struct ConsentFields {
    pub origin: Origin,
    pub status: Option<Located<&'static str>>,
    /// None: everything.
    pub scope: Option<Vec<Located<String>>>,
    /// None: everywhere.
    pub media: Option<Vec<Located<String>>>,
    pub form: Option<String>,
    pub signed: Option<Located<Datetime>>,
    pub expires: Option<Located<Datetime>>,
    /// Under age.
    pub minor: bool,
    /// The number of the form that a guardian has signed.
    pub guardian_form: Option<String>,
}

/// `[approval]`: stills of this person are shown when they have approved them.
#[derive(Debug, Clone)]
pub struct ApprovalFields {
    pub origin: Origin,
    /// How long they have to decide, such as `5 days`.
    pub window: Option<Located<String>>,
    /// How many stills of them alone they may refuse, in percent.
    pub solo: Option<Located<i64>>,
    /// How many stills of them with others they may refuse, in percent.
    pub group: Option<Located<i64>>,
}

const PERCENT: RangeInclusive<i64> = 0..=100;

/// Consent statuses.
pub const CONSENT_STATUS: &[&str] = &["granted", "limited", "pending", "withdrawn"];

/// Parses one file.
pub fn parse(file: &Arc<SourceFile>, language: &str, messages: &mut Diagnostics) -> Option<PersonDoc> {
    let parts = split(file, messages)?;
    let fields = with_fields(&parts.front, "a profile", messages, read);
    let prose = markdown::parse(file, parts.body, language, messages);
    let folder = file.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    Some(PersonDoc { slug: slug_of(&file.path), origin: Origin::new(file, 0..0), folder, fields: fields??, prose })
}

fn read(fields: &mut Fields<'_>) -> Option<PersonFields> {
    let name = fields.required_text("name", "\"Inês Calder\"");
    let rest = PersonFields {
        name: name.clone().unwrap_or_else(|| Located::new(String::new(), fields.origin())),
        role: fields.text("role"),
        department: fields.text("department"),
        portrait: fields.text("portrait"),
        character: fields.text("character"),
        billing: fields.whole("billing", 0..=100_000).map(|n| n.value),
        links: fields.named_texts("links"),
        also_known_as: fields.texts("also_known_as"),
        redact_as: fields.text("redact_as"),
        window: window::read(fields),
        consent: fields.table("consent", "[consent]", consent),
        approval: fields.table("approval", "[approval]", approval),
    };
    name.map(|_| rest)
}

fn approval(fields: &mut Fields<'_>) -> ApprovalFields {
    ApprovalFields {
        origin: fields.origin(),
        window: fields.text("window"),
        solo: fields.whole("solo", PERCENT),
        group: fields.whole("group", PERCENT),
    }
}

fn consent(fields: &mut Fields<'_>) -> ConsentFields {
    let has_status = fields.required_text("status", "\"granted\"").is_some();
    let status = if has_status { fields.choice("status", CONSENT_STATUS) } else { None };
    // An empty list is an agreement to nothing, and not one to everything.
    let (says_what, says_where) = (fields.has("scope"), fields.has("media"));
    let (scope, media) = (fields.texts("scope"), fields.texts("media"));
    ConsentFields {
        origin: fields.origin(),
        status,
        scope: says_what.then_some(scope),
        media: says_where.then_some(media),
        form: fields.text("form").map(|t| t.value),
        signed: fields.datetime("signed"),
        expires: fields.datetime("expires"),
        minor: fields.flag("minor", false),
        guardian_form: fields.text("guardian_form").map(|t| t.value),
    }
}
