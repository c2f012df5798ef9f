//! What a template sees: the only types of the program that are serialised towards Tera.
//!
//! A context is made by `plan` from the [`Edition`](crate::clearance::Edition) alone, so it holds
//! nothing that is not to be shown. Every text is ready to print in the site's language, every
//! link is relative to the page that carries it. It does not know how a page looks.

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything one page's template gets.
#[derive(Debug, Clone, Serialize)]
pub struct PageContext {
    pub page: Page,
    pub site: Arc<Site>,
    pub production: Arc<Production>,
    /// Main navigation, in order.
    pub nav: Vec<NavItem>,
    /// Links for the foot of the page: further pages that are not in the navigation, and the feed.
    pub footer: Vec<NavItem>,
    /// All words that templates add, by key, in the site's language.
    pub words: Arc<BTreeMap<String, String>>,
    pub assets: Assets,
    /// Where we are, from the home page down; the last one is this page.
    pub breadcrumbs: Vec<NavItem>,
    /// schema.org as JSON, safe to stand in a `<script type="application/ld+json">`.
    pub json_ld: String,
    /// What the page is about. Its key is the name of the variant: `home`, `story`, …
    #[serde(flatten)]
    pub subject: Subject,
}

/// The page itself.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// `home`, `stories`, `timeline`, `story`, `crew`, `person`, `galleries`, `gallery`, `still`, `page`, `not-found`.
    pub kind: &'static str,
    /// Title of the page alone, as in its heading.
    pub title: String,
    /// Title for `<title>` and social tags: with the production's name.
    pub full_title: String,
    pub description: String,
    /// The way from this page to the top of the site: `../../` or `` (empty at the top).
    /// For the 404 page, which is served at any depth, an absolute path.
    pub root: String,
    /// Absolute address, when the site has a `base_url`.
    pub canonical: Option<String>,
    pub social: Social,
    /// Search engines are asked to keep out.
    pub noindex: bool,
}

/// Open Graph and Twitter card.
#[derive(Debug, Clone, Serialize)]
pub struct Social {
    /// `website`, `article` or `profile`.
    pub og_type: &'static str,
    pub image: Option<SocialImage>,
    /// Publication date (RFC 3339), for articles.
    pub published: Option<String>,
    pub locale: String,
}

