//! Contact sheets, for those who decide about stills: one with all, and one for each person, in a folder of its own
//! that can be sent as it is. No sheet needs a file of another, and none shows a picture without words burnt into it.

use super::context as see;
use super::draft::Draft;
use super::memory::Part;
use super::outputs::{Job, Outputs, PageJob};
use super::pages::Sketch;
use super::sheet::Sheet;
use super::{address, sitemap};
use crate::diagnostic::Diagnostics;
use crate::production::{Approvals, Person, Still, Verdict};
use std::sync::Arc;

/// The longer side of a picture on a sheet, in pixels: enough to judge it, too little to print it.
const LONGEST: u32 = 640;
/// Folder of the sheet with all stills.
const ALL: &str = "all/";

/// Adds all sheets, the page that leads to them, and to each folder what its page needs. `shared` are fonts.
pub(super) fn plan(draft: &Draft<'_>, shared: &Outputs, outputs: &mut Outputs, messages: &mut Diagnostics) {
    let stills = in_order(draft);
    let people: Vec<&Person> =
        draft.people.iter().filter(|person| stills.iter().any(|still| shows(still, person))).copied().collect();
    let everybody = std::iter::once(None).chain(people.iter().copied().map(Some));
    let whom: Vec<Option<&Person>> = everybody.collect();
    add(
        draft,
        "",
        shared,
        Draft::part(draft.common(), |draft| (vec![overview(draft, &whom, &stills)], Vec::new())),
        outputs,
        messages,
    );
    for person in whom {
        let part = Draft::part(draft.common(), |draft| (vec![sheet(draft, person, &stills)], Vec::new()));
        add(draft, &folder(person), shared, part, outputs, messages);
    }
    sitemap::plan(draft, &[], outputs, messages);
}

fn folder(person: Option<&Person>) -> String {
    person.map_or_else(|| ALL.to_owned(), |person| format!("people/{}/", person.slug))
}

/// Puts a part and what all parts need into a folder.
fn add(
    draft: &Draft<'_>,
    folder: &str,
    shared: &Outputs,
    part: Part,
    outputs: &mut Outputs,
    messages: &mut Diagnostics,
) {
    for (path, job) in shared.iter().map(|(path, job)| (path.to_owned(), job.clone())).chain(draft.looks()) {
        outputs.add(format!("{folder}{path}"), job, messages);
    }
    for page in &part.group.pages {
        outputs.add(format!("{folder}{}", page.path), Job::Page(Arc::clone(page)), messages);
    }
    for (path, job) in &part.group.prints {
        outputs.add_by_content(format!("{folder}{path}"), job.clone());
    }
}

/// Gallery by gallery, then the stills that are in none.
fn in_order<'a>(draft: &Draft<'a>) -> Vec<&'a Still> {
    let stills = &draft.shown.stills;
    let listed = draft.galleries.iter().flat_map(|gallery| &gallery.stills).filter_map(|path| stills.get(path));
    listed.chain(stills.values().filter(|still| still.gallery.is_none())).collect()
}

fn shows(still: &Still, person: &Person) -> bool {
    still.depicted.contains(&person.slug)
}

/// The stills that somebody decides about, those first that they have not approved yet; all of them on the sheet of
/// everybody.
fn of<'a>(person: Option<&Person>, stills: &[&'a Still], approvals: &Approvals) -> Vec<&'a Still> {
    let own = stills.iter().copied().filter(|still| person.is_none_or(|person| shows(still, person)));
    let mut own: Vec<&Still> = own.collect();
    let approved = |still: &&Still| {
        let standing = person.and_then(|person| approvals.between(&still.path, &person.slug));
        standing.is_some_and(|s| matches!(s.verdict, Verdict::Approved { .. } | Verdict::Deemed { .. }))
    };
    own.sort_by_key(approved);
    own
}

/// The page that leads to all sheets.
fn overview(draft: &Draft<'_>, whom: &[Option<&Person>], stills: &[&Still]) -> PageJob {
    let sheet = Sheet::new(draft, "");
    let language = draft.language();
    let entry = |person: &Option<&Person>| see::ProofEntry {
        label: person.map_or_else(|| language.word("proofs_all").to_owned(), |person| person.name.value.clone()),
        href: sheet.file(&address::file(&folder(*person))),
        count: language.count("stills", of(*person, stills, &sheet.shown().approvals).len() as u64),
    };
    let subject = see::Subject::Proofs(see::Proofs { sheets: whom.iter().map(entry).collect() });
    page(&sheet, "proofs.html", language.word("proofs_title").to_owned(), subject)
}

fn sheet(draft: &Draft<'_>, person: Option<&Person>, stills: &[&Still]) -> PageJob {
    let sheet = Sheet::new(draft, "");
    let language = draft.language();
    let words = person.map_or_else(|| "PROOF".to_owned(), |person| format!("PROOF · {}", person.name.value));
    let frames: Vec<see::Frame> = of(person, stills, &sheet.shown().approvals)
        .into_iter()
        .enumerate()
        .map(|(place, still)| frame(&sheet, still, place + 1, &words))
        .collect();
    let title = person.map_or_else(|| language.word("proofs_all").to_owned(), |person| person.name.value.clone());
    let subject = see::Subject::ProofSheet(Box::new(see::ProofSheet {
        person: person.map(|person| person.slug.clone()),
        count: language.count("stills", frames.len() as u64),
        frames,
    }));
    page(&sheet, "proof_sheet.html", title, subject)
}

fn frame(sheet: &Sheet<'_>, still: &Still, number: usize, words: &str) -> see::Frame {
    let shown = sheet.shown();
    let (src, width, height) = sheet.draft.with_prints(|prints| prints.proof(still, LONGEST, words.to_owned()));
    let named = still.people.iter().chain(still.depicted.iter().filter(|slug| !still.people.contains(slug)));
    see::Frame {
        number,
        id: still.path.rsplit('/').next().unwrap_or(&still.path).to_owned(),
        still: still.path.clone(),
        gallery: still.gallery.as_ref().and_then(|slug| shown.galleries.get(slug)).map(|g| g.title.value.clone()),
        people: named.filter_map(|slug| shown.people.get(slug)).map(|person| person.name.value.clone()).collect(),
        src,
        width,
        height,
        alt: still.alt.clone().unwrap_or_default(),
    }
}

fn page(sheet: &Sheet<'_>, template: &'static str, title: String, subject: see::Subject) -> PageJob {
    sheet.finish(Sketch {
        notice: None,
        kind: "proofs",
        template,
        title,
        description: String::new(),
        picture: None,
        og_type: "website",
        published: None,
        trail: Vec::new(),
        subject,
        json_ld: Vec::new(),
    })
}
