//! Messages as JSON lines: one object a line, the same facts as [`super::human`].

use super::{Diagnostic, Severity};
use serde_json::{Value, json};

/// One message: `severity`, `code`, `message`, `file`, `line`, `column`, `source`, `hints`.
pub fn object(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let origin = diagnostic.origin.as_ref();
    let position = origin.and_then(|o| o.position());
    json!({
        "severity": severity,
        "code": diagnostic.code.0,
        "message": diagnostic.message,
        "file": origin.map(|o| o.file.path.as_str()),
        "line": position.map(|p| p.0),
        "column": position.map(|p| p.1),
        "source": origin.filter(|_| position.is_some()).map(|o| o.file.line_at(o.span.start)),
        "hints": diagnostic.hints,
    })
}
