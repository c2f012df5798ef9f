//! The fields that were written into a still, and what becomes of each.

use crate::still::Embedded;
use serde::Serialize;

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Use {
    /// Written into every picture.
    EveryPicture,
    /// Written into pictures from 640 pixels on.
    LargePictures,
    /// On pages, not in pictures.
    Pages,
    /// To decide who may be shown, and to link profiles.
    Clearance,
    /// To bring stills into order.
    Order,
    /// Nowhere.
    Nowhere,
}

impl Use {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::EveryPicture => "published in every picture",
            Self::LargePictures => "published in pictures from 640 pixels on",
            Self::Pages => "published on pages, not in pictures",
            Self::Clearance => "read to know who is on it; not published in pictures",
            Self::Order => "read to bring stills into order; not published in pictures",
            Self::Nowhere => "not published",
        }
    }
}

/// A field of a still.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) becomes: Use,
}

/// Those that are there.
pub(super) fn of(embedded: &Embedded) -> Vec<Field> {
    let text = |name, value: &Option<String>, becomes| value.clone().map(|value| Field { name, value, becomes });
    let list =
        |name, value: &[String], becomes| (!value.is_empty()).then(|| Field { name, value: value.join("; "), becomes });
    let Embedded {
        title,
        headline,
        caption,
        alt,
        extended_description,
        creator,
        credit,
        copyright,
        usage_terms,
        web_statement,
        licensor_url,
        digital_source_type,
        data_mining,
        instructions,
        job,
        model_release,
        people,
        keywords,
        captured,
    } = embedded;
    [
        text("title", title, Use::Nowhere),
        text("headline", headline, Use::Pages),
        text("caption", caption, Use::LargePictures),
        text("alt", alt, Use::LargePictures),
        text("extended description", extended_description, Use::LargePictures),
        list("creator", creator, Use::EveryPicture),
        text("credit", credit, Use::EveryPicture),
        text("copyright", copyright, Use::EveryPicture),
        text("usage terms", usage_terms, Use::LargePictures),
        text("rights statement", web_statement, Use::LargePictures),
        text("licensor", licensor_url, Use::LargePictures),
        text("source type", digital_source_type, Use::LargePictures),
        text("data mining", data_mining, Use::LargePictures),
        text("instructions", instructions, Use::Nowhere),
        text("job", job, Use::Nowhere),
        text("model release", model_release, Use::Nowhere),
        list("people", people, Use::Clearance),
        list("keywords", keywords, Use::Nowhere),
        text("taken", captured, Use::Order),
    ]
    .into_iter()
    .flatten()
    .collect()
}
