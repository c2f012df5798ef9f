//! What a font must still be able to do after it was cut, and what must be refused.

use std::borrow::Cow;
use std::collections::BTreeSet;

use skrifa::raw::tables::gpos::{PairPos, PositionLookup};
use skrifa::raw::{TableProvider, types::Tag};
use skrifa::{FontRef, MetadataProvider};

use super::*;

const TITLE: &str = "Saltlight — Ünïcödé";

fn set(text: &str) -> BTreeSet<char> {
    text.chars().collect()
}

/// Cut to a text, with nothing asked for beyond it.
fn cut(data: &[u8], text: &BTreeSet<char>) -> Result<Vec<u8>, Problem> {
    subset::cut(data, text, &Features::default())
}

fn web(face: &Face, text: &BTreeSet<char>) -> Result<Vec<u8>, Problem> {
    super::web(face, text, &Features::default())
}

fn faces() -> Vec<Face> {
    NAMES.iter().flat_map(|name| bundled(name).expect("a bundled family").faces).collect()
}

fn regular(name: &str) -> Face {
    bundled(name).expect("a bundled family").faces.remove(0)
}

/// A bundled font with one bit of data changed: `edit` gets the bytes and the place of a table.
fn edited(name: &str, table: &[u8; 4], edit: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut bytes = regular(name).data.into_owned();
    let font = FontRef::new(&bytes).expect("a font");
    let records = font.table_directory().table_records();
    let record = records.iter().find(|r| r.tag() == Tag::new(table)).expect("the table");
    let start = record.offset() as usize;
    edit(&mut bytes[start..]);
    bytes
}

#[test]
fn bundled_faces_are_what_their_family_says() {
    for name in NAMES {
        let family = bundled(name).expect("a bundled family");
        assert!(family.licence_text.starts_with("Copyright"), "{name}");
        assert!(family.licence_text.contains("OPEN FONT LICENSE"), "{name}");
        for face in family.faces {
            let read = parse(face.data.into_owned()).expect("a readable font");
            assert!(read.family.starts_with(name), "{} is not {name}", read.family);
            assert_eq!((read.weight, read.italic), (face.weight, face.italic), "{name}");
            assert_eq!(generic(&read), family.generic, "{name}");
        }
    }
    assert_eq!(bundled("inter").map(|family| family.slug), Some("inter"));
    assert!(bundled("Comic Sans").is_none());
}

#[test]
fn a_subset_is_small_and_has_every_character() {
    for face in faces() {
        let small = cut(&face.data, &set(TITLE)).expect("a subset");
        assert!(small.len() * 5 < face.data.len(), "{}: {} bytes", face.family, small.len());
        let font = FontRef::new(&small).expect("a font");
        let (map, metrics) = (
            font.charmap(),
            font.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default()),
        );
        for c in set(TITLE) {
            let glyph = map.map(c).expect("the character");
            assert!(metrics.advance_width(glyph).expect("a width") > 0.0, "{c}");
        }
        assert!(map.map('Q').is_none(), "a letter that nobody writes is still there");
    }
}

#[test]
fn outlines_of_the_subset_are_those_of_the_font() {
    for face in faces() {
        let small = cut(&face.data, &set(TITLE)).expect("a subset");
        let (before, after) = (FontRef::new(&face.data).expect("a font"), FontRef::new(&small).expect("a font"));
        for c in set(TITLE) {
            assert_eq!(drawing(&before, c), drawing(&after, c), "{} {c}", face.family);
        }
    }
}

