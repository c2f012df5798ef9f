//! Files that save nothing are not offered and not published, whatever was built before.

use crate::support::{SiteTest, Tree, assert_same};
use std::collections::BTreeSet;

/// Squares of eight pixels, each of one grey: cheap at their own size, where they are the squares that JPEG and WebP work in,
/// and dear when they are a little smaller.
fn squares(width: u16, height: u16) -> Vec<u8> {
    let grey =
        |x: u32, y: u32| ((x / 8).wrapping_mul(73_856_093) ^ (y / 8).wrapping_mul(19_349_663)).wrapping_mul(97) >> 7;
    let places = (0..u32::from(height)).flat_map(|y| (0..u32::from(width)).map(move |x| (x, y)));
    let rgb: Vec<u8> = places.flat_map(|(x, y)| [(grey(x, y) % 256) as u8; 3]).collect();
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 95).encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// Widths that a page offers.
fn widths(page: &str) -> BTreeSet<u32> {
    let sets = page.split("srcset=\"").skip(1).filter_map(|rest| rest.split('"').next());
    sets.flat_map(|set| set.split(", "))
        .filter_map(|one| one.split(' ').nth(1)?.strip_suffix('w')?.parse().ok())
        .collect()
}

fn prints(tree: &Tree) -> BTreeSet<&str> {
    tree.keys().map(String::as_str).filter(|path| path.starts_with("media/")).collect()
}

fn site() -> SiteTest {
    let site = SiteTest::good();
    site.bytes("media/day-9/squares.jpg", &squares(1080, 720));
    site.file("media/day-9/gallery.toml", "title = \"Day 9\"\n[still.\"squares.jpg\"]\nalt = \"Squares\"\n");
    site
}

#[test]
fn a_width_that_takes_more_bytes_than_the_next_is_left_out() {
    let site = site();
    site.build().is_good();
    let page = site.page("galleries/day-9/squares/index.html");
    let offered = widths(&page);
    assert!(offered.contains(&1080) && !offered.contains(&720), "{offered:?}");
    let pages: Vec<Vec<u8>> =
        site.tree().into_iter().filter(|(path, _)| !path.starts_with("media/")).map(|(_, bytes)| bytes).collect();
    for print in prints(&site.tree()) {
        let named = pages.iter().any(|page| memchr::memmem::find(page, print.as_bytes()).is_some());
        assert!(named, "{print} is published and nothing names it");
    }
}

#[test]
fn what_is_left_out_does_not_depend_on_what_was_built_before() {
    let site = site();
    site.build().is_good();
    let first = site.tree();
    assert_eq!(site.build().is_good().touched(), (0, 0));
    assert_same(&first, &site.clean(), "a cold build");
    // A build that ended before it remembered: everything is developed, nothing judged.
    site.remove(".backlot/ladders.json");
    assert_eq!(site.build().is_good().touched(), (0, 0));
    assert_same(&first, &site.tree(), "without verdicts");
}
