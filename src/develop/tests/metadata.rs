//! What pictures say about themselves: read from every format, written back by the allow-list.

use super::*;
use crate::still::Embedded;

pub(super) fn everything() -> Metadata {
    let text = |text: &str| Some(text.to_owned());
    Metadata {
        creator: vec!["Leila Farrokh".to_owned(), "Tom & Jerry <x>".to_owned()],
        credit: text("Saltlight \"Ltd\""),
        copyright: text("© 2026 Saltlight"),
        caption: text("Rain\non cue – 雨"),
        alt: text("A rig"),
        extended_description: text("A long one"),
        usage_terms: text("Editorial"),
        web_statement: text("https://example.com/?a=1&b=2"),
        licensor_url: text("https://example.com/buy"),
        digital_source_type: text("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"),
        data_mining: text("http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"),
        // Never read from a still: it is not a fact about the picture.
        instructions: None,
    }
}

fn as_metadata(fields: Embedded) -> Metadata {
    Metadata {
        creator: fields.creator,
        credit: fields.credit,
        copyright: fields.copyright,
        caption: fields.caption,
        alt: fields.alt,
        extended_description: fields.extended_description,
        usage_terms: fields.usage_terms,
        web_statement: fields.web_statement,
        licensor_url: fields.licensor_url,
        digital_source_type: fields.digital_source_type,
        data_mining: fields.data_mining,
        instructions: None,
    }
}

#[test]
fn metadata_is_read_back_from_every_output() {
    let metadata = everything();
    let transparent = fixtures::png(&scene(64, 64)[..64 * 48 * 4], (64, 48), ::png::ColorType::Rgba, &[]);
    let opaque = fixtures::jpeg(&scene(64, 48), (64, 48), &[]);
    for source in [transparent, opaque] {
        for output in [Output::WebP, Output::Jpeg, Output::Png] {
            for (rights, expected) in [
                (Rights::Full, metadata.clone()),
                (Rights::Minimum, metadata.allowed(Rights::Minimum)),
                (Rights::None, Metadata::default()),
            ] {
                let recipe = Recipe { rights, ..recipe(32, 24, output) };
                let file = &all(&source, &[recipe], &metadata).unwrap()[0];
                assert_eq!(as_metadata(facts(file).fields), expected, "{output:?} {rights:?}");
                assert_eq!(load(file).dimensions(), (32, 24));
            }
        }
    }
    assert_eq!(metadata.allowed(Rights::Minimum).caption, None);
}

#[test]
fn iim_says_the_same_as_xmp() {
    let metadata = everything();
    let photoshop = metadata.photoshop().unwrap();
    let file = fixtures::jpeg(&scene(64, 48), (64, 48), &[(13, [b"Photoshop 3.0\0".to_vec(), photoshop].concat())]);
    let fields = facts(&file).fields;
    assert_eq!((fields.creator, fields.credit), (metadata.creator, metadata.credit));
    assert_eq!((fields.copyright, fields.caption), (metadata.copyright, metadata.caption));
}

#[test]
fn nothing_but_what_is_allowed_survives() {
    const SECRET: &str = "SECRET-57.1N";
    let ascii = |tag| fixtures::ascii(tag, SECRET);
    let exif = structure(&[], vec![ascii(0x010E), ascii(0x0110), ascii(0xA431)], &[ascii(0xA431), ascii(0x9286)]);
    let xmp = format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' e:LocationCreated='{SECRET}'>\
         <e:PersonInImage><rdf:Bag><rdf:li>{SECRET}</rdf:li></rdf:Bag></e:PersonInImage></rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    let secret = SECRET.as_bytes();
    let iim = iim_segment(&[(2, 90, secret), (2, 120, secret)]);
    let rgb = scene(64, 48);
    let text = [b"Comment\0".to_vec(), secret.to_vec()].concat();
    let itxt = [b"XML:com.adobe.xmp\0\0\0\0\0".to_vec(), xmp.clone().into_bytes()].concat();
    let sources = [
        fixtures::jpeg(&rgb, (64, 48), &[exif_segment(&exif), xmp_segment(&xmp), iim, (14, secret.to_vec())]),
        fixtures::png(
            &rgb,
            (64, 48),
            ::png::ColorType::Rgb,
            &[(b"tEXt", text), (b"eXIf", exif.clone()), (b"iTXt", itxt)],
        ),
        fixtures::webp(&rgb, (64, 48), 0x0C, &[(b"EXIF", exif), (b"XMP ", xmp.into_bytes())]),
        fixtures::tiff(&rgb, (64, 48), vec![ascii(0x010E), ascii(0x013B)]),
    ];
    for source in sources {
        assert!(memchr::memmem::find(&source, secret).is_some());
        for output in [Output::WebP, Output::Jpeg, Output::Png] {
            let file = &all(&source, &[recipe(64, 48, output)], &everything()).unwrap()[0];
            assert!(memchr::memmem::find(file, secret).is_none(), "{output:?}");
            for mark in [&b"Exif\0\0"[..], b"ICC_PROFILE", b"eXIf", b"iCCP", b"EXIF", b"II*\0"] {
                assert!(memchr::memmem::find(file, mark).is_none(), "{output:?} {mark:?}");
            }
        }
    }
}

