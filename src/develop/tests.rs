//! What comes out of the darkroom.

mod baseline;
mod colour;
mod mark;
mod metadata;
mod sharpness;

use std::ops::ControlFlow;

use image::GenericImageView;

use super::*;
use crate::still::fixtures::{
    self as fixtures, exif_segment, iim_segment, noise, orientation, scene, structure, xmp_segment,
};
use crate::still::{self, Limits};
use metadata::everything;

fn facts(bytes: &[u8]) -> Facts {
    still::examine(bytes, &Limits::default()).unwrap()
}

fn recipe(width: u32, height: u32, output: Output) -> Recipe {
    Recipe {
        crop: None,
        width,
        height,
        output,
        quality: Quality::High,
        background: [10, 200, 30],
        rights: Rights::Full,
        mark: None,
    }
}

fn all(bytes: &[u8], recipes: &[Recipe], metadata: &Metadata) -> Result<Vec<Vec<u8>>, Failure> {
    let mut files = vec![Vec::new(); recipes.len()];
    develop(bytes, &facts(bytes), recipes, metadata, &mut |index, file| {
        files[index] = file;
        ControlFlow::Continue(())
    })?;
    assert!(files.iter().all(|file| !file.is_empty()));
    Ok(files)
}

fn one(bytes: &[u8], recipe: Recipe) -> image::DynamicImage {
    load(&all(bytes, &[recipe], &Metadata::default()).unwrap()[0])
}

fn load(file: &[u8]) -> image::DynamicImage {
    if !file.starts_with(&[0xFF, 0xD8]) {
        return image::load_from_memory(file).unwrap();
    }
    let mut decoder = jpeg_decoder::Decoder::new(file);
    let data = decoder.decode().unwrap();
    let info = decoder.info().unwrap();
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => image::GrayImage::from_raw(width, height, data).unwrap().into(),
        format => {
            assert_eq!(format, jpeg_decoder::PixelFormat::RGB24);
            image::RgbImage::from_raw(width, height, data).unwrap().into()
        }
    }
}

