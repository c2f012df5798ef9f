//! What the targets share: small files that carry fuzzed bytes to the reader under test, through the door that
//! authors' files take too, and what must hold of every answer.

use backlot::develop::{Metadata, Output, Quality, Recipe, Rights, develop};
use backlot::still::{Embedded, Facts, Limits, Refusal, examine};
use std::ops::ControlFlow;

/// Small, so that a target spends its time in readers and not in sizes.
const LIMITS: Limits = Limits { max_pixels: 50_000_000 };

/// A picture of one pixel in a PNG, with more chunks. All have the checksums that are asked for (PNG, third edition, 5.5).
pub fn png_with(chunks: &[(&[u8; 4], &[&[u8]])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], content: &[&[u8]]| {
        let length: usize = content.iter().map(|part| part.len()).sum();
        file.extend(u32::try_from(length).expect("a fuzzed input is small").to_be_bytes());
        let mut sum = flate2::Crc::new();
        [&kind[..]].iter().chain(content).for_each(|part| {
            sum.update(part);
            file.extend(*part);
        });
        file.extend(sum.sum().to_be_bytes());
    };
    chunk(b"IHDR", &[&[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]]);
    for (kind, content) in chunks {
        chunk(kind, content);
    }
    chunk(b"IDAT", &[&[]]);
    chunk(b"IEND", &[]);
    file
}

/// A grey picture of one pixel in a JPEG, with Photoshop's image resources in as many segments as they need.
pub fn jpeg_with(resources: &[u8]) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8];
    for part in resources.chunks(65_000) {
        let length = u16::try_from(part.len() + 16).expect("a chunk is no longer than asked for");
        file.extend([0xFF, 0xED]);
        file.extend(length.to_be_bytes());
        file.extend(b"Photoshop 3.0\0");
        file.extend(part);
    }
    file.extend(b"\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0"); // the frame
    file.extend(b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x55\xFF\xD9"); // one scan
    file
}

/// Examines a file and looks over what comes back.
pub fn look(bytes: &[u8]) {
    match examine(bytes, &LIMITS) {
        Ok(facts) => sound(&facts),
        Err(refusal) => refused(&refusal),
    }
}

/// The same of a sound picture around what is fuzzed. Were it refused, the reader would never see a byte of that.
pub fn look_inside(picture: &[u8]) {
    let facts = examine(picture, &LIMITS);
    assert!(facts.is_ok(), "the picture around the input is refused: {:?}", facts.err());
    facts.iter().for_each(sound);
}

/// Develops a photograph, if it is one: whole, and at a scale its transform gives, which have decoders of their own.
pub fn print(bytes: &[u8]) {
    /// Pixels are what takes the time here.
    const SMALL: Limits = Limits { max_pixels: 250_000 };
    let Ok(facts) = examine(bytes, &SMALL) else { return };
    for part in [1, 3] {
        let (width, height) = (facts.width.div_ceil(part), facts.height.div_ceil(part));
        let recipe = Recipe {
            crop: None,
            width,
            height,
            output: Output::Jpeg,
            quality: Quality::Draft,
            background: [255; 3],
            rights: Rights::None,
            mark: None,
        };
        let mut made = 0;
        let result = develop(bytes, &facts, &[recipe], &Metadata::default(), &mut |_, file| {
            assert!(file.starts_with(&[0xFF, 0xD8]) && file.ends_with(&[0xFF, 0xD9]));
            made += 1;
            ControlFlow::Continue(())
        });
        assert!(result.is_err() || made == 1, "{made} pictures of one recipe");
    }
}

fn refused(refusal: &Refusal) {
    assert!(!refusal.to_string().is_empty());
    if let Refusal::Truncated { row: Some(row), of: Some(of) } = refusal {
        assert!(row <= of, "row {row} of {of}");
    }
}

fn sound(facts: &Facts) {
    assert!(facts.width > 0 && facts.height > 0);
    assert!(u64::from(facts.width) * u64::from(facts.height) <= LIMITS.max_pixels);
    texts(&facts.fields).for_each(tidy);
}

/// All the words that were read.
fn texts(fields: &Embedded) -> impl Iterator<Item = &String> {
    let single = [
        &fields.title,
        &fields.headline,
        &fields.caption,
        &fields.alt,
        &fields.extended_description,
        &fields.credit,
        &fields.copyright,
        &fields.usage_terms,
        &fields.web_statement,
        &fields.licensor_url,
        &fields.digital_source_type,
        &fields.data_mining,
        &fields.instructions,
        &fields.job,
        &fields.model_release,
        &fields.captured,
    ];
    let lists = [&fields.creator, &fields.people, &fields.keywords];
    single.into_iter().flatten().chain(lists.into_iter().flatten())
}

/// What `Embedded` promises of its texts.
fn tidy(text: &String) {
    assert!(!text.is_empty() && text.trim() == text, "{text:?} is not trimmed");
    assert!(text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()), "{text:?} has a control character");
    assert!(text.chars().count() <= 20_000);
}
