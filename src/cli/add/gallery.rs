//! A gallery from a folder of stills: order, captions, credits and people are taken from what the
//! photographer wrote into them, and written out where they can be read and changed.

use super::{Refusal, fill, quoted, write};
use crate::cli::arguments::Add;
use crate::diagnostic::Diagnostics;
use crate::source::Touched;
use crate::source::person::PersonDoc;
use crate::still::{self, Embedded};
use crate::{disk, source};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What `gallery.toml` begins with.
const HEAD: &str = r#"# A gallery: a folder of pictures and clips with this file in it. Its address is the folder's name.
title = {title}
date = {date}
# shoot_day = 1
# phase = "production"              # as in stories
# description = "…"                 # a sentence or two above the pictures
# cover = "….jpg"                   # the picture in lists of galleries
# embargo = 2030-12-01T00:01:00     # nobody sees the gallery or its pictures before then
# expires = 2031-12-31              # nobody sees them from then on
"#;

/// What is said of the first still, where all fields are explained.
const FIELDS: &str = r#"# focus = [0.5, 0.4]                # what must stay when it is cropped: from the left and the top, 0 to 1
# killed = true                     # refused by an actor: shown nowhere, ever; the file can stay here
# spoiler = true                    # warns visitors that the plot is given away
# people_complete = false           # somebody can be recognised who is not named
"#;

/// One still of the folder.
struct Found {
    name: String,
    fields: Embedded,
}

/// Puts the stills into `media/SLUG` if they lie elsewhere, and writes a `gallery.toml` beside them.
pub(super) fn make(add: &Add, slug: &str) -> Result<(PathBuf, String), Refusal> {
    let media = add.site.join("media");
    let folder = match &add.stills {
        Some(folder) if disk::canonical(folder).starts_with(disk::canonical(&media)) => folder.clone(),
        _ => media.join(slug),
    };
    let file = folder.join("gallery.toml");
    if disk::is_there(&file) {
        return Err(format!("`{}` is there already: open that file.", file.display()));
    }
    if let Some(from) = add.stills.as_ref().filter(|from| **from != folder) {
        copy(from, &folder)?;
    }
    let mut stills = stills_in(&folder)?;
    // As they were taken; those that do not say when come last, by name.
    stills.sort_by_key(|still| (still.fields.captured.is_none(), still.fields.captured.clone(), still.name.clone()));
    let people = people(&add.site);
    let text = text(&add.title, &stills, &people);
    write(&file, &text)?;
    let next = match stills.len() {
        0 => format!("Put the photographer's pictures into `{}`.", folder.display()),
        n => format!(
            "It lists {n} stills as they were taken. Write an `alt` for each: what it shows, for people who cannot see it."
        ),
    };
    Ok((file, next))
}

/// Copies the stills and clips of a folder, but never over anything.
fn copy(from: &Path, to: &Path) -> Result<(), Refusal> {
    if !disk::is_folder(from) {
        return Err(format!("`{}` is no folder. Name the folder with the stills after `--stills`.", from.display()));
    }
    for file in media_in(from)? {
        let target = to.join(&file.path);
        if disk::is_there(&target) {
            return Err(format!("`{}` is there already, so nothing more was copied.", target.display()));
        }
        disk::copy_through(to, &file.on_disk, &target)
            .map_err(|error| format!("`{}` cannot be copied: {error}", file.on_disk.display()))?;
    }
    Ok(())
}

/// Stills, clips and captions directly in a folder.
fn media_in(folder: &Path) -> Result<Vec<disk::TreeFile>, Refusal> {
    let (files, troubles) = disk::walk(folder, |_, _| false);
    if let Some((path, error)) = troubles.into_iter().next() {
        return Err(format!("`{}` cannot be read: {error}", folder.join(path).display()));
    }
    Ok(files
        .into_iter()
        .filter(|file| !source::is_litter(&file.path) && source::media_kind_of(&file.path).is_some())
        .collect())
}

