//! PNG, for pictures that must be exact.

use ::png::{BitDepth, ColorType, Encoder, EncodingError, text_metadata::ITXtChunk};

use crate::develop::pixels::{Kind, Pixels};
use crate::develop::{Failure, Metadata};

pub(super) fn write(pixels: &Pixels, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let colours = match pixels.kind {
        Kind::Gray => ColorType::Grayscale,
        Kind::Rgb => ColorType::Rgb,
        Kind::Rgba => ColorType::Rgba,
        Kind::Cmyk | Kind::Ycc => return Err(super::ink()),
    };
    let mut file = Vec::new();
    encode(pixels, colours, metadata, &mut file).map_err(|error| Failure::Unwritten(error.to_string()))?;
    Ok(file)
}

fn encode(pixels: &Pixels, colours: ColorType, metadata: &Metadata, file: &mut Vec<u8>) -> Result<(), EncodingError> {
    let mut encoder = Encoder::new(file, pixels.width, pixels.height);
    encoder.set_color(colours);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    if let Some(packet) = metadata.xmp() {
        writer.write_text_chunk(&ITXtChunk::new("XML:com.adobe.xmp", packet))?;
    }
    writer.write_image_data(&pixels.to_interleaved())?;
    writer.finish()
}
