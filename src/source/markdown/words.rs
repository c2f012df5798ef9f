//! Counting words, for the reading time.

/// Words of a text. Scripts without spaces between words (Chinese and Japanese) count half a word
/// a character.
pub fn count(text: &str) -> usize {
    if text.is_ascii() {
        let has_letters = |word: &&str| word.bytes().any(|byte| byte.is_ascii_alphanumeric());
        return text.split(|character: char| character.is_whitespace()).filter(has_letters).count();
    }
    let mut words = 0;
    let mut characters = 0;
    let mut inside = false;
    for character in text.chars() {
        let unspaced = is_unspaced(character);
        characters += usize::from(unspaced);
        if character.is_whitespace() || unspaced {
            inside = false;
        } else if character.is_alphanumeric() && !inside {
            inside = true;
            words += 1;
        }
    }
    words + characters.div_ceil(2)
}

/// Hiragana, Katakana and Han (Unicode blocks 3040–30FF, 3400–9FFF, F900–FAFF, 20000–3FFFF).
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
