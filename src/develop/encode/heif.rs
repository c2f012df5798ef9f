//! The container of AVIF: one coded picture and its XMP.
//!
//! Boxes are those of ISO/IEC 14496-12 and ISO/IEC 23008-12 (HEIF), as AV1 Image File Format 1.1 asks for them. No encoder's
//! own container takes XMP, and without it nobody's credit would travel with the picture.

/// What goes into a file.
pub(super) struct Picture<'a> {
    /// Width and height in pixels.
    pub(super) size: (u32, u32),
    /// One channel instead of three.
    pub(super) is_grey: bool,
    /// What the decoder is told beforehand: the contents of `av1C`.
    pub(super) configuration: &'a [u8],
    /// Open bitstream units of the picture.
    pub(super) data: &'a [u8],
    /// A packet, if there is anything to say.
    pub(super) xmp: Option<String>,
}

/// Number of the coded picture among the items.
const PICTURE: u16 = 1;
/// Number of the packet.
const PACKET: u16 = 2;

/// The file; nothing if it would be too large for 32 bits.
pub(super) fn write(picture: &Picture<'_>) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    boxed(&mut file, b"ftyp", |body| body.extend_from_slice(b"avif\0\0\0\0avifmif1miafMA1B"))?;
    // Places are counted from the start of the file and the box that says them is before them; it is as long whatever it says.
    let length = meta(picture, 0)?.len();
    let start = u32::try_from(file.len() + length + 8).ok()?;
    file.extend(meta(picture, start)?);
    boxed(&mut file, b"mdat", |body| {
        body.extend_from_slice(picture.data);
        body.extend_from_slice(packet(picture));
    })?;
    Some(file)
}

fn packet<'a>(picture: &'a Picture<'_>) -> &'a [u8] {
    picture.xmp.as_ref().map_or(&[], |packet| packet.as_bytes())
}

/// Everything about the items, when the data of the first begins at `start`.
fn meta(picture: &Picture<'_>, start: u32) -> Option<Vec<u8>> {
    let (data, xmp) = (u32::try_from(picture.data.len()).ok()?, u32::try_from(packet(picture).len()).ok()?);
    let mut items = vec![(PICTURE, start, data)];
    items.extend(picture.xmp.as_ref().map(|_| (PACKET, start.saturating_add(data), xmp)));
    let mut out = Vec::new();
    full(&mut out, b"meta", 0, |meta| {
        full(meta, b"hdlr", 0, |body| body.extend_from_slice(b"\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"))?;
        full(meta, b"pitm", 0, |body| body.extend(PICTURE.to_be_bytes()))?;
        full(meta, b"iloc", 0, |body| locations(body, &items))?;
        full(meta, b"iinf", 0, |body| {
            body.extend((items.len() as u16).to_be_bytes());
            entry(body, PICTURE, b"av01", b"");
            if picture.xmp.is_some() {
                entry(body, PACKET, b"mime", b"application/rdf+xml\0");
            }
        })?;
        if picture.xmp.is_some() {
            full(meta, b"iref", 0, |body| {
                // The packet describes the picture, one of one.
                let numbers = [PACKET, 1, PICTURE].map(u16::to_be_bytes).concat();
                boxed(body, b"cdsc", |reference| reference.extend(numbers));
            })?;
        }
        boxed(meta, b"iprp", |body| properties(body, picture))
    })?;
    Some(out)
}

/// Offsets and lengths of 32 bits, one extent each.
fn locations(body: &mut Vec<u8>, items: &[(u16, u32, u32)]) {
    body.extend([0x44, 0]);
    body.extend((items.len() as u16).to_be_bytes());
    for (number, start, length) in items {
        body.extend(number.to_be_bytes());
        // In this file, in one piece.
        body.extend([0, 0, 0, 1]);
        body.extend(start.to_be_bytes());
        body.extend(length.to_be_bytes());
    }
}

/// An item without a name.
fn entry(body: &mut Vec<u8>, number: u16, kind: &[u8; 4], more: &[u8]) {
    full(body, b"infe", 2, |entry| {
        entry.extend(number.to_be_bytes());
        entry.extend([0, 0]);
        entry.extend_from_slice(kind);
        entry.push(0);
        entry.extend_from_slice(more);
    });
}

/// Size, depth, decoder and colours of the picture.
fn properties(body: &mut Vec<u8>, picture: &Picture<'_>) {
    let channels: &[u8] = if picture.is_grey { &[1, 8] } else { &[3, 8, 8, 8] };
    boxed(body, b"ipco", |all| {
        full(all, b"ispe", 0, |size| size.extend([picture.size.0, picture.size.1].map(u32::to_be_bytes).concat()));
        full(all, b"pixi", 0, |depths| depths.extend_from_slice(channels));
        boxed(all, b"av1C", |configuration| configuration.extend_from_slice(picture.configuration));
        // ITU-T H.273: primaries of BT.709, the curve of sRGB, the matrix of BT.601, full range.
        boxed(all, b"colr", |colours| colours.extend_from_slice(b"nclx\0\x01\0\x0d\0\x06\x80"));
    });
    full(body, b"ipma", 0, |body| {
        body.extend(1_u32.to_be_bytes());
        body.extend(PICTURE.to_be_bytes());
        // Four of them; whoever does not know the third cannot show the picture.
        body.extend([4, 1, 2, 0x80 | 3, 4]);
    });
}

/// A box: length, kind, body. Nothing if it is too long.
fn boxed<T>(out: &mut Vec<u8>, kind: &[u8; 4], body: impl FnOnce(&mut Vec<u8>) -> T) -> Option<T> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(kind);
    let result = body(out);
    let length = u32::try_from(out.len() - start).ok()?;
    out.get_mut(start..start + 4)?.copy_from_slice(&length.to_be_bytes());
    Some(result)
}

/// A box with a version and without flags.
fn full<T>(out: &mut Vec<u8>, kind: &[u8; 4], version: u8, body: impl FnOnce(&mut Vec<u8>) -> T) -> Option<T> {
    boxed(out, kind, |out| {
        out.extend([version, 0, 0, 0]);
        body(out)
    })
}
