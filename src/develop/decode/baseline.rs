//! Photographs as cameras write them: baseline JPEG (ITU-T T.81) in one scan, grey or luma and chroma,
//! to planes, at a scale that the transform gives.
//!
//! Written here because this is most of what a publicist waits for: chroma is not enlarged only to be made
//! smaller again, and codes are looked up together with what follows them. Whatever is not wholly as expected
//! is left to the general decoder, which also finds the words for what is wrong.

use super::bits::{Bits, Table};
use super::inverse::{Frequencies, Inverse};
use crate::develop::pixels::{Kind, Pixels};
use crate::develop::plane::Plane;
use crate::develop::zigzag::ZIGZAG;

/// A decoded photograph, and for how many samples of luma one of chroma stands, across and down.
pub(in crate::develop) struct Photograph {
    pub(in crate::develop) pixels: Pixels,
    pub(in crate::develop) subsampling: (u32, u32),
}

/// Decodes a photograph to a `1 / divisor` of its sides. Nothing if it is of another kind, or not whole.
pub(in crate::develop) fn decode(bytes: &[u8], size: (u32, u32), divisor: u32) -> Option<Photograph> {
    let (header, scan) = Header::read(bytes)?;
    if (header.width, header.height) != size {
        return None;
    }
    match divisor {
        1 => header.decode::<8>(bytes, scan),
        2 => header.decode::<4>(bytes, scan),
        4 => header.decode::<2>(bytes, scan),
        8 => header.decode::<1>(bytes, scan),
        _ => None,
    }
}

/// What comes before the scan.
#[derive(Default)]
struct Header {
    width: u32,
    height: u32,
    components: Vec<Component>,
    /// Steps of frequencies, in rows.
    steps: [Option<[u16; 64]>; 4],
    means: [Option<Table>; 4],
    rests: [Option<Table>; 4],
    /// Units between markers at which decoding restarts; none if zero.
    restart: u32,
}

#[derive(Clone, Copy)]
struct Component {
    name: u8,
    across: u32,
    down: u32,
    steps: usize,
    means: usize,
    rests: usize,
}

