//! The seal on an output folder: what went into it and what came of it, so that the next build can tell that it would
//! make the same again.
//!
//! Only planning and making are spared by it. What is published is decided anew in each build, from everything that
//! was brought, and so are all messages; an instant at which something may change breaks the seal, as any file does
//! that is not what it was.

use super::{Options, Prepared};
use crate::disk::{self, Digest, FileStat};
use crate::publish::{Cache, Manifest, Written};
use crate::source;
use crate::trail::Trail;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::PathBuf;

/// Raised whenever something else decides about what is made.
const VERSION: u32 = 1;

/// Everything that was brought, by its stats, and how it is to be built.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brought(Digest);

/// What the output was made from, and what it is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Seal {
    from: Digest,
    made: Digest,
    pages: usize,
    files: usize,
    bytes: u64,
    /// Stills of which the site shows something.
    pub(super) stills: usize,
}

impl Brought {
    /// Before anything is read. `None` where a stat says too little: of what cannot be read, of a file that was changed
    /// just now and may change again without another stat, and on systems whose stats a tool can put back.
    pub(super) fn look(options: &Options) -> Option<Self> {
        if !cfg!(unix) {
            return None;
        }
        let seen = disk::now();
        let program = std::env::current_exe().and_then(|path| disk::stat(&path)).ok()?;
        let folders =
            [&options.site, &options.output, &options.cache, &options.records].map(|path| disk::canonical(path));
        let Options { drafts, audience, base_url, strict, .. } = options;
        let how = format!("{VERSION} {folders:?} {drafts} {audience:?} {base_url:?} {strict} {program:?}");
        let mut files: Vec<(String, Option<FileStat>)> = Vec::new();
        for name in source::FOLDERS {
            let folder = options.site.join(name);
            if !disk::is_there(&folder) {
                continue;
            }
            let (found, troubles) = disk::walk(&folder, |_, _| true);
            if !troubles.is_empty() {
                return None;
            }
            files.extend(found.into_iter().map(|file| (format!("{name}/{}", file.path), Some(file.stat))));
        }
        let single = ["site.toml", source::approvals::FILE];
        files.extend(single.map(|name| (name.to_owned(), disk::stat(&options.site.join(name)).ok())));
        let is_settled = files.iter().filter_map(|(_, stat)| *stat).all(|stat| stat.is_settled(seen));
        is_settled.then(|| Digest::of_json(&(how, files)).ok()).flatten().map(Self)
    }

    /// With what was found out besides: what is held, the next instant at which something may change, what ffmpeg is to
    /// do, and the day, which the cache counts. Two instants with the same next one have none between them.
    fn decided(self, prepared: &Prepared, day: u64) -> Digest {
        let Self(brought) = self;
        let reels = &prepared.darkroom.reels;
        let clips: Vec<String> = reels.frames.keys().chain(&reels.kept).map(Digest::to_string).collect();
        let held: Vec<(&str, &str, String)> =
            prepared.held.iter().map(|held| (held.subject.kind(), held.label.as_str(), held.why(None))).collect();
        let rest = format!("{day} {:?} {held:?} {clips:?} {:?}", prepared.next, reels.renditions);
        Digest::of_parts([brought.to_string().as_bytes(), rest.as_bytes()])
    }
}

impl Seal {
    /// The seal of the last build, if a build of what was brought would come to the same. `there` is what the output
    /// folder has of ours.
    pub(super) fn unbroken(
        brought: Brought,
        prepared: &Prepared,
        there: &Manifest,
        options: &Options,
        cache: &Cache,
    ) -> Option<Self> {
        // A seal that cannot be read is none, and then the site is built.
        let bytes = disk::read_if_there(&place(options, cache)).ok()??;
        let seal: Self = serde_json::from_slice(&bytes).ok()?;
        let holds = seal.from == brought.decided(prepared, cache.day())
            && made(there, options, cache).is_ok_and(|(made, _)| seal.made == made);
        holds.then_some(seal)
    }

    /// Seals what has just been written, unless that was so shortly ago that a change could hide behind it.
    pub(super) fn put(
        brought: Brought,
        prepared: &Prepared,
        written: Written,
        stills: usize,
        options: &Options,
        cache: &Cache,
    ) -> io::Result<()> {
        let Written { pages, files, bytes, .. } = written;
        let Some(there) = Manifest::load(&options.output)? else { return Ok(()) };
        let (made, stats) = made(&there, options, cache)?;
        let now = disk::now();
        if !stats.iter().all(|stat| stat.is_told_apart(now)) {
            return Ok(());
        }
        let seal = Self { from: brought.decided(prepared, cache.day()), made, pages, files, bytes, stills };
        disk::write_atomically(&place(options, cache), &serde_json::to_vec(&seal)?)
    }

    /// What the output has, of which nothing was written or removed.
    pub(super) fn written(&self) -> Written {
        Written { pages: self.pages, files: self.files, bytes: self.bytes, written: 0, removed: 0 }
    }
}

fn place(options: &Options, cache: &Cache) -> PathBuf {
    cache.root().join(format!("seal-{}.json", options.audience.name()))
}

/// The stats of everything that a build has left: the output, the records and the cache.
fn made(there: &Manifest, options: &Options, cache: &Cache) -> io::Result<(Digest, Vec<FileStat>)> {
    let names: Vec<&String> = there.files.iter().collect();
    let of_output = names.par_iter().map(|path| disk::stat(&options.output.join(path)));
    let mut stats = of_output.collect::<io::Result<Vec<FileStat>>>()?;
    // There are no records of a site of which nothing is published.
    stats.extend(disk::stat(&Trail::new(&options.records).file()).ok());
    stats.extend(cache.stats()?);
    Ok((Digest::of_json(&(names, &stats))?, stats))
}