#[test]
fn weights_that_nobody_asks_for_are_left_out_and_others_are_as_they_were() {
    let text = set(TITLE);
    for face in ["Inter", "JetBrains Mono"].into_iter().flat_map(|name| bundled(name).expect("a family").faces) {
        let name = &face.family;
        let boldest = face.weight.1;
        assert_eq!(
            from_weight(&face, 300).weight,
            (100, boldest),
            "{name} is drawn in 400, and lighter ones are asked for"
        );
        assert_eq!(from_weight(&face, 400).weight, (400, boldest), "{name}");
        assert_eq!(from_weight(&face, 500).weight, (400, boldest), "{name} has nothing between");
        let whole = cut(&face.data, &text).expect("a subset");
        assert!(variations::without_lighter(whole.clone(), 100).expect("a font") == whole, "{name}");
        let small = variations::without_lighter(whole.clone(), 400).expect("a font");
        assert!(small.len() * 100 < whole.len() * 88, "{name}: {} of {} bytes", small.len(), whole.len());
        let (before, after) = (FontRef::new(&whole).expect("a font"), FontRef::new(&small).expect("a font"));
        for c in &text {
            for weight in [400.0, 401.0, 600.0, 900.0] {
                for size in [14.0, 20.0, 32.0] {
                    let at = [("wght", weight), ("opsz", size)];
                    assert_eq!(drawing_at(&before, *c, at), drawing_at(&after, *c, at), "{name} {c} {at:?}");
                }
            }
        }
        let at = |weight| [("wght", weight), ("opsz", 14.0)];
        assert_ne!(drawing_at(&before, 'S', at(200.0)), drawing_at(&before, 'S', at(400.0)));
        assert_eq!(drawing_at(&after, 'S', at(200.0)), drawing_at(&after, 'S', at(400.0)), "{name}");
        let thin = web(&face, &text).expect("a web font").len();
        let regular = web(&from_weight(&face, 400), &text).expect("a web font").len();
        assert!(regular * 100 < thin * 88, "{name}: {regular} of {thin} bytes");
    }
    let serif = regular("Libertinus Serif");
    assert_eq!(from_weight(&serif, 400).weight, serif.weight);
    let data = serif.data.into_owned();
    assert!(variations::without_lighter(data.clone(), 900).expect("a font") == data);
}

#[test]
fn variations_that_say_nonsense_are_refused_or_read_and_never_end_a_build() {
    for c in 0..60 {
        let face = Face {
            data: Cow::Owned(edited("Inter", b"gvar", |table| {
                // From the header through offsets into what is said of the first glyphs.
                let at = if c < 20 { c } else { 11_840 + c * 7 };
                table[at] ^= 0xff;
            })),
            ..regular("Inter")
        };
        let result = web(&from_weight(&face, 400), &set(TITLE));
        assert!(matches!(result, Ok(_) | Err(Problem::Damaged)), "{c}: {result:?}");
    }
}

fn drawing(font: &FontRef, c: char) -> String {
    drawing_at(font, c, [("wght", 650.0), ("opsz", 14.0)])
}

fn drawing_at(font: &FontRef, c: char, at: [(&str, f32); 2]) -> String {
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, pen::SvgPen};
    let location = font.axes().location(at);
    let glyph = font.charmap().map(c).expect("the character");
    let outline = font.outline_glyphs().get(glyph).expect("an outline");
    let mut pen = SvgPen::new();
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::from(&location));
    outline.draw(settings, &mut pen).expect("a drawing");
    pen.to_string()
}

#[test]
fn capitals_come_along_for_text_that_css_sets_in_capitals() {
    let small = cut(&regular("Inter").data, &set("straße")).expect("a subset");
    let map = FontRef::new(&small).expect("a font").charmap().map('S');
    assert!(map.is_some());
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    for name in NAMES {
        let face = regular(name);
        let once = web(&face, &set(TITLE)).expect("a web font");
        let again = web(&face, &set(TITLE)).expect("a web font");
        assert_eq!(&once[..4], b"wOF2");
        assert!(once == again, "{name}");
    }
}

#[test]
fn kerning_survives() {
    for name in ["Libertinus Serif", "Inter"] {
        let face = regular(name);
        let small = cut(&face.data, &set("AVATAR Tokyo")).expect("a subset");
        let (before, after) = (FontRef::new(&face.data).expect("a font"), FontRef::new(&small).expect("a font"));
        let kern = kerning(&before, 'A', 'V').expect("a kerning pair in the font");
        assert!(kern < 0);
        assert_eq!(kerning(&after, 'A', 'V'), Some(kern), "{name}");
    }
}

/// The first pair adjustment of two letters in any lookup, in font units.
fn kerning(font: &FontRef, left: char, right: char) -> Option<i16> {
    let (left, right) = (font.charmap().map(left)?, font.charmap().map(right)?);
    let lookups = font.gpos().ok()?.lookup_list().ok()?;
    let pairs = lookups.lookups().iter().flatten().filter_map(|lookup| match lookup {
        PositionLookup::Pair(pair) => Some(pair.subtables().iter().flatten().collect::<Vec<_>>()),
        PositionLookup::Extension(extension) => Some(
            extension
                .subtables()
                .iter()
                .flatten()
                .filter_map(|subtable| match subtable {
                    skrifa::raw::tables::gpos::ExtensionSubtable::Pair(pair) => pair.extension().ok(),
                    _ => None,
                })
                .collect(),
        ),
        _ => None,
    });
    pairs.flatten().find_map(|pair| pair_value(&pair, left, right).filter(|value| *value != 0))
}