#[test]
fn metadata_of_any_length_and_character_can_be_written() {
    let long = "é\u{0}\u{1b}".repeat(40_000);
    let metadata = Metadata { caption: Some(long.clone()), alt: Some(long), ..everything() };
    let file = fixtures::jpeg(&scene(64, 48), (64, 48), &[]);
    for output in [Output::WebP, Output::Jpeg, Output::Png] {
        let made = &all(&file, &[recipe(32, 24, output)], &metadata).unwrap()[0];
        let caption = facts(made).fields.caption.unwrap();
        assert!(caption.len() > 1000 && caption.chars().all(|c| c == 'é'), "{output:?}");
    }
}

/// Runs exiftool, which reads and writes metadata independently of this code.
fn exiftool(arguments: &[&str], file: &std::path::Path) -> String {
    let output = std::process::Command::new("exiftool")
        .args(["-config", "", "-charset", "filename=utf8"])
        .args(arguments)
        .arg(file)
        .output()
        .expect("this test needs exiftool (Debian: libimage-exiftool-perl)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a picture desk might write into a still, and much that must not get out.
const WRITTEN: &[&str] = &[
    "-XMP-dc:Creator=Leila Farrokh",
    "-XMP-dc:Creator=Tom Økø",
    "-XMP-dc:Description=Rain on cue – 雨",
    "-XMP-dc:Description-de=Regen auf Kommando",
    "-XMP-dc:Rights=© 2026 Saltlight & Co.",
    "-XMP-photoshop:Credit=Saltlight \"Ltd\"",
    "-XMP-iptcCore:AltTextAccessibility=A <rig>",
    "-XMP-iptcCore:ExtDescrAccessibility=A long one",
    "-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "-XMP-xmpRights:UsageTerms=Editorial only",
    "-XMP-xmpRights:WebStatement=https://example.com/?a=1&b=2",
    "-XMP-plus:LicensorURL=https://example.com/buy",
    "-XMP-dc:Title=SECRET title",
    "-XMP-photoshop:Headline=SECRET headline",
    "-XMP-photoshop:Instructions=SECRET embargo",
    "-XMP-photoshop:City=SECRET city",
    "-XMP-iptcExt:PersonInImage=SECRET person",
    "-XMP-iptcExt:LocationCreatedCity=SECRET city",
    "-XMP-xmpMM:DocumentID=SECRET id",
    "-XMP-aux:SerialNumber=SECRET serial",
    "-XMP-xmp:CreatorTool=SECRET tool",
    "-XMP-exif:GPSLatitude=57.1",
    "-EXIF:GPSLatitude=57.1",
    "-EXIF:GPSLatitudeRef=N",
    "-EXIF:Model=SECRET camera",
    "-EXIF:SerialNumber=SECRET serial",
    "-EXIF:UserComment=SECRET comment",
    "-EXIF:Artist=SECRET, overruled by XMP",
];

/// The written fields as exiftool says them; those that IIM has too are in JPEG twice.
fn told() -> Vec<(&'static str, &'static str)> {
    vec![
        ("XMP-dc:Creator", "Leila Farrokh|Tom Økø"),
        ("XMP-dc:Description", "Rain on cue – 雨"),
        ("XMP-dc:Rights", "© 2026 Saltlight & Co."),
        ("XMP-photoshop:Credit", "Saltlight \"Ltd\""),
        ("XMP-iptcCore:AltTextAccessibility", "A <rig>"),
        ("XMP-iptcCore:ExtDescrAccessibility", "A long one"),
        ("XMP-iptcExt:DigitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"),
        ("XMP-xmpRights:UsageTerms", "Editorial only"),
        ("XMP-xmpRights:WebStatement", "https://example.com/?a=1&b=2"),
        ("XMP-plus:LicensorURL", "https://example.com/buy"),
        ("XMP-plus:DataMining", "DMI-PROHIBITED"),
        ("IPTC:By-line", "Leila Farrokh|Tom Økø"),
        ("IPTC:Credit", "Saltlight \"Ltd\""),
        ("IPTC:CopyrightNotice", "© 2026 Saltlight & Co."),
        ("IPTC:Caption-Abstract", "Rain on cue – 雨"),
    ]
}

/// Tags that say how a file is written.
const FORM: &[&str] = &[
    "IPTC:CodedCharacterSet",
    "IPTC:ApplicationRecordVersion",
    "PNG:ImageWidth",
    "PNG:ImageHeight",
    "PNG:BitDepth",
    "PNG:ColorType",
    "PNG:Compression",
    "PNG:Filter",
    "PNG:Interlace",
];

/// All tags of a picture as exiftool reads them: group and name, value, lists joined. What it says of
/// the file, the pixels and its own work is left out.
fn tags(file: &std::path::Path) -> Vec<(String, String)> {
    let text = exiftool(&["-j", "-G1", "-a", "-n", "-struct"], file);
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    let text = |value: &serde_json::Value| match value {
        // Newer versions know this vocabulary and leave its address out.
        serde_json::Value::String(text) => text.replace("http://ns.useplus.org/ldf/vocab/", ""),
        other => other.to_string(),
    };
    let mut tags = Vec::new();
    for (name, value) in read[0].as_object().unwrap() {
        let group = name.split(':').next().unwrap();
        match value {
            _ if name.ends_with(":Comment") => tags.push((name.clone(), text(value))),
            _ if ["SourceFile", "ExifTool", "System", "File", "Composite", "RIFF", "JFIF", "XMP-x"]
                .contains(&group) => {}
            _ if FORM.contains(&name.as_str()) => {}
            serde_json::Value::Array(list) if name == "XMP-plus:Licensor" => {
                assert_eq!((list.len(), list[0].as_object().unwrap().len()), (1, 1));
                tags.push((name.replace("Licensor", "LicensorURL"), text(&list[0]["LicensorURL"])));
            }
            serde_json::Value::Array(list) => {
                tags.push((name.clone(), list.iter().map(text).collect::<Vec<_>>().join("|")));
            }
            value => tags.push((name.clone(), text(value))),
        }
    }
    tags.sort();
    tags
}

#[test]
fn exiftool_finds_what_is_allowed_with_its_values_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let rgb = scene(64, 48);
    let sources = [
        ("a.jpg", fixtures::jpeg(&rgb, (64, 48), &[])),
        ("a.png", fixtures::png(&rgb, (64, 48), ::png::ColorType::Rgb, &[])),
        ("a.webp", fixtures::webp(&rgb, (64, 48), 0, &[])),
        ("a.tif", fixtures::tiff(&rgb, (64, 48), vec![])),
    ];
    for (name, bytes) in sources {
        let source = folder.path().join(name);
        std::fs::write(&source, bytes).unwrap();
        exiftool(&[&["-q", "-overwrite_original"], WRITTEN].concat(), &source);
        let bytes = std::fs::read(&source).unwrap();
        assert!(memchr::memmem::find(&bytes, b"SECRET").is_some(), "{name}");
        let fields = facts(&bytes).fields;
        assert_eq!(
            (fields.title.as_deref(), fields.people.join("|").as_str()),
            (Some("SECRET title"), "SECRET person")
        );
        // Older versions of exiftool cannot write this one.
        let data_mining = everything().data_mining;
        let metadata = Metadata { data_mining, ..as_metadata(fields) };
        for output in [Output::WebP, Output::Jpeg, Output::Png] {
            for rights in [Rights::Full, Rights::Minimum, Rights::None] {
                let made = &all(&bytes, &[Recipe { rights, ..recipe(64, 48, output) }], &metadata).unwrap()[0];
                let path = folder.path().join(format!("made.{}", output.extension()));
                std::fs::write(&path, made).unwrap();
                let allowed = |name: &str| match rights {
                    Rights::Full => true,
                    Rights::Minimum => ["Creator", "Rights", "Credit", "By-line", "CopyrightNotice"]
                        .contains(&name.rsplit(':').next().unwrap()),
                    Rights::None => false,
                };
                let mut expected: Vec<(String, String)> = (told().into_iter())
                    .filter(|(name, _)| allowed(name) && (output == Output::Jpeg || !name.starts_with("IPTC:")))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                expected.sort();
                assert_eq!(tags(&path), expected, "{name} as {output:?} with {rights:?}");
                assert!(memchr::memmem::find(made, b"SECRET").is_none(), "{name} as {output:?}");
            }
        }
    }
}

/// A large picture carries about a kilobyte, a thumbnail what its rights need.
#[test]
fn metadata_is_small() {
    let file = fixtures::jpeg(&scene(64, 48), (64, 48), &[]);
    for output in [Output::WebP, Output::Jpeg, Output::Png] {
        let length =
            |rights| all(&file, &[Recipe { rights, ..recipe(64, 48, output) }], &everything()).unwrap()[0].len();
        let (full, minimum, none) = (length(Rights::Full), length(Rights::Minimum), length(Rights::None));
        assert!(full - none < 2_100 && minimum - none < 1_000, "{output:?}: {full} {minimum} {none}");
    }
}

#[test]
fn instructions_stand_in_every_picture_however_small() {
    let until = "EMBARGOED UNTIL 2026-12-01 00:01 Europe/London (2026-12-01 00:01 UTC)";
    let metadata = Metadata { instructions: Some(until.to_owned()), ..Metadata::default() };
    let source = fixtures::jpeg(&scene(64, 48), (64, 48), &[]);
    for output in [Output::WebP, Output::Jpeg, Output::Png] {
        for rights in [Rights::Full, Rights::Minimum, Rights::None] {
            let file = &all(&source, &[Recipe { rights, ..recipe(32, 24, output) }], &metadata).unwrap()[0];
            let said = memchr::memmem::find_iter(file, until).count();
            // In JPEG as XMP and as IPTC-IIM 2:40.
            assert_eq!(said, if output == Output::Jpeg { 2 } else { 1 }, "{output:?} {rights:?}");
            assert!(memchr::memmem::find(file, b"<photoshop:Instructions>").is_some(), "{output:?} {rights:?}");
        }
    }
}
