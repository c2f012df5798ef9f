//! Messages as a person reads them in a terminal: the line itself with a caret, drawn by
//! `annotate-snippets`.

use super::{Diagnostic, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Message, Origin as Header, Renderer, Snippet};
use annotate_snippets::{Report, renderer::DecorStyle};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape codes.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// Draws one message.
pub fn draw(diagnostic: &Diagnostic, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.0);
    let mut group = Group::with_title(title);
    if let Some(origin) = &diagnostic.origin {
        let file = &*origin.file;
        group = if file.text.is_empty() {
            group.element(Header::path(file.path.as_str()))
        } else {
            group.element(
                Snippet::source(file.text.as_str())
                    .path(file.path.as_str())
                    .annotation(AnnotationKind::Primary.span(origin.span.clone())),
            )
        };
    }
    let hints: Vec<Message<'_>> = diagnostic.hints.iter().map(|hint| Level::HELP.message(hint.as_str())).collect();
    let groups = [group.elements(hints)];
    let report: Report<'_> = &groups;
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.decor_style(DecorStyle::Unicode).render(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Origin, SourceFile, codes};

    #[test]
    fn a_message_shows_line_caret_code_and_hint() {
        let file = SourceFile::new("stories/rain.md", "+++\ntitel = \"Rain\"\n+++\n");
        let message = Diagnostic::error(codes::UNKNOWN_KEY, "a story has no field `titel`")
            .at(&Origin::new(&file, 4..9))
            .did_you_mean("titel", ["title"]);
        let drawn = draw(&message, Style::Plain);
        for part in ["error[unknown-key]", "stories/rain.md:2:1", "titel = \"Rain\"", "━━━━━", "Did you mean `title`?"]
        {
            assert!(drawn.contains(part), "{part} is not in\n{drawn}");
        }
    }
}
