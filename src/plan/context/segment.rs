//! The pieces of a text, in reading order. They know nothing of the page around them.

use super::{Closeup, Mark, PersonCard, Picture, Thumb};
use serde::Serialize;

/// A piece of Markdown, in reading order. Pieces are printed one after the other.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Segment {
    /// Finished HTML; may open an element that a later piece closes.
    Html {
        html: String,
    },
    Figure {
        figure: Figure,
    },
    /// Two or more pictures side by side.
    Row {
        figures: Vec<Figure>,
    },
    /// `layout` is `grid`, `row`, `carousel`, `sheet` or `full`.
    Gallery {
        layout: String,
        title: Option<String>,
        href: Option<String>,
        stills: Vec<Thumb>,
        /// Names the block for those who cannot see it.
        label: String,
        id: String,
    },
    Compare {
        before: Picture,
        after: Picture,
        before_label: String,
        after_label: String,
        /// HTML.
        caption: Option<String>,
        credit: Option<String>,
        mark: Option<Mark>,
        id: String,
    },
    Video {
        video: Video,
    },
    /// Two or more clips that belong together, scrolled sideways; what ends hands over to the next.
    Reel {
        videos: Vec<Video>,
    },
    /// An outside video behind a local poster.
    Embed {
        title: String,
        /// Where the video lives, for a plain link.
        href: String,
        /// Privacy-friendly address for the frame, loaded after a click.
        frame: String,
        /// "YouTube", "Vimeo".
        provider: String,
        poster: Option<Picture>,
        caption: Option<String>,
    },
    Quote {
        /// HTML paragraphs.
        html: String,
        person: Option<PersonCard>,
        /// Who says it, when it is nobody with a profile.
        attribution: Option<String>,
    },
    Zoom {
        picture: Picture,
        caption: Option<String>,
        credit: Option<String>,
        details: Vec<Detail>,
        mark: Option<Mark>,
        id: String,
    },
}

#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    pub picture: Picture,
    /// HTML, inline.
    pub caption: Option<String>,
    pub credit: Option<String>,
    /// The still's own page.
    pub href: Option<String>,
    pub mark: Option<Mark>,
    /// For looking at it over the page; none for a still that is in no gallery.
    pub closeup: Option<Closeup>,
}

/// A detail of a still, enlarged.
#[derive(Debug, Clone, Serialize)]
pub struct Detail {
    pub title: String,
    /// A crop of the original at role `detail`.
    pub picture: Picture,
    /// Centre and width in percent of the whole still, for marking the place.
    pub x: f64,
    pub y: f64,
    pub size: f64,
    /// 1, 2, 3 …
    pub number: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct Video {
    pub title: String,
    pub src: String,
    /// MIME type.
    #[serde(rename = "type")]
    pub mime: String,
    /// Other files of it, in the order in which a browser should look at them; `src` is the last resort.
    pub renditions: Vec<Rendition>,
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// What is to be seen, for those who cannot see it.
    pub alt: Option<String>,
    /// Of the playing: 0.5 is half as fast as it was filmed.
    pub speed: Option<f64>,
    /// "1:24".
    pub duration: Option<String>,
    /// Role `video`.
    pub poster: Option<Picture>,
    pub captions: Vec<Track>,
    pub chapters: Vec<Chapter>,
    /// HTML paragraphs.
    pub transcript: Option<String>,
    /// HTML.
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub mark: Option<Mark>,
    pub id: String,
}

/// A clip in another size.
#[derive(Debug, Clone, Serialize)]
pub struct Rendition {
    pub src: String,
    /// MIME type with the codec.
    #[serde(rename = "type")]
    pub mime: String,
    /// Media query; none for the largest.
    pub media: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Track {
    pub src: String,
    pub language: String,
    /// "English".
    pub label: String,
    pub default: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Chapter {
    /// Seconds from the start.
    pub seconds: f64,
    /// "0:42".
    pub time: String,
    pub title: String,
}
