//! How far a figure would move with other rows: bootstrap intervals, drawn by group.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::metrics::Confusion;
use crate::random::SplitMix64;
use crate::shape::{ShapeError, check_length};

/// A figure and its 95 % interval: the 2.5th and 97.5th percentile of the replicates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The figure on the rows as they are.
    pub estimate: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How two classifiers differ on the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The figure of the first.
    pub a: f64,
    /// The figure of the second.
    pub b: f64,
    /// a − b with its interval; both are computed on the same draws.
    pub difference: Interval,
    /// Two-sided: 2 · min(1 + #{d ≤ 0}, 1 + #{d ≥ 0}) / (1 + replicates), at most 1 (Davison and Hinkley,
    /// *Bootstrap Methods and their Application*, 1997, §4.2).
    pub p_value: f64,
}

/// Why there is no interval.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BootstrapError {
    /// Too few replicates for the 2.5th percentile.
    #[error("{replicates} replicates asked for; a 95 % interval needs at least 40")]
    Replicates {
        /// As asked for.
        replicates: usize,
    },
    /// Columns or classes that do not fit.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// Two classifiers measured on other groups.
    #[error("the two tables hold {a} and {b} groups; a paired comparison needs the same rows")]
    Unpaired {
        /// The groups of the first.
        a: usize,
        /// The groups of the second.
        b: usize,
    },
}

/// Every group's confusion matrix, stored by its cells that are not 0, so that a replicate costs one addition
/// for each of those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterTables {
    empty: Confusion,
    groups: Vec<Vec<(usize, u64)>>,
}

impl ClusterTables {
    /// Counts the rows of every group.
    ///
    /// # Errors
    /// If the columns differ in length or a class is not below `classes`.
    pub fn of(
        truth: &[usize],
        predicted: &[usize],
        groups: &[usize],
        classes: usize,
    ) -> Result<Self, ShapeError> {
        Confusion::of(truth, predicted, classes)?;
        check_length("groups", truth.len(), groups.len())?;
        let mut cells: BTreeMap<usize, BTreeMap<usize, u64>> = BTreeMap::new();
        for ((&t, &p), &group) in truth.iter().zip(predicted).zip(groups) {
            *cells.entry(group).or_default().entry(t * classes + p).or_insert(0) += 1;
        }
        let groups = cells.into_values().map(|cells| cells.into_iter().collect()).collect();
        Ok(Self { empty: Confusion::empty(classes)?, groups })
    }

    /// The sum of the tables of some groups, each counted as often as it comes.
    fn sum(&self, groups: impl Iterator<Item = usize>) -> Confusion {
        let mut table = self.empty.clone();
        for &(cell, rows) in groups.filter_map(|group| self.groups.get(group)).flatten() {
            table.add(cell, rows);
        }
        table
    }

    fn whole(&self) -> Confusion {
        self.sum(0..self.groups.len())
    }
}

/// The percentile bootstrap (B. Efron and R. J. Tibshirani, *An Introduction to the Bootstrap*, 1993, ch. 13),
/// drawn by group: a replicate takes as many groups as there are, with replacement, and all rows of each (Davison
/// and Hinkley 1997, §3.8), because rows of one article or pair are not independent.
///
/// Replicate i draws from its own stream, so the result depends on the seed alone and not on threads.
///
/// ```
/// use demarche::eval::{Bootstrap, ClusterTables, Confusion};
///
/// let truth = [0, 0, 1, 1, 1, 0, 1, 0];
/// let predicted = [0, 1, 1, 1, 0, 0, 1, 0];
/// let articles = [0, 0, 1, 1, 2, 2, 3, 4];
/// let tables = ClusterTables::of(&truth, &predicted, &articles, 2)?;
/// let accuracy = Bootstrap::new(2_000, 7)?.interval(&tables, Confusion::accuracy);
/// assert!(accuracy.low < 0.75 && 0.75 < accuracy.high);
/// # Ok::<(), demarche::eval::BootstrapError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    replicates: usize,
    seed: u64,
}

impl Bootstrap {
    /// # Errors
    /// [`BootstrapError::Replicates`] if there are fewer than 40; 2,000 are usual.
    pub const fn new(replicates: usize, seed: u64) -> Result<Self, BootstrapError> {
        if replicates < 40 {
            Err(BootstrapError::Replicates { replicates })
        } else {
            Ok(Self { replicates, seed })
        }
    }

