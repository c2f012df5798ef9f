//! Reasons in words: why something is held, and what to do about it.

use super::approval::Stage;
use super::decision::{Held, Lack, Reason, Subject};
use crate::production::Clock;
use jiff::Timestamp;

impl Subject {
    /// What kind of thing it is, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            Subject::Story(_) => "story",
            Subject::Person(_) => "person",
            Subject::Gallery(_) => "gallery",
            Subject::Still(_) => "still",
            Subject::Clip(_) => "clip",
            Subject::Page(_) => "page",
        }
    }

    /// Its slug, or its path below the site's folder.
    pub fn name(&self) -> &str {
        match self {
            Subject::Story(name)
            | Subject::Person(name)
            | Subject::Gallery(name)
            | Subject::Still(name)
            | Subject::Clip(name)
            | Subject::Page(name) => name,
        }
    }
}

impl Held {
    /// All reasons, each as a clause: `killed; Tom Oke has withdrawn consent`.
    pub fn why(&self, clock: Option<&Clock>) -> String {
        let reasons: Vec<String> = self.reasons.iter().map(|reason| reason.why(clock)).collect();
        reasons.join("; ")
    }
}

impl Reason {
    /// The name of the person on whom it depends, when it is one.
    pub fn person(&self) -> Option<&str> {
        match self {
            Reason::Consent { name, .. } | Reason::Refused { name, .. } | Reason::Undecided { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The instant at which it ends by itself, when there is one.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Reason::Embargo(until) => Some(*until),
            Reason::Undecided { stage: Stage::Waiting(until), .. } => *until,
            Reason::Undecided { stage: Stage::Later(from), .. } => Some(*from),
            _ => None,
        }
    }

    /// As a clause. Without a clock, instants are in UTC.
    pub fn why(&self, clock: Option<&Clock>) -> String {
        let show = |instant| clock.map_or_else(|| format!("{instant}"), |clock| clock.show(instant));
        match self {
            Reason::Draft => "it is a draft".to_owned(),
            Reason::Embargo(until) => format!("under embargo until {}", show(*until)),
            Reason::Expired(since) => format!("expired on {}", show(*since)),
            Reason::Killed => "killed".to_owned(),
            Reason::Refused { name, on: Some(on), .. } => format!("refused by {name} on {on}"),
            Reason::Refused { name, on: None, .. } => format!("refused by {name}"),
            Reason::Undecided { name, stage, .. } => match stage {
                Stage::NotAsked => format!("{name} has approval and has not been asked"),
                Stage::Waiting(None) => format!("{name} has approval and has not decided"),
                Stage::Waiting(Some(until)) => {
                    format!("{name} has approval and has not decided; counts as approved from {}", show(*until))
                }
                Stage::Later(from) => format!("{name} has approved it from {} on", show(*from)),
                Stage::OtherPicture => format!("what {name} has decided about was another picture"),
            },
            Reason::Consent { name, lack, .. } => match lack {
                Lack::Withdrawn => format!("{name} has withdrawn consent"),
                Lack::Pending => format!("{name} has not agreed yet"),
                Lack::Expired => format!("{name}'s consent has expired"),
                Lack::Scope => format!("{name}'s consent does not cover it"),
                Lack::Medium => format!("{name}'s consent is not for this audience"),
                Lack::NotYet => format!("{name}'s consent is from a later day"),
                Lack::Guardian => format!("{name} is under age, and no guardian's form is recorded"),
                Lack::Unrecorded => format!("no consent of {name} is recorded"),
                Lack::Window => format!("the profile of {name} is under embargo or expired"),
            },
            Reason::Unnamed => "nobody is named on it".to_owned(),
            Reason::Incomplete => "not everybody on it is named".to_owned(),
            Reason::Strangers => "somebody without a profile is named on it".to_owned(),
            Reason::GalleryHeld(gallery) => format!("the gallery {gallery} is held"),
            Reason::StoryHeld(story) => format!("the story {story} is held"),
            Reason::Empty => "nothing in it may be shown".to_owned(),
        }
    }

    /// What would have to be written, and where, for it to be shown: a sentence for somebody who may decide that.
    pub fn remedy(&self) -> String {
        match self {
            Reason::Draft => "When it is finished, take `draft = true` out of it.".to_owned(),
            Reason::Embargo(_) => "Build again when the embargo has ended.".to_owned(),
            Reason::Expired(_) => "If it may be shown longer, write a later `expires`, or take it out.".to_owned(),
            Reason::Killed => {
                "It was refused. If that was a mistake, take `killed = true` out of gallery.toml.".to_owned()
            }
            Reason::Refused { .. } => {
                "If they have changed their mind, read their new list with `backlot approvals import FILE`.".to_owned()
            }
            Reason::Undecided { stage, .. } => undecided_remedy(*stage),
            Reason::Consent { person, lack, .. } => consent_remedy(person, *lack),
            Reason::Unnamed => {
                "Name everybody on it with `people = […]` in gallery.toml; `people = []` does not count here."
                    .to_owned()
            }
            Reason::Incomplete => {
                "Name everybody on it in gallery.toml, and take `people_complete = false` out.".to_owned()
            }
            Reason::Strangers => {
                "Write a profile with a `[consent]` table for everybody named in its metadata.".to_owned()
            }
            Reason::GalleryHeld(_) | Reason::StoryHeld(_) => "It is shown again together with that.".to_owned(),
            Reason::Empty => "It is shown again when something in it is.".to_owned(),
        }
    }
}

fn undecided_remedy(stage: Stage) -> String {
    match stage {
        Stage::NotAsked => {
            "Make a list for them with `backlot approvals export --submit`, and read what comes back with `backlot approvals import FILE`."
        }
        Stage::Waiting(_) => "Read their answer with `backlot approvals import FILE`.",
        Stage::Later(_) => "Build again on that day.",
        Stage::OtherPicture => "Send it to them once more: `backlot approvals export --submit`.",
    }
    .to_owned()
}

fn consent_remedy(person: &str, lack: Lack) -> String {
    let file = format!("`crew/{person}.md`");
    match lack {
        Lack::Withdrawn => format!("Only if they agree anew: `status = \"granted\"` under `[consent]` in {file}."),
        Lack::Pending => format!("When they have signed: `status = \"granted\"` under `[consent]` in {file}."),
        Lack::Expired => {
            format!("When they have agreed to a longer term: a later `expires` under `[consent]` in {file}.")
        }
        Lack::Scope => format!("If they have agreed to this too, add it to `scope` under `[consent]` in {file}."),
        Lack::Medium => format!("If they have agreed to this too, add it to `media` under `[consent]` in {file}."),
        Lack::NotYet => format!("It is shown from the day in `signed` on, under `[consent]` in {file}."),
        Lack::Guardian => format!("When a guardian has signed: `guardian_form = \"…\"` under `[consent]` in {file}."),
        Lack::Unrecorded => {
            format!("When they have agreed: a `[consent]` table with `status = \"granted\"` in {file}.")
        }
        Lack::Window => format!("See `embargo` and `expires` in {file}."),
    }
}
