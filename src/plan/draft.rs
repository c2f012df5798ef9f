//! What all pages have in common while the plan is drawn.

use super::cards::Labels;
use super::context as see;
use super::fonts::Fonts;
use super::icons::Icons;
use super::kin::Kin;
use super::memory::Part;
use super::outputs::file_name;
use super::outputs::{Group, Job, Outputs, PageJob};
use super::prints::Prints;
use super::search::Entry;
use super::{Darkroom, Drawn, Learnt, Showing, address, search};
use crate::clearance::Audience;
use crate::develop::Preview;
use crate::diagnostic::Diagnostics;
use crate::disk::Digest;
use crate::language::Language;
use crate::production::{Clip, Gallery, Page, Person, Production, Still, Story};
use crate::theme::{Role, Script, Theme};
use rayon::prelude::*;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A part of the plan while it is drawn: what all pages have in common, and what the pages of this part
/// have asked for so far.
pub(super) struct Draft<'a> {
    common: Arc<Common<'a>>,
    prints: RefCell<Prints>,
    clips: RefCell<BTreeMap<String, Job>>,
    /// Pictures that have been asked for, by the way to the top of the site, still and role.
    pictures: RefCell<HashMap<String, Pictures>>,
}

/// What a plan is drawn from.
pub(super) struct Setting<'a> {
    pub(super) shown: &'a Production,
    pub(super) showing: Showing,
    pub(super) theme: &'a Theme,
    pub(super) darkroom: &'a Darkroom,
    pub(super) learnt: &'a Learnt,
    pub(super) fonts: &'a Fonts,
    pub(super) kin: Arc<Kin>,
    pub(super) drawn: Option<Drawn<'a>>,
}

/// By the addresses in memory of a still and a role, which stay while a plan is drawn.
type Pictures = HashMap<(*const Still, *const Role), see::Picture>;

/// The edition in reading order, and everything that is the same on every page.
pub(super) struct Common<'a> {
    pub(super) shown: &'a Production,
    pub(super) audience: Audience,
    pub(super) theme: &'a Theme,
    /// Latest first.
    pub(super) stories: Vec<&'a Story>,
    /// By billing, then name.
    pub(super) people: Vec<&'a Person>,
    /// By date, then title.
    pub(super) galleries: Vec<&'a Gallery>,
    pub(super) site: Arc<see::Same<see::Site>>,
    pub(super) production: Arc<see::Same<see::Production>>,
    pub(super) words: Arc<see::Same<BTreeMap<String, String>>>,
    pub(super) icons: Icons,
    /// Paths below the top of the site.
    pub(super) stylesheet: String,
    pub(super) script: String,
    /// Script of the search.
    pub(super) search: String,
    /// Those that some pages load.
    pub(super) scripts: BTreeMap<Script, String>,
    pub(super) preload: Vec<String>,
    css: String,
    js: &'a str,
    pub(super) learnt: &'a Learnt,
    pub(super) darkroom: &'a Darkroom,
    /// Found out when somebody asks.
    place_of_still: OnceLock<BTreeMap<String, usize>>,
    kin: Arc<Kin>,
    /// Further pages by weight, then title.
    pub(super) articles: Vec<&'a Page>,
    /// Gets each page as soon as it is drawn.
    drawn: Option<Drawn<'a>>,
    default_role: Role,
    pub(super) labels: Labels,
}

impl<'a> Deref for Draft<'a> {
    type Target = Common<'a>;

    fn deref(&self) -> &Common<'a> {
        &self.common
    }
}

/// Pages that are drawn one after the other; parts of so many are drawn at the same time.
const PART: usize = 64;

