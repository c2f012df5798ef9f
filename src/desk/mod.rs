//! The clearance desk: the paperwork around what may be shown.
//!
//! Lists that go out to those who have a say and come back ([`submit`], [`import`]), what withdrawing
//! somebody touches ([`withdraw`]), and what a build would change ([`account`]). It decides nothing:
//! it asks `clearance` and the rehearsal of a build, and reads the trail. Printing is elsewhere.

mod account;
mod export;
mod import;
mod ledger;
mod mentions;
mod profile;
mod withdrawal;

pub use account::{Account, account};
pub use export::{export, submit};
pub use import::{Imported, import};
pub use ledger::Line;
pub use mentions::Mention;
pub use profile::withdrawn;
pub use withdrawal::{Withdrawal, withdraw};

use crate::production::{Person, Production};
use crate::source::slugify;

/// Somebody by slug, by name or by another name.
pub fn person<'a>(production: &'a Production, written: &str) -> Option<&'a Person> {
    let folded = slugify(written);
    production.people.get(written).or_else(|| production.people.get(&folded)).or_else(|| {
        let called = |person: &&Person| {
            person.also_known_as.iter().chain([&person.name.value]).any(|name| slugify(name) == folded)
        };
        production.people.values().find(called)
    })
}

/// Slugs and names of everybody, for "Did you mean …?".
pub fn names(production: &Production) -> impl Iterator<Item = &str> {
    production.people.values().flat_map(|person| [person.slug.as_str(), person.name.value.as_str()])
}
