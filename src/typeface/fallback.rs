//! Stand-ins: how a font that readers already have is scaled to take the room of the web font, so
//! that nothing jumps when the web font arrives. Entry point: [`fallbacks`].
//!
//! The widths are averages over running text. Those of the stand-ins were measured once with the
//! same letter frequencies, on Liberation (whose widths are those of Times New Roman, Arial and
//! Courier New), Noto Serif, Roboto and DejaVu.

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::types::Tag;
use skrifa::{FontRef, MetadataProvider};

use super::{Face, Generic, Problem};

/// One `@font-face` rule for a stand-in. The percentages are those of the CSS descriptors of the
/// same names (CSS Fonts 5, "Font metrics overrides").
#[derive(Debug, Clone, PartialEq)]
pub struct Fallback {
    /// Its place among the stand-ins, from 1; see [`super::fallback_name`].
    pub rank: usize,
    /// Names for `local()`: one font under all its names, and fonts that share its widths.
    pub local: &'static [&'static str],
    /// The CSS weights for which this stand-in is right: a variable face gets a regular one and
    /// a bold one.
    pub weight: (u16, u16),
    pub italic: bool,
    pub size_adjust: f32,
    pub ascent_override: f32,
    pub descent_override: f32,
    pub line_gap_override: f32,
}

/// A font of the reader's machine in one style: its names, and its average width in em.
type Local = (&'static [&'static str], f32);

/// The four styles of a stand-in: regular, italic, bold, bold italic.
type Styles = [Local; 4];

