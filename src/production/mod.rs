//! The production, resolved: links, order, people, neighbours.
//!
//! The entry point is [`assemble`]: pure, from what was written ([`Sources`]) and what the media
//! are ([`Survey`]). Every reference that leads nowhere is a message. It does not know what may be
//! shown; that is `clearance`.

pub mod approvals;
mod finder;
mod library;
mod media;
mod memory;
pub mod model;
mod moment;
mod people;
mod prose;
mod quota;
mod shared;
pub mod text;
pub mod texts;

pub use approvals::{Approval, Approvals, Standing, Term, Verdict};
pub use finder::{Finder, Found};
pub use memory::Memory;
pub use model::{
    Captions, Clip, Consent, ConsentStatus, Gallery, Medium, Notice, Page, Person, Production, Scope, Site, Still,
    Story, Window,
};
pub use moment::Clock;
pub use quota::{Quota, quotas};
pub use shared::Shared;

use crate::diagnostic::{Diagnostic, Diagnostics, Located, Origin, codes};
use crate::source::story::StoryDoc;
use crate::source::{MediaKind, Sources};
use crate::survey::Survey;
use library::{Asker, Library};
use memory::{Basis, Ground, Rest, Told};
use people::Directory;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Makes the production of what was written. What `memory` has of the time before is taken over where it was
/// resolved from the same.
pub fn assemble(
    sources: &Sources,
    survey: &Arc<Survey>,
    clock: &Clock,
    memory: &mut Memory,
    messages: &mut Diagnostics,
) -> Production {
    let basis = Basis::of(sources, survey, clock);
    let (known, before) = memory.recall(&basis);
    let catalogue = memory.catalogue(&sources.media);
    let mut library = Library::new(&catalogue);
    let directory = Directory::new(&sources.people, &sources.unread);
    let mut own = Diagnostics::new();
    let rest = known.as_ref().map(|ground| ground.rest.clone());
    let rest = rest.unwrap_or_else(|| rest_of(sources, survey, clock, &directory, &mut library, &mut own));
    let names = prose::Names::new(sources, &rest.galleries, &directory, &rest.statics);
    let mut context =
        Context { library: &mut library, names: &names, clock, galleries: &rest.galleries, messages: &mut own };
    let ground = known.unwrap_or_else(|| context.ground(sources, rest.clone()));
    let mut before = before.into_iter().peekable();
    let recalled: Vec<(&Arc<StoryDoc>, Option<Told>)> = (sources.stories.iter())
        .map(|document| {
            // Both are in the order of paths.
            let path = &document.origin.file.path;
            while before.next_if(|told| told.document.origin.file.path < *path).is_some() {}
            (document, before.next_if(|told| Arc::ptr_eq(&told.document, document)))
        })
        .collect();
    let tell = |(document, known): (&Arc<StoryDoc>, Option<Told>)| {
        let (library, messages) = (&mut Library::new(&catalogue), &mut Diagnostics::new());
        let mut context = Context { library, names: &names, clock, galleries: &ground.rest.galleries, messages };
        known.unwrap_or_else(|| context.told(document))
    };
    let told: Vec<Told> = recalled.into_par_iter().map(tell).collect();
    messages.extend(ground.messages.clone());
    told.iter().for_each(|told| messages.extend(told.messages.clone()));
    let stories: Vec<Shared<Story>> = told.iter().map(|told| told.story.clone()).collect();
    let stories = unique(stories, "stories", |s| (&s.slug, &s.origin), messages);
    let Rest { site, galleries, stills, clips, statics } = ground.rest.clone();
    let (people, pages, approvals) = (ground.people.clone(), ground.pages.clone(), Approvals::default());
    let mut production = Production { site, stories, people, galleries, stills, clips, pages, statics, approvals };
    production.approvals = approvals::resolve(&sources.approvals, &production, &directory, clock, messages);
    quota::report(&production, messages);
    let used = told.iter().map(|told| &told.used).chain([&ground.used]).flatten().map(String::as_str);
    report_unused(&library, used, &production, messages);
    memory.keep(basis, ground, told, catalogue);
    production
}

