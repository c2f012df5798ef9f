//! `backlot clearance`: what is held, what became public, and why.

use super::arguments::{By, Clearance, Table};
use crate::clearance::{Held, Reason};
use crate::desk::{self, Account};
use crate::diagnostic::Diagnostics;
use crate::source::sheet;
use crate::trail::{self, Change, Entry};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Prints the account of the site.
pub(super) fn run(arguments: &Clearance) -> u8 {
    let options = super::seen(&arguments.view);
    let mut messages = Diagnostics::new();
    let account = desk::account(&options, &mut messages);
    let good = super::complain(&messages);
    let Some(account) = account else { return super::SITE_HAS_ERRORS };
    let output = options.output_name();
    super::print(
        match (arguments.format, arguments.trail) {
            (Table::Human, false) => human(&account, arguments.by, options.audience.name(), &output),
            (Table::Csv, false) => csv(&account),
            (Table::Json, false) => json_lines(&account),
            (Table::Human, true) => history(&account),
            (Table::Csv, true) => trail::table(&account.trail),
            (Table::Json, true) => lines(account.trail.iter().map(|entry| self::entry(entry, entry.change.word()))),
        }
        .trim_end(),
    );
    if good { super::DONE } else { super::SITE_HAS_ERRORS }
}

fn human(account: &Account, by: By, audience: &str, output: &str) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "Seen from {}, for the audience `{audience}`.\n", account.clock.show(account.as_of));
    if account.held.is_empty() {
        text.push_str("Nothing is held back.\n");
    } else {
        let _ = writeln!(text, "Held back, {}:\n", super::summary::count(account.held.len(), "item", "items"));
        text.push_str(&match by {
            By::Still => by_still(account),
            By::Person => by_person(account),
            By::Date => by_date(account),
        });
    }
    text.push('\n');
    match account.last.first() {
        None => {
            let _ = writeln!(text, "No build into `{output}` is recorded yet.");
        }
        Some(first) => {
            let _ = writeln!(text, "The last build that changed `{output}`, on {}:", account.clock.show(first.built));
            text.push_str(&changed(&account.last));
        }
    }
    text.push('\n');
    if account.next.is_empty() {
        text.push_str("A build now would make nothing public that is not, and take nothing away.\n");
    } else {
        text.push_str("A build now would change:\n");
        text.push_str(&changed(&account.next));
    }
    text
}

/// So many changes are listed one by one; a first build would fill the screen.
const LISTED: usize = 40;

fn changed(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries.iter().take(LISTED) {
        let _ = writeln!(text, "  {}", change(entry));
    }
    if entries.len() > LISTED {
        let rest = entries.len() - LISTED;
        let _ = writeln!(text, "  and {rest} more: `--format csv` lists them all");
    }
    text
}

fn change(entry: &Entry) -> String {
    let (kind, item) = (&entry.kind, &entry.item);
    match entry.change {
        Change::Came => format!("+ {kind} {item}: {}", entry.rule),
        Change::Replaced => format!("~ {kind} {item}, another picture: {}", entry.rule),
        Change::Left => format!("- {kind} {item}"),
    }
}

fn title(held: &Held) -> String {
    let place = held.origin.position().map(|(line, _)| format!("  ({}:{line})", held.origin.file.path));
    format!("{} {}{}", held.subject.kind(), held.label, place.unwrap_or_default())
}

fn by_still(account: &Account) -> String {
    let mut text = String::new();
    for held in &account.held {
        let _ = writeln!(text, "{}", title(held));
        for reason in &held.reasons {
            let _ = writeln!(text, "  {}\n    → {}", reason.why(Some(&account.clock)), reason.remedy());
        }
    }
    text
}

/// Held things by what they depend on; what depends on several is there several times.
fn grouped<K: Ord>(account: &Account, key: impl Fn(&Reason) -> K) -> BTreeMap<K, Vec<(&Held, &Reason)>> {
    let mut groups: BTreeMap<K, Vec<(&Held, &Reason)>> = BTreeMap::new();
    for held in &account.held {
        for reason in &held.reasons {
            groups.entry(key(reason)).or_default().push((held, reason));
        }
    }
    groups
}

fn by_person(account: &Account) -> String {
    let groups = grouped(account, |reason| (reason.person().is_none(), reason.person().map(ToOwned::to_owned)));
    let mut text = String::new();
    for ((_, person), items) in groups {
        let _ = writeln!(text, "{}", person.as_deref().unwrap_or("For reasons that are nobody's own"));
        text.push_str(&group(account, &items));
    }
    text
}

