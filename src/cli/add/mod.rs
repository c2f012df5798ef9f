//! `backlot add story|person|gallery "Title"`: a new file in the right place, with its fields explained.

mod gallery;

use super::arguments::{Add, Kind};
use crate::{disk, source};
use jiff::Zoned;
use std::path::{Path, PathBuf};

/// Why nothing was made, in a sentence.
type Refusal = String;

/// Writes the file and says where it is.
pub(super) fn run(add: &Add) -> u8 {
    match make(add) {
        Ok((file, next)) => {
            super::tell(&format!("Made `{}`. {next}", file.display()));
            super::DONE
        }
        Err(why) => {
            super::tell(&why);
            super::WRONG_USE
        }
    }
}

fn make(add: &Add) -> Result<(PathBuf, String), Refusal> {
    if !disk::is_file(&add.site.join("site.toml")) {
        let site = add.site.display();
        return Err(format!("There is no site.toml in `{site}`. Name the folder of your site with `--site`."));
    }
    if add.stills.is_some() && add.kind != Kind::Gallery {
        return Err("`--stills` is for galleries only.".to_owned());
    }
    let slug = source::slugify(&add.title);
    if slug.is_empty() {
        return Err("The title needs at least one letter or number: the file is named after it.".to_owned());
    }
    match add.kind {
        Kind::Story => {
            let file = write_new(&add.site, "stories", &slug, &fill(include_str!("story.md"), &add.title))?;
            Ok((file, "Write below its last `+++`; a preview that is open shows it now.".to_owned()))
        }
        Kind::Person => {
            let file = write_new(&add.site, "crew", &slug, &fill(include_str!("person.md"), &add.title))?;
            let next =
                format!("Say in it what they have agreed to; then name them as `{slug}` or as `[[{}]]`.", add.title);
            Ok((file, next))
        }
        Kind::Gallery => gallery::make(add, &slug),
    }
}

/// The template with the title and today's date.
fn fill(template: &str, title: &str) -> String {
    let today = Zoned::now().date().to_string();
    template.replace("{title}", &quoted(title)).replace("{date}", &today)
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Writes `FOLDER/SLUG.md`, unless there is one already, also as a folder of its own.
fn write_new(site: &Path, folder: &str, slug: &str, text: &str) -> Result<PathBuf, Refusal> {
    let file = site.join(folder).join(format!("{slug}.md"));
    for other in [file.clone(), site.join(folder).join(slug).join("index.md")] {
        if disk::is_there(&other) {
            return Err(format!("`{}` is there already. Choose another title, or open that file.", other.display()));
        }
    }
    write(&file, text)?;
    Ok(file)
}

fn write(file: &Path, text: &str) -> Result<(), Refusal> {
    disk::write_atomically(file, text.as_bytes())
        .map_err(|error| format!("`{}` cannot be written: {error}", file.display()))
}
