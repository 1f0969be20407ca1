//! Whether more rows would help: figures of classifiers fitted on growing parts of the training rows.

use rayon::prelude::*;
use serde::Serialize;

use super::interval::{Bootstrap, BootstrapError};
use super::metrics::Confusion;
use super::split::Fold;
use crate::figures::Interval;
use crate::random::SplitMix64;
use crate::shape::top_class;

/// Growing parts of the training rows, each holding the one before it: whole groups in a random order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subsets {
    /// Random orders of the groups; a point of the curve is the mean over them.
    pub orders: usize,
    /// The smallest part has at least this many rows.
    pub smallest: usize,
    /// The seed of the orders.
    pub seed: u64,
}

/// The figures of one size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Training rows, the mean over the orders.
    pub rows: f64,
    /// Macro-F1 on the test rows, the mean over the orders; its interval draws test rows by group.
    pub macro_f1: Interval,
}

/// Macro-F1 by training rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LearningCurve {
    /// Ascending by rows; the last point has all rows.
    pub points: Vec<CurvePoint>,
    /// What macro-F1 gains a thousand rows at the end: the least-squares slope over the points from half of the rows
    /// on; 0 if there is one only.
    pub slope_per_thousand: f64,
    /// The rows tested.
    pub test_rows: usize,
}

/// Why there is no curve.
#[derive(Debug, thiserror::Error)]
pub enum CurveError<E: std::error::Error + 'static> {
    /// The classifier failed.
    #[error("{rows} training rows: {error}")]
    Fit {
        /// The rows it was given.
        rows: usize,
        /// What it said.
        error: E,
    },
    /// The figures cannot be computed.
    #[error(transparent)]
    Bootstrap(#[from] BootstrapError),
}

/// Rows by their classes and groups.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The class of each row.
    pub classes: &'a [usize],
    /// The group of each row.
    pub groups: &'a [usize],
    /// The number of classes.
    pub class_count: usize,
}

impl Subsets {
    /// The shares of the rows that are tried: all, three quarters, a half, and on by halves.
    fn shares(self, rows: usize) -> Vec<f64> {
        let enough = |share: f64| share * rows as f64 >= self.smallest.max(1) as f64;
        let mut shares = vec![1.0];
        shares.extend(Some(0.75).filter(|&share| enough(share)));
        let mut share = 0.5;
        while enough(share) {
            shares.push(share);
            share /= 2.0;
        }
        shares.reverse();
        shares
    }

    /// The parts of `train` in one random order of its groups, one a share.
    fn parts(self, train: &[usize], groups: &[usize], order: usize, shares: &[f64]) -> Vec<Vec<usize>> {
        let of = |row: usize| groups.get(row).copied().unwrap_or(usize::MAX);
        let mut names: Vec<usize> = train.iter().map(|&row| of(row)).collect();
        names.sort_unstable();
        names.dedup();
        SplitMix64::stream(self.seed, order as u64).shuffle(&mut names);
        let mut ranks: Vec<(usize, usize)> =
            names.into_iter().enumerate().map(|(rank, name)| (name, rank)).collect();
        ranks.sort_unstable();
        let rank = |row: usize| {
            let at = ranks.binary_search_by_key(&of(row), |(name, _)| *name).ok()?;
            ranks.get(at).map(|(_, rank)| *rank)
        };
        let mut ordered: Vec<(Option<usize>, usize)> = train.iter().map(|&row| (rank(row), row)).collect();
        ordered.sort_unstable();
        let part = |share: &f64| {
            let wanted = (share * train.len() as f64).round() as usize;
            let mut taken: Vec<usize> = Vec::new();
            for group in ordered.chunk_by(|a, b| a.0 == b.0) {
                if taken.len() < wanted {
                    taken.extend(group.iter().map(|(_, row)| *row));
                }
            }
            taken.sort_unstable();
            taken
        };
        shares.iter().map(part).collect()
    }

    /// Calls `fit_predict(train part, test)` for every size and order, in parallel, and measures its probabilities on
    /// the test rows of `split`.
    ///
    /// # Errors
    /// The first error of `fit_predict`, in the order of sizes; or if the figures cannot be computed.
    pub fn measure<F, E>(
        self,
        rows: Rows<'_>,
        split: &Fold,
        bootstrap: &Bootstrap,
        fit_predict: F,
    ) -> Result<LearningCurve, CurveError<E>>
    where
        F: Fn(&[usize], &[usize]) -> Result<Vec<Vec<f64>>, E> + Sync,
        E: std::error::Error + Send + 'static,
    {
        let shares = self.shares(split.train.len());
        let by_order: Vec<Vec<Vec<usize>>> =
            (0..self.orders.max(1)).map(|o| self.parts(&split.train, rows.groups, o, &shares)).collect();
        let mut points = Vec::new();
        for size in 0..shares.len() {
            let parts: Vec<&Vec<usize>> = by_order.iter().filter_map(|parts| parts.get(size)).collect();
            let answers: Vec<_> =
                parts.par_iter().map(|part| (part.len(), fit_predict(part, &split.test))).collect();
            let mut predicted = Vec::new();
            for (rows, answer) in answers {
                let answer = answer.map_err(|error| CurveError::Fit { rows, error })?;
                predicted.push(answer.iter().map(|row| top_class(row).0).collect::<Vec<_>>());
            }
            let mean = parts.iter().map(|part| part.len() as f64).sum::<f64>() / parts.len() as f64;
            points
                .push(CurvePoint { rows: mean, macro_f1: mean_macro_f1(rows, split, &predicted, bootstrap) });
        }
        let slope_per_thousand = slope(&points) * 1000.0;
        Ok(LearningCurve { points, slope_per_thousand, test_rows: split.test.len() })
    }
}

