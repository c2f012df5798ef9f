//! The text of one WebVTT cue (W3C WebVTT, section 4.2.2): markup away, character references
//! read, split by who speaks. Entry point: [`voices`].

/// The longest character reference: a number with some zeros before it. So a text of nothing but `&` is not
/// searched to its end for each.
const LONGEST: usize = 16;

/// What one voice says: the name from `<v Name>`, if any, and plain text on one line.
pub(super) type Voice = (Option<String>, String);

/// The voices of a cue in their order; those without text are left out.
pub(super) fn voices(payload: &str) -> Vec<Voice> {
    let mut done: Vec<Voice> = Vec::new();
    let (mut speaker, mut text) = (None, String::new());
    let mut in_ruby_text = false;
    let mut rest = payload;
    while let Some(open) = rest.find('<') {
        if !in_ruby_text {
            text.push_str(&rest[..open]);
        }
        let after = &rest[open + 1..];
        // A tag that is never closed runs to the end of the cue, as browsers read it.
        let (tag, tail) = after.split_once('>').unwrap_or((after, ""));
        rest = tail;
        let name_ends = tag.find(|c: char| c == '.' || c.is_whitespace()).unwrap_or(tag.len());
        match &tag[..name_ends] {
            "v" => {
                done.push((speaker.take(), std::mem::take(&mut text)));
                let name = tag.split_once(char::is_whitespace).map_or("", |(_, name)| name);
                speaker = Some(one_line(name)).filter(|name| !name.is_empty());
            }
            "/v" => done.push((speaker.take(), std::mem::take(&mut text))),
            // The reading above a word would otherwise stand in the middle of it.
            "rt" => in_ruby_text = true,
            "/rt" | "/ruby" => in_ruby_text = false,
            _ => {}
        }
    }
    if !in_ruby_text {
        text.push_str(rest);
    }
    done.push((speaker, text));
    done.into_iter().map(|(speaker, text)| (speaker, one_line(&text))).filter(|(_, text)| !text.is_empty()).collect()
}

/// Character references read and white space made single.
fn one_line(text: &str) -> String {
    let text = unescape(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads the references that WebVTT names, and numbers; anything else stays as it is.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        let known = end.and_then(|end| Some((end, reference(&rest[1..end])?)));
        match known {
            Some((end, character)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}
