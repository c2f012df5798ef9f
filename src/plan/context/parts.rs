//! What stands on pages of several kinds: cards, pictures, links. It does not know which page it is on.

use super::Date;
use serde::Serialize;

/// What has to be said beside something that not everybody may see.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// `embargo` or `held`, for styling.
    pub kind: &'static str,
    /// "Embargoed until …", "Held: …".
    pub text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct StoryCard {
    pub title: String,
    pub href: String,
    /// Key of the kind, `making-of`, for styling.
    pub kind: String,
    pub kind_label: String,
    pub phase_label: Option<String>,
    pub date: Option<Date>,
    /// "Day 12", where one is given.
    pub shoot_day: Option<String>,
    pub summary: Option<String>,
    pub reading_time: String,
    /// Role `card`.
    pub picture: Option<Picture>,
    /// The same, larger (role `lead`); only for the first of a list on the home page or a list of stories.
    pub lead: Option<Picture>,
    /// Shows a clip.
    pub has_video: bool,
    pub mark: Option<Mark>,
    pub spoiler: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct GalleryCard {
    pub title: String,
    pub href: String,
    pub date: Option<Date>,
    /// "Day 12", where one is given.
    pub shoot_day: Option<String>,
    /// "12 stills".
    pub count: String,
    /// Role `card`.
    pub picture: Option<Picture>,
    /// Up to four more, role `thumb`.
    pub more: Vec<Picture>,
    pub mark: Option<Mark>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PersonCard {
    pub name: String,
    /// Letters to show where there is no portrait: "IC".
    pub initials: String,
    pub role: Option<String>,
    pub character: Option<String>,
    pub department: Option<String>,
    pub href: String,
    /// Role `portrait`.
    pub picture: Option<Picture>,
    pub mark: Option<Mark>,
}

/// A still in a grid.
#[derive(Debug, Clone, Serialize)]
pub struct Thumb {
    /// Role `grid`, or `sheet` on a contact sheet.
    pub picture: Picture,
    /// The still's own page; none for a still that is in no gallery.
    pub href: Option<String>,
    /// Plain text.
    pub caption: Option<String>,
    pub credit: Option<String>,
    /// 1-based place in its gallery.
    pub number: usize,
    pub mark: Option<Mark>,
    /// For looking at it over the page; none for a still that is in no gallery.
    pub closeup: Option<Closeup>,
}

/// What the viewer shows of a still that lies on a page, beside what is there already.
#[derive(Debug, Clone, Serialize)]
pub struct Closeup {
    /// Title of the still's own page.
    pub title: String,
    /// `srcset` of the prints that are larger than those of the picture on the page, in its best format.
    pub larger: String,
    /// HTML, inline.
    pub caption: Option<String>,
    pub credit: Option<String>,
    /// A long description for those who cannot see it.
    pub description: Option<String>,
    pub copyright: Option<String>,
    pub date: Option<Date>,
    pub people: Vec<Link>,
    pub gallery: Link,
    /// "4 of 12", where it stands in its gallery; set where its neighbours are not on the page.
    pub position: Option<String>,
    pub mark: Option<Mark>,
}

/// One print of a role of one still, in all sizes and formats.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// For `<source>`: better formats, best first.
    pub sources: Vec<Source>,
    /// The one print for telephones with dense screens, in each format, where the role names one; before all others.
    pub phone: Vec<Source>,
    /// Fallback file.
    pub src: String,
    pub srcset: String,
    /// From the theme's role.
    pub sizes: String,
    /// Pixels of the largest print; gives the ratio.
    pub width: u32,
    pub height: u32,
    /// width / height, four decimals, for layouts.
    pub ratio: f64,
    pub alt: String,
    /// Tiny picture as a `data:` URI, to stand in until the print is there. Empty when not known yet.
    pub placeholder: String,
    /// Mean colour, `#rrggbb`. Empty when not known yet.
    pub color: String,
    /// CSS `object-position`: "42% 31%".
    pub focus: String,
    /// For words that stand on it.
    pub light: Light,
}

/// How bright a picture can be below words, whatever the screen shows of it.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Light {
    /// Anywhere across.
    pub any: Halves,
    /// In the two thirds from where lines of text start, in boxes of at least 4:3.
    pub start: Halves,
}

/// The brightest spot of the upper and of the lower half, from 0.01 (black) to 1 (white). 1 where it is not known yet.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Halves {
    pub above: f64,
    pub below: f64,
}

impl Default for Halves {
    fn default() -> Self {
        Self { above: 1.0, below: 1.0 }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// MIME type.
    #[serde(rename = "type")]
    pub mime: &'static str,
    pub srcset: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub label: String,
    pub href: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    pub label: String,
    /// `#id`.
    pub href: String,
    pub children: Vec<TocEntry>,
}
