//! Baseline JPEG (ITU-T T.81) in 4:2:0, one scan, with Huffman codes made for the picture; XMP and IPTC-IIM
//! in their segments.
//!
//! Written here because a visitor waits for these bytes and a publicist for this work: it takes less than
//! half the time of the encoders that build without an assembler, and fewer bytes at the same score.

mod entropy;
mod huffman;
mod transform;

use super::planes::Planes;
use crate::develop::plane::Plane;
use crate::develop::zigzag::ZIGZAG;
use crate::develop::{Failure, Metadata};
use entropy::Tokens;
use huffman::Code;
use transform::{Block, Quantiser, quantised};

/// XMP part 3, table 6: the largest packet that fits in one segment.
const MAX_PACKET: usize = 65_502;
const SIDE: usize = 8;

/// How much coarser frequencies are stored, in rows, from the mean at the top left on: `base` up to the first
/// wave, and a quarter more for each step from there. Among tables of this form and those of T.81, annex K.1, this
/// one took the fewest bytes at the same ssimulacra2 score (benches/README.md).
fn table(base: f64) -> [u8; 64] {
    const STEP: f64 = 1.25;
    const ROUND: f64 = 1.5;
    std::array::from_fn(|index| {
        let (across, down) = ((index % SIDE) as f64, (index / SIDE) as f64);
        let away = (across.powf(ROUND) + down.powf(ROUND)).powf(1.0 / ROUND);
        // Clamped to what it becomes.
        (base * STEP.powf((away - 1.0).max(0.0))).round().clamp(1.0, 255.0) as u8
    })
}

/// For luma and for chroma.
const BASES: [f64; 2] = [16.0, 20.0];

