//! Stories, and the lists of them by kind, phase and department.

use super::Sketch;
use crate::plan::cards::minutes;
use crate::plan::context as see;
use crate::plan::draft::Draft;
use crate::plan::kin::people_of;
use crate::plan::outputs::PageJob;
use crate::plan::sheet::Sheet;
use crate::plan::{address, json_ld};
use crate::production::text::Piece;
use crate::production::{Production, Story};
use crate::source::site::PHASES;
use crate::source::slugify;
use crate::source::story::STORY_KINDS;
use std::collections::BTreeMap;

const RELATED: usize = 3;

/// A list of some of the stories.
struct Filter<'a> {
    group: &'static str,
    slug: String,
    label: String,
    stories: Vec<&'a Story>,
}

/// All stories, and those of each kind, phase and department.
pub(super) fn lists(draft: &Draft<'_>) -> Vec<PageJob> {
    if draft.stories.is_empty() {
        return Vec::new();
    }
    let filters = filters(draft);
    let mut pages = vec![listing(draft, &filters, None)];
    pages.extend(draft.each(filters.len(), |draft, i| listing(draft, &filters, filters.get(i))));
    pages
}

/// The list at an address.
pub(super) fn list(draft: &Draft<'_>, own: &str) -> Option<PageJob> {
    let filters = filters(draft);
    let chosen = filters.iter().find(|filter| address::filtered(filter.group, &filter.slug) == own);
    (!draft.stories.is_empty()).then(|| listing(draft, &filters, chosen))
}

/// The page of one story.
pub(super) fn told(draft: &Draft<'_>, full: &Production, slug: &str) -> Option<PageJob> {
    let place = draft.stories.iter().position(|story| story.slug == slug)?;
    full.stories.get(slug).map(|full| story(draft, place, full))
}

fn filters<'a>(draft: &Draft<'a>) -> Vec<Filter<'a>> {
    let sheet = Sheet::new(draft, "");
    let with = |matches: &dyn Fn(&Story) -> bool| -> Vec<&'a Story> {
        draft.stories.iter().filter(|s| matches(s)).copied().collect()
    };
    let kinds = STORY_KINDS.iter().map(|kind| Filter {
        group: "kind",
        slug: (*kind).to_owned(),
        label: sheet.kind_label(kind),
        stories: with(&|s| s.kind == *kind),
    });
    let phases = PHASES.iter().map(|phase| Filter {
        group: "phase",
        slug: (*phase).to_owned(),
        label: sheet.phase_label(phase),
        stories: with(&|s| s.phase == Some(*phase)),
    });
    let mut departments: BTreeMap<String, Filter<'_>> = BTreeMap::new();
    for story in &draft.stories {
        for name in &story.departments {
            let slug = slugify(&name.value);
            let filter = departments.entry(slug.clone()).or_insert_with(|| Filter {
                group: "department",
                label: name.value.clone(),
                stories: Vec::new(),
                slug,
            });
            // A story may name its department twice.
            if filter.stories.last().is_none_or(|last| last.slug != story.slug) {
                filter.stories.push(story);
            }
        }
    }
    let mut departments: Vec<Filter<'_>> = departments.into_values().collect();
    departments.sort_by(|a, b| draft.language().compare(&a.label, &b.label));
    kinds.chain(phases).chain(departments).filter(|f| !f.stories.is_empty()).collect()
}

