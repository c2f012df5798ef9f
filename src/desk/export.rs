//! The list for those who have a say about stills.

use super::ledger::{Ledger, Line, exchanged, picture_of};
use crate::build::Read;
use crate::production::{Person, Still, Verdict};
use crate::source::approvals::Decision;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The table of everything that somebody has a say about, of all of them or of one; and how many lines.
///
/// A decision that was taken for granted, because its time is over, is there as `deemed`.
pub fn export(read: &Read, only: Option<&str>) -> (String, usize) {
    let lines = lines(read, only);
    (exchanged(&lines), lines.len())
}

/// Records that everything that nobody has seen yet is sent today; the site's table of decisions, and
/// the lines that are new in it.
pub fn submit(read: &Read, only: Option<&str>) -> (String, Vec<Line>) {
    let mut ledger = Ledger::of(&read.recorded, &read.production);
    record_deemed(&mut ledger, read);
    let today = read.clock.day(read.occasion.as_of);
    let mut new = Vec::new();
    for (still, person) in asked(read, only) {
        let known = ledger.get(&picture_of(still), &person.slug).cloned();
        let line = match known {
            Some(line) if line.submitted.is_some() || line.decision != Decision::Undecided => continue,
            Some(line) => Line { submitted: Some(today), ..line },
            None => Line {
                still: still.path.clone(),
                person: person.slug.clone(),
                decision: Decision::Undecided,
                date: None,
                by: None,
                note: None,
                submitted: Some(today),
                picture: picture_of(still),
            },
        };
        ledger.set(line.clone());
        new.push(line);
    }
    (ledger.text(), new)
}

/// Writes down what counts as approved by now, so that it can be proved when terms have changed.
pub(super) fn record_deemed(ledger: &mut Ledger, read: &Read) {
    let lines: Vec<Line> = ledger.lines().filter(|line| line.decision == Decision::Undecided).cloned().collect();
    for line in lines {
        if let Some(date) = deemed_on(read, &line.still, &line.person) {
            ledger.set(Line { decision: Decision::Deemed, date: Some(date), ..line });
        }
    }
}

/// The day from which a still counts as approved by somebody who has not answered.
pub(super) fn deemed_on(read: &Read, still: &str, person: &str) -> Option<Date> {
    let standing = read.production.approvals.between(still, person)?;
    if !read.production.site.deem_undecided {
        return None;
    }
    match standing.verdict {
        Verdict::Deemed { on, .. } => Some(on),
        Verdict::Undecided => standing.lapses.filter(|at| read.occasion.as_of >= *at).map(|at| read.clock.day(at)),
        _ => None,
    }
}

/// Every still with each of those who have a say about it, one path for each picture.
fn asked<'a>(read: &'a Read, only: Option<&str>) -> Vec<(&'a Still, &'a Person)> {
    let production = &read.production;
    let wanted = |person: &&Person| person.approval.is_some() && only.is_none_or(|slug| person.slug == slug);
    let pairs = production.stills.values().flat_map(|still| {
        let people = still.depicted.iter().filter_map(|slug| production.people.get(slug)).filter(wanted);
        people.map(move |person| (still, person))
    });
    pairs.collect()
}

fn lines(read: &Read, only: Option<&str>) -> Vec<Line> {
    let approvals = &read.production.approvals;
    let mut all: Vec<Line> =
        asked(read, only).into_iter().map(|(still, person)| line(read, still, &person.slug)).collect();
    let there: BTreeSet<(String, String)> = all.iter().map(|l| (l.still.clone(), l.person.clone())).collect();
    let others = approvals.iter().filter(|(path, person, _)| {
        let wanted = only.is_none_or(|slug| slug == *person);
        wanted && !there.contains(&((*path).to_owned(), (*person).to_owned()))
    });
    let others: Vec<Line> =
        others.filter_map(|(path, person, _)| Some(line(read, read.production.stills.get(path)?, person))).collect();
    all.extend(others);
    all.sort_by(|a, b| (&a.still, &a.person).cmp(&(&b.still, &b.person)));
    all
}

fn line(read: &Read, still: &Still, person: &str) -> Line {
    let standing = read.production.approvals.between(&still.path, person);
    let (decision, date) = match standing.map(|standing| standing.verdict) {
        Some(Verdict::Approved { on, .. }) => (Decision::Approved, Some(on)),
        Some(Verdict::Killed { on }) => (Decision::Killed, on),
        Some(Verdict::Deemed { on, .. }) => (Decision::Deemed, Some(on)),
        _ => match deemed_on(read, &still.path, person) {
            Some(on) => (Decision::Deemed, Some(on)),
            None => (Decision::Undecided, None),
        },
    };
    let told = standing.filter(|_| decision != Decision::Undecided);
    Line {
        still: still.path.clone(),
        person: person.to_owned(),
        decision,
        date,
        by: told.and_then(|standing| standing.by.clone()),
        note: standing.and_then(|standing| standing.note.clone()),
        submitted: standing.and_then(|standing| standing.submitted),
        picture: picture_of(still),
    }
}
