//! Fonts: which characters the site writes, and the files that carry them.

use super::Memory;
use super::outputs::{FontJob, Job, Outputs};
use crate::clearance::Edition;
use crate::diagnostic::Diagnostics;
use crate::disk::Digest;
use crate::theme::{FontUse, Theme};
use crate::typeface::{self, Face};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Part of every key of a font file: raised when the same input gives other bytes.
const VERSION: u32 = 8;

/// What pages need to know of the fonts.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    /// `@font-face` rules, for a style sheet in `assets/`.
    pub(super) css: String,
    /// Files to load early, below the top of the site.
    pub(super) preload: Vec<String>,
    files: Vec<(String, Job)>,
    licences: Vec<(String, Job)>,
}

impl Fonts {
    /// Fonts of two parts may be the same.
    fn add(&mut self, rule: &str) {
        if !self.css.contains(rule) {
            self.css.push_str(rule);
        }
    }
}

/// The fonts that were cut last, with the theme and the characters that they were cut for.
pub(super) type Known = (Arc<Theme>, BTreeSet<char>, Arc<Fonts>);

/// Plans the font files and their licences. They are those of the time before when the theme and the characters are.
pub(super) fn plan(
    edition: &Edition,
    theme: &Arc<Theme>,
    known: &mut Option<Known>,
    outputs: &mut Outputs,
    messages: &mut Diagnostics,
) -> Arc<Fonts> {
    let fonts = choose(edition, theme, known);
    for (path, job) in &fonts.files {
        outputs.add_by_content(path.clone(), job.clone());
    }
    for (path, job) in &fonts.licences {
        outputs.add(path.clone(), job.clone(), messages);
    }
    fonts
}

/// The fonts and what they are to be cut to.
fn choose(edition: &Edition, theme: &Arc<Theme>, known: &mut Option<Known>) -> Arc<Fonts> {
    let fonts = match known {
        Some((before, characters, fonts)) if before.draws_as(theme) && characters == edition.characters() => {
            Arc::clone(fonts)
        }
        _ => Arc::new(draw(&characters(edition, theme), theme)),
    };
    *known = Some((Arc::clone(theme), edition.characters().clone(), Arc::clone(&fonts)));
    fonts
}

/// The fonts of a plan that has still to be drawn.
pub fn fonts(edition: &Edition, theme: &Arc<Theme>, memory: &mut Memory) -> Vec<Arc<FontJob>> {
    let fonts = choose(edition, theme, &mut memory.fonts);
    let jobs = fonts.files.iter().filter_map(|(_, job)| match job {
        Job::Font(font) => Some(Arc::clone(font)),
        _ => None,
    });
    jobs.collect()
}

fn draw(characters: &BTreeSet<char>, theme: &Theme) -> Fonts {
    let mut fonts = Fonts::default();
    let mut families: BTreeSet<&str> = BTreeSet::new();
    let features: String = theme.features.tags().collect();
    let faces: Vec<(&FontUse, usize, &Face)> = theme
        .fonts
        .iter()
        .flat_map(|font| font.faces.iter().enumerate().map(move |(i, face)| (font, i, face)))
        .collect();
    // All of a font's bytes are looked at.
    let cuts: Vec<Cut> = faces.par_iter().map(|(font, _, face)| cut(font, face, characters, &features)).collect();
    for ((font, i, face), Cut { path, rules, characters, key }) in faces.into_iter().zip(cuts) {
        if i == 0 && font.part != "label" && !fonts.preload.contains(&path) {
            fonts.preload.push(path.clone());
        }
        rules.iter().for_each(|rule| fonts.add(rule));
        let job = FontJob { face: face.clone(), characters, features: theme.features.clone(), key };
        fonts.files.push((path, Job::Font(Arc::new(job))));
        if families.insert(&font.slug)
            && let Some(licence) = font.licence
        {
            let path = format!("assets/fonts/{}-LICENCE.txt", font.slug);
            fonts.licences.push((path, Job::Bytes(licence.as_bytes().into())));
        }
    }
    fonts
}

/// What is to be cut from a face, and how style sheets name it.
struct Cut {
    path: String,
    rules: Vec<String>,
    characters: BTreeSet<char>,
    key: Digest,
}

fn cut(font: &FontUse, face: &Face, wanted: &BTreeSet<char>, features: &str) -> Cut {
    let characters: BTreeSet<char> = wanted.difference(&typeface::missing(face, wanted)).copied().collect();
    let text: String = characters.iter().collect();
    let key = Digest::of_parts([
        &VERSION.to_le_bytes()[..],
        Digest::of(&face.data).to_string().as_bytes(),
        &face.weight.0.to_le_bytes(),
        text.as_bytes(),
        features.as_bytes(),
    ]);
    let path = format!("assets/fonts/{}-{}.woff2", font.slug, key.short(12));
    let url = path.strip_prefix("assets/").unwrap_or(&path);
    let own = typeface::rule(&font.css_name, face, url);
    let fallbacks = typeface::fallbacks(face, font.generic).unwrap_or_default();
    let fallbacks = fallbacks.iter().map(|fallback| typeface::fallback_rule(&font.css_name, fallback));
    Cut { rules: [own].into_iter().chain(fallbacks).collect(), path, characters, key }
}

/// Every character that can stand on a page: what authors wrote and is shown, words and literals of
/// the templates, dates and numbers of the language, and printable ASCII.
fn characters(edition: &Edition, theme: &Theme) -> BTreeSet<char> {
    let mut all: BTreeSet<char> = (' '..='~').collect();
    all.extend(edition.characters());
    let language = &theme.language;
    for word in language.plain_words().values() {
        all.extend(word.chars());
    }
    for month in 1..=12 {
        if let Ok(date) = Date::new(2026, month, 28) {
            all.extend(language.date(date).chars());
        }
    }
    all.extend(language.number(1_234_567_890).chars());
    all.extend(theme.literals.chars());
    all.extend("–—‘’“”„«»‹›…·×→←↑↓©\u{a0}\u{202f}".chars());
    all.retain(|c| !c.is_control());
    all
}
