//! Everything that a published file can hold, taken out: what is packed, escaped or inlined, and pictures within pictures.

use super::Tree;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::Read;

/// The bytes of a file and of all that is in it, each with the way there.
pub(crate) fn all(tree: &Tree) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for (path, bytes) in tree {
        unpack(path.clone(), bytes.clone(), &mut found);
    }
    found
}

fn unpack(name: String, bytes: Vec<u8>, found: &mut Vec<(String, Vec<u8>)>) {
    let mut inner: Vec<(String, Vec<u8>)> = Vec::new();
    if bytes.starts_with(b"PK\x03\x04") {
        inner.extend(zipped(&bytes));
    } else if bytes.starts_with(&[0x1F, 0x8B]) {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).unwrap();
        inner.push(("gzip".to_owned(), plain));
    } else if bytes.starts_with(b"\x89PNG") {
        inner.extend(png_texts(&bytes));
    } else if bytes.starts_with(&[0xFF, 0xD8]) {
        inner.extend(thumbnails(&bytes));
    } else if let Ok(text) = std::str::from_utf8(&bytes) {
        inner.extend(data_uris(text));
        let plain = unescaped(text);
        if plain != text {
            found.push((format!("{name} (without escapes)"), plain.into_bytes()));
        }
    }
    found.push((name.clone(), bytes));
    inner.into_iter().for_each(|(part, bytes)| unpack(format!("{name} > {part}"), bytes, found));
}

/// Members of a zip archive by their local headers, stored or deflated; and their names.
fn zipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number = |at: usize, length: usize| (0..length).rev().fold(0, |sum, i| sum << 8 | usize::from(bytes[at + i]));
    let (mut at, mut members) = (0, Vec::new());
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let (flags, method, packed) = (number(at + 6, 2), number(at + 8, 2), number(at + 18, 4));
        assert_eq!(flags & 8, 0, "an archive whose sizes come after its members cannot be read from the front");
        let start = at + 30 + number(at + 26, 2) + number(at + 28, 2);
        let name = String::from_utf8_lossy(&bytes[at + 30..at + 30 + number(at + 26, 2)]).into_owned();
        let body = &bytes[start..start + packed];
        let mut plain = Vec::new();
        match method {
            0 => plain.extend_from_slice(body),
            8 => {
                flate2::read::DeflateDecoder::new(body).read_to_end(&mut plain).unwrap();
            }
            other => panic!("{name} is packed by method {other}"),
        }
        members.push((name.clone(), plain));
        members.push(("a member's name".to_owned(), name.into_bytes()));
        at = start + packed;
    }
    members
}

/// Texts of a PNG, also those that are compressed (PNG 11.3.3).
fn png_texts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let (mut at, mut texts) = (8, Vec::new());
    while at + 8 <= bytes.len() {
        let length = u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (kind, body) = (&bytes[at + 4..at + 8], &bytes[at + 8..at + 8 + length]);
        if [b"zTXt", b"iTXt"].iter().any(|text| kind == *text) {
            // Wherever the compressed part begins.
            for start in 0..body.len() {
                let mut plain = Vec::new();
                if flate2::read::ZlibDecoder::new(&body[start..]).read_to_end(&mut plain).is_ok() && !plain.is_empty() {
                    texts.push((String::from_utf8_lossy(kind).into_owned(), plain));
                }
            }
        }
        at += 12 + length;
    }
    texts
}

/// JPEGs within a JPEG.
fn thumbnails(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let starts = memchr::memmem::find_iter(&bytes[2..], &[0xFF, 0xD8, 0xFF]);
    starts.map(|at| ("thumbnail".to_owned(), bytes[at + 2..].to_vec())).collect()
}

/// Files that are written out in a text.
fn data_uris(text: &str) -> Vec<(String, Vec<u8>)> {
    let parts = text.split(";base64,").skip(1);
    let is_code = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let code = parts.map(|rest| &rest[..rest.find(|c| !is_code(c)).unwrap_or(rest.len())]);
    code.filter_map(|code| Some(("data URI".to_owned(), STANDARD.decode(code).ok()?))).collect()
}

/// A text with the escapes of JSON, XML and addresses undone.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let escape = rest.strip_prefix("\\u").and_then(|code| Some((code.get(..4)?, 6, 16)));
        let escape = escape.or_else(|| {
            let inside = rest.strip_prefix("&#")?;
            let end = inside.find(';').filter(|end| *end < 8)?;
            let code = &inside[..end];
            Some(code.strip_prefix(['x', 'X']).map_or((code, end + 3, 10), |hex| (hex, end + 3, 16)))
        });
        let read = escape
            .and_then(|(code, length, base)| Some((char::from_u32(u32::from_str_radix(code, base).ok()?)?, length)));
        let (c, length) = read.unwrap_or((rest.chars().next().unwrap(), 1));
        plain.push(c);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    percent_encoding::percent_decode_str(&plain).decode_utf8_lossy().into_owned()
}

/// The pixels of a picture in any format that is published; `None` for what is no picture.
pub(crate) fn pixels(bytes: &[u8]) -> Option<image::RgbImage> {
    if bytes.starts_with(&[0xFF, 0xD8]) {
        let mut decoder = jpeg_decoder::Decoder::new(bytes);
        let data = decoder.decode().ok()?;
        let info = decoder.info()?;
        let rgb = match info.pixel_format {
            jpeg_decoder::PixelFormat::L8 => data.iter().flat_map(|value| [*value; 3]).collect(),
            _ => data,
        };
        return image::RgbImage::from_raw(info.width.into(), info.height.into(), rgb);
    }
    image::load_from_memory(bytes).ok().map(|picture| picture.to_rgb8())
}

#[test]
fn nothing_is_hidden_from_the_search() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gzip, b"a secret in gzip").unwrap();
    let mut deflated = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut deflated, b"a secret in a zip").unwrap();
    let deflated = deflated.finish().unwrap();
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
    zip.extend([0; 8]);
    zip.extend((deflated.len() as u32).to_le_bytes());
    zip.extend(17_u32.to_le_bytes());
    zip.extend([6, 0, 0, 0]);
    zip.extend(b"secret");
    zip.extend(deflated);
    zip.extend(b"PK\x01\x02");
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 1, 1);
    encoder.add_ztxt_chunk("k".to_owned(), "a secret in PNG".to_owned()).unwrap();
    encoder.write_header().unwrap().write_image_data(&[0]).unwrap();
    let inline = format!("<img src=\"data:image/png;base64,{}\">", STANDARD.encode(&png));
    let files = [("a.gz", gzip.finish().unwrap()), ("a.zip", zip), ("a.png", png), ("a.html", inline.into_bytes())];
    let escaped =
        [("a.json", "\"a \\u0073ecret\""), ("a.xml", "a &#115;ecret, &#x73;ecret"), ("a.txt", "a%20s%65cret")];
    let escaped = escaped.into_iter().map(|(name, text)| (name, text.as_bytes().to_vec()));
    for (name, bytes) in files.into_iter().chain(escaped) {
        let tree = Tree::from([(name.to_owned(), bytes)]);
        let found = all(&tree).into_iter().any(|(_, bytes)| memchr::memmem::find(&bytes, b"secret").is_some());
        assert!(found, "{name}");
    }
}
