//! XMP packets, as a PNG carries them without a limit of length.
#![no_main]

libfuzzer_sys::fuzz_target!(|packet: &[u8]| {
    backlot_fuzz::look_inside(&backlot_fuzz::png_with(&[(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", packet])]));
});
