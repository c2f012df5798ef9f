//! What would be made of a photograph, and why: proofs of one still, made in memory.
//!
//! The entry point is [`Studio::of`]: the theme and the settings of a site, or the defaults. It writes nothing.

use super::known::Known;
use super::{Options, Prepared, darkroom, limits, prepare};
use crate::clearance::Subject;
use crate::develop::{self, Metadata, Preview, Profile, Quality, Recipe};
use crate::diagnostic::Diagnostics;
use crate::disk;
use crate::plan::{self, Darkroom};
use crate::publish::Cache;
use crate::source::{self, Touched};
use crate::still::{self, Facts};
use crate::theme::{self, Aspect, Theme};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where proofs are made.
pub struct Studio {
    theme: Arc<Theme>,
    darkroom: Darkroom,
    limits: still::Limits,
    site: Option<(PathBuf, Prepared)>,
    /// The site has mistakes, so what it says of a still may not be all.
    pub has_mistakes: bool,
}

/// What came of one still.
#[derive(Debug)]
pub struct Proof {
    /// Bytes of the file.
    pub size: u64,
    /// What it is.
    pub facts: Facts,
    /// What it says of its colours.
    pub profile: Profile,
    /// What becomes of it in its site.
    pub standing: Standing,
    /// The point to keep, from the left and the top, where the site says one.
    pub focus: Option<(f32, f32)>,
    /// What its pictures carry.
    pub metadata: Metadata,
    /// Its pictures, by shape.
    pub shapes: Vec<Shape>,
    /// What stands there until they have come.
    pub preview: Preview,
}

/// What becomes of a still in its site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is in none.
    NoSite,
    /// It may be shown.
    Shown,
    /// It is held, and why.
    Held(String),
    /// Its folder is not one in which stills are looked for.
    Unseen,
}

/// Pictures of one shape.
#[derive(Debug)]
pub struct Shape {
    /// What it is cut to; nothing is the whole still.
    pub aspect: Option<Aspect>,
    /// The places of the theme that want it.
    pub roles: Vec<String>,
    /// The widest last.
    pub pictures: Vec<(Recipe, Vec<u8>)>,
}

/// The point to keep, 0 to 1 from the left and the top, and what a picture says of itself.
type Said = (Option<(f32, f32)>, Metadata);

impl Studio {
    /// With the theme and settings of the site in a folder, or with the defaults. `None` when the site's settings
    /// or theme cannot be used.
    pub fn of(site: Option<&Path>) -> Option<Self> {
        let mut messages = Diagnostics::new();
        let Some(folder) = site else {
            let doc = source::site::stand_in();
            let theme = theme::load(&doc, None, &[], &mut messages).map(Arc::new)?;
            let darkroom = darkroom(&doc, &mut messages);
            return Some(Self { theme, darkroom, limits: limits(&doc.photos), site: None, has_mistakes: false });
        };
        let options = Options::new(folder);
        let prepared = prepare(
            &options,
            &Cache::new(&options.cache),
            &Touched::Anything,
            &mut Known::default(),
            false,
            &mut messages,
        )?;
        Some(Self {
            theme: Arc::clone(&prepared.theme),
            darkroom: prepared.darkroom.clone(),
            limits: prepared.limits,
            site: Some((disk::canonical(folder), prepared)),
            has_mistakes: messages.has_errors(),
        })
    }

    /// Name of the theme.
    pub fn theme(&self) -> &str {
        &self.theme.name
    }

    /// The quality of pictures.
    pub fn quality(&self) -> Quality {
        self.darkroom.quality
    }

    /// Proofs of a file.
    ///
    /// # Errors
    /// Words to follow the file's name, if it cannot be read or is no still that can be developed.
    pub fn proof(&self, file: &Path) -> Result<Proof, String> {
        let bytes = disk::read(file).map_err(|error| format!("cannot be read: {error}"))?;
        let facts = still::examine(&bytes, &self.limits).map_err(|refusal| refusal.to_string())?;
        let (standing, published) = self.standing(file);
        let (focus, metadata) = published.unwrap_or_else(|| (None, plan::said_by(&facts)));
        let (mut shapes, recipes) = self.shapes(&facts, focus);
        let mut made: Vec<Vec<u8>> = vec![Vec::new(); recipes.len()];
        let mut take = |index: usize, file: Vec<u8>| {
            if let Some(place) = made.get_mut(index) {
                *place = file;
            }
            ControlFlow::Continue(())
        };
        let preview =
            develop::develop(&bytes, &facts, &recipes, &metadata, &mut take).map_err(|failure| failure.to_string())?;
        let mut made = made.into_iter();
        for shape in &mut shapes {
            shape.pictures.iter_mut().zip(&mut made).for_each(|((_, bytes), file)| *bytes = file);
        }
        let profile = develop::profile_of(&bytes, &facts);
        Ok(Proof { size: bytes.len() as u64, profile, standing, focus, metadata, shapes, preview, facts })
    }

    /// What the theme wants, still to be filled with pictures, and all recipes in the same order.
    fn shapes(&self, facts: &Facts, focus: Option<(f32, f32)>) -> (Vec<Shape>, Vec<Recipe>) {
        let mut shapes: BTreeMap<Option<(u32, u32)>, Shape> = BTreeMap::new();
        for (name, role) in &self.theme.roles {
            let aspect = role.aspect;
            let shape = shapes.entry(aspect.map(|Aspect(across, down)| (across, down))).or_insert_with(|| Shape {
                aspect,
                roles: Vec::new(),
                pictures: Vec::new(),
            });
            shape.roles.push(name.clone());
            for recipe in plan::recipes(facts, focus, role, &self.darkroom, self.theme.surface) {
                if !shape.pictures.iter().any(|(known, _)| *known == recipe) {
                    shape.pictures.push((recipe, Vec::new()));
                }
            }
        }
        let mut shapes: Vec<Shape> = shapes.into_values().collect();
        for shape in &mut shapes {
            shape.pictures.sort_by_key(|(recipe, _)| (recipe.width, recipe.output.extension()));
        }
        let recipes = shapes.iter().flat_map(|shape| shape.pictures.iter().map(|(recipe, _)| recipe.clone())).collect();
        (shapes, recipes)
    }

    /// What the site says of a file: whether it is shown, and if it is, its point to keep and what it says.
    fn standing(&self, file: &Path) -> (Standing, Option<Said>) {
        let Some((folder, prepared)) = &self.site else { return (Standing::NoSite, None) };
        let Ok(below) = disk::canonical(file).strip_prefix(folder).map(Path::to_owned) else {
            return (Standing::NoSite, None);
        };
        let path: Vec<&str> = below.iter().filter_map(|part| part.to_str()).collect();
        let path = path.join("/");
        if let Some(still) = prepared.edition.shown().stills.get(&path) {
            return (Standing::Shown, Some((still.focus, plan::said(still, &prepared.clock))));
        }
        let is_it = |subject: &Subject| matches!(subject, Subject::Still(held) if *held == path);
        match prepared.held.iter().find(|held| is_it(&held.subject)) {
            Some(held) => (Standing::Held(held.why(Some(&prepared.clock))), None),
            None => (Standing::Unseen, None),
        }
    }
}
