//! `backlot develop FILE…`: what would be made of photographs, and why.
//!
//! What is found out comes from `build::Studio`; here it is printed for people (`text`) or programs (`object`), and
//! the pictures are put where somebody can look at them.

mod fields;
mod object;
mod text;

use super::arguments::{Develop, Format};
use crate::build::{Proof, Studio};
use crate::disk;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// Shows each file, and goes on when one cannot be used.
pub(super) fn run(arguments: &Develop) -> u8 {
    let mut studios: BTreeMap<Option<PathBuf>, Option<Studio>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut code = super::DONE;
    for file in &arguments.files {
        let site = arguments.site.clone().or_else(|| site_of(file));
        let studio = studios.entry(site.clone()).or_insert_with(|| Studio::of(site.as_deref()));
        let shown = file.display();
        let Some(studio) = studio else {
            let site = site.unwrap_or_default();
            super::tell(&format!(
                "The settings of `{}` cannot be used, so nobody can say what would be made of `{shown}`. \
                 `backlot check {0}` says what is wrong.",
                site.display()
            ));
            code = super::SITE_HAS_ERRORS;
            continue;
        };
        match studio.proof(file) {
            Ok(proof) => {
                match arguments.format {
                    Format::Json => super::print(&object::of(file, studio, &proof).to_string()),
                    Format::Human => super::print(&text::of(file, studio, &proof)),
                }
                if let Some(folder) = &arguments.output
                    && let Err(error) = put(file, folder, &proof, &mut names)
                {
                    super::tell(&format!("`{}` cannot be written: {error}", folder.display()));
                    code = super::SITE_HAS_ERRORS;
                }
            }
            Err(why) => {
                code = super::SITE_HAS_ERRORS;
                match arguments.format {
                    Format::Json => super::print(&object::refused(file, &why).to_string()),
                    Format::Human => super::tell(&format!("`{shown}` {why}.\n")),
                }
            }
        }
    }
    code
}

/// The folder of the site that a file is in.
fn site_of(file: &Path) -> Option<PathBuf> {
    let whole = disk::canonical(file);
    whole.ancestors().skip(1).find(|folder| disk::is_file(&folder.join("site.toml"))).map(Path::to_owned)
}

/// Writes the pictures into a folder, each named by the still, its shape, width and format.
fn put(file: &Path, folder: &Path, proof: &Proof, names: &mut BTreeSet<String>) -> io::Result<()> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut name = stem.clone();
    let mut number = 2;
    while !names.insert(name.clone()) {
        name = format!("{stem}-{number}");
        number += 1;
    }
    for shape in &proof.shapes {
        let shape_name = shape.aspect.map_or_else(|| "whole".to_owned(), |aspect| format!("{}x{}", aspect.0, aspect.1));
        for (recipe, bytes) in &shape.pictures {
            let picture = format!("{name}-{shape_name}-{}.{}", recipe.width, recipe.output.extension());
            disk::write_atomically(&folder.join(picture), bytes)?;
        }
    }
    Ok(())
}
