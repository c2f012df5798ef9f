//! What an edit list leaves out (ISO/IEC 14496-12, 8.6.6): film that nobody is shown, and that is in the file all the
//! same. Entry point: [`left_out`].

use super::atoms::{Atom, be32, be64, children, first};
use super::track::{Track, time_head};

/// Seconds of a track that its edit list does not show. None where there is no list, or no length to compare it with.
pub(super) fn left_out(bytes: &[u8], track: &Track, movie_scale: u32) -> Option<f64> {
    let parts = children(bytes, track.atom.inside()).ok()?;
    let edits = children(bytes, first(&parts, b"edts")?.inside()).ok()?;
    let media = children(bytes, first(&parts, b"mdia")?.inside()).ok()?;
    let (scale, length) = time_head(first(&media, b"mdhd")?.content(bytes))?;
    if scale == 0 || movie_scale == 0 {
        return None;
    }
    let length = length? as f64 / f64::from(scale);
    let mut shown = spans(bytes, first(&edits, b"elst")?, f64::from(scale), f64::from(movie_scale), length)?;
    if shown.is_empty() {
        return None;
    }
    shown.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut out, mut end) = (0.0, 0.0);
    for (from, to) in shown {
        out += f64::max(0.0, from.min(length) - end);
        end = to.min(length).max(end);
    }
    Some(out + length - end)
}

/// From where to where each entry shows, in seconds.
fn spans(bytes: &[u8], elst: Atom, scale: f64, movie_scale: f64, length: f64) -> Option<Vec<(f64, f64)>> {
    let content = elst.content(bytes);
    let long = content.first()? == &1;
    let count = be32(content, 4)? as usize;
    let table = content.get(8..)?;
    let size = if long { 20 } else { 12 };
    let entries = table.chunks_exact(size).take(count);
    let spans = entries.filter_map(|entry| {
        let (duration, start) = if long {
            (be64(entry, 0)? as f64, be64(entry, 8)?.cast_signed() as f64)
        } else {
            (f64::from(be32(entry, 0)?), f64::from(be32(entry, 4)?.cast_signed()))
        };
        // An empty edit shows nothing for a while; one without a length shows all there is.
        let start = (start >= 0.0).then_some(start / scale)?;
        Some((start, if duration == 0.0 { length } else { start + duration / movie_scale }))
    });
    Some(spans.collect())
}
