//! Galleries, and a page for each still.

use super::Sketch;
use crate::plan::context as see;
use crate::plan::draft::Draft;
use crate::plan::outputs::PageJob;
use crate::plan::segments::{paragraphs, role};
use crate::plan::sheet::Sheet;
use crate::plan::{address, json_ld};
use crate::production::{Gallery, Still, Story};
use std::collections::BTreeSet;

pub(super) fn pages(draft: &Draft<'_>) -> Vec<PageJob> {
    let mut pages: Vec<PageJob> = index(draft).into_iter().collect();
    for (i, gallery) in draft.galleries.iter().enumerate() {
        pages.push(one(draft, i));
        pages.extend(
            draft.each(gallery.stills.len(), |draft, place| still(draft, gallery, place)).into_iter().flatten(),
        );
    }
    pages
}

/// The page of one gallery.
pub(super) fn gallery(draft: &Draft<'_>, slug: &str) -> Option<PageJob> {
    let place = draft.galleries.iter().position(|gallery| gallery.slug == slug)?;
    Some(one(draft, place))
}

/// The page of one still of a gallery.
pub(super) fn leaf(draft: &Draft<'_>, gallery: &str, slug: &str) -> Option<PageJob> {
    let gallery = draft.galleries.iter().find(|other| other.slug == gallery)?;
    let is_it = |path: &String| draft.shown.stills.get(path).is_some_and(|still| still.slug == slug);
    still(draft, gallery, gallery.stills.iter().position(is_it)?)
}

/// All galleries.
pub(super) fn index(draft: &Draft<'_>) -> Option<PageJob> {
    if draft.galleries.is_empty() {
        return None;
    }
    let sheet = Sheet::new(draft, "galleries/");
    let language = draft.language();
    let title = language.word("galleries_title").to_owned();
    Some(sheet.finish(Sketch {
        notice: None,
        kind: "galleries",
        template: "galleries.html",
        description: language.fill("galleries_description", &[("title", &draft.shown.site.title.value)]),
        picture: draft.galleries.iter().find_map(|g| sheet.gallery_picture(g)),
        og_type: "website",
        published: None,
        trail: vec![(title.clone(), "galleries/".to_owned())],
        json_ld: Vec::new(),
        subject: see::Subject::Galleries(see::Galleries {
            galleries: draft.galleries.iter().map(|g| sheet.gallery_card(g)).collect(),
        }),
        title,
    }))
}

fn one(draft: &Draft<'_>, index: usize) -> PageJob {
    let gallery = draft.galleries[index];
    let language = draft.language();
    let sheet = Sheet::new(draft, address::gallery(&gallery.slug));
    let stills: Vec<&Still> = gallery.stills.iter().filter_map(|path| sheet.still(path)).collect();
    let clips = gallery.clips.iter().filter_map(|path| draft.shown.clips.get(path));
    let neighbour = |i: Option<usize>| i.and_then(|i| draft.galleries.get(i)).map(|g| sheet.gallery_card(g));
    let count = language.count("stills", stills.len() as u64);
    let context = see::Gallery {
        date: sheet.date(gallery.date),
        layout: gallery.layout.name(),
        count: count.clone(),
        description: gallery.description.as_ref().map(|d| paragraphs(d.value.split("\n\n"))),
        stills: (stills.iter().enumerate()).map(|(i, still)| sheet.thumb(still, i + 1, role(gallery.layout))).collect(),
        clips: clips.enumerate().map(|(i, clip)| sheet.video(clip, None, format!("video-{}", i + 1))).collect(),
        stories: sheet.story_cards(&stories_of(draft, gallery)),
        previous: neighbour(index.checked_sub(1)),
        next: neighbour(Some(index + 1)),
    };
    let title = gallery.title.value.clone();
    sheet.finish(Sketch {
        notice: gallery.notice.as_ref(),
        kind: "gallery",
        template: "gallery.html",
        description: match &gallery.description {
            Some(text) => text.value.clone(),
            None => language.fill(
                "gallery_description",
                &[("gallery", &title), ("count", &count), ("title", &draft.shown.site.title.value)],
            ),
        },
        picture: sheet.gallery_picture(gallery),
        og_type: "website",
        published: None,
        trail: vec![
            (language.word("galleries_title").to_owned(), "galleries/".to_owned()),
            (title.clone(), sheet.address.clone()),
        ],
        json_ld: json_ld::gallery(&sheet, gallery, &stills),
        subject: see::Subject::Gallery(Box::new(context)),
        title,
    })
}

/// Stories that name the gallery, or show a still of it; latest first.
fn stories_of<'a>(draft: &Draft<'a>, gallery: &Gallery) -> Vec<&'a Story> {
    let showing: BTreeSet<&str> = (gallery.stills.iter())
        .flat_map(|path| draft.stories_of_still(path))
        .map(|story| story.slug.as_str())
        .collect();
    let matches =
        |story: &&&Story| story.gallery.as_ref() == Some(&gallery.slug) || showing.contains(story.slug.as_str());
    draft.stories.iter().filter(matches).copied().collect()
}

fn still(draft: &Draft<'_>, gallery: &Gallery, place: usize) -> Option<PageJob> {
    let still = draft.shown.stills.get(gallery.stills.get(place)?)?;
    let language = draft.language();
    let sheet = Sheet::new(draft, address::still(&gallery.slug, &still.slug));
    let neighbour = |i: Option<usize>| {
        let i = i?;
        draft.shown.stills.get(gallery.stills.get(i)?).map(|s| sheet.thumb_in(s, i + 1, "thumb"))
    };
    let number = (place + 1).to_string();
    let title = sheet.still_title(still, gallery);
    let picture = sheet.picture(still, "still");
    let position = language.fill("position", &[("n", &number), ("total", &gallery.stills.len().to_string())]);
    let closeup = sheet.closeup(still, &picture);
    let context = see::Still {
        closeup: closeup.map(|closeup| see::Closeup { position: Some(position.clone()), ..closeup }),
        largest: picture.src.clone(),
        picture,
        headline: still.headline.clone(),
        caption: still.caption.clone(),
        description: still.description.clone(),
        credit: still.credit.clone(),
        copyright: still.copyright.clone(),
        date: sheet.date(still.captured),
        people: sheet.person_cards(&still.people),
        gallery: see::Link { label: gallery.title.value.clone(), href: sheet.page(&address::gallery(&gallery.slug)) },
        position,
        previous: neighbour(place.checked_sub(1)),
        next: neighbour(Some(place + 1)),
        stories: sheet.story_cards(draft.stories_of_still(&still.path)),
        spoiler: still.spoiler,
    };
    Some(sheet.finish(Sketch {
        notice: still.notice.as_ref(),
        kind: "still",
        template: "still.html",
        description: still.caption.clone().or_else(|| still.alt.clone()).unwrap_or_else(|| title.clone()),
        picture: Some(still),
        og_type: "website",
        published: None,
        trail: vec![
            (language.word("galleries_title").to_owned(), "galleries/".to_owned()),
            (gallery.title.value.clone(), address::gallery(&gallery.slug)),
            (title.clone(), sheet.address.clone()),
        ],
        json_ld: vec![json_ld::still(&sheet, still)],
        subject: see::Subject::Still(Box::new(context)),
        title,
    }))
}
