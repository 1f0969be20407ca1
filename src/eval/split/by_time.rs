//! Train on the past, test on the future.

use std::collections::BTreeMap;

use super::fold::{Fold, SplitError};
use crate::day::day;

/// Forward chaining: the days are cut into k + 1 blocks of about equally many rows; fold i trains on blocks
/// 0..=i and tests on block i + 1. A day is never split, and the rows of the first block are never tested.
/// Of a date only the day counts.
///
/// # Errors
/// If `folds` is below 2, a date is no [`day`], or there are not more days than folds.
pub fn by_time<T: AsRef<str>>(dates: &[T], folds: usize) -> Result<Vec<Fold>, SplitError> {
    if folds < 2 {
        return Err(SplitError::Folds { folds });
    }
    let mut days: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, date) in dates.iter().enumerate() {
        let date = date.as_ref();
        let day =
            day(date).ok_or_else(|| SplitError::Date { row, value: date.chars().take(40).collect() })?;
        days.entry(day).or_default().push(row);
    }
    if days.len() <= folds {
        return Err(SplitError::Days { days: days.len(), folds });
    }
    let mut past: Vec<usize> = Vec::new();
    let mut chain = Vec::new();
    for block in blocks(days.into_values().collect(), folds.saturating_add(1), dates.len()) {
        if !past.is_empty() {
            chain.push(Fold { train: sorted(past.clone()), test: sorted(block.clone()) });
        }
        past.extend(block);
    }
    Ok(chain)
}

/// Cuts days in order into `wanted` blocks; each takes days until the rows so far reach its share, at least one,
/// and leaves at least one for every block after it.
fn blocks(days: Vec<Vec<usize>>, wanted: usize, rows: usize) -> Vec<Vec<usize>> {
    let mut left = days.len();
    let mut days = days.into_iter().peekable();
    let mut taken = 0;
    (1..=wanted)
        .map(|block| {
            let mut rows_here: Vec<usize> = Vec::new();
            while left > wanted - block && (rows_here.is_empty() || taken * wanted < block * rows) {
                let Some(day) = days.next() else { break };
                left -= 1;
                taken += day.len();
                rows_here.extend(day);
            }
            rows_here
        })
        .collect()
}

fn sorted(mut rows: Vec<usize>) -> Vec<usize> {
    rows.sort_unstable();
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_fold_trains_on_all_days_before_the_ones_it_tests() {
        let dates =
            ["2024-03-01", "2023-12-31", "2024-01-05T09:00", "2024-02-01", "2024-03-01", "2024-01-05"];
        let folds = by_time(&dates, 2).unwrap();
        assert_eq!(
            folds,
            [
                Fold { train: vec![1, 2, 5], test: vec![3] },
                Fold { train: vec![1, 2, 3, 5], test: vec![0, 4] },
            ]
        );
    }

    #[test]
    fn blocks_hold_about_equally_many_rows_whatever_their_days() {
        let tested = |days: &[u32]| -> Vec<usize> {
            let dates: Vec<String> = days.iter().map(|day| format!("2024-01-{day:02}")).collect();
            by_time(&dates, 2).unwrap().iter().map(|fold| fold.test.len()).collect()
        };
        assert_eq!(tested(&[1, 2, 3, 4, 5, 6]), [2, 2]);
        assert_eq!(tested(&[1, 1, 1, 2, 3, 4, 5, 5, 5]), [3, 3]);
        // The last day must be left for the last fold.
        assert_eq!(tested(&[1, 2, 3, 3, 3, 3]), [1, 4]);
    }

    #[test]
    fn a_date_that_is_none_is_named_with_its_row() {
        for wrong in ["", "2012-02-31", "1.2.2012"] {
            let error = by_time(&["2024-01-01", wrong], 2).unwrap_err();
            assert_eq!(error, SplitError::Date { row: 1, value: wrong.to_owned() });
        }
    }

    #[test]
    fn too_few_days_are_refused() {
        let dates = ["2024-01-01", "2024-01-02", "2024-01-02"];
        assert_eq!(by_time(&dates, 2), Err(SplitError::Days { days: 2, folds: 2 }));
        assert_eq!(by_time(&dates, usize::MAX), Err(SplitError::Days { days: 2, folds: usize::MAX }));
        assert_eq!(by_time(&dates, 1), Err(SplitError::Folds { folds: 1 }));
    }

    proptest! {
        #[test]
        fn the_past_never_sees_the_future(days in prop::collection::vec(1..29_u32, 4..60), folds in 2..6_usize) {
            let dates: Vec<String> = days.iter().map(|day| format!("2024-02-{day:02}")).collect();
            let Ok(split) = by_time(&dates, folds) else { return Ok(()) };
            prop_assert_eq!(split.len(), folds);
            for fold in split {
                let last = fold.train.iter().map(|&row| &dates[row]).max();
                let first = fold.test.iter().map(|&row| &dates[row]).min();
                prop_assert!(last.is_some() && last < first);
            }
        }
    }
}
