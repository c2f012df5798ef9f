//! What a run did, in a few lines.

use crate::build::{Options, Report};
use crate::diagnostic::Severity;
use crate::publish::{Finished, Forecast};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// Held things that are listed one by one; more are counted.
const LISTED: usize = 12;

/// After a build.
pub(super) fn text(report: &Report, options: &Options, time: Duration) -> String {
    let Some(written) = report.written else {
        return format!("Nothing was written: {}.", errors(report));
    };
    let mut text = held(report);
    let developed = report.developed;
    let _ = writeln!(
        text,
        "{} and {} in `{}`: {}.",
        count(written.pages, "page", "pages"),
        count(written.files - written.pages, "other file", "other files"),
        options.output.display(),
        size(written.bytes),
    );
    let _ = writeln!(
        text,
        "{} developed, {} reused; {} written, {} removed; {:.1} s.",
        count(developed.stills, "still", "stills"),
        developed.reused,
        count(written.written, "file", "files"),
        written.removed,
        time.as_secs_f64(),
    );
    if report.is_unchanged {
        text.push_str("Nothing has changed since the last build.\n");
    }
    let warnings = report.messages.count(Severity::Warning);
    if warnings > 0 {
        let _ = writeln!(text, "{} above.", count(warnings, "warning", "warnings"));
    }
    text.trim_end().to_owned()
}

/// After a check.
pub(super) fn checked(report: &Report) -> String {
    let mut text = held(report);
    let warnings = report.messages.count(Severity::Warning);
    if report.is_good() {
        text.push_str(&forecast(&report.forecast));
    }
    let _ = if report.is_good() {
        writeln!(
            text,
            "No errors, {}; {} would be built.",
            count(warnings, "warning", "warnings"),
            count(report.pages, "page", "pages")
        )
    } else {
        writeln!(text, "{}, {}.", capital(&errors(report)), count(warnings, "warning", "warnings"))
    };
    text.trim_end().to_owned()
}

/// For programs: one object.
pub(super) fn json(report: &Report, options: &Options) -> String {
    let held: Vec<_> = report
        .held
        .iter()
        .map(|h| {
            let reasons: Vec<String> = h.reasons.iter().map(|reason| reason.why(report.clock.as_ref())).collect();
            json!({ "what": h.subject.kind(), "name": h.label, "reasons": reasons })
        })
        .collect();
    let written = report.written.map(
        |w| json!({ "pages": w.pages, "files": w.files, "bytes": w.bytes, "written": w.written, "removed": w.removed }),
    );
    let Forecast { stills, megapixels, prints } = report.forecast;
    let forecast = json!({ "stills": stills, "megapixels": megapixels.round(), "pictures": prints });
    json!({
        "summary": {
            "output": options.output.display().to_string(),
            "site": written,
            "unchanged": report.is_unchanged,
            "opened": report.opened,
            "developed": report.developed.stills,
            "reused": report.developed.reused,
            "to_develop": forecast,
            "rendered": report.site.as_ref().map_or(0, Finished::rendered),
            "held": held,
            "errors": report.messages.count(Severity::Error),
            "warnings": report.messages.count(Severity::Warning),
        }
    })
    .to_string()
}

/// What building would develop; nothing when that is nothing.
fn forecast(forecast: &Forecast) -> String {
    if forecast.stills == 0 {
        return String::new();
    }
    format!(
        "To develop: {} of {:.0} megapixels in all, into {}.\n",
        count(forecast.stills, "still", "stills"),
        forecast.megapixels.ceil(),
        count(forecast.prints, "picture", "pictures"),
    )
}

fn held(report: &Report) -> String {
    let held = &report.held;
    if held.is_empty() {
        return String::new();
    }
    let mut text = format!("Held back, {}:\n", count(held.len(), "item", "items"));
    for item in held.iter().take(LISTED) {
        let _ = writeln!(text, "  {} {}: {}", item.subject.kind(), item.label, item.why(report.clock.as_ref()));
    }
    if held.len() > LISTED {
        let mut rest: BTreeMap<&str, usize> = BTreeMap::new();
        for item in held.iter().skip(LISTED) {
            *rest.entry(item.subject.kind()).or_default() += 1;
        }
        let rest: Vec<String> = rest.iter().map(|(kind, n)| format!("{n} × {kind}")).collect();
        let _ = writeln!(text, "  and {}", rest.join(", "));
    }
    text.push('\n');
    text
}

fn errors(report: &Report) -> String {
    count(report.messages.count(Severity::Error), "error", "errors")
}

pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn capital(text: &str) -> String {
    crate::source::fields::capitalised(text)
}

pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
