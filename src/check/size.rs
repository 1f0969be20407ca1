//! Rows without words, and rows far longer than a statement.

use unicode_segmentation::UnicodeSegmentation;

use super::finding::{Finding, Problem};
use super::limits::Limits;
use super::sheet::CheckedRow;

pub(super) fn check(rows: &[CheckedRow<'_>], limits: &Limits) -> Vec<Finding> {
    rows.iter().filter_map(|row| problem(row.text, limits).map(|problem| row.finding(problem))).collect()
}

fn problem(text: &str, limits: &Limits) -> Option<Problem> {
    let words = text.unicode_words().count();
    let characters = text.chars().count();
    if words == 0 {
        Some(Problem::Empty)
    } else if words > limits.words || characters > limits.characters {
        Some(Problem::Huge { words, characters })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_a_limit_is_found() {
        let limits = Limits { words: 3, characters: 12, ..Limits::default() };
        for (text, expect) in [
            ("", Some(Problem::Empty)),
            (" … — ”", Some(Problem::Empty)),
            ("one two six", None),
            ("one two six x", Some(Problem::Huge { words: 4, characters: 13 })),
            ("éééé éééé éé", None),
            ("éééé éééé ééé", Some(Problem::Huge { words: 3, characters: 13 })),
        ] {
            assert_eq!(problem(text, &limits), expect, "{text}");
        }
    }
}
