//! The decoder for photographs as cameras write them, against the general one.

use super::*;
use crate::develop::decode::baseline;
use jpeg_encoder::{Encoder, SamplingFactor};

const SIZES: [(u32, u32); 4] = [(96, 64), (97, 65), (33, 90), (7, 5)];

type Settings = fn(&mut Encoder<&mut Vec<u8>>);

fn settings() -> Vec<(&'static str, Settings)> {
    vec![
        ("4:4:4", |encoder| encoder.set_sampling_factor(SamplingFactor::F_1_1)),
        ("4:2:2", |encoder| encoder.set_sampling_factor(SamplingFactor::F_2_1)),
        ("4:4:0", |encoder| encoder.set_sampling_factor(SamplingFactor::F_1_2)),
        ("4:2:0", |encoder| encoder.set_sampling_factor(SamplingFactor::F_2_2)),
        ("restarts", |encoder| {
            encoder.set_sampling_factor(SamplingFactor::F_2_2);
            encoder.set_restart_interval(3);
        }),
    ]
}

/// As the general decoder gives it.
fn reference(file: &[u8]) -> Vec<u8> {
    load(file).to_rgb8().into_raw()
}

/// The mean difference of two pictures, and the largest.
fn difference(a: &[u8], b: &[u8]) -> (f64, u8) {
    assert_eq!(a.len(), b.len());
    let each = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    (each().map(f64::from).sum::<f64>() / a.len() as f64, each().max().unwrap_or(0))
}

#[test]
fn photographs_are_decoded_as_by_the_general_decoder() {
    for (name, settings) in settings() {
        for (width, height) in SIZES {
            let file = fixtures::jpeg_with(&scene(width, height), (width, height), &[], settings);
            let photograph = baseline::decode(&file, (width, height), 1).unwrap_or_else(|| panic!("{name} {width}"));
            assert_eq!(photograph.pixels.planes[0].data.len(), (width * height) as usize);
            let whole = one(&file, recipe(width, height, Output::Png)).to_rgb8().into_raw();
            // Chroma is put between pixels by another filter, which shows at the edges of colours.
            let (mean, _) = difference(&whole, &reference(&file));
            let most = if width < 10 { 8.0 } else { 3.0 };
            assert!(mean < most, "{name} {width}x{height}: {mean}");
        }
    }
}

#[test]
fn grey_photographs_are_decoded_to_the_last_bit_but_one() {
    for (width, height) in SIZES {
        let gray: Vec<u8> = scene(width, height).chunks(3).map(|pixel| pixel[0]).collect();
        let mut file = Vec::new();
        Encoder::new(&mut file, 93).encode(&gray, width as u16, height as u16, jpeg_encoder::ColorType::Luma).unwrap();
        let photograph = baseline::decode(&file, (width, height), 1).unwrap();
        let (_, most) = difference(&photograph.pixels.planes[0].data, &load(&file).to_luma8().into_raw());
        assert!(most <= 1, "{most}");
    }
}

/// Greys that change slowly.
fn waves(width: u32, height: u32) -> Vec<u8> {
    let wave = |place: u32, length: f64| 128.0 + 100.0 * (f64::from(place) / length).sin();
    let pixel = |x, y| [((wave(x, 40.0) + wave(y, 30.0)) / 2.0) as u8; 3];
    (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect()
}

/// At a half, a quarter and an eighth the picture is that of the general decoder, made smaller.
#[test]
fn smaller_scales_are_reductions_of_the_whole() {
    let (width, height) = (640, 480);
    for (name, settings) in settings() {
        let file = fixtures::jpeg_with(&waves(width, height), (width, height), &[], settings);
        for divisor in [2, 4, 8] {
            let made = baseline::decode(&file, (width, height), divisor).unwrap().pixels;
            assert_eq!((made.width, made.height), (width / divisor, height / divisor));
            let filter = image::imageops::FilterType::Triangle;
            let small = load(&file).resize_exact(width / divisor, height / divisor, filter).to_luma8().into_raw();
            let (mean, _) = difference(&made.planes[0].data, &small);
            assert!(mean < 1.5, "{name} at 1/{divisor}: {mean}");
        }
    }
}

/// FFmpeg writes factors of sampling that are all larger than they have to be.
#[test]
fn unusual_factors_of_sampling_are_understood() {
    for (name, chroma) in [("ffmpeg-422.jpg", (2, 1)), ("ffmpeg-444.jpg", (1, 1))] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sampling").join(name);
        let file = std::fs::read(path).unwrap();
        let photograph = baseline::decode(&file, (90, 62), 1).unwrap();
        assert_eq!(photograph.subsampling, chroma, "{name}");
        let whole = one(&file, recipe(90, 62, Output::Png)).to_rgb8().into_raw();
        let (mean, _) = difference(&whole, &reference(&file));
        assert!(mean < 3.0, "{name}: {mean}");
    }
}

