//! What was recorded last of one output, so that the trail, which only grows, is not read again for each line that
//! comes to it. Whether somebody else has touched the trail is told by its stat alone. It does not know what a line says
//! beyond what came and what left.

use super::{Change, Entry, Occurrence, Trail};
use crate::clearance::Audience;
use crate::disk::{self, FileStat};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is in an output, by kind and name.
pub type Items = BTreeMap<(String, String), Entry>;

/// What stands in the output that was recorded last. Empty at first, and whenever somebody else has touched the trail.
#[derive(Debug, Default)]
pub struct Standing(Option<Known>);

#[derive(Debug)]
struct Known {
    file: PathBuf,
    /// Of the trail, with all that follows from it.
    stat: FileStat,
    audience: Audience,
    output: String,
    items: Items,
}

impl Standing {
    /// What was recorded, if the trail is as it was left.
    pub(super) fn take(&mut self, trail: &Trail, occurrence: Occurrence<'_>) -> Option<Items> {
        let known = self.0.take()?;
        let is_same = (&known.file, known.audience, known.output.as_str())
            == (&trail.file(), occurrence.audience, occurrence.output);
        (is_same && disk::stat(&known.file).is_ok_and(|stat| stat == known.stat)).then_some(known.items)
    }

    /// Keeps what stands now that `added` bytes have come to a trail of `length`. A longer one has lines of others.
    pub(super) fn keep(&mut self, trail: &Trail, occurrence: Occurrence<'_>, length: u64, added: u64, items: Items) {
        let file = trail.file();
        let stat = disk::stat(&file).ok().filter(|stat| stat.size == length + added);
        let (audience, output) = (occurrence.audience, occurrence.output.to_owned());
        self.0 = stat.map(|stat| Known { file, stat, audience, output, items });
    }
}

/// What is in an output after all that was recorded, by kind and name.
pub fn standing(entries: &[Entry], audience: Audience, output: &str) -> Items {
    let mut there = Items::new();
    let own = entries.iter().filter(|entry| entry.audience == audience.name() && entry.output == output);
    own.for_each(|entry| follow(&mut there, entry.clone()));
    there
}

/// What is in an output after one line more.
pub(super) fn follow(items: &mut Items, entry: Entry) {
    let key = (entry.kind.clone(), entry.item.clone());
    match entry.change {
        Change::Left => items.remove(&key),
        Change::Came | Change::Replaced => items.insert(key, entry),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clearance::{Cleared, Subject};
    use crate::diagnostic::{Diagnostics, Located, Origin};
    use crate::production::Clock;
    use crate::trail::Published;
    use jiff::Timestamp;
    use std::collections::BTreeSet;

    fn published(names: &[&str]) -> Vec<Published> {
        let one = |name: &&str| {
            let subject = Subject::Story((*name).to_owned());
            let label = (*name).to_owned();
            (Cleared { subject, label, people: BTreeSet::new(), content: None, grounds: Vec::new() }, None)
        };
        names.iter().map(one).collect()
    }

    /// Records these one after the other, each by whoever is told, and gives the lines; `aside` is done before each.
    fn recorded(is_kept: bool, aside: impl Fn(usize, &Trail)) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let (trail, mut messages) = (Trail::new(folder.path()), Diagnostics::new());
        let clock = Clock::new(&Located::new("UTC".to_owned(), Origin::whole("")), &mut messages);
        let mut standing = Standing::default();
        for (step, names) in [&["a", "b"][..], &["b"], &["b", "c"], &["b", "c"], &[], &["a"]].iter().enumerate() {
            aside(step, &trail);
            let at = Timestamp::from_second(step as i64).expect("a time");
            let occurrence = Occurrence { built: at, as_of: at, audience: Audience::Public, output: "public" };
            let kept = if is_kept { &mut standing } else { &mut Standing::default() };
            trail.record(occurrence, &published(names), &clock, kept, &mut messages);
            assert!(!is_kept || kept.0.is_some(), "nothing is remembered of step {step}");
        }
        let lines = trail.read(&mut messages);
        assert!(messages.is_empty());
        lines.iter().map(|line| format!("{} {:?} {} {}", line.built, line.change, line.item, line.output)).collect()
    }

    #[test]
    fn what_is_remembered_of_the_trail_is_what_is_in_it() {
        let lines = recorded(false, |_, _| {});
        assert_eq!(lines.len(), 7);
        assert_eq!(recorded(true, |_, _| {}), lines);
    }

    #[test]
    fn a_trail_that_somebody_has_touched_is_read_again() {
        let emptied = |step: usize, trail: &Trail| {
            if step == 3 {
                disk::remove(&trail.file()).expect("removed");
            }
        };
        assert_eq!(recorded(true, emptied), recorded(false, emptied));
        let cut = |step: usize, trail: &Trail| {
            if step == 5 {
                let text = String::from_utf8(disk::read(&trail.file()).expect("there")).expect("text");
                let lines: Vec<&str> = text.lines().collect();
                let kept = format!("{}\n", lines[..lines.len() - 1].join("\n"));
                disk::write_atomically(&trail.file(), kept.as_bytes()).expect("written");
            }
        };
        assert_eq!(recorded(true, cut), recorded(false, cut));
        assert_ne!(recorded(true, cut), recorded(true, |_, _| {}));
    }
}
