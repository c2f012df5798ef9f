//! The order in which JPEG stores the frequencies of a block.

/// Places in rows of eight, from low frequencies to high (ITU-T T.81, figure A.6).
pub(super) const ZIGZAG: [u8; 64] = {
    let mut order = [0; 64];
    let (mut index, mut row, mut column) = (0, 0_usize, 0_usize);
    while index < 64 {
        order[index] = (row * 8 + column) as u8;
        let up = (row + column) % 2 == 0;
        match (up, row, column) {
            (true, _, 7) => row += 1,
            (true, 0, _) => column += 1,
            (true, ..) => (row, column) = (row - 1, column + 1),
            (false, 7, _) => column += 1,
            (false, _, 0) => row += 1,
            (false, ..) => (row, column) = (row + 1, column - 1),
        }
        index += 1;
    }
    order
};

#[cfg(test)]
mod tests {
    use super::ZIGZAG;

    #[test]
    fn diagonals_follow_each_other() {
        assert_eq!(ZIGZAG[..12], [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25]);
        assert_eq!(ZIGZAG[58..], [53, 60, 61, 54, 47, 55, 62, 63][2..]);
        let mut all = ZIGZAG;
        all.sort_unstable();
        assert!(all.iter().enumerate().all(|(index, place)| usize::from(*place) == index));
    }
}
