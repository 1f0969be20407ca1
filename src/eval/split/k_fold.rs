//! Seeded folds of equal size: stratified, and grouped.

use std::collections::BTreeMap;

use super::fold::{Fold, SplitError};
use crate::random::SplitMix64;

/// k folds under a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KFold {
    folds: usize,
    seed: u64,
}

impl KFold {
    /// # Errors
    /// [`SplitError::Folds`] if `folds` is below 2.
    pub const fn new(folds: usize, seed: u64) -> Result<Self, SplitError> {
        if folds < 2 { Err(SplitError::Folds { folds }) } else { Ok(Self { folds, seed }) }
    }

    /// Folds that differ by at most one row in size and in each class.
    ///
    /// # Errors
    /// [`SplitError::Rows`] if there are fewer rows than folds.
    pub fn stratified(&self, labels: &[usize]) -> Result<Vec<Fold>, SplitError> {
        if labels.len() < self.folds {
            return Err(SplitError::Rows { rows: labels.len(), folds: self.folds });
        }
        let mut order: Vec<usize> = (0..labels.len()).collect();
        SplitMix64::new(self.seed).shuffle(&mut order);
        order.sort_by_key(|&row| labels.get(row));
        let mut fold_of = vec![0; labels.len()];
        for (place, row) in order.into_iter().enumerate() {
            if let Some(fold) = fold_of.get_mut(row) {
                *fold = place % self.folds;
            }
        }
        Ok(self.folds_of(&fold_of))
    }

    /// Folds that never split a group, as equal in size and classes as a greedy choice makes them: the groups,
    /// largest first, each go to the fold that has least of what they bring,
    /// `Σ_c n(fold, c) · n(group, c) / n(c)² + n(fold) · n(group) / n²`.
    ///
    /// # Errors
    /// If there are fewer groups than folds, or not one group id a label.
    pub fn grouped(&self, labels: &[usize], groups: &[usize]) -> Result<Vec<Fold>, SplitError> {
        if labels.len() != groups.len() {
            return Err(SplitError::Length { labels: labels.len(), groups: groups.len() });
        }
        let totals = count(labels.iter().copied());
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, &group) in groups.iter().enumerate() {
            members.entry(group).or_default().push(row);
        }
        if members.len() < self.folds {
            return Err(SplitError::Groups { groups: members.len(), folds: self.folds });
        }
        let mut order: Vec<Vec<usize>> = members.into_values().collect();
        SplitMix64::new(self.seed).shuffle(&mut order);
        order.sort_by_key(|rows| std::cmp::Reverse(rows.len()));

        let mut held = vec![Counts::new(); self.folds];
        let mut fold_of = vec![0; labels.len()];
        for rows in order {
            let brings = count(rows.iter().filter_map(|&row| labels.get(row).copied()));
            let chosen = emptiest(&held, &brings, &totals);
            for row in rows {
                if let Some(fold) = fold_of.get_mut(row) {
                    *fold = chosen;
                }
            }
            if let Some(held) = held.get_mut(chosen) {
                for (class, n) in brings {
                    *held.entry(class).or_insert(0) += n;
                }
            }
        }
        Ok(self.folds_of(&fold_of))
    }

    fn folds_of(&self, fold_of: &[usize]) -> Vec<Fold> {
        (0..self.folds).map(|fold| Fold::testing(fold_of, |&of| of == fold)).collect()
    }
}

type Counts = BTreeMap<usize, usize>;

fn count(labels: impl Iterator<Item = usize>) -> Counts {
    let mut counts = Counts::new();
    for label in labels {
        *counts.entry(label).or_insert(0) += 1;
    }
    counts
}

