//! Hundreds of files that no photographer made: the same ones at every run.

use crate::support::{Random, pixels};
use std::io::Write;

/// One file, and whether it is broken so that it has to be told. Others may be used or told.
pub(super) struct Hostile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) must_be_told: bool,
}

const WIDTH: u16 = 96;
const HEIGHT: u16 = 64;

/// All of them. `lossy` is a sound WebP with loss, which only the program itself can write here.
pub(super) fn all(lossy: &[u8]) -> Vec<Hostile> {
    let sound = sound(lossy);
    let mut all = Vec::new();
    let mut add = |name: String, bytes: Vec<u8>, must_be_told: bool| all.push(Hostile { name, bytes, must_be_told });
    for (name, ending, bytes) in &sound {
        for tenth in 1..10 {
            add(format!("{name}-cut-{tenth}.{ending}"), bytes[..bytes.len() * tenth / 10].to_vec(), true);
        }
    }
    let mut random = Random::new(2026);
    for (name, ending, bytes) in &sound {
        for round in 0..22 {
            let mut flipped = bytes.clone();
            for _ in 0..=round % 4 {
                // Headers are where the harm is: half of the hits go there.
                let within = if random.below(2) == 0 { flipped.len().min(120) } else { flipped.len() };
                flipped[random.below(within)] ^= 1 << random.below(8);
            }
            add(format!("{name}-flipped-{round}.{ending}"), flipped, false);
        }
    }
    for (index, (name, ending, bytes)) in sound.iter().enumerate() {
        // Under the name of another format: used as what it is.
        let other = sound[(index + 4) % sound.len()].1;
        add(format!("{name}-named-{ending}.{other}"), bytes.clone(), false);
        add(format!("{name}-behind-junk.{ending}"), [&b"\r\n"[..], bytes].concat(), true);
        add(format!("{name}-zeros.{ending}"), [&bytes[..bytes.len() / 3], &vec![0; bytes.len()]].concat(), true);
    }
    for (name, bytes) in bombs() {
        add(format!("bomb-{name}"), bytes, true);
    }
    for (name, bytes) in in_metadata(&sound) {
        add(format!("claim-{name}"), bytes, false);
    }
    all
}

type Sound = (&'static str, &'static str, Vec<u8>);

fn sound(lossy: &[u8]) -> Vec<Sound> {
    let rgb = pixels(WIDTH.into(), HEIGHT.into(), 7);
    let size = (u32::from(WIDTH), u32::from(HEIGHT));
    let jpeg = |settings: fn(&mut jpeg_encoder::Encoder<&mut Vec<u8>>)| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        settings(&mut encoder);
        encoder.encode(&rgb, WIDTH, HEIGHT, jpeg_encoder::ColorType::Rgb).unwrap();
        bytes
    };
    let written = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_raw(size.0, size.1, rgb.clone()).unwrap().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let deep = {
        let samples: Vec<u16> = rgb.iter().map(|&value| u16::from(value) * 257).collect();
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::ImageBuffer::<image::Rgb<u16>, _>::from_raw(size.0, size.1, samples).unwrap();
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    vec![
        ("baseline", "jpg", jpeg(|_| {})),
        ("progressive", "jpg", jpeg(|encoder| encoder.set_progressive(true))),
        ("restarts", "jpg", jpeg(|encoder| encoder.set_restart_interval(4))),
        ("plain", "png", written(image::ImageFormat::Png)),
        ("deep", "png", deep),
        ("lossless", "webp", written(image::ImageFormat::WebP)),
        ("lossy", "webp", lossy.to_vec()),
        ("plain", "tif", written(image::ImageFormat::Tiff)),
        ("deflated", "tif", tiff(size, &[tag(259, 3, 1, 8)], &zlib(&rgb))),
        ("one-frame", "gif", written(image::ImageFormat::Gif)),
    ]
}

pub(super) fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn zeros(megabytes: usize) -> Vec<u8> {
    zlib(&vec![0; megabytes << 20])
}

fn png(width: u32, height: u32, colour: u8, depth: u8, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    let mut chunk = |name: &[u8; 4], body: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(body);
        bytes.extend((body.len() as u32).to_be_bytes());
        bytes.extend(name);
        bytes.extend(body);
        bytes.extend(sum.sum().to_be_bytes());
    };
    chunk(b"IHDR", &header);
    chunks.iter().for_each(|(name, body)| chunk(name, body));
    chunk(b"IEND", b"");
    bytes
}

/// A sound little PNG with one more chunk.
fn png_with(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let row = [&[0][..], &[120; 48 * 3]].concat();
    png(48, 32, 2, 8, &[(name, body), (b"IDAT", &zlib(&row.repeat(32)))])
}

/// An entry of a TIFF directory: tag, type, count, value or place.
fn tag(number: u16, kind: u16, count: u32, value: u32) -> [u8; 12] {
    let mut entry = [0; 12];
    entry[..2].copy_from_slice(&number.to_le_bytes());
    entry[2..4].copy_from_slice(&kind.to_le_bytes());
    entry[4..8].copy_from_slice(&count.to_le_bytes());
    entry[8..].copy_from_slice(&value.to_le_bytes());
    entry
}

