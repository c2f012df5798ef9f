//! Where somebody is named in what was written.

use crate::clearance::lines_that_name;
use crate::diagnostic::SourceFile;
use crate::production::{Person, Production, texts};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Path below the site's folder.
    pub file: String,
    /// From 1 on.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// It would still be published, so it stops the next build.
    pub stops: bool,
}

/// Every line outside of their profile that names somebody, in any way that is looked out for.
pub(super) fn of(person: &Person, production: &Production) -> Vec<Mention> {
    let mut all = Vec::new();
    for (path, file) in files(production) {
        if path == person.origin.file.path {
            continue;
        }
        for line in lines_that_name(person, &file.text) {
            let text = file.text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
            all.push(Mention { file: path.clone(), line, text, stops: false });
        }
    }
    all
}

/// Every file that something of the production is written in.
fn files(production: &Production) -> BTreeMap<String, Arc<SourceFile>> {
    let mut found = BTreeMap::new();
    let mut add = |file: &Arc<SourceFile>| {
        found.entry(file.path.clone()).or_insert_with(|| Arc::clone(file));
    };
    texts::each(&mut production.clone(), &mut |_, origin, _| add(&origin.file));
    let documents = (production.stories.values().map(|story| &story.origin))
        .chain(production.people.values().map(|person| &person.origin))
        .chain(production.galleries.values().map(|gallery| &gallery.origin))
        .chain(production.stills.values().map(|still| &still.origin))
        .chain(production.clips.values().map(|clip| &clip.origin))
        .chain(production.pages.values().map(|page| &page.origin));
    documents.for_each(|origin| add(&origin.file));
    found
}
