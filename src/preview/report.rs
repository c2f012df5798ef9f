//! What came of a run, as the browser's script reads it.

use super::editor::Editor;
use crate::build::{Options, Report};
use crate::clearance::{Held, Reason};
use crate::diagnostic::{Diagnostics, Origin, Severity, json};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// All messages but notes, errors first, each with its place and a link to the editor.
pub(super) fn problems(messages: &Diagnostics, site: &Path, editor: &Editor) -> Vec<Value> {
    let sorted = messages.sorted().into_iter().filter(|message| message.severity != Severity::Note);
    let (errors, warnings): (Vec<_>, Vec<_>) = sorted.partition(|message| message.severity == Severity::Error);
    let object = |message: &crate::diagnostic::Diagnostic| {
        let mut object = json::object(message);
        object["link"] = json!(message.origin.as_ref().and_then(|origin| link(origin, site, editor)));
        let length = message.origin.as_ref().filter(|o| o.position().is_some()).map(marked);
        object["length"] = json!(length);
        object
    };
    errors.into_iter().chain(warnings).map(object).collect()
}

/// How many characters of its first line a message is about.
fn marked(origin: &Origin) -> usize {
    let text = origin.file.text.get(origin.span.clone()).unwrap_or_default();
    text.lines().next().map_or(0, |line| line.chars().count()).max(1)
}

fn link(origin: &Origin, site: &Path, editor: &Editor) -> Option<String> {
    let (line, column) = origin.position().unwrap_or((1, 1));
    let file = site.join(&origin.file.path);
    origin.position().and_then(|_| editor.link(&file, line, column))
}

/// What is held and why, each with its place.
pub(super) fn held(report: &Report, site: &Path, editor: &Editor) -> Vec<Value> {
    let item = |held: &Held| {
        let position = held.origin.position();
        json!({
            "what": held.subject.kind(),
            "name": held.label,
            "reasons": held.why(report.clock.as_ref()),
            "remedy": held.reasons.first().map(Reason::remedy),
            "why": held.reasons.first().map(heading),
            "file": held.origin.file.path,
            "line": position.map(|p| p.0),
            "link": link(&held.origin, site, editor),
        })
    };
    report.held.iter().map(item).collect()
}

/// The sort of reason, in a word or two, for counting.
fn heading(reason: &Reason) -> &'static str {
    match reason {
        Reason::Draft => "draft",
        Reason::Embargo(_) => "embargo",
        Reason::Expired(_) => "expired",
        Reason::Killed | Reason::Refused { .. } => "killed",
        Reason::Undecided { .. } => "not approved yet",
        Reason::Consent { .. } => "consent",
        Reason::Unnamed | Reason::Incomplete | Reason::Strangers => "people not named",
        Reason::GalleryHeld(_) => "gallery held",
        Reason::StoryHeld(_) => "story held",
        Reason::Empty => "empty",
    }
}

/// How many are held for which reason, the most frequent first.
pub(super) fn why(held: &[Value]) -> Value {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in held.iter().filter_map(|item| item["why"].as_str()) {
        *counts.entry(reason).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
    counts.into_iter().map(|(reason, count)| json!({ "why": reason, "count": count })).collect()
}

/// For whom and when the site is shown.
pub(super) fn options(options: &Options, report: &Report) -> Value {
    let zone = report.clock.as_ref();
    json!({
        "site": options.site.file_name().and_then(|name| name.to_str()),
        "audience": options.audience.name(),
        "drafts": options.drafts,
        "asOf": options.as_of.as_ref().map(|typed| {
            zone.and_then(|clock| clock.parse(typed).ok().map(|instant| clock.show(instant))).unwrap_or_else(|| typed.clone())
        }),
    })
}