    /// The interval of a figure of the confusion matrix. Replicates for which it is not finite are left out.
    pub fn interval<S>(&self, tables: &ClusterTables, statistic: S) -> Interval
    where
        S: Fn(&Confusion) -> f64 + Sync,
    {
        let values =
            self.replicate(tables.groups.len(), |draws| statistic(&tables.sum(draws.iter().copied())));
        percentiles(statistic(&tables.whole()), values)
    }

    /// The interval of any figure of the rows: `statistic` gets row numbers, with repeats.
    pub fn interval_of_rows<S>(&self, groups: &[usize], statistic: S) -> Interval
    where
        S: Fn(&[usize]) -> f64 + Sync,
    {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, &group) in groups.iter().enumerate() {
            members.entry(group).or_default().push(row);
        }
        let members: Vec<Vec<usize>> = members.into_values().collect();
        let rows = |draws: &[usize]| -> Vec<usize> {
            draws.iter().filter_map(|&group| members.get(group)).flatten().copied().collect()
        };
        let values = self.replicate(members.len(), |draws| statistic(&rows(draws)));
        let every: Vec<usize> = (0..groups.len()).collect();
        percentiles(statistic(&every), values)
    }

    /// The difference of a figure between two classifiers on the same rows in the same groups.
    ///
    /// # Errors
    /// [`BootstrapError::Unpaired`] if the numbers of groups differ.
    pub fn difference<S>(
        &self,
        a: &ClusterTables,
        b: &ClusterTables,
        statistic: S,
    ) -> Result<Difference, BootstrapError>
    where
        S: Fn(&Confusion) -> f64 + Sync,
    {
        if a.groups.len() != b.groups.len() {
            return Err(BootstrapError::Unpaired { a: a.groups.len(), b: b.groups.len() });
        }
        let values = self.replicate(a.groups.len(), |draws| {
            let of = |tables: &ClusterTables| statistic(&tables.sum(draws.iter().copied()));
            of(a) - of(b)
        });
        let p_value = two_sided(&values);
        let (a, b) = (statistic(&a.whole()), statistic(&b.whole()));
        Ok(Difference { a, b, difference: percentiles(a - b, values), p_value })
    }

    fn replicate<S: Fn(&[usize]) -> f64 + Sync>(&self, groups: usize, statistic: S) -> Vec<f64> {
        let replicate = |draws: &mut Vec<usize>, index: usize| {
            let mut random = SplitMix64::stream(self.seed, index as u64);
            draws.clear();
            draws.extend((0..groups).map(|_| random.below(groups)));
            statistic(draws)
        };
        (0..self.replicates).into_par_iter().map_init(Vec::new, replicate).collect()
    }
}

fn two_sided(values: &[f64]) -> f64 {
    let at_least = values.iter().filter(|&&d| d >= 0.0).count();
    let at_most = values.iter().filter(|&&d| d <= 0.0).count();
    (2.0 * (1 + at_least.min(at_most)) as f64 / (1 + values.len()) as f64).min(1.0)
}

fn percentiles(estimate: f64, mut values: Vec<f64>) -> Interval {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let at = |share| percentile(&values, share).unwrap_or(estimate);
    Interval { estimate, low: at(0.025), high: at(0.975) }
}

