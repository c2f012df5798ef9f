//! Verdicts on ladders: made when all files of a ladder are in the cache, and remembered beside them.

use super::cache::Cache;
use crate::disk;
use crate::plan::{Outputs, Verdicts};
use std::io;

/// Verdicts known from earlier builds.
pub fn verdicts(cache: &Cache) -> Verdicts {
    let bytes = disk::read_if_there(&cache.ladder_file()).ok().flatten().unwrap_or_default();
    // Names of ladders cover all that they depend on, so what is in there is true whoever wrote it.
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Remembers verdicts.
pub fn save_verdicts(cache: &Cache, verdicts: &Verdicts) -> io::Result<()> {
    disk::write_atomically(&cache.ladder_file(), &serde_json::to_vec(verdicts).map_err(io::Error::other)?)
}

/// Judges the ladders of a plan that have not been judged, by the bytes of their files.
pub fn judge(outputs: &Outputs, cache: &Cache) -> Verdicts {
    let bytes = |key| cache.size(key);
    outputs.ladders().filter_map(|(name, ladder)| Some((name, ladder.judged(bytes)?))).collect()
}