const TIMES: Styles = [
    (&["Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "Tinos"], 0.3982),
    (&["Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic", "Tinos Italic"], 0.3991),
    (&["Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "Tinos Bold"], 0.4232),
    (
        &[
            "Times New Roman Bold Italic",
            "TimesNewRomanPS-BoldItalicMT",
            "Liberation Serif Bold Italic",
            "Tinos Bold Italic",
        ],
        0.4091,
    ),
];

const NOTO_SERIF: Styles = [
    (&["Noto Serif", "Noto Serif Regular", "NotoSerif", "NotoSerif-Regular"], 0.4740),
    (&["Noto Serif Italic", "NotoSerif-Italic"], 0.4606),
    (&["Noto Serif Bold", "NotoSerif-Bold"], 0.5037),
    (&["Noto Serif Bold Italic", "NotoSerif-BoldItalic"], 0.5084),
];

const ARIAL: Styles = [
    (&["Arial", "ArialMT", "Liberation Sans", "Arimo"], 0.4384),
    (&["Arial Italic", "Arial-ItalicMT", "Liberation Sans Italic", "Arimo Italic"], 0.4384),
    (&["Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Arimo Bold"], 0.4734),
    (&["Arial Bold Italic", "Arial-BoldItalicMT", "Liberation Sans Bold Italic", "Arimo Bold Italic"], 0.4734),
];

const ROBOTO: Styles = [
    (&["Roboto", "Roboto Regular", "Roboto-Regular"], 0.4385),
    (&["Roboto Italic", "Roboto-Italic"], 0.4262),
    (&["Roboto Bold", "Roboto-Bold"], 0.4456),
    (&["Roboto Bold Italic", "Roboto-BoldItalic"], 0.4332),
];

const COURIER: Styles = [
    (&["Courier New", "CourierNewPSMT", "Liberation Mono", "Cousine", "Droid Sans Mono"], 0.6001),
    (&["Courier New Italic", "CourierNewPS-ItalicMT", "Liberation Mono Italic", "Cousine Italic"], 0.6001),
    (&["Courier New Bold", "CourierNewPS-BoldMT", "Liberation Mono Bold", "Cousine Bold"], 0.6001),
    (
        &["Courier New Bold Italic", "CourierNewPS-BoldItalicMT", "Liberation Mono Bold Italic", "Cousine Bold Italic"],
        0.6001,
    ),
];

const DEJAVU_SERIF: Styles = [
    (&["DejaVu Serif", "DejaVuSerif"], 0.5082),
    (&["DejaVu Serif Italic", "DejaVuSerif-Italic"], 0.5082),
    (&["DejaVu Serif Bold", "DejaVuSerif-Bold"], 0.5613),
    (&["DejaVu Serif Bold Italic", "DejaVuSerif-BoldItalic"], 0.5613),
];

const DEJAVU_SANS: Styles = [
    (&["DejaVu Sans", "DejaVuSans"], 0.5019),
    (&["DejaVu Sans Oblique", "DejaVuSans-Oblique"], 0.5019),
    (&["DejaVu Sans Bold", "DejaVuSans-Bold"], 0.5673),
    (&["DejaVu Sans Bold Oblique", "DejaVuSans-BoldOblique"], 0.5673),
];

const DEJAVU_MONO: Styles = [
    (&["DejaVu Sans Mono", "DejaVuSansMono"], 0.6021),
    (&["DejaVu Sans Mono Oblique", "DejaVuSansMono-Oblique"], 0.6021),
    (&["DejaVu Sans Mono Bold", "DejaVuSansMono-Bold"], 0.6021),
    (&["DejaVu Sans Mono Bold Oblique", "DejaVuSansMono-BoldOblique"], 0.6021),
];

/// The stand-ins for a kind of typeface: the desktop's, the phone's, and that of a Linux without the first.
pub(super) fn stand_ins(generic: Generic) -> &'static [Styles] {
    match generic {
        Generic::Serif => &[TIMES, NOTO_SERIF, DEJAVU_SERIF],
        Generic::Sans => &[ARIAL, ROBOTO, DEJAVU_SANS],
        Generic::Mono => &[COURIER, DEJAVU_MONO],
    }
}

/// Share of each character in running text, in per cent: English with a few capitals. French,
/// German and Spanish text comes out within one per cent of the same average width.
const FREQUENCIES: [(char, f32); 34] = [
    (' ', 18.0),
    ('e', 10.0),
    ('t', 7.1),
    ('a', 6.6),
    ('o', 6.1),
    ('i', 5.9),
    ('n', 5.8),
    ('s', 5.4),
    ('r', 5.1),
    ('h', 4.4),
    ('l', 3.6),
    ('d', 3.2),
    ('u', 2.4),
    ('c', 2.6),
    ('m', 2.0),
    ('f', 1.7),
    ('g', 1.6),
    ('p', 1.7),
    ('w', 1.6),
    ('y', 1.5),
    ('b', 1.2),
    ('v', 0.9),
    ('k', 0.6),
    ('x', 0.2),
    ('j', 0.2),
    ('q', 0.1),
    ('z', 0.2),
    ('.', 1.0),
    (',', 1.0),
    ('S', 0.3),
    ('T', 0.3),
    ('A', 0.3),
    ('I', 0.2),
    ('M', 0.2),
];

/// With less than this share of running text (spaces and stops alone, say) a font is not one for
/// Latin text, and its width says nothing about the stand-in's.
const ENOUGH: f32 = 50.0;

const BOLD_FROM: u16 = 600;

/// The stand-ins for a face, ready for [`super::fallback_rule`].
///
/// Errors: [`Problem::Damaged`] if the font's metrics cannot be read.
pub fn fallbacks(face: &Face, generic: Generic) -> Result<Vec<Fallback>, Problem> {
    let font = FontRef::new(&face.data).map_err(|_| Problem::Damaged)?;
    let mut all = Vec::new();
    for weight in weight_ranges(face.weight) {
        let bold = weight.0 >= BOLD_FROM;
        let room = room(&font, if bold { 700.0 } else { 400.0 })?;
        for (place, styles) in stand_ins(generic).iter().enumerate() {
            let (local, width) = styles[usize::from(bold) * 2 + usize::from(face.italic)];
            let scale = if room.width > 0.0 { room.width / width } else { 1.0 };
            all.push(Fallback {
                rank: place + 1,
                local,
                weight,
                italic: face.italic,
                size_adjust: scale * 100.0,
                ascent_override: room.ascent / scale * 100.0,
                descent_override: room.descent / scale * 100.0,
                line_gap_override: room.line_gap / scale * 100.0,
            });
        }
    }
    Ok(all)
}

/// Cuts a range of weights where browsers start to call a font bold.
fn weight_ranges((lightest, boldest): (u16, u16)) -> Vec<(u16, u16)> {
    if lightest < BOLD_FROM && boldest >= BOLD_FROM {
        vec![(lightest, BOLD_FROM - 1), (BOLD_FROM, boldest)]
    } else {
        vec![(lightest, boldest)]
    }
}

/// The room that a font takes, in em.
struct Room {
    /// Average width of a character; 0 if the font has no Latin letters to measure.
    width: f32,
    ascent: f32,
    /// Positive, below the baseline.
    descent: f32,
    line_gap: f32,
}

/// Measures a font; a variable one at a weight, and at the size of running text.
fn room(font: &FontRef, weight: f32) -> Result<Room, Problem> {
    let location = font.axes().location([(Tag::new(b"wght"), weight), (Tag::new(b"opsz"), 18.0)]);
    let location = LocationRef::from(&location);
    let metrics = font.metrics(Size::unscaled(), location);
    let em = f32::from(metrics.units_per_em);
    let readable = em > 0.0 && metrics.ascent > 0.0 && metrics.descent <= 0.0;
    if !readable {
        return Err(Problem::Damaged);
    }
    let (map, widths) = (font.charmap(), font.glyph_metrics(Size::unscaled(), location));
    let (mut sum, mut share) = (0.0, 0.0);
    for (c, frequency) in FREQUENCIES {
        if let Some(width) = map.map(c).and_then(|glyph| widths.advance_width(glyph)) {
            sum += width * frequency;
            share += frequency;
        }
    }
    Ok(Room {
        width: if share >= ENOUGH { sum / share / em } else { 0.0 },
        ascent: metrics.ascent / em,
        descent: -metrics.descent / em,
        line_gap: metrics.leading.max(0.0) / em,
    })
}
