//! Pictures made for tests, byte by byte where a library would not write what is needed.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// An upright RGB picture without any symmetry, smooth enough to survive JPEG.
pub(crate) fn scene(width: u32, height: u32) -> Vec<u8> {
    let mut data = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let (across, down) = (x * 255 / width, y * 255 / height);
            data.extend([across as u8, down as u8, (across * down / 400) as u8]);
        }
    }
    data
}

/// RGB noise that compresses badly, the same at every run.
pub(crate) fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut state = 0x2545_F491_u32;
    (0..width * height * 3)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state >> 24) as u8
        })
        .collect()
}

/// What goes into a JPEG beside its pixels: application segments by number.
pub(crate) fn jpeg(rgb: &[u8], (width, height): (u32, u32), segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    jpeg_with(rgb, (width, height), segments, |_| {})
}

pub(crate) fn jpeg_with(
    rgb: &[u8],
    (width, height): (u32, u32),
    segments: &[(u8, Vec<u8>)],
    settings: impl Fn(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 95);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    settings(&mut encoder);
    for (number, content) in segments {
        encoder.add_app_segment(*number, content.clone()).unwrap();
    }
    encoder.encode(rgb, width as u16, height as u16, ColorType::Rgb).unwrap();
    file
}

pub(crate) fn exif_segment(exif: &[u8]) -> (u8, Vec<u8>) {
    (1, [b"Exif\0\0", exif].concat())
}

pub(crate) fn xmp_segment(xmp: &str) -> (u8, Vec<u8>) {
    (1, [b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()].concat())
}

pub(crate) fn iim_segment(records: &[(u8, u8, &[u8])]) -> (u8, Vec<u8>) {
    let mut iim = Vec::new();
    for (record, number, value) in records {
        iim.extend([0x1C, *record, *number]);
        iim.extend((value.len() as u16).to_be_bytes());
        iim.extend(*value);
    }
    let mut content = b"Photoshop 3.0\08BIM\x04\x25\x03abc\0\0\0\x02zz8BIM\x04\x04\0\0".to_vec();
    content.extend((iim.len() as u32).to_be_bytes());
    content.extend(&iim);
    (13, content)
}

/// A tag: number, type, count, value.
pub(crate) type Tag = (u16, u16, u32, Vec<u8>);

pub(crate) fn ascii(tag: u16, text: &str) -> Tag {
    (tag, 2, text.len() as u32 + 1, [text.as_bytes(), b"\0"].concat())
}

pub(crate) fn short(tag: u16, number: u16) -> Tag {
    (tag, 3, 1, number.to_le_bytes().to_vec())
}

pub(crate) fn long(tag: u16, number: u32) -> Tag {
    (tag, 4, 1, number.to_le_bytes().to_vec())
}

/// A little-endian TIFF structure: pixels first (at byte 8), then a directory, then one below it
/// that tag 0x8769 points to.
pub(crate) fn structure(pixels: &[u8], mut main: Vec<Tag>, below: &[Tag]) -> Vec<u8> {
    let mut out = b"II*\0\0\0\0\0".to_vec();
    out.extend(pixels);
    out.extend((out.len() % 2 == 1).then_some(0));
    if !below.is_empty() {
        let at = directory(&mut out, below);
        main.push(long(0x8769, at));
    }
    main.sort_by_key(|tag| tag.0);
    let at = directory(&mut out, &main);
    out[4..8].copy_from_slice(&at.to_le_bytes());
    out
}

fn directory(out: &mut Vec<u8>, tags: &[Tag]) -> u32 {
    let mut entries = (tags.len() as u16).to_le_bytes().to_vec();
    for (tag, kind, count, value) in tags {
        entries.extend(tag.to_le_bytes());
        entries.extend(kind.to_le_bytes());
        entries.extend(count.to_le_bytes());
        if value.len() <= 4 {
            let mut place = value.clone();
            place.resize(4, 0);
            entries.extend(place);
        } else {
            entries.extend((out.len() as u32).to_le_bytes());
            out.extend(value);
            out.extend((value.len() % 2 == 1).then_some(0));
        }
    }
    entries.extend([0; 4]);
    let at = out.len() as u32;
    out.extend(entries);
    at
}

