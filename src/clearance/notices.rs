//! What is said beside things that not everybody may see.

use super::decision::{Held, Subject};
use crate::production::{Clock, Notice, Production, Story, Window};
use jiff::Timestamp;

/// Says of everything but stories that the press sees before the public, until when it must not be published: the last of all
/// embargoes that it is under, by itself or with what it belongs to.
pub(super) fn embargoes(full: &Production, shown: &mut Production, as_of: Timestamp) {
    let last = |windows: &mut dyn Iterator<Item = Window>| last(windows, as_of);
    let of_person = |slug: &String| full.people.get(slug).map(|person| person.window);
    let of_gallery = |slug: &Option<String>| slug.as_ref().and_then(|slug| full.galleries.get(slug)).map(|g| g.window);
    let of_story = |path: &str| {
        let around =
            full.stories.values().filter(|s| s.own_folder.as_deref().is_some_and(|folder| path.starts_with(folder)));
        around.map(|story| story.window).collect::<Vec<_>>()
    };
    for still in shown.stills.values_mut() {
        let people = still.depicted.iter().filter_map(of_person);
        let around = of_gallery(&still.gallery).into_iter().chain(of_story(&still.path));
        still.notice = last(&mut people.chain(around).chain([still.window]));
    }
    for clip in shown.clips.values_mut() {
        let people = clip.people.iter().filter_map(of_person);
        let around = of_gallery(&clip.gallery).into_iter().chain(of_story(&clip.path));
        clip.notice = last(&mut people.chain(around).chain([clip.window]));
    }
    shown.people.values_mut().for_each(|person| person.notice = last(&mut [person.window].into_iter()));
    shown.galleries.values_mut().for_each(|gallery| gallery.notice = last(&mut [gallery.window].into_iter()));
    shown.pages.values_mut().for_each(|page| page.notice = last(&mut [page.window].into_iter()));
}

/// The same of a story.
pub(super) fn embargo(story: &Story, as_of: Timestamp) -> Option<Notice> {
    last(&mut [story.window].into_iter(), as_of)
}

fn last(windows: &mut dyn Iterator<Item = Window>, as_of: Timestamp) -> Option<Notice> {
    let coming = windows.filter_map(|window| window.embargo).filter(|embargo| *embargo > as_of);
    coming.max().map(Notice::Embargoed)
}

/// Says of everything but stories that is held why it is, for those who see it all the same.
pub(super) fn reasons(shown: &mut Production, held: &[Held]) {
    let clock = shown.site.clock.clone();
    for held in held {
        let notice = match &held.subject {
            Subject::Story(_) => None,
            Subject::Person(slug) => shown.people.get_mut(slug).map(|person| &mut person.notice),
            Subject::Gallery(slug) => shown.galleries.get_mut(slug).map(|gallery| &mut gallery.notice),
            Subject::Still(path) => shown.stills.get_mut(path).map(|still| &mut still.notice),
            Subject::Clip(path) => shown.clips.get_mut(path).map(|clip| &mut clip.notice),
            Subject::Page(slug) => shown.pages.get_mut(slug).map(|page| &mut page.notice),
        };
        if let Some(notice) = notice {
            *notice = Some(Notice::Held(held.why(Some(&clock))));
        }
    }
}

/// The same of a story.
pub(super) fn reason(story: &Story, held: &[Held], clock: &Clock) -> Option<Notice> {
    let is_it = |held: &&Held| matches!(&held.subject, Subject::Story(slug) if *slug == story.slug);
    held.iter().find(is_it).map(|held| Notice::Held(held.why(Some(clock))))
}
