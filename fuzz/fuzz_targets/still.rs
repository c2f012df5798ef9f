//! Stills of any format, and files that are none.
#![no_main]

libfuzzer_sys::fuzz_target!(|file: &[u8]| backlot_fuzz::look(file));
