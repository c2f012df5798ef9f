//! Prose whose references are resolved.

use crate::diagnostic::Origin;
use crate::source::prose::{Heading, Layout};

/// A resolved piece of Markdown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// In reading order.
    pub pieces: Vec<Piece>,
    /// For the table of contents.
    pub headings: Vec<Heading>,
    /// Words of running text.
    pub words: usize,
}

impl Text {
    /// Bytes of the HTML of its pieces: about what it takes as one.
    pub fn html_length(&self) -> usize {
        let lengths = self.pieces.iter().map(|piece| if let Piece::Html { html, .. } = piece { html.len() } else { 0 });
        lengths.sum()
    }
}

/// What a link within the site leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Story(String),
    Person(String),
    Gallery(String),
    Page(String),
    /// A file of `static/`, by address.
    Static(String),
    /// One of the site's own index pages, by address such as `stories/`.
    Index(&'static str),
}

/// One piece.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Finished HTML.
    Html {
        html: String,
        origin: Origin,
    },
    /// A word of the site's language, by key.
    Word(&'static str),
    /// The value of an `href`.
    Href {
        target: Target,
        fragment: Option<String>,
        origin: Origin,
    },
    /// A name or title as a link.
    Mention {
        target: Target,
        words: Option<String>,
        origin: Origin,
    },
    Figure(Figure),
    Row(Vec<Figure>),
    Gallery {
        gallery: Option<String>,
        stills: Vec<String>,
        layout: Layout,
        title: Option<String>,
        origin: Origin,
    },
    Compare(Box<Compare>),
    Clip {
        clip: String,
        caption: Option<String>,
        origin: Origin,
    },
    Outside(Box<Outside>),
    Quote {
        person: Option<String>,
        attribution: Option<String>,
        text: String,
        origin: Origin,
    },
    Zoom {
        still: String,
        caption: Option<String>,
        details: Vec<Detail>,
        origin: Origin,
    },
}

/// A still standing in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub still: String,
    pub alt: Option<String>,
    pub caption: Option<String>,
    pub origin: Origin,
}

/// Before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    pub before: String,
    pub after: String,
    pub before_label: Option<String>,
    pub after_label: Option<String>,
    pub caption: Option<String>,
    pub origin: Origin,
}

/// Somebody else's player behind a poster of ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    pub video: crate::clip::outside::Outside,
    pub title: String,
    pub poster: Option<String>,
    pub caption: Option<String>,
    pub origin: Origin,
}

/// A part of a still.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    pub title: String,
    /// Centre, 0..1.
    pub at: [f64; 2],
    /// Width as a part of the still's width.
    pub size: f64,
}

impl Piece {
    /// Every still the piece shows.
    pub fn stills(&self) -> Vec<&str> {
        match self {
            Piece::Figure(figure) => vec![&figure.still],
            Piece::Row(figures) => figures.iter().map(|f| f.still.as_str()).collect(),
            Piece::Gallery { stills, .. } => stills.iter().map(String::as_str).collect(),
            Piece::Compare(compare) => vec![&compare.before, &compare.after],
            Piece::Zoom { still, .. } => vec![still],
            Piece::Outside(outside) => outside.poster.iter().map(String::as_str).collect(),
            Piece::Html { .. }
            | Piece::Word(_)
            | Piece::Href { .. }
            | Piece::Mention { .. }
            | Piece::Clip { .. }
            | Piece::Quote { .. } => Vec::new(),
        }
    }
}
