//! The bits of a scan of a JPEG, and the Huffman codes in them (ITU-T T.81, annexes C and F.2.2).

/// How many bits are looked up at once. Most codes of a photograph and what follows them fit.
const LOOKED_UP: u32 = 10;

/// A Huffman table.
pub(super) struct Table {
    /// By the next bits.
    entries: Box<[Entry; 1 << LOOKED_UP]>,
    /// For longer codes, by length less one: the first code that is too large for this length, on the left of
    /// 16 bits, and what leads from a code to its symbol.
    longer: [(u32, i32); 16],
    symbols: Vec<u8>,
}

/// What the next bits say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// A frequency that is wholly there, otherwise zero.
    pub(super) value: i16,
    /// The symbol: zeros before the frequency in the upper half, its bits in the lower.
    pub(super) symbol: u8,
    /// How many bits that is; none if the code is longer than what was looked up.
    length: u8,
}

impl Table {
    /// From the content of a segment: how many codes there are of each length, then their symbols.
    pub(super) fn new(lengths: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut entries = Box::new([Entry::default(); 1 << LOOKED_UP]);
        let mut longer = [(0, 0); 16];
        let (mut code, mut index) = (0_u32, 0_usize);
        for ((length, count), longer) in (1_u32..).zip(lengths).zip(&mut longer) {
            let offset = i32::try_from(index).ok()? - i32::try_from(code).ok()?;
            for symbol in symbols.get(index..index + usize::from(*count))? {
                if code >= 1 << length {
                    return None;
                }
                if length <= LOOKED_UP {
                    let first = (code << (LOOKED_UP - length)) as usize;
                    for (rest, entry) in
                        entries.get_mut(first..)?.iter_mut().enumerate().take(1 << (LOOKED_UP - length))
                    {
                        *entry = Entry::new(*symbol, length, rest as u32);
                    }
                }
                code += 1;
            }
            index += usize::from(*count);
            *longer = (code << (16 - length), offset);
            code <<= 1;
        }
        Some(Self { entries, longer, symbols: symbols.to_vec() })
    }
}

impl Entry {
    /// For a code of so many bits, with what is looked up behind it.
    fn new(symbol: u8, length: u32, rest: u32) -> Self {
        let size = u32::from(symbol & 15);
        let left = LOOKED_UP - length;
        // Lengths are at most 16.
        if size == 0 || size > left {
            return Self { value: 0, symbol, length: length as u8 };
        }
        Self { value: extended(rest >> (left - size), size), symbol, length: (length + size) as u8 }
    }
}

/// F.2.2.1: bits of a number whose first bit says whether it is positive.
#[inline(always)]
fn extended(bits: u32, size: u32) -> i16 {
    let negative = bits >> (size - 1) == 0;
    // At most 15 bits.
    (bits as i32 - if negative { (1 << size) - 1 } else { 0 }) as i16
}

/// Reads bits up to the next marker; behind it there are zeros, and [`Bits::is_whole`] says so.
#[derive(Clone, Copy)]
pub(super) struct Bits<'d> {
    data: &'d [u8],
    at: usize,
    /// The next bits, from the highest on.
    word: u64,
    count: u32,
    /// Bits that were read and were not there.
    missing: u32,
}

impl<'d> Bits<'d> {
    pub(super) fn new(data: &'d [u8], at: usize) -> Self {
        Self { data, at, word: 0, count: 0, missing: 0 }
    }

    /// Whether everything that was read was there.
    pub(super) fn is_whole(&self) -> bool {
        // What is missing is behind what is there.
        self.count >= self.missing
    }

    /// Goes on behind a marker that restarts decoding, if that is what comes next.
    pub(super) fn restart(&mut self, number: u8) -> bool {
        let next = self.data.get(self.at..self.at + 2);
        let whole = self.is_whole() && self.count - self.missing < 8 && next == Some(&[0xFF, 0xD0 + number % 8]);
        *self = Self::new(self.data, self.at + 2);
        whole
    }

    /// Makes sure that there are at least 48 bits.
    #[inline(always)]
    fn fill(&mut self) {
        if self.count >= 48 {
            return;
        }
        if let Some(bytes) = self.data.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) {
            let next = u64::from_be_bytes(*bytes);
            // No byte is 0xFF: no complement is zero, from which taking one borrows.
            if (!next).wrapping_sub(0x0101_0101_0101_0101) & next & 0x8080_8080_8080_8080 == 0 {
                let bytes = (64 - self.count) / 8;
                self.word |= next >> self.count;
                // Bits of a byte that does not wholly fit are read again, to the same.
                self.count += bytes * 8;
                self.word &= u64::MAX << (64 - self.count);
                self.at += bytes as usize;
                return;
            }
        }
        self.fill_slowly();
    }

    #[cold]
    fn fill_slowly(&mut self) {
        while self.count <= 56 {
            let byte = match self.data.get(self.at..).unwrap_or_default() {
                [0xFF, 0, ..] => {
                    self.at += 2;
                    0xFF
                }
                [byte, ..] if *byte != 0xFF => {
                    self.at += 1;
                    *byte
                }
                _ => {
                    self.missing += 8;
                    0
                }
            };
            self.word |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    #[inline(always)]
    fn take(&mut self, count: u32) -> u32 {
        let bits = (self.word >> 1 >> (63 - count)) as u32;
        self.word <<= count;
        self.count -= count;
        bits
    }

    /// The next symbol, and the frequency behind it unless it has no bits. Nothing if there is no such code.
    #[inline(always)]
    pub(super) fn next(&mut self, table: &Table) -> Option<Entry> {
        self.fill();
        let mut entry = table.entries[(self.word >> (64 - LOOKED_UP)) as usize];
        if entry.length == 0 {
            let bits = (self.word >> 48) as u32;
            let (length, (_, offset)) = (1..).zip(&table.longer).find(|(_, (end, _))| bits < *end)?;
            let index = (bits >> (16 - length)) as i32 + offset;
            entry = Entry { value: 0, symbol: *table.symbols.get(usize::try_from(index).ok()?)?, length: length as u8 };
        }
        self.take(u32::from(entry.length));
        let size = u32::from(entry.symbol & 15);
        if entry.value == 0 && size > 0 {
            entry.value = extended(self.take(size), size);
        }
        Some(entry)
    }
}
