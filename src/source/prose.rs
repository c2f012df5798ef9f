//! Markdown as Backlot understands it: HTML in pieces, with everything that points at something
//! else of the site kept apart, so that it can be resolved, cleared and only then printed.

use crate::diagnostic::{Located, Origin};

/// A parsed piece of Markdown. Printed one after the other, the nodes are the text.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// In reading order.
    pub nodes: Vec<Node>,
    /// Headings of levels 2 and 3, in order, for the table of contents.
    pub headings: Vec<Heading>,
    /// Words of running text, for the reading time.
    pub words: usize,
}

/// A heading with its anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Anchor, unique in the document.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// One piece.
#[derive(Debug, Clone)]
pub enum Node {
    /// Finished HTML; may open an element that a later node closes. `origin` is where its words stand.
    Html {
        /// The HTML.
        html: String,
        /// The whole block of Markdown that it comes from.
        origin: Origin,
    },
    /// The value of an `href` within the site, as it was written (`rain-rig.md`, `/press.pdf#x`).
    /// The nodes around it are `<a href="` and `">`.
    Href(Located<String>),
    /// `[[target]]` or `[[target|words]]`.
    Mention {
        /// A slug, or a person's name as written.
        target: Located<String>,
        /// The words to show instead of the name or title; plain text.
        words: Option<String>,
    },
    /// A picture standing for itself.
    Figure(FigureRef),
    /// A paragraph of two or more pictures and nothing else.
    Row(Vec<FigureRef>),
    /// A fenced block.
    Block(Block),
    /// Words that the program adds, by their key in the language's strings file. They stand in
    /// running text or inside a double-quoted attribute, so they are printed escaped for both.
    Word(&'static str),
}

/// `![alt](file "caption")`.
#[derive(Debug, Clone)]
pub struct FigureRef {
    /// File name or path as written.
    pub still: Located<String>,
    /// Plain text; none when it was left empty.
    pub alt: Option<Located<String>>,
    /// Plain text.
    pub caption: Option<String>,
}

/// A fenced block with a TOML body.
#[derive(Debug, Clone)]
pub enum Block {
    /// A whole gallery, a pick of it, or files by name and glob.
    Gallery(GalleryBlock),
    /// Before and after.
    Compare(CompareBlock),
    /// A clip of the site, or an outside video.
    Video(VideoBlock),
    /// A person's words.
    Quote(QuoteBlock),
    /// A still with details enlarged.
    Zoom(ZoomBlock),
}

/// ` ```gallery `
#[derive(Debug, Clone)]
pub struct GalleryBlock {
    /// Slug of a gallery.
    pub gallery: Option<Located<String>>,
    /// File names or globs, in order; within the gallery, if one is named.
    pub stills: Vec<Located<String>>,
    /// How to lay them out.
    pub layout: Layout,
    /// Heading of the block.
    pub title: Option<String>,
    /// The block.
    pub origin: Origin,
}

/// How a block of stills is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Justified rows.
    #[default]
    Grid,
    /// One row.
    Row,
    /// Scrolled sideways.
    Carousel,
    /// Small, all of one size, with their numbers: a contact sheet.
    Sheet,
    /// Each from edge to edge of the page.
    Full,
}

impl Layout {
    /// As they are written, the first if nothing is.
    pub const NAMES: &[&str] = &["grid", "row", "carousel", "sheet", "full"];

    /// The layout of a name.
    pub fn named(name: &str) -> Self {
        match name {
            "row" => Self::Row,
            "carousel" => Self::Carousel,
            "sheet" => Self::Sheet,
            "full" => Self::Full,
            _ => Self::Grid,
        }
    }

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Row => "row",
            Self::Carousel => "carousel",
            Self::Sheet => "sheet",
            Self::Full => "full",
        }
    }
}

/// ` ```compare `
#[derive(Debug, Clone)]
pub struct CompareBlock {
    /// The earlier state.
    pub before: Located<String>,
    /// The later state.
    pub after: Located<String>,
    /// "Before" in the site's language, when absent.
    pub before_label: Option<String>,
    /// "After" in the site's language, when absent.
    pub after_label: Option<String>,
    /// Plain text.
    pub caption: Option<String>,
    /// The block.
    pub origin: Origin,
}

/// ` ```video `
#[derive(Debug, Clone)]
pub struct VideoBlock {
    /// What is played.
    pub source: VideoSource,
    /// Plain text.
    pub caption: Option<String>,
    /// The block.
    pub origin: Origin,
}

/// Where a video comes from.
#[derive(Debug, Clone)]
pub enum VideoSource {
    /// A clip in the site folder; its fields are in gallery.toml.
    Clip(Located<String>),
    /// Somebody else's player.
    Outside {
        /// YouTube or Vimeo page.
        url: Located<String>,
        /// What it is.
        title: Located<String>,
        /// A still to stand in front of it.
        poster: Option<Located<String>>,
    },
}

/// ` ```quote `
#[derive(Debug, Clone)]
pub struct QuoteBlock {
    /// Slug of the person who says it.
    pub person: Option<Located<String>>,
    /// Somebody without a profile.
    pub attribution: Option<Located<String>>,
    /// The words; an empty line separates paragraphs. Plain text.
    pub text: Located<String>,
    /// The block.
    pub origin: Origin,
}

/// ` ```zoom `
#[derive(Debug, Clone)]
pub struct ZoomBlock {
    /// The whole.
    pub still: Located<String>,
    /// Plain text.
    pub caption: Option<String>,
    /// The parts.
    pub details: Vec<DetailRef>,
    /// The block.
    pub origin: Origin,
}

/// A part of a still.
#[derive(Debug, Clone)]
pub struct DetailRef {
    /// What it shows.
    pub title: String,
    /// Centre, 0..1 from the left and the top.
    pub at: [f64; 2],
    /// Width as a part of the still's width, 0..1.
    pub size: f64,
}
