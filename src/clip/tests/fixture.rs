//! Small films made in code: whole in structure, without a decodable picture.

/// A box of ISO/IEC 14496-12.
pub(super) fn atom(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut out = (body.len() as u32 + 8).to_be_bytes().to_vec();
    out.extend_from_slice(kind);
    out.extend(body);
    out
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The words that must not survive, all of them in [`mp4`] and [`webm`].
pub(super) const SECRETS: [&str; 9] = [
    "+51.5-000.1/",
    "Maren",
    "XMPSECRET",
    "Handler GoPro",
    "GPSTRACK",
    "LEFTOVER",
    "CAMERA",
    "alias:/Users",
    "TRAILER",
];

pub(super) const PICTURE: &[u8] = b"picture samples!";
pub(super) const SOUND: &[u8] = b"sound sample";

/// What varies between films.
pub(super) struct Recipe {
    pub brand: &'static [u8; 4],
    pub codec: &'static [u8; 4],
    pub sound_codec: &'static [u8; 4],
    /// a, b, c, d of the track's matrix, as integers.
    pub matrix: [u32; 4],
    pub moov_first: bool,
    pub long_sizes: bool,
    /// Length and beginning of each edit, in milliseconds.
    pub edits: Option<Vec<[u32; 2]>>,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            brand: b"isom",
            codec: b"avc1",
            sound_codec: b"mp4a",
            matrix: [1, 0, 0, 1],
            moov_first: false,
            long_sizes: false,
            edits: None,
        }
    }
}

const ONE: u32 = 0x1_0000;
const BORN: u32 = 0xDEAD_1234;

/// An MP4 of 1.5 s, 640 × 360, with a picture, a sound and a GPS track, and with everything that
/// [`SECRETS`] names.
pub(super) fn mp4(recipe: &Recipe) -> Vec<u8> {
    let ftyp = atom(b"ftyp", &[recipe.brand, &[0; 4], recipe.brand]);
    let media = [PICTURE, b"GPSTRACK", SOUND, b"LEFTOVER"].concat();
    let head = if recipe.long_sizes { 16 } else { 8 };
    let mdat = if recipe.long_sizes {
        let length = media.len() as u64 + 16;
        [&[0, 0, 0, 1], &b"mdat"[..], &length.to_be_bytes(), &media].concat()
    } else {
        atom(b"mdat", &[&media])
    };
    let length = moov(recipe, 0).len();
    let before = if recipe.moov_first { length } else { 0 };
    let moov = moov(recipe, (ftyp.len() + before + head) as u32);
    let xmp = atom(b"uuid", &[&[0xBE; 16], b"<x:xmpmeta>XMPSECRET</x:xmpmeta>"]);
    let trailer = b"\xFF\xFF\xFF\xFF\0\0\0\0TRAILER of a camera";
    if recipe.moov_first {
        [&ftyp[..], &moov, &mdat, &xmp, trailer].concat()
    } else {
        [&ftyp[..], &mdat, &moov, &xmp, trailer].concat()
    }
}

/// An MP4 in one piece that stands apart from its index: [`PICTURE`] in two samples of 0.5 s, and
/// a GPS track.
pub(super) fn fragmented() -> Vec<u8> {
    let recipe = Recipe::default();
    let mut mvhd = words(&[0, BORN, BORN, 1000, 0, ONE]);
    mvhd.resize(100, 0);
    let trex = |track| atom(b"trex", &[&words(&[0, track, 1, 500, 8, 0])]);
    let moov = atom(
        b"moov",
        &[
            &atom(b"mvhd", &[&mvhd]),
            &track(&recipe, b"vide", b"avc1", 0, 0),
            &track(&recipe, b"meta", b"gpmd", 0, 0),
            &atom(b"mvex", &[&trex(1), &trex(3)]),
        ],
    );
    let piece = |track, count, offset| {
        let tfhd = atom(b"tfhd", &[&words(&[0x2_0000, track])]);
        atom(b"traf", &[&tfhd, &atom(b"trun", &[&words(&[1, count, offset])])])
    };
    let moof = |offset| {
        let secret = atom(b"uuid", &[b"XMPSECRET"]);
        atom(b"moof", &[&piece(1, 2, offset), &piece(3, 1, offset + 16), &secret])
    };
    let length = moof(0).len() as u32;
    let mdat = atom(b"mdat", &[PICTURE, b"GPSTRACK"]);
    [&atom(b"ftyp", &[b"isom", &[0; 4]])[..], &moov, &moof(length + 8), &mdat].concat()
}

fn moov(recipe: &Recipe, media: u32) -> Vec<u8> {
    let mut mvhd = words(&[0, BORN, BORN, 1000, 1500, ONE]);
    mvhd.resize(100, 0);
    let place = atom(b"\xA9xyz", &[&[0, 12, 0x15, 0xC7], b"+51.5-000.1/"]);
    let keys = atom(b"meta", &[&atom(b"keys", &[b"com.apple.quicktime.author Maren"])]);
    let video = track(recipe, b"vide", recipe.codec, media, PICTURE.len());
    let gps = track(recipe, b"meta", b"gpmd", media + 16, 8);
    let sound = track(recipe, b"soun", recipe.sound_codec, media + 24, SOUND.len());
    atom(b"moov", &[&atom(b"mvhd", &[&mvhd]), &video, &gps, &sound, &atom(b"udta", &[&place]), &keys])
}