fn stills_in(folder: &Path) -> Result<Vec<Found>, Refusal> {
    if !disk::is_folder(folder) {
        return Ok(Vec::new());
    }
    let stills = media_in(folder)?
        .into_iter()
        .filter(|file| source::media_kind_of(&file.path) == Some(source::MediaKind::Still));
    let read = |file: disk::TreeFile| {
        let bytes = disk::read(&file.on_disk)
            .map_err(|error| format!("`{}` cannot be read: {error}", file.on_disk.display()))?;
        // What cannot be used is named all the same: building says what is wrong with it.
        let fields = still::examine(&bytes, &still::Limits::default()).map(|facts| facts.fields).unwrap_or_default();
        Ok(Found { name: file.path, fields })
    };
    stills.map(read).collect()
}

/// Slugs of people by their names, in small letters.
fn people(site: &Path) -> BTreeMap<String, String> {
    // Mistakes elsewhere in the site are not this command's affair.
    let sources = source::load(site, &[], &Touched::Anything, &mut source::Shelf::default(), &mut Diagnostics::new());
    let all = sources.into_iter().flat_map(|sources| sources.people);
    let names = |person: Arc<PersonDoc>| {
        let slug = source::slug_of(&person.origin.file.path);
        let others = person.fields.also_known_as.iter().map(|name| &name.value);
        std::iter::once(&person.fields.name.value)
            .chain(others)
            .map(|name| (name.to_lowercase(), slug.clone()))
            .collect::<Vec<_>>()
    };
    all.flat_map(names).collect()
}

fn text(title: &str, stills: &[Found], people: &BTreeMap<String, String>) -> String {
    let mut text = fill(HEAD, title);
    if let Some(day) =
        stills.first().and_then(|still| still.fields.captured.as_deref()).and_then(|moment| moment.get(..10))
    {
        text = text
            .lines()
            .map(|line| if line.starts_with("date = ") { format!("date = {day}\n") } else { format!("{line}\n") })
            .collect();
    }
    let names: Vec<String> = stills.iter().map(|still| format!("    {},\n", quoted(&still.name))).collect();
    let _ = write!(text, "# Move the lines to change the order.\norder = [\n{}]\n", names.concat());
    let common = common_credit(stills);
    text += "\n# For every picture in the folder, unless it says otherwise below.\n[defaults]\n";
    text += &field("credit", common.as_deref(), "Photo: …");
    text += "# copyright = \"© … Your Production Company\"\nkind = \"bts\"                        # unit, bts (behind the scenes), portrait, key-art or frame-grab\n";
    for (index, still) in stills.iter().enumerate() {
        let _ = write!(text, "\n[still.{}]\n{}", quoted(&still.name), entry(still, common.as_deref(), people));
        if index == 0 {
            text += FIELDS;
        }
    }
    text
}

/// The fields of one still.
fn entry(still: &Found, common: Option<&str>, people: &BTreeMap<String, String>) -> String {
    let fields = &still.fields;
    let mut text = field("alt", fields.alt.as_deref(), "…");
    text += &field("caption", fields.caption.as_deref(), "…");
    if let Some(credit) = credit(fields).filter(|credit| Some(credit.as_str()) != common) {
        text += &field("credit", Some(&credit), "");
    }
    let (known, strangers): (Vec<&String>, Vec<&String>) =
        fields.people.iter().partition(|name| people.contains_key(&name.to_lowercase()));
    let slugs: Vec<String> =
        known.iter().filter_map(|name| people.get(&name.to_lowercase())).map(|slug| quoted(slug)).collect();
    text += &if slugs.is_empty() {
        "# people = [\"…\"]\n".to_owned()
    } else {
        format!("people = [{}]\n", slugs.join(", "))
    };
    for name in strangers {
        let _ = writeln!(text, "# Also named on it, without a profile: {}", name.replace(char::is_control, " "));
    }
    text
}

/// A field, or the field as a comment where there is nothing to write yet.
fn field(name: &str, value: Option<&str>, example: &str) -> String {
    match value {
        Some(value) => format!("{name} = {}\n", quoted(value)),
        None => format!("# {name} = \"{example}\"\n"),
    }
}

/// Who is to be named, as a build would take it from the still.
fn credit(fields: &Embedded) -> Option<String> {
    fields.credit.clone().or_else(|| (!fields.creator.is_empty()).then(|| fields.creator.join(", ")))
}

/// The credit that all stills have.
fn common_credit(stills: &[Found]) -> Option<String> {
    let first = credit(&stills.first()?.fields)?;
    stills.iter().all(|still| credit(&still.fields).as_ref() == Some(&first)).then_some(first)
}
