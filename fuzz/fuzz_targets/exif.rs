//! EXIF and the directories of TIFF: the input as the block in a PNG, and as a TIFF file.
#![no_main]

libfuzzer_sys::fuzz_target!(|structure: &[u8]| {
    backlot_fuzz::look_inside(&backlot_fuzz::png_with(&[(b"eXIf", &[structure])]));
    backlot_fuzz::look(structure);
});
