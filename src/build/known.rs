//! What is known of a site from the run before. Each room keeps its own, and takes over only what was made
//! from the same, so that nothing here decides about what is built. It holds no more than the site has now.

use super::learnt;
use super::look::Look;
use crate::clearance;
use crate::diagnostic::Diagnostics;
use crate::disk::{self, FileStat};
use crate::plan::Learnt;
use crate::production;
use crate::publish::Cache;
use crate::source::{MediaFile, Shelf};
use crate::still::Limits;
use crate::survey::{Memory, Survey};
use std::path::Path;
use std::sync::Arc;

/// Everything that is known.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) look: Look,
    pub(super) shelf: Shelf,
    pub(super) survey: Surveyed,
    pub(super) lore: Lore,
    pub(super) production: production::Memory,
    pub(super) clearance: clearance::Memory,
}

impl Known {
    /// Makes room where there will be no other run.
    pub(super) fn forget(&mut self) {
        let kept = Self { lore: std::mem::take(&mut self.lore), ..Self::default() };
        let old = std::mem::replace(self, kept);
        // All the documents of a site: that takes a while.
        rayon::spawn(move || drop(old));
    }
}

/// What developing has shown, as it was read last.
#[derive(Debug, Default)]
pub(super) struct Lore {
    last: Option<([Option<FileStat>; 2], Arc<Learnt>)>,
}

impl Lore {
    /// What is remembered in the cache. It is named by what it follows from, so that all of it is true whenever it was
    /// read.
    pub(super) fn learnt(&mut self, cache: &Cache) -> Arc<Learnt> {
        let stats = cache.lore();
        if let Some((known, learnt)) = &self.last
            && *known == stats
        {
            return Arc::clone(learnt);
        }
        let learnt = learnt(cache);
        self.last = Some((stats, Arc::clone(&learnt)));
        learnt
    }
}

/// The survey that was made last.
#[derive(Debug, Default)]
pub(super) struct Surveyed {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    media: Arc<Vec<MediaFile>>,
    max_pixels: u64,
    /// Of the file in which it is remembered.
    facts: Option<FileStat>,
    survey: Arc<Survey>,
    messages: Diagnostics,
}

/// A survey for a run.
pub(super) struct Fresh {
    pub(super) survey: Arc<Survey>,
    /// What is to be remembered of it; `None` when that is what it was.
    pub(super) memory: Option<Memory>,
    /// Media files that had to be opened for it.
    pub(super) opened: usize,
}

impl Surveyed {
    /// A survey, which is the last one when all files are as they were.
    pub(super) fn look(
        &mut self,
        media: &Arc<Vec<MediaFile>>,
        limits: &Limits,
        facts: &Path,
        messages: &mut Diagnostics,
    ) -> Fresh {
        let (seen, max_pixels, stat) = (disk::now(), limits.max_pixels, disk::stat(facts).ok());
        if let Some(last) = &self.last
            && (last.max_pixels, last.facts) == (max_pixels, stat)
            && (Arc::ptr_eq(&last.media, media) || last.media == *media)
        {
            messages.extend(last.messages.clone());
            return Fresh { survey: Arc::clone(&last.survey), memory: None, opened: 0 };
        }
        let mut memory = Memory::load(facts);
        let mut own = Diagnostics::new();
        let survey = Arc::new(Survey::of(media, limits, &mut memory, &mut own));
        messages.extend(own.clone());
        // A young file may change without another stat, and one that could not be read may be readable soon.
        let settled = media.iter().all(|media| media.file.stat.is_settled(seen)) && !own.has_errors();
        let opened = survey.opened;
        let last =
            Last { media: Arc::clone(media), max_pixels, facts: stat, survey: Arc::clone(&survey), messages: own };
        self.last = settled.then_some(last);
        Fresh { survey, memory: Some(memory), opened }
    }
}
