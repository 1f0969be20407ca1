//! Minimal pairs: two rows, two labels.

use std::collections::BTreeMap;

use super::finding::{Finding, Problem};
use super::sheet::{CheckedRow, Sheet, given};

pub(super) fn check(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut pairs: BTreeMap<&str, Vec<&CheckedRow<'_>>> = BTreeMap::new();
    for row in sheet.rows {
        if let Some(pair) = given(row.pair) {
            pairs.entry(pair).or_default().push(row);
        }
    }
    let mut found: Vec<(usize, Finding)> = pairs
        .into_iter()
        .filter_map(|(pair, rows)| {
            let first = *rows.first()?;
            Some((first.line, first.finding(problem(sheet, pair, &rows)?)))
        })
        .collect();
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(_, finding)| finding).collect()
}

fn problem(sheet: &Sheet<'_>, pair: &str, rows: &[&CheckedRow<'_>]) -> Option<Problem> {
    let pair = pair.to_owned();
    match rows {
        [a, b] if a.label != b.label => None,
        [a, _] => Some(Problem::PairLabel { pair, label: sheet.label(a.label) }),
        _ => Some(Problem::PairSize { pair, rows: rows.iter().map(|row| row.place()).collect() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_has_two_rows_with_two_labels() {
        let row = |line, pair, label| CheckedRow { line, id: "r", pair, label, ..CheckedRow::default() };
        let rows = [
            row(1, Some("z"), 0),
            row(2, Some("z"), 0),
            row(3, Some("right"), 0),
            row(4, Some("right"), 1),
            row(5, Some("a"), 1),
            row(6, None, 1),
            row(7, Some(""), 1),
        ];
        let labels = ["yes".to_owned(), "no".to_owned()];
        let found = check(&Sheet::new(&rows, &labels, None).unwrap());
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "line 1 (r): both rows of pair \"z\" are yes",
                "line 5 (r): pair \"a\" has 1 and not 2 rows: line 5 (r)",
            ]
        );
    }
}
