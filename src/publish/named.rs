//! Which prints are published: a theme may show fewer pictures than a page offers it, and what no file names is left
//! out. Pages are looked through once, with the prints that they ask for, and not again while they stay the same.

use super::cache::Cache;
use super::finished::{Files, Made};
use crate::plan::{Group, Job, Outputs};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What was found in the groups of the plan that was made last.
#[derive(Debug, Default)]
pub struct Named {
    /// By the place of the group in memory. The group is kept, so that no other one can be there.
    groups: HashMap<usize, Arc<Found>>,
    /// Prints that other files name than the pages that ask for them.
    strays: Arc<Files>,
}

/// The prints of one group.
#[derive(Debug)]
struct Found {
    group: Arc<Group>,
    /// Those that its own pages name.
    named: Arc<Files>,
    /// Those that they do not name.
    others: Files,
    /// What its pages name and it has not.
    foreign: Vec<String>,
}

impl Named {
    /// The prints of a plan whose pages have been rendered, in groups.
    pub(super) fn prints(&mut self, outputs: &Outputs, cache: &Cache) -> Vec<Arc<Files>> {
        let before = std::mem::take(&mut self.groups);
        let look = |group: &Arc<Group>| match before.get(&place_of(group)) {
            Some(known) => Arc::clone(known),
            None => Arc::new(Found::of(group, cache)),
        };
        let all: Vec<Arc<Found>> = outputs.groups().par_iter().map(look).collect();
        let strays = strays(&all, outputs);
        if !strays.keys().eq(self.strays.keys()) {
            self.strays = Arc::new(strays);
        }
        self.groups = all.iter().map(|found| (place_of(&found.group), Arc::clone(found))).collect();
        all.iter().map(|found| Arc::clone(&found.named)).chain([Arc::clone(&self.strays)]).collect()
    }
}

impl Found {
    fn of(group: &Arc<Group>, cache: &Cache) -> Self {
        let pages: Vec<Arc<[u8]>> =
            group.pages.iter().filter_map(|page| page.rendered()).map(|page| page.html()).collect();
        let names: HashSet<&[u8]> = pages.iter().flat_map(|html| names_in(html)).collect();
        let prints = group.prints.iter().filter_map(|(path, job)| match job {
            Job::Print(print) => Some((path.clone(), Made::Cached(cache.place(print.key)))),
            _ => None,
        });
        let (named, others): (Files, Files) = prints.partition(|(path, _)| names.contains(path.as_bytes()));
        let foreign = names.iter().filter_map(|name| std::str::from_utf8(name).ok());
        let mut foreign: Vec<String> =
            foreign.filter(|name| !named.contains_key(*name)).map(ToOwned::to_owned).collect();
        foreign.sort();
        Self { group: Arc::clone(group), named: Arc::new(named), others, foreign }
    }
}

/// Prints that pages of other groups name, or files that are no pages.
fn strays(all: &[Arc<Found>], outputs: &Outputs) -> Files {
    let mut names: HashSet<&[u8]> = all.iter().flat_map(|found| &found.foreign).map(String::as_bytes).collect();
    for (_, job) in outputs.files() {
        if let Job::Bytes(bytes) = job {
            names.extend(names_in(bytes));
        }
    }
    let others = all.iter().flat_map(|found| &found.others);
    let strays = others.filter(|(path, _)| names.contains(path.as_bytes()));
    strays.map(|(path, made)| (path.clone(), made.clone())).collect()
}

fn place_of(group: &Arc<Group>) -> usize {
    Arc::as_ptr(group).addr()
}

/// Folder of all prints.
const PRINTS: &[u8] = b"media/";

/// Everything in a file that may be the name of a print.
pub(super) fn names_in(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    memchr::memmem::find_iter(bytes, PRINTS).map(|start| {
        let rest = &bytes[start..];
        let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"/.".contains(b));
        &rest[..end.unwrap_or(rest.len())]
    })
}