/// What is resolved before anything can be named.
fn rest_of(
    sources: &Sources,
    survey: &Survey,
    clock: &Clock,
    directory: &Directory<'_>,
    library: &mut Library<'_>,
    messages: &mut Diagnostics,
) -> Rest {
    let site = site(sources, clock, library, messages);
    let mut galleries = media::galleries(sources, clock, library, messages);
    let (stills, clips) = media::all(sources, survey, &galleries, directory, clock, library, messages);
    media::fill(&mut galleries, sources, &stills, &clips, messages);
    let statics = (sources.statics.iter())
        .filter_map(|file| Some((file.file.path.strip_prefix("static/")?.to_owned(), file.clone())));
    Rest { site, galleries: galleries.into(), stills: stills.into(), clips: clips.into(), statics: statics.collect() }
}

/// What is needed to resolve a document.
struct Context<'a, 'm> {
    library: &'a mut Library<'m>,
    names: &'a prose::Names<'a>,
    clock: &'a Clock,
    galleries: &'a BTreeMap<String, Gallery>,
    messages: &'a mut Diagnostics,
}

impl Context<'_, '_> {
    /// All but the stories.
    fn ground(&mut self, sources: &Sources, rest: Rest) -> Ground {
        let people = sources.people.iter().map(|doc| self.person(doc)).collect();
        let people = unique(people, "profiles", |p: &Person| (&p.slug, &p.origin), self.messages);
        let pages = sources.pages.iter().filter_map(|doc| self.page(doc)).collect();
        let pages = unique(pages, "pages", |p: &Page| (&p.slug, &p.origin), self.messages);
        Ground {
            rest,
            people: people.into(),
            pages: pages.into(),
            used: self.library.take_used(),
            messages: std::mem::take(self.messages),
        }
    }

    /// A story, and what was noticed while it was resolved.
    fn told(&mut self, document: &Arc<StoryDoc>) -> Told {
        let story = self.story(document).into();
        Told {
            document: Arc::clone(document),
            story,
            used: self.library.take_used(),
            messages: std::mem::take(self.messages),
        }
    }

    fn story(&mut self, doc: &StoryDoc) -> Story {
        let fields = &doc.fields;
        let who = format!("Story *{}*", fields.title.value);
        let asker = Asker { who: &who, folder: &doc.folder };
        let cover = fields.cover.as_ref().and_then(|name| self.library.still(asker, name, self.messages));
        let crew = fields.crew.iter().filter_map(|name| self.names.person(&who, name, self.messages)).collect();
        let gallery = fields.gallery.as_ref().and_then(|name| self.names.gallery(&who, name, self.messages));
        let text = prose::resolve(&doc.prose, asker, self.library, self.names, self.galleries, self.messages);
        Story {
            slug: doc.slug.clone(),
            origin: doc.origin.clone(),
            own_folder: (doc.folder != "stories/").then(|| doc.folder.clone()),
            title: fields.title.clone(),
            kind: fields.kind,
            phase: fields.phase,
            date: fields.date.as_ref().and_then(|date| moment::day(date, self.messages)),
            shoot_day: fields.shoot_day,
            summary: fields.summary.clone(),
            cover,
            crew,
            departments: fields.departments.clone(),
            gallery,
            window: self.clock.window(&fields.window, self.messages),
            notice: None,
            spoiler: fields.spoiler,
            draft: fields.draft,
            text,
        }
    }

