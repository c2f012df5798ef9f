//! Galleries, stills and clips: fields from gallery.toml, then from the file itself.

use super::library::{Asker, Library};
use super::model::{Captions, Clip, Gallery, Still};
use super::moment::{Clock, day};
use super::people::Directory;
use crate::clip;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, codes};
use crate::disk::{Digest, TreeFile};
use crate::source::gallery::{ClipFields, GalleryDoc, StillFields, slug_of};
use crate::source::{MediaKind, Sources, slugify};
use crate::survey::{Survey, Surveyed};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

type Stills = BTreeMap<String, Still>;
type Clips = BTreeMap<String, Clip>;

/// The galleries without their stills, by slug.
pub(super) fn galleries(
    sources: &Sources,
    clock: &Clock,
    library: &mut Library<'_>,
    messages: &mut Diagnostics,
) -> BTreeMap<String, Gallery> {
    let mut all: BTreeMap<String, Gallery> = BTreeMap::new();
    for doc in &sources.galleries {
        let Some(title) = &doc.title else { continue };
        let slug = slug_of(&doc.folder);
        let who = format!("Gallery *{}*", title.value);
        let asker = Asker { who: &who, folder: &doc.folder };
        let gallery = Gallery {
            slug: slug.clone(),
            origin: doc.origin.clone(),
            folder: doc.folder.clone(),
            title: title.clone(),
            date: doc.date.as_ref().and_then(|date| day(date, messages)),
            shoot_day: doc.shoot_day,
            phase: doc.phase,
            description: doc.description.clone(),
            layout: doc.layout,
            cover: doc.cover.as_ref().and_then(|name| library.still(asker, name, messages)),
            window: clock.window(&doc.window, messages),
            notice: None,
            stills: Vec::new(),
            clips: Vec::new(),
        };
        if slug.is_empty() {
            let message = "the folder `media/` itself cannot be a gallery with a title";
            messages.push(
                Diagnostic::error(codes::MISPLACED, message)
                    .at(&title.origin)
                    .hint("Put the stills into a folder of their own."),
            );
        } else if let Some(other) = all.get(&slug) {
            let message = format!("two galleries have the address `{slug}`: `{}` and `{}`", other.folder, doc.folder);
            messages.push(
                Diagnostic::error(codes::DUPLICATE_SLUG, message).at(&doc.origin).hint("Rename one of the folders."),
            );
        } else {
            all.insert(slug, gallery);
        }
    }
    all
}

/// All readable stills and clips with their fields.
pub(super) fn all(
    sources: &Sources,
    survey: &Survey,
    galleries: &BTreeMap<String, Gallery>,
    directory: &Directory<'_>,
    clock: &Clock,
    library: &mut Library<'_>,
    messages: &mut Diagnostics,
) -> (Stills, Clips) {
    let docs: BTreeMap<&str, &GalleryDoc> = sources.galleries.iter().map(|d| (d.folder.as_str(), &**d)).collect();
    let mut maker = Maker { survey, galleries, directory, clock, library, messages };
    let (mut stills, mut clips) = (BTreeMap::new(), BTreeMap::new());
    for media in &*sources.media {
        let path = &media.file.path;
        let folder = folder_of(path);
        let doc = docs.get(folder).copied();
        if let Some(surveyed) = survey.stills.get(path) {
            stills.insert(path.clone(), maker.still(&media.file, surveyed, doc));
        } else if let Some(surveyed) = survey.clips.get(path) {
            clips.insert(path.clone(), maker.clip(&media.file, surveyed, doc));
        }
    }
    for doc in &sources.galleries {
        maker.report_unknown_fields(sources, doc);
    }
    (stills, clips)
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |i| &path[..=i])
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

struct Maker<'a, 'm> {
    survey: &'a Survey,
    galleries: &'a BTreeMap<String, Gallery>,
    directory: &'a Directory<'a>,
    clock: &'a Clock,
    library: &'a mut Library<'m>,
    messages: &'a mut Diagnostics,
}

impl Maker<'_, '_> {
    /// Slug of the gallery that a folder is.
    fn gallery_of(&self, folder: &str) -> Option<String> {
        let slug = slug_of(folder);
        self.galleries.get(&slug).filter(|g| g.folder == folder).map(|_| slug)
    }

