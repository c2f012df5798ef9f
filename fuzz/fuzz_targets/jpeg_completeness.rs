//! Whether a JPEG is all there, and if not, how many of its rows: the input behind a JPEG's first marker, whole and
//! cut off where the copy of a file might have stopped.
#![no_main]

libfuzzer_sys::fuzz_target!(|rest: &[u8]| {
    let file = [&[0xFF, 0xD8, 0xFF], rest].concat();
    backlot_fuzz::look(&file);
    backlot_fuzz::look(&file[..file.len() - file.len() / 8]);
});
