//! What is read from stills, and what is refused.

use super::fixtures::*;
use super::*;

fn read(bytes: &[u8]) -> Facts {
    examine(bytes, &Limits::default()).unwrap()
}

fn refused(bytes: &[u8]) -> Refusal {
    examine(bytes, &Limits::default()).unwrap_err()
}

const SIZE: (u32, u32) = (48, 32);

fn xmp(body: &str, attributes: &str) -> String {
    format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
        xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
        xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
        xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:rights="http://ns.adobe.com/xap/1.0/rights/"
        {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
    )
}

fn fields_of_xmp(body: &str, attributes: &str) -> Embedded {
    read(&jpeg(&scene(48, 32), SIZE, &[xmp_segment(&xmp(body, attributes))])).fields
}

#[test]
fn every_format_gives_its_size_and_orientation() {
    let rgb = scene(48, 32);
    let files = [
        (Format::Jpeg, jpeg(&rgb, SIZE, &[exif_segment(&orientation(6))])),
        (Format::Png, png(&rgb, SIZE, ::png::ColorType::Rgb, &[(b"eXIf", orientation(6))])),
        (Format::WebP, webp(&rgb, SIZE, 0x08, &[(b"EXIF", orientation(6))])),
        (Format::Tiff, tiff(&rgb, SIZE, vec![short(0x0112, 6)])),
    ];
    for (format, file) in files {
        let facts = read(&file);
        assert_eq!((facts.format, facts.width, facts.height), (format, 32, 48));
        assert_eq!(facts.orientation, Orientation::QuarterClockwise, "{format:?}");
        assert!(!facts.has_alpha && !facts.animated && !facts.deep && !facts.progressive, "{format:?}");
    }
}

