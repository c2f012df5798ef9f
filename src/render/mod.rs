//! A page's context to HTML. The entry point is [`page`]; it touches nothing but memory.

mod key;

pub use key::Keys;

use crate::diagnostic::{Diagnostic, Origin, SourceFile, codes};
use crate::plan::PageJob;
use crate::plan::context::PageContext;
use crate::theme::Theme;
use serde_json::json;
use tera::{Context, Error, ErrorKind};

/// Renders a page from what its template sees.
///
/// # Errors
/// A message with the place in the template, the page that was being made, and the nearest name
/// that a template could have meant.
pub fn page(theme: &Theme, job: &PageJob, seen: &PageContext) -> Result<Vec<u8>, Box<Diagnostic>> {
    let context = context(seen).map_err(|error| Box::new(explain(theme, job, seen, &error)))?;
    let mut html = Page { bytes: Vec::with_capacity(USUAL), is_full: false };
    let rendered = theme.tera.render_to(job.template, &context, &mut html);
    match rendered {
        Ok(()) => Ok(html.bytes),
        Err(_) if html.is_full => Err(Box::new(endless(job))),
        Err(error) => Err(Box::new(explain(theme, job, seen, &error))),
    }
}

/// A page while it is written. A template that goes round in circles ends here, not when memory does.
struct Page {
    bytes: Vec<u8>,
    is_full: bool,
}

/// So many bytes most pages have at most.
const USUAL: usize = 16 << 10;

/// Largest page, in bytes. A gallery of 4,000 stills has some 8 MB.
const LARGEST: usize = 64 << 20;

impl std::io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > LARGEST {
            self.is_full = true;
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn endless(job: &PageJob) -> Diagnostic {
    let message = format!("the template `{}` makes the page `{}` larger than 64 MB", job.template, job.path);
    Diagnostic::error(codes::THEME_BROKEN, message).hint("Look for a loop that does not end where it should.")
}

/// What the template sees.
fn context(page: &PageContext) -> Result<Context, Error> {
    let mut context = Context::from_serialize(page)?;
    context.insert_value("site", page.site.ready()?);
    context.insert_value("production", page.production.ready()?);
    context.insert_value("words", page.words.ready()?);
    Ok(context)
}

/// Tera names neither the page nor what else was there to be named: both are added.
fn explain(theme: &Theme, job: &PageJob, seen: &PageContext, error: &Error) -> Diagnostic {
    let (message, place) = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let (shown, text) = theme.template(report.filename());
            let file = SourceFile::new(shown, text);
            (report.message().to_owned(), Some(Origin::new(&file, report.span().range.clone())))
        }
        other => (other.to_string(), None),
    };
    let mut diagnostic = Diagnostic::error(
        codes::THEME_BROKEN,
        format!("the template `{}` fails on the page `{}`: {message}", job.template, job.path),
    );
    if let Some(place) = place {
        let span = place.file.text.get(place.span.clone()).unwrap_or_default().to_owned();
        diagnostic = diagnostic.at(&place);
        if let Some(wrong) = span.split(['.', ' ', '|', '}', '{']).rfind(|part| !part.is_empty()) {
            let names = names(seen);
            diagnostic = diagnostic.did_you_mean(wrong, names.iter().map(String::as_str));
        }
    }
    diagnostic
}

/// Every name in a context, at any depth.
fn names(context: &PageContext) -> Vec<String> {
    fn collect(value: &serde_json::Value, names: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                names.extend(map.keys().cloned());
                map.values().for_each(|inner| collect(inner, names));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|inner| collect(inner, names)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    // A context that Tera has read serialises.
    let shared = json!({ "site": **context.site, "production": **context.production, "words": **context.words });
    for value in [serde_json::to_value(context).unwrap_or_default(), shared] {
        collect(&value, &mut all);
    }
    all.sort();
    all.dedup();
    all
}
