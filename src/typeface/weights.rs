//! Weights that style sheets ask for. It reads words, and does not know which rule meets which element.

/// The lightest weight in style sheets, and in pages that have styles of their own; `None` where they name none.
///
/// It is looked for in `font-weight`, `font`, `font-variation-settings` and in properties of one's own with `weight` in their
/// names. Any number there counts: one that is no weight costs some bytes, and no letters that are too bold.
pub fn lightest_asked_for<'t>(texts: impl Iterator<Item = &'t str>) -> Option<u16> {
    let lightest = |text: &str| {
        // What follows a slash is the height of a line; a comment ends with one too.
        let text = text.to_ascii_lowercase().replace("*/", " ").replace("/ ", "/").replace(" :", ":");
        text.split([';', '{', '}', '<', '>']).filter_map(lightest_of).min()
    };
    texts.filter_map(lightest).min()
}

/// Of one declaration.
fn lightest_of(declaration: &str) -> Option<u16> {
    if !["weight", "variation", "font:"].iter().any(|word| declaration.contains(word)) {
        return None;
    }
    let is_between = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | '/'));
    let words = || declaration.split(is_between);
    // Weights in CSS Fonts Level 4 (section 2.2) run from 1 to 1000; `lighter` than text is 100.
    let weight = |word: &str| match word {
        "lighter" => Some(100),
        number => number.parse().ok().filter(|weight| (1..=1000).contains(weight)),
    };
    // Where nothing but a name is said, it may stand for any.
    let is_any = || words().any(|word| word.starts_with("--") && !word.contains("weight"));
    words().filter_map(weight).min().or_else(|| is_any().then_some(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lightest_weight_is_found_wherever_it_may_be_written() {
        let lightest = |css: &str| lightest_asked_for([css].into_iter());
        assert_eq!(lightest("h1 { font-weight: 300 } p { font-weight:450; margin: 10 }"), Some(300));
        assert_eq!(lightest("h1 { Font: italic 200 1rem/1.5 Inter }"), Some(200));
        assert_eq!(lightest(":root { --weight-display: calc(250 + 50); --weight-label: 500 }"), Some(50));
        assert_eq!(lightest("h1 { font-variation-settings: \"opsz\" 32, \"wght\" 125 }"), Some(32));
        assert_eq!(lightest("h1 { font: 600 1rem / 1 Inter } p { font-weight: /* thin */ 350 }"), Some(350));
        assert_eq!(lightest("/* it is: */ h1 { /* so: */ font-weight : 350 /* and: so */ }"), Some(350));
        assert_eq!(lightest("h1 { --w: 200; font-weight: var(--w) } p { font: var(--small) }"), Some(1));
        assert_eq!(lightest("h1 { font: 600 var(--size-m) / 1 Inter; font-weight: var(--weight-label) }"), Some(600));
        assert_eq!(lightest("small { font-weight: lighter }"), Some(100));
        assert_eq!(lightest("<p style=\"font-weight:275\">"), Some(275));
        assert_eq!(lightest("h1 { font-weight: bold; font-size: 20px; line-height: 1 } a:hover { z-index: 3 }"), None);
        assert_eq!(lightest("h1 { font: bold 1.5em/1 Inter; font-feature-settings: 'case' 1 }"), None);
        let two = lightest_asked_for(["a { font-weight: 600 }", "b { font-weight: 350 }"].into_iter());
        assert_eq!(two, Some(350));
    }
}
