//! What search engines read: schema.org as JSON-LD.
//!
//! Addresses are absolute when the site has a `base_url`; without one, links are left out, because
//! JSON-LD resolves relative ones against wherever the page happens to be.

use super::address;
use super::sheet::Sheet;
use crate::develop::Output;
use crate::production::text::Piece;
use crate::production::{Clip, Gallery, Person, Production, Still, Story};
use crate::theme::Aspect;
use serde_json::{Map, Value, json};

/// Widest picture that structured data points at.
const PICTURE_WIDTH: u32 = 1600;

/// All objects of a page as one script; empty when there are none.
pub(super) fn script(graph: Vec<Value>) -> String {
    if graph.is_empty() {
        return String::new();
    }
    let document = json!({ "@context": "https://schema.org", "@graph": graph });
    // `</script>` and `<!--` must not occur inside a script element.
    document.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// An object without its empty fields.
fn object(kind: &str, fields: Value) -> Value {
    let mut map = Map::new();
    map.insert("@type".to_owned(), json!(kind));
    if let Value::Object(fields) = fields {
        map.extend(fields.into_iter().filter(|(_, value)| !is_empty(value)));
    }
    Value::Object(map)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

fn absolute(sheet: &Sheet<'_>, path: &str) -> Option<String> {
    sheet.draft.base_url().map(|base| format!("{base}{}", address::encoded(path)))
}

/// The film itself.
pub(super) fn production(sheet: &Sheet<'_>) -> Value {
    let site = &sheet.shown().site;
    let poster = site.poster.as_ref().or(site.hero.as_ref()).and_then(|path| sheet.still(path));
    let is_movie = matches!(kind_of(sheet.shown()), "Movie");
    let mut fields = json!({
        "name": site.title.value,
        "url": absolute(sheet, ""),
        "description": site.synopsis.as_ref().map(|s| &s.value),
        "image": poster.and_then(|still| picture(sheet, still)),
        "director": site.director.as_ref().map(|d| object("Person", json!({ "name": d.value }))),
        "productionCompany": site.company.as_ref().map(|c| object("Organization", json!({ "name": c.value }))),
        "countryOfOrigin": site.country.as_ref().map(|c| object("Country", json!({ "name": c }))),
        "datePublished": site.release.map(|date| date.to_string()),
        "genre": if site.kind == "documentary" { Some("Documentary") } else { None },
    });
    if let (true, Some(minutes), Value::Object(map)) = (is_movie, site.runtime, &mut fields) {
        map.insert("duration".to_owned(), json!(format!("PT{minutes}M")));
    }
    object(kind_of(sheet.shown()), fields)
}

fn kind_of(shown: &Production) -> &'static str {
    match shown.site.kind {
        "series" => "TVSeries",
        "stage" => "CreativeWork",
        _ => "Movie",
    }
}

/// The film as something that other things are about.
fn about(sheet: &Sheet<'_>) -> Value {
    object(kind_of(sheet.shown()), json!({ "name": sheet.shown().site.title.value, "url": absolute(sheet, "") }))
}

pub(super) fn breadcrumbs(sheet: &Sheet<'_>, trail: &[(String, String)]) -> Option<Value> {
    sheet.draft.base_url()?;
    let item = |(i, (label, address)): (usize, &(String, String))| json!({ "@type": "ListItem", "position": i + 1, "name": label, "item": absolute(sheet, address) });
    let items: Vec<Value> = trail.iter().enumerate().map(item).collect();
    Some(object("BreadcrumbList", json!({ "itemListElement": items })))
}

fn person_name(person: &Person) -> Value {
    json!({ "@type": "Person", "name": person.name.value })
}

pub(super) fn person(sheet: &Sheet<'_>, person: &Person) -> Value {
    let portrait = person.portrait.as_ref().and_then(|path| sheet.still(path));
    let same_as: Vec<&str> = person
        .links
        .iter()
        .map(|(_, address)| address.value.as_str())
        .filter(|address| address.starts_with("http"))
        .collect();
    object(
        "Person",
        json!({
            "name": person.name.value,
            "url": absolute(sheet, &address::person(&person.slug)),
            "jobTitle": person.role.as_ref().map(|role| &role.value),
            "image": portrait.and_then(|still| picture(sheet, still)),
            "sameAs": same_as,
        }),
    )
}

/// The address of a still's picture, large.
fn picture(sheet: &Sheet<'_>, still: &Still) -> Option<String> {
    let base = sheet.draft.base_url()?;
    let whole = Aspect(still.facts.width, still.facts.height);
    let width = PICTURE_WIDTH.min(still.facts.width);
    let (path, ..) = sheet.draft.with_prints(|prints| prints.single(still, whole, width, Output::Jpeg));
    Some(format!("{base}{path}"))
}

/// A still with its rights, as search engines show them (IPTC and Google's image licence fields).
pub(super) fn still(sheet: &Sheet<'_>, still: &Still) -> Value {
    let fields = &still.facts.fields;
    let people = still.people.iter().filter_map(|slug| sheet.shown().people.get(slug)).map(person_name);
    let creators = fields.creator.iter().map(|name| json!({ "@type": "Person", "name": name }));
    object(
        "ImageObject",
        json!({
            "contentUrl": picture(sheet, still),
            "url": sheet.draft.still_address(still).and_then(|address| absolute(sheet, &address)),
            "name": still.headline,
            "caption": still.caption,
            "description": still.description.as_ref().or(still.alt.as_ref()),
            "creditText": still.credit,
            "copyrightNotice": still.copyright,
            "creator": creators.collect::<Vec<Value>>(),
            "license": fields.web_statement,
            "acquireLicensePage": fields.licensor_url,
            "dateCreated": still.captured.map(|date| date.to_string()),
            "about": people.collect::<Vec<Value>>(),
        }),
    )
}

pub(super) fn gallery(sheet: &Sheet<'_>, gallery: &Gallery, stills: &[&Still]) -> Vec<Value> {
    let mut graph = vec![object(
        "ImageGallery",
        json!({
            "name": gallery.title.value,
            "url": absolute(sheet, &address::gallery(&gallery.slug)),
            "description": gallery.description.as_ref().map(|d| &d.value),
            "datePublished": gallery.date.map(|date| date.to_string()),
            "about": about(sheet),
            "associatedMedia": stills.iter().map(|s| still(sheet, s)).collect::<Vec<Value>>(),
        }),
    )];
    let clips = gallery.clips.iter().filter_map(|path| sheet.shown().clips.get(path));
    graph.extend(clips.filter_map(|clip| video(sheet, clip, gallery.date.map(|d| d.to_string()))));
    graph
}

pub(super) fn story(sheet: &Sheet<'_>, story: &Story) -> Vec<Value> {
    let cover = sheet.story_picture(story);
    let people = story.crew.iter().filter_map(|slug| sheet.shown().people.get(slug)).map(person_name);
    let published = story.date.map(|date| date.to_string());
    let site = &sheet.shown().site;
    let publisher = site.company.as_ref().unwrap_or(&site.title);
    let publisher = object("Organization", json!({ "name": publisher.value }));
    let mut graph = vec![object(
        "Article",
        json!({
            "headline": story.title.value,
            "description": story.summary.as_ref().map(|s| &s.value),
            "url": absolute(sheet, &address::story(&story.slug)),
            "mainEntityOfPage": absolute(sheet, &address::story(&story.slug)),
            "image": cover.and_then(|still| picture(sheet, still)),
            "datePublished": published,
            "articleSection": sheet.kind_label(story.kind),
            "wordCount": story.text.words,
            "inLanguage": sheet.language().tag(),
            "author": publisher,
            "publisher": publisher,
            "about": about(sheet),
            "mentions": people.collect::<Vec<Value>>(),
        }),
    )];
    let clips = story.text.pieces.iter().filter_map(|piece| match piece {
        Piece::Clip { clip, .. } => sheet.shown().clips.get(clip),
        _ => None,
    });
    graph.extend(clips.filter_map(|clip| video(sheet, clip, published.clone())));
    graph
}

/// A clip; search engines want a name, a poster and a date, so one without them is left out.
fn video(sheet: &Sheet<'_>, clip: &Clip, published: Option<String>) -> Option<Value> {
    let poster = clip.poster.as_ref().and_then(|path| sheet.still(path)).or_else(|| sheet.draft.frame(clip));
    let poster = poster.and_then(|still| picture(sheet, still))?;
    let parts: Vec<Value> = clip
        .chapters
        .iter()
        .enumerate()
        .map(|(i, (start, title))| {
            let end = clip.chapters.get(i + 1).map(|(next, _)| *next).or(clip.facts.duration);
            object("Clip", json!({ "name": title, "startOffset": start, "endOffset": end }))
        })
        .collect();
    Some(object(
        "VideoObject",
        json!({
            "name": clip.title.clone().unwrap_or_else(|| sheet.shown().site.title.value.clone()),
            "description": clip.caption.as_ref().or(clip.alt.as_ref()),
            "thumbnailUrl": poster,
            "uploadDate": published?,
            "contentUrl": absolute(sheet, &sheet.draft.clip(clip)),
            "duration": clip.facts.duration.map(|seconds| format!("PT{}S", seconds.round())),
            "creditText": clip.credit,
            "transcript": clip.transcript.join("\n"),
            "hasPart": parts,
        }),
    ))
}