    fn person(&mut self, doc: &crate::source::person::PersonDoc) -> Person {
        let fields = &doc.fields;
        let who = format!("The profile of {}", fields.name.value);
        let asker = Asker { who: &who, folder: &doc.folder };
        for (_, address) in &fields.links {
            check_address(address, self.messages);
        }
        let portrait = fields.portrait.as_ref().and_then(|name| self.library.still(asker, name, self.messages));
        Person {
            slug: doc.slug.clone(),
            origin: doc.origin.clone(),
            name: fields.name.clone(),
            role: fields.role.clone(),
            department: fields.department.clone(),
            character: fields.character.clone(),
            portrait,
            billing: fields.billing,
            links: fields.links.clone(),
            also_known_as: fields.also_known_as.iter().map(|name| name.value.clone()).collect(),
            redact_as: fields.redact_as.as_ref().map(|words| words.value.clone()),
            window: self.clock.window(&fields.window, self.messages),
            notice: None,
            consent: fields.consent.as_ref().map(|consent| people::consent(consent, self.clock, self.messages)),
            approval: fields.approval.as_ref().map(|approval| approvals::right(approval, self.messages)),
            text: prose::resolve(&doc.prose, asker, self.library, self.names, self.galleries, self.messages),
        }
    }

    fn page(&mut self, doc: &crate::source::page::PageDoc) -> Option<Page> {
        if prose::INDEX_PAGES.contains(&doc.slug.as_str()) {
            let message =
                format!("`{}` would have the address of the site's own page `{}/`", doc.origin.file.path, doc.slug);
            self.messages
                .push(Diagnostic::error(codes::SAME_ADDRESS, message).at(&doc.origin).hint("Rename the file."));
            return None;
        }
        let who = format!("Page *{}*", doc.title.value);
        let asker = Asker { who: &who, folder: &doc.folder };
        Some(Page {
            slug: doc.slug.clone(),
            origin: doc.origin.clone(),
            title: doc.title.clone(),
            summary: doc.summary.clone(),
            menu: doc.menu,
            weight: doc.weight,
            window: self.clock.window(&doc.window, self.messages),
            notice: None,
            draft: doc.draft,
            text: prose::resolve(&doc.prose, asker, self.library, self.names, self.galleries, self.messages),
        })
    }
}

fn site(sources: &Sources, clock: &Clock, library: &mut Library<'_>, messages: &mut Diagnostics) -> Site {
    let doc = &sources.site;
    let asker = Asker { who: "site.toml", folder: "" };
    let mut still =
        |name: &Option<Located<String>>| name.as_ref().and_then(|name| library.still(asker, name, messages));
    let (poster, hero) = (still(&doc.production.poster), still(&doc.production.hero));
    let (logo, icon) = (still(&doc.theme_settings.logo), still(&doc.theme_settings.icon));
    for (_, address) in &doc.production.links {
        check_address(address, messages);
    }
    let release = doc.production.release.as_ref().and_then(|date| moment::day(date, messages));
    Site {
        title: doc.production.title.clone(),
        kind: doc.production.kind,
        tagline: doc.production.tagline.clone(),
        synopsis: doc.production.synopsis.clone(),
        release,
        released: release.and_then(|date| clock.first_moment(date)),
        status: doc.production.status,
        director: doc.production.director.clone(),
        company: doc.production.company.clone(),
        country: doc.production.country.clone(),
        year: doc.production.year,
        runtime: doc.production.runtime,
        poster,
        hero,
        logo,
        icon,
        links: doc.production.links.clone(),
        base_url: base_url(&doc.base_url, messages),
        language: doc.language.value.clone(),
        description: doc.description.clone(),
        consent_required: doc.clearance.consent == "required",
        hold_unnamed: doc.clearance.unnamed == "hold",
        clock: clock.clone(),
        deem_undecided: doc.clearance.undecided == "approve",
    }
}

