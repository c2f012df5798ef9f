//! What films are said to be, and what is left of them.

use super::super::{Container, Facts, Refusal, clean, clock, examine, timestamp};
use super::fixture::{PICTURE, Recipe, SECRETS, SOUND, atom, fragmented, holds, mp4, webm};

fn facts(recipe: &Recipe) -> Facts {
    examine(&mp4(recipe)).expect("the fixture is a film")
}

#[test]
fn tells_what_an_mp4_is() {
    let found = facts(&Recipe::default());
    let expected = Facts {
        container: Container::Mp4,
        width: Some(640),
        height: Some(360),
        duration: Some(1.5),
        video_codec: Some("avc1".to_owned()),
        has_audio: true,
        left_out: None,
    };
    assert_eq!(found, expected);
    let json = serde_json::to_string(&found).expect("facts are plain");
    assert_eq!(serde_json::from_str::<Facts>(&json).expect("and come back"), expected);
    assert_eq!(facts(&Recipe { brand: b"qt  ", ..Recipe::default() }).container, Container::QuickTime);
}

#[test]
fn tells_what_an_edit_list_leaves_out_of_an_mp4() {
    let left_out = |edits: &[[u32; 2]]| facts(&Recipe { edits: Some(edits.to_vec()), ..Recipe::default() }).left_out;
    assert_eq!(left_out(&[[1500, 0]]), None);
    // What encoders leave out by themselves.
    assert_eq!(left_out(&[[1400, 100]]), None);
    assert_eq!(left_out(&[[0, 0]]), None);
    assert_eq!(left_out(&[[500, u32::MAX], [1500, 0]]), None, "nothing is shown for a while first");
    assert_eq!(left_out(&[[500, 1000]]), Some(1.0), "the beginning is cut");
    assert_eq!(left_out(&[[250, 0]]), Some(1.25), "the end is cut");
    assert_eq!(left_out(&[[200, 0], [300, 1200]]), Some(1.0), "the middle is cut");
    assert_eq!(left_out(&[[900, 0], [900, 600]]), None, "something is shown twice");
    assert_eq!(left_out(&[]), None, "a list without entries shows all");
}

#[test]
fn turns_the_size_with_the_track() {
    let size = |matrix| {
        let facts = facts(&Recipe { matrix, ..Recipe::default() });
        (facts.width, facts.height)
    };
    let minus = u32::MAX;
    assert_eq!(size([0, 1, minus, 0]), (Some(360), Some(640)));
    assert_eq!(size([0, minus, 1, 0]), (Some(360), Some(640)));
    assert_eq!(size([minus, 0, 0, minus]), (Some(640), Some(360)));
}

#[test]
fn cleans_an_mp4_and_leaves_its_film() {
    for (moov_first, long_sizes) in [(false, false), (true, false), (false, true), (true, true)] {
        let before = mp4(&Recipe { moov_first, long_sizes, ..Recipe::default() });
        let after = clean(&before).expect("the fixture is a film");
        for secret in SECRETS {
            assert!(holds(&before, secret.as_bytes()), "the test cannot see {secret}");
            assert!(!holds(&after, secret.as_bytes()), "{secret} is still there");
        }
        assert!(holds(&before, &[0xDE, 0xAD, 0x12, 0x34]));
        assert!(!holds(&after, &[0xDE, 0xAD, 0x12, 0x34]), "a time of making is still there");
        let place = |needle: &[u8], bytes: &[u8]| bytes.windows(needle.len()).rposition(|part| part == needle);
        for kept in [PICTURE, SOUND, b"avcC", b"esds", b"stco"] {
            assert_eq!(place(kept, &after), place(kept, &before));
        }
        assert_eq!(after.len(), before.len());
        assert!(clean(&after).as_ref() == Ok(&after), "cleaning twice changes more");
        assert_eq!(examine(&after), examine(&before));
    }
}

#[test]
fn reads_and_cleans_a_film_in_fragments() {
    let before = fragmented();
    assert_eq!(examine(&before).expect("it is a film").duration, Some(1.0));
    let after = clean(&before).expect("it is a film");
    for secret in ["GPSTRACK", "XMPSECRET", "Maren", "CAMERA"] {
        assert!(holds(&before, secret.as_bytes()), "the test cannot see {secret}");
        assert!(!holds(&after, secret.as_bytes()), "{secret} is still there");
    }
    assert!(holds(&after, PICTURE));
    assert_eq!(examine(&after), examine(&before));
}

