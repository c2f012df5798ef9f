//! `backlot theme eject NAME [FILE]`: what is to be changed, as a file of the site that wins over the theme.
//!
//! As little as possible is copied, because what is copied no longer follows the theme: a token is one line, a block
//! is that block. Nothing that is there is overwritten.

use super::Refusal;
use crate::disk;
use crate::source::theme_folder::THEMES;
use crate::theme::contract::{self, Contract};
use std::path::Path;

/// What can be ejected, found by its name.
enum Part {
    Token(String),
    /// Path below `templates/`.
    Template(String),
    Block {
        page: String,
        name: String,
    },
}

/// Writes it into the site, and says where it is and what to do next.
pub(super) fn run(theme: &str, wanted: Option<&str>, site: &Path) -> Result<String, Refusal> {
    if !disk::is_file(&site.join("site.toml")) {
        return Err(format!(
            "There is no site.toml in `{}`. Name the folder of your site with `--site`.",
            site.display()
        ));
    }
    let Some(wanted) = wanted else { return whole(theme, site) };
    match find(wanted)? {
        Part::Token(name) => token(theme, &name, site),
        Part::Template(path) => template(theme, &path, site),
        Part::Block { page, name } => block(theme, &page, &name, site),
    }
}

/// A component, page, block or token by the name that somebody would give it.
fn find(wanted: &str) -> Result<Part, Refusal> {
    let Contract { pages, components, tokens } = contract::contract();
    let bare = wanted.trim_start_matches("templates/").trim_start_matches("theme/templates/");
    if let Some((page, name)) = bare.split_once(':') {
        let page = if page.ends_with(".html") { page.to_owned() } else { format!("{page}.html") };
        let known = pages.iter().find(|known| known.file == page);
        return match known.map(|known| known.blocks.iter().any(|block| block == name)) {
            Some(true) => Ok(Part::Block { page, name: name.to_owned() }),
            Some(false) => {
                let blocks = known.map(|known| known.blocks.join(", ")).unwrap_or_default();
                Err(format!("`{page}` has no block `{name}`. Its blocks are {blocks}."))
            }
            None => Err(format!("There is no page `{page}`. `backlot theme show premiere` lists them.")),
        };
    }
    let token = format!("--{}", bare.trim_start_matches("--"));
    let stem = bare.trim_start_matches("components/").trim_end_matches(".html");
    let of_pages: Vec<String> = pages
        .iter()
        .filter(|page| page.blocks.iter().any(|block| block == stem))
        .map(|page| page.file.clone())
        .collect();
    if tokens.iter().any(|known| known.name == token) {
        Ok(Part::Token(token))
    } else if let Some(page) = pages.iter().find(|page| page.file == format!("{stem}.html") && !bare.contains('/')) {
        Ok(Part::Template(page.file.clone()))
    } else if let Some(component) = components.iter().find(|component| component.name == stem) {
        Ok(Part::Template(component.file.clone()))
    } else if let [page] = of_pages.as_slice() {
        Ok(Part::Block { page: page.clone(), name: stem.to_owned() })
    } else if of_pages.is_empty() {
        let names = tokens.iter().map(|t| t.name.as_str()).chain(components.iter().map(|c| c.name.as_str()));
        let names: Vec<&str> = names.chain(pages.iter().map(|p| p.file.as_str())).collect();
        let near = crate::diagnostic::nearest(bare, names.iter().copied());
        let near = near.map(|name| format!(" Did you mean `{name}`?")).unwrap_or_default();
        Err(format!(
            "There is no component, page, block or token `{wanted}`.{near} `backlot theme show premiere` lists them all."
        ))
    } else {
        let choices: Vec<String> = of_pages.iter().map(|page| format!("`{page}:{stem}`")).collect();
        Err(format!("Several pages have a block `{stem}`: say {}.", choices.join(" or ")))
    }
}

fn token(theme: &str, name: &str, site: &Path) -> Result<String, Refusal> {
    let value = contract::value(theme, name).unwrap_or_default();
    let file = site.join("theme/tokens.css");
    let before = text_of(&file)?.unwrap_or_default();
    if before.contains(&format!("{name}:")) {
        return Err(format!("`{}` gives `{name}` a value already. Change it there.", file.display()));
    }
    let gap = if before.is_empty() || before.ends_with("\n\n") { "" } else { "\n" };
    let own = format!("{before}{gap}@layer site {{\n  :root {{\n    {name}: {value};\n  }}\n}}\n");
    write(&file, &own)?;
    Ok(format!("`{}` gives `{name}` its value now. Change it there.", file.display()))
}

fn template(theme: &str, path: &str, site: &Path) -> Result<String, Refusal> {
    let file = site.join("theme/templates").join(path);
    write_new(&file, &contract::text(theme, path).unwrap_or_default())?;
    let advice = if path.contains('/') {
        "What it is given stays as it is; what it makes of that is yours."
    } else {
        "Keep only the blocks that you change: what is left out stays as the theme has it."
    };
    Ok(format!("`{}` is yours now and wins over the theme. {advice}", file.display()))
}

fn block(theme: &str, page: &str, name: &str, site: &Path) -> Result<String, Refusal> {
    let file = site.join("theme/templates").join(page);
    let text = [contract::text(theme, page), contract::text("premiere", page)];
    let own = text.iter().flatten().find_map(|text| contract::block(text, name)).unwrap_or_default();
    let before = match text_of(&file)? {
        None => format!("{{% extends \"theme/{page}\" %}}\n"),
        Some(before) if contract::block(&before, name).is_some() => {
            return Err(format!("`{}` has the block `{name}` already. Change it there.", file.display()));
        }
        Some(before) if before.contains("{% extends ") => before,
        Some(_) => return Err(format!("`{}` is a page of your own, without the theme's blocks.", file.display())),
    };
    let gap = if before.ends_with('\n') { "" } else { "\n" };
    write(&file, &format!("{before}{gap}{own}\n"))?;
    Ok(format!(
        "`{}` has the block `{name}` now, and wins over the theme. All else stays as the theme has it.",
        file.display()
    ))
}

/// The whole theme as a folder of the site.
fn whole(theme: &str, site: &Path) -> Result<String, Refusal> {
    let folder = site.join(THEMES).join(theme);
    if !disk::is_empty_folder(&folder) {
        return Err(format!("`{}` is there already. Nothing was changed.", folder.display()));
    }
    for (path, text) in contract::files(theme).unwrap_or_default() {
        write(&folder.join(path), &text)?;
    }
    Ok(format!(
        "The whole theme is in `{}` now. To use it, write `theme = \"{THEMES}/{theme}\"` in site.toml. It no longer follows Backlot's: to change only a part, eject that part.",
        folder.display()
    ))
}

fn text_of(file: &Path) -> Result<Option<String>, Refusal> {
    let bytes = disk::read_if_there(file).map_err(|error| format!("`{}` cannot be read: {error}", file.display()))?;
    bytes
        .map(|bytes| String::from_utf8(bytes).map_err(|_| format!("`{}` is not UTF-8 text.", file.display())))
        .transpose()
}

fn write_new(file: &Path, text: &str) -> Result<(), Refusal> {
    if disk::is_there(file) {
        return Err(format!("`{}` is there already. Nothing was changed.", file.display()));
    }
    write(file, text)
}

fn write(file: &Path, text: &str) -> Result<(), Refusal> {
    disk::write_atomically(file, text.as_bytes())
        .map_err(|error| format!("`{}` cannot be written: {error}", file.display()))
}
