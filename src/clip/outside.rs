//! Videos that live on YouTube or Vimeo: their page, and the frame that may be opened after a
//! click. Entry point: [`parse`]. Asks nobody for anything.

use serde::{Deserialize, Serialize};

/// A video on somebody else's server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// Whose server it is.
    pub provider: Provider,
    /// The page to link to, without what was in the address to follow people.
    pub page: String,
    /// The address of the player, in the form that sets the fewest cookies.
    pub frame: String,
}

/// Whose server a video is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    /// youtube.com
    YouTube,
    /// vimeo.com
    Vimeo,
}

impl Provider {
    /// Its name as it writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::YouTube => "YouTube",
            Self::Vimeo => "Vimeo",
        }
    }
}

/// The video that a pasted `https` address means; `None` if it is none of the two providers, or
/// not the address of one video.
pub fn parse(url: &str) -> Option<Outside> {
    let url = url.trim();
    let scheme = url.get(..8)?;
    if !scheme.eq_ignore_ascii_case("https://") {
        return None;
    }
    let rest = url[8..].split('#').next()?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/')?;
    let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match host.to_ascii_lowercase().as_str() {
        "youtube.com" | "www.youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com" => {
            let id = match path[..] {
                ["watch"] => parameter(query, "v")?,
                ["shorts" | "live" | "embed", id] => id,
                _ => return None,
            };
            youtube(id)
        }
        "youtu.be" => match path[..] {
            [id] => youtube(id),
            _ => None,
        },
        "vimeo.com" | "www.vimeo.com" => match path[..] {
            [id] => vimeo(id, parameter(query, "h")),
            [id, hash] => vimeo(id, Some(hash)),
            _ => None,
        },
        "player.vimeo.com" => match path[..] {
            ["video", id] => vimeo(id, parameter(query, "h")),
            _ => None,
        },
        _ => None,
    }
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// YouTube's ids are eleven letters of the URL-safe Base64 alphabet.
fn youtube(id: &str) -> Option<Outside> {
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (id.len() == 11 && id.bytes().all(alphabet)).then(|| Outside {
        provider: Provider::YouTube,
        page: format!("https://www.youtube.com/watch?v={id}"),
        frame: format!("https://www.youtube-nocookie.com/embed/{id}?autoplay=1"),
    })
}

/// Vimeo's ids are numbers; an unlisted video has a second key of hexadecimal digits.
fn vimeo(id: &str, hash: Option<&str>) -> Option<Outside> {
    let number = (1..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    let key =
        hash.is_none_or(|hash| (6..=20).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (number && key).then(|| {
        let (tail, key) = match hash {
            Some(hash) => (format!("/{hash}"), format!("h={hash}&")),
            None => (String::new(), String::new()),
        };
        Outside {
            provider: Provider::Vimeo,
            page: format!("https://vimeo.com/{id}{tail}"),
            frame: format!("https://player.vimeo.com/video/{id}?{key}dnt=1&autoplay=1"),
        }
    })
}
