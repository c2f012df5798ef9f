//! The home page.

use super::Sketch;
use crate::plan::context as see;
use crate::plan::draft::Draft;
use crate::plan::json_ld;
use crate::plan::outputs::PageJob;
use crate::plan::sheet::Sheet;
use crate::production::Still;

const STORIES: usize = 6;
const GALLERIES: usize = 6;
const PEOPLE: usize = 12;

pub(super) fn page(draft: &Draft<'_>) -> PageJob {
    let sheet = Sheet::new(draft, "");
    let site = &draft.shown.site;
    let hero = hero(&sheet);
    let link = |there: bool, address: &str| there.then(|| sheet.page(address));
    let home = see::Home {
        hero: hero.filter(|_| draft.theme.hero_picture).map(|still| sheet.picture(still, "hero")),
        stories: sheet.story_cards_with_lead(&draft.stories[..draft.stories.len().min(STORIES)]),
        galleries: draft.galleries.iter().take(GALLERIES).map(|g| sheet.gallery_card(g)).collect(),
        people: draft.people.iter().take(PEOPLE).map(|p| sheet.person_card(p)).collect(),
        stories_href: link(!draft.stories.is_empty(), "stories/"),
        galleries_href: link(!draft.galleries.is_empty(), "galleries/"),
        crew_href: link(!draft.people.is_empty(), "crew/"),
        timeline_href: link(super::timeline::has_one(draft), "timeline/"),
        poster: sheet.maybe_picture(site.poster.as_deref(), "poster"),
    };
    let words = [
        &site.description,
        &site.synopsis.as_ref().map(|s| s.value.clone()),
        &site.tagline.as_ref().map(|s| s.value.clone()),
    ];
    sheet.finish(Sketch {
        notice: hero.and_then(|still| still.notice.as_ref()),
        kind: "home",
        template: "home.html",
        title: site.title.value.clone(),
        description: words.into_iter().flatten().next().cloned().unwrap_or_default(),
        picture: hero,
        og_type: "website",
        published: None,
        trail: Vec::new(),
        json_ld: vec![json_ld::production(&sheet)],
        subject: see::Subject::Home(Box::new(home)),
    })
}

/// The picture that site.toml names, or the first story's.
fn hero<'a>(sheet: &'a Sheet<'_>) -> Option<&'a Still> {
    let named = sheet.still(sheet.shown().site.hero.as_deref().unwrap_or(""));
    named.or_else(|| sheet.draft.stories.iter().find_map(|story| sheet.story_picture(story)))
}