#[test]
fn facts_survive_json() {
    let facts = read(&jpeg(&scene(48, 32), SIZE, &[xmp_segment(&xmp("", r#"photoshop:Credit="C""#))]));
    let json = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts);
    assert!(json.contains(r#""format":"jpeg""#) && json.contains(r#""credit":"C""#), "{json}");
}

#[test]
fn xmp_is_read_as_elements_and_as_attributes() {
    let fields = fields_of_xmp(
        r#"<d:description><rdf:Alt><rdf:li xml:lang="de">Regen</rdf:li><rdf:li xml:lang="x-default">Rain &amp; wind
 &#8211; <![CDATA[<loud>]]></rdf:li></rdf:Alt></d:description>
        <d:creator><rdf:Seq><rdf:li>Leila Farrokh</rdf:li><rdf:li>Tom Oke</rdf:li></rdf:Seq></d:creator>
        <d:subject><rdf:Bag><rdf:li>rain</rdf:li><rdf:li>rig</rdf:li><rdf:li>rain</rdf:li></rdf:Bag></d:subject>
        <core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A rig</rdf:li></rdf:Alt></core:AltTextAccessibility>
        <ext:PersonInImage><rdf:Bag><rdf:li>Nell</rdf:li></rdf:Bag></ext:PersonInImage>
        <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://example.com/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>
        <plus:DataMining rdf:resource="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"/>"#,
        r#"photoshop:Credit="Saltlight &lt;Ltd&gt;" photoshop:Headline=" Rain " rights:WebStatement="https://example.com/terms"
        photoshop:DateCreated="2026-03-12T10:11:12.50+01:00""#,
    );
    assert_eq!(fields.caption.as_deref(), Some("Rain & wind\n – <loud>"));
    assert_eq!(fields.creator, ["Leila Farrokh", "Tom Oke"]);
    assert_eq!(fields.keywords, ["rain", "rig"]);
    assert_eq!(fields.alt.as_deref(), Some("A rig"));
    assert_eq!(fields.people, ["Nell"]);
    assert_eq!(fields.licensor_url.as_deref(), Some("https://example.com/buy"));
    assert_eq!(fields.data_mining.as_deref(), Some("http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"));
    assert_eq!(fields.credit.as_deref(), Some("Saltlight <Ltd>"));
    assert_eq!(fields.headline.as_deref(), Some("Rain"));
    assert_eq!(fields.web_statement.as_deref(), Some("https://example.com/terms"));
    assert_eq!(fields.captured.as_deref(), Some("2026-03-12T10:11:12.50+01:00"));
}

#[test]
fn what_a_picture_was_made_of_is_not_the_picture() {
    let parts = r#"<mm:Pantry xmlns:mm="http://ns.adobe.com/xap/1.0/mm/"><rdf:Bag><rdf:li><rdf:Description
        photoshop:Credit="Somebody else"><d:rights><rdf:Alt><rdf:li>Not ours</rdf:li></rdf:Alt></d:rights>
        </rdf:Description></rdf:li></rdf:Bag></mm:Pantry>"#;
    let fields = fields_of_xmp(parts, r#"photoshop:Headline="Ours""#);
    assert_eq!(fields, Embedded { headline: Some("Ours".to_owned()), ..Embedded::default() });
}

#[test]
fn xmp_is_read_from_every_format_and_from_compressed_text() {
    use std::io::Write;
    let packet = xmp("", r#"photoshop:Credit="C""#);
    let rgb = scene(48, 32);
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(packet.as_bytes()).unwrap();
    let plain = [b"XML:com.adobe.xmp\0\0\0\0\0".to_vec(), packet.clone().into_bytes()].concat();
    let packed = [b"XML:com.adobe.xmp\0\x01\0\0\0".to_vec(), zlib.finish().unwrap()].concat();
    let files = [
        png(&rgb, SIZE, ::png::ColorType::Rgb, &[(b"iTXt", plain)]),
        png(&rgb, SIZE, ::png::ColorType::Rgb, &[(b"iTXt", packed)]),
        webp(&rgb, SIZE, 0x04, &[(b"XMP ", packet.clone().into_bytes())]),
        tiff(&rgb, SIZE, vec![(700, 1, packet.len() as u32, packet.clone().into_bytes())]),
    ];
    for file in files {
        assert_eq!(read(&file).fields.credit.as_deref(), Some("C"));
    }
}

#[test]
fn the_first_of_two_blocks_counts() {
    let credit = |name: &str| xmp("", &format!(r#"photoshop:Credit="{name}""#)).into_bytes();
    let text = |name: &str| [b"XML:com.adobe.xmp\0\0\0\0\0".to_vec(), credit(name)].concat();
    let rgb = scene(48, 32);
    let chunks = [(b"eXIf", orientation(6)), (b"eXIf", orientation(3)), (b"iTXt", text("A")), (b"iTXt", text("B"))];
    let first = png(&rgb, SIZE, ::png::ColorType::Rgb, &chunks);
    let chunks = [(b"EXIF", orientation(6)), (b"EXIF", orientation(3)), (b"XMP ", credit("A")), (b"XMP ", credit("B"))];
    let second = webp(&rgb, SIZE, 0x0C, &chunks);
    for file in [first, second] {
        let facts = read(&file);
        assert_eq!(facts.orientation, Orientation::QuarterClockwise, "{:?}", facts.format);
        assert_eq!(facts.fields.credit.as_deref(), Some("A"), "{:?}", facts.format);
    }
}

/// Were each broken one unpacked in vain, a file of nothing else would take a thousand times its length.
#[test]
fn broken_compressed_text_is_read_as_far_as_it_goes_and_only_once() {
    use std::io::Write;
    let packed = |name: &str| {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
        zlib.write_all(xmp("", &format!(r#"photoshop:Credit="{name}""#)).as_bytes()).unwrap();
        let mut stream = zlib.finish().unwrap();
        stream.truncate(stream.len() - 10);
        (b"iTXt", [b"XML:com.adobe.xmp\0\x01\0\0\0".to_vec(), stream].concat())
    };
    let file = png(&scene(48, 32), SIZE, ::png::ColorType::Rgb, &[packed("A"), packed("B")]);
    assert_eq!(read(&file).fields.credit.as_deref(), Some("A"));
}

#[test]
fn iim_is_utf8_if_it_says_so_or_is_and_else_latin_1() {
    let with = |records: &[(u8, u8, &[u8])]| read(&jpeg(&scene(48, 32), SIZE, &[iim_segment(records)])).fields;
    let marked = with(&[(1, 90, b"\x1B%G"), (2, 80, "Inês".as_bytes()), (2, 80, b"Tom"), (2, 120, b"Rain\r\non cue")]);
    assert_eq!(marked.creator, ["Inês", "Tom"]);
    assert_eq!(marked.caption.as_deref(), Some("Rain\non cue"));
    let latin =
        with(&[(2, 80, b"In\xEAs"), (2, 55, b"20260312"), (2, 60, b"101112+0100"), (2, 25, b"a"), (2, 25, b"b")]);
    assert_eq!(latin.creator, ["Inês"]);
    assert_eq!(latin.captured.as_deref(), Some("2026-03-12T10:11:12+01:00"));
    assert_eq!(latin.keywords, ["a", "b"]);
}

#[test]
fn exif_comes_last_and_its_boilerplate_counts_for_nothing() {
    let exif = structure(
        &[],
        vec![ascii(0x010E, "OLYMPUS DIGITAL CAMERA"), ascii(0x013B, "A; B"), ascii(0x8298, "© old")],
        &[ascii(0x9003, "2026:03:12 10:11:12"), ascii(0x9011, "+01:00"), ascii(0x9291, "07")],
    );
    let alone = read(&jpeg(&scene(48, 32), SIZE, &[exif_segment(&exif)])).fields;
    assert_eq!((alone.caption.as_deref(), alone.copyright.as_deref()), (None, Some("© old")));
    assert_eq!(alone.creator, ["A", "B"]);
    assert_eq!(alone.captured.as_deref(), Some("2026-03-12T10:11:12.07+01:00"));
    let segments = [
        exif_segment(&exif),
        iim_segment(&[(2, 116, b"(c) newer"), (2, 110, b"desk"), (2, 55, b"20260311")]),
        xmp_segment(&xmp("", r#"photoshop:Credit="newest""#)),
    ];
    let all = read(&jpeg(&scene(48, 32), SIZE, &segments)).fields;
    assert_eq!(all.credit.as_deref(), Some("newest"));
    assert_eq!(all.copyright.as_deref(), Some("(c) newer"));
    assert_eq!(all.captured.as_deref(), Some("2026-03-12T10:11:12.07+01:00"), "a time of day beats a bare date");
}

#[test]
fn a_clock_that_was_never_set_says_nothing() {
    for date in ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:01 10:00:00", "now"] {
        let exif = structure(&[], vec![short(0x0112, 1)], &[ascii(0x9003, date)]);
        assert_eq!(read(&jpeg(&scene(48, 32), SIZE, &[exif_segment(&exif)])).fields.captured, None, "{date}");
    }
}

#[test]
fn alpha_depth_and_animation_are_known() {
    let rgba = png(&scene(48, 48)[..48 * 32 * 4], SIZE, ::png::ColorType::Rgba, &[]);
    assert!(read(&rgba).has_alpha);
    let deep = png(&noise(48, 64), SIZE, ::png::ColorType::Rgb, &[]);
    assert!(read(&deep).deep);
    assert!(read(&jpeg_with(&scene(48, 32), SIZE, &[], |encoder| encoder.set_progressive(true))).progressive);
    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
    for _ in 0..2 {
        encoder.encode(&scene(48, 32), 48, 32, image::ExtendedColorType::Rgb8).unwrap();
    }
    drop(encoder);
    assert!(read(&gif).animated);
    assert_eq!((read(&gif).width, read(&gif).height), SIZE);
}

#[test]
fn a_cut_jpeg_names_the_row() {
    let rgb = noise(96, 160);
    let interval = |encoder: &mut jpeg_encoder::Encoder<&mut Vec<u8>>| encoder.set_restart_interval(5);
    let large = |encoder: &mut jpeg_encoder::Encoder<&mut Vec<u8>>| {
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    };
    let files = [
        (jpeg(&rgb, (96, 160), &[]), 8),
        (jpeg_with(&rgb, (96, 160), &[], interval), 8),
        (jpeg_with(&rgb, (96, 160), &[], large), 16),
    ];
    for (file, unit) in files {
        let mut rows = Vec::new();
        for tenth in 4..10 {
            let cut = &file[..file.len() * tenth / 10];
            let Refusal::Truncated { row: Some(row), of: Some(160) } = refused(cut) else {
                panic!("{tenth} tenths: {:?}", refused(cut))
            };
            let expected = 160 * tenth as u32 / 10;
            assert!(row % unit == 0 && row.abs_diff(expected) <= 24, "{tenth} tenths: row {row}");
            assert_eq!(refused(&[cut, &[0; 5000]].concat()), refused(cut), "filled up with zeros");
            rows.push(row);
        }
        assert!(rows.is_sorted());
    }
}

#[test]
fn a_jpeg_that_lacks_only_its_end_marker_is_whole() {
    let file = jpeg(&noise(96, 64), (96, 64), &[]);
    assert_eq!(read(&file[..file.len() - 2]).height, 64);
    assert_eq!(refused(&file[..file.len() - 40]).code(), "truncated");
    assert_eq!(read(&[&file[..], b"trailing"].concat()).height, 64);
}

#[test]
fn a_cut_progressive_jpeg_is_refused_in_every_pass() {
    let file = jpeg_with(&noise(96, 64), (96, 64), &[], |encoder| encoder.set_progressive(true));
    for tenth in 3..10 {
        assert_eq!(refused(&file[..file.len() * tenth / 10]).code(), "truncated", "{tenth} tenths");
    }
}

#[test]
fn cut_files_of_other_formats_are_refused() {
    let rgb = noise(48, 32);
    let mut gif = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut gif).encode(&rgb, 48, 32, image::ExtendedColorType::Rgb8).unwrap();
    let png = png(&rgb, SIZE, ::png::ColorType::Rgb, &[]);
    for file in [webp(&rgb, SIZE, 0, &[]), gif, png.clone(), tiff(&rgb, SIZE, vec![])] {
        let half = refused(&file[..file.len() / 2]);
        assert_eq!(half.code(), "truncated", "{half}");
    }
    let Refusal::Truncated { row: Some(row), of: Some(32) } = refused(&png[..png.len() * 3 / 4]) else { panic!() };
    assert!((12..=24).contains(&row), "{row}");
}

#[test]
fn a_cut_tiff_names_the_strip() {
    // The directory comes first here, as most programs write it: strips are what is missing.
    let file = tiff(&noise(48, 32), SIZE, vec![]);
    let mut tags = vec![long(256, 48), long(257, 32), long(278, 8)];
    let beyond = |index: u32| if index < 2 { 8 } else { file.len() as u32 };
    tags.push((273, 4, 4, (0..4).flat_map(|index| beyond(index).to_le_bytes()).collect()));
    tags.push((279, 4, 4, (0..4).flat_map(|_| 1152_u32.to_le_bytes()).collect()));
    let cut = structure(&noise(48, 8), tags, &[]);
    assert_eq!(refused(&cut), Refusal::Truncated { row: Some(16), of: Some(32) });
}

#[test]
fn refusals_speak_to_people() {
    let words = Refusal::Truncated { row: Some(1204), of: Some(4000) }.to_string();
    assert_eq!(words, "stops at row 1,204 of 4,000: copy it again");
    let words = Refusal::TooLarge { width: 65_500, height: 65_500, max_pixels: 268_000_000 }.to_string();
    assert_eq!(
        words,
        "is 65,500 × 65,500 pixels (4,291 megapixels), more than the limit of 268 megapixels: export a smaller version"
    );
}

#[test]
fn bombs_are_refused_by_their_header() {
    let mut bomb = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    bomb.extend(200_000_u32.to_be_bytes());
    bomb.extend(200_000_u32.to_be_bytes());
    bomb.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(refused(&bomb).code(), "too-large");
    let webp = b"RIFF\x1A\0\0\0WEBPVP8L\x0D\0\0\0\x2F\xFF\xFF\xFF\x0F\0\0\0\0\0\0\0\0";
    assert_eq!(refused(webp).code(), "too-large");
    let small = Limits { max_pixels: 48 * 32 - 1 };
    let fine = jpeg(&scene(48, 32), SIZE, &[]);
    assert_eq!(examine(&fine, &small).unwrap_err().code(), "too-large");
    assert!(examine(&fine, &Limits { max_pixels: 48 * 32 }).is_ok());
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let raw = structure(&[], vec![long(256, 160), long(257, 120), (50706, 1, 4, vec![1, 4, 0, 0])], &[]);
    let nef = structure(&[], vec![long(254, 1), long(256, 160), long(257, 120), long(330, 8)], &[]);
    let table: [(&[u8], &str, &str); 17] = [
        (b"", "empty", "copy it again"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", "export it as JPEG"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "heic", "export it as JPEG"),
        (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", "avif", "export it as JPEG"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "raw", "export it as JPEG"),
        (b"II*\0\x10\0\0\0CR\x02\0", "raw", "export it as JPEG"),
        (b"FUJIFILMCCD-RAW 0201", "raw", "export it as JPEG"),
        (&raw, "raw", "export it as JPEG"),
        (&nef, "raw", "export it as JPEG"),
        (b"8BPS\0\x01", "psd", "export it as JPEG"),
        (b"<?xml version=\"1.0\"?>\n<svg xmlns=", "svg", "static/"),
        (b"%PDF-1.7", "pdf", "static/"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isom", "not-a-picture", "video"),
        (b"<!DOCTYPE html><title>404", "not-a-picture", "web page"),
        (b"\0\x05\x16\x07\0\x02\0\0Mac OS X", "not-a-picture", "delete it"),
        (b"\0\0\0\0\0\0\0\0\0\0", "not-a-picture", "zeros"),
        (b"\x01\x02\x03\xF0\xF1\xF2", "not-a-picture", "use JPEG"),
    ];
    for (bytes, code, words) in table {
        let refusal = refused(bytes);
        assert_eq!(refusal.code(), code, "{refusal}");
        assert!(refusal.to_string().contains(words), "{refusal}");
    }
}

#[test]
fn a_wrong_extension_is_a_note() {
    assert_eq!(misnamed("a.JPG", Format::Jpeg), None);
    assert_eq!(misnamed("a.b/c.tiff", Format::Tiff), None);
    let note = misnamed("IMG.jpg", Format::Png).unwrap();
    assert!(note.contains("PNG") && note.contains(".png"), "{note}");
    assert!(misnamed("noextension", Format::Jpeg).is_some());
}

#[test]
fn nested_and_endless_xml_is_survived() {
    let deep = "<a>".repeat(100_000);
    let entity = "<!DOCTYPE a [<!ENTITY b \"cccc\">]><a>&b;</a>";
    for packet in [deep.as_str(), entity, "<rdf:RDF", "", "\u{feff}", "<a b='c' b='d' b=\"></a>"] {
        let facts = read(&jpeg(&scene(48, 32), SIZE, &[xmp_segment(&packet[..packet.len().min(60_000)])]));
        assert_eq!(facts.fields, Embedded::default());
    }
}

#[test]
fn one_person_is_named_once_whatever_the_languages() {
    let fields = fields_of_xmp(
        r#"<ext:PersonInImageWDetails><rdf:Bag><rdf:li rdf:parseType="Resource"><ext:PersonName><rdf:Alt>
        <rdf:li xml:lang="de">Ines</rdf:li><rdf:li xml:lang="x-default">Inês</rdf:li></rdf:Alt></ext:PersonName></rdf:li>
        <rdf:li ext:PersonName="Tom"/></rdf:Bag></ext:PersonInImageWDetails>"#,
        "",
    );
    assert_eq!(fields.people, ["Inês", "Tom"]);
}

#[test]
fn xmp_in_several_segments_is_put_together() {
    let id = "0123456789ABCDEF0123456789ABCDEF";
    let main = xmp(
        "",
        &format!(r#"photoshop:Credit="main" note:HasExtendedXMP="{id}" xmlns:note="http://ns.adobe.com/xmp/note/""#),
    );
    let rest = xmp("<d:rights><rdf:Alt><rdf:li>© rest</rdf:li></rdf:Alt></d:rights>", r#"photoshop:Credit="rest""#);
    let portion = |id: &str, from: usize, to: usize| {
        let numbers = [rest.len() as u32, from as u32].map(u32::to_be_bytes).concat();
        (1, [b"http://ns.adobe.com/xmp/extension/\0", id.as_bytes(), &numbers, &rest.as_bytes()[from..to]].concat())
    };
    let (half, all) = (rest.len() / 2, rest.len());
    let fields = |portions: &[(u8, Vec<u8>)]| {
        read(&jpeg(&scene(48, 32), SIZE, &[&[xmp_segment(&main)], portions].concat())).fields
    };
    // In any order; what stands in the first packet counts more.
    let whole = fields(&[portion(id, half, all), portion(id, 0, half)]);
    assert_eq!((whole.credit.as_deref(), whole.copyright.as_deref()), (Some("main"), Some("© rest")));
    let other = "F".repeat(32);
    for portions in [
        vec![portion(id, 0, half)],
        vec![portion(&other, 0, all)],
        vec![(1, b"http://ns.adobe.com/xmp/extension/\0x".to_vec())],
    ] {
        assert_eq!(fields(&portions).copyright, None);
    }
}

#[test]
fn iim_in_the_characters_of_its_time() {
    let with = |records: &[(u8, u8, &[u8])]| read(&jpeg(&scene(48, 32), SIZE, &[iim_segment(records)])).fields.creator;
    assert_eq!(with(&[(2, 80, b"In\x90s M\x9Fller")]), ["Inês Müller"], "Macintosh");
    assert_eq!(with(&[(1, 90, b"\x1B.A"), (2, 80, "Inês".as_bytes())]), ["InÃªs"], "Latin-1, since it says so");
    assert_eq!(with(&[(1, 90, b"\x1B%G"), (2, 80, b"In\xEAs")]), ["In\u{fffd}s"], "UTF-8, since it says so");
}

#[test]
fn checksums_of_a_png_are_looked_at() {
    let sound = png(&noise(48, 32), SIZE, ::png::ColorType::Rgb, &[(b"eXIf", orientation(6))]);
    assert_eq!(read(&sound).orientation, Orientation::QuarterClockwise);
    let spoilt = |name: &[u8], by: usize| {
        let mut bytes = sound.clone();
        let at = bytes.windows(4).position(|window| window == name).unwrap();
        bytes[at + by] ^= 4;
        bytes
    };
    assert_eq!(read(&spoilt(b"eXIf", 18)).orientation, Orientation::Upright, "left out");
    assert_eq!(refused(&spoilt(b"IDAT", 100)).code(), "corrupt");
}

#[test]
fn next_to_nothing_is_not_unpacked() {
    let header = |width: u32, height: u32| {
        [
            &b"II*\0\x08\0\0\0"[..],
            &structure(&[], vec![long(256, width), long(257, height), long(273, 8), long(279, 0)], &[])[8..],
        ]
        .concat()
    };
    assert_eq!(refused(&header(12_000, 12_000)).code(), "corrupt");
    assert!(refused(&header(12_000, 12_000)).to_string().contains("far more than the file holds"));
    assert!(examine(&header(5_000, 5_000), &Limits::default()).is_ok(), "small enough to do no harm");
    let filled = [header(12_000, 12_000), vec![7; 800_000]].concat();
    assert!(examine(&filled, &Limits::default()).is_ok(), "enough bytes for what it says");
}
