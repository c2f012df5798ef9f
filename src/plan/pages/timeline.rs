//! The production by phase and shoot day.

use super::Sketch;
use crate::plan::context as see;
use crate::plan::draft::Draft;
use crate::plan::outputs::PageJob;
use crate::plan::sheet::Sheet;
use crate::production::{Gallery, Story};
use crate::source::site::PHASES;
use jiff::civil::Date;

/// A story or gallery on the line.
enum Entry<'a> {
    Story(&'a Story),
    Gallery(&'a Gallery),
}

impl Entry<'_> {
    fn phase(&self) -> Option<&'static str> {
        match self {
            Entry::Story(story) => story.phase,
            // Most galleries are shoot days.
            Entry::Gallery(gallery) => gallery.phase.or(Some("production")),
        }
    }

    fn date(&self) -> Option<Date> {
        match self {
            Entry::Story(story) => story.date,
            Entry::Gallery(gallery) => gallery.date,
        }
    }

    fn shoot_day(&self) -> Option<i64> {
        match self {
            Entry::Story(story) => story.shoot_day,
            Entry::Gallery(gallery) => gallery.shoot_day,
        }
    }

    fn slug(&self) -> &str {
        match self {
            Entry::Story(story) => &story.slug,
            Entry::Gallery(gallery) => &gallery.slug,
        }
    }
}

/// Whether there is anything to put on the line.
pub(super) fn has_one(draft: &Draft<'_>) -> bool {
    draft.stories.iter().any(|story| story.phase.is_some())
}

pub(super) fn page(draft: &Draft<'_>) -> Option<PageJob> {
    if !has_one(draft) {
        return None;
    }
    let sheet = Sheet::new(draft, "timeline/");
    let language = draft.language();
    let title = language.word("timeline_title").to_owned();
    Some(sheet.finish(Sketch {
        notice: None,
        kind: "timeline",
        template: "timeline.html",
        description: language.fill("timeline_description", &[("title", &draft.shown.site.title.value)]),
        picture: None,
        og_type: "website",
        published: None,
        trail: vec![(title.clone(), "timeline/".to_owned())],
        json_ld: Vec::new(),
        subject: see::Subject::Timeline(see::Timeline {
            phases: PHASES.iter().filter_map(|phase| one(&sheet, phase)).collect(),
        }),
        title,
    }))
}

fn one(sheet: &Sheet<'_>, phase: &'static str) -> Option<see::TimelinePhase> {
    let stories = sheet.draft.stories.iter().map(|s| Entry::Story(s));
    let galleries = sheet.draft.galleries.iter().map(|g| Entry::Gallery(g));
    let mut entries: Vec<Entry<'_>> = stories.chain(galleries).filter(|e| e.phase() == Some(phase)).collect();
    if entries.is_empty() {
        return None;
    }
    entries.sort_by(|a, b| {
        let key = |e: &Entry<'_>| {
            (e.date().is_none(), e.date(), e.shoot_day(), matches!(e, Entry::Gallery(_)), e.slug().to_owned())
        };
        key(a).cmp(&key(b))
    });
    let dates: Vec<Date> = entries.iter().filter_map(Entry::date).collect();
    let span = dates.first().zip(dates.last()).map(|(from, to)| sheet.language().month_span(*from, *to));
    Some(see::TimelinePhase {
        key: phase.to_owned(),
        label: sheet.phase_label(phase),
        span,
        entries: entries.iter().map(|entry| context(sheet, entry)).collect(),
    })
}

fn context(sheet: &Sheet<'_>, entry: &Entry<'_>) -> see::TimelineEntry {
    let (story, gallery) = match entry {
        Entry::Story(story) => (Some(sheet.story_card(story)), None),
        Entry::Gallery(gallery) => (None, Some(sheet.gallery_card(gallery))),
    };
    see::TimelineEntry { date: sheet.date(entry.date()), shoot_day: sheet.shoot_day(entry.shoot_day()), story, gallery }
}
