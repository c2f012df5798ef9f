//! IPTC-IIM: the input as records in a sound resource of Photoshop's, and as the resources themselves.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let length = u32::try_from(data.len()).expect("a fuzzed input is small").to_be_bytes();
    let records = [b"8BIM\x04\x04\0\0".as_slice(), &length, data].concat();
    backlot_fuzz::look_inside(&backlot_fuzz::jpeg_with(&records));
    backlot_fuzz::look_inside(&backlot_fuzz::jpeg_with(data));
});
