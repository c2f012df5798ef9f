//! What kind of file an output is, for browsers (WHATWG MIME Sniffing and the IANA registry), and
//! which byte range of it is wanted (RFC 9110, 14.2).

use std::ops::Range;

/// The media type by the ending of a name.
pub(super) fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "jpg" | "jpeg" | "jpe" | "jfif" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "tif" | "tiff" => "image/tiff",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Whether it is a page, into which the reloading script goes.
pub(super) fn is_page(path: &str) -> bool {
    media_type(path).starts_with("text/html")
}

/// Whether it is a picture, for which a placeholder can stand.
pub(super) fn is_picture(path: &str) -> bool {
    media_type(path).starts_with("image/")
}

/// What a `Range` header asks of so many bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All, also for forms that may be ignored, such as several ranges.
    All,
    /// These.
    Part(Range<u64>),
    /// A part that is not there.
    Beyond,
}

/// Reads a `Range` header.
pub(super) fn range(header: Option<&str>, size: u64) -> Wanted {
    let Some(list) = header.and_then(|h| h.trim().strip_prefix("bytes=")) else { return Wanted::All };
    let Some((first, last)) = list.split_once('-').filter(|_| !list.contains(',')) else { return Wanted::All };
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| text.parse::<u64>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let (start, end) = match (number(first), number(last)) {
        (Some(start), Some(end)) if start <= end => (start, end.saturating_add(1).min(size)),
        (Some(start), None) if last.is_empty() => (start, size),
        (None, Some(count)) if first.is_empty() => (size.saturating_sub(count), size),
        _ => return Wanted::All,
    };
    if start < end { Wanted::Part(start..end) } else { Wanted::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_standard() {
        let of = |header| range(Some(header), 1000);
        assert_eq!(range(None, 1000), Wanted::All);
        assert_eq!(of("bytes=0-499"), Wanted::Part(0..500));
        assert_eq!(of("bytes=500-"), Wanted::Part(500..1000));
        assert_eq!(of("bytes=-100"), Wanted::Part(900..1000));
        assert_eq!(of("bytes=-5000"), Wanted::Part(0..1000));
        assert_eq!(of("bytes=990-5000"), Wanted::Part(990..1000));
        assert_eq!(of("bytes=1000-"), Wanted::Beyond);
        assert_eq!(of("bytes=-0"), Wanted::Beyond);
        for ignored in ["bytes=0-1,5-6", "bytes=5-2", "bytes=", "bytes=a-b", "bytes=+1-2", "items=0-1", "bytes=--1"] {
            assert_eq!(of(ignored), Wanted::All, "{ignored}");
        }
    }

    #[test]
    fn a_type_depends_on_the_ending_alone() {
        assert_eq!(media_type("a/B.MP4"), "video/mp4");
        assert_eq!(media_type("a.b/c"), "application/octet-stream");
        assert!(is_page("404.html") && !is_page("feed.xml"));
    }
}
