//! Clips: their facts, and the same clip without what must not go out with it.
#![no_main]

use backlot::clip::{clean, examine};

libfuzzer_sys::fuzz_target!(|file: &[u8]| {
    match (examine(file), clean(file)) {
        (Ok(facts), Ok(cleaned)) => {
            assert_eq!(cleaned.len(), file.len(), "nothing moves");
            assert_eq!(clean(&cleaned).as_ref(), Ok(&cleaned), "cleaning twice changes nothing more");
            assert_eq!(examine(&cleaned), Ok(facts), "it is the same clip");
        }
        (Err(read), Err(cleaned)) => assert_eq!(read, cleaned),
        (read, cleaned) => panic!("examined: {read:?}; cleaned: {:?}", cleaned.map(|bytes| bytes.len())),
    }
});
