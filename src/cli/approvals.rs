//! `backlot approvals export` and `import`.

use super::arguments::{Approvals, View};
use super::summary::count;
use crate::build::{self, Read};
use crate::desk::{self, Imported, Line};
use crate::diagnostic::{Diagnostics, SourceFile, nearest};
use crate::disk;
use crate::source::approvals::{Decision, FILE};
use std::collections::BTreeMap;
use std::path::Path;

/// Runs one of the two.
pub(super) fn run(approvals: &Approvals) -> u8 {
    match approvals {
        Approvals::Export { view, person, submit, to } => export(view, person.as_deref(), *submit, to.as_deref()),
        Approvals::Import { file, view } => import(file, view),
    }
}

/// What was read, unless it has mistakes: a table that is not understood must not be written anew.
fn read(view: &View) -> Option<Read> {
    let mut messages = Diagnostics::new();
    let read = build::read(&super::seen(view), &mut messages);
    let good = super::complain(&messages);
    read.filter(|_| good)
}

fn export(view: &View, person: Option<&str>, submit: bool, to: Option<&Path>) -> u8 {
    let Some(mut read) = read(view) else { return super::SITE_HAS_ERRORS };
    let slug = match person {
        None => None,
        Some(written) => match desk::person(&read.production, written) {
            Some(person) => Some(person.slug.clone()),
            None => {
                let near = nearest(written, desk::names(&read.production));
                let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
                super::tell(&format!("Nobody in crew/ is called `{written}`.{near}"));
                return super::WRONG_USE;
            }
        },
    };
    if submit {
        let (table, new) = desk::submit(&read, slug.as_deref());
        if let Err(error) = disk::write_atomically(&view.site.join(FILE), table.as_bytes()) {
            super::tell(&format!("`{}` cannot be written: {error}", view.site.join(FILE).display()));
            return super::SITE_HAS_ERRORS;
        }
        let Some(again) = self::read(view) else { return super::SITE_HAS_ERRORS };
        read = again;
        super::tell(&submitted(&read, &new));
    }
    let (table, lines) = desk::export(&read, slug.as_deref());
    if lines == 0 {
        super::tell(nobody(slug.as_deref()));
    }
    let Some(to) = to else {
        super::print(table.trim_end());
        return super::DONE;
    };
    // Without the mark, spreadsheets read accents wrongly.
    match disk::write_atomically(to, format!("\u{feff}{table}").as_bytes()) {
        Ok(()) => {
            super::tell(&format!("{} in `{}`.", count(lines, "line", "lines"), to.display()));
            super::DONE
        }
        Err(error) => {
            super::tell(&format!("`{}` cannot be written: {error}", to.display()));
            super::SITE_HAS_ERRORS
        }
    }
}

fn nobody(person: Option<&str>) -> &'static str {
    if person.is_some() {
        "This person has no say about any still: their profile has no [approval], or they are named on none."
    } else {
        "Nobody has a say about any still: no profile in crew/ has an [approval] table."
    }
}

/// To whom how much was sent, and when their time is over.
fn submitted(read: &Read, new: &[Line]) -> String {
    if new.is_empty() {
        return format!("Nothing is new: everything in `{FILE}` was submitted before.");
    }
    let mut by_person: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    new.iter().for_each(|line| by_person.entry(&line.person).or_default().push(line));
    let mut text = format!("Recorded in `{FILE}` as submitted today:");
    for (slug, lines) in by_person {
        let Some(person) = read.production.people.get(slug) else { continue };
        let stills = count(lines.len(), "still", "stills");
        let window = person.approval.as_ref().and_then(|right| right.window);
        let lapses = lines.iter().find_map(|l| read.production.approvals.between(&l.still, slug)?.lapses);
        let ends = match (window, lapses, read.production.site.deem_undecided) {
            (Some(term), Some(at), true) => {
                format!("undecided after {term}, from {} on, counts as approved", read.clock.show(at))
            }
            (Some(term), Some(at), false) => {
                format!("their {term} end on {}; undecided stays held", read.clock.show(at))
            }
            _ => "no `window` is in their profile; undecided stays held".to_owned(),
        };
        text += &format!("\n  {stills} to {}: {ends}.", person.name.value);
    }
    text
}

fn import(file: &Path, view: &View) -> u8 {
    let Some(read) = read(view) else { return super::SITE_HAS_ERRORS };
    let text = match disk::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            super::tell(&format!(
                "`{}` is not saved as UTF-8. In your spreadsheet, save it as \"CSV UTF-8\".",
                file.display()
            ));
            return super::SITE_HAS_ERRORS;
        }
        Err(error) => {
            super::tell(&format!("`{}` cannot be read: {error}", file.display()));
            return super::WRONG_USE;
        }
    };
    let mut messages = Diagnostics::new();
    let imported = desk::import(&read, &SourceFile::new(file.display().to_string(), text), &mut messages);
    super::complain(&messages);
    let Some(imported) = imported else {
        super::tell("Nothing was taken over, because the list has mistakes. Mend them and import it again.");
        return super::SITE_HAS_ERRORS;
    };
    if let Err(error) = disk::write_atomically(&view.site.join(FILE), imported.table.as_bytes()) {
        super::tell(&format!("`{}` cannot be written: {error}", view.site.join(FILE).display()));
        return super::SITE_HAS_ERRORS;
    }
    super::tell(&told(&imported));
    super::DONE
}

fn told(imported: &Imported) -> String {
    let of = |decision: Decision| imported.changed.iter().filter(|line| line.decision == decision).count();
    let mut text = format!(
        "{} recorded in `{FILE}`: {} approved, {} killed.",
        count(imported.changed.len(), "decision", "decisions"),
        of(Decision::Approved),
        of(Decision::Killed)
    );
    let mut say = |number: usize, one: &str, many: &str| {
        if number > 0 {
            text += &format!("\n{} {}", number, if number == 1 { one } else { many });
        }
    };
    say(of(Decision::Undecided), "was taken back.", "were taken back.");
    say(imported.known, "was recorded already.", "were recorded already.");
    say(imported.open, "is still undecided.", "are still undecided.");
    say(
        imported.kept,
        "is empty in the list and decided on record, which stands. To take a decision back, write `undecided` and the day.",
        "are empty in the list and decided on record, which stands. To take a decision back, write `undecided` and the day.",
    );
    text
}
