//! Broken files: no input panics, and none is handed back as clean that cannot be read.

use super::super::{captions, clean, examine};
use super::fixture::{Recipe, fragmented, mp4, webm};

fn films() -> Vec<Vec<u8>> {
    let recipe = |moov_first, long_sizes| Recipe { moov_first, long_sizes, ..Recipe::default() };
    vec![mp4(&recipe(true, false)), mp4(&recipe(false, true)), fragmented(), webm("V_VP8")]
}

/// Numbers that look random and are the same every time (xorshift).
fn numbers() -> impl FnMut() -> usize {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize
    }
}

#[test]
fn a_film_cut_before_its_last_sample_or_index_is_refused() {
    for film in films() {
        let needed = |needle: &[u8]| film.windows(needle.len()).rposition(|part| part == needle).unwrap_or(0);
        let end = needed(b"sound sample").max(needed(b"picture samples!")).max(needed(b"stco"));
        for length in 0..film.len() {
            let (facts, cleaned) = (examine(&film[..length]), clean(&film[..length]));
            assert_eq!(facts.is_ok(), cleaned.is_ok());
            assert!(length > end || facts.is_err(), "cut at {length} of {}", film.len());
        }
    }
}

#[test]
fn flipped_bits_never_panic_and_cleaning_stays_idempotent() {
    let mut next = numbers();
    for film in films() {
        for _ in 0..2000 {
            let mut bytes = film.clone();
            for _ in 0..=next() % 3 {
                let at = next() % bytes.len();
                bytes[at] ^= 1 << (next() % 8);
            }
            let cleaned = clean(&bytes);
            assert_eq!(examine(&bytes).is_ok(), cleaned.is_ok());
            if let Ok(cleaned) = cleaned {
                assert_eq!(cleaned.len(), bytes.len());
                assert!(clean(&cleaned).as_ref() == Ok(&cleaned), "cleaning twice changes more");
            }
        }
    }
}

#[test]
fn extreme_lengths_never_panic() {
    for film in films() {
        for at in 0..film.len().saturating_sub(8) {
            for word in [0u32, 1, u32::MAX, 0x7FFF_FFFF] {
                let mut bytes = film.clone();
                bytes[at..at + 4].copy_from_slice(&word.to_be_bytes());
                let _ = clean(&bytes);
            }
            let mut bytes = film.clone();
            bytes[at..at + 8].copy_from_slice(&[0xFF; 8]);
            let _ = clean(&bytes);
        }
    }
}

#[test]
fn broken_captions_never_panic() {
    let file = "WEBVTT é\n\nNOTE x\ny\n\nid\n00:01.000 --> 00:02.000\n<v Añá>a&amp;é<i>b\n";
    let letters: Vec<char> = file.chars().collect();
    let mut next = numbers();
    for _ in 0..3000 {
        let mut letters = letters.clone();
        for _ in 0..4 {
            let (from, to) = (next() % letters.len(), next() % letters.len());
            letters.swap(from, to);
        }
        letters.truncate(next() % letters.len());
        let text: String = letters.into_iter().collect();
        let _ = captions::parse(&text);
        let stripped = captions::strip_notes(&text);
        assert_eq!(captions::strip_notes(&stripped), stripped);
    }
}
