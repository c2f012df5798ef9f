//! Emptying the cache: all of it, or all that the site as it is now does not use.

use super::known::Known;
use super::{Options, draw, learnt, prepare};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::disk::{self, BuildLock};
use crate::plan;
use crate::publish::{self, Cache};
use crate::source::Touched;
use std::io;

/// What came of it.
#[derive(Debug)]
pub struct Cleaned {
    /// All messages.
    pub messages: Diagnostics,
    /// Bytes that the cache takes no more; `None` when nothing was removed.
    pub freed: Option<u64>,
}

/// Removes the whole cache. `waiting` is called when a build has to end first.
pub fn empty(options: &Options, waiting: impl FnOnce()) -> Cleaned {
    let cache = Cache::new(&options.cache);
    let mut messages = Diagnostics::new();
    let freed = locked(&cache, waiting, || {
        let before = disk::size_below(cache.root());
        disk::remove_folder(cache.root())?;
        Ok(before)
    });
    let freed = freed.map_err(|error| messages.push(failed(&cache, &error))).ok();
    Cleaned { messages, freed }
}

/// Removes everything that the site, as it may be shown to this audience at this instant, does not use: pictures,
/// previews, facts of media with their captions and names.
///
/// With mistakes in the site nobody can say what it uses, and nothing is removed.
pub fn forget_unused(options: &Options, waiting: impl FnOnce()) -> Cleaned {
    let cache = Cache::new(&options.cache);
    let mut messages = Diagnostics::new();
    let mut freed = None;
    if let Some(mut prepared) =
        prepare(options, &cache, &Touched::Anything, &mut Known::default(), false, &mut messages)
    {
        let plan = draw(&prepared, &learnt(&cache), &mut plan::Memory::default(), &mut messages);
        if !messages.has_errors() {
            let done = locked(&cache, waiting, || {
                let before = disk::size_below(cache.root());
                cache.look()?;
                cache.tidy(&publish::usage(&plan.outputs, &prepared.darkroom.reels.kept, None))?;
                disk::remove_folder(&cache.insiders())?;
                if let Some(memory) = &mut prepared.memory {
                    memory.keep_only(&publish::originals(&plan.outputs));
                    memory.save(&cache.facts())?;
                }
                Ok(before.saturating_sub(disk::size_below(cache.root())))
            });
            freed = done.map_err(|error| messages.push(failed(&cache, &error))).ok();
        }
    }
    Cleaned { messages, freed }
}

/// Does something while no build runs. A cache that is not there stays so.
fn locked(cache: &Cache, waiting: impl FnOnce(), work: impl FnOnce() -> io::Result<u64>) -> io::Result<u64> {
    if !disk::is_folder(cache.root()) {
        return Ok(0);
    }
    let _lock = BuildLock::take(&cache.lock(), waiting)?;
    work()
}

fn failed(cache: &Cache, error: &io::Error) -> Diagnostic {
    let message = format!("the cache folder `{}` cannot be emptied: {error}", cache.root().display());
    Diagnostic::error(codes::WRITE_FAILED, message)
}
