//! The crew by department, and a page for each person.

use super::Sketch;
use crate::plan::cards::initials;
use crate::plan::context as see;
use crate::plan::draft::{Draft, external};
use crate::plan::outputs::PageJob;
use crate::plan::sheet::Sheet;
use crate::plan::{address, json_ld};
use crate::production::{Person, Still};
use crate::source::slugify;

pub(super) fn pages(draft: &Draft<'_>) -> Vec<PageJob> {
    let mut pages: Vec<PageJob> = index(draft).into_iter().collect();
    pages.extend(draft.each(draft.people.len(), person));
    pages
}

/// The page of one person.
pub(super) fn profile(draft: &Draft<'_>, slug: &str) -> Option<PageJob> {
    let place = draft.people.iter().position(|person| person.slug == slug)?;
    Some(person(draft, place))
}

/// The crew by department.
pub(super) fn index(draft: &Draft<'_>) -> Option<PageJob> {
    if draft.people.is_empty() {
        return None;
    }
    let sheet = Sheet::new(draft, "crew/");
    let language = draft.language();
    let title = language.word("crew_title").to_owned();
    // A department stands where its first person is billed; those without one stand last.
    let mut departments: Vec<(String, see::Department)> = Vec::new();
    for person in &draft.people {
        let name = person.department.as_ref().map(|d| d.value.clone()).unwrap_or_default();
        let key = slugify(&name);
        let card = sheet.person_card(person);
        match departments.iter_mut().find(|(known, _)| *known == key) {
            Some((_, department)) => department.people.push(card),
            None => departments.push((key, see::Department { name, people: vec![card] })),
        }
    }
    departments.sort_by_key(|(key, _)| key.is_empty());
    for (_, department) in &mut departments {
        if department.name.is_empty() {
            department.name = language.word("other_department").to_owned();
        }
    }
    Some(sheet.finish(Sketch {
        notice: None,
        kind: "crew",
        template: "crew.html",
        description: language.fill("crew_description", &[("title", &draft.shown.site.title.value)]),
        picture: None,
        og_type: "website",
        published: None,
        trail: vec![(title.clone(), "crew/".to_owned())],
        json_ld: Vec::new(),
        subject: see::Subject::Crew(see::Crew { departments: departments.into_iter().map(|(_, d)| d).collect() }),
        title,
    }))
}

fn person(draft: &Draft<'_>, index: usize) -> PageJob {
    let person = draft.people[index];
    let language = draft.language();
    let sheet = Sheet::new(draft, address::person(&person.slug));
    let value = |text: &Option<crate::diagnostic::Located<String>>| text.as_ref().map(|t| t.value.clone());
    let neighbour = |i: Option<usize>| i.and_then(|i| draft.people.get(i)).map(|p| sheet.person_card(p));
    let portrait = person.portrait.as_deref().and_then(|path| sheet.still(path));
    let context = see::Person {
        name: person.name.value.clone(),
        initials: initials(&person.name.value),
        role: value(&person.role),
        character: value(&person.character),
        department: value(&person.department),
        portrait: portrait.map(|still| sheet.figure(still, "profile", None, None)),
        body: sheet.segments(&person.text),
        links: external(&person.links),
        stories: sheet.story_cards(draft.stories_of_person(&person.slug)),
        stills: stills_of(draft, person)
            .into_iter()
            .enumerate()
            .map(|(i, still)| sheet.thumb(still, i + 1, "grid"))
            .collect(),
        previous: neighbour(index.checked_sub(1)),
        next: neighbour(Some(index + 1)),
    };
    sheet.finish(Sketch {
        notice: person.notice.as_ref(),
        kind: "person",
        template: "person.html",
        title: person.name.value.clone(),
        description: match &person.role {
            Some(role) => language.fill(
                "person_description",
                &[("name", &person.name.value), ("role", &role.value), ("title", &draft.shown.site.title.value)],
            ),
            None => person.name.value.clone(),
        },
        picture: portrait,
        og_type: "profile",
        published: None,
        trail: vec![
            (language.word("crew_title").to_owned(), "crew/".to_owned()),
            (person.name.value.clone(), sheet.address.clone()),
        ],
        json_ld: vec![json_ld::person(&sheet, person)],
        subject: see::Subject::Person(Box::new(context)),
    })
}

/// Stills of galleries that show a person, in the order of the galleries.
fn stills_of<'a>(draft: &Draft<'a>, person: &Person) -> Vec<&'a Still> {
    let paths = draft.galleries.iter().flat_map(|g| &g.stills).filter(|path| Some(*path) != person.portrait.as_ref());
    paths.filter_map(|path| draft.shown.stills.get(path)).filter(|still| still.people.contains(&person.slug)).collect()
}
