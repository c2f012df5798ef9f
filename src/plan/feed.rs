//! `feed.xml`: the stories as an Atom feed (RFC 4287).

use super::address;
use super::draft::Draft;
use super::outputs::{Job, Outputs};
use crate::diagnostic::Diagnostics;
use crate::html::escape;
use crate::production::Story;
use jiff::civil::Date;
use std::fmt::Write as _;

const ENTRIES: usize = 30;

/// A feed needs absolute addresses, so there is none without a `base_url`. Stories without a date
/// are not news.
pub(super) fn plan(draft: &Draft<'_>, outputs: &mut Outputs, messages: &mut Diagnostics) {
    let Some(base) = draft.listed_at() else { return };
    let stories: Vec<(&Story, Date)> =
        draft.stories.iter().filter_map(|s| s.date.map(|d| (*s, d))).take(ENTRIES).collect();
    let site = &draft.shown.site;
    let title = draft.language().fill("feed_title", &[("title", &site.title.value)]);
    let updated = stories.first().map(|(_, date)| *date).or(site.release).unwrap_or(Date::constant(1970, 1, 1));
    let author = site.company.as_ref().unwrap_or(&site.title);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{base}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}feed.xml\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{base}\"/>\n",
        escape(draft.language().tag()),
        escape(&title),
        instant(updated),
        escape(&author.value),
    );
    if let Some(tagline) = &site.tagline {
        let _ = writeln!(xml, "<subtitle>{}</subtitle>", escape(&tagline.value));
    }
    for (story, date) in stories {
        entry(&mut xml, base, story, date);
    }
    xml.push_str("</feed>\n");
    outputs.add("feed.xml".to_owned(), Job::Bytes(xml.as_bytes().into()), messages);
}

fn entry(xml: &mut String, base: &str, story: &Story, date: Date) {
    let link = format!("{base}{}", address::story(&story.slug));
    let summary =
        story.summary.as_ref().map(|s| format!("<summary>{}</summary>\n", escape(&s.value))).unwrap_or_default();
    // Writing to a String cannot fail.
    let _ = write!(
        xml,
        "<entry>\n<id>{link}</id>\n<title>{}</title>\n<updated>{when}</updated>\n<published>{when}</published>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{link}\"/>\n<category term=\"{}\"/>\n{summary}</entry>\n",
        escape(&story.title.value),
        story.kind,
        when = instant(date),
    );
}

/// The beginning of a day, as Atom wants it (RFC 3339).
fn instant(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