/// An EXIF block that holds an orientation and nothing else.
pub(crate) fn orientation(number: u16) -> Vec<u8> {
    structure(&[], vec![short(0x0112, number)], &[])
}

/// An uncompressed TIFF in strips of eight rows.
pub(crate) fn tiff(rgb: &[u8], (width, height): (u32, u32), more: Vec<Tag>) -> Vec<u8> {
    let strip = width * 3 * 8;
    let strips = height.div_ceil(8);
    let numbers = |values: Vec<u32>| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    let mut tags = vec![
        long(256, width),
        long(257, height),
        (258, 3, 3, vec![8, 0, 8, 0, 8, 0]),
        short(259, 1),
        short(262, 2),
        (273, 4, strips, numbers((0..strips).map(|index| 8 + index * strip).collect())),
        short(277, 3),
        long(278, 8),
        (279, 4, strips, numbers((0..strips).map(|index| strip.min(rgb.len() as u32 - index * strip)).collect())),
    ];
    tags.extend(more);
    structure(rgb, tags, &[])
}

/// A PNG of any colour type, with chunks before its pixels.
pub(crate) fn png(
    data: &[u8],
    (width, height): (u32, u32),
    colour: ::png::ColorType,
    chunks: &[(&[u8; 4], Vec<u8>)],
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_color(colour);
    let depth = data.len() / (width * height) as usize / colour.samples();
    encoder.set_depth(if depth == 2 { ::png::BitDepth::Sixteen } else { ::png::BitDepth::Eight });
    let mut writer = encoder.write_header().unwrap();
    for (kind, content) in chunks {
        writer.write_chunk(::png::chunk::ChunkType(**kind), content).unwrap();
    }
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    file
}

/// A WebP in the extended container, from a simple lossless one.
pub(crate) fn webp(rgb: &[u8], (width, height): (u32, u32), flags: u8, chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut simple = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut simple)
        .encode(rgb, width, height, image::ExtendedColorType::Rgb8)
        .unwrap();
    let mut body = b"WEBPVP8X\x0A\0\0\0".to_vec();
    body.extend([flags, 0, 0, 0]);
    body.extend(&(width - 1).to_le_bytes()[..3]);
    body.extend(&(height - 1).to_le_bytes()[..3]);
    body.extend(&simple[12..]);
    for (kind, content) in chunks {
        body.extend(*kind);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(content);
        body.extend((content.len() % 2 == 1).then_some(0));
    }
    [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat()
}

/// The stored pixels of an upright picture for each of the eight orientations, straight from the
/// words of EXIF 2.32: which side of the picture the first row and the first column are.
pub(crate) fn stored(upright: &[u8], (width, height): (u32, u32), orientation: u16) -> (Vec<u8>, (u32, u32)) {
    let (right, bottom) = (width - 1, height - 1);
    let size = if orientation >= 5 { (height, width) } else { (width, height) };
    let mut data = Vec::new();
    for row in 0..size.1 {
        for column in 0..size.0 {
            let (x, y) = match orientation {
                1 => (column, row),                  // top, left
                2 => (right - column, row),          // top, right
                3 => (right - column, bottom - row), // bottom, right
                4 => (column, bottom - row),         // bottom, left
                5 => (row, column),                  // left, top
                6 => (right - row, column),          // right, top
                7 => (right - row, bottom - column), // right, bottom
                _ => (row, bottom - column),         // left, bottom
            };
            let at = ((y * width + x) * 3) as usize;
            data.extend(&upright[at..at + 3]);
        }
    }
    (data, size)
}
