//! Broken files: no input panics, and none is handed back as clean that cannot be read.

use super::super::{captions, clean, examine};
use super::fixture::{Recipe, atom, element, fragmented, mp4, webm};

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

/// Each fragment and each block is looked up among the tracks.
#[test]
fn films_of_countless_tracks_are_refused() {
    let film = mp4(&Recipe::default());
    let place = |name: &[u8]| film.windows(4).position(|part| part == name).expect("it is there") - 4;
    let length = |at: usize| film[at..at + 4].iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
    let (moov, trak) = (place(b"moov"), place(b"trak"));
    let tracks = |count: usize| {
        let more = film[trak..trak + length(trak)].repeat(count);
        [&film[..moov], &atom(b"moov", &[&film[moov + 8..moov + length(moov)], &more])].concat()
    };
    assert!(examine(&tracks(20)).is_ok());
    assert_eq!(examine(&tracks(500)).map_err(|refusal| refusal.code()), Err("damaged"));

    let track = element(0xAE, &[&element(0xD7, &[&[1]]), &element(0x83, &[&[1]]), &element(0x86, &[b"V_VP8"])]);
    let film = |count: usize| {
        let tracks = element(0x1654_AE6B, &[&track.repeat(count)]);
        let segment = element(0x1853_8067, &[&tracks, &element(0x1F43_B675, &[&element(0xE7, &[&[0]])])]);
        [element(0x1A45_DFA3, &[&element(0x4282, &[b"webm"])]), segment].concat()
    };
    assert!(examine(&film(20)).is_ok());
    assert_eq!(examine(&film(501)).map_err(|refusal| refusal.code()), Err("damaged"));
}

#[test]
fn a_message_does_not_repeat_a_codec_without_end() {
    let refusal = examine(&webm(&"V".repeat(5000))).expect_err("no browser plays it");
    assert!(refusal.to_string().len() < 200, "{refusal}");
}

/// From a text of nothing but `&`, searching to the end for each would take forever.
#[test]
fn a_reference_in_captions_ends_soon() {
    let said =
        |text: &str| captions::parse(&format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n")).expect("it is sound");
    assert_eq!(said("&#0065;&amp;&#x1F600;")[0].text, "A&😀");
    for endless in [format!("&#{}65;", "0".repeat(50)), "&".repeat(1000) + ";"] {
        assert_eq!(said(&endless)[0].text, endless);
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