fn pair_value(pair: &PairPos, left: skrifa::GlyphId, right: skrifa::GlyphId) -> Option<i16> {
    match pair {
        PairPos::Format1(table) => {
            let covered = table.coverage().ok()?.get(left)?;
            let set = table.pair_sets().get(covered as usize).ok()?;
            let mut records = set.pair_value_records().iter().flatten();
            let record = records.find(|record| record.second_glyph() == right)?;
            record.value_record1().x_advance()
        }
        PairPos::Format2(table) => {
            table.coverage().ok()?.get(left)?;
            let class1 = table.class_def1().ok()?.get(left);
            let class2 = table.class_def2().ok()?.get(right);
            let record = table.class1_records().get(class1 as usize).ok()?;
            let record = record.class2_records().get(class2 as usize).ok()?;
            record.value_record1().x_advance()
        }
        _ => None,
    }
}

#[test]
fn marks_axes_and_the_figures_and_small_capitals_that_are_asked_for_survive() {
    let features = |data: &[u8]| -> BTreeSet<String> {
        let font = FontRef::new(data).expect("a font");
        let gsub = font.gsub().expect("substitutions").feature_list().expect("features");
        let gpos = font.gpos().expect("positions").feature_list().expect("features");
        let all = gsub.feature_records().iter().chain(gpos.feature_records());
        all.map(|record| record.feature_tag().to_string()).collect()
    };
    let text = set("office 0123 Ae\u{301} (fi)");
    let css =
        ["small-caps", "tabular-nums proportional-nums slashed-zero oldstyle-nums", "font-feature-settings: 'case'"];
    let asked = Features::asked_for(css.into_iter());
    let bare = cut(&regular("Libertinus Serif").data, &text).expect("a subset");
    let serif = subset::cut(&regular("Libertinus Serif").data, &text, &asked).expect("a subset");
    for tag in ["kern", "liga", "mark"] {
        assert!(features(&serif).contains(tag) && features(&bare).contains(tag), "Libertinus has lost {tag}");
    }
    for tag in ["smcp", "onum", "pnum", "tnum"] {
        assert!(features(&serif).contains(tag), "Libertinus has lost {tag}");
        assert!(!features(&bare).contains(tag), "nobody has asked for {tag}");
    }
    let sans = subset::cut(&regular("Inter").data, &text, &asked).expect("a subset");
    for tag in ["kern", "tnum", "case", "zero", "mark"] {
        assert!(features(&sans).contains(tag), "Inter has lost {tag}");
    }
    let axes = FontRef::new(&sans).expect("a font").axes().len();
    assert_eq!(axes, 2, "weight and optical size");
}

#[test]
fn the_licence_travels_inside_the_font() {
    use skrifa::string::StringId;
    for face in faces() {
        let small = cut(&face.data, &set(TITLE)).expect("a subset");
        let font = FontRef::new(&small).expect("a font");
        for id in [StringId::COPYRIGHT_NOTICE, StringId::LICENSE_DESCRIPTION] {
            assert!(font.localized_strings(id).english_or_first().is_some(), "{}", face.family);
        }
    }
}

#[test]
fn missing_characters_are_named() {
    let face = regular("Libertinus Serif");
    assert_eq!(missing(&face, &set("Ah 雨\n")), set("雨"));
    assert!(web(&face, &set("Ah 雨\n")).is_ok(), "the others are still cut");
    assert_eq!(web(&face, &set("雨")), Err(Problem::NothingToShow));
}

#[test]
fn files_that_are_not_plain_fonts_are_refused_by_name() {
    let bytes = |text: &[u8]| text.to_vec();
    assert_eq!(parse(vec![]).err(), Some(Problem::NotAFont));
    assert_eq!(parse(bytes(b"\xff\xd8\xff\xe0 a picture")).err(), Some(Problem::NotAFont));
    assert_eq!(parse(bytes(b"wOF2 and so on")).err(), Some(Problem::Packed));
    assert_eq!(parse(bytes(b"ttcf and so on")).err(), Some(Problem::Collection));
    assert_eq!(parse(bytes(b"OTTO")).err(), Some(Problem::NotAFont));
    let mut short = regular("Inter").data.into_owned();
    short.truncate(2000);
    assert!(parse(short).is_err());
}

#[test]
fn what_the_maker_forbids_is_refused() {
    let with = |fs_type: u16| {
        parse(edited("Inter", b"OS/2", |table| {
            table[8..10].copy_from_slice(&fs_type.to_be_bytes());
        }))
        .err()
    };
    assert_eq!(with(0x0002), Some(Problem::EmbeddingForbidden));
    assert_eq!(with(0x0200), Some(Problem::EmbeddingForbidden));
    assert_eq!(with(0x0104), Some(Problem::SubsettingForbidden));
    assert_eq!(with(0x0000), None);
    assert_eq!(with(0x0004), None, "preview and print");
    assert_eq!(with(0x000a), None, "restricted or editable: the least strict counts");
}