fn track(recipe: &Recipe, handler: &[u8; 4], codec: &[u8; 4], chunk: u32, size: usize) -> Vec<u8> {
    let id = match handler {
        b"vide" => 1,
        b"soun" => 2,
        _ => 3,
    };
    let [a, b, c, d] = recipe.matrix.map(|value| value.wrapping_mul(ONE));
    let tkhd =
        words(&[7, BORN, BORN, id, 0, 1500, 0, 0, 0, 0, a, b, 0, c, d, 0, 0, 0, 0x4000_0000, 640 * ONE, 360 * ONE]);
    let hdlr = [&words(&[0, 0])[..], handler, b"appl", &[0; 8], b"\x0DHandler GoPro\0"].concat();
    let mut entry = vec![0; if handler == b"vide" { 78 } else { 28 }];
    if handler == b"vide" {
        entry[42..49].copy_from_slice(b"\x06CAMERA");
    }
    let coding = atom(if handler == b"vide" { b"avcC" } else { b"esds" }, &[&[1, 2, 3]]);
    let odd = atom(b"name", &[b"CAMERA of Maren"]);
    let stsd = [&words(&[0, 1])[..], &atom(codec, &[&entry, &coding, &odd])].concat();
    let stbl = atom(
        b"stbl",
        &[
            &atom(b"stsd", &[&stsd]),
            &atom(b"stts", &[&words(&[0, 1, 2, 750])]),
            &atom(b"stsc", &[&words(&[0, 1, 1, 2, 1])]),
            &atom(b"stsz", &[&words(&[0, 0, 2, size as u32 / 2, size as u32 / 2])]),
            &atom(b"stco", &[&words(&[0, 1, chunk])]),
        ],
    );
    let alias = atom(b"alis", &[&words(&[1]), b"alias:/Users"]);
    let dinf = atom(b"dinf", &[&atom(b"dref", &[&words(&[0, 1]), &alias])]);
    let minf = atom(b"minf", &[&dinf, &stbl]);
    let mdia =
        atom(b"mdia", &[&atom(b"mdhd", &[&words(&[0, BORN, BORN, 1000, 1500, 0])]), &atom(b"hdlr", &[&hdlr]), &minf]);
    let edits = recipe.edits.as_ref().map_or_else(Vec::new, |edits| {
        let rows = edits.iter().flat_map(|[length, start]| [*length, *start, ONE]);
        let list: Vec<u32> = [0, edits.len() as u32].into_iter().chain(rows).collect();
        atom(b"edts", &[&atom(b"elst", &[&words(&list)])])
    });
    atom(b"trak", &[&atom(b"tkhd", &[&tkhd]), &edits, &mdia, &atom(b"udta", &[&atom(b"name", &[b"Maren"])])])
}

/// An EBML element; ids and lengths as short as they can be.
pub(super) fn element(id: u32, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut out: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|&byte| byte == 0).collect();
    match body.len() {
        length @ 0..=126 => out.push(0x80 | length as u8),
        length @ 127..=0x3FFE => out.extend(((length as u16) | 0x4000).to_be_bytes()),
        length => out.extend(((length as u32) | 0x1000_0000).to_be_bytes()),
    }
    out.extend(body);
    out
}

/// A WebM of 1.5 s, 640 × 360, with picture, sound and subtitles.
pub(super) fn webm(codec: &str) -> Vec<u8> {
    let info = element(
        0x1549_A966,
        &[
            &element(0x2A_D7B1, &[&1_000_000u32.to_be_bytes()]),
            &element(0x4489, &[&1500f64.to_be_bytes()]),
            &element(0x7BA9, &[b"A title by Maren"]),
            &element(0x4D80, &[b"CAMERA"]),
            &element(0x5741, &[b"CAMERA"]),
            &element(0x4461, &[&[7; 8]]),
        ],
    );
    let track = |number: u8, kind: u8, codec: &str, extra: &[u8]| {
        element(
            0xAE,
            &[
                &element(0xD7, &[&[number]]),
                &element(0x83, &[&[kind]]),
                &element(0x536E, &[b"Handler GoPro"]),
                &element(0x86, &[codec.as_bytes()]),
                extra,
            ],
        )
    };
    let size = element(0xE0, &[&element(0xB0, &[&640u16.to_be_bytes()]), &element(0xBA, &[&360u16.to_be_bytes()])]);
    let vorbis = element(0x63A2, &[b"\x02\x01\x01_\x03vorbis\x06\0\0\0CAMERA\x01\0\0\0\x0C\0\0\0ARTIST=Maren\x01"]);
    let tracks = element(
        0x1654_AE6B,
        &[&track(1, 1, codec, &size), &track(2, 2, "A_VORBIS", &vorbis), &track(3, 17, "S_TEXT/UTF8", &[])],
    );
    let block = |number: u8, data: &[u8]| element(0xA3, &[&[0x80 | number, 0, 0, 0x80], data]);
    let group = element(0xA0, &[&element(0xA1, &[&[0x83, 0, 0, 0], b"GPSTRACK"])]);
    let cluster = element(
        0x1F43_B675,
        &[&element(0xE7, &[&[0]]), &block(1, PICTURE), &block(2, SOUND), &block(3, b"LEFTOVER of Maren"), &group],
    );
    let seek = |target: u32| element(0x4DBB, &[&element(0x53AB, &[&target.to_be_bytes()]), &element(0x53AC, &[&[9]])]);
    let seeks = element(0x114D_9B74, &[&seek(0x1549_A966), &seek(0x1254_C367)]);
    let tags = element(0x1254_C367, &[&b"alias:/Users XMPSECRET +51.5-000.1/ ".repeat(6)]);
    let segment = element(0x1853_8067, &[&seeks, &info, &tracks, &cluster, &tags]);
    let head = element(0x1A45_DFA3, &[&element(0x4282, &[b"webm"])]);
    [&head[..], &segment, &element(0x1254_C367, &[b"TRAILER"])].concat()
}

/// Whether `needle` is anywhere in `bytes`.
pub(super) fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
