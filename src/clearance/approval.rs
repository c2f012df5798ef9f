//! Whether those who have a say about a still have said yes.

use super::decision::Reason;
use super::{Audience, Occasion};
use crate::production::{Person, Production, Standing, Still, Verdict};
use jiff::Timestamp;
use jiff::civil::Date;

/// How far somebody who has a say has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// They have not been asked.
    NotAsked,
    /// They have been asked, and have not answered. Without an answer it counts as approved from that
    /// instant on, or never.
    Waiting(Option<Timestamp>),
    /// They have approved, but from a later day on.
    Later(Timestamp),
    /// What they have approved was another picture.
    OtherPicture,
}

/// A yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Yes {
    /// Said on that day.
    Approved(Date),
    /// Taken for granted from that instant on, because nothing was said in time.
    Deemed(Timestamp),
}

/// All that is refused, or not yet approved.
pub(super) fn reasons(production: &Production, occasion: Occasion, still: &Still) -> Vec<Reason> {
    let name = |slug: &str| production.people.get(slug).map_or_else(|| slug.to_owned(), |p| p.name.value.clone());
    // A refusal counts whoever says so: also of somebody who is not named on the still.
    let refused = production.approvals.of(&still.path).filter_map(|(slug, standing)| match standing.verdict {
        Verdict::Killed { on } => Some(Reason::Refused { person: slug.to_owned(), name: name(slug), on }),
        _ => None,
    });
    let open = asked(production, still).filter_map(|person| {
        let stage = said(production, occasion, still, person).err()??;
        Some(Reason::Undecided { person: person.slug.clone(), name: person.name.value.clone(), stage })
    });
    // Contact sheets are there to ask.
    let asks = occasion.audience == Audience::Approvals;
    refused.chain(open.filter(|_| !asks)).collect()
}

/// Everybody on a still who has a say about it.
pub(super) fn asked<'a>(production: &'a Production, still: &'a Still) -> impl Iterator<Item = &'a Person> {
    let depicted = still.depicted.iter().filter_map(|slug| production.people.get(slug));
    depicted.filter(|person| person.approval.is_some())
}

/// Somebody's yes; or how far they have come; or nothing, when they have refused.
pub(super) fn said(
    production: &Production,
    occasion: Occasion,
    still: &Still,
    person: &Person,
) -> Result<Yes, Option<Stage>> {
    let Some(standing) = production.approvals.between(&still.path, &person.slug) else {
        return Err(Some(Stage::NotAsked));
    };
    let deems = production.site.deem_undecided;
    match standing.verdict {
        Verdict::Killed { .. } => Err(None),
        Verdict::Changed => Err(Some(Stage::OtherPicture)),
        Verdict::Approved { from, .. } if occasion.as_of < from => Err(Some(Stage::Later(from))),
        Verdict::Approved { on, .. } => Ok(Yes::Approved(on)),
        Verdict::Deemed { from, .. } if deems && occasion.as_of >= from => Ok(Yes::Deemed(from)),
        Verdict::Deemed { from, .. } => Err(Some(Stage::Waiting(Some(from).filter(|_| deems)))),
        Verdict::Undecided => undecided(standing, deems, occasion.as_of),
    }
}

fn undecided(standing: &Standing, deems: bool, as_of: Timestamp) -> Result<Yes, Option<Stage>> {
    match (standing.submitted, standing.lapses.filter(|_| deems)) {
        (None, _) => Err(Some(Stage::NotAsked)),
        (Some(_), Some(lapses)) if as_of >= lapses => Ok(Yes::Deemed(lapses)),
        (Some(_), lapses) => Err(Some(Stage::Waiting(lapses))),
    }
}

/// Instants at which a yes begins to count.
pub(super) fn instants(production: &Production) -> impl Iterator<Item = Timestamp> {
    production.approvals.iter().filter_map(|(_, _, standing)| match standing.verdict {
        Verdict::Approved { from, .. } | Verdict::Deemed { from, .. } => Some(from),
        Verdict::Undecided => standing.lapses,
        Verdict::Changed | Verdict::Killed { .. } => None,
    })
}