impl Header {
    /// Everything up to the scan, and where its data begins.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut header = Self::default();
        let mut at = 2;
        if !bytes.starts_with(&[0xFF, 0xD8]) {
            return None;
        }
        loop {
            let [0xFF, marker, high, low] = *bytes.get(at..)?.first_chunk()? else { return None };
            let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
            let content = bytes.get(at + 4..end)?;
            at = end;
            match marker {
                0xC0 => header.frame(content)?,
                0xC4 => header.tables(content)?,
                0xDA => return header.scan(content).map(|()| (header, end)),
                0xDB => header.quantisation(content)?,
                0xDD => header.restart = u32::from(u16::from_be_bytes(*content.first_chunk()?)),
                // Adobe says how colours are coded: 1 is luma and chroma.
                0xEE if content.starts_with(b"Adobe") && content.get(11) != Some(&1) => return None,
                0xE0..=0xEF | 0xFE => {}
                _ => return None,
            }
        }
    }

    /// B.2.2.
    fn frame(&mut self, content: &[u8]) -> Option<()> {
        let [8, high, low, wide, narrow, count, ref components @ ..] = *content else { return None };
        if !self.components.is_empty() || components.len() != usize::from(count) * 3 || ![1, 3].contains(&count) {
            return None;
        }
        self.height = u32::from(u16::from_be_bytes([high, low]));
        self.width = u32::from(u16::from_be_bytes([wide, narrow]));
        for &[name, sampling, steps] in components.as_chunks().0 {
            let (across, down) = (u32::from(sampling >> 4), u32::from(sampling & 15));
            self.components.push(Component { name, across, down, steps: usize::from(steps), means: 0, rests: 0 });
        }
        // One component is stored block by block, whatever its sampling.
        if let [only] = self.components.as_mut_slice() {
            (only.across, only.down) = (1, 1);
        }
        let names: Vec<u8> = self.components.iter().map(|component| component.name).collect();
        let usual = self.subsampling().is_some() && self.width > 0 && self.height > 0;
        (usual && names != *b"RGB").then_some(())
    }

    /// For how many samples of luma one of chroma stands.
    fn subsampling(&self) -> Option<(u32, u32)> {
        let sampled = |component: &Component| (component.across, component.down);
        match *self.components.as_slice() {
            [_] => Some((1, 1)),
            [ref luma, ref blue, ref red] if sampled(blue) == sampled(red) => {
                let fits = |most: u32, part: u32| (1..=2).contains(&most) && part > 0 && most.is_multiple_of(part);
                let (across, down) = sampled(blue);
                let fits = fits(luma.across, across) && fits(luma.down, down);
                fits.then(|| (luma.across / across, luma.down / down))
            }
            _ => None,
        }
    }

    /// B.2.4.1.
    fn quantisation(&mut self, mut content: &[u8]) -> Option<()> {
        while let [name, values @ ..] = content {
            let wide = name >> 4 != 0;
            let (steps, rest) = values.split_at_checked(if wide { 128 } else { 64 })?;
            let mut table = [0; 64];
            for (index, place) in ZIGZAG.iter().enumerate() {
                table[usize::from(*place)] = match wide {
                    true => u16::from_be_bytes(*steps.get(index * 2..)?.first_chunk()?),
                    false => u16::from(*steps.get(index)?),
                };
            }
            *self.steps.get_mut(usize::from(name & 15))? = Some(table);
            content = rest;
        }
        Some(())
    }

    /// B.2.4.2.
    fn tables(&mut self, mut content: &[u8]) -> Option<()> {
        while let [name, values @ ..] = content {
            let (lengths, rest) = values.split_first_chunk::<16>()?;
            let count = lengths.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(count)?;
            let tables = if name >> 4 == 0 { &mut self.means } else { &mut self.rests };
            *tables.get_mut(usize::from(name & 15))? = Some(Table::new(lengths, symbols)?);
            content = rest;
        }
        Some(())
    }

    /// B.2.3: all components, in their order, all frequencies, all bits.
    fn scan(&mut self, content: &[u8]) -> Option<()> {
        let [count, ref rest @ ..] = *content else { return None };
        let (components, [0, 63, 0]) = rest.split_last_chunk::<3>()? else { return None };
        if components.len() != usize::from(count) * 2 || usize::from(count) != self.components.len() || count == 0 {
            return None;
        }
        for (component, &[name, tables]) in self.components.iter_mut().zip(components.as_chunks().0) {
            if component.name != name {
                return None;
            }
            (component.means, component.rests) = (usize::from(tables >> 4), usize::from(tables & 15));
        }
        Some(())
    }

    fn decode<const N: usize>(&self, bytes: &[u8], scan: usize) -> Option<Photograph> {
        let sampling = self.components.first()?;
        let (across, down) = (sampling.across, sampling.down);
        let units = (self.width.div_ceil(8 * across), self.height.div_ceil(8 * down));
        let mut channels = Vec::new();
        for component in &self.components {
            channels.push(Channel::<N>::new(self, component, units)?);
        }
        let mut bits = Bits::new(bytes, scan);
        let (mut until_restart, mut restarts) = (self.restart, 0_u8);
        for row in 0..units.1 as usize {
            for column in 0..units.0 as usize {
                if self.restart > 0 && until_restart == 0 {
                    if !bits.restart(restarts) {
                        return None;
                    }
                    (until_restart, restarts) = (self.restart, restarts.wrapping_add(1));
                    channels.iter_mut().for_each(|channel| channel.mean = 0);
                }
                until_restart = until_restart.wrapping_sub(1);
                channels.iter_mut().try_for_each(|channel| channel.unit(&mut bits, (column, row)))?;
            }
            if !bits.is_whole() {
                return None;
            }
        }
        let planes = channels.into_iter().zip(&self.components);
        let planes = planes.map(|(channel, component)| {
            let length = |full: u32, part: u32, most: u32| (full * part * N as u32).div_ceil(most * 8) as usize;
            channel.cut(length(self.width, component.across, across), length(self.height, component.down, down))
        });
        let kind = if self.components.len() == 1 { Kind::Gray } else { Kind::Ycc };
        let side = |full: u32| (full * N as u32).div_ceil(8);
        let subsampling = self.subsampling()?;
        let pixels = Pixels { width: side(self.width), height: side(self.height), kind, planes: planes.collect() };
        Some(Photograph { pixels, subsampling })
    }
}