fn listing(draft: &Draft<'_>, filters: &[Filter<'_>], chosen: Option<&Filter<'_>>) -> PageJob {
    let language = draft.language();
    let own = chosen.map_or_else(|| "stories/".to_owned(), |f| address::filtered(f.group, &f.slug));
    let sheet = Sheet::new(draft, own.clone());
    let groups = ["kind", "phase", "department"].map(|group| see::FilterGroup {
        label: language.word(&format!("filter_{group}")).to_owned(),
        items: (filters.iter().filter(|f| f.group == group))
            .map(|f| see::FilterItem {
                label: f.label.clone(),
                href: sheet.page(&address::filtered(f.group, &f.slug)),
                count: f.stories.len(),
                current: chosen.is_some_and(|c| c.group == f.group && c.slug == f.slug),
            })
            .collect(),
    });
    let stories = chosen.map_or(&draft.stories, |f| &f.stories);
    let all = language.word("stories_title").to_owned();
    let mut trail = vec![(all.clone(), "stories/".to_owned())];
    trail.extend(chosen.map(|f| (f.label.clone(), own)));
    let title = chosen.map_or(all, |f| f.label.clone());
    let picture = stories.iter().find_map(|story| sheet.story_picture(story));
    sheet.finish(Sketch {
        notice: None,
        kind: "stories",
        template: "stories.html",
        description: match chosen {
            Some(filter) => language.fill(
                "stories_filtered_description",
                &[("title", &draft.shown.site.title.value), ("filter", &filter.label)],
            ),
            None => language.fill("stories_description", &[("title", &draft.shown.site.title.value)]),
        },
        title,
        picture,
        og_type: "website",
        published: None,
        trail,
        json_ld: Vec::new(),
        subject: see::Subject::Listing(see::Listing {
            filter: chosen.map(|f| f.label.clone()),
            count: language.count("stories", stories.len() as u64),
            filters: groups.into_iter().filter(|g| g.items.len() > 1).collect(),
            stories: sheet.story_cards_with_lead(stories),
        }),
    })
}

/// The page of the story at a place of the list. `story` is that story with its text, which the draft
/// does not have.
pub(in crate::plan) fn story(draft: &Draft<'_>, index: usize, story: &Story) -> PageJob {
    let language = draft.language();
    let sheet = Sheet::new(draft, address::story(&story.slug));
    let neighbour = |i: Option<usize>| i.and_then(|i| draft.stories.get(i)).map(|s| sheet.story_card(s));
    let link =
        |group: &str, slug: &str, label: String| see::Link { label, href: sheet.page(&address::filtered(group, slug)) };
    let cover = sheet.still(story.cover.as_deref().unwrap_or(""));
    let context = see::Story {
        kind: link("kind", story.kind, sheet.kind_label(story.kind)),
        kind_key: story.kind.to_owned(),
        phase: story.phase.map(|phase| link("phase", phase, sheet.phase_label(phase))),
        date: sheet.date(story.date),
        shoot_day: sheet.shoot_day(story.shoot_day),
        summary: story.summary.as_ref().map(|s| s.value.clone()),
        reading_time: language.count("minutes_to_read", minutes(&story.text)),
        cover: cover.map(|still| sheet.figure(still, "cover", None, None)),
        body: sheet.segments(&story.text),
        toc: sheet.toc(&story.text),
        people: sheet.person_cards(people_of(story)),
        departments: story
            .departments
            .iter()
            .map(|d| link("department", &slugify(&d.value), d.value.clone()))
            .collect(),
        gallery: story.gallery.as_ref().and_then(|slug| draft.shown.galleries.get(slug)).map(|g| sheet.gallery_card(g)),
        // The list is latest first: what was told before stands after.
        previous: neighbour(Some(index + 1)),
        next: neighbour(index.checked_sub(1)),
        related: sheet.story_cards(draft.related(index, RELATED)),
        spoiler: story.spoiler,
        draft: story.draft,
    };
    let summary = story.summary.as_ref().map(|s| s.value.clone());
    sheet.finish(Sketch {
        notice: story.notice.as_ref().max(cover.and_then(|still| still.notice.as_ref())),
        kind: "story",
        template: "story.html",
        title: story.title.value.clone(),
        description: summary.unwrap_or_else(|| plain_beginning(story)),
        picture: sheet.story_picture(story),
        og_type: "article",
        published: story.date.map(|date| date.to_string()),
        trail: vec![
            (language.word("stories_title").to_owned(), "stories/".to_owned()),
            (story.title.value.clone(), sheet.address.clone()),
        ],
        json_ld: json_ld::story(&sheet, story),
        subject: see::Subject::Story(Box::new(context)),
    })
}

/// The first words of a story, for a description that nobody wrote.
fn plain_beginning(story: &Story) -> String {
    let html: String = story
        .text
        .pieces
        .iter()
        .filter_map(|p| if let Piece::Html { html, .. } = p { Some(html.as_str()) } else { None })
        .take(4)
        .collect();
    crate::html::without_tags(&html)
}