/// With a slash at the end; a message when it is no web address.
fn base_url(written: &Option<Located<String>>, messages: &mut Diagnostics) -> Option<String> {
    let Some(url) = written else {
        let message = "site.toml has no `base_url`, so there will be no feed and no sitemap";
        messages.push(
            Diagnostic::note(codes::NO_BASE_URL, message)
                .at(&Origin::whole("site.toml"))
                .hint("Write `base_url = \"https://…/\"` under `[site]` when you know where the site will be."),
        );
        return None;
    };
    let address = url.value.as_str();
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let good = host.is_some_and(|rest| !rest.starts_with('/') && !rest.is_empty())
        && !address.contains(['?', '#', '"', '<', '>', ' ']);
    if !good {
        messages.push(
            Diagnostic::error(codes::WRONG_VALUE, format!("`{address}` is no address that a site can have"))
                .at(&url.origin)
                .hint("Write it like `https://example.com/saltlight/`."),
        );
        return None;
    }
    Some(format!("{}/", address.trim_end_matches('/')))
}

/// Addresses that authors give in fields: the web, mail or telephone, nothing that runs.
fn check_address(address: &Located<String>, messages: &mut Diagnostics) {
    let schemes = ["https://", "http://", "mailto:", "tel:"];
    if !schemes.iter().any(|scheme| address.value.starts_with(scheme)) || address.value.contains(['"', '<', '>', ' ']) {
        messages.push(
            Diagnostic::error(codes::UNKNOWN_LINK, format!("`{}` is no address of a web page", address.value))
                .at(&address.origin)
                .hint("Write the whole address with `https://`."),
        );
    }
}

/// By slug; two of one slug, or none at all, are messages.
fn unique<T>(
    all: Vec<T>,
    what: &str,
    key: impl Fn(&T) -> (&String, &Origin),
    messages: &mut Diagnostics,
) -> BTreeMap<String, T> {
    let slugs: HashSet<&str> = all.iter().map(|item| key(item).0.as_str()).collect();
    if slugs.len() == all.len() && !slugs.contains("") {
        return all.into_iter().map(|item| (key(&item).0.clone(), item)).collect();
    }
    let mut map: BTreeMap<String, T> = BTreeMap::new();
    for item in all {
        let (slug, origin) = key(&item);
        let (slug, origin) = (slug.clone(), origin.clone());
        if slug.is_empty() {
            let message = format!("the name of `{}` has no letter or number to make an address of", origin.file.path);
            messages.push(Diagnostic::error(codes::WRONG_VALUE, message).at(&origin).hint("Rename the file."));
        } else if let Some(other) = map.get(&slug) {
            let other = &key(other).1.file.path;
            let message = format!("two {what} have the address `{slug}`: `{other}` and `{}`", origin.file.path);
            messages
                .push(Diagnostic::error(codes::DUPLICATE_SLUG, message).at(&origin).hint("Rename one of the files."));
        } else {
            map.insert(slug, item);
        }
    }
    map
}

/// Whether one path after the other, which are in order, is among these, which are in order too.
fn among<'p>(paths: impl Iterator<Item = &'p str>) -> impl FnMut(&str) -> bool {
    let mut paths = paths.peekable();
    move |path| {
        while paths.next_if(|one| *one < path).is_some() {}
        paths.next_if(|one| *one == path).is_some()
    }
}

fn report_unused<'a>(
    library: &Library<'_>,
    used: impl Iterator<Item = &'a str>,
    production: &Production,
    messages: &mut Diagnostics,
) {
    let stills = production.stills.values().filter(|still| still.gallery.is_some());
    let clips = production.clips.values().filter(|clip| clip.gallery.is_some());
    let mut is_still = among(stills.map(|still| still.path.as_str()));
    let mut is_clip = among(clips.map(|clip| clip.path.as_str()));
    let is_listed = |path: &str| is_still(path) || is_clip(path);
    for (path, kind) in library.unused(is_listed, used) {
        let what = match kind {
            MediaKind::Still => "still",
            MediaKind::Clip => "clip",
            MediaKind::Captions => "captions file",
        };
        let message = format!("no story, profile or gallery shows the {what} `{path}`, so it is not published");
        messages.push(Diagnostic::note(codes::UNUSED_MEDIA, message).at(&Origin::whole(path)));
    }
}