fn by_date(account: &Account) -> String {
    let groups = grouped(account, |reason| (reason.until().is_none(), reason.until()));
    let mut text = String::new();
    for ((_, until), items) in groups {
        let heading = match until {
            Some(instant) => format!("Until {}", account.clock.show(instant)),
            None => "Until somebody does something".to_owned(),
        };
        let _ = writeln!(text, "{heading}");
        text.push_str(&group(account, &items));
    }
    text
}

/// Items of a group; what is to be done is said once for neighbours with the same remedy.
fn group(account: &Account, items: &[(&Held, &Reason)]) -> String {
    let mut text = String::new();
    for (at, (held, reason)) in items.iter().enumerate() {
        let _ = writeln!(text, "  {}: {}", title(held), reason.why(Some(&account.clock)));
        let remedy = reason.remedy();
        if items.get(at + 1).is_none_or(|(_, next)| next.remedy() != remedy) {
            let _ = writeln!(text, "    → {remedy}");
        }
    }
    text
}

const COLUMNS: &[&str] = &["state", "what", "item", "person", "why", "date", "to_do", "file", "line"];

/// What is held, what would come and go, and what came and went with the last build, in one table.
fn csv(account: &Account) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let date = |instant: Option<Timestamp>| instant.map(|at| account.clock.show(at)).unwrap_or_default();
    for held in &account.held {
        for reason in &held.reasons {
            rows.push(vec![
                "held".to_owned(),
                held.subject.kind().to_owned(),
                held.subject.name().to_owned(),
                reason.person().unwrap_or_default().to_owned(),
                reason.why(Some(&account.clock)),
                date(reason.until()),
                reason.remedy(),
                held.origin.file.path.clone(),
                held.origin.position().map(|(line, _)| line.to_string()).unwrap_or_default(),
            ]);
        }
    }
    let next = account.next.iter().map(|entry| (state(entry, true), entry, None));
    let last = account.last.iter().map(|entry| (state(entry, false), entry, Some(entry.built)));
    for (state, entry, at) in next.chain(last) {
        let empty = String::new;
        let item = [state.to_owned(), entry.kind.clone(), entry.item.clone(), empty(), entry.rule.clone(), date(at)];
        rows.push(item.into_iter().chain([empty(), empty(), empty()]).collect());
    }
    sheet::write(COLUMNS, rows.iter().map(|row| row.iter().map(String::as_str).collect()))
}

fn state(entry: &Entry, next: bool) -> &'static str {
    match (entry.change, next) {
        (Change::Came, true) => "would come",
        (Change::Replaced, true) => "would be replaced",
        (Change::Left, true) => "would leave",
        (change, false) => change.word(),
    }
}

fn json_lines(account: &Account) -> String {
    let held = account.held.iter().map(|held| {
        let reason = |reason: &Reason| {
            json!({
                "why": reason.why(Some(&account.clock)),
                "person": reason.person(),
                "until": reason.until().map(|at| at.to_string()),
                "remedy": reason.remedy(),
            })
        };
        json!({
            "state": "held",
            "what": held.subject.kind(),
            "item": held.subject.name(),
            "name": held.label,
            "reasons": held.reasons.iter().map(reason).collect::<Vec<_>>(),
            "file": held.origin.file.path,
            "line": held.origin.position().map(|(line, _)| line),
        })
    });
    let next = account.next.iter().map(|entry| self::entry(entry, state(entry, true)));
    let last = account.last.iter().map(|entry| self::entry(entry, state(entry, false)));
    lines(held.chain(next).chain(last))
}

fn entry(entry: &Entry, state: &str) -> Value {
    json!({
        "state": state,
        "what": entry.kind,
        "item": entry.item,
        "rule": entry.rule,
        "address": entry.address,
        "people": entry.people,
        "picture": entry.picture,
        "audience": entry.audience,
        "output": entry.output,
        "built": entry.built.to_string(),
        "as_of": entry.as_of.to_string(),
    })
}

fn lines(objects: impl Iterator<Item = Value>) -> String {
    objects.map(|object| object.to_string() + "\n").collect()
}

/// The whole trail, build by build.
fn history(account: &Account) -> String {
    if account.trail.is_empty() {
        return "Nothing is recorded yet: every build from now on is.".to_owned();
    }
    let mut text = String::new();
    let mut last = None;
    for entry in &account.trail {
        let build = (entry.built, &entry.audience, &entry.output);
        if last != Some(build) {
            let (built, audience) = (account.clock.show(entry.built), &entry.audience);
            let _ = writeln!(text, "{built}, into `{}`, for the audience `{audience}`:", entry.output);
            if entry.built.duration_until(entry.as_of).abs().as_secs() > 120 {
                let _ = writeln!(text, "  (as if it were {})", account.clock.show(entry.as_of));
            }
            last = Some(build);
        }
        let _ = writeln!(text, "  {}", change(entry));
    }
    text
}
