//! The same for programs: one object a file.

use super::fields;
use crate::build::{Proof, Shape, Standing, Studio};
use crate::develop::Recipe;
use serde_json::{Value, json};
use std::path::Path;

/// A still and its pictures.
pub(super) fn of(file: &Path, studio: &Studio, proof: &Proof) -> Value {
    let facts = &proof.facts;
    let fields: serde_json::Map<String, Value> = fields::of(&facts.fields)
        .into_iter()
        .map(|field| (field.name.to_owned(), json!({ "value": field.value, "use": field.becomes })))
        .collect();
    let (standing, why) = match &proof.standing {
        Standing::NoSite => ("no-site", None),
        Standing::Shown => ("shown", None),
        Standing::Held(why) => ("held", Some(why)),
        Standing::Unseen => ("unseen", None),
    };
    let [red, green, blue] = proof.preview.color;
    json!({
        "file": file.display().to_string(),
        "format": facts.format,
        "bytes": proof.size,
        "width": facts.width,
        "height": facts.height,
        "orientation": facts.orientation,
        "profile": proof.profile,
        "alpha": facts.has_alpha,
        "deep": facts.deep,
        "animated": facts.animated,
        "progressive": facts.progressive,
        "fields": fields,
        "in_site": { "standing": standing, "why": why, "has_mistakes": studio.has_mistakes },
        "published": proof.metadata,
        "theme": studio.theme(),
        "quality": studio.quality(),
        "focus": proof.focus,
        "shapes": proof.shapes.iter().map(shape).collect::<Vec<_>>(),
        "color": format!("#{red:02x}{green:02x}{blue:02x}"),
        "placeholder": proof.preview.data_uri,
    })
}

/// A file that cannot be used.
pub(super) fn refused(file: &Path, why: &str) -> Value {
    json!({ "file": file.display().to_string(), "refused": why })
}

fn shape(shape: &Shape) -> Value {
    let picture = |(recipe, bytes): &(Recipe, Vec<u8>)| json!({ "width": recipe.width, "height": recipe.height, "format": recipe.output, "bytes": bytes.len() });
    json!({
        "aspect": shape.aspect.map(|aspect| [aspect.0, aspect.1]),
        "crop": shape.pictures.first().and_then(|(recipe, _)| recipe.crop),
        "roles": shape.roles,
        "pictures": shape.pictures.iter().map(picture).collect::<Vec<_>>(),
    })
}
