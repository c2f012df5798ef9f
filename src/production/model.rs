//! The production and all that belongs to it, resolved: every reference leads somewhere.

use super::approvals::{Approval, Approvals};
use super::moment::Clock;
use super::shared::Shared;
use super::text::Text;
use crate::diagnostic::{Located, Origin};
use crate::disk::{Digest, TreeFile};
use crate::source::StaticFile;
use crate::source::prose::Layout;
use crate::{clip, still};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that was read. What of it may be shown is decided by `clearance`.
#[derive(Debug, Clone, PartialEq)]
pub struct Production {
    /// The film and the site.
    pub site: Site,
    /// By slug.
    pub stories: BTreeMap<String, Shared<Story>>,
    /// By slug.
    pub people: Shared<BTreeMap<String, Person>>,
    /// By slug.
    pub galleries: Shared<BTreeMap<String, Gallery>>,
    /// By path.
    pub stills: Shared<BTreeMap<String, Still>>,
    /// By path.
    pub clips: Shared<BTreeMap<String, Clip>>,
    /// By slug.
    pub pages: Shared<BTreeMap<String, Page>>,
    /// Files to copy, by address.
    pub statics: Shared<BTreeMap<String, StaticFile>>,
    /// What people have decided about stills.
    pub approvals: Approvals,
}

/// What site.toml says.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    pub title: Located<String>,
    pub kind: &'static str,
    pub tagline: Option<Located<String>>,
    pub synopsis: Option<Located<String>>,
    pub release: Option<Date>,
    /// The first moment of that day, where the site is at home.
    pub released: Option<Timestamp>,
    pub status: Option<&'static str>,
    pub director: Option<Located<String>>,
    pub company: Option<Located<String>>,
    pub country: Option<String>,
    pub year: Option<i64>,
    pub runtime: Option<i64>,
    pub poster: Option<String>,
    pub hero: Option<String>,
    pub logo: Option<String>,
    pub icon: Option<String>,
    pub links: Vec<(Located<String>, Located<String>)>,
    pub base_url: Option<String>,
    pub language: String,
    pub description: Option<String>,
    /// People without a consent table are held.
    pub consent_required: bool,
    /// Stills on which nobody is named are held.
    pub hold_unnamed: bool,
    /// What is not decided in time counts as approved.
    pub deem_undecided: bool,
    /// Of the place where the site is at home.
    pub clock: Clock,
}

/// What has to be said beside something that not everybody may see. Only `clearance` says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// The press sees it already; everybody else not before this instant.
    Embargoed(Timestamp),
    /// It is held, and seen in the preview alone: why.
    Held(String),
}

/// The span of time in which something may be public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// Not before this instant.
    pub embargo: Option<Timestamp>,
    /// For the press not before this instant, which is earlier; `None`: the embargo holds for the press too.
    pub press: Option<Timestamp>,
    /// Not from this instant on.
    pub expires: Option<Timestamp>,
}

/// A story.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    pub slug: String,
    pub origin: Origin,
    /// Its folder, when it has one of its own: stills in it belong to the story.
    pub own_folder: Option<String>,
    pub title: Located<String>,
    pub kind: &'static str,
    pub phase: Option<&'static str>,
    pub date: Option<Date>,
    pub shoot_day: Option<i64>,
    pub summary: Option<Located<String>>,
    pub cover: Option<String>,
    pub crew: Vec<String>,
    pub departments: Vec<Located<String>>,
    pub gallery: Option<String>,
    pub window: Window,
    pub notice: Option<Notice>,
    pub spoiler: bool,
    pub draft: bool,
    pub text: Text,
}

/// Somebody of the crew or cast.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub slug: String,
    pub origin: Origin,
    pub name: Located<String>,
    pub role: Option<Located<String>>,
    pub department: Option<Located<String>>,
    pub character: Option<Located<String>>,
    pub portrait: Option<String>,
    pub billing: Option<i64>,
    pub links: Vec<(Located<String>, Located<String>)>,
    pub also_known_as: Vec<String>,
    pub redact_as: Option<String>,
    pub window: Window,
    pub notice: Option<Notice>,
    pub consent: Option<Consent>,
    /// Stills of this person are shown when they have approved them.
    pub approval: Option<Approval>,
    pub text: Text,
}