#[test]
fn leaves_nothing_in_room_that_was_kept_free() {
    for kind in [b"wide", b"free", b"skip", b"junk"] {
        let before = [fragmented(), atom(kind, &[b"of Maren"])].concat();
        let after = clean(&before).expect("it is a film");
        assert!(holds(&before, b"Maren") && !holds(&after, b"Maren"), "in {kind:?}");
    }
}

#[test]
fn cleans_a_webm_and_leaves_its_film() {
    let before = webm("V_VP9");
    let after = clean(&before).expect("the fixture is a film");
    for secret in SECRETS {
        assert!(holds(&before, secret.as_bytes()) || secret == "alias:/Users", "the test cannot see {secret}");
        assert!(!holds(&after, secret.as_bytes()), "{secret} is still there");
    }
    for kept in [PICTURE, SOUND, b"V_VP9"] {
        assert!(holds(&after, kept));
    }
    assert_eq!(after.len(), before.len());
    assert!(clean(&after).as_ref() == Ok(&after), "cleaning twice changes more");
    let facts = examine(&after).expect("it is still a film");
    assert_eq!(Ok(&facts), examine(&before).as_ref());
    assert_eq!((facts.container, facts.width, facts.height), (Container::WebM, Some(640), Some(360)));
    assert_eq!((facts.duration, facts.video_codec.as_deref(), facts.has_audio), (Some(1.5), Some("vp9"), true));
}

#[test]
fn refuses_what_browsers_do_not_play() {
    let message = |recipe: &Recipe| examine(&mp4(recipe)).expect_err("it is refused").to_string();
    let prores = message(&Recipe { brand: b"qt  ", codec: b"apch", ..Recipe::default() });
    assert_eq!(prores, "has a picture in ProRes, which browsers do not play: export it as MP4 (H.264)");
    assert!(message(&Recipe { codec: b"hvc1", ..Recipe::default() }).contains("HEVC"));
    assert!(message(&Recipe { sound_codec: b"sowt", ..Recipe::default() }).contains("sound in PCM"));
    assert!(message(&Recipe { codec: b"\xFFq\n!", ..Recipe::default() }).contains("“ q !”"));
    assert_eq!(examine(&webm("V_MPEG4/ISO/AVC")).map_err(|refusal| refusal.code()), Err("video-codec"));
}

#[test]
fn refuses_other_files() {
    let code = |bytes: &[u8]| examine(bytes).map_err(|refusal| refusal.code());
    assert_eq!(code(b""), Err("empty"));
    assert_eq!(code(b"<!doctype html><title>Not found</title>"), Err("not-a-video"));
    assert_eq!(code(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err("not-a-video"));
    assert_eq!(code(b"RIFF\x10\0\0\0AVI LIST"), Err("foreign-video"));
    let recording = [atom(b"ftyp", &[b"isom"]), atom(b"mdat", &[b"a recording that was cut off"])].concat();
    assert_eq!(code(&recording), Err("unfinished"));
}

#[test]
fn refuses_an_index_that_points_outside_of_the_media() {
    let mut bytes = mp4(&Recipe::default());
    let stco = bytes.windows(4).position(|part| part == b"stco").expect("it is there") + 12;
    bytes[stco..stco + 4].copy_from_slice(&4u32.to_be_bytes());
    assert_eq!(examine(&bytes).map_err(|refusal| refusal.code()), Err("damaged"));
    bytes[stco..stco + 4].copy_from_slice(&0x00FF_FFFFu32.to_be_bytes());
    assert_eq!(examine(&bytes), Err(Refusal::Truncated));
}

#[test]
fn reads_and_writes_times() {
    for (text, seconds) in [("0:42", 42.0), ("1:02:03", 3723.0), ("42", 42.0), (" 90:00 ", 5400.0), ("0:01.5", 1.5)] {
        assert_eq!(timestamp(text), Some(seconds), "{text}");
    }
    for text in ["", ":", "1:60", "1:2:3:4", "-1", "+1", "1e3", "0:42.", "NaN", "99999999999"] {
        assert_eq!(timestamp(text), None, "{text}");
    }
    for (seconds, text) in [(42.9, "0:42"), (3723.0, "1:02:03"), (0.0, "0:00"), (f64::NAN, "0:00"), (-3.0, "0:00")] {
        assert_eq!(clock(seconds), text);
    }
}