/// The mean macro-F1 of several columns of predictions for the test rows.
fn mean_macro_f1(rows: Rows<'_>, split: &Fold, predicted: &[Vec<usize>], bootstrap: &Bootstrap) -> Interval {
    let pick = |values: &[usize]| -> Vec<usize> {
        split.test.iter().map(|&row| values.get(row).copied().unwrap_or(0)).collect()
    };
    let (truth, groups) = (pick(rows.classes), pick(rows.groups));
    let macro_f1 = |drawn: &[usize], column: &Vec<usize>| {
        let of = |values: &[usize]| -> Vec<usize> {
            drawn.iter().filter_map(|&row| values.get(row).copied()).collect()
        };
        Confusion::of(&of(&truth), &of(column), rows.class_count).map_or(f64::NAN, |table| table.macro_f1())
    };
    bootstrap.interval_of_rows(&groups, |drawn| {
        predicted.iter().map(|column| macro_f1(drawn, column)).sum::<f64>() / predicted.len() as f64
    })
}

/// The least-squares slope over the points with at least half of the rows of the last.
fn slope(points: &[CurvePoint]) -> f64 {
    let half = points.last().map_or(0.0, |last| last.rows / 2.0) * 0.95;
    let ends: Vec<(f64, f64)> =
        points.iter().filter(|p| p.rows >= half).map(|p| (p.rows, p.macro_f1.estimate)).collect();
    let n = ends.len() as f64;
    let (mean_x, mean_y) =
        (ends.iter().map(|p| p.0).sum::<f64>() / n, ends.iter().map(|p| p.1).sum::<f64>() / n);
    let across: f64 = ends.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let along: f64 = ends.iter().map(|(x, _)| (x - mean_x) * (x - mean_x)).sum();
    if along > 0.0 { across / along } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    const SUBSETS: Subsets = Subsets { orders: 2, smallest: 10, seed: 3 };

    #[test]
    fn parts_are_nested_and_hold_whole_groups() {
        let groups: Vec<usize> = (0..120).map(|row| row / 3).collect();
        let train: Vec<usize> = (30..120).collect();
        let shares = SUBSETS.shares(train.len());
        assert_eq!(shares, [0.125, 0.25, 0.5, 0.75, 1.0]);
        let parts = SUBSETS.parts(&train, &groups, 0, &shares);
        for (part, larger) in parts.iter().zip(parts.iter().skip(1)) {
            assert!(part.iter().all(|row| larger.contains(row)) && part.len() < larger.len());
            assert!(
                part.iter().all(|row| part.contains(&(row / 3 * 3)) && part.contains(&(row / 3 * 3 + 2)))
            );
        }
        assert_eq!(parts[4], train);
        assert_ne!(parts[0], SUBSETS.parts(&train, &groups, 1, &shares)[0]);
    }

    #[test]
    fn a_classifier_that_learns_with_rows_has_a_rising_curve() {
        let classes: Vec<usize> = (0..200).map(|row| row % 2).collect();
        let groups: Vec<usize> = (0..200).collect();
        let split = Fold { train: (0..100).collect(), test: (100..200).collect() };
        // Right on as many of the test rows as it has training rows.
        let learn = |train: &[usize], test: &[usize]| {
            let says = |(i, &row): (usize, &usize)| {
                let class = if i < train.len() { row % 2 } else { 1 - row % 2 };
                vec![1.0 - class as f64, class as f64]
            };
            Ok::<_, Infallible>(test.iter().enumerate().map(says).collect::<Vec<_>>())
        };
        let rows = Rows { classes: &classes, groups: &groups, class_count: 2 };
        let bootstrap = Bootstrap::new(40, 1).unwrap();
        let curve = SUBSETS.measure(rows, &split, &bootstrap, learn).unwrap();
        let sizes: Vec<f64> = curve.points.iter().map(|p| p.rows).collect();
        assert_eq!(sizes, [13.0, 25.0, 50.0, 75.0, 100.0]);
        assert!((curve.points[3].macro_f1.estimate - 0.75).abs() < 0.01);
        assert!((curve.slope_per_thousand - 10.0).abs() < 0.1, "{}", curve.slope_per_thousand);
        assert_eq!(curve.test_rows, 100);
    }
}
