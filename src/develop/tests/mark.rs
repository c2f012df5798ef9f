//! Words that are burnt into pictures.

use super::*;

/// A plain picture of one brightness.
fn plain(value: u8, (width, height): (u32, u32)) -> Vec<u8> {
    fixtures::jpeg(&vec![value; (width * height * 3) as usize], (width, height), &[])
}

fn marked(value: u8, size: (u32, u32), mark: Option<&str>) -> image::RgbImage {
    let recipe = Recipe { mark: mark.map(ToOwned::to_owned), ..recipe(size.0, size.1, Output::Jpeg) };
    one(&plain(value, size), recipe).to_rgb8()
}

/// How many of the squares of a picture differ from the same picture without words.
fn touched(value: u8, size: (u32, u32), words: &str) -> (usize, usize) {
    let (with, without) = (marked(value, size, Some(words)), marked(value, size, None));
    let square = size.0.max(size.1) / 4;
    let (mut changed, mut all) = (0, 0);
    for (left, top) in (0..size.0 / square).flat_map(|x| (0..size.1 / square).map(move |y| (x * square, y * square))) {
        let places = (left..left + square).flat_map(|x| (top..top + square).map(move |y| (x, y)));
        let far = places.filter(|(x, y)| with.get_pixel(*x, *y)[0].abs_diff(without.get_pixel(*x, *y)[0]) > 40).count();
        all += 1;
        changed += usize::from(far as u32 > square * square / 60);
    }
    (changed, all)
}

#[test]
fn no_quarter_of_a_picture_is_without_words_whatever_is_on_it() {
    for value in [0, 128, 255] {
        for size in [(640, 426), (426, 640), (320, 320)] {
            let (changed, all) = touched(value, size, "PROOF · Inês Calder");
            assert_eq!(changed, all, "brightness {value}, {size:?}");
        }
    }
}

#[test]
fn words_that_cannot_be_drawn_are_told_by_others() {
    assert_eq!(marked(128, (200, 150), Some("雨")), marked(128, (200, 150), Some("PROOF")));
    assert_ne!(marked(128, (200, 150), Some("PROOF")), marked(128, (200, 150), None));
}

#[test]
fn pictures_of_one_size_with_and_without_words_keep_apart() {
    let source = plain(90, (120, 80));
    let recipes = [None, Some("PROOF"), Some("HELD"), None]
        .map(|mark| Recipe { mark: mark.map(ToOwned::to_owned), ..recipe(120, 80, Output::Jpeg) });
    let made = all(&source, &recipes, &Metadata::default()).unwrap();
    assert!(made[0] == made[3] && made[0] != made[1] && made[1] != made[2]);
    for (recipe, file) in recipes.into_iter().zip(&made) {
        assert_eq!(*file, all(&source, &[recipe], &Metadata::default()).unwrap()[0], "made alone");
    }
}
