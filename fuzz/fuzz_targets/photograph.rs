//! Photographs to pixels and back: our decoder of baseline JPEGs, the general one behind it, and our encoder.
#![no_main]

libfuzzer_sys::fuzz_target!(|file: &[u8]| backlot_fuzz::print(file));