/// Writes a picture. `quality` goes from 1 to 100 on the scale of the Independent JPEG Group.
pub(super) fn write(planes: &Planes, quality: u8, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let side = |length: usize| u16::try_from(length);
    let (Ok(width), Ok(height)) = (side(planes.luma.width), side(planes.luma.height)) else {
        return Err(Failure::Unwritten("a JPEG has at most 65,535 pixels a side".to_owned()));
    };
    let tables = BASES.map(|base| scaled(&table(base), quality));
    let tokens = tokens(planes, &tables.each_ref().map(Quantiser::new));
    let codes = tokens.codes();

    let mut file = vec![0xFF, 0xD8];
    // JFIF 1.02 without a density or a thumbnail.
    segment(&mut file, 0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    add(&mut file, metadata);
    let (components, used) = if planes.chroma.is_some() { (3, 2) } else { (1, 1) };
    for (index, table) in (0..used).zip(&tables) {
        let values = ZIGZAG.iter().filter_map(|place| table.get(usize::from(*place)).copied());
        segment(&mut file, 0xDB, &std::iter::once(index).chain(values).collect::<Vec<u8>>());
    }
    segment(&mut file, 0xC0, &frame(width, height, components));
    for (index, code) in (0_u8..).zip(&codes).take(usize::from(used) * 2) {
        // Means are of class 0, the rest of class 1.
        segment(&mut file, 0xC4, &definition(((index % 2) << 4) | (index / 2), code));
    }
    segment(&mut file, 0xDA, &scan(components));
    tokens.write(&codes, &mut file);
    file.extend([0xFF, 0xD9]);
    Ok(file)
}

fn scaled(table: &[u8; 64], quality: u8) -> [u8; 64] {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    // Clamped to what it becomes.
    table.map(|value| ((u32::from(value) * percent + 50) / 100).clamp(1, 255) as u8)
}

/// All blocks in the order of one scan: four of luma, then one of each chroma; or luma alone.
fn tokens(planes: &Planes, quantisers: &[Quantiser; 2]) -> Tokens {
    let mut tokens = Tokens::new();
    let mut block: Block = [0; 64];
    let mut luma = Band::new(&planes.luma, if planes.chroma.is_some() { 2 } else { 1 });
    let mut chroma = planes.chroma.as_ref().map(|planes| planes.each_ref().map(|plane| Band::new(plane, 1)));
    let [for_luma, for_chroma] = quantisers;
    for row in 0..luma.count(&planes.luma) {
        luma.fill(&planes.luma, row);
        for (band, plane) in chroma.iter_mut().flatten().zip(planes.chroma.iter().flatten()) {
            band.fill(plane, row);
        }
        for column in 0..luma.stride / (luma.blocks * SIDE) {
            for (down, across) in (0..luma.blocks).flat_map(|down| (0..luma.blocks).map(move |across| (down, across))) {
                quantised(luma.at(column * luma.blocks + across, down), luma.stride, for_luma, &mut block);
                tokens.add(0, &block);
            }
            for (component, band) in chroma.iter().flatten().enumerate() {
                quantised(band.at(column, 0), band.stride, for_chroma, &mut block);
                tokens.add(component + 1, &block);
            }
        }
    }
    tokens
}

/// The rows of a plane that one row of units needs, its last column and row repeated to full blocks.
struct Band {
    /// Blocks of a unit, across and down.
    blocks: usize,
    stride: usize,
    data: Vec<u8>,
}

impl Band {
    fn new(plane: &Plane, blocks: usize) -> Self {
        let stride = plane.width.next_multiple_of(blocks * SIDE);
        Self { blocks, stride, data: vec![0; stride * blocks * SIDE] }
    }

    /// How many rows of units a plane has.
    fn count(&self, plane: &Plane) -> usize {
        plane.height.div_ceil(self.blocks * SIDE)
    }

    fn fill(&mut self, plane: &Plane, row: usize) {
        let first = row * self.blocks * SIDE;
        for (index, line) in self.data.chunks_exact_mut(self.stride).enumerate() {
            let from = (first + index).min(plane.height.saturating_sub(1)) * plane.width;
            let source = plane.data.get(from..from + plane.width).unwrap_or_default();
            let (inside, beyond) = line.split_at_mut(source.len());
            inside.copy_from_slice(source);
            beyond.fill(source.last().copied().unwrap_or_default());
        }
    }

    fn at(&self, across: usize, down: usize) -> &[u8] {
        self.data.get(down * SIDE * self.stride + across * SIDE..).unwrap_or_default()
    }
}

fn segment(file: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let Ok(length) = u16::try_from(content.len() + 2) else { return };
    file.extend([0xFF, marker]);
    file.extend(length.to_be_bytes());
    file.extend(content);
}

/// B.2.2: eight bits, the size, and for each component its name, its sampling and its table.
fn frame(width: u16, height: u16, components: u8) -> Vec<u8> {
    let mut content = vec![8];
    content.extend(height.to_be_bytes());
    content.extend(width.to_be_bytes());
    content.push(components);
    for component in 0..components {
        let sampling = if component == 0 && components > 1 { 0x22 } else { 0x11 };
        content.extend([component + 1, sampling, component.min(1)]);
    }
    content
}

/// B.2.4.2.
fn definition(name: u8, code: &Code) -> Vec<u8> {
    let mut content = vec![name];
    content.extend(code.lengths);
    content.extend(&code.symbols);
    content
}

/// B.2.3: all components, each with its codes, and all frequencies of them.
fn scan(components: u8) -> Vec<u8> {
    let mut content = vec![components];
    for component in 0..components {
        content.extend([component + 1, component.min(1) * 0x11]);
    }
    content.extend([0, 63, 0]);
    content
}

fn add(file: &mut Vec<u8>, metadata: &Metadata) {
    let parts = [
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0".as_slice(), metadata.xmp().map(String::into_bytes)),
        (0xED, b"Photoshop 3.0\0".as_slice(), metadata.photoshop()),
    ];
    for (marker, name, content) in parts {
        if let Some(content) = content.filter(|content| content.len() <= MAX_PACKET) {
            segment(file, marker, &[name, &content].concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Powers may differ in their last bit from machine to machine; the table must not.
    #[test]
    fn the_table_is_the_same_everywhere() {
        let luma = table(16.0);
        assert_eq!(luma[..8], [16, 16, 20, 25, 31, 39, 49, 61]);
        assert_eq!([luma[9], luma[18], luma[27], luma[36], luma[63]], [18, 26, 37, 53, 153]);
        assert_eq!(scaled(&[16, 17, 255].repeat(22)[..64].try_into().unwrap(), 50)[..3], [16, 17, 255]);
        assert_eq!(scaled(&[16; 64], 100)[0], 1);
        assert_eq!(scaled(&[16; 64], 10)[0], 80);
    }
}