/// One component while it is decoded.
struct Channel<'h, const N: usize> {
    means: &'h Table,
    rests: &'h Table,
    inverse: Inverse<N>,
    /// Blocks of a unit, across and down.
    blocks: (usize, usize),
    stride: usize,
    plane: Vec<u8>,
    /// The mean of the block before, of which only the difference is stored.
    mean: i16,
}

impl<'h, const N: usize> Channel<'h, N> {
    fn new(header: &'h Header, component: &Component, units: (u32, u32)) -> Option<Self> {
        let blocks = (component.across as usize, component.down as usize);
        let stride = units.0 as usize * blocks.0 * N;
        Some(Self {
            means: header.means.get(component.means)?.as_ref()?,
            rests: header.rests.get(component.rests)?.as_ref()?,
            inverse: Inverse::new(header.steps.get(component.steps)?.as_ref()?),
            blocks,
            stride,
            plane: vec![0; stride * units.1 as usize * blocks.1 * N],
            mean: 0,
        })
    }

    /// The blocks of one unit.
    fn unit(&mut self, bits: &mut Bits<'_>, (column, row): (usize, usize)) -> Option<()> {
        for down in 0..self.blocks.1 {
            for across in 0..self.blocks.0 {
                let (x, y) = ((column * self.blocks.0 + across) * N, (row * self.blocks.1 + down) * N);
                self.block(bits, y * self.stride + x)?;
            }
        }
        Some(())
    }

    /// F.2.2: the mean, then frequencies from low to high.
    fn block(&mut self, bits: &mut Bits<'_>, at: usize) -> Option<()> {
        // What is read from stays in registers in a variable of its own.
        let mut reader = *bits;
        /// The places of those that the samples are made of, but for the mean.
        const fn low(side: usize) -> u64 {
            let (row, mut rows, mut all) = ((1 << side) - 1, 0, 0_u64);
            while rows < side {
                all |= row << (rows * 8);
                rows += 1;
            }
            all & !1
        }
        self.mean = self.mean.wrapping_add(reader.next(self.means)?.value);
        let mut block: Frequencies = [0; 64];
        block[0] = self.mean;
        let (mut index, mut seen) = (1, 0_u64);
        while index < 64 {
            let next = reader.next(self.rests)?;
            let zeros = usize::from(next.symbol >> 4);
            if next.value == 0 {
                if zeros < 15 {
                    break;
                }
                index += 16;
                continue;
            }
            index += zeros;
            let place = usize::from(*ZIGZAG.get(index)? & 63);
            block[place] = next.value;
            seen |= 1 << place;
            index += 1;
        }
        *bits = reader;
        let rows = self.plane.get_mut(at..)?.chunks_mut(self.stride);
        if seen & low(N) == 0 {
            let value = self.inverse.flat(&block);
            rows.filter_map(|row| row.first_chunk_mut::<N>()).take(N).for_each(|place| *place = [value; N]);
        } else {
            let samples = self.inverse.samples(&block);
            rows.filter_map(|row| row.first_chunk_mut::<N>()).zip(samples).for_each(|(place, line)| *place = line);
        }
        (index <= 64).then_some(())
    }

    /// The part of the plane that is picture.
    fn cut(mut self, width: usize, height: usize) -> Plane {
        if width < self.stride {
            for row in 1..height {
                self.plane.copy_within(row * self.stride..row * self.stride + width, row * width);
            }
        }
        self.plane.truncate(width * height);
        Plane { width, height, data: self.plane }
    }
}
