//! What withdrawing somebody's consent touches: what has to be written anew, what is no more, what has
//! to be asked back.

use super::mentions::{self, Mention};
use crate::build::{Options, Rehearsal, rehearse};
use crate::clearance::lines_that_name;
use crate::diagnostic::{Diagnostics, codes};
use crate::disk;
use crate::plan::{Job, Plan, encoded};
use crate::production::{Consent, ConsentStatus, Person, Production};
use crate::publish::{Finished, Made, Manifest};
use crate::trail::{Change, Entry, Trail};
use std::collections::BTreeSet;

/// What withdrawing somebody's consent touches.
#[derive(Debug, Clone, PartialEq)]
pub struct Withdrawal {
    /// Who.
    pub person: Person,
    /// Paths of stills that show them.
    pub stills: Vec<String>,
    /// Paths of clips that show them.
    pub clips: Vec<String>,
    /// Files of stories that show, name or quote them.
    pub stories: Vec<String>,
    /// Lines that name them.
    pub mentions: Vec<Mention>,
    /// Files of the present output that are gone with the next build.
    pub gone: Vec<String>,
    /// Files of the present output that are other ones with the next build.
    pub changed: Vec<String>,
    /// What stores of the web's pages have to forget, as whole addresses where the site has one.
    pub purge: Vec<String>,
    /// What was ever made for others than the public and holds them: whoever got it still has it.
    pub issued: Vec<Entry>,
}

/// Finds it out. `None` when the site cannot be read; mistakes of the site are in `messages`.
pub fn withdraw(options: &Options, slug: &str, messages: &mut Diagnostics) -> Option<Withdrawal> {
    let mut before: Option<Production> = None;
    let mut told = Diagnostics::new();
    let rehearsal = rehearse(
        options,
        |production| {
            before = Some(production.clone());
            if let Some(person) = production.people.get_mut(slug) {
                person.consent = Some(withdrawn_from(person.consent.take()));
            }
        },
        &mut told,
    );
    let production = before?;
    let person = production.people.get(slug)?.clone();
    let mentions = marked(mentions::of(&person, &production), &told);
    // What names the person is listed among the mentions.
    let others = told.into_iter().filter(|message| message.code != codes::NAMED_IN_TEXT);
    messages.extend(others.collect());
    let rehearsal: Rehearsal = rehearsal?;
    let site = rehearsal.site?;
    let (gone, changed) = differences(options, &rehearsal.plan, &site, &person);
    let base = production.site.base_url.as_deref();
    let purge = gone.iter().chain(&changed).flat_map(|path| addresses(base, path)).collect();
    let stills = production.stills.values().filter(|still| still.depicted.contains(slug)).map(|s| s.path.clone());
    let clips = production.clips.values().filter(|clip| clip.people.iter().any(|p| p == slug)).map(|c| c.path.clone());
    let (stills, clips): (Vec<String>, Vec<String>) = (stills.collect(), clips.collect());
    let issued = issued(&Trail::new(&options.records).read(messages), slug);
    let stories = stories(&production, &person, &stills, &clips);
    Some(Withdrawal { person, stills, clips, stories, mentions, gone, changed, purge, issued })
}

fn withdrawn_from(consent: Option<Consent>) -> Consent {
    let none = Consent {
        status: ConsentStatus::Withdrawn,
        scope: None,
        media: None,
        signed: None,
        expires: None,
        lacks_guardian: false,
        form: None,
    };
    Consent { status: ConsentStatus::Withdrawn, ..consent.unwrap_or(none) }
}

/// Marks the lines that stop the next build; those that were not found by looking are added.
fn marked(mut mentions: Vec<Mention>, told: &Diagnostics) -> Vec<Mention> {
    for message in told.sorted().into_iter().filter(|message| message.code == codes::NAMED_IN_TEXT) {
        let Some(origin) = &message.origin else { continue };
        let line = origin.position().map_or(1, |(line, _)| line);
        // Some texts are told by the head of the table that they stand in.
        let there = mentions.iter_mut().find(|m| m.file == origin.file.path && m.line >= line);
        match there {
            Some(mention) => mention.stops = true,
            None => mentions.push(Mention {
                file: origin.file.path.clone(),
                line,
                text: origin.file.line_at(origin.span.start).trim().to_owned(),
                stops: true,
            }),
        }
    }
    mentions.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    mentions
}

