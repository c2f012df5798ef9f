//! Which scripts a page has a use for. A page without any of what they serve loads none of them.

use super::context::{Figure, Segment, Subject, Thumb, Video};
use crate::theme::Script;
use std::collections::BTreeSet;

/// The scripts that a page loads, beside that of every page.
pub(super) fn used(subject: &Subject, counts_down: bool) -> BTreeSet<Script> {
    let mut scripts = BTreeSet::new();
    match subject {
        Subject::Home(_) => {
            if counts_down {
                scripts.insert(Script::Countdown);
            }
        }
        Subject::Story(story) => of_text(&story.body, &mut scripts),
        Subject::Article(article) => of_text(&article.body, &mut scripts),
        Subject::Person(person) => {
            of_text(&person.body, &mut scripts);
            of_stills(&person.stills, &mut scripts);
            person.portrait.iter().for_each(|figure| of_figure(figure, &mut scripts));
        }
        Subject::Gallery(gallery) => {
            of_stills(&gallery.stills, &mut scripts);
            gallery.clips.iter().for_each(|video| of_clip(video, &mut scripts));
        }
        Subject::Still(_) => {
            scripts.insert(Script::Viewer);
        }
        Subject::Listing(_)
        | Subject::Timeline(_)
        | Subject::Crew(_)
        | Subject::Galleries(_)
        | Subject::NotFound(_)
        | Subject::Proofs(_)
        | Subject::ProofSheet(_) => {}
    }
    scripts
}

fn of_text(segments: &[Segment], scripts: &mut BTreeSet<Script>) {
    for segment in segments {
        match segment {
            Segment::Figure { figure } => of_figure(figure, scripts),
            Segment::Row { figures } => figures.iter().for_each(|figure| of_figure(figure, scripts)),
            Segment::Gallery { stills, .. } => of_stills(stills, scripts),
            Segment::Compare { .. } => {
                scripts.insert(Script::Compare);
            }
            Segment::Video { video } => of_clip(video, scripts),
            Segment::Reel { .. } => {
                scripts.insert(Script::Clips);
            }
            Segment::Embed { .. } => {
                scripts.insert(Script::Outside);
            }
            Segment::Html { .. } | Segment::Quote { .. } | Segment::Zoom { .. } => {}
        }
    }
}

fn of_figure(figure: &Figure, scripts: &mut BTreeSet<Script>) {
    if figure.closeup.is_some() {
        scripts.insert(Script::Viewer);
    }
}

fn of_stills(stills: &[Thumb], scripts: &mut BTreeSet<Script>) {
    if stills.iter().any(|still| still.closeup.is_some()) {
        scripts.insert(Script::Viewer);
    }
}

fn of_clip(video: &Video, scripts: &mut BTreeSet<Script>) {
    if !video.chapters.is_empty() || video.speed.is_some() {
        scripts.insert(Script::Clips);
    }
}
