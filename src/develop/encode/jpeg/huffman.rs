//! Huffman codes made for a picture (ITU-T T.81, annexes C and K.2).

/// The longest code that JPEG allows.
const LONGEST: usize = 16;

/// How often each symbol occurs.
pub(super) type Counts = [u32; 256];

/// A code for each symbol that occurs.
pub(super) struct Code {
    /// How many codes there are of each length, from one bit on.
    pub(super) lengths: [u8; LONGEST],
    /// The symbols, those with the shortest codes first.
    pub(super) symbols: Vec<u8>,
    /// By symbol: the bits, and how many there are; none for a symbol that does not occur.
    pub(super) words: [(u16, u8); 256],
}

impl Code {
    /// The code with which all counted symbols together take the fewest bits.
    pub(super) fn best(counts: &Counts) -> Self {
        let lengths = lengths(counts);
        let mut symbols: Vec<u8> = (0..=u8::MAX).filter(|symbol| counts[usize::from(*symbol)] > 0).collect();
        symbols.sort_by_key(|symbol| (std::cmp::Reverse(counts[usize::from(*symbol)]), *symbol));
        let mut words = [(0, 0); 256];
        let mut left = symbols.iter();
        let mut word: u16 = 0;
        for (length, count) in (1..).zip(lengths) {
            for symbol in left.by_ref().take(usize::from(count)) {
                words[usize::from(*symbol)] = (word, length);
                word += 1;
            }
            word <<= 1;
        }
        Self { lengths, symbols, words }
    }
}

/// How many codes there are of each length. One more symbol takes part that never occurs: it gets
/// the word of nothing but ones, which JPEG wants left free.
fn lengths(counts: &Counts) -> [u8; LONGEST] {
    let mut of_length = depths(counts);
    // Annex K.2, figure K.3: two words that are too long make room by becoming one that is shorter
    // by a bit, and one that goes below a word further up.
    for length in (LONGEST + 1..of_length.len()).rev() {
        while of_length[length] > 0 {
            let above = (1..length - 1).rev().find(|above| of_length[*above] > 0).unwrap_or(1);
            of_length[length] -= 2;
            of_length[length - 1] += 1;
            of_length[above + 1] += 2;
            of_length[above] -= 1;
        }
    }
    if let Some(longest) = (1..=LONGEST).rev().find(|length| of_length[*length] > 0) {
        of_length[longest] -= 1;
    }
    // There are at most 256 symbols, and two lengths for so many.
    std::array::from_fn(|index| u8::try_from(of_length[index + 1]).unwrap_or(u8::MAX))
}

/// How many leaves of the Huffman tree lie at each depth, with the symbol that never occurs.
fn depths(counts: &Counts) -> [u32; 64] {
    /// What it weighs, and the depths of its leaves.
    type Tree = (u64, Vec<u8>);
    let occurring = counts.iter().filter(|count| **count > 0).map(|count| u64::from(*count));
    let mut trees: Vec<Tree> = occurring.chain([0]).map(|weight| (weight, vec![0])).collect();
    trees.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    while let (Some(least), Some(mut next)) = (trees.pop(), trees.pop()) {
        next.0 += least.0;
        next.1.extend(least.1);
        next.1.iter_mut().for_each(|depth| *depth += 1);
        if trees.is_empty() {
            trees.push(next);
            break;
        }
        trees.insert(trees.partition_point(|(weight, _)| *weight > next.0), next);
    }
    let mut of_depth = [0; 64];
    for depth in trees.iter().flat_map(|(_, leaves)| leaves) {
        // A tree that is deeper would have to count more pixels than a picture has.
        of_depth[usize::from(*depth).min(63)] += 1;
    }
    of_depth
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the words can be told apart from left to right, and none is all ones.
    fn check(code: &Code) {
        let room: u64 = code.lengths.iter().zip(1..).map(|(count, length)| u64::from(*count) << (16 - length)).sum();
        assert!(room < 1 << 16, "{:?}", code.lengths);
        for symbol in &code.symbols {
            let (word, length) = code.words[usize::from(*symbol)];
            assert!((1..=16).contains(&length) && u32::from(word) < (1 << length) - 1, "{word:b} {length}");
        }
    }

    #[test]
    fn frequent_symbols_have_short_words() {
        let mut counts = [0; 256];
        for (index, count) in [900, 40, 40, 10, 5, 5].into_iter().enumerate() {
            counts[index * 3] = count;
        }
        let code = Code::best(&counts);
        check(&code);
        assert_eq!(code.symbols, [0, 3, 6, 9, 12, 15]);
        assert_eq!(code.words[0], (0, 1));
        assert_eq!(code.words[1], (0, 0));
        assert!(code.words[9].1 > code.words[3].1);
    }

    #[test]
    fn no_word_is_longer_than_sixteen_bits() {
        let mut counts = [0; 256];
        let (mut a, mut b) = (1, 1);
        for count in counts.iter_mut().take(40) {
            *count = a;
            (a, b) = (b, a + b);
        }
        let code = Code::best(&counts);
        check(&code);
        assert_eq!(code.symbols.len(), 40);
        assert_eq!(code.lengths.iter().map(|count| usize::from(*count)).sum::<usize>(), 40);
    }

    #[test]
    fn one_symbol_and_all_symbols_have_words() {
        let mut counts = [0; 256];
        counts[7] = 3;
        check(&Code::best(&counts));
        assert_eq!(Code::best(&counts).words[7], (0, 1));
        check(&Code::best(&[1; 256]));
    }
}
