//! Pictures that are none, or not whole, or far too large: one message each, the rest of the site
//! is judged all the same, and memory stays bounded.

use crate::support::{SiteTest, jpeg, png, ran};
use serde_json::Value;
use std::process::{Command, Stdio};

struct Picture {
    path: &'static str,
    bytes: fn() -> Vec<u8>,
    code: &'static str,
    says: &'static str,
}

const fn picture(path: &'static str, bytes: fn() -> Vec<u8>, code: &'static str, says: &'static str) -> Picture {
    Picture { path, bytes, code, says }
}

fn cut(bytes: Vec<u8>, part: f64) -> Vec<u8> {
    let length = (bytes.len() as f64 * part) as usize;
    bytes[..length].to_vec()
}

/// A PNG that says it has so many pixels, and has next to none (PNG specification, 5.6).
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut zeros = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut zeros, &vec![0; 1 << 20]).unwrap();
    for (name, body) in [(b"IHDR", header), (b"IDAT", zeros.finish().unwrap()), (b"IEND", Vec::new())] {
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(&body);
        bytes.extend((body.len() as u32).to_be_bytes());
        bytes.extend(name);
        bytes.extend(body);
        bytes.extend(crc.sum().to_be_bytes());
    }
    bytes
}

/// A JPEG of which the header says another size (ITU T.81, B.2.2).
fn jpeg_that_claims(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(64, 48, 9);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a baseline frame");
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A JPEG in the middle of whose pixels there is noise.
fn jpeg_with_noise() -> Vec<u8> {
    let mut bytes = jpeg(320, 240, 10);
    let middle = bytes.len() / 2;
    for (i, byte) in bytes[middle..middle + 200].iter_mut().enumerate() {
        *byte = [0xFF, 0xC4, 0x00, 0x05][i % 4];
    }
    bytes
}

fn png_with_a_wrong_sum() -> Vec<u8> {
    let mut bytes = png(64, 48, 11);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    bytes
}

fn isobmff(brand: &[u8; 4]) -> Vec<u8> {
    [&[0, 0, 0, 20][..], b"ftyp", brand, &[0, 0, 0, 0], brand, &[0; 64]].concat()
}

fn padded(magic: &[u8]) -> Vec<u8> {
    let mut bytes = magic.to_vec();
    bytes.extend((0..4096_u32).map(|i| (i * 7) as u8));
    bytes
}

const BROKEN: &[Picture] = &[
    picture("half.jpg", || cut(jpeg(320, 240, 1), 0.5), "still-broken", "stops at row"),
    picture("nearly.jpg", || cut(jpeg(320, 240, 2), 0.95), "still-broken", "copy it again"),
    picture("header.jpg", || cut(jpeg(320, 240, 3), 0.03), "still-broken", "copy it again"),
    picture("three-bytes.jpg", || vec![0xFF, 0xD8, 0xFF], "still-broken", "copy it again"),
    picture("half.png", || cut(png(320, 240, 4), 0.5), "still-broken", "copy it again"),
    picture("header.png", || cut(png(320, 240, 5), 0.02), "still-broken", "copy it again"),
    picture("empty.jpg", Vec::new, "still-broken", "is empty: copy it again"),
    picture("zeros.jpg", || vec![0; 5000], "still-format", "holds only zeros"),
    picture("words.jpg", || b"Please see the attached picture.\n".to_vec(), "still-format", "is text, not a picture"),
    picture(
        "login.jpg",
        || b"<!DOCTYPE html><html><body>Log in</body></html>".to_vec(),
        "still-format",
        "is a web page",
    ),
    picture(
        "pointer.jpg",
        || b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n".to_vec(),
        "still-format",
        "git lfs pull",
    ),
    picture("kit.jpg", || padded(b"PK\x03\x04"), "still-format", "is an archive"),
    picture("noise.jpg", || padded(&[0x13, 0x37]), "still-format", "is not a picture"),
    picture("phone.heic", || isobmff(b"heic"), "still-format", "HEIC"),
    picture("phone.jpg", || isobmff(b"heic"), "still-format", "export it as JPEG"),
    picture("web.avif", || isobmff(b"avif"), "still-format", "AVIF"),
    picture("moving.jpg", || isobmff(b"isom"), "still-format", "is a video"),
    picture("canon.cr2", || padded(b"II*\0\x10\0\0\0CR\x02\0"), "still-format", "camera raw"),
    picture("fuji.raf", || padded(b"FUJIFILMCCD-RAW 0201"), "still-format", "camera raw"),
    picture("poster.psd", || padded(b"8BPS\0\x01"), "still-format", "Photoshop"),
    picture("sheet.jpg", || padded(b"%PDF-1.7\n"), "still-format", "PDF"),
    picture("logo.svg", || b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "still-format", "SVG"),
    picture("bomb.png", || bomb(60_000, 60_000), "still-too-large", "60,000 × 60,000 pixels"),
    picture("absurd.png", || bomb(0xFFFF_FFFF, 0xFFFF_FFFF), "still-", ""),
    picture("nothing.png", || bomb(0, 100), "still-broken", "no size"),
    picture("wide.jpg", || jpeg_that_claims(65_000, 65_000), "still-too-large", "65,000 × 65,000 pixels"),
    // Below the limit, but there is not even a bit for each block.
    picture("promise.jpg", || jpeg_that_claims(16_000, 16_000), "still-broken", "stops at row"),
    picture("flat.jpg", || jpeg_that_claims(640, 0), "still-broken", ""),
    picture("sum.png", png_with_a_wrong_sum, "still-broken", "is damaged"),
    // Below the limit, too, with next to nothing in it.
    picture("rows.png", || bomb(16_000, 16_000), "still-broken", "far more than the file holds"),
];

fn plant(site: &SiteTest) {
    for picture in BROKEN {
        site.bytes(&format!("media/broken/{}", picture.path), &(picture.bytes)());
    }
    site.file("media/broken/gallery.toml", "title = \"Broken\"\n");
}

/// Runs the program with so many MB of address space; the same without a limit where there is no `sh`.
fn run_within(megabytes: u32, site: &SiteTest) -> crate::support::Ran {
    let mut shell = Command::new("sh");
    let script = format!("ulimit -v {}; exec \"$@\"", megabytes * 1024);
    shell.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_backlot"), "build"]);
    shell.arg(site.root()).args(["--as-of", &site.as_of, "--format", "json", "--jobs", "2"]);
    ran(shell.stdin(Stdio::null()).output().expect("sh starts"))
}

fn about<'m>(errors: &'m [Value], picture: &Picture) -> Vec<&'m Value> {
    errors.iter().filter(|error| error["file"] == format!("media/broken/{}", picture.path)).collect()
}

