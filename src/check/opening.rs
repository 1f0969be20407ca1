//! Rows that all begin alike, as those of one template or one tired writer do.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::finding::{Finding, Problem};
use super::limits::Limits;
use super::sheet::CheckedRow;

const WORDS: usize = 4;

/// The most frequent opening first.
pub(super) fn check(rows: &[CheckedRow<'_>], limits: &Limits) -> Vec<Finding> {
    let mut openings: BTreeMap<String, (usize, &CheckedRow<'_>)> = BTreeMap::new();
    for row in rows {
        let words: Vec<String> = row.text.unicode_words().take(WORDS).map(str::to_lowercase).collect();
        if words.len() == WORDS {
            openings.entry(words.join(" ")).or_insert((0, row)).0 += 1;
        }
    }
    let mut found: Vec<_> = openings.into_iter().collect();
    found.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let opening = |(words, (count, first)): (String, (usize, &CheckedRow<'_>))| {
        let share = count as f64 / rows.len() as f64;
        let problem = Problem::Opening { words, rows: count, share };
        (count >= limits.opening_rows && share > limits.opening_share).then(|| first.finding(problem))
    };
    found.into_iter().filter_map(opening).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frequent_opening_is_found_with_its_first_row() {
        let mut texts = vec!["We will not, now go there"; 5];
        texts.extend([
            "“We will not now” he said",
            "We will not",
            "We will not",
            "We will not",
            "We will not",
        ]);
        texts.extend(["and so it goes on"; 90]);
        let row = |(line, &text)| CheckedRow { line, id: "r", text, ..CheckedRow::default() };
        let rows: Vec<CheckedRow<'_>> = texts.iter().enumerate().map(row).collect();
        let found = |opening_share, opening_rows| -> Vec<String> {
            let limits = Limits { opening_share, opening_rows, ..Limits::default() };
            check(&rows, &limits).iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            found(0.059, 6),
            [
                "line 10 (r): 90 rows, 90.0 %, begin with \"and so it goes\"",
                "line 0 (r): 6 rows, 6.0 %, begin with \"we will not now\"",
            ]
        );
        assert_eq!(found(0.06, 6).len(), 1);
        assert_eq!(found(0.0, 7).len(), 1);
    }
}
