//! `backlot theme list|show|eject`: which themes there are, what can be replaced in them, and a beginning for it.

mod eject;
mod show;

use super::arguments::Theme;
use crate::disk;
use crate::source::theme_folder::THEMES;
use crate::theme::{self, contract};
use std::path::Path;

/// Why nothing was made or shown, in a sentence.
type Refusal = String;

/// Prints or writes what was asked for.
pub(super) fn run(command: &Theme) -> u8 {
    let done = match command {
        Theme::List { site } => {
            super::print(&list(site));
            return super::DONE;
        }
        Theme::Show { name } => known(name).map(|name| super::print(show::text(name).trim_end())),
        Theme::Eject { name, file, site } => {
            known(name).and_then(|name| eject::run(name, file.as_deref(), site)).map(|said| super::tell(&said))
        }
    };
    match done {
        Ok(()) => super::DONE,
        Err(why) => {
            super::tell(&why);
            super::WRONG_USE
        }
    }
}

/// A line for each theme: those of the binary, and the folders of the site that are themes.
fn list(site: &Path) -> String {
    let mut rows: Vec<(String, String)> = Vec::new();
    for name in theme::names() {
        let about = contract::about(&name).map_or_else(String::new, |about| about.description);
        rows.push((name, about));
    }
    for (name, toml) in folders(site) {
        let about = contract::about_text(&toml).map(|about| [about.title, about.description].join(". "));
        rows.push((format!("{THEMES}/{name}"), about.unwrap_or_else(|| "its theme.toml cannot be read".to_owned())));
    }
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut lines: Vec<String> = rows.iter().map(|(name, about)| format!("{name:width$}  {about}")).collect();
    lines.push("\nName one in site.toml, under [site]: theme = \"premiere\"".to_owned());
    lines.join("\n")
}

/// The themes of a site: name of the folder, and theme.toml.
fn folders(site: &Path) -> Vec<(String, String)> {
    let root = site.join(THEMES);
    let names = disk::folders(&root).unwrap_or_default().into_iter();
    let toml = |name: &String| disk::read_if_there(&root.join(name).join("theme.toml")).ok().flatten();
    names
        .filter_map(|name| Some((String::from_utf8(toml(&name)?).ok()?, name)))
        .map(|(toml, name)| (name, toml))
        .collect()
}

fn known(name: &str) -> Result<&str, Refusal> {
    if theme::names().iter().any(|known| known == name) {
        return Ok(name);
    }
    let names = theme::names().join(", ");
    Err(format!(
        "There is no theme `{name}` inside Backlot. The themes are {names}. The files of a theme in a folder are there for you to look at."
    ))
}
