//! What a page is about, one type for each kind of page. The frame around it is one room up.

use super::{
    Closeup, Date, ExternalLink, Figure, GalleryCard, Link, PersonCard, Picture, ProofSheet, Proofs, Segment,
    StoryCard, Thumb, TocEntry, Video,
};
use serde::Serialize;

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
    Proofs(Proofs),
    ProofSheet(Box<ProofSheet>),
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
    /// `grid` or `sheet`.
    pub layout: &'static str,
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

/// The page of one still.
#[derive(Debug, Clone, Serialize)]
pub struct Still {
    /// Role `still`.
    pub picture: Picture,
    /// The largest print, for looking at every pixel.
    pub largest: String,
    /// For looking at it as large as the screen.
    pub closeup: Option<Closeup>,
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