impl<'a> Draft<'a> {
    pub(super) fn new(setting: Setting<'a>) -> Self {
        let Setting { shown, showing, theme, darkroom, learnt, fonts, kin, drawn } = setting;
        let language = &theme.language;
        let stories = latest_first(shown);
        let mut people: Vec<&Person> = shown.people.values().collect();
        people.sort_by(|a, b| {
            let billing = |p: &Person| p.billing.unwrap_or(i64::MAX);
            billing(a)
                .cmp(&billing(b))
                .then_with(|| language.compare(&a.name.value, &b.name.value))
                .then(a.slug.cmp(&b.slug))
        });
        let mut galleries: Vec<&Gallery> = shown.galleries.values().collect();
        galleries.sort_by_key(|g| (g.date.is_none(), g.date, &g.slug));
        let mut articles: Vec<&Page> = shown.pages.values().collect();
        articles.sort_by(|a, b| a.weight.cmp(&b.weight).then_with(|| language.compare(&a.title.value, &b.title.value)));
        let is_proof = showing.audience == Audience::Approvals;
        let css = format!("{}{}{}", fonts.css, theme.css, if is_proof { &theme.proofs_css } else { "" });
        let js = if is_proof { &theme.proofs_js } else { &theme.js };
        let hashed = |name: &str, ending: &str, text: &str| {
            format!("assets/{name}-{}.{ending}", Digest::of(text.as_bytes()).short(12))
        };
        Self::over(Arc::new(Common {
            shown,
            audience: showing.audience,
            theme,
            site: Arc::new(see::Same::new(site(shown, showing.audience, theme))),
            production: Arc::new(see::Same::new(production(shown, theme, showing.upcoming))),
            words: Arc::new(see::Same::new(language.plain_words())),
            icons: Icons::choose(shown),
            stylesheet: hashed("style", "css", &css),
            script: hashed("site", "js", js),
            search: hashed("search", "js", &theme.search_js),
            scripts: theme.scripts.iter().map(|(one, text)| (*one, hashed(one.name(), "js", text))).collect(),
            preload: fonts.preload.clone(),
            learnt,
            darkroom,
            place_of_still: OnceLock::new(),
            kin,
            drawn,
            articles,
            stories,
            people,
            galleries,
            css,
            js,
            labels: Labels::new(language),
            default_role: Role { widths: vec![480, 960, 1440], sizes: "100vw".to_owned(), aspect: None, phone: None },
        }))
    }

    /// With nothing asked for yet.
    fn over(common: Arc<Common<'a>>) -> Self {
        let prints = RefCell::new(Prints::new(common.darkroom, common.theme.surface, &common.shown.site.clock));
        Self { common, prints, clips: RefCell::default(), pictures: RefCell::default() }
    }