#[test]
fn a_film_s_own_face_can_be_cut() {
    let face = parse(regular("Libertinus Serif").data.into_owned()).expect("a face");
    assert_eq!(face.weight, (400, 400));
    assert!(web(&face, &set("Saltlight")).is_ok());
}

/// A small pseudo-random sequence: the same on every machine.
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).expect("31 bits")
}

#[test]
fn damaged_fonts_give_a_problem_and_no_panic() {
    let mut state = 0x5a17_1167;
    for round in 0..300 {
        let name = NAMES[round % NAMES.len()];
        let mut bytes = regular(name).data.into_owned();
        // Half of the flips hit the directory and the small tables, where they hurt most.
        let reach = if round % 2 == 0 { bytes.len() } else { 4096 };
        for _ in 0..=next(&mut state) % 8 {
            let place = next(&mut state) % reach;
            bytes[place] ^= 1 << (next(&mut state) % 8);
        }
        if round % 5 == 0 {
            bytes.truncate(next(&mut state) % bytes.len());
        }
        if let Ok(face) = parse(bytes) {
            let _ = cut_safely(&face);
            let _ = fallbacks(&face, Generic::Serif);
            let _ = missing(&face, &set(TITLE));
        }
    }
}

fn cut_safely(face: &Face) -> Result<Vec<u8>, Problem> {
    web(face, &set("Salt"))
}

#[test]
fn fallback_figures_are_plausible() {
    for name in NAMES {
        let family = bundled(name).expect("a bundled family");
        for face in &family.faces {
            for fallback in fallbacks(face, family.generic).expect("figures") {
                let Fallback { rank, size_adjust, ascent_override, descent_override, .. } = fallback;
                // DejaVu, the last, is wider than any font for text.
                let least = if rank == 3 { 70.0 } else { 80.0 };
                assert!((least..125.0).contains(&size_adjust), "{name}: {size_adjust}");
                assert!((60.0..130.0).contains(&ascent_override), "{name}: {ascent_override}");
                assert!((15.0..45.0).contains(&descent_override), "{name}: {descent_override}");
            }
        }
    }
    let mono = fallbacks(&regular("JetBrains Mono"), Generic::Mono).expect("figures");
    assert!((mono[0].size_adjust - 100.0).abs() < 0.5, "all typewriters are as wide");
}

#[test]
fn a_font_without_latin_letters_leaves_the_stand_in_as_wide_as_it_is() {
    let greek = cut(&regular("Libertinus Serif").data, &set("αβγ.,")).expect("a subset");
    let all = fallbacks(&parse(greek).expect("a face"), Generic::Serif).expect("figures");
    assert_eq!(all[0].size_adjust, 100.0);
}

#[test]
fn a_variable_face_gets_a_regular_and_a_bold_stand_in() {
    let all = fallbacks(&regular("Inter"), Generic::Sans).expect("figures");
    let weights: Vec<_> = all.iter().map(|fallback| (fallback.rank, fallback.weight)).collect();
    let [regular_one, bold_one] = [(100, 599), (600, 900)];
    assert_eq!(
        weights,
        [(1, regular_one), (2, regular_one), (3, regular_one), (1, bold_one), (2, bold_one), (3, bold_one)]
    );
    let bold = regular("Libertinus Serif");
    let bold = Face { weight: (700, 700), ..bold };
    let all = fallbacks(&bold, Generic::Serif).expect("figures");
    assert!(all[0].local.contains(&"Times New Roman Bold"));
}

#[test]
fn css_cannot_be_broken_by_a_font_s_name() {
    let face = Face { family: Cow::Borrowed("x"), weight: (400, 400), italic: true, data: Cow::Borrowed(&[]) };
    let css = rule("Film\"}</style>\\", &face, "fonts/a.woff2");
    assert_eq!(
        css,
        "@font-face{font-family:\"Film\\22 }\\3c /style\\3e \\5c \";\
         src:url(\"fonts/a.woff2\") format(\"woff2\");\
         font-weight:400;font-style:italic;font-display:swap}\n"
    );
    assert_eq!(
        stack("Inter", Generic::Sans),
        "\"Inter\", \"Inter fallback\", \"Inter fallback 2\", \"Inter fallback 3\", sans-serif"
    );
}
