//! Colours of every kind of still become those that LittleCMS gives. The stills and its values are
//! written by `tests/colour/make`; nothing but these files is needed here.

use moxcms::ColorProfile;

use super::*;

/// The most that a colour may be away from that of LittleCMS, in CIEDE2000: less than a person sees
/// without both side by side.
const NEAR: f64 = 2.0;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/colour/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Each still with the sRGB colours of its patches, twelve in a row, 16 pixels a side.
fn expected() -> Vec<(String, Vec<[u8; 3]>)> {
    let table = String::from_utf8(file("expected.txt")).unwrap();
    let colour = |word: &str| {
        let [_, red, green, blue] = u32::from_str_radix(word, 16).unwrap().to_be_bytes();
        [red, green, blue]
    };
    let still = |line: &str| {
        let (name, colours) = line.split_once(' ').unwrap();
        (name.to_owned(), colours.split(' ').map(colour).collect())
    };
    table.lines().map(still).collect()
}

fn patches(picture: &image::DynamicImage, count: usize) -> Vec<[u8; 3]> {
    let picture = picture.to_rgb8();
    (0..count as u32).map(|index| picture.get_pixel(index % 12 * 16 + 8, index / 12 * 16 + 8).0).collect()
}

/// L*, a*, b* of an sRGB colour (IEC 61966-2-1), white point D65.
fn lab(rgb: [u8; 3]) -> [f64; 3] {
    let [red, green, blue] = rgb.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let f = |value: f64| if value > 216.0 / 24389.0 { value.cbrt() } else { (24389.0 / 27.0 * value + 16.0) / 116.0 };
    let x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
    let y = f(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
    let z = f((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000 (ISO/CIE 11664-6), all weights one.
fn difference_2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let gray = c1 * c2 == 0.0;
    let turn = (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0;
    let dh = if gray { 0.0 } else { 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() };
    let h = match () {
        () if gray => h1 + h2,
        () if (h1 - h2).abs() <= 180.0 => f64::midpoint(h1, h2),
        () if h1 + h2 < 360.0 => f64::midpoint(h1, h2) + 180.0,
        () => f64::midpoint(h1, h2) - 180.0,
    };
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0) - 0.20 * cos(4.0 * h - 63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let rt = -(2.0 * 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp()).to_radians().sin() * 2.0 * seventh(c);
    let (dl, dc, dh) = ((l2 - l1) / sl, (c2 - c1) / sc, dh / sh);
    (dl * dl + dc * dc + dh * dh + rt * dc * dh).sqrt()
}

/// Pairs of the table in G. Sharma, W. Wu, E. Dalal, The CIEDE2000 color-difference formula (2005).
#[test]
fn the_measure_is_right() {
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    for (a, b, expected) in pairs {
        let found = difference_2000(a, b);
        assert!((found - expected).abs() < 0.0001, "{a:?} {b:?}: {found} instead of {expected}");
    }
}

#[test]
fn every_colour_space_comes_out_as_from_littlecms() {
    let mut wrong = Vec::new();
    let expected = expected();
    assert_eq!(expected.len(), 33, "tests/colour/expected.txt");
    for (name, colours) in expected {
        let bytes = file(&name);
        let facts = facts(&bytes);
        let picture = one(&bytes, recipe(facts.width, facts.height, Output::Png));
        assert!(!name.contains("grey") || facts.has_alpha || picture.color() == image::ColorType::L8, "{name}");
        let found = patches(&picture, colours.len());
        let differences = found.iter().zip(&colours).map(|(a, b)| difference_2000(lab(*a), lab(*b)));
        let (worst, at) = differences.zip(0..).fold((0.0, 0), |most, one| if one.0 > most.0 { one } else { most });
        eprintln!("{name}: at most {worst:.2}");
        if worst > NEAR {
            wrong.push(format!("{name}: {worst:.2} at patch {at}: {:?} for {:?}", found[at], colours[at]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same in the formats that are published, where a patch is wide enough for its middle to be exact.
#[test]
fn published_formats_show_the_same_colours() {
    for name in
        ["display-p3-16.png", "adobe-rgb.jpg", "prophoto.tif", "cmyk.jpg", "grey-18.png", "grey-18-16-alpha.png"]
    {
        let bytes = file(name);
        let facts = facts(&bytes);
        let made = |output| {
            let recipe = Recipe { quality: Quality::High, ..recipe(facts.width, facts.height, output) };
            load(&all(&bytes, &[recipe], &Metadata::default()).unwrap()[0])
        };
        let (png, webp, jpeg) = (made(Output::Png), made(Output::WebP), made(Output::Jpeg));
        assert_eq!(webp.color().has_alpha(), facts.has_alpha, "{name}");
        assert_eq!(jpeg.color() == image::ColorType::L8, name == "grey-18.png", "{name}");
        if facts.has_alpha {
            continue;
        }
        for picture in [webp, jpeg] {
            let pairs: Vec<_> = patches(&png, 23).into_iter().zip(patches(&picture, 23)).collect();
            let mean = pairs.iter().map(|(a, b)| difference_2000(lab(*a), lab(*b))).sum::<f64>() / 23.0;
            assert!(mean < 1.5, "{name}: {mean}");
            let gray = |rgb: [u8; 3]| rgb.iter().all(|value| value.abs_diff(rgb[0]) <= 2);
            assert!(!name.contains("grey") || pairs.iter().all(|pair| gray(pair.1)), "{name} has a tint");
        }
    }
}

/// Cameras that are set to Adobe RGB embed no profile, but say so (DCF 2.0).
#[test]
fn what_only_the_camera_knows_is_believed() {
    let option = |index: &str| {
        let mut exif =
            structure(&[], vec![], &[fixtures::ascii(0x9003, "2026:03:12 10:11:12"), fixtures::long(0xA005, 0)]);
        // The directory that the last tag points to, behind everything else.
        let at = exif.len() as u32;
        let place = exif.windows(2).position(|pair| pair == [0x05, 0xA0]).unwrap() + 8;
        exif[place..place + 4].copy_from_slice(&at.to_le_bytes());
        exif.extend([1, 0, 1, 0, 2, 0, 4, 0, 0, 0]);
        exif.extend(index.as_bytes());
        exif.extend([0; 5]);
        fixtures::jpeg(&[60, 140, 90].repeat(64 * 64), (64, 64), &[exif_segment(&exif)])
    };
    let colour = |file: &[u8]| one(file, recipe(32, 32, Output::Png)).to_rgb8().get_pixel(9, 9).0;
    assert!(facts(&option("R03")).adobe_rgb && !facts(&option("R98")).adobe_rgb);
    let near = |a: [u8; 3], b: [u8; 3]| difference_2000(lab(a), lab(b)) < NEAR;
    assert!(near(colour(&option("R98")), [60, 140, 90]), "{:?}", colour(&option("R98")));
    assert!(near(colour(&option("R03")), [0, 141, 86]), "{:?}", colour(&option("R03")));
}

#[test]
fn a_broken_profile_is_passed_over() {
    let pixels = [200, 100, 50].repeat(64 * 64);
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let mut wrong =
        vec![b"nonsense".to_vec(), ColorProfile::new_gray_with_gamma(1.8).encode().unwrap(), file("cmyk.icc")];
    // Cut anywhere, and with numbers in its table of tags that lead nowhere.
    wrong.extend((0..p3.len() - 300).step_by(37).map(|length| p3[..length].to_vec()));
    wrong.extend((132..168).step_by(4).map(|at| [&p3[..at], &[0xFF; 4], &p3[at + 4..at + 60]].concat()));
    for profile in wrong {
        let segment = [&b"ICC_PROFILE\0\x01\x01"[..], &profile].concat();
        let picture = one(&fixtures::jpeg(&pixels, (64, 64), &[(2, segment)]), recipe(32, 32, Output::Png));
        let pixel = picture.get_pixel(5, 5);
        assert!(pixel[0].abs_diff(200) < 4 && pixel[1].abs_diff(100) < 4, "{pixel:?}");
    }
}

#[test]
fn grey_stays_grey_and_follows_its_profile() {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 95);
    encoder.add_icc_profile(&ColorProfile::new_gray_with_gamma(1.8).encode().unwrap()).unwrap();
    encoder.encode(&[128; 64 * 64], 64, 64, jpeg_encoder::ColorType::Luma).unwrap();
    for output in [Output::Jpeg, Output::Png] {
        let picture = one(&file, recipe(32, 32, output));
        assert_eq!(picture.color(), image::ColorType::L8, "{output:?}");
        let value = picture.to_luma8().get_pixel(9, 9)[0];
        // 255 * srgb((128 / 255) ^ 1.8)
        assert!(value.abs_diff(146) <= 2, "{value}");
    }
}

#[test]
fn ink_becomes_light() {
    let inks = [([0, 0, 0, 0], [255, 255, 255]), ([0, 0, 0, 255], [0, 0, 0]), ([0, 255, 255, 0], [255, 0, 0])];
    for (ink, expected) in inks {
        for kind in [jpeg_encoder::ColorType::Cmyk, jpeg_encoder::ColorType::CmykAsYcck] {
            let mut file = Vec::new();
            let encoder = jpeg_encoder::Encoder::new(&mut file, 95);
            encoder.encode(&ink.repeat(64 * 64), 64, 64, kind).unwrap();
            for output in [Output::Jpeg, Output::WebP, Output::Png] {
                let pixel = one(&file, recipe(32, 32, output)).get_pixel(9, 9);
                let near = expected.iter().zip(pixel.0).all(|(a, b): (&u8, u8)| a.abs_diff(b) <= 6);
                assert!(near, "{kind:?} {output:?}: {pixel:?} instead of {expected:?}");
            }
        }
    }
}