    fn still(&mut self, file: &TreeFile, surveyed: &Surveyed<crate::still::Facts>, doc: Option<&GalleryDoc>) -> Still {
        let (folder, name) = (folder_of(&file.path), name_of(&file.path));
        let none = StillFields::default();
        let defaults = doc.map_or(&none, |d| &d.defaults);
        let entry = doc.and_then(|d| d.stills.iter().find(|(n, _)| n.value == name));
        let own = entry.map_or(&none, |(_, fields)| fields);
        let origin = entry.map_or_else(|| Origin::whole(&file.path), |(name, _)| name.origin.clone());
        let embedded = &surveyed.facts.fields;
        let who = format!("The still `{name}`");
        let people = self.people(&who, own.people.as_ref().or(defaults.people.as_ref()));
        let (named, strangers) = self.embedded_people(&embedded.people);
        let depicted = people.iter().flatten().chain(&named).cloned().collect();
        let mut text = |written: &Option<Located<String>>, found: &Option<String>, what: &str| {
            written.as_ref().map(|w| w.value.clone()).or_else(|| self.proper(found.as_deref(), what, name, &origin))
        };
        let caption = text(&own.caption, &embedded.caption, "caption");
        let headline = text(&own.headline, &embedded.headline, "headline");
        let by_creator =
            embedded.credit.clone().or_else(|| (!embedded.creator.is_empty()).then(|| embedded.creator.join(", ")));
        let credit = text(&own.credit, &defaults.credit.as_ref().map(|c| c.value.clone()).or(by_creator), "credit");
        let copyright = text(
            &own.copyright,
            &defaults.copyright.as_ref().map(|c| c.value.clone()).or(embedded.copyright.clone()),
            "copyright",
        );
        Still {
            path: file.path.clone(),
            file: file.clone(),
            digest: surveyed.digest,
            slug: slugify(name.rsplit_once('.').map_or(name, |(stem, _)| stem)),
            gallery: self.gallery_of(folder),
            headline,
            caption,
            alt: own.alt.as_ref().or(defaults.alt.as_ref()).map(|a| a.value.clone()).or_else(|| embedded.alt.clone()),
            description: own
                .description
                .as_ref()
                .map(|d| d.value.clone())
                .or_else(|| embedded.extended_description.clone()),
            credit,
            copyright,
            captured: embedded.captured.as_deref().and_then(captured_day),
            people: people.unwrap_or(named),
            depicted,
            names_strangers: strangers,
            people_complete: own.people_complete.or(defaults.people_complete).unwrap_or(true),
            shareable: true,
            kind: own.kind.as_ref().or(defaults.kind.as_ref()).map(|k| k.value),
            focus: own.focus.as_ref().map(|f| (f.value[0] as f32, f.value[1] as f32)),
            killed: own.killed.as_ref().or(defaults.killed.as_ref()).is_some_and(|k| k.value),
            spoiler: own.spoiler.or(defaults.spoiler).unwrap_or(false),
            window: self.still_window(own, defaults),
            notice: None,
            facts: surveyed.facts.clone(),
            origin,
        }
    }

    fn still_window(&mut self, own: &StillFields, defaults: &StillFields) -> super::Window {
        // The press gets a still early only by the word that stands beside the embargo which holds for it.
        let embargo = if own.window.embargo.is_some() { &own.window } else { &defaults.window };
        let fields = crate::source::window::WindowFields {
            embargo: embargo.embargo.clone(),
            press: own.window.press.clone().or_else(|| embargo.press.clone()),
            expires: own.window.expires.clone().or_else(|| defaults.window.expires.clone()),
        };
        self.clock.window(&fields, self.messages)
    }

    /// People named in a field; `None` when the field is not there.
    fn people(&mut self, who: &str, written: Option<&Vec<Located<String>>>) -> Option<Vec<String>> {
        let names = written?;
        Some(names.iter().filter_map(|name| self.directory.require(who, name, self.messages)).collect())
    }

    /// People of the metadata who have a profile, and whether there are others.
    fn embedded_people(&self, names: &[String]) -> (Vec<String>, bool) {
        let found: Vec<String> = names.iter().filter_map(|n| self.directory.find(n)).map(ToOwned::to_owned).collect();
        let strangers = found.len() < names.len();
        (found, strangers)
    }

