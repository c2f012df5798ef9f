//! Changing one word in a profile, and leaving everything else as its author wrote it.

use crate::diagnostic::{Diagnostics, SourceFile};
use crate::source::{front_matter, person};
use std::ops::Range;
use std::sync::Arc;

/// The text of a profile in which consent is withdrawn; `None` when it cannot be understood.
pub fn withdrawn(file: &Arc<SourceFile>) -> Option<String> {
    let document = person::parse(file, "en", &mut Diagnostics::new())?;
    let (place, words) = match &document.fields.consent {
        Some(consent) => (consent.status.as_ref()?.origin.span.clone(), "\"withdrawn\"".to_owned()),
        None => table(file)?,
    };
    let changed = format!("{}{words}{}", &file.text[..place.start], &file.text[place.end..]);
    is_withdrawn(&file.path, &changed).then_some(changed)
}

/// The table for a profile that has none, and where it goes.
fn table(file: &Arc<SourceFile>) -> Option<(Range<usize>, String)> {
    let parts = front_matter::split(file, &mut Diagnostics::new())?;
    let end = parts.front.offset + parts.front.text.len();
    let line = if parts.front.text.ends_with("\r\n") { "\r\n" } else { "\n" };
    Some((end..end, format!("{line}[consent]{line}status = \"withdrawn\"{line}")))
}

fn is_withdrawn(path: &str, text: &str) -> bool {
    let file = SourceFile::new(path, text);
    let document = person::parse(&file, "en", &mut Diagnostics::new());
    let status = document.and_then(|document| document.fields.consent?.status);
    status.is_some_and(|status| status.value == "withdrawn")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_changes_and_nothing_else() {
        for (before, after) in [
            (
                "+++\nname = 'A'  # a note\n[consent]\nstatus   = 'granted'   # signed in Rome\nform = \"R\"\n+++\n\nText.\n",
                "+++\nname = 'A'  # a note\n[consent]\nstatus   = \"withdrawn\"   # signed in Rome\nform = \"R\"\n+++\n\nText.\n",
            ),
            (
                "+++\nconsent = { status = \"limited\", scope = [\"name\"] }\nname = \"A\"\n+++\n",
                "+++\nconsent = { status = \"withdrawn\", scope = [\"name\"] }\nname = \"A\"\n+++\n",
            ),
            (
                "+++\nname = \"A\"\nconsent.status = \"pending\"\n+++\n",
                "+++\nname = \"A\"\nconsent.status = \"withdrawn\"\n+++\n",
            ),
            (
                "\u{feff}+++\r\nname = \"A\"\r\n[approval]\r\nsolo = 50\r\n+++\r\nText.",
                "\u{feff}+++\r\nname = \"A\"\r\n[approval]\r\nsolo = 50\r\n\r\n[consent]\r\nstatus = \"withdrawn\"\r\n+++\r\nText.",
            ),
        ] {
            assert_eq!(withdrawn(&SourceFile::new("crew/a.md", before)).as_deref(), Some(after));
            assert_eq!(withdrawn(&SourceFile::new("crew/a.md", after)).as_deref(), Some(after), "once more");
        }
        for broken in ["", "+++\nname = \"A\"\n[consent]\nform = \"R\"\n+++\n", "+++\nname = \n+++\n"] {
            assert_eq!(withdrawn(&SourceFile::new("crew/a.md", broken)), None, "{broken:?}");
        }
    }
}
