//! Pictures are made smaller without ringing, blur or false patterns. What is possible follows from
//! the filter: Lanczos with three lobes overshoots a step edge by 6 to 7 % and passes most of what
//! the smaller picture can hold. Reference values were computed in floating point from its formula.

use super::plane::Plane;
use super::resize::{Area, resized};
use super::*;

fn gray(width: u32, height: u32, value: impl Fn(u32, u32) -> f64) -> Plane {
    let mut data = Vec::new();
    for y in 0..height {
        for x in 0..width {
            data.push(value(x, y).round() as u8);
        }
    }
    Plane { width: width as usize, height: height as usize, data }
}

fn as_png(pixels: &Plane) -> Vec<u8> {
    fixtures::png(&pixels.data, (pixels.width as u32, pixels.height as u32), ::png::ColorType::Grayscale, &[])
}

/// A still made smaller by all of the darkroom: halves and all.
fn smaller(pixels: &Plane, width: u32, height: u32) -> Vec<f64> {
    let picture = one(&as_png(pixels), recipe(width, height, Output::Png));
    picture.to_luma8().into_raw().into_iter().map(f64::from).collect()
}

#[test]
fn a_step_edge_stays_steep_and_does_not_ring() {
    for width in [1500, 1000, 701, 480, 333, 200, 96] {
        let source = gray(2000, 8, |x, _| if x < 1000 { 50.0 } else { 200.0 });
        let row = &smaller(&source, width, 8)[..width as usize];
        let part = |value: f64| (value - 50.0) / 150.0;
        let (low, high) = row.iter().fold((1.0_f64, 0.0_f64), |(l, h), v| (l.min(part(*v)), h.max(part(*v))));
        assert!(low > -0.10 && high < 1.10, "{width}: rings by {low} and {high}");
        let far = |x: usize| x.abs_diff(width as usize / 2) > 4;
        let settled = |(x, v): (usize, &f64)| !far(x) || (part(*v) - part(*v).round()).abs() < 0.01;
        assert!(row.iter().enumerate().all(settled), "{width}: waves far from the edge");
        let between = row.iter().filter(|v| (0.1..0.9).contains(&part(**v))).count();
        assert!(between <= 1, "{width}: the edge is {between} pixels wide");
    }
}

/// How strong a wave of so many cycles for each pixel of the smaller picture is in it: 1 as in the still.
fn passed(cycles: f64, from: u32, to: u32) -> f64 {
    let step = f64::from(from) / f64::from(to);
    let wave = |x: u32, _| 128.0 + 100.0 * (std::f64::consts::TAU * cycles / step * (f64::from(x) + 0.5)).sin();
    let row = &smaller(&gray(from, 8, wave), to, 8)[..to as usize];
    // Away from the sides; the strength of any wave is its deviation.
    let middle = &row[to as usize / 4..to as usize * 3 / 4];
    let mean = middle.iter().sum::<f64>() / middle.len() as f64;
    let square = middle.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / middle.len() as f64;
    (2.0 * square).sqrt() / 100.0
}

/// Along one line of a zone plate: what the smaller picture can show is shown, what it cannot is
/// gone and does not come back as a false pattern.
#[test]
fn fine_patterns_are_kept_or_gone() {
    for to in [1000, 701, 480, 333, 200] {
        for (cycles, least, most) in [
            (0.05, 0.97, 1.03),
            (0.20, 0.93, 1.07),
            (0.35, 0.80, 1.10),
            (0.42, 0.60, 1.0),
            (0.60, 0.0, 0.40),
            (0.75, 0.0, 0.10),
            (0.90, 0.0, 0.06),
        ] {
            let found = passed(cycles, 2000, to);
            assert!((least..=most).contains(&found), "{cycles} cycles a pixel at {to} pixels: {found}");
        }
    }
}

/// A zone plate from a JPEG, which is decoded at a smaller scale, against the one from a PNG, which is not.
#[test]
fn a_zone_plate_is_the_same_from_every_way_of_decoding() {
    let side = 4096;
    let plate = gray(side, 512, |x, y| {
        let (x, y) = (f64::from(x) - 2048.0, f64::from(y) - 256.0);
        // The finest rings, at the sides, are an eighth of what the still can hold.
        128.0 + 90.0 * (std::f64::consts::PI * (x * x + y * y) / (16.0 * 2048.0)).cos()
    });
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, 98).encode(&plate.data, 4096, 512, jpeg_encoder::ColorType::Luma).unwrap();
    assert_eq!(decode::Scale::working(&facts(&jpeg)), decode::Scale::Half);
    let reference = resized(&plate, Area::whole(&plate), 1600, 200);
    for file in [jpeg, as_png(&plate)] {
        let made = one(&file, recipe(1600, 200, Output::Png)).to_luma8().into_raw();
        let square: f64 = made.iter().zip(&reference.data).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum();
        let away = (square / made.len() as f64).sqrt();
        assert!(away < 4.0, "{away} of 255 away from the reduction in one step");
    }
}

/// Flat colour stays exactly what it is at every size.
#[test]
fn flat_colour_stays_flat() {
    for value in [0, 1, 127, 254, 255] {
        for width in [1999, 1000, 333, 17, 1] {
            let made = smaller(&gray(2000, 8, |_, _| f64::from(value)), width, 8);
            assert!(made.iter().all(|v| (*v - f64::from(value)).abs() < 0.5), "{value} at {width}");
        }
    }
}

/// What holds along lines of grey holds down columns, in each colour and below glass: all that is looked at above is
/// looked at along lines.
#[test]
fn every_direction_and_every_kind_of_pixel_is_made_smaller_alike() {
    let (wide, high) = (1200, 80);
    let busy = |x: u32, y: u32| 128.0 + 90.0 * (f64::from(x * x) / 4000.0 + f64::from(y)).sin();
    let line = gray(wide, high, busy);
    let column = gray(high, wide, |x, y| busy(y, x));
    for to in [1000, 640, 333, 200, 96] {
        let short = to * high / wide;
        let along = smaller(&line, to, short);
        let down = smaller(&column, short, to);
        let (width, height) = (to as usize, short as usize);
        let turned = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| down[x * height + y]);
        assert!(along.iter().zip(turned).all(|(a, b)| (a - b).abs() <= 2.0), "{to}: down is not as along");
        for channels in [3, 4] {
            let mut data: Vec<u8> = line.data.iter().flat_map(|value| [*value, 255 - value, *value, 255]).collect();
            let mut colours = ::png::ColorType::Rgba;
            if channels == 3 {
                data = data.as_chunks::<4>().0.iter().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
                colours = ::png::ColorType::Rgb;
            }
            let file = fixtures::png(&data, (wide, high), colours, &[]);
            let made = one(&file, recipe(to, short, Output::Png)).to_rgb8();
            let alike = |(pixel, grey): (&image::Rgb<u8>, &f64)| {
                let [red, green, blue] = pixel.0.map(f64::from);
                (red - grey).abs() <= 1.0 && (255.0 - green - grey).abs() <= 1.0 && (blue - grey).abs() <= 1.0
            };
            assert!(made.pixels().zip(&along).all(alike), "{to}: {channels} channels");
        }
    }
}
