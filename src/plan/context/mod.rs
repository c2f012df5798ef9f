//! What a template sees: the only types of the program that are serialised towards Tera.
//!
//! A context is made by `plan` from the [`Edition`](crate::clearance::Edition) alone, so it holds
//! nothing that is not to be shown. Every text is ready to print in the site's language, every
//! link is relative to the page that carries it. It does not know how a page looks.

mod parts;
mod proof;
mod same;
mod segment;
mod subject;

pub use parts::{
    Closeup, GalleryCard, Halves, Light, Link, Mark, PersonCard, Picture, Source, StoryCard, Thumb, TocEntry,
};
pub use proof::{Frame, ProofEntry, ProofSheet, Proofs};
pub use same::Same;
pub use segment::{Chapter, Detail, Figure, Rendition, Segment, Track, Video};
pub use subject::{
    Article, Crew, Department, FilterGroup, FilterItem, Galleries, Gallery, Home, Listing, NotFound, Person, Still,
    Story, Subject, Timeline, TimelineEntry, TimelinePhase,
};

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything one page's template gets.
#[derive(Debug, Clone, Serialize)]
pub struct PageContext {
    pub page: Page,
    #[serde(skip_serializing)]
    pub site: Arc<Same<Site>>,
    #[serde(skip_serializing)]
    pub production: Arc<Same<Production>>,
    /// Main navigation, in order.
    pub nav: Vec<NavItem>,
    /// Links for the foot of the page: further pages that are not in the navigation, and the feed.
    pub footer: Vec<NavItem>,
    /// All words that templates add, by key, in the site's language.
    #[serde(skip_serializing)]
    pub words: Arc<Same<BTreeMap<String, String>>>,
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
    /// `home`, `stories`, `timeline`, `story`, `crew`, `person`, `galleries`, `gallery`, `still`, `page`, `not-found`, `proofs`.
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
    /// What has to be said of all that the page is about.
    pub mark: Option<Mark>,
    /// Something on it can be looked at over the page, as large as the screen.
    pub viewer: bool,
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
    /// `public`, `press`, `approvals` or `insiders`.
    pub audience: &'static str,
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

/// What the search loads when it is opened for the first time.
#[derive(Debug, Clone, Serialize)]
pub struct SearchFiles {
    pub script: String,
    /// What can be found. The script wants it to be there before.
    pub index: String,
}

/// Files that every page loads, with relative links.
#[derive(Debug, Clone, Serialize)]
pub struct Assets {
    pub stylesheet: String,
    /// Fonts to preload (WOFF2).
    pub preload: Vec<String>,
    pub script: String,
    /// None where there is nothing to be found.
    pub search: Option<SearchFiles>,
    /// Scripts that this page has a use for.
    pub scripts: Vec<String>,
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
