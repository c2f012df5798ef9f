//! How many rows of a cut JPEG are there. Huffman codes are followed without computing pixels
//! (ITU-T T.81, annex F.2.2), which is done only for files that are cut or look so.

use super::bytes::be16;
use super::jpeg::{Part, Parts};

/// Complete pixel rows of a JPEG that may be cut, or nothing where that cannot be told, as in a
/// progressive file whose first pass is whole: all its rows are there, but coarse.
pub(crate) fn present(bytes: &[u8]) -> Option<u32> {
    // What a failed copy leaves is often filled up with zeros.
    let end = bytes.iter().rposition(|&byte| byte != 0)? + 1;
    let mut state = State::default();
    for part in Parts::of(bytes.get(..end)?) {
        match part {
            Part::Segment(0xC4, tables) => state.tables(tables)?,
            Part::Segment(0xDD, content) => state.restart = usize::from(be16(content, 0)?),
            Part::Segment(marker @ 0xC0..=0xC2, header) => state.frame(marker == 0xC2, header)?,
            Part::Scan(header, data) => return state.rows(header, data),
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct State {
    /// Direct-current tables 0 to 3, then alternating-current ones.
    tables: [Option<Table>; 8],
    restart: usize,
    progressive: bool,
    width: u32,
    height: u32,
    /// Identifier, horizontal and vertical sampling.
    components: Vec<(u8, u32, u32)>,
}

impl State {
    fn tables(&mut self, mut content: &[u8]) -> Option<()> {
        while let [place, rest @ ..] = content {
            let counts: &[u8; 16] = rest.first_chunk()?;
            let total: usize = counts.iter().map(|&count| usize::from(count)).sum();
            let symbols = rest.get(16..16 + total)?;
            let slot = usize::from(place >> 4) * 4 + usize::from(place & 0x0F);
            *self.tables.get_mut(slot)? = Some(Table::new(counts, symbols));
            content = rest.get(16 + total..)?;
        }
        Some(())
    }

    fn frame(&mut self, progressive: bool, header: &[u8]) -> Option<()> {
        self.progressive = progressive;
        self.height = u32::from(be16(header, 1)?);
        self.width = u32::from(be16(header, 3)?);
        for index in 0..usize::from(*header.get(5)?) {
            let &[id, sampling, _] = header.get(6 + index * 3..9 + index * 3)? else { return None };
            let (across, down) = (u32::from(sampling >> 4), u32::from(sampling & 0x0F));
            if !(1..=4).contains(&across) || !(1..=4).contains(&down) {
                return None;
            }
            self.components.push((id, across, down));
        }
        Some(())
    }

    /// Follows the first scan. Its rows are whole when every unit of their line was read.
    fn rows(&self, header: &[u8], data: &[u8]) -> Option<u32> {
        let count = usize::from(*header.first()?);
        let widest = self.components.iter().map(|&(_, across, _)| across).max()?;
        let tallest = self.components.iter().map(|&(_, _, down)| down).max()?;
        let mut blocks: Vec<(usize, usize)> = Vec::new();
        let mut alone = (1, 1);
        for pair in header.get(1..1 + count * 2)?.chunks_exact(2) {
            let &[id, tables] = pair else { return None };
            let &(_, across, down) = self.components.iter().find(|component| component.0 == id)?;
            alone = (across, down);
            let block = (usize::from(tables >> 4), usize::from(tables & 0x0F));
            let repeats = if count == 1 { 1 } else { across * down };
            blocks.extend((0..repeats).map(|_| block));
        }
        // A scan of one component is stored block by block, of several unit by unit (A.2).
        let (unit_width, unit_height) =
            if count == 1 { (8 * widest / alone.0, 8 * tallest / alone.1) } else { (8 * widest, 8 * tallest) };
        let per_line = self.width.div_ceil(unit_width.max(1));
        let lines = self.height.div_ceil(unit_height.max(1));
        let total = u64::from(per_line) * u64::from(lines);
        let read = self.follow(&blocks, data, total)?;
        if read == total {
            // The first pass of a progressive file, or of one component, says nothing of the rest.
            return (!self.progressive && count == self.components.len()).then_some(self.height);
        }
        let whole_lines = u32::try_from(read / u64::from(per_line.max(1))).ok()?;
        Some((whole_lines * unit_height).min(self.height))
    }

    /// Units read before the data ends or makes no sense.
    fn follow(&self, blocks: &[(usize, usize)], data: &[u8], total: u64) -> Option<u64> {
        let mut bits = Bits::new(data);
        for unit in 0..total {
            if self.restart > 0 && unit > 0 && unit.is_multiple_of(self.restart as u64) && !bits.restart() {
                return Some(unit);
            }
            for &(direct, alternating) in blocks {
                let direct = self.tables.get(direct)?.as_ref()?;
                let whole = if self.progressive {
                    bits.difference(direct)
                } else {
                    let alternating = self.tables.get(4 + alternating)?.as_ref()?;
                    bits.difference(direct).and_then(|()| bits.coefficients(alternating))
                };
                if whole.is_none() {
                    return Some(unit);
                }
            }
        }
        Some(total)
    }
}

/// A Huffman table: for every length the first code, how many there are, and where their symbols begin.
struct Table {
    lengths: [(u32, u32, usize); 16],
    symbols: Vec<u8>,
}

impl Table {
    fn new(counts: &[u8; 16], symbols: &[u8]) -> Self {
        let (mut code, mut first) = (0_u32, 0);
        let lengths = counts.map(|count| {
            let entry = (code, u32::from(count), first);
            first += usize::from(count);
            code = (code + u32::from(count)) << 1;
            entry
        });
        Self { lengths, symbols: symbols.to_vec() }
    }
}

/// Entropy-coded bits, with stuffed zero bytes taken out.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    byte: u8,
    left: u32,
}

impl<'a> Bits<'a> {
    fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, byte: 0, left: 0 }
    }

    fn bit(&mut self) -> Option<u32> {
        if self.left == 0 {
            let byte = *self.data.get(self.at)?;
            let step = match (byte, self.data.get(self.at + 1)) {
                (0xFF, Some(0)) => 2,
                (0xFF, _) => return None,
                _ => 1,
            };
            (self.byte, self.left, self.at) = (byte, 8, self.at + step);
        }
        self.left -= 1;
        Some(u32::from(self.byte >> self.left) & 1)
    }

    fn skip(&mut self, count: u8) -> Option<()> {
        for _ in 0..count {
            self.bit()?;
        }
        Some(())
    }

    fn symbol(&mut self, table: &Table) -> Option<u8> {
        let mut code = 0;
        for (first, count, place) in table.lengths {
            code = code << 1 | self.bit()?;
            if let Some(offset) = code.checked_sub(first).filter(|&offset| offset < count) {
                return table.symbols.get(place + offset as usize).copied();
            }
        }
        None
    }

    fn difference(&mut self, table: &Table) -> Option<()> {
        let size = self.symbol(table)?;
        self.skip(size)
    }

    fn coefficients(&mut self, table: &Table) -> Option<()> {
        let mut place = 1;
        while place < 64 {
            let symbol = self.symbol(table)?;
            match (symbol >> 4, symbol & 0x0F) {
                (15, 0) => place += 16,
                (_, 0) => return Some(()),
                (run, size) => {
                    place += u32::from(run) + 1;
                    self.skip(size)?;
                }
            }
        }
        Some(())
    }

    /// Goes past the next restart marker, if that is what comes next.
    fn restart(&mut self) -> bool {
        self.left = 0;
        while self.data.get(self.at..self.at + 2) == Some(&[0xFF, 0xFF]) {
            self.at += 1;
        }
        let found = matches!(self.data.get(self.at..self.at + 2), Some([0xFF, 0xD0..=0xD7]));
        self.at += 2;
        found
    }
}
