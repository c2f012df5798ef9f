//! A WebM film: its segment and its tracks. Entry point: [`Film::read`].

use super::super::{Container, Facts, Refusal};
use super::element::{Element, children, element, first};
use super::id;
use super::scrub;

/// The most tracks, which are gone through for each block.
const MAX_TRACKS: usize = 500;
/// The most letters that are kept of a codec's name, which goes into a message.
const MAX_LETTERS: usize = 40;

/// A film that browsers play, as places in its file.
#[derive(Debug)]
pub(in super::super) struct Film {
    pub(super) segment: Element,
    /// The numbers of the tracks that stay: picture and sound that browsers play.
    pub(super) stay: Vec<u64>,
    facts: Facts,
}

impl Film {
    /// Reads all heads, and walks over the clusters to see that they are whole.
    pub(in super::super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let head = element(bytes, 0, bytes.len())?;
        let doc_type = first(&children(bytes, head.inside())?, id::DOC_TYPE);
        let doc_type = doc_type.map(|doc_type| doc_type.content(bytes)).unwrap_or_default();
        if head.id != id::EBML || !doc_type.starts_with(b"webm") {
            return Err(Refusal::Foreign { what: "Matroska (.mkv)".to_owned() });
        }
        let segment = segment(bytes, head.end)?;
        let parts = children(bytes, segment.inside())?;
        let entries = match first(&parts, id::TRACKS) {
            Some(tracks) => children(bytes, tracks.inside())?,
            None => return Err(Refusal::Unfinished),
        };
        let mut tracks = Vec::new();
        for entry in entries.iter().filter(|entry| entry.id == id::TRACK_ENTRY) {
            tracks.push(Track::read(bytes, entry)?);
            if tracks.len() > MAX_TRACKS {
                return Err(Refusal::damaged("it has hundreds of tracks"));
            }
        }
        if !parts.iter().any(|part| part.id == id::CLUSTER) {
            return Err(Refusal::Unfinished);
        }
        let film = tracks.iter().find(|track| track.kind == PICTURE).ok_or(Refusal::NoPicture)?;
        let Some(codec) = film.plays_as else {
            return Err(Refusal::VideoCodec { codec: film.codec.clone() });
        };
        let mut sounds = tracks.iter().filter(|track| track.kind == SOUND);
        let has_audio = sounds.clone().any(|sound| sound.plays_as.is_some());
        if let (false, Some(sound)) = (has_audio, sounds.next()) {
            return Err(Refusal::SoundCodec { codec: sound.codec.clone() });
        }
        let facts = Facts {
            container: Container::WebM,
            width: film.size.map(|(width, _)| width),
            height: film.size.map(|(_, height)| height),
            duration: duration(bytes, &parts),
            video_codec: Some(codec.to_owned()),
            has_audio,
            // There are no edit lists: what is in it is shown.
            left_out: None,
        };
        let stay = tracks.iter().filter(|track| track.plays_as.is_some()).map(|track| track.number);
        let film = Self { segment, stay: stay.collect(), facts };
        scrub::check(bytes, &film)?;
        Ok(film)
    }

    pub(in super::super) fn facts(self) -> Facts {
        self.facts
    }
}

const PICTURE: u64 = 1;
const SOUND: u64 = 2;

struct Track {
    number: u64,
    kind: u64,
    codec: String,
    /// The codec's short name, if browsers play it.
    plays_as: Option<&'static str>,
    size: Option<(u32, u32)>,
}

impl Track {
    fn read(bytes: &[u8], entry: &Element) -> Result<Self, Refusal> {
        let parts = children(bytes, entry.inside())?;
        let number = |id| first(&parts, id).and_then(|part| part.number(bytes));
        let codec = first(&parts, id::CODEC_ID).map(|part| part.content(bytes)).unwrap_or_default();
        let letters = codec.iter().filter(|byte| byte.is_ascii_graphic()).take(MAX_LETTERS);
        let codec: String = letters.map(|&byte| char::from(byte)).collect();
        let kind = number(id::TRACK_TYPE).unwrap_or_default();
        let plays_as = match (kind, codec.as_str()) {
            (PICTURE, "V_VP8") => Some("vp8"),
            (PICTURE, "V_VP9") => Some("vp9"),
            (PICTURE, "V_AV1") => Some("av01"),
            (SOUND, "A_OPUS") => Some("opus"),
            (SOUND, "A_VORBIS") => Some("vorbis"),
            _ => None,
        };
        let size = match first(&parts, id::VIDEO) {
            Some(video) => shown_size(bytes, &children(bytes, video.inside())?),
            None => None,
        };
        let number = number(id::TRACK_NUMBER).ok_or_else(|| Refusal::damaged("one of its tracks has no number"))?;
        Ok(Self { number, kind, codec, plays_as, size })
    }
}

/// The size to show at where it is given in pixels, else the coded size.
fn shown_size(bytes: &[u8], video: &[Element]) -> Option<(u32, u32)> {
    let number = |id| first(video, id).and_then(|part| part.number(bytes));
    let pixels = |id| number(id).and_then(|value| u32::try_from(value).ok()).filter(|&value| value > 0);
    let in_pixels = number(id::DISPLAY_UNIT).unwrap_or(0) == 0;
    let width = pixels(id::DISPLAY_WIDTH).filter(|_| in_pixels).or_else(|| pixels(id::PIXEL_WIDTH))?;
    let height = pixels(id::DISPLAY_HEIGHT).filter(|_| in_pixels).or_else(|| pixels(id::PIXEL_HEIGHT))?;
    Some((width, height))
}

/// The first segment behind the head.
fn segment(bytes: &[u8], mut at: usize) -> Result<Element, Refusal> {
    while at < bytes.len() {
        let next = element(bytes, at, bytes.len())?;
        if next.id == id::SEGMENT {
            return Ok(next);
        }
        at = next.end;
    }
    Err(Refusal::Truncated)
}

/// Seconds; recordings made in a browser do not say.
fn duration(bytes: &[u8], segment: &[Element]) -> Option<f64> {
    let info = children(bytes, first(segment, id::INFO)?.inside()).ok()?;
    let nanoseconds = match first(&info, id::TIMESTAMP_SCALE) {
        Some(scale) => scale.number(bytes)?,
        None => 1_000_000,
    };
    let ticks = first(&info, id::DURATION)?.float(bytes)?;
    Some(ticks * nanoseconds as f64 / 1e9).filter(|&seconds| seconds > 0.0)
}
