//! Captions: what is said, and the file without its notes.
#![no_main]

use backlot::clip::captions::{parse, strip_notes, transcript};

libfuzzer_sys::fuzz_target!(|vtt: &str| {
    let stripped = strip_notes(vtt);
    assert_eq!(strip_notes(&stripped), stripped, "stripping twice changes nothing more");
    match parse(vtt) {
        Ok(cues) => {
            assert!(cues.iter().all(|cue| cue.start < cue.end && !cue.text.contains('\n')));
            assert!(transcript(&cues).len() <= cues.len());
            assert_eq!(parse(&stripped), Ok(cues), "the same is said without notes");
        }
        Err(mistakes) => assert!(mistakes.iter().all(|mistake| mistake.line > 0)),
    }
});