/// RGB in one strip. Tags given here come in place of those with the same number.
fn tiff((width, height): (u32, u32), tags: &[[u8; 12]], strip: &[u8]) -> Vec<u8> {
    let data = 8 + 6;
    let mut entries = vec![
        tag(256, 4, 1, width),
        tag(257, 4, 1, height),
        tag(258, 3, 3, 8),
        tag(259, 3, 1, 1),
        tag(262, 3, 1, 2),
        tag(273, 4, 1, data),
        tag(277, 3, 1, 3),
        tag(278, 4, 1, height),
        tag(279, 4, 1, strip.len() as u32),
    ];
    entries.retain(|entry| !tags.iter().any(|other| other[..2] == entry[..2]));
    entries.extend(tags);
    entries.sort_by_key(|entry| u16::from_le_bytes([entry[0], entry[1]]));
    let mut bytes = b"II*\0".to_vec();
    bytes.extend((data + strip.len().next_multiple_of(2) as u32).to_le_bytes());
    bytes.extend([8, 0, 8, 0, 8, 0]);
    bytes.extend(strip);
    bytes.extend((strip.len() % 2 == 1).then_some(0));
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend(entries.concat());
    bytes.extend([0; 4]);
    bytes
}

fn webp(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let chunk = [&name[..], &(body.len() as u32).to_le_bytes(), body, &[0][..body.len() % 2]].concat();
    [b"RIFF", &(chunk.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &chunk].concat()
}

/// A WebP without loss that says its size, and one symbol for each code, which takes no bits.
fn webp_of(width: u32, height: u32) -> Vec<u8> {
    let size = (width - 1) | (height - 1) << 14;
    webp(b"VP8L", &[&[0x2F][..], &size.to_le_bytes(), &[0x88, 0x88, 0x08, 0, 0, 0, 0]].concat())
}

fn gif_of(width: u16, height: u16) -> Vec<u8> {
    let screen = [&b"GIF89a"[..], &width.to_le_bytes(), &height.to_le_bytes(), &[0x80, 0, 0], &[9; 6]].concat();
    [&screen[..], &[0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]].concat()
}

fn jpeg_of(width: u16, height: u16, frame: u8) -> Vec<u8> {
    let mut bytes = crate::support::jpeg(64, 48, 9);
    let at = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[at + 1] = frame;
    bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let little = zeros(1);
    vec![
        ("60000.png", png(60_000, 60_000, 2, 8, &[(b"IDAT", &little)])),
        ("16000.png", png(16_000, 16_000, 2, 8, &[(b"IDAT", &little)])),
        ("16000-deep.png", png(16_000, 16_000, 6, 16, &[(b"IDAT", &little)])),
        ("all-there.png", png(9_000, 9_000, 6, 8, &[(b"IDAT", &zeros(310))])),
        ("absurd.png", png(u32::MAX, u32::MAX, 2, 8, &[(b"IDAT", &little)])),
        ("none.png", png(0, 64, 2, 8, &[(b"IDAT", &little)])),
        ("no-colour.png", png(48, 32, 9, 8, &[(b"IDAT", &little)])),
        ("no-depth.png", png(48, 32, 2, 77, &[(b"IDAT", &little)])),
        ("no-pixels.png", png(48, 32, 2, 8, &[])),
        ("38-bytes.webp", webp_of(16_384, 16_384)),
        ("38-bytes-below-the-limit.webp", webp_of(16_000, 16_000)),
        ("canvas.webp", webp(b"VP8X", &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])),
        ("chunk.webp", [&b"RIFF\xFF\xFF\xFF\xFFWEBPVP8 \xFF\xFF\xFF\xFF"[..], &[0; 64]].concat()),
        ("canvas.gif", gif_of(65_535, 65_535)),
        ("canvas-below-the-limit.gif", gif_of(16_000, 16_000)),
        ("wide.jpg", jpeg_of(65_500, 65_500, 0xC0)),
        ("below-the-limit.jpg", jpeg_of(16_000, 16_000, 0xC0)),
        ("flat.jpg", jpeg_of(64, 0, 0xC0)),
        ("lossless.jpg", jpeg_of(64, 48, 0xC3)),
        ("arithmetic.jpg", jpeg_of(64, 48, 0xC9)),
        ("layered.jpg", jpeg_of(64, 48, 0xC5)),
        ("absurd.tif", tiff((u32::MAX, u32::MAX), &[], &[0; 64])),
        ("16000.tif", tiff((16_000, 16_000), &[tag(259, 3, 1, 8)], &little)),
        ("all-there.tif", tiff((9_000, 9_000), &[tag(259, 3, 1, 8)], &zeros(232))),
        ("strips.tif", tiff((48, 32), &[tag(273, 4, u32::MAX, 8), tag(279, 4, u32::MAX, 8)], &[0; 64])),
        ("far-strip.tif", tiff((48, 32), &[tag(273, 4, 1, u32::MAX)], &[0; 4608])),
        ("samples.tif", tiff((48, 32), &[tag(277, 3, 1, 65_535)], &[0; 4608])),
        ("compression.tif", tiff((48, 32), &[tag(259, 3, 1, 60_000)], &[0; 4608])),
        ("nowhere.tif", b"II*\0\xFF\xFF\xFF\xFF".to_vec()),
        ("empty.jpg", Vec::new()),
        ("only-zeros.jpg", vec![0; 9000]),
        ("archive.jpg", [&b"PK\x03\x04"[..], &[7; 500]].concat()),
        ("page.png", b"<!DOCTYPE html><html><body>Log in</body></html>".to_vec()),
        ("words.webp", b"Please see the attached picture.\n".to_vec()),
    ]
}

