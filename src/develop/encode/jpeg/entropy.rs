//! Quantised blocks to bits (ITU-T T.81, annex F.1): first all of them to tokens, which are counted,
//! then the tokens to bits with the codes that the counts give.

use super::huffman::{Code, Counts};
use super::transform::Block;

/// Sixteen zeros in a row.
const ZEROS: u8 = 0xF0;
/// Nothing but zeros from here on.
const END: u8 = 0;

/// The codes a picture has: luma's mean and rest, then chroma's.
const KINDS: usize = 4;

/// One symbol and the bits that follow it: which of the four codes, the symbol, the bits. The low
/// four bits of the symbol say how many bits there are.
#[derive(Clone, Copy)]
struct Token(u32);

impl Token {
    fn new(kind: usize, symbol: u8, bits: u16) -> Self {
        // Four kinds: it fits.
        Self((kind as u32) << 24 | u32::from(symbol) << 16 | u32::from(bits))
    }

    fn kind(self) -> usize {
        (self.0 >> 24) as usize
    }

    fn symbol(self) -> u8 {
        (self.0 >> 16) as u8
    }

    fn bits(self) -> u64 {
        u64::from(self.0 & 0xFFFF)
    }
}

/// The tokens of a picture, counted.
pub(super) struct Tokens {
    tokens: Vec<Token>,
    counts: [Counts; KINDS],
    /// The means of the blocks before, by component: only differences are written.
    means: [i16; 3],
}

impl Tokens {
    pub(super) fn new() -> Self {
        Self { tokens: Vec::new(), counts: [[0; 256]; KINDS], means: [0; 3] }
    }

    /// Takes the next block of a component (0 luma, 1 and 2 chroma).
    pub(super) fn add(&mut self, component: usize, block: &Block) {
        let kind = if component == 0 { 0 } else { 2 };
        let [mean, ..] = *block;
        let difference = mean - self.means[component];
        self.means[component] = mean;
        let (size, bits) = magnitude(difference);
        self.push(kind, size, bits);
        self.add_rest(kind + 1, block);
    }

    fn add_rest(&mut self, kind: usize, block: &Block) {
        let mut last = 0;
        for (index, four) in block.as_chunks::<4>().0.iter().enumerate() {
            let mut left = packed(four);
            if index == 0 {
                left &= !0xFFFF;
            }
            while left != 0 {
                let lane = left.trailing_zeros() as usize / 16;
                left &= !(0xFFFF << (lane * 16));
                let place = index * 4 + lane;
                let mut zeros = place - last - 1;
                while zeros > 15 {
                    self.push(kind, ZEROS, 0);
                    zeros -= 16;
                }
                let (size, bits) = magnitude(four[lane]);
                self.push(kind, (zeros as u8) << 4 | size, bits);
                last = place;
            }
        }
        if last < block.len() - 1 {
            self.push(kind, END, 0);
        }
    }

    fn push(&mut self, kind: usize, symbol: u8, bits: u16) {
        self.counts[kind][usize::from(symbol)] += 1;
        self.tokens.push(Token::new(kind, symbol, bits));
    }

    /// The code for each kind that occurs.
    pub(super) fn codes(&self) -> [Code; KINDS] {
        [0, 1, 2, 3].map(|kind| Code::best(&self.counts[kind]))
    }

    /// All bits, after those of `file`.
    pub(super) fn write(&self, codes: &[Code; KINDS], file: &mut Vec<u8>) {
        let mut writer = Writer { file, word: 0, count: 0 };
        for token in &self.tokens {
            let symbol = token.symbol();
            let (word, length) = codes[token.kind()].words[usize::from(symbol)];
            let extra = u32::from(symbol & 15);
            writer.put(u64::from(word) << extra | token.bits(), u32::from(length) + extra);
        }
        writer.finish();
    }
}

/// Four numbers in one, the first in the lowest bits.
#[inline(always)]
fn packed(four: &[i16; 4]) -> u64 {
    four.iter().rev().fold(0, |all, value| all << 16 | u64::from(*value as u16))
}

/// How many bits a number takes, and which (F.1.2.1): negative ones are written less one.
#[inline(always)]
fn magnitude(value: i16) -> (u8, u16) {
    let size = u16::BITS - value.unsigned_abs().leading_zeros();
    let bits = (value + (value >> 15)) as u16 & ((1 << size) - 1) as u16;
    (size as u8, bits)
}

struct Writer<'f> {
    file: &'f mut Vec<u8>,
    word: u64,
    count: u32,
}

impl Writer<'_> {
    /// At most 27 bits.
    #[inline(always)]
    fn put(&mut self, bits: u64, count: u32) {
        self.word = self.word << count | bits;
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            // The upper half is what has been written before.
            self.four((self.word >> self.count) as u32);
        }
    }

    #[inline(always)]
    fn four(&mut self, word: u32) {
        // Whether a byte is 0xFF: its complement is zero, from which taking one borrows.
        let complement = !word;
        if complement.wrapping_sub(0x0101_0101) & word & 0x8080_8080 == 0 {
            self.file.extend_from_slice(&word.to_be_bytes());
        } else {
            word.to_be_bytes().into_iter().for_each(|byte| self.byte(byte));
        }
    }

    /// A zero follows 0xFF, which would be a marker otherwise.
    fn byte(&mut self, byte: u8) {
        self.file.push(byte);
        if byte == 0xFF {
            self.file.push(0);
        }
    }

    /// Fills the last byte up with ones.
    fn finish(mut self) {
        let missing = (8 - self.count % 8) % 8;
        self.put((1 << missing) - 1, missing);
        while self.count > 0 {
            self.count -= 8;
            self.byte((self.word >> self.count) as u8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_are_those_of_the_standard() {
        // Table F.1 and figure F.12.
        for (value, expected) in [(0, (0, 0)), (1, (1, 1)), (-1, (1, 0)), (3, (2, 3)), (-3, (2, 0)), (-2, (2, 1))] {
            assert_eq!(magnitude(value), expected);
        }
        assert_eq!(magnitude(-1023), (10, 0));
        assert_eq!(magnitude(1023), (10, 1023));
    }

    #[test]
    fn every_full_byte_is_followed_by_a_zero() {
        for start in 0..40 {
            let mut file = Vec::new();
            let mut writer = Writer { file: &mut file, word: 0, count: 0 };
            writer.put(0, start % 20);
            writer.put(0, start / 2);
            for _ in 0..5 {
                writer.put(0xFFFF, 16);
            }
            writer.finish();
            for pair in file.windows(2) {
                assert!(pair[0] != 0xFF || pair[1] == 0, "{file:x?}");
            }
            assert!(!file.ends_with(&[0xFF]), "{file:x?}");
        }
    }
}
