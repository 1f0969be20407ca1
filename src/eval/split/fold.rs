//! What every way of splitting gives, and why one may give nothing.

use std::collections::BTreeSet;

use serde::Serialize;

/// Row numbers, counted from 0 and ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fold {
    /// The rows to fit on.
    pub train: Vec<usize>,
    /// The rows to measure on; none of them trains.
    pub test: Vec<usize>,
}

impl Fold {
    /// The rows that test, and all others as training rows.
    pub(super) fn testing<T>(values: &[T], tests: impl Fn(&T) -> bool) -> Self {
        let rows = values.iter().enumerate();
        let (test, train): (Vec<_>, Vec<_>) = rows.partition(|(_, value)| tests(value));
        let numbers = |rows: Vec<(usize, &T)>| rows.into_iter().map(|(row, _)| row).collect();
        Self { train: numbers(train), test: numbers(test) }
    }

    /// The fold without those training rows whose group has a row in the test; `groups` gives every row's group.
    /// Needed where the test was not chosen by group: by source, topic or date.
    #[must_use]
    pub fn purged(mut self, groups: &[usize]) -> Self {
        let tested: BTreeSet<_> = self.test.iter().filter_map(|&row| groups.get(row)).collect();
        self.train.retain(|&row| groups.get(row).is_none_or(|group| !tested.contains(group)));
        self
    }
}

/// Why rows cannot be split as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// Fewer than two folds.
    #[error("the number of folds is {folds}; at least 2 are needed to train on one part and test on another")]
    Folds {
        /// As asked for.
        folds: usize,
    },
    /// Fewer rows than folds.
    #[error("{rows} rows do not fill {folds} folds")]
    Rows {
        /// The rows there are.
        rows: usize,
        /// The folds asked for.
        folds: usize,
    },
    /// Fewer groups than folds.
    #[error("{} {folds} folds, and a group is never split", if *.groups == 1 { "one group does not fill".to_owned() } else { format!("{groups} groups do not fill") })]
    Groups {
        /// The groups there are.
        groups: usize,
        /// The folds asked for.
        folds: usize,
    },
    /// Labels and groups differ in length.
    #[error("{labels} labels, but {groups} groups were given")]
    Length {
        /// The number of labels.
        labels: usize,
        /// The number of group ids.
        groups: usize,
    },
    /// Every row has the same value.
    #[error("leaving one value out needs at least 2 values; all {rows} rows have {value:?}")]
    OneValue {
        /// The rows there are.
        rows: usize,
        /// Their value; empty if there is no row.
        value: String,
    },
    /// A date that is no day of the calendar.
    #[error("row {row}: the date {value:?} is no day written YYYY-MM-DD")]
    Date {
        /// The row, counted from 0.
        row: usize,
        /// The date as found.
        value: String,
    },
    /// Too few days to train on the past in every fold.
    #[error("{days} days do not give {folds} folds by time; at least {} are needed", .folds.saturating_add(1))]
    Days {
        /// The distinct days there are.
        days: usize,
        /// The folds asked for.
        folds: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purging_takes_the_tested_groups_out_of_training() {
        let fold = Fold { train: vec![0, 1, 2, 5], test: vec![3, 4] };
        let purged = fold.purged(&[7, 8, 9, 8, 6]);
        assert_eq!(purged, Fold { train: vec![0, 2, 5], test: vec![3, 4] });
    }
}