#[test]
fn each_is_one_message_within_bounded_memory() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    plant(&site);
    site.edit("stories/light.md", "phase = \"post-production\"", "faze = \"post-production\"");
    let ran = run_within(1500, &site);
    assert_eq!(ran.code, Some(1), "{}\n{}", ran.stderr, ran.stdout);
    let errors = ran.json_errors();
    let mut failures = Vec::new();
    for picture in BROKEN {
        let told = about(&errors, picture);
        let right = |error: &Value| {
            let text = |key: &str| error[key].as_str().unwrap();
            let named = text("message").starts_with(&format!("`{}` ", picture.path));
            text("code").starts_with(picture.code) && text("message").contains(picture.says) && named
        };
        if told.len() != 1 || !right(told[0]) {
            failures.push(format!("{}: {told:?}", picture.path));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), BROKEN.len(), failures.join("\n"));
    let others: Vec<&Value> =
        errors.iter().filter(|e| !e["file"].as_str().unwrap().starts_with("media/broken/")).collect();
    assert!(others.len() == 1 && others[0]["code"] == "unknown-key", "the story's own mistake: {others:?}");
    crate::support::assert_same(&site.tree(), &before, "the last good output");
}

/// Told only by decoding. The last one is cut, and somebody put an end marker behind it.
const DAMAGED: &[Picture] = &[
    picture("scratched.jpg", jpeg_with_noise, "develop-failed", "is damaged"),
    picture(
        "marked.jpg",
        || [cut(jpeg(320, 240, 12), 0.6), vec![0xFF, 0xD9]].concat(),
        "develop-failed",
        "stops at row",
    ),
];

/// What headers do not tell is told when the pixels are developed: still one message each, still
/// nothing written, and the others are developed and kept.
#[test]
fn damage_that_only_decoding_shows() {
    let site = SiteTest::good();
    site.build().is_good();
    let before = site.tree();
    for picture in DAMAGED {
        site.bytes(&format!("media/broken/{}", picture.path), &(picture.bytes)());
    }
    site.still("media/broken/sound.jpg", 100, 80, 12).file("media/broken/gallery.toml", "title = \"Broken\"\n");
    let ran = run_within(1500, &site);
    assert_eq!(ran.code, Some(1), "{}\n{}", ran.stderr, ran.stdout);
    let errors = ran.json_errors();
    for picture in DAMAGED {
        let told = about(&errors, picture);
        assert!(told.len() == 1 && told[0]["code"] == picture.code, "{}: {errors:?}", picture.path);
        assert!(told[0]["message"].as_str().unwrap().contains(picture.says), "{told:?}");
    }
    assert_eq!(errors.len(), DAMAGED.len(), "{errors:?}");
    crate::support::assert_same(&site.tree(), &before, "the last good output");
    for picture in DAMAGED {
        site.remove(&format!("media/broken/{}", picture.path));
    }
    let outcome = site.build();
    assert_eq!(outcome.is_good().developed(), 0, "the sound one was developed already");
    crate::support::assert_same(&site.tree(), &site.clean(), "with the broken ones gone");
}

#[test]
fn a_misnamed_picture_is_used_all_the_same() {
    let site = SiteTest::good();
    site.bytes("media/day-2/really-png.jpg", &png(64, 48, 13)).bytes("media/day-2/really-jpeg.png", &jpeg(64, 48, 14));
    let outcome = site.build();
    let mut told: Vec<String> =
        outcome.is_good().messages().iter().map(|m| format!("{}: {}", m.code, m.message)).collect();
    told.retain(|line| line.starts_with("still-misnamed"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("`really-jpeg.png`") && told[0].contains("JPEG"), "{told:?}");
    for name in ["really-png", "really-jpeg"] {
        assert!(site.page(&format!("galleries/day-2/{name}/index.html")).contains("<img"), "{name}");
    }
}