/// Pictures that are sound but for what is said beside the pixels.
fn in_metadata(sound: &[Sound]) -> Vec<(String, Vec<u8>)> {
    let zeros = zeros(128);
    let named = |prefix: &[u8]| [prefix, &zeros].concat();
    let mut all = vec![
        ("profile.png".to_owned(), png_with(b"iCCP", &named(b"icc\0\0"))),
        ("text.png".to_owned(), png_with(b"zTXt", &named(b"Comment\0\0"))),
        ("words.png".to_owned(), png_with(b"iTXt", &named(b"Comment\0\x01\0\0\0"))),
        ("packet.png".to_owned(), png_with(b"iTXt", &named(b"XML:com.adobe.xmp\0\x01\0\0\0"))),
        ("exif.png".to_owned(), png_with(b"eXIf", &endless())),
        ("tag.tif".to_owned(), tiff((48, 32), &[tag(34675, 7, u32::MAX, 8)], &[90; 4608])),
        ("text.tif".to_owned(), tiff((48, 32), &[tag(270, 2, u32::MAX, 8)], &[90; 4608])),
        ("loop.tif".to_owned(), tiff((48, 32), &[tag(34665, 4, 1, 14 + 4608), tag(330, 4, 1, 14 + 4608)], &[90; 4608])),
    ];
    let jpeg = &sound[0].2;
    let segments: Vec<(&str, u8, Vec<u8>)> = vec![
        ("exif", 0xE1, [&b"Exif\0\0"[..], &endless()].concat()),
        ("deep-xmp", 0xE1, [&b"http://ns.adobe.com/xap/1.0/\0"[..], "<a>".repeat(20_000).as_bytes()].concat()),
        ("entities", 0xE1, [&b"http://ns.adobe.com/xap/1.0/\0"[..], billion_laughs().as_bytes()].concat()),
        (
            "more-xmp",
            0xE1,
            [&b"http://ns.adobe.com/xmp/extension/\0"[..], &[b'A'; 32], &[0xFF; 8], &[b'<'; 99]].concat(),
        ),
        ("profile", 0xE2, [&b"ICC_PROFILE\0\x01\xFF"[..], &[0xFF; 400]].concat()),
        ("profile-of-none", 0xE2, b"ICC_PROFILE\0\0\0".to_vec()),
        ("resources", 0xED, [&b"Photoshop 3.0\08BIM\x04\x04\0\0"[..], &[0xFF; 90]].concat()),
        ("records", 0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x09\x1C\x02\x78\xFF\xFF\xFF\xFF\xFF\xFF\0".to_vec()),
        ("adobe", 0xEE, b"Adobe\0\x64\0\0\0\0\xFF".to_vec()),
        ("restarts", 0xDD, vec![0, 1]),
        ("tables", 0xC4, [&[0x00][..], &[0xFF; 16], &[1; 4080]].concat()),
        ("steps", 0xDB, vec![0xFF; 65]),
    ];
    for (name, marker, content) in segments {
        let length = (content.len() as u16 + 2).to_be_bytes();
        let file = [&jpeg[..2], &[0xFF, marker], &length, &content, &jpeg[2..]].concat();
        all.push((format!("{name}.jpg"), file));
    }
    all
}

/// EXIF whose directories point to themselves and whose texts never end.
fn endless() -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0\x05\0".to_vec();
    let entries = [tag(0x010E, 2, u32::MAX, 0), tag(0x0112, 3, u32::MAX, 6), tag(0x013B, 2, 1 << 31, 8)];
    bytes.extend(entries.concat());
    bytes.extend([tag(0x8769, 4, 1, 8), tag(0xA005, 4, 1, 8)].concat());
    bytes.extend(8_u32.to_le_bytes());
    bytes
}

fn billion_laughs() -> String {
    let mut text = "<!DOCTYPE a [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..30 {
        let before = format!("&a{};", level - 1).repeat(10);
        text.push_str(&format!("<!ENTITY a{level} \"{before}\">"));
    }
    text + "]><a>&a29;</a>"
}
