//! Where the samples of a track are, from its tables (ISO/IEC 14496-12, 8.7). Entry point:
//! [`locate`]. Takes memory for chunks and none for samples.

use std::ops::Range;

use super::super::Refusal;
use super::atoms::{Atom, be32, be64, children, first};
use super::track::Track;

/// Adds the places of the track's chunks to `out`.
pub(super) fn locate(bytes: &[u8], track: &Track, out: &mut Vec<Range<usize>>) -> Result<(), Refusal> {
    let tables = children(bytes, track.samples.inside())?;
    let sizes = Sizes::read(bytes, &tables)?;
    let starts = Starts::read(bytes, &tables);
    let runs = first(&tables, b"stsc").map(|atom| atom.content(bytes)).unwrap_or_default();
    let runs = runs.get(8..).unwrap_or_default().as_chunks::<12>().0;
    let (mut run, mut per_chunk, mut sample) = (0, 0, 0);
    for (index, start) in (0..starts.count()).filter_map(|index| Some((index, starts.get(index)?))) {
        // Chunks are counted from 1.
        while let Some(next) = runs.get(run)
            && be32(next, 0).is_some_and(|first| first as usize <= index + 1)
        {
            per_chunk = be32(next, 4).unwrap_or_default() as usize;
            run += 1;
        }
        let last = sizes.count.min(sample + per_chunk);
        let length = sizes.sum(sample..last);
        sample = last;
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        out.push(start..start.saturating_add(length));
        if sample == sizes.count {
            break;
        }
    }
    Ok(())
}

/// The sizes of all samples, in bytes: `stsz`, or `stz2` with 4, 8 or 16 bits each.
struct Sizes<'a> {
    count: usize,
    /// The size of each, if all have the same.
    constant: Option<usize>,
    table: &'a [u8],
    bits: usize,
}

impl<'a> Sizes<'a> {
    fn read(bytes: &'a [u8], tables: &[Atom]) -> Result<Self, Refusal> {
        let short = || Refusal::damaged("its index is incomplete");
        let plain = first(tables, b"stsz");
        let atom = plain.or_else(|| first(tables, b"stz2")).ok_or_else(short)?;
        let content = atom.content(bytes);
        let field = be32(content, 4).ok_or_else(short)? as usize;
        let count = be32(content, 8).ok_or_else(short)? as usize;
        let table = content.get(12..).unwrap_or_default();
        let (constant, bits) = match (plain, field) {
            (Some(_), 0) => (None, 32),
            (Some(_), size) => (Some(size), 32),
            (None, field) => (None, field & 0xFF),
        };
        let there = constant.is_some() || count.saturating_mul(bits) <= table.len().saturating_mul(8);
        if !there || ![4, 8, 16, 32].contains(&bits) {
            return Err(short());
        }
        Ok(Self { count, constant, table, bits })
    }

    fn sum(&self, samples: Range<usize>) -> usize {
        match self.constant {
            Some(size) => size.saturating_mul(samples.len()),
            None => samples.map(|sample| self.get(sample)).fold(0, usize::saturating_add),
        }
    }

    fn get(&self, sample: usize) -> usize {
        let at = |index: usize| usize::from(self.table.get(index).copied().unwrap_or_default());
        match self.bits {
            4 if sample.is_multiple_of(2) => at(sample / 2) >> 4,
            4 => at(sample / 2) & 0x0F,
            8 => at(sample),
            16 => at(sample * 2) << 8 | at(sample * 2 + 1),
            _ => be32(self.table, sample * 4).unwrap_or_default() as usize,
        }
    }
}

/// Where the chunks begin in the file: `stco`, or `co64`.
enum Starts<'a> {
    Short(&'a [[u8; 4]]),
    Long(&'a [[u8; 8]]),
}

impl<'a> Starts<'a> {
    fn read(bytes: &'a [u8], tables: &[Atom]) -> Self {
        let entries = |atom: Atom| {
            let content = atom.content(bytes);
            (be32(content, 4).unwrap_or_default() as usize, content.get(8..).unwrap_or_default())
        };
        if let Some(co64) = first(tables, b"co64") {
            let (count, table) = entries(co64);
            let table = table.as_chunks::<8>().0;
            return Self::Long(&table[..count.min(table.len())]);
        }
        let (count, table) = first(tables, b"stco").map(entries).unwrap_or_default();
        let table = table.as_chunks::<4>().0;
        Self::Short(&table[..count.min(table.len())])
    }

    fn count(&self) -> usize {
        match self {
            Self::Short(table) => table.len(),
            Self::Long(table) => table.len(),
        }
    }

    fn get(&self, index: usize) -> Option<u64> {
        match self {
            Self::Short(table) => be32(table.get(index)?, 0).map(u64::from),
            Self::Long(table) => be64(table.get(index)?, 0),
        }
    }
}
