//! One line of the trail.

use super::{Occurrence, Published};
use crate::production::Clock;
use crate::source::sheet::{Row, Sheet};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Names of the columns.
pub(super) const COLUMNS: &[&str] =
    &["built", "as_of", "audience", "output", "change", "kind", "item", "rule", "address", "people", "picture"];

/// What happened to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there before.
    Came,
    /// It is another picture than before.
    Replaced,
    /// It is there no more.
    Left,
}

impl Change {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Change::Came => "came",
            Change::Replaced => "replaced",
            Change::Left => "left",
        }
    }
}

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When the output was written.
    pub built: Timestamp,
    /// As of which instant it was decided.
    pub as_of: Timestamp,
    /// For whom.
    pub audience: String,
    /// Where, as the site's folder sees it.
    pub output: String,
    /// What happened.
    pub change: Change,
    /// `story`, `still` and so on.
    pub kind: String,
    /// Its path below the site's folder, or its slug.
    pub item: String,
    /// By which rules it was let through.
    pub rule: String,
    /// The address of its page below the root.
    pub address: Option<String>,
    /// Slugs of all who are in it.
    pub people: BTreeSet<String>,
    /// The beginning of the digest of a still or clip.
    pub picture: Option<String>,
}

impl Entry {
    pub(super) fn came(occurrence: Occurrence<'_>, (cleared, address): &Published, clock: &Clock) -> Self {
        Self {
            built: occurrence.built,
            as_of: occurrence.as_of,
            audience: occurrence.audience.name().to_owned(),
            output: occurrence.output.to_owned(),
            change: Change::Came,
            kind: cleared.subject.kind().to_owned(),
            item: cleared.subject.name().to_owned(),
            rule: cleared.why(Some(clock)),
            address: address.clone(),
            people: cleared.people.clone(),
            picture: cleared.content.map(|digest| digest.short(16)),
        }
    }

    /// The line that says that it is gone.
    pub(super) fn left(&self, occurrence: Occurrence<'_>) -> Self {
        let (built, as_of) = (occurrence.built, occurrence.as_of);
        Self { built, as_of, change: Change::Left, rule: String::new(), ..self.clone() }
    }

    pub(super) fn cells(&self) -> Vec<String> {
        let people: Vec<&str> = self.people.iter().map(String::as_str).collect();
        vec![
            format!("{:.3}", self.built),
            format!("{:.0}", self.as_of),
            self.audience.clone(),
            self.output.clone(),
            self.change.word().to_owned(),
            self.kind.clone(),
            self.item.clone(),
            self.rule.clone(),
            self.address.clone().unwrap_or_default(),
            people.join(" "),
            self.picture.clone().unwrap_or_default(),
        ]
    }

    pub(super) fn read(sheet: &Sheet, row: &Row) -> Option<Self> {
        let cell = |name: &str| row.text(sheet.column(name));
        let own = |name: &str| cell(name).map(ToOwned::to_owned);
        let word = cell("change")?;
        let change = [Change::Came, Change::Replaced, Change::Left].into_iter().find(|change| change.word() == word)?;
        Some(Self {
            built: cell("built")?.parse().ok()?,
            as_of: cell("as_of")?.parse().ok()?,
            audience: own("audience")?,
            output: own("output")?,
            change,
            kind: own("kind")?,
            item: own("item")?,
            rule: own("rule").unwrap_or_default(),
            address: own("address"),
            people: cell("people").unwrap_or_default().split_whitespace().map(ToOwned::to_owned).collect(),
            picture: own("picture"),
        })
    }
}
