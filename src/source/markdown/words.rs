//! Counting words, for the reading time.

/// Words of a text. Scripts without spaces between words (Chinese and Japanese) count half a word
/// a character.
pub fn count(text: &str) -> usize {
    let mut words = 0;
    let mut characters = 0;
    let mut inside = false;
    for character in text.chars() {
        // Nearly all are, and of them less has to be asked.
        if character.is_ascii() {
            let is_letter = character.is_ascii_alphanumeric();
            words += usize::from(is_letter && !inside);
            inside = is_letter || (inside && !character.is_whitespace());
            continue;
        }
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
