//! WebVTT.

use super::super::captions::{Cue, parse, strip_notes, transcript};

const FILE: &str = "\u{feff}WEBVTT - for Maren\r\nKind: captions\r\n\r\nNOTE by Maren\r\nand more of it\r\n\r\n\
STYLE\r\n/* Maren */\r\n::cue { color: white }\r\n\r\nmaren-1\r\n00:00:00.200 --> 00:00:02.080 align:start\r\n\
<v.loud Ines Calder>We start &amp; <i>finish</i>\r\nwith a table.\r\n\r\nNOTE\r\n\r\n00:02.160 --> 00:04.120\r\n\
<v Ines Calder>Paint goes on last.</v> <v Tom>Dry?\r\n01:00:09.000 --> 01:00:10.000\r\nNo <ruby>mark<rt>x</rt></ruby> &#x263A; &bogus;\r\n";

fn cue(start: f64, end: f64, speaker: Option<&str>, text: &str) -> Cue {
    Cue { start, end, speaker: speaker.map(str::to_owned), text: text.to_owned() }
}

#[test]
fn reads_cues_as_plain_text_by_speaker() {
    let expected = vec![
        cue(0.2, 2.08, Some("Ines Calder"), "We start & finish with a table."),
        cue(2.16, 4.12, Some("Ines Calder"), "Paint goes on last."),
        cue(2.16, 4.12, Some("Tom"), "Dry?"),
        cue(3609.0, 3610.0, None, "No mark ☺ &bogus;"),
    ];
    assert_eq!(parse(FILE), Ok(expected));
}

#[test]
fn makes_paragraphs_by_speaker_and_pause() {
    let cues = [
        cue(0.0, 1.0, Some("Ines"), "One."),
        cue(2.9, 4.0, Some("Ines"), "Two."),
        cue(6.1, 7.0, Some("Ines"), "Three."),
        cue(7.0, 8.0, Some("Tom"), "Four."),
        cue(8.0, 9.0, None, "Five."),
    ];
    let found: Vec<String> = transcript(&cues).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["Ines: One. Two.", "Ines: Three.", "Tom: Four.", "Five."]);
    assert_eq!(transcript(&cues)[1].start, 6.1);
}

#[test]
fn strips_all_that_is_not_shown() {
    let stripped = strip_notes(FILE);
    assert!(FILE.contains("Maren") && FILE.contains("maren"));
    assert!(!stripped.to_lowercase().contains("maren"), "{stripped}");
    assert!(!stripped.contains("NOTE") && !stripped.contains("more of it"));
    assert!(
        stripped.starts_with("WEBVTT\n\nSTYLE\n::cue { color: white }\n\n00:00:00.200 --> 00:00:02.080 align:start\n")
    );
    assert_eq!(parse(&stripped), parse(FILE));
    assert_eq!(strip_notes(&stripped), stripped);
}

#[test]
fn a_comment_directly_above_times_is_the_name_of_a_cue() {
    let file = "WEBVTT\n\nNOTE Maren\n00:01.000 --> 00:02.000\nHello\n";
    assert_eq!(parse(file), Ok(vec![cue(1.0, 2.0, None, "Hello")]));
    assert_eq!(strip_notes(file), "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n");
}

#[test]
fn names_every_mistake_with_its_line() {
    let file = "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nA\n\n00:05.000 --> 00:04.000\nB\n\nC\n\n0:5 --> 00:06.000\nD\n\n00:06.000 -->\nE\n";
    let found = parse(file).expect_err("it has mistakes");
    assert_eq!(found.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [3, 6, 9, 11, 14]);
    assert!(found[0].message.contains("type a full stop, 00:00:01.000"), "{}", found[0].message);
    assert!(found[1].message.contains("ends before it begins"));
    assert!(found[2].message.contains("has no times"));
    let lines = |file: &str| parse(file).expect_err("it is refused")[0].message.clone();
    assert!(lines("1\n00:00:01.000 --> 00:00:02.000\nA").contains("the first line has to be WEBVTT"));
    assert!(lines("").contains("not a captions file"));
    assert!(lines("WEBVTTX\n").contains("not a captions file"));
}
