//! The counts that a datasheet names: rows by label, and by every column that sorts them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use super::sheet::{CheckedRow, Sheet, given};

/// The rows with one value of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The value; empty for the rows without one.
    pub value: String,
    /// The rows with it.
    pub rows: usize,
    /// Those of each label, in label order.
    pub labels: Vec<usize>,
}

/// The values of one column, numbers in their order and before words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The column's name.
    pub name: &'static str,
    /// Its values; none at all if no row has one.
    pub values: Vec<Tally>,
}

/// How many words the rows have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Quantiles {
    /// The mean.
    pub mean: f64,
    /// The shortest row, the 5th, 25th, 50th, 75th and 95th percentile (the nearest row below), the longest.
    pub at: [usize; 7],
}

/// What a sheet holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counts {
    /// All rows.
    pub rows: usize,
    /// The names of the labels.
    pub labels: Vec<String>,
    /// Rows of each label.
    pub label_rows: Vec<usize>,
    /// Distinct pairs.
    pub pairs: usize,
    /// Distinct groups.
    pub groups: usize,
    /// Rows with a condition.
    pub conditions: usize,
    /// The words of the rows.
    pub words: Quantiles,
    /// Kind, channel, split, case, topic.
    pub columns: Vec<Column>,
}

type Value = for<'r> fn(&CheckedRow<'r>) -> Option<&'r str>;

const COLUMNS: [(&str, Value); 5] = [
    ("kind", |row| row.kind),
    ("channel", |row| row.channel),
    ("split", |row| row.split),
    ("case", |row| row.case),
    ("topic", |row| row.topic),
];

impl Counts {
    /// Counts the rows of a sheet.
    #[must_use]
    pub fn of(sheet: &Sheet<'_>) -> Self {
        let classes = sheet.labels.len();
        let rows = sheet.rows;
        let distinct =
            |value: Value| rows.iter().filter_map(|row| given(value(row))).collect::<BTreeSet<_>>();
        Self {
            rows: rows.len(),
            labels: sheet.labels.to_vec(),
            label_rows: tally(rows.iter(), classes),
            pairs: distinct(|row| row.pair).len(),
            groups: distinct(|row| row.group).len(),
            conditions: rows.iter().filter(|row| given(row.condition).is_some()).count(),
            words: Quantiles::of(rows.iter().map(|row| row.text.unicode_words().count()).collect()),
            columns: COLUMNS.map(|(name, value)| column(rows, name, value, classes)).into(),
        }
    }
}

fn column(rows: &[CheckedRow<'_>], name: &'static str, value: Value, classes: usize) -> Column {
    let mut by_value: BTreeMap<(u64, &str), Vec<&CheckedRow<'_>>> = BTreeMap::new();
    for row in rows {
        let value = given(value(row)).unwrap_or_default();
        by_value.entry((value.parse().unwrap_or(u64::MAX), value)).or_default().push(row);
    }
    let tallies = by_value.into_iter().map(|((_, value), rows)| Tally {
        value: value.to_owned(),
        rows: rows.len(),
        labels: tally(rows.into_iter(), classes),
    });
    let mut values: Vec<Tally> = tallies.collect();
    if values.iter().all(|tally| tally.value.is_empty()) {
        values.clear();
    }
    Column { name, values }
}

fn tally<'r>(rows: impl Iterator<Item = &'r CheckedRow<'r>>, classes: usize) -> Vec<usize> {
    let mut counts = vec![0; classes];
    for row in rows {
        if let Some(count) = counts.get_mut(row.label) {
            *count += 1;
        }
    }
    counts
}

impl Quantiles {
    fn of(mut values: Vec<usize>) -> Self {
        values.sort_unstable();
        let Some(last) = values.len().checked_sub(1) else { return Self::default() };
        let at = |percent: usize| values.get(last * percent / 100).copied().unwrap_or(0);
        let mean = values.iter().sum::<usize>() as f64 / values.len() as f64;
        Self { mean, at: [0, 5, 25, 50, 75, 95, 100].map(at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_by_label_and_value() {
        let row = |label, case, pair| CheckedRow {
            text: "one two",
            label,
            case: Some(case),
            pair: Some(pair),
            ..CheckedRow::default()
        };
        let rows = [row(0, "10", "p"), row(1, "9", "p"), row(1, "", ""), row(1, "10", "q")];
        let labels = ["yes".to_owned(), "no".to_owned()];
        let counts = Counts::of(&Sheet::new(&rows, &labels, None).unwrap());
        assert_eq!((counts.rows, counts.pairs, counts.groups), (4, 2, 0));
        assert_eq!(counts.label_rows, [1, 3]);
        let cases: Vec<_> =
            counts.columns[3].values.iter().map(|t| (t.value.as_str(), t.rows, t.labels[1])).collect();
        assert_eq!(cases, [("9", 1, 1), ("10", 2, 1), ("", 1, 1)]);
        assert!(counts.columns[0].values.is_empty());
    }

    #[test]
    fn quantiles_are_values_of_rows() {
        let quantiles = Quantiles::of((1..=101).rev().collect());
        assert_eq!(quantiles.at, [1, 6, 26, 51, 76, 96, 101]);
        assert!((quantiles.mean - 51.0).abs() < 1e-12);
        assert_eq!(Quantiles::of(Vec::new()), Quantiles::default());
    }
}