    /// A text of the file's own metadata, unless it is a placeholder that somebody forgot.
    fn proper(&mut self, text: Option<&str>, what: &str, name: &str, origin: &Origin) -> Option<String> {
        let text = text?;
        if let Some(placeholder) = placeholder_in(text) {
            self.messages.push(
                Diagnostic::warning(
                    codes::PLACEHOLDER_TEXT,
                    format!("the {what} in `{name}` still says \"{placeholder}\", so it is left out"),
                )
                .at(origin)
                .hint(format!("Write `{what} = \"…\"` under `[still.\"{name}\"]` in gallery.toml.")),
            );
            return None;
        }
        Some(text.to_owned())
    }

    fn clip(&mut self, file: &TreeFile, surveyed: &Surveyed<clip::Facts>, doc: Option<&GalleryDoc>) -> Clip {
        let (folder, name) = (folder_of(&file.path), name_of(&file.path));
        let entry = doc.and_then(|d| d.clips.iter().find(|(n, _)| n.value == name));
        let none = ClipFields::default();
        let own = entry.map_or(&none, |(_, fields)| fields);
        let origin = entry.map_or_else(|| Origin::whole(&file.path), |(name, _)| name.origin.clone());
        let who = format!("The clip `{name}`");
        let asker = Asker { who: &who, folder };
        let text = |written: &Option<Located<String>>| written.as_ref().map(|w| w.value.clone());
        let captions: Vec<Captions> =
            own.captions.iter().filter_map(|(language, file)| self.captions(asker, language, file)).collect();
        Clip {
            path: file.path.clone(),
            file: file.clone(),
            digest: surveyed.digest,
            facts: surveyed.facts.clone(),
            gallery: self.gallery_of(folder),
            title: text(&own.title),
            caption: text(&own.caption),
            alt: text(&own.alt),
            credit: text(&own.credit).or_else(|| doc.and_then(|d| text(&d.defaults.credit))),
            people: own.people.iter().filter_map(|name| self.directory.require(&who, name, self.messages)).collect(),
            poster: own.poster.as_ref().and_then(|name| self.library.still(asker, name, self.messages)),
            transcript: transcript(&own.transcript, &captions),
            transcript_origin: match (&own.transcript, captions.first()) {
                (Some(text), _) => text.origin.clone(),
                (None, Some(captions)) => captions.origin.clone(),
                (None, None) => origin.clone(),
            },
            captions,
            chapters: own
                .chapters
                .iter()
                .filter_map(|chapter| self.chapter(chapter, surveyed.facts.duration))
                .collect(),
            speed: own.speed,
            killed: own.killed.as_ref().is_some_and(|k| k.value),
            window: self.clock.window(&own.window, self.messages),
            notice: None,
            origin,
        }
    }

    fn captions(&mut self, asker: Asker<'_>, language: &Located<String>, file: &Located<String>) -> Option<Captions> {
        let path = self.library.captions(asker, file, self.messages)?;
        let text = self.survey.captions.get(&path)?;
        let source = crate::diagnostic::SourceFile::new(path.clone(), text.clone());
        if let Err(mistakes) = clip::captions::parse(text) {
            for mistake in mistakes {
                let start =
                    text.split_inclusive('\n').take(mistake.line.saturating_sub(1)).map(str::len).sum::<usize>();
                let message = format!("the captions `{}` cannot be used: {}", name_of(&path), mistake.message);
                self.messages
                    .push(Diagnostic::error(codes::CLIP_BROKEN, message).at(&Origin::new(&source, start..start)));
            }
            return None;
        }
        let text = clip::captions::strip_notes(text);
        let digest = Digest::of(text.as_bytes());
        Some(Captions { language: language.value.clone(), path, text, digest, origin: Origin::new(&source, 0..0) })
    }

    fn chapter(
        &mut self,
        fields: &crate::source::gallery::ChapterFields,
        duration: Option<f64>,
    ) -> Option<(f64, String)> {
        let (at, title) = (fields.at.as_ref()?, fields.title.as_ref()?);
        let seconds = clip::timestamp(&at.value);
        let Some(seconds) = seconds.filter(|s| duration.is_none_or(|d| *s <= d)) else {
            let message = match seconds {
                None => format!("`{}` is no time in a clip", at.value),
                Some(_) => format!("the chapter at {} begins after the clip has ended", at.value),
            };
            self.messages
                .push(Diagnostic::error(codes::WRONG_VALUE, message).at(&at.origin).hint("Write it like `0:42`."));
            return None;
        };
        Some((seconds, title.value.clone()))
    }

