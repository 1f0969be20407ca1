//! What stands on two sides of a split and would be learnt by heart.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Problem};
use super::sheet::{CheckedRow, given};
use crate::text::near_duplicate::NearDuplicates;

type Column = for<'r> fn(&'r CheckedRow<'r>) -> Option<&'r str>;

pub(super) fn check(rows: &[CheckedRow<'_>], near: &NearDuplicates) -> Vec<Finding> {
    let mut found = divided(rows, "group", |row| given(row.group));
    found.extend(divided(rows, "pair", |row| given(row.pair)));
    let split = |row: usize| rows.get(row).and_then(|row| given(row.split));
    let across = |a: usize, b: usize| split(a).is_some() && split(b).is_some() && split(a) != split(b);
    found.extend(near.links(across).into_iter().filter_map(|link| {
        let (row, first) = (rows.get(link.text)?, rows.get(link.earlier)?);
        Some(row.finding(Problem::Leak {
            split: given(row.split)?.to_owned(),
            first: first.place(),
            first_split: given(first.split)?.to_owned(),
            share: link.share,
        }))
    }));
    found
}

fn divided(rows: &[CheckedRow<'_>], key: &'static str, column: Column) -> Vec<Finding> {
    let mut keys: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        if let (Some(value), Some(split)) = (column(row), given(row.split)) {
            keys.entry(value).or_insert_with(|| (number, BTreeSet::new())).1.insert(split);
        }
    }
    let mut found: Vec<_> = keys.into_iter().filter(|(_, (_, splits))| splits.len() > 1).collect();
    found.sort_by_key(|(_, (first, _))| *first);
    found
        .into_iter()
        .filter_map(|(value, (first, splits))| {
            let splits = splits.into_iter().map(str::to_owned).collect();
            Some(rows.get(first)?.finding(Problem::Divided { key, value: value.to_owned(), splits }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_rows(rows: &[CheckedRow<'_>]) -> Vec<String> {
        let texts: Vec<&str> = rows.iter().map(|row| row.text).collect();
        check(rows, &NearDuplicates::new(&texts, 0.5)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_group_or_pair_in_two_splits_is_found_once() {
        let row = |line, group, pair, split| CheckedRow {
            line,
            id: "r",
            group: Some(group),
            pair: Some(pair),
            split: Some(split),
            ..CheckedRow::default()
        };
        let rows = [
            row(1, "strike", "a", "train"),
            row(2, "strike", "", "test"),
            row(3, "strike", "a", "test"),
            row(4, "border", "b", "test"),
            row(5, "border", "b", ""),
        ];
        assert_eq!(
            check_rows(&rows),
            [
                "line 1 (r): group \"strike\" stands in the splits test, train",
                "line 1 (r): pair \"a\" stands in the splits test, train",
            ]
        );
    }

    #[test]
    fn near_duplicates_leak_across_splits_only_and_in_pairs_too() {
        let row = |line, text, split| CheckedRow {
            line,
            id: "r",
            text,
            pair: Some("p"),
            split: Some(split),
            ..CheckedRow::default()
        };
        let rows = [
            row(1, "the door to the hall is open", "train"),
            row(2, "the door to the hall is shut", "train"),
            row(3, "the door to the hall is green", "test"),
        ];
        assert_eq!(
            check_rows(&rows)[1..],
            ["line 3 (r): in test, but shares 80.0 % of the word 3-grams with line 1 (r) in train"]
        );
    }
}
