//! The same text twice, and texts that are nearly the same.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::finding::{Finding, Problem};
use super::sheet::{CheckedRow, Sheet, given};
use crate::text::near_duplicate::NearDuplicates;

pub(super) fn check(sheet: &Sheet<'_>, near: &NearDuplicates) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut first_with: BTreeMap<String, &CheckedRow<'_>> = BTreeMap::new();
    let mut repeats = vec![false; sheet.rows.len()];
    for (row, repeat) in sheet.rows.iter().zip(&mut repeats) {
        match first_with.entry(folded(row.text)) {
            Entry::Vacant(entry) => drop(entry.insert(row)),
            Entry::Occupied(entry) if !entry.key().is_empty() => {
                *repeat = true;
                found.push(row.finding(repeated(sheet, row, entry.get())));
            }
            Entry::Occupied(_) => {}
        }
    }
    // A repeated text is found already; what is like it is like the first.
    let new = |row: usize| repeats.get(row).is_some_and(|repeat| !repeat);
    let links = near.links(|a, b| new(a) && new(b) && !in_one_pair(sheet.rows, a, b));
    found.extend(links.into_iter().filter_map(|link| {
        let (row, first) = (sheet.rows.get(link.text)?, sheet.rows.get(link.earlier)?);
        Some(row.finding(Problem::NearDuplicate { first: first.place(), share: link.share }))
    }));
    found
}

fn repeated(sheet: &Sheet<'_>, row: &CheckedRow<'_>, first: &CheckedRow<'_>) -> Problem {
    if row.label == first.label {
        return Problem::Duplicate { first: first.place() };
    }
    Problem::TwoLabels {
        label: sheet.label(row.label),
        first: first.place(),
        first_label: sheet.label(first.label),
    }
}

fn in_one_pair(rows: &[CheckedRow<'_>], a: usize, b: usize) -> bool {
    let pair = |row: usize| rows.get(row).and_then(|row| given(row.pair));
    pair(a).is_some() && pair(a) == pair(b)
}

/// The text in lower case, with single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_rows(rows: &[(&str, usize, &str)]) -> Vec<String> {
        let labels = ["yes".to_owned(), "no".to_owned()];
        let rows: Vec<CheckedRow<'_>> = rows
            .iter()
            .enumerate()
            .map(|(line, &(text, label, pair))| CheckedRow {
                line,
                id: "r",
                text,
                label,
                pair: Some(pair),
                ..CheckedRow::default()
            })
            .collect();
        let texts: Vec<&str> = rows.iter().map(|row| row.text).collect();
        let sheet = Sheet::new(&rows, &labels, None).unwrap();
        check(&sheet, &NearDuplicates::new(&texts, 0.5)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_repeated_text_is_found_once_with_its_first_row() {
        let rows =
            [("So be it.", 0, ""), ("so  be it.", 0, ""), ("So be\nit.", 1, ""), ("", 0, ""), ("", 0, "")];
        assert_eq!(
            check_rows(&rows),
            [
                "line 1 (r): the same text as line 0 (r)",
                "line 2 (r): labelled no, but the same text is yes at line 0 (r)",
            ]
        );
    }

    #[test]
    fn near_duplicates_are_found_unless_they_are_one_pair() {
        let near = |pairs: [&'static str; 2]| {
            check_rows(&[
                ("the door to the hall is open", 0, pairs[0]),
                ("the door to the hall is shut", 1, pairs[1]),
            ])
        };
        let found = ["line 1 (r): shares 80.0 % of the word 3-grams with line 0 (r)"];
        assert_eq!(near(["", ""]), found);
        assert_eq!(near(["p", "q"]), found);
        assert_eq!(near(["p", "p"]), [""; 0]);
    }

    #[test]
    fn the_same_text_is_found_in_a_pair_too() {
        assert_eq!(check_rows(&[("so be it", 0, "p"), ("so be it", 1, "p")]).len(), 1);
    }
}