    /// Fields for stills and clips that are not in the folder.
    fn report_unknown_fields(&mut self, sources: &Sources, doc: &GalleryDoc) {
        let of_kind = |kind: MediaKind| {
            let media = sources.media.iter().filter(move |m| m.kind == kind && folder_of(&m.file.path) == doc.folder);
            media.map(|m| name_of(&m.file.path)).collect::<BTreeSet<&str>>()
        };
        let (stills, clips) = (of_kind(MediaKind::Still), of_kind(MediaKind::Clip));
        let named_stills = doc.stills.iter().map(|(name, _)| (name, &stills, codes::UNKNOWN_STILL));
        let named_clips = doc.clips.iter().map(|(name, _)| (name, &clips, codes::UNKNOWN_CLIP));
        let ordered = doc.order.iter().filter(|name| !clips.contains(name.value.as_str()));
        let ordered = ordered.map(|name| (name, &stills, codes::UNKNOWN_STILL));
        for (name, there, code) in named_stills.chain(named_clips).chain(ordered) {
            if !there.contains(name.value.as_str()) {
                let message = format!("`{}` names `{}`, which is not in its folder", doc.origin.file.path, name.value);
                self.messages.push(
                    Diagnostic::error(code, message).at(&name.origin).did_you_mean(&name.value, there.iter().copied()),
                );
            }
        }
    }
}

fn transcript(written: &Option<Located<String>>, captions: &[Captions]) -> Vec<String> {
    match (written, captions.first()) {
        (Some(text), _) => text.value.split("\n\n").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect(),
        (None, Some(captions)) => {
            let cues = clip::captions::parse(&captions.text).unwrap_or_default();
            clip::captions::transcript(&cues).iter().map(ToString::to_string).collect()
        }
        (None, None) => Vec::new(),
    }
}

/// What photographers and agencies write when they do not know yet. Case counts for the short ones.
fn placeholder_in(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let phrases = [
        "name to come",
        "names to come",
        "caption to come",
        "credit to come",
        "lorem ipsum",
        "insert caption",
        "insert name",
    ];
    let words = ["TK", "TKTK", "TBC", "XXX", "XXXX"];
    let is_word = |word: &&&str| text.split(|c: char| !c.is_alphanumeric()).any(|w| w == **word);
    phrases.iter().find(|phrase| lower.contains(**phrase)).or_else(|| words.iter().find(is_word)).copied()
}

fn captured_day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// Lists stills and clips in their galleries: those that `order` names, then by capture time, then by name.
pub(super) fn fill(
    galleries: &mut BTreeMap<String, Gallery>,
    sources: &Sources,
    stills: &Stills,
    clips: &Clips,
    messages: &mut Diagnostics,
) {
    let orders: BTreeMap<&str, Vec<&str>> = (sources.galleries.iter())
        .map(|doc| (doc.folder.as_str(), doc.order.iter().map(|name| name.value.as_str()).collect()))
        .collect();
    for gallery in galleries.values_mut() {
        let order = orders.get(gallery.folder.as_str());
        let place = |path: &str| order.and_then(|o| o.iter().position(|n| *n == name_of(path))).unwrap_or(usize::MAX);
        let mut listed: Vec<&Still> = stills.values().filter(|s| s.gallery.as_ref() == Some(&gallery.slug)).collect();
        listed.sort_by_key(|s| {
            let time = s.facts.fields.captured.clone();
            (place(&s.path), time.is_none(), time, s.path.clone())
        });
        let twins = report_twins(&listed, messages);
        gallery.stills = listed.iter().map(|s| s.path.clone()).filter(|path| !twins.contains(path)).collect();
        let mut own: Vec<&Clip> = clips.values().filter(|c| c.gallery.as_ref() == Some(&gallery.slug)).collect();
        own.sort_by_key(|c| (place(&c.path), c.path.clone()));
        gallery.clips = own.iter().map(|c| c.path.clone()).collect();
    }
}

/// Paths of stills whose address another one has.
fn report_twins(stills: &[&Still], messages: &mut Diagnostics) -> BTreeSet<String> {
    let mut twins = BTreeSet::new();
    let mut seen: BTreeMap<&str, &Still> = BTreeMap::new();
    for still in stills {
        if let Some(other) = seen.insert(&still.slug, still) {
            let message =
                format!("`{}` and `{}` would have the same address", name_of(&other.path), name_of(&still.path));
            messages.push(
                Diagnostic::error(codes::SAME_ADDRESS, message)
                    .at(&Origin::whole(&still.path))
                    .hint("Rename one of them."),
            );
            twins.insert(still.path.clone());
        }
    }
    twins
}