/// Linear between the two nearest order statistics, as `NumPy`'s default (Hyndman and Fan 1996, type 7).
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ place < the length")]
    let below = place.floor() as usize;
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    Some(low + (high - low) * (place - place.floor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` rows in groups of `size`; one in four is predicted wrong, by whole groups.
    fn tables(n: usize, size: usize) -> ClusterTables {
        let truth: Vec<usize> = (0..n).map(|row| row % 3).collect();
        let groups: Vec<usize> = (0..n).map(|row| row / size).collect();
        let wrong = |group: usize| usize::from(group.is_multiple_of(4));
        let predicted: Vec<usize> = groups.iter().zip(&truth).map(|(&g, t)| (t + wrong(g)) % 3).collect();
        ClusterTables::of(&truth, &predicted, &groups, 3).unwrap()
    }

    fn bootstrap() -> Bootstrap {
        Bootstrap::new(2_000, 11).unwrap()
    }

    #[test]
    fn the_interval_of_a_share_is_that_of_the_binomial() {
        // Standard error √(¾ · ¼ / 400) = 0.02165, times 1.96.
        let interval = bootstrap().interval(&tables(400, 1), Confusion::accuracy);
        assert!((interval.estimate - 0.75).abs() < 1e-12);
        assert!((interval.low - 0.7076).abs() < 0.004, "{interval:?}");
        assert!((interval.high - 0.7924).abs() < 0.004, "{interval:?}");
    }

    #[test]
    fn rows_that_stand_or_fall_together_widen_the_interval() {
        let width = |size| {
            let interval = bootstrap().interval(&tables(1_200, size), Confusion::macro_f1);
            interval.high - interval.low
        };
        // Groups of nine: three times as wide.
        let ratio = width(9) / width(1);
        assert!((2.6..3.4).contains(&ratio), "{ratio}");
    }

    #[test]
    fn tables_and_rows_give_the_same_interval() {
        let truth = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0];
        let predicted = [0, 1, 0, 0, 1, 1, 0, 1, 0, 0];
        let groups = [0, 0, 1, 2, 2, 2, 3, 4, 5, 5];
        let of_rows = |rows: &[usize]| {
            let pick = |labels: &[usize]| rows.iter().map(|&row| labels[row]).collect::<Vec<_>>();
            Confusion::of(&pick(&truth), &pick(&predicted), 2).unwrap().macro_f1()
        };
        let tables = ClusterTables::of(&truth, &predicted, &groups, 2).unwrap();
        assert_eq!(
            bootstrap().interval(&tables, Confusion::macro_f1),
            bootstrap().interval_of_rows(&groups, of_rows)
        );
    }

    #[test]
    fn seed_and_not_threads_decide() {
        let run = |threads, seed| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let bootstrap = Bootstrap::new(200, seed).unwrap();
            pool.install(|| bootstrap.interval(&tables(300, 2), Confusion::macro_f1))
        };
        assert_eq!(run(1, 5), run(4, 5));
        assert_ne!(run(1, 5), run(1, 6));
    }

    #[test]
    fn a_paired_difference_is_surer_than_two_intervals() {
        let truth: Vec<usize> = (0..400).map(|row| row % 2).collect();
        let groups: Vec<usize> = (0..400).collect();
        let wrong_every = |n: usize| -> ClusterTables {
            let predicted: Vec<usize> =
                truth.iter().enumerate().map(|(row, t)| if row % n == 0 { 1 - t } else { *t }).collect();
            ClusterTables::of(&truth, &predicted, &groups, 2).unwrap()
        };
        // Wrong on every 8th row, and on every 4th, which holds every 8th: 50 rows differ, all one way.
        let found = bootstrap().difference(&wrong_every(8), &wrong_every(4), Confusion::accuracy).unwrap();
        assert!((found.difference.estimate - 0.125).abs() < 1e-12);
        assert!((found.difference.low - 0.0926).abs() < 0.008, "{found:?}");
        assert!((found.p_value - 2.0 / 2_001.0).abs() < 1e-12);
        let same = bootstrap().difference(&wrong_every(8), &wrong_every(8), Confusion::accuracy).unwrap();
        assert!((same.p_value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn percentiles_are_linear_between_order_statistics() {
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 1.0), Some(4.0));
        assert_eq!(percentile(&[], 0.5), None);
    }

    #[test]
    fn no_rows_and_wrong_shapes_are_no_panic() {
        let none = ClusterTables::of(&[], &[], &[], 2).unwrap();
        let interval = bootstrap().interval(&none, Confusion::accuracy);
        assert_eq!(interval, Interval { estimate: 0.0, low: 0.0, high: 0.0 });
        assert!(bootstrap().difference(&none, &tables(4, 1), Confusion::accuracy).is_err());
        assert!(ClusterTables::of(&[0], &[0], &[], 2).is_err());
        assert_eq!(Bootstrap::new(39, 1), Err(BootstrapError::Replicates { replicates: 39 }));
        let never = bootstrap().interval_of_rows(&[0, 1], |_| f64::NAN);
        assert!(never.low.is_nan() && never.high.is_nan());
    }
}
