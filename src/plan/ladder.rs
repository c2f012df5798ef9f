//! Which files of a picture's ladder of sizes and formats are worth offering, judged by their bytes.
//!
//! A browser takes the first format that it knows and, of that, the smallest width that suffices. So within a format a
//! width is left out when the next larger one takes no more bytes; and a format is left out as a whole when, over all its
//! widths, what a browser would take instead from the next format takes no more. A single width of a format cannot
//! give way to another format: browsers would take the next larger one of the same.
//!
//! The files are named by content, so a verdict stays true for ever, and it is remembered by the ladder's name.

use crate::develop::Output;
use crate::disk::Digest;
use std::collections::BTreeMap;

/// The files of one picture: formats best first, and of each its widths, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// In the order of the page.
    pub rungs: Vec<Rung>,
}

/// One file of a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    /// Its format.
    pub output: Output,
    /// In pixels.
    pub width: u32,
    /// Names its content.
    pub key: Digest,
}

/// What is left out of ladders: places of rungs, by the name of the ladder. A ladder that is not there has not been
/// judged yet.
pub type Verdicts = BTreeMap<Digest, Vec<usize>>;

/// Raised whenever ladders are judged in another way.
const RULES: u8 = 1;

impl Ladder {
    /// A name that covers all that a verdict depends on.
    pub fn name(&self) -> Digest {
        let keys: Vec<String> = self.rungs.iter().map(|rung| rung.key.to_string()).collect();
        Digest::of_parts([&[RULES][..]].into_iter().chain(keys.iter().map(String::as_bytes)))
    }

    /// Places of the rungs that are left out. Nothing if the bytes of one are not known.
    pub fn judged(&self, bytes: impl Fn(Digest) -> Option<u64>) -> Option<Vec<usize>> {
        let bytes: Vec<u64> = self.rungs.iter().map(|rung| bytes(rung.key)).collect::<Option<_>>()?;
        let places: Vec<usize> = (0..self.rungs.len()).collect();
        let formats: Vec<&[usize]> = places.chunk_by(|a, b| self.output(*a) == self.output(*b)).collect();
        let mut kept: Vec<Vec<usize>> = Vec::new();
        // From the last on, since each is compared with what is left below it.
        for format in formats.into_iter().rev() {
            let format = descending(format, &bytes);
            if kept.last().is_none_or(|next| self.saves(&format, next, &bytes)) {
                kept.push(format);
            }
        }
        Some((0..self.rungs.len()).filter(|place| !kept.iter().flatten().any(|k| k == place)).collect())
    }

    fn output(&self, place: usize) -> Option<Output> {
        self.rungs.get(place).map(|rung| rung.output)
    }

    fn width(&self, place: usize) -> u32 {
        self.rungs.get(place).map_or(0, |rung| rung.width)
    }

    /// Whether browsers take fewer bytes from a format than from the next one. Both with the widest first.
    fn saves(&self, format: &[usize], next: &[usize], bytes: &[u64]) -> bool {
        let size = |place: &usize| bytes.get(*place).copied().unwrap_or(0);
        let instead = |place: &usize| {
            let enough = next.iter().rev().find(|other| self.width(**other) >= self.width(*place));
            enough.or(next.first()).map_or(0, size)
        };
        format.iter().map(size).sum::<u64>() < format.iter().map(instead).sum()
    }
}

/// The widest first, each with fewer bytes than the one before it.
fn descending(format: &[usize], bytes: &[u64]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for place in format.iter().rev() {
        if kept.last().is_none_or(|larger| bytes.get(*place) < bytes.get(*larger)) {
            kept.push(*place);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Digest, Ladder, Output, Rung};

    fn key(output: Output, width: u32) -> Digest {
        Digest::of(format!("{width}.{}", output.extension()).as_bytes())
    }

    /// What is left out of a ladder of files with a format, a width and bytes.
    fn left_out(files: &[(Output, u32, u64)]) -> Vec<usize> {
        let rung = |&(output, width, _): &(Output, u32, u64)| Rung { output, width, key: key(output, width) };
        let ladder = Ladder { rungs: files.iter().map(rung).collect() };
        let bytes = |wanted| files.iter().find(|(o, w, _)| key(*o, *w) == wanted).map(|(_, _, bytes)| *bytes);
        ladder.judged(bytes).unwrap()
    }

    use Output::{Jpeg, WebP};

    #[test]
    fn a_ladder_that_saves_at_each_step_stays() {
        assert!(left_out(&[(WebP, 320, 10), (WebP, 640, 30), (Jpeg, 320, 12), (Jpeg, 640, 31)]).is_empty());
    }

    #[test]
    fn a_width_that_costs_no_less_than_the_next_goes() {
        assert_eq!(left_out(&[(Jpeg, 320, 40), (Jpeg, 480, 30), (Jpeg, 640, 30), (Jpeg, 960, 50)]), [0, 1]);
    }

    #[test]
    fn a_format_that_costs_no_less_than_the_next_goes_as_a_whole() {
        assert_eq!(left_out(&[(WebP, 320, 13), (WebP, 640, 30), (Jpeg, 320, 12), (Jpeg, 640, 31)]), [0, 1]);
    }

    #[test]
    fn few_widths_of_the_fallback_are_compared_as_a_browser_would_take_them() {
        // Of JPEG there is no 320: a browser would take 640.
        assert!(left_out(&[(WebP, 320, 20), (WebP, 640, 60), (Jpeg, 640, 50)]).is_empty());
        // The widest stands in for what would be wider.
        assert_eq!(left_out(&[(WebP, 640, 60), (WebP, 960, 70), (Jpeg, 640, 50)]), [0, 1]);
    }

    #[test]
    fn what_is_not_there_is_not_judged() {
        let ladder = Ladder { rungs: vec![Rung { output: Jpeg, width: 1, key: key(Jpeg, 1) }] };
        assert_eq!(ladder.judged(|_| None), None);
    }
}
