//! Finding people by slug or by name, and what they have agreed to.

use super::model::{Consent, ConsentStatus, Medium, Scope};
use super::moment::Clock;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use crate::source::fields::listed;
use crate::source::person::{ConsentFields, PersonDoc};
use crate::source::slugify;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everybody with a profile.
#[derive(Debug)]
pub(super) struct Directory<'a> {
    by_slug: BTreeMap<&'a str, &'a PersonDoc>,
    /// Slugs by folded name, also by former names.
    by_name: BTreeMap<String, &'a str>,
    unread: &'a BTreeSet<String>,
}

impl<'a> Directory<'a> {
    /// Of all profiles.
    pub(super) fn new(people: &'a [Arc<PersonDoc>], unread: &'a BTreeSet<String>) -> Self {
        let by_slug = people.iter().map(|p| (p.slug.as_str(), &**p)).collect();
        let names = people.iter().flat_map(|person| {
            let also = person.fields.also_known_as.iter().map(|name| &name.value);
            also.chain([&person.fields.name.value]).map(|name| (slugify(name), person.slug.as_str()))
        });
        Self { by_slug, by_name: names.collect(), unread }
    }

    /// The slug of a person written as a slug or a name.
    pub(super) fn find(&self, written: &str) -> Option<&'a str> {
        if let Some((slug, _)) = self.by_slug.get_key_value(written) {
            return Some(slug);
        }
        let folded = slugify(written);
        self.by_name
            .get(&folded)
            .copied()
            .or_else(|| self.by_slug.get_key_value(folded.as_str()).map(|(slug, _)| *slug))
    }

    /// Whether something of that name is there whose own mistakes have been told.
    pub(super) fn is_unread(&self, written: &str) -> bool {
        self.unread.contains(&slugify(written))
    }

    /// All slugs and names, for "Did you mean …?".
    pub(super) fn candidates(&self) -> impl Iterator<Item = &'a str> {
        self.by_slug.iter().flat_map(|(slug, person)| [*slug, person.fields.name.value.as_str()])
    }

    /// The slug of a person named in a field; a message when there is none.
    pub(super) fn require(&self, who: &str, written: &Located<String>, messages: &mut Diagnostics) -> Option<String> {
        let found = self.find(&written.value).map(ToOwned::to_owned);
        if found.is_none() && !self.is_unread(&written.value) {
            messages.push(
                Diagnostic::error(
                    codes::UNKNOWN_PERSON,
                    format!("{who} names `{}`, who has no profile in crew/", written.value),
                )
                .at(&written.origin)
                .did_you_mean(&written.value, self.by_slug.keys().copied())
                .hint(format!("To make a profile, write the file `crew/{}.md`.", slugify(&written.value))),
            );
        }
        found
    }
}

/// A consent table resolved. What cannot be understood counts as not agreed to.
pub(super) fn consent(fields: &ConsentFields, clock: &Clock, messages: &mut Diagnostics) -> Consent {
    let status = match fields.status.as_ref().map(|status| status.value) {
        Some("granted") => ConsentStatus::Granted,
        Some("limited") => ConsentStatus::Limited,
        Some("withdrawn") => ConsentStatus::Withdrawn,
        _ => ConsentStatus::Pending,
    };
    if status == ConsentStatus::Limited && fields.scope.is_none() {
        messages.push(
            Diagnostic::error(codes::MISSING_KEY, "a limited consent needs a `scope` that says what it covers")
                .at(&fields.origin)
                .hint("Write for example `scope = [\"stills\", \"name\"]`."),
        );
    }
    let expires = fields.expires.as_ref().map(|when| clock.instant(when, messages));
    let signed = fields.signed.as_ref().map(|when| clock.instant(when, messages));
    let unclear = matches!(expires, Some(None)) || matches!(signed, Some(None));
    Consent {
        status: if unclear { ConsentStatus::Pending } else { status },
        scope: fields.scope.as_ref().map(|words| read_words(words, SCOPES, messages)),
        media: fields.media.as_ref().map(|words| read_words(words, MEDIA, messages)),
        signed: signed.flatten(),
        expires: expires.flatten(),
        form: fields.form.clone(),
        lacks_guardian: fields.minor && fields.guardian_form.is_none(),
    }
}

const SCOPES: &[(&str, Scope)] =
    &[("stills", Scope::Stills), ("video", Scope::Video), ("name", Scope::Name), ("quotes", Scope::Quotes)];
const MEDIA: &[(&str, Medium)] = &[("web", Medium::Web), ("press", Medium::Press), ("social", Medium::Social)];

/// The words of a list as what they stand for. One that is not known covers nothing.
fn read_words<T: Copy + Ord>(
    words: &[Located<String>],
    known: &[(&str, T)],
    messages: &mut Diagnostics,
) -> BTreeSet<T> {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let mut read = BTreeSet::new();
    for word in words {
        if let Some((_, meaning)) = known.iter().find(|(name, _)| *name == word.value) {
            read.insert(*meaning);
            continue;
        }
        messages.push(
            Diagnostic::error(codes::WRONG_VALUE, format!("consent cannot cover `{}`", word.value))
                .at(&word.origin)
                .hint(format!("Choose from {}.", listed(&names)))
                .did_you_mean(&word.value, names.iter().copied()),
        );
    }
    read
}
