//! Which font files a look needs: the theme's families, and the film's own title face.

use super::manifest::{FontFields, Manifest};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, codes};
use crate::disk::{self, TreeFile};
use crate::source::site::SiteDoc;
use crate::typeface::{self, Face, Generic};
use std::collections::BTreeMap;

/// A font in one of its parts, with its faces.
#[derive(Debug, Clone)]
pub struct FontUse {
    /// `display`, `text` or `label`.
    pub part: &'static str,
    /// Name in the style sheet.
    pub css_name: String,
    /// For names of files.
    pub slug: String,
    /// Kind of letters.
    pub generic: Generic,
    /// Faces to publish; the first is the one to load early.
    pub faces: Vec<Face>,
    /// Licence to publish beside the files; a film's own face brings none.
    pub licence: Option<&'static str>,
}

/// `lightest` is what is asked for beside the weights of the manifest. `None`, and messages, when a font cannot be used.
pub(super) fn choose(
    manifest: &Manifest,
    site: &SiteDoc,
    own: &[TreeFile],
    lightest: Option<u16>,
    messages: &mut Diagnostics,
) -> Option<Vec<FontUse>> {
    let title = title_face(site, own, messages)?;
    let mut uses = Vec::new();
    for fields in &manifest.fonts {
        if fields.part == "display"
            && let Some(title) = &title
        {
            uses.push(title.clone());
            continue;
        }
        let Some(family) = typeface::bundled(chosen(fields, site, messages)?) else {
            let message = format!("the theme wants the font `{}`, which Backlot does not carry", fields.family);
            messages.push(
                Diagnostic::error(codes::FONT_BROKEN, message)
                    .at(&Origin::whole("theme.toml"))
                    .hint(format!("The fonts are {}.", typeface::NAMES.join(", "))),
            );
            return None;
        };
        let wanted = |face: &Face| {
            let weight =
                fields.weights.is_empty() || fields.weights.iter().any(|w| (face.weight.0..=face.weight.1).contains(w));
            weight && (!face.italic || fields.italic)
        };
        let mut faces: Vec<Face> = family.faces.iter().filter(|face| wanted(face)).cloned().collect();
        faces.sort_by_key(|face| (face.italic, face.weight));
        uses.push(FontUse {
            part: fields.part,
            css_name: family.name.to_owned(),
            slug: family.slug.to_owned(),
            generic: family.generic,
            faces,
            licence: Some(family.licence_text),
        });
    }
    leave_lighter_out(manifest, lightest.unwrap_or(u16::MAX), &mut uses);
    Some(uses)
}

/// A family of several parts is one file, for the weights of all of them.
fn leave_lighter_out(manifest: &Manifest, asked: u16, uses: &mut [FontUse]) {
    let mut lightest: BTreeMap<String, u16> = BTreeMap::new();
    for (fields, font) in manifest.fonts.iter().zip(&*uses) {
        // A theme that names no weights may ask for any.
        let own = fields.weights.iter().copied().min().unwrap_or(0).min(asked);
        let of_family = lightest.entry(font.css_name.clone()).or_insert(own);
        *of_family = own.min(*of_family);
    }
    for font in uses {
        let lightest = lightest.get(&font.css_name).copied().unwrap_or(0);
        font.faces.iter_mut().for_each(|face| *face = typeface::from_weight(face, lightest));
    }
}

/// The family of a part: what site.toml names, if the theme offers it, else the theme's own.
fn chosen<'a>(fields: &'a FontFields, site: &'a SiteDoc, messages: &mut Diagnostics) -> Option<&'a str> {
    let settings = &site.theme_settings;
    let (key, wanted) = match fields.part {
        "display" => ("title_font", settings.title_font.as_ref().filter(|name| is_family(&name.value))),
        "text" => ("text_font", settings.text_font.as_ref()),
        _ => ("label_font", settings.label_font.as_ref()),
    };
    let Some(wanted) = wanted else { return Some(&fields.family) };
    let offered = || std::iter::once(&fields.family).chain(&fields.others).map(String::as_str);
    let found = offered().find(|name| name.eq_ignore_ascii_case(&wanted.value));
    if found.is_none() {
        let list: Vec<String> = offered().map(|name| format!("`{name}`")).collect();
        messages.push(
            Diagnostic::error(codes::FONT_BROKEN, format!("the theme has no `{}` for `{key}`", wanted.value))
                .at(&wanted.origin)
                .did_you_mean(&wanted.value, offered())
                .hint(format!("It offers {}.", list.join(", "))),
        );
    }
    found
}

/// Whether a title font is named by its family; files have an ending.
fn is_family(name: &str) -> bool {
    typeface::bundled(name).is_some()
}

/// The film's own face; the outer `None` when it is named but cannot be used.
#[allow(clippy::option_option)]
fn title_face(site: &SiteDoc, own: &[TreeFile], messages: &mut Diagnostics) -> Option<Option<FontUse>> {
    let Some(name) = site.theme_settings.title_font.as_ref().filter(|name| !is_family(&name.value)) else {
        return Some(None);
    };
    let path = format!("theme/fonts/{}", name.value);
    let Some(file) = own.iter().find(|file| file.path == path) else {
        let there = own.iter().filter_map(|file| file.path.strip_prefix("theme/fonts/"));
        messages.push(
            Diagnostic::error(
                codes::FONT_BROKEN,
                format!("site.toml names the font `{}`, which is not in theme/fonts/", name.value),
            )
            .at(&name.origin)
            .did_you_mean(&name.value, there),
        );
        return None;
    };
    let bytes = match disk::read(&file.on_disk) {
        Ok(bytes) => bytes,
        Err(error) => {
            messages.push(
                Diagnostic::error(codes::UNREADABLE, format!("`{path}` cannot be read: {error}")).at(&name.origin),
            );
            return None;
        }
    };
    match typeface::parse(bytes) {
        Ok(face) => Some(Some(FontUse {
            part: "display",
            css_name: face.family.to_string(),
            slug: crate::source::slugify(&face.family),
            generic: typeface::generic(&face),
            faces: vec![face],
            licence: None,
        })),
        Err(problem) => {
            let message = Diagnostic::error(codes::FONT_BROKEN, format!("`{}` {problem}", name.value)).at(&name.origin);
            messages.push(message.hint(problem.remedy()));
            None
        }
    }
}
