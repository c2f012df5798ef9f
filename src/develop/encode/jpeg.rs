//! JPEG with Huffman tables made for the picture; XMP and IPTC-IIM in their segments.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, SamplingFactor};

use crate::develop::pixels::{Kind, Pixels};
use crate::develop::{Failure, Metadata};

/// XMP part 3, table 6: the largest packet that fits in one segment.
const MAX_PACKET: usize = 65_502;

pub(super) fn write(pixels: &Pixels, quality: u8, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let (Ok(width), Ok(height)) = (u16::try_from(pixels.width), u16::try_from(pixels.height)) else {
        return Err(Failure::Unwritten("a JPEG has at most 65,535 pixels a side".to_owned()));
    };
    let mut file = Vec::with_capacity(pixels.data.len() / 8);
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    add(&mut encoder, metadata).map_err(unwritten)?;
    let colours = match pixels.kind {
        Kind::Gray => ColorType::Luma,
        Kind::Rgb => ColorType::Rgb,
        Kind::Rgba => ColorType::Rgba,
        Kind::Cmyk => return Err(Failure::Unwritten("its colours are ink".to_owned())),
    };
    encoder.encode(&pixels.data, width, height, colours).map_err(unwritten)?;
    Ok(file)
}

fn add(encoder: &mut Encoder<&mut Vec<u8>>, metadata: &Metadata) -> Result<(), EncodingError> {
    if let Some(packet) = metadata.xmp().filter(|packet| packet.len() <= MAX_PACKET) {
        let mut segment = b"http://ns.adobe.com/xap/1.0/\0".to_vec();
        segment.extend_from_slice(packet.as_bytes());
        encoder.add_app_segment(1, segment)?;
    }
    if let Some(resources) = metadata.photoshop() {
        let mut segment = b"Photoshop 3.0\0".to_vec();
        segment.extend(resources);
        encoder.add_app_segment(13, segment)?;
    }
    Ok(())
}

fn unwritten(error: EncodingError) -> Failure {
    Failure::Unwritten(error.to_string())
}