#[test]
fn what_is_not_whole_or_of_another_kind_is_left_alone() {
    let (width, height) = (97, 65);
    let rgb = scene(width, height);
    for (name, settings) in settings() {
        let file = fixtures::jpeg_with(&rgb, (width, height), &[], settings);
        assert!(baseline::decode(&file, (width, height), 1).is_some());
        assert!(baseline::decode(&file, (width, height + 1), 1).is_none());
        for cut in (0..file.len() - 12).step_by(7) {
            let ended = [&file[..cut], &[0xFF, 0xD9]].concat();
            assert!(baseline::decode(&file[..cut], (width, height), 1).is_none(), "{name} cut at {cut}");
            assert!(baseline::decode(&ended, (width, height), 1).is_none(), "{name} cut and ended at {cut}");
        }
    }
    let other: [Settings; 2] =
        [|encoder| encoder.set_progressive(true), |encoder| encoder.set_optimized_huffman_tables(true)];
    for settings in other {
        let file = fixtures::jpeg_with(&rgb, (width, height), &[], settings);
        assert!(baseline::decode(&file, (width, height), 1).is_none());
        let whole = one(&file, recipe(width, height, Output::Png)).to_rgb8().into_raw();
        assert_eq!(difference(&whole, &reference(&file)).1, 0);
    }
}

/// Whatever bits are wrong, there is a picture or none.
#[test]
fn broken_bits_do_no_harm() {
    let file = fixtures::jpeg(&scene(96, 64), (96, 64), &[]);
    let (mut some, mut none) = (0, 0);
    for at in 0..file.len() {
        let mut broken = file.clone();
        broken[at] ^= 1 << (at % 8);
        match baseline::decode(&broken, (96, 64), 2) {
            Some(_) => some += 1,
            None => none += 1,
        }
    }
    assert!(some > 100 && none > 20, "{some} {none}");
}

/// Odd sides, every orientation: the last sample of chroma stands for one pixel, and colours lie where they belong.
#[test]
fn chroma_stays_where_it_is_in_every_orientation() {
    let (width, height) = (45, 31);
    let upright = scene(width, height);
    let plain = fixtures::png(&upright, (width, height), ::png::ColorType::Rgb, &[]);
    let expected = one(&plain, recipe(width, height, Output::Png)).to_rgb8().into_raw();
    for number in 1..=8 {
        let (stored, size) = fixtures::stored(&upright, (width, height), number);
        let exif = exif_segment(&structure(&[], vec![fixtures::short(0x0112, number)], &[]));
        let best = |encoder: &mut Encoder<&mut Vec<u8>>| encoder.set_sampling_factor(SamplingFactor::F_1_1);
        let file = fixtures::jpeg_with(&stored, size, &[exif], best);
        let made = one(&file, recipe(width, height, Output::Jpeg)).to_rgb8().into_raw();
        let (mean, _) = difference(&made, &expected);
        assert!(mean < 9.0, "orientation {number}: {mean}");
    }
}
