//! AVIF: one picture of AV1 (rav1e) in the container of `heif`.

use rav1e::color::{
    ChromaSamplePosition, ChromaSampling, ColorDescription, ColorPrimaries, MatrixCoefficients, PixelRange,
    TransferCharacteristics,
};
use rav1e::config::SpeedSettings;
use rav1e::prelude::SceneDetectionSpeed;
use rav1e::{Config, EncoderConfig, EncoderStatus, Frame, InvalidConfig};

use super::heif::{self, Picture};
use super::planes::Planes;
use crate::develop::{Failure, Metadata};

/// Of 0 to 10: slower ones save nothing, and faster ones cost more bytes than they are worth (`benches/README.md`).
const SPEED: u8 = 8;

/// Writes planes with a quantiser of 0 (best) to 255. Single-threaded: stills are developed beside each other.
pub(super) fn write(planes: &Planes, quantizer: u8, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let config = Config::new().with_encoder_config(settings(planes, quantizer)).with_threads(1);
    let invalid = |error: InvalidConfig| Failure::Unwritten(error.to_string());
    let mut context = config.new_context::<u8>().map_err(invalid)?;
    let mut frame = context.new_frame();
    fill(&mut frame, planes);
    let failed = |status: EncoderStatus| Failure::Unwritten(status.to_string());
    context.send_frame(frame).map_err(failed)?;
    context.flush();
    let data = loop {
        match context.receive_packet() {
            Ok(packet) => break packet.data,
            // A step was taken that gave nothing yet.
            Err(EncoderStatus::Encoded) => {}
            Err(status) => return Err(failed(status)),
        }
    };
    let (width, height) = (planes.luma.width, planes.luma.height);
    let picture = Picture {
        size: (as_u32(width), as_u32(height)),
        is_grey: planes.chroma.is_none(),
        configuration: &context.container_sequence_header(),
        data: &data,
        xmp: metadata.xmp(),
    };
    heif::write(&picture).ok_or_else(|| Failure::Unwritten("it is larger than 4 GB".to_owned()))
}

fn settings(planes: &Planes, quantizer: u8) -> EncoderConfig {
    let mut speed_settings = SpeedSettings::from_preset(SPEED);
    // A third of the time for a hundredth of the bytes.
    speed_settings.prediction.fine_directional_intra = false;
    // Both look at pictures that follow, of which there are none.
    speed_settings.rdo_lookahead_frames = 1;
    speed_settings.scene_detection_mode = SceneDetectionSpeed::None;
    EncoderConfig {
        width: planes.luma.width,
        height: planes.luma.height,
        chroma_sampling: if planes.chroma.is_some() { ChromaSampling::Cs420 } else { ChromaSampling::Cs400 },
        // In the middle of four, which AV1 has no word for.
        chroma_sample_position: ChromaSamplePosition::Unknown,
        pixel_range: PixelRange::Full,
        color_description: Some(ColorDescription {
            color_primaries: ColorPrimaries::BT709,
            transfer_characteristics: TransferCharacteristics::SRGB,
            matrix_coefficients: MatrixCoefficients::BT601,
        }),
        still_picture: true,
        quantizer: usize::from(quantizer),
        min_quantizer: quantizer,
        speed_settings,
        ..EncoderConfig::default()
    }
}

fn fill(frame: &mut Frame<u8>, planes: &Planes) {
    let all = std::iter::once(&planes.luma).chain(planes.chroma.iter().flatten());
    for (to, from) in frame.planes.iter_mut().zip(all) {
        to.copy_from_raw_u8(&from.data, from.width, 1);
    }
}

/// The encoder takes no side longer than 16 bits.
fn as_u32(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}