/// A picture of 1200 × 630, cropped around its focal point.
#[derive(Debug, Clone, Serialize)]
pub struct SocialImage {
    /// Absolute with a `base_url`, else relative.
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// BCP 47, for `<html lang>`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    pub base_url: Option<String>,
    /// `dark`, `light` or `auto`, from the theme and site.toml.
    pub color_scheme: String,
    /// CSS colour for the browser's own interface (`theme-color`), dark and light.
    pub theme_color: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Production {
    pub title: String,
    /// `film`, `series`, `short`, `documentary`, `stage`.
    pub kind: String,
    pub kind_label: String,
    pub tagline: Option<String>,
    pub synopsis: Option<String>,
    pub status_label: Option<String>,
    pub director: Option<String>,
    pub company: Option<String>,
    pub release: Option<Release>,
    pub links: Vec<ExternalLink>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Release {
    pub date: Date,
    /// Whether the release is still to come, seen from the instant of the build.
    pub upcoming: bool,
    /// "In cinemas 19 March 2027", "Released 19 March 2027".
    pub text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ExternalLink {
    pub label: String,
    pub href: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Date {
    /// ISO 8601, for `<time datetime>`.
    pub iso: String,
    /// In the site's language: "12 March 2026".
    pub text: String,
}

/// A link within the site.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    /// This page, or the section this page is in.
    pub current: bool,
}

/// Files that every page loads, with relative links.
#[derive(Debug, Clone, Serialize)]
pub struct Assets {
    pub stylesheet: String,
    /// Fonts to preload (WOFF2).
    pub preload: Vec<String>,
    pub script: String,
    /// None without a `base_url`: a feed needs absolute addresses.
    pub feed: Option<String>,
    pub manifest: Option<String>,
    /// 32 px PNG.
    pub icon: Option<String>,
    /// 180 px PNG.
    pub touch_icon: Option<String>,
    /// The film's logo from site.toml `[theme] logo`, instead of the written title.
    pub logo: Option<Picture>,
}

/// What a page is about.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Home(Box<Home>),
    Listing(Listing),
    Timeline(Timeline),
    Story(Box<Story>),
    Crew(Crew),
    Person(Box<Person>),
    Galleries(Galleries),
    Gallery(Box<Gallery>),
    Still(Box<Still>),
    Article(Article),
    NotFound(NotFound),
}

#[derive(Debug, Clone, Serialize)]
pub struct Home {
    /// Role `hero`.
    pub hero: Option<Picture>,
    /// Latest first, six at most; the first one is the lead.
    pub stories: Vec<StoryCard>,
    pub galleries: Vec<GalleryCard>,
    pub people: Vec<PersonCard>,
    /// Links to the whole lists.
    pub stories_href: Option<String>,
    pub galleries_href: Option<String>,
    pub crew_href: Option<String>,
    pub timeline_href: Option<String>,
    /// Upright poster, role `poster`.
    pub poster: Option<Picture>,
}

/// The stories, all of them or those of one kind, phase or department.
#[derive(Debug, Clone, Serialize)]
pub struct Listing {
    /// Set on a filtered page: "Making-of".
    pub filter: Option<String>,
    pub count: String,
    pub filters: Vec<FilterGroup>,
    pub stories: Vec<StoryCard>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FilterGroup {
    /// "Kind", "Phase", "Department".
    pub label: String,
    pub items: Vec<FilterItem>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FilterItem {
    pub label: String,
    pub href: String,
    pub count: usize,
    pub current: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Timeline {
    pub phases: Vec<TimelinePhase>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TimelinePhase {
    /// `pre-production`.
    pub key: String,
    pub label: String,
    /// "February – March 2026".
    pub span: Option<String>,
    pub entries: Vec<TimelineEntry>,
}

/// A story or a gallery on its day.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineEntry {
    pub date: Option<Date>,
    /// "Day 12", for shoot days.
    pub shoot_day: Option<String>,
    pub story: Option<StoryCard>,
    pub gallery: Option<GalleryCard>,
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
}

/// One print of a role of one still, in all sizes and formats.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// For `<source>`: better formats, best first.
    pub sources: Vec<Source>,
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
}

#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// MIME type.
    #[serde(rename = "type")]
    pub mime: &'static str,
    pub srcset: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Story {
    pub kind: Link,
    /// Key of the kind, `making-of`, for styling.
    pub kind_key: String,
    pub phase: Option<Link>,
    pub date: Option<Date>,
    /// "Day 12".
    pub shoot_day: Option<String>,
    pub summary: Option<String>,
    /// "6 minutes to read".
    pub reading_time: String,
    /// Role `cover`.
    pub cover: Option<Figure>,
    pub body: Vec<Segment>,
    /// Empty for a short story.
    pub toc: Vec<TocEntry>,
    pub people: Vec<PersonCard>,
    pub departments: Vec<Link>,
    pub gallery: Option<GalleryCard>,
    pub previous: Option<StoryCard>,
    pub next: Option<StoryCard>,
    pub related: Vec<StoryCard>,
    pub spoiler: bool,
    /// Shown only because of `--drafts`.
    pub draft: bool,
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
    /// `layout` is `grid`, `row` or `carousel`.
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
        id: String,
    },
    Video {
        video: Video,
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
    pub width: Option<u32>,
    pub height: Option<u32>,
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
    pub id: String,
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

#[derive(Debug, Clone, Serialize)]
pub struct Crew {
    pub departments: Vec<Department>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Department {
    pub name: String,
    pub people: Vec<PersonCard>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Person {
    pub name: String,
    pub initials: String,
    pub role: Option<String>,
    pub character: Option<String>,
    pub department: Option<String>,
    /// Role `profile`.
    pub portrait: Option<Figure>,
    pub body: Vec<Segment>,
    pub links: Vec<ExternalLink>,
    pub stories: Vec<StoryCard>,
    pub stills: Vec<Thumb>,
    /// Neighbours in the crew list.
    pub previous: Option<PersonCard>,
    pub next: Option<PersonCard>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Galleries {
    pub galleries: Vec<GalleryCard>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Gallery {
    pub date: Option<Date>,
    pub count: String,
    /// HTML paragraphs.
    pub description: Option<String>,
    pub stills: Vec<Thumb>,
    pub clips: Vec<Video>,
    /// Stories that show stills of this gallery.
    pub stories: Vec<StoryCard>,
    pub previous: Option<GalleryCard>,
    pub next: Option<GalleryCard>,
}

/// A still in a grid.
#[derive(Debug, Clone, Serialize)]
pub struct Thumb {
    /// Role `grid`.
    pub picture: Picture,
    /// The still's own page; none for a still that is in no gallery.
    pub href: Option<String>,
    /// Plain text.
    pub caption: Option<String>,
    pub credit: Option<String>,
    /// 1-based place in its gallery.
    pub number: usize,
}

/// The page of one still.
#[derive(Debug, Clone, Serialize)]
pub struct Still {
    /// Role `still`.
    pub picture: Picture,
    pub headline: Option<String>,
    /// Plain text.
    pub caption: Option<String>,
    /// A long description for those who cannot see it.
    pub description: Option<String>,
    pub credit: Option<String>,
    pub copyright: Option<String>,
    pub date: Option<Date>,
    pub people: Vec<PersonCard>,
    pub gallery: Link,
    /// "4 of 12".
    pub position: String,
    pub previous: Option<Thumb>,
    pub next: Option<Thumb>,
    pub stories: Vec<StoryCard>,
    pub spoiler: bool,
}

/// A further page.
#[derive(Debug, Clone, Serialize)]
pub struct Article {
    pub body: Vec<Segment>,
    pub toc: Vec<TocEntry>,
}

#[derive(Debug, Clone, Serialize)]
pub struct NotFound {
    pub home: String,
    pub stories: Vec<StoryCard>,
}
