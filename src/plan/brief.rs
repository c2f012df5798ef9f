//! The edition in brief: what pages can show of other pages. The running text of stories is left out,
//! and so is where words stand. Pages that are drawn from it alone cannot depend on what it lacks, so
//! they are drawn again only when it has changed.

use super::cards::{minutes, words_read_in};
use crate::diagnostic::{Located, Origin};
use crate::production::text::{Piece, Text};
use crate::production::{Production, Shared, Story};
use rayon::prelude::*;

/// Everything but the running text of stories. `before` is what it was made from and what came of it the last
/// time: of stories that are the same, so are the briefs.
pub(super) fn of(full: &Production, before: Option<(&Production, &Production)>) -> Production {
    let nowhere = Origin::whole("");
    let known = |slug: &String, told: &Shared<Story>| {
        let (full, brief) = before?;
        full.stories.get(slug).filter(|known| known.is(told)).and_then(|_| brief.stories.get(slug)).cloned()
    };
    let brief = |(slug, told): (&String, &Shared<Story>)| {
        (slug.clone(), known(slug, told).unwrap_or_else(|| story(told, &nowhere).into()))
    };
    let stories: Vec<(String, Shared<Story>)> = full.stories.par_iter().map(brief).collect();
    Production {
        site: full.site.clone(),
        stories: stories.into_iter().collect(),
        people: full.people.clone(),
        galleries: full.galleries.clone(),
        stills: full.stills.clone(),
        clips: full.clips.clone(),
        pages: full.pages.clone(),
        statics: full.statics.clone(),
        approvals: full.approvals.clone(),
    }
}

fn story(told: &Story, nowhere: &Origin) -> Story {
    let words = |words: &Located<String>| Located::new(words.value.clone(), nowhere.clone());
    Story {
        slug: told.slug.clone(),
        origin: nowhere.clone(),
        own_folder: told.own_folder.clone(),
        title: words(&told.title),
        kind: told.kind,
        phase: told.phase,
        date: told.date,
        shoot_day: told.shoot_day,
        summary: told.summary.as_ref().map(words),
        cover: told.cover.clone(),
        crew: told.crew.clone(),
        departments: told.departments.iter().map(words).collect(),
        gallery: told.gallery.clone(),
        window: told.window,
        notice: told.notice.clone(),
        spoiler: told.spoiler,
        draft: told.draft,
        text: text(&told.text, nowhere),
    }
}

/// Who and what is shown, and how long it takes to read.
fn text(told: &Text, nowhere: &Origin) -> Text {
    let shows = |piece: &&Piece| !matches!(piece, Piece::Html { .. } | Piece::Word(_) | Piece::Href { .. });
    let mut pieces: Vec<Piece> = told.pieces.iter().filter(shows).cloned().collect();
    pieces.iter_mut().for_each(|piece| move_to(piece, nowhere));
    Text { pieces, headings: Vec::new(), words: words_read_in(minutes(told)) }
}

fn move_to(piece: &mut Piece, place: &Origin) {
    let origin = match piece {
        Piece::Word(_) => return,
        Piece::Row(figures) => {
            figures.iter_mut().for_each(|figure| figure.origin = place.clone());
            return;
        }
        Piece::Html { origin, .. }
        | Piece::Href { origin, .. }
        | Piece::Mention { origin, .. }
        | Piece::Gallery { origin, .. }
        | Piece::Clip { origin, .. }
        | Piece::Quote { origin, .. }
        | Piece::Zoom { origin, .. } => origin,
        Piece::Figure(figure) => &mut figure.origin,
        Piece::Compare(compare) => &mut compare.origin,
        Piece::Outside(outside) => &mut outside.origin,
    };
    *origin = place.clone();
}