    /// What all pages have in common, to draw parts of the plan with.
    pub(super) fn common(&self) -> &Arc<Common<'a>> {
        &self.common
    }

    /// Draws a part of the plan by itself.
    pub(super) fn part(common: &Arc<Common<'a>>, work: impl FnOnce(&Self) -> (Vec<PageJob>, Vec<Entry>)) -> Part {
        let draft = Draft::over(Arc::clone(common));
        let (pages, entries) = work(&draft);
        let pages = pages.into_iter().map(Arc::new).collect();
        let (prints, ladders) = draft.prints.into_inner().wanted();
        let group = Arc::new(Group { pages, prints });
        Part { group, ladders, clips: draft.clips.into_inner(), entries }
    }

    /// Draws many pages on all cores, and takes over what they ask for.
    pub(super) fn each<T: Send>(&self, count: usize, page: impl Fn(&Self, usize) -> T + Sync) -> Vec<T> {
        let common = &self.common;
        let draw_part = |part: usize| {
            let draft = Draft::over(Arc::clone(common));
            let pages: Vec<T> = (part * PART..count.min((part + 1) * PART)).map(|place| page(&draft, place)).collect();
            (pages, draft.prints.into_inner(), draft.clips.into_inner())
        };
        let parts: Vec<_> = (0..count.div_ceil(PART)).into_par_iter().map(draw_part).collect();
        let mut all = Vec::with_capacity(count);
        for (pages, prints, clips) in parts {
            all.extend(pages);
            self.prints.borrow_mut().add(prints);
            for (path, job) in clips {
                self.clips.borrow_mut().entry(path).or_insert(job);
            }
        }
        all
    }

    /// A picture that may have been asked for before.
    pub(super) fn remembered(
        &self,
        root: &str,
        still: &'a Still,
        role: &Role,
        make: impl FnOnce() -> see::Picture,
    ) -> see::Picture {
        let place = (std::ptr::from_ref(still), std::ptr::from_ref(role));
        if let Some(picture) = self.pictures.borrow().get(root).and_then(|pictures| pictures.get(&place)) {
            return picture.clone();
        }
        let picture = make();
        self.pictures.borrow_mut().entry(root.to_owned()).or_default().insert(place, picture.clone());
        picture
    }

    /// Stories that show a still, latest first.
    pub(super) fn stories_of_still(&self, path: &str) -> impl Iterator<Item = &&'a Story> {
        self.kin.of_still(path).iter().filter_map(|place| self.stories.get(*place))
    }

    /// Where a still stands in its gallery, from 0.
    pub(super) fn place_of_still(&self, path: &str) -> Option<usize> {
        self.place_of_still.get_or_init(|| place_of_still(&self.galleries)).get(path).copied()
    }

    /// Stories that name, quote or show a person, latest first.
    pub(super) fn stories_of_person(&self, slug: &str) -> impl Iterator<Item = &&'a Story> {
        self.kin.of_person(slug).iter().filter_map(|place| self.stories.get(*place))
    }

    /// The stories that have most in common with the one at a place, at most so many.
    pub(super) fn related(&self, place: usize, most: usize) -> impl Iterator<Item = &&'a Story> {
        self.kin.related(place, most).into_iter().filter_map(|place| self.stories.get(place))
    }

    /// A page has been drawn.
    pub(super) fn hand_over(&self, page: &PageJob) {
        if let Some(drawn) = self.drawn {
            drawn(page, file_name(&self.stylesheet));
        }
    }

    pub(super) fn language(&self) -> &'a Language {
        &self.theme.language
    }

    pub(super) fn base_url(&self) -> Option<&str> {
        self.shown.site.base_url.as_deref()
    }

    /// Whether search engines and feed readers may know of the site.
    pub(super) fn is_listed(&self) -> bool {
        self.audience == Audience::Public
    }

    /// Where the site is, if it may be found: for the feed, the sitemap and canonical addresses.
    pub(super) fn listed_at(&self) -> Option<&str> {
        self.base_url().filter(|_| self.is_listed())
    }

    /// A theme's role; one it does not declare is a wide picture.
    pub(super) fn role(&self, name: &str) -> &Role {
        self.theme.roles.get(name).unwrap_or(&self.default_role)
    }

    /// Works with the prints that are asked for.
    pub(super) fn with_prints<T>(&self, work: impl FnOnce(&mut Prints) -> T) -> T {
        work(&mut self.prints.borrow_mut())
    }

    /// The tiny picture of a still, when it is known.
    pub(super) fn preview(&self, still: &Still) -> Option<&'a Preview> {
        self.learnt.previews.get(&still.digest)
    }

    /// Notes a file of a clip, which is named by its content.
    pub(super) fn add_clip(&self, path: &str, job: impl FnOnce() -> Job) {
        self.clips.borrow_mut().entry(path.to_owned()).or_insert_with(job);
    }

    /// Path of a clip as it was brought.
    pub(super) fn original(&self, clip: &Clip) -> String {
        let ending = clip.facts.container.extension();
        let key = Digest::of_parts([&CLIP_VERSION.to_le_bytes()[..], clip.digest.to_string().as_bytes()]);
        let path = format!("media/{}.{ending}", key.short(20));
        let job = Job::Clip { file: clip.file.clone(), facts: clip.facts.clone(), key };
        self.clips.borrow_mut().entry(path.clone()).or_insert(job);
        path
    }

    /// Path of a published captions file.
    pub(super) fn captions(&self, captions: &crate::production::Captions) -> String {
        // Named after what is published: a redacted name changes the text.
        let path = format!("media/{}.vtt", Digest::of(captions.text.as_bytes()).short(20));
        let job = Job::Bytes(captions.text.as_bytes().into());
        self.clips.borrow_mut().entry(path.clone()).or_insert(job);
        path
    }

    /// The style sheet and the script, by path.
    pub(super) fn looks(&self) -> [(String, Job); 2] {
        let css = Job::Bytes(self.css.as_bytes().into());
        [(self.stylesheet.clone(), css), (self.script.clone(), Job::Bytes(self.js.as_bytes().into()))]
    }

    /// Hands over everything that pages asked for, and the scripts that some of them load.
    pub(super) fn finish(self, scripts: &BTreeSet<Script>, outputs: &mut Outputs, messages: &mut Diagnostics) {
        self.looks().into_iter().for_each(|(path, job)| outputs.add(path, job, messages));
        if search::is_worthwhile(&self) {
            let script = self.theme.search_js.as_bytes().into();
            outputs.add(self.search.clone(), Job::Bytes(script), messages);
        }
        for script in scripts {
            if let (Some(path), Some(text)) = (self.scripts.get(script), self.theme.scripts.get(script)) {
                outputs.add(path.clone(), Job::Bytes(text.as_bytes().into()), messages);
            }
        }
        let (prints, ladders) = self.prints.into_inner().wanted();
        outputs.add_ladders(ladders);
        outputs.add_group(Arc::new(Group { pages: Vec::new(), prints }));
        for (path, job) in self.clips.into_inner() {
            outputs.add_by_content(path, job);
        }
    }

    /// Address of a still's own page; a still that is in no gallery has none.
    pub(super) fn still_address(&self, still: &Still) -> Option<String> {
        still.gallery.as_ref().map(|gallery| address::still(gallery, &still.slug))
    }
}

