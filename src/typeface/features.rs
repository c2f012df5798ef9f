//! Features of OpenType that a browser applies only where a style sheet asks for them. It reads words, and does not know
//! which rule meets which element.

use std::collections::BTreeSet;

/// A feature, and what in a style sheet asks for it: a value of `font-variant` (CSS Fonts Level 4, section 6), or the
/// tag in `font-feature-settings`, which is always in quotes.
const ON_REQUEST: [(&str, Option<&str>); 7] = [
    ("case", None),
    ("lnum", Some("lining-nums")),
    ("onum", Some("oldstyle-nums")),
    ("pnum", Some("proportional-nums")),
    ("smcp", Some("small-caps")),
    ("tnum", Some("tabular-nums")),
    ("zero", Some("slashed-zero")),
];

/// What a site asks of its fonts beyond what a browser applies unasked: figures (old-style, lining, tabular,
/// proportional, slashed zero), small capitals, and punctuation for lines in capitals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features(BTreeSet<&'static str>);

impl Features {
    /// What these style sheets ask for, and pages that have styles of their own. Words in comments count as well: they
    /// cost some bytes, and no wrong figures.
    pub fn asked_for<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut found = BTreeSet::new();
        for text in texts {
            // Values may be written in capitals; tags are what they are.
            let values = text.to_ascii_lowercase();
            let asks = |(tag, word): &(&'static str, Option<&str>)| {
                let quoted = |quote| text.contains(&format!("{quote}{tag}{quote}"));
                word.is_some_and(|word| values.contains(word)) || quoted('"') || quoted('\'')
            };
            found.extend(ON_REQUEST.iter().filter(|feature| asks(feature)).map(|(tag, _)| *tag));
        }
        Self(found)
    }

    /// Their tags, in order.
    pub fn tags(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_asked_for_by_its_property_or_by_its_tag() {
        let asked = |css: &str| Features::asked_for([css].into_iter()).tags().collect::<Vec<_>>().join(" ");
        assert_eq!(asked("p { font-variant: all-small-caps Slashed-Zero }"), "smcp zero");
        assert_eq!(asked("p { font-feature-settings: \"case\", 'onum' 1 }"), "case onum");
        assert_eq!(asked("p { font-variant-numeric: tabular-nums } .case, .zero { color: red }"), "tnum");
        let two = Features::asked_for(["a { font-variant: lining-nums }", "proportional-nums"].into_iter());
        assert_eq!(two.tags().collect::<Vec<_>>(), ["lnum", "pnum"]);
    }
}
