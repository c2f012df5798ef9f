//! Text of metadata that is older than UTF-8.

/// 0x80 to 0x9F of Windows-1252; the five that it leaves out stand for themselves.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// 0x80 to 0xFF of Mac OS Roman.
const MACINTOSH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
                         ¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Text whose encoding nobody states: UTF-8 where it is valid, else what the programs of its time wrote.
pub(super) fn guessed(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_macintosh(bytes) => decoded(bytes, |byte| MACINTOSH.chars().nth(usize::from(byte - 0x80))),
        Err(_) => latin(bytes),
    }
}

/// Latin-1, as it is used: with the characters of Windows where Latin-1 has none.
pub(super) fn latin(bytes: &[u8]) -> String {
    decoded(bytes, |byte| WINDOWS.chars().nth(usize::from(byte - 0x80)))
}

fn decoded(bytes: &[u8], upper: impl Fn(u8) -> Option<char>) -> String {
    let one = |&byte: &u8| if byte < 0x80 { char::from(byte) } else { upper(byte).unwrap_or(char::from(byte)) };
    bytes.iter().map(one).collect()
}

/// Whether accented letters are where a Macintosh has them: on codes that Windows leaves out, or
/// where it would have a capital or a sign after a small letter.
fn is_macintosh(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D))
        || bytes.windows(2).any(|pair| {
            matches!(pair, &[before, here] if before.is_ascii_lowercase() && matches!(here, 0x87 | 0x88 | 0x8A | 0x8E | 0x9F))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_three_times() {
        assert_eq!((WINDOWS.chars().count(), MACINTOSH.chars().count()), (32, 128));
        assert_eq!(guessed("Inês – “Café”".as_bytes()), "Inês – “Café”");
        assert_eq!(guessed(b"In\xEAs \x96 it\x92s \x93Caf\xE9\x94"), "Inês – it’s “Café”");
        assert_eq!(guessed(b"In\x90s \xD0 it\xD5s \xD2Caf\x8E\xD3"), "Inês – it’s “Café”");
        assert_eq!(guessed(b"Andr\x8E \xA9 M\x9Fller"), "André © Müller");
        assert_eq!(latin(b"\x80 5, \xA9 \xFF"), "€ 5, © ÿ");
    }
}