/// All stories in the order in which they are listed.
pub(super) fn latest_first(shown: &Production) -> Vec<&Story> {
    let mut stories: Vec<&Story> = shown.stories.values().map(|story| &**story).collect();
    stories.sort_by_key(|story| (Reverse(story.date), &story.slug));
    stories
}

/// Part of every key of a clip: raised when the same input gives other bytes.
pub(super) const CLIP_VERSION: u32 = 1;

fn place_of_still(galleries: &[&Gallery]) -> BTreeMap<String, usize> {
    galleries.iter().flat_map(|gallery| gallery.stills.iter().cloned().zip(0..)).collect()
}

fn site(shown: &Production, audience: Audience, theme: &Theme) -> see::Site {
    see::Site {
        language: theme.language.tag().to_owned(),
        direction: theme.language.direction(),
        base_url: shown.site.base_url.clone(),
        color_scheme: theme.color_scheme.clone(),
        audience: audience.name(),
        theme_color: Some(theme.surface.to_string()),
    }
}

fn production(shown: &Production, theme: &Theme, upcoming: bool) -> see::Production {
    let (site, language) = (&shown.site, &theme.language);
    let value = |text: &Option<crate::diagnostic::Located<String>>| text.as_ref().map(|t| t.value.clone());
    let release = site.release.map(|date| {
        let text = language.date(date);
        see::Release {
            date: see::Date { iso: date.to_string(), text: text.clone() },
            upcoming,
            text: language.fill(if upcoming { "release_upcoming" } else { "release_past" }, &[("date", &text)]),
        }
    });
    see::Production {
        title: site.title.value.clone(),
        kind: site.kind.to_owned(),
        kind_label: language.word(&format!("production_{}", site.kind)).to_owned(),
        tagline: value(&site.tagline),
        synopsis: value(&site.synopsis),
        status_label: site.status.map(|s| language.word(&format!("status_{}", s.replace('-', "_"))).to_owned()),
        director: value(&site.director),
        company: value(&site.company),
        release,
        links: external(&site.links),
    }
}

/// Links to the outside, with a capital letter.
pub(super) fn external(
    links: &[(crate::diagnostic::Located<String>, crate::diagnostic::Located<String>)],
) -> Vec<see::ExternalLink> {
    links
        .iter()
        .map(|(label, address)| see::ExternalLink {
            label: crate::source::fields::capitalised(&label.value.replace('_', " ")),
            href: address.value.clone(),
        })
        .collect()
}
