//! How many stills people may refuse, and how many they have.

use super::approvals::Verdict;
use super::model::{Production, Still};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, codes};
use crate::disk::Digest;
use std::collections::BTreeSet;

/// A person's quota for one sort of still. Numbers come from contracts; there is no default.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// Slug of the person.
    pub person: String,
    /// Whether it is about stills of them with others.
    pub group: bool,
    /// How many such stills there are, each picture once.
    pub stills: usize,
    /// How many of these they have refused.
    pub killed: usize,
    /// How many of a hundred they may refuse, and where that is written.
    pub percent: Located<i64>,
}

impl Quota {
    /// How many they may refuse: parts of a still do not count.
    ///
    /// Of 6 at 50 % and of 12 at 25 %, 3 each.
    pub fn allowed(&self) -> usize {
        self.stills * usize::try_from(self.percent.value).unwrap_or(0) / 100
    }
}

/// All quotas, by person.
pub fn quotas(production: &Production) -> Vec<Quota> {
    let mut all = Vec::new();
    for person in production.people.values() {
        let Some(right) = &person.approval else { continue };
        for (group, percent) in [(false, &right.solo), (true, &right.group)] {
            let Some(percent) = percent else { continue };
            let of_sort = |still: &&Still| still.depicted.contains(&person.slug) && is_group(still) == group;
            let stills: Vec<&Still> = production.stills.values().filter(of_sort).collect();
            let killed = |still: &&&Still| {
                let standing = production.approvals.between(&still.path, &person.slug);
                standing.is_some_and(|standing| matches!(standing.verdict, Verdict::Killed { .. }))
            };
            let pictures =
                |stills: &mut dyn Iterator<Item = &&Still>| stills.map(|s| s.digest).collect::<BTreeSet<Digest>>();
            all.push(Quota {
                person: person.slug.clone(),
                group,
                stills: pictures(&mut stills.iter()).len(),
                killed: pictures(&mut stills.iter().filter(killed)).len(),
                percent: percent.clone(),
            });
        }
    }
    all
}

/// Whether more than one person can be recognised.
fn is_group(still: &Still) -> bool {
    still.depicted.len() > 1 || still.names_strangers || !still.people_complete
}

/// Says of whom more was refused than their contract allows.
pub(super) fn report(production: &Production, messages: &mut Diagnostics) {
    for quota in quotas(production) {
        let (allowed, killed) = (quota.allowed(), quota.killed);
        let Some(person) = production.people.get(&quota.person).filter(|_| killed > allowed) else { continue };
        let sort = if quota.group { "with others" } else { "alone" };
        let (total, percent) = (quota.stills, quota.percent.value);
        let message = format!(
            "{} has refused {killed} of {total} stills that show them {sort}; {percent} % of {total} allows {allowed}",
            person.name.value
        );
        messages.push(
            Diagnostic::warning(codes::OVER_QUOTA, message)
                .at(&quota.percent.origin)
                .hint("They are held all the same. Talk to whoever speaks for them, or correct the number here."),
        );
    }
}