fn stories(production: &Production, person: &Person, stills: &[String], clips: &[String]) -> Vec<String> {
    let shows = |path: &str| stills.iter().chain(clips).any(|own| own == path);
    let told = production.stories.values().filter(|story| {
        let cover = story.cover.as_deref().is_some_and(shows);
        let pictures = story.text.pieces.iter().any(|piece| piece.stills().into_iter().any(shows));
        let files = &story.origin.file.text;
        cover || pictures || story.crew.contains(&person.slug) || !lines_that_name(person, files).is_empty()
    });
    told.map(|story| story.origin.file.path.clone()).collect()
}

/// Files of the output that a build would remove, and that it would change or that name the person.
fn differences(options: &Options, plan: &Plan, site: &Finished, person: &Person) -> (Vec<String>, Vec<String>) {
    let manifest = Manifest::load(&options.output).ok().flatten();
    let files = manifest.map(|manifest| manifest.files).unwrap_or_default();
    // A picture that says the name in its metadata gets another name when that is taken out. Small ones say nothing.
    let in_file = |path: &str| names(&disk::read(&options.output.join(path)).unwrap_or_default(), person);
    let suspects = plan.outputs.iter().filter(|(_, job)| says(job, person)).map(|(path, _)| path);
    let said: BTreeSet<&str> = suspects.filter(|path| in_file(path)).collect();
    let there: BTreeSet<&str> = site.iter().map(|(path, _)| path).collect();
    let stays = |path: &String| there.contains(path.as_str()) && !said.contains(path.as_str());
    let (stay, gone): (BTreeSet<String>, BTreeSet<String>) = files.into_iter().partition(stays);
    let differs = |path: &String| {
        let made = match site.file(path) {
            // It is named by its content.
            Some(Made::Cached(_)) | None => return false,
            Some(made) => made,
        };
        let there = disk::read(&options.output.join(path)).unwrap_or_default();
        let other = match made {
            Made::Bytes(bytes) => **bytes != *there,
            made => made.file().is_some_and(|file| disk::read(file).is_ok_and(|bytes| bytes != there)),
        };
        other || names(&there, person)
    };
    (gone.into_iter().collect(), stay.into_iter().filter(differs).collect())
}

/// Whether a file names somebody.
fn names(bytes: &[u8], person: &Person) -> bool {
    !lines_that_name(person, &String::from_utf8_lossy(bytes)).is_empty()
}

/// Whether a picture's metadata name somebody.
fn says(job: &Job, person: &Person) -> bool {
    // Plain texts always serialise.
    let text = |print: &crate::plan::PrintJob| serde_json::to_string(&print.metadata).unwrap_or_default();
    matches!(job, Job::Print(print) if !lines_that_name(person, &text(print)).is_empty())
}

/// All ways to write the address of a file: that of a page is that of its folder as well.
fn addresses(base: Option<&str>, path: &str) -> Vec<String> {
    let whole = |path: &str| format!("{}{}", base.unwrap_or("/"), encoded(path));
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.map(&whole).into_iter().chain([whole(path)]).collect()
}

fn issued(trail: &[Entry], slug: &str) -> Vec<Entry> {
    let holds = |entry: &&Entry| entry.audience != "public" && entry.people.contains(slug);
    trail.iter().filter(holds).filter(|entry| entry.change != Change::Left).cloned().collect()
}

impl Withdrawal {
    /// Whether the profile says so already.
    pub fn is_done(&self) -> bool {
        self.person.consent.as_ref().is_some_and(|consent| consent.status == ConsentStatus::Withdrawn)
    }
}