/// The fold that holds least of what a group brings, the first of equals.
fn emptiest(held: &[Counts], brings: &Counts, totals: &Counts) -> usize {
    let rows = |counts: &Counts| counts.values().sum::<usize>() as f64;
    let all = rows(totals);
    let load = |fold: &Counts| {
        let classes = brings.iter().map(|(class, &n)| {
            let of = |counts: &Counts| counts.get(class).copied().unwrap_or(0) as f64;
            of(fold) * n as f64 / (of(totals) * of(totals))
        });
        classes.sum::<f64>() + rows(fold) * rows(brings) / (all * all)
    };
    let loads = held.iter().map(load).enumerate();
    loads.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(fold, _)| fold)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn class_counts(folds: &[Fold], labels: &[usize]) -> Vec<Counts> {
        folds.iter().map(|fold| count(fold.test.iter().map(|&row| labels[row]))).collect()
    }

    fn every_row_tests_once(folds: &[Fold], rows: usize) {
        let mut tested: Vec<usize> = folds.iter().flat_map(|fold| fold.test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, (0..rows).collect::<Vec<_>>());
        for fold in folds {
            let mut both = [fold.train.clone(), fold.test.clone()].concat();
            both.sort_unstable();
            assert_eq!(both, (0..rows).collect::<Vec<_>>());
        }
    }

    #[test]
    fn stratified_folds_differ_by_at_most_one_row_a_class() {
        let labels: Vec<usize> = (0..103).map(|row| [0, 0, 0, 1, 2, 0, 1][row % 7]).collect();
        let folds = KFold::new(5, 42).unwrap().stratified(&labels).unwrap();
        every_row_tests_once(&folds, 103);
        for class in 0..3 {
            let counts = class_counts(&folds, &labels);
            let of: Vec<usize> = counts.iter().map(|counts| counts[&class]).collect();
            assert!(of.iter().max().unwrap() - of.iter().min().unwrap() <= 1, "{of:?}");
        }
        let sizes: BTreeSet<usize> = folds.iter().map(|fold| fold.test.len()).collect();
        assert_eq!(sizes, BTreeSet::from([20, 21]));
    }

    #[test]
    fn grouped_folds_are_near_the_shares_of_the_classes() {
        let groups: Vec<usize> = (0..600).map(|row| row / (1 + row % 3)).collect();
        let labels: Vec<usize> = groups.iter().map(|group| usize::from(group % 4 == 0)).collect();
        let folds = KFold::new(5, 1).unwrap().grouped(&labels, &groups).unwrap();
        let ones = labels.iter().sum::<usize>() as f64 / 5.0;
        for (fold, counts) in folds.iter().zip(class_counts(&folds, &labels)) {
            assert!((fold.test.len() as f64 - 120.0).abs() <= 6.0, "{}", fold.test.len());
            assert!((counts[&1] as f64 - ones).abs() <= 6.0, "{counts:?}, {ones}");
        }
    }

    #[test]
    fn large_groups_are_placed_first_so_that_small_ones_can_fill_up() {
        let groups: Vec<usize> = (0..40).map(|row| if row < 20 { 0 } else { row }).collect();
        for seed in 0..20 {
            let folds = KFold::new(2, seed).unwrap().grouped(&[0; 40], &groups).unwrap();
            assert_eq!(folds[0].test.len(), 20, "seed {seed}");
        }
    }

    #[test]
    fn the_seed_decides() {
        let labels = [0; 50];
        let folds = |seed| KFold::new(5, seed).unwrap().stratified(&labels).unwrap();
        assert_eq!(folds(3), folds(3));
        assert_ne!(folds(3), folds(4));
        let groups: Vec<usize> = (0..50).map(|row| row / 2).collect();
        let grouped = |seed| KFold::new(5, seed).unwrap().grouped(&labels, &groups).unwrap();
        assert_eq!(grouped(3), grouped(3));
        assert_ne!(grouped(3), grouped(4));
    }

    #[test]
    fn what_cannot_be_split_is_refused_with_its_numbers() {
        assert_eq!(KFold::new(1, 0), Err(SplitError::Folds { folds: 1 }));
        let five = KFold::new(5, 0).unwrap();
        assert_eq!(five.stratified(&[0; 4]), Err(SplitError::Rows { rows: 4, folds: 5 }));
        assert_eq!(
            five.grouped(&[0; 9], &[1, 1, 2, 2, 3, 3, 4, 4, 4]),
            Err(SplitError::Groups { groups: 4, folds: 5 })
        );
        assert_eq!(five.grouped(&[0; 9], &[1]), Err(SplitError::Length { labels: 9, groups: 1 }));
    }

    proptest! {
        #[test]
        fn no_group_is_split_and_no_fold_is_empty(
            rows in prop::collection::vec((0..4_usize, 0..25_usize), 3..120),
            folds in 2..6_usize,
            seed: u64,
        ) {
            let (labels, groups): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let distinct = groups.iter().collect::<BTreeSet<_>>().len();
            let split = KFold::new(folds, seed).unwrap().grouped(&labels, &groups);
            prop_assert_eq!(split.is_ok(), distinct >= folds);
            if let Ok(split) = split {
                every_row_tests_once(&split, labels.len());
                for fold in &split {
                    prop_assert!(!fold.test.is_empty());
                    prop_assert_eq!(&fold.clone().purged(&groups), fold);
                }
            }
        }
    }
}