/// The largest difference of any channel.
fn difference(a: &image::DynamicImage, b: &image::DynamicImage) -> u8 {
    assert_eq!(a.dimensions(), b.dimensions());
    let (a, b) = (a.to_rgb8(), b.to_rgb8());
    a.as_raw().iter().zip(b.as_raw()).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

const UPRIGHT: (u32, u32) = (96, 64);

/// The scene stored in each of the eight ways, in every format that can say so.
fn oriented(number: u16) -> Vec<Vec<u8>> {
    let (rgb, size) = fixtures::stored(&scene(96, 64), UPRIGHT, number);
    vec![
        fixtures::jpeg(&rgb, size, &[exif_segment(&orientation(number))]),
        fixtures::png(&rgb, size, ::png::ColorType::Rgb, &[(b"eXIf", orientation(number))]),
        fixtures::webp(&rgb, size, 0x08, &[(b"EXIF", orientation(number))]),
        fixtures::tiff(&rgb, size, vec![fixtures::short(0x0112, number)]),
    ]
}

#[test]
fn all_orientations_in_all_formats_equal_the_upright_picture() {
    let crop = Crop { x: 12, y: 4, width: 40, height: 30 };
    let cropped = |crop| Recipe { crop: Some(crop), ..recipe(20, 15, Output::Png) };
    let upright = fixtures::png(&scene(96, 64), UPRIGHT, ::png::ColorType::Rgb, &[]);
    let (whole, part) = (one(&upright, recipe(48, 32, Output::Png)), one(&upright, cropped(crop)));
    for number in 1..=8 {
        for (format, file) in oriented(number).iter().enumerate() {
            let facts = facts(file);
            assert_eq!((facts.width, facts.height), UPRIGHT);
            let (whole_error, part_error) = (
                difference(&one(file, recipe(48, 32, Output::Png)), &whole),
                difference(&one(file, cropped(crop)), &part),
            );
            assert!(whole_error <= 6 && part_error <= 6, "{number} in {format}: {whole_error}, {part_error}");
        }
    }
    let elsewhere = cropped(Crop { x: 40, ..crop });
    assert!(difference(&one(&upright, elsewhere), &part) > 30, "the comparison can fail");
}

#[test]
fn a_large_jpeg_is_decoded_small_and_looks_the_same() {
    let (width, height) = (4000, 128);
    let rgb = scene(width, height);
    let jpeg = fixtures::jpeg(&rgb, (width, height), &[]);
    let png = fixtures::png(&rgb, (width, height), ::png::ColorType::Rgb, &[]);
    assert_eq!(decode::Scale::working(&facts(&jpeg)), decode::Scale::Half);
    for width in [2000, 1900, 640, 200] {
        let wanted = recipe(width, (128 * width / 4000).max(1), Output::Png);
        assert!(difference(&one(&jpeg, wanted.clone()), &one(&png, wanted)) <= 6, "{width}");
    }
    let close = Recipe { crop: Some(Crop { x: 1000, y: 0, width: 300, height: 128 }), ..recipe(300, 128, Output::Png) };
    assert_eq!(decode::Scale::of(&facts(&jpeg), &close), decode::Scale::Whole, "a close crop needs all pixels");
    assert!(difference(&one(&jpeg, close.clone()), &one(&png, close)) <= 6);
}

#[test]
fn a_picture_does_not_depend_on_what_is_made_beside_it() {
    let file = fixtures::jpeg(&noise(2400, 96), (2400, 96), &[]);
    let crop = Some(Crop { x: 900, y: 10, width: 400, height: 80 });
    let recipes = [
        recipe(240, 10, Output::WebP),
        recipe(2400, 96, Output::Jpeg),
        Recipe { crop, ..recipe(390, 78, Output::WebP) },
        recipe(1200, 48, Output::WebP),
        recipe(1200, 48, Output::Jpeg),
        Recipe { crop, ..recipe(100, 20, Output::Png) },
    ];
    let together = all(&file, &recipes, &Metadata::default()).unwrap();
    for (recipe, expected) in recipes.iter().zip(&together) {
        let alone = all(&file, std::slice::from_ref(recipe), &Metadata::default()).unwrap();
        assert!(alone[0] == *expected, "{recipe:?}");
    }
    let preview = |recipes: &[Recipe]| {
        develop(&file, &facts(&file), recipes, &Metadata::default(), &mut |_, _| ControlFlow::Continue(())).unwrap()
    };
    assert_eq!(preview(&recipes), preview(&[]));
}

#[test]
fn alpha_is_kept_or_flattened_without_a_fringe() {
    // Opaque red on the left, transparent green on the right: none of the green may show.
    let row: Vec<u8> = (0..64).flat_map(|x| if x < 32 { [255, 0, 0, 255] } else { [0, 255, 0, 0] }).collect();
    let file = fixtures::png(&row.repeat(64), (64, 64), ::png::ColorType::Rgba, &[]);
    let png = one(&file, recipe(21, 21, Output::Png)).to_rgba8();
    assert_eq!((png.get_pixel(2, 9)[3], png.get_pixel(19, 9)[3]), (255, 0));
    assert!(png.pixels().all(|pixel| pixel[3] < 8 || pixel[1] < 16), "a fringe of hidden colour");
    let webp = one(&file, recipe(21, 21, Output::WebP)).to_rgba8();
    assert_eq!((webp.get_pixel(2, 9)[3], webp.get_pixel(19, 9)[3]), (255, 0));
    let jpeg = one(&file, recipe(21, 21, Output::Jpeg)).to_rgb8();
    let below = jpeg.get_pixel(19, 9);
    assert!(below[0].abs_diff(10) < 12 && below[1].abs_diff(200) < 12 && below[2].abs_diff(30) < 12, "{below:?}");
}

#[test]
fn sixteen_bits_become_eight() {
    let deep: Vec<u8> = scene(64, 64).iter().flat_map(|&value| [value, value]).collect();
    let deep = fixtures::png(&deep, (64, 64), ::png::ColorType::Rgb, &[]);
    let plain = fixtures::png(&scene(64, 64), (64, 64), ::png::ColorType::Rgb, &[]);
    let wanted = || recipe(40, 40, Output::Png);
    assert!(difference(&one(&deep, wanted()), &one(&plain, wanted())) <= 1);
}

#[test]
fn nothing_is_enlarged() {
    let file = fixtures::jpeg(&scene(96, 64), UPRIGHT, &[]);
    let crop = |x, y, width, height| Some(Crop { x, y, width, height });
    let wrong = [
        recipe(97, 64, Output::Png),
        recipe(96, 65, Output::Png),
        recipe(0, 10, Output::Png),
        Recipe { crop: crop(0, 0, 40, 40), ..recipe(41, 40, Output::Png) },
        Recipe { crop: crop(60, 0, 40, 40), ..recipe(10, 10, Output::Png) },
        Recipe { crop: crop(u32::MAX, 0, 40, 40), ..recipe(10, 10, Output::Png) },
        Recipe { crop: crop(0, 0, 0, 0), ..recipe(1, 1, Output::Png) },
    ];
    for recipe in wrong {
        let failure = all(&file, std::slice::from_ref(&recipe), &Metadata::default()).unwrap_err();
        assert!(matches!(failure, Failure::Enlarged { .. }), "{recipe:?}: {failure}");
    }
    assert_eq!(one(&file, recipe(96, 64, Output::WebP)).dimensions(), UPRIGHT);
}

#[test]
fn work_stops_when_it_is_told_to() {
    let file = fixtures::jpeg(&scene(96, 64), UPRIGHT, &[]);
    let recipes = [recipe(96, 64, Output::Png), recipe(48, 32, Output::Png), recipe(24, 16, Output::Png)];
    let mut count = 0;
    let result = develop(&file, &facts(&file), &recipes, &Metadata::default(), &mut |_, _| {
        count += 1;
        ControlFlow::Break(())
    });
    assert_eq!((result, count), (Err(Failure::Stopped), 1));
}

#[test]
fn other_bytes_than_the_facts_are_noticed() {
    let (small, large) = (fixtures::jpeg(&scene(96, 64), UPRIGHT, &[]), fixtures::jpeg(&scene(64, 96), (64, 96), &[]));
    let result = develop(&small, &facts(&large), &[], &Metadata::default(), &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(result, Err(Failure::Changed));
}

#[test]
fn previews_are_tiny_and_have_the_mean_colour() {
    let flat = fixtures::jpeg(&[180, 90, 40].repeat(300 * 200), (300, 200), &[]);
    let glass = fixtures::png(&noise(64, 64)[..64 * 48 * 4], (64, 48), ::png::ColorType::Rgba, &[]);
    let busy = fixtures::jpeg(&noise(300, 200), (300, 200), &[]);
    let dot = fixtures::png(&[9, 9, 9], (1, 1), ::png::ColorType::Rgb, &[]);
    for file in [&flat, &glass, &busy, &dot] {
        let preview =
            develop(file, &facts(file), &[], &Metadata::default(), &mut |_, _| ControlFlow::Continue(())).unwrap();
        assert!(preview.data_uri.starts_with("data:image/webp;base64,") && preview.data_uri.len() < 350);
    }
    let preview =
        develop(&flat, &facts(&flat), &[], &Metadata::default(), &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert!(preview.color.iter().zip([180, 90, 40]).all(|(a, b)| a.abs_diff(b) <= 3), "{:?}", preview.color);
}

#[test]
fn crops_keep_their_focus() {
    let table = [
        ((600, 400), (16, 9), None, (0, 31, 600, 338)),
        ((600, 400), (1, 1), None, (100, 0, 400, 400)),
        ((600, 400), (1, 1), Some((0.0, 0.5)), (0, 0, 400, 400)),
        ((600, 400), (1, 1), Some((1.0, 0.5)), (200, 0, 400, 400)),
        ((600, 400), (1, 1), Some((0.4, 0.5)), (40, 0, 400, 400)),
        ((400, 600), (16, 9), Some((0.5, 0.2)), (0, 8, 400, 225)),
        ((400, 600), (16, 9), Some((9.0, -3.0)), (0, 0, 400, 225)),
        ((400, 600), (16, 9), Some((f32::NAN, f32::NAN)), (0, 188, 400, 225)),
        ((600, 400), (3, 2), None, (0, 0, 600, 400)),
        ((600, 400), (0, 9), None, (0, 0, 600, 400)),
        ((1, 4000), (16, 9), None, (0, 2000, 1, 1)),
        ((4_000_000_000, 3), (1, 4_000_000_000), None, (2_000_000_000, 0, 1, 3)),
    ];
    for (size, aspect, focus, (x, y, width, height)) in table {
        assert_eq!(crop_for(size, aspect, focus), Crop { x, y, width, height }, "{size:?} {aspect:?} {focus:?}");
    }
}

#[test]
fn damaged_files_are_told_and_never_panic() {
    let rgb = scene(64, 48);
    let exif = exif_segment(&structure(
        &[],
        vec![fixtures::short(0x0112, 6)],
        &[fixtures::ascii(0x9003, "2026:03:12 10:11:12")],
    ));
    let progressive = |encoder: &mut jpeg_encoder::Encoder<&mut Vec<u8>>| encoder.set_progressive(true);
    let mut gif = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut gif).encode(&rgb, 64, 48, image::ExtendedColorType::Rgb8).unwrap();
    let files = [
        fixtures::jpeg(
            &rgb,
            (64, 48),
            &[exif.clone(), iim_segment(&[(2, 120, b"text")]), xmp_segment(&everything().xmp().unwrap())],
        ),
        fixtures::jpeg_with(&rgb, (64, 48), &[exif], progressive),
        fixtures::png(&rgb, (64, 48), ::png::ColorType::Rgb, &[(b"eXIf", orientation(5))]),
        fixtures::webp(&rgb, (64, 48), 0x08, &[(b"EXIF", orientation(7))]),
        fixtures::tiff(&rgb, (64, 48), vec![fixtures::short(0x0112, 8)]),
        gif,
    ];
    // A small limit keeps the sizes that mutations invent from filling the memory of the test.
    let limits = Limits { max_pixels: 4_000_000 };
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut refused, mut failed, mut developed) = (0, 0, 0);
    for file in &files {
        for round in 0..250 {
            let mut hostile = file.clone();
            for _ in 0..=round % 4 {
                // Headers are where the harm is: half of the hits go there.
                let at = if random(2) == 0 { random(hostile.len().min(200)) } else { random(hostile.len()) };
                hostile[at] ^= 1 << random(8);
            }
            if round % 5 == 0 {
                hostile.truncate(random(hostile.len()));
            }
            match still::examine(&hostile, &limits) {
                Err(refusal) => {
                    refused += 1;
                    assert!(!refusal.to_string().is_empty() && !refusal.code().is_empty());
                }
                Ok(facts) => {
                    let recipe = Recipe { ..recipe(facts.width.min(20), facts.height.min(20), Output::WebP) };
                    let result =
                        develop(&hostile, &facts, &[recipe], &everything(), &mut |_, _| ControlFlow::Continue(()));
                    match result {
                        Ok(_) => developed += 1,
                        Err(_) => failed += 1,
                    }
                }
            }
        }
    }
    assert!(refused > 100 && failed > 50 && developed > 100, "{refused} {failed} {developed}");
}

#[test]
fn memory_is_estimated_upwards() {
    let mut facts = facts(&fixtures::jpeg(&scene(96, 64), UPRIGHT, &[]));
    (facts.width, facts.height) = (6000, 4000);
    let wide = recipe(1920, 1280, Output::WebP);
    let usual = memory_estimate(&facts, std::slice::from_ref(&wide));
    // At least the half-size decode, at most the whole one three times over.
    assert!((18_000_000..=216_000_000).contains(&usual), "{usual}");
    assert!(memory_estimate(&facts, &[recipe(6000, 4000, Output::WebP)]) > 2 * usual);
    // What its encoder was measured to take beside that of WebP, at 2560 pixels: 13 bytes for each.
    assert!(memory_estimate(&facts, &[recipe(1920, 1280, Output::Avif)]) > usual + 13 * 1920 * 1280);
    facts.progressive = true;
    assert!(memory_estimate(&facts, &[wide]) > usual + 100_000_000);
}

#[test]
fn a_cut_jpeg_with_an_end_marker_names_the_row() {
    for (width, height) in [(96, 160), (4000, 96)] {
        let file = fixtures::jpeg(&noise(width, height), (width, height), &[]);
        let cut = [&file[..file.len() * 6 / 10], &[0xFF, 0xD9]].concat();
        let result = develop(&cut, &facts(&cut), &[], &Metadata::default(), &mut |_, _| ControlFlow::Continue(()));
        let told = result.unwrap_err().to_string();
        assert!(told.starts_with("stops at row") && told.ends_with(&format!("of {height}: copy it again")), "{told}");
    }
    // What ends evenly by itself is whole.
    type Encoder<'a> = jpeg_encoder::Encoder<&'a mut Vec<u8>>;
    for settings in [|_: &mut Encoder<'_>| {}, |encoder: &mut Encoder<'_>| encoder.set_restart_interval(3)] {
        for (width, height) in [(96, 160), (4000, 96), (7, 5)] {
            let file = fixtures::jpeg_with(&vec![9; (width * height * 3) as usize], (width, height), &[], settings);
            assert!(all(&file, &[recipe(width.min(900), 5, Output::Png)], &Metadata::default()).is_ok());
        }
    }
}