/// What a person has agreed to.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// How far.
    pub status: ConsentStatus,
    /// What it covers; `None`: everything.
    pub scope: Option<BTreeSet<Scope>>,
    /// Where; `None`: everywhere.
    pub media: Option<BTreeSet<Medium>>,
    /// Not before this instant.
    pub signed: Option<Timestamp>,
    /// Not from this instant on.
    pub expires: Option<Timestamp>,
    /// Under age, and no guardian has signed.
    pub lacks_guardian: bool,
    /// The number of the form, for records only.
    pub form: Option<String>,
}

/// How far an agreement goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConsentStatus {
    /// To what `scope` says, or to everything.
    Granted,
    /// To what `scope` says, and nothing without one.
    Limited,
    /// Not yet.
    Pending,
    /// No longer.
    Withdrawn,
}

/// What an agreement can cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Being seen on stills.
    Stills,
    /// Being seen in clips.
    Video,
    /// Being named, and having a profile.
    Name,
    /// Being quoted.
    Quotes,
}

/// Where an agreement can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// The public site.
    Web,
    /// What the press gets.
    Press,
    /// The picture beside a link in social networks.
    Social,
}

/// A folder of media with a title.
#[derive(Debug, Clone, PartialEq)]
pub struct Gallery {
    pub slug: String,
    pub origin: Origin,
    /// With a slash at the end.
    pub folder: String,
    pub title: Located<String>,
    pub date: Option<Date>,
    pub shoot_day: Option<i64>,
    pub phase: Option<&'static str>,
    pub description: Option<Located<String>>,
    pub cover: Option<String>,
    pub layout: Layout,
    pub window: Window,
    pub notice: Option<Notice>,
    /// Paths, in order.
    pub stills: Vec<String>,
    /// Paths, in order.
    pub clips: Vec<String>,
}

/// A photograph or graphic.
#[derive(Debug, Clone, PartialEq)]
pub struct Still {
    pub path: String,
    pub file: TreeFile,
    /// For messages: its table in gallery.toml, or the file.
    pub origin: Origin,
    pub digest: Digest,
    pub facts: still::Facts,
    /// Slug within its gallery.
    pub slug: String,
    /// Gallery it is listed in.
    pub gallery: Option<String>,
    pub headline: Option<String>,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub description: Option<String>,
    pub credit: Option<String>,
    pub copyright: Option<String>,
    pub captured: Option<Date>,
    /// Left to right, as shown.
    pub people: Vec<String>,
    /// Everybody whom gallery.toml or the file's own metadata says is on it.
    pub depicted: BTreeSet<String>,
    /// Somebody without a profile is named in the metadata.
    pub names_strangers: bool,
    /// Everybody who can be recognised is named.
    pub people_complete: bool,
    /// May stand beside a link in social networks.
    pub shareable: bool,
    pub kind: Option<&'static str>,
    pub focus: Option<(f32, f32)>,
    pub killed: bool,
    pub spoiler: bool,
    pub window: Window,
    pub notice: Option<Notice>,
}

/// A video.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    pub path: String,
    pub file: TreeFile,
    pub origin: Origin,
    pub digest: Digest,
    pub facts: clip::Facts,
    pub gallery: Option<String>,
    pub title: Option<String>,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub credit: Option<String>,
    pub people: Vec<String>,
    pub poster: Option<String>,
    pub captions: Vec<Captions>,
    /// Paragraphs.
    pub transcript: Vec<String>,
    /// Where that is written: in gallery.toml or in the captions.
    pub transcript_origin: Origin,
    /// Seconds and title.
    pub chapters: Vec<(f64, String)>,
    /// Of the playing: 0.5 is half as fast.
    pub speed: Option<f64>,
    pub killed: bool,
    pub window: Window,
    pub notice: Option<Notice>,
}

/// Captions of a clip in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Captions {
    pub language: String,
    pub path: String,
    /// WebVTT without comments.
    pub text: String,
    pub digest: Digest,
    pub origin: Origin,
}

/// A further page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub slug: String,
    pub origin: Origin,
    pub title: Located<String>,
    pub summary: Option<Located<String>>,
    pub menu: bool,
    pub weight: i64,
    pub window: Window,
    pub notice: Option<Notice>,
    pub draft: bool,
    pub text: Text,
}
