//! "Did you mean …?"

/// The candidate nearest to what was typed, if one is near enough to be meant.
///
/// Near enough: a Damerau–Levenshtein distance of at most a third of the length, or one of the two
/// begins with the other. A misleading hint is worse than none.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = fold(wrong);
    if typed.is_empty() {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let known = fold(candidate);
            let distance = strsim::damerau_levenshtein(&typed, &known);
            let allowed = (typed.chars().count().max(known.chars().count()) / 3).max(1);
            let begins = typed.len() >= 3 && (known.starts_with(&typed) || typed.starts_with(&known));
            (distance <= allowed || (begins && !known.is_empty())).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

fn fold(text: &str) -> String {
    deunicode::deunicode(text).to_lowercase().replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["rain-04.jpg", "lens.jpg", "title", "ines-calder"];
        assert_eq!(nearest("rain-4.jpg", names), Some("rain-04.jpg"));
        assert_eq!(nearest("titel", names), Some("title"));
        assert_eq!(nearest("Inês Calder", names), Some("ines-calder"));
        assert_eq!(nearest("poster.png", names), None);
    }
}
