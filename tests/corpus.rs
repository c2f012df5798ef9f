//! What fuzzing found worth keeping: each reader gets through `fuzz/corpus` without the fuzzer, wrapped as its target
//! in `fuzz/fuzz_targets` wraps it.

#![allow(clippy::unwrap_used)] // a test that cannot read the corpus has failed

use backlot::clip::{self, captions};
use backlot::diagnostic::{Diagnostics, SourceFile};
use backlot::source;
use std::path::Path;

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub)] // it is a library there
mod targets;

use targets::{jpeg_with, look, look_inside, png_with, print};

/// The inputs of a target.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let files: Vec<_> = files.collect();
    assert!(files.len() > 2, "the corpus of `{target}` has not been read");
    files
}

/// The inputs of a target that takes text.
fn texts(target: &str) -> impl Iterator<Item = String> {
    corpus(target).into_iter().filter_map(|file| String::from_utf8(file).ok())
}

#[test]
fn stills() {
    for packet in corpus("xmp") {
        look_inside(&png_with(&[(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", &packet])]));
    }
    for data in corpus("iim") {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        look_inside(&jpeg_with(&[b"8BIM\x04\x04\0\0".as_slice(), &length, &data].concat()));
        look_inside(&jpeg_with(&data));
    }
    for structure in corpus("exif") {
        look_inside(&png_with(&[(b"eXIf", &[&structure])]));
        look(&structure);
    }
    for rest in corpus("jpeg_completeness") {
        let file = [&[0xFF, 0xD8, 0xFF], &rest[..]].concat();
        (0..file.len()).step_by(7).for_each(|end| look(&file[..end]));
        look(&file);
    }
    corpus("still").iter().for_each(|file| look(file));
    corpus("photograph").iter().for_each(|file| print(file));
}

#[test]
fn clips() {
    for file in corpus("clip") {
        assert_eq!(clip::examine(&file).is_ok(), clip::clean(&file).is_ok());
        if let Ok(cleaned) = clip::clean(&file) {
            assert_eq!(clip::examine(&cleaned), clip::examine(&file));
            assert!(clip::clean(&cleaned).as_ref() == Ok(&cleaned), "cleaning twice changes more");
        }
    }
}

#[test]
fn words() {
    for vtt in texts("captions") {
        let stripped = captions::strip_notes(&vtt);
        assert_eq!(captions::strip_notes(&stripped), stripped);
    }
    for text in texts("prose") {
        let mut messages = Diagnostics::new();
        let story = source::story::parse(&SourceFile::new("stories/fuzzed.md", text), "en", &mut messages);
        assert!(story.is_some() || messages.has_errors(), "what cannot be read is said to be");
    }
}
