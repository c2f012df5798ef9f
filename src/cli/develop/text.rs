//! What would be made of a still, in words for a publicist.

use super::super::summary::size;
use super::fields;
use crate::build::{Proof, Shape, Standing, Studio};
use crate::develop::{Output, Profile, Quality};
use crate::still::{self, Facts, Orientation};
use std::fmt::Write as _;
use std::path::Path;

/// The longest text of a field that is shown.
const SHOWN: usize = 70;

/// A still and its pictures. Writing to a String cannot fail.
pub(super) fn of(file: &Path, studio: &Studio, proof: &Proof) -> String {
    let facts = &proof.facts;
    let mut text = format!("{}\n", file.display());
    for line in what_it_is(file, proof) {
        let _ = writeln!(text, "  {line}");
    }
    let _ = writeln!(text, "  {}", standing(&proof.standing, studio));
    let fields = fields::of(&facts.fields);
    if fields.is_empty() {
        let _ = writeln!(text, "\n  Nothing is written into it that Backlot reads: no caption, credit or name.");
    } else {
        let _ = writeln!(text, "\n  Written into it");
        for field in fields {
            let _ = writeln!(text, "    {:<20} {}: {}", field.name, field.becomes.words(), shortened(&field.value));
        }
        let _ = writeln!(text, "    All else, such as where it was taken and with what, is left out.");
    }
    let _ =
        writeln!(text, "\n  Its pictures, in the theme {} at {} quality", studio.theme(), quality(studio.quality()));
    let _ = writeln!(text, "    {}", focus(proof));
    for shape in &proof.shapes {
        text.push_str(&pictures(shape, facts));
    }
    let [red, green, blue] = proof.preview.color;
    let _ = writeln!(
        text,
        "\n  Until they have come: a blurred picture of {} bytes, over the colour #{red:02x}{green:02x}{blue:02x}.",
        proof.preview.data_uri.len()
    );
    text
}

fn what_it_is(file: &Path, proof: &Proof) -> Vec<String> {
    let facts = &proof.facts;
    let megapixels = f64::from(facts.width) * f64::from(facts.height) / 1e6;
    let name = facts.format.name();
    let mut lines = vec![format!(
        "{name}, {} × {} pixels ({megapixels:.1} megapixels), {}",
        facts.width,
        facts.height,
        size(proof.size)
    )];
    if let Some(note) = still::misnamed(&file.to_string_lossy(), facts.format) {
        lines.push(format!("Its name does not say so: it {note}"));
    }
    if let Some(turned) = turned(facts.orientation) {
        lines.push(format!("Stored {turned} and turned upright, as the camera says"));
    }
    lines.push(format!("Colours: {}", colours(&proof.profile, facts)));
    if facts.has_alpha {
        lines.push("Parts of it may be transparent, and stay so".to_owned());
    }
    if facts.animated {
        lines.push("It moves; its first frame is used. Export it as an MP4 clip to show it moving".to_owned());
    }
    if facts.progressive {
        lines.push("It is saved in several passes (progressive), which takes more memory to open".to_owned());
    }
    lines
}

fn colours(profile: &Profile, facts: &Facts) -> String {
    let bits = if facts.deep { "more than 8 bits, made 8 after conversion; " } else { "" };
    let said = match profile {
        Profile::Missing => "no profile, so taken as sRGB, or as plain ink if it is CMYK".to_owned(),
        Profile::CameraSaysAdobeRgb => "no profile, but the camera says Adobe RGB; converted to sRGB".to_owned(),
        Profile::Named(name) => format!("profile *{name}*, converted to sRGB where it differs"),
        Profile::Broken => "its profile cannot be read, so they are taken as sRGB".to_owned(),
    };
    format!("{bits}{said}")
}

fn turned(orientation: Orientation) -> Option<&'static str> {
    Some(match orientation {
        Orientation::Upright => return None,
        Orientation::Mirrored => "mirrored",
        Orientation::HalfTurn => "upside down",
        Orientation::Flipped => "upside down and mirrored",
        Orientation::Transposed | Orientation::Transversed => "on its side and mirrored",
        Orientation::QuarterClockwise | Orientation::QuarterCounterclockwise => "on its side",
    })
}

fn standing(standing: &Standing, studio: &Studio) -> String {
    let doubt = if studio.has_mistakes { " (the site has mistakes: `backlot check` says which)" } else { "" };
    match standing {
        Standing::NoSite => "It is in no site, so nobody decides whether it may be shown".to_owned(),
        Standing::Shown => format!("It may be shown to the public{doubt}"),
        Standing::Held(why) => format!("It is held back, and none of this is published: {why}{doubt}"),
        Standing::Unseen => format!("Backlot does not look for stills where it lies; `media/` is the place{doubt}"),
    }
}

fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Draft => "draft",
        Quality::Standard => "standard",
        Quality::High => "high",
    }
}

fn focus(proof: &Proof) -> String {
    match proof.focus {
        Some((x, y)) => {
            format!("Cut around the point {:.0} % from the left and {:.0} % from the top", x * 100.0, y * 100.0)
        }
        None => "Cut around the middle; `focus = [0.5, 0.3]` in gallery.toml names another point".to_owned(),
    }
}

/// A table of one shape: a line for each width, a column for each format.
fn pictures(shape: &Shape, facts: &Facts) -> String {
    let shown = match shape.aspect {
        None => "Whole".to_owned(),
        Some(aspect) => format!("Cut to {} : {}", aspect.0, aspect.1),
    };
    let mut text = format!("\n    {shown}, for {}\n", shape.roles.join(", "));
    let mut formats: Vec<Output> = Vec::new();
    let mut sizes: Vec<(u32, u32)> = Vec::new();
    for (recipe, _) in &shape.pictures {
        if !formats.contains(&recipe.output) {
            formats.push(recipe.output);
        }
        if sizes.last() != Some(&(recipe.width, recipe.height)) {
            sizes.push((recipe.width, recipe.height));
        }
    }
    for (width, height) in sizes {
        let _ = write!(text, "    {:>13}", format!("{width} × {height}"));
        for format in &formats {
            let found = shape.pictures.iter().find(|(r, _)| (r.width, r.height, r.output) == (width, height, *format));
            let weight = found.map_or_else(|| "–".to_owned(), |(_, bytes)| size(bytes.len() as u64));
            let _ = write!(text, "   {} {weight:>7}", name(*format));
        }
        text.push('\n');
    }
    if shape.pictures.iter().all(|(recipe, _)| recipe.width < facts.width) {
        return text;
    }
    text.push_str("    It has no more pixels than that, and is never enlarged.\n");
    text
}

fn name(format: Output) -> &'static str {
    match format {
        Output::Avif => "AVIF",
        Output::WebP => "WebP",
        Output::Jpeg => "JPEG",
        Output::Png => "PNG",
    }
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= SHOWN { line } else { line.chars().take(SHOWN - 1).chain(['…']).collect() }
}
