//! Rows that a classifier was tested on, and all figures of them.

use std::collections::BTreeMap;

use super::calibration::{DEFAULT_BINS, Reliability, brier};
use super::interval::{Bootstrap, BootstrapError, ClusterTables};
use super::metrics::Confusion;
use super::threshold::Thresholds;
use crate::figures::{
    Abstained, Baseline, CaseRate, Figures, Interval, PassRate, Prediction, ScoreCurve, Uncalibrated,
};
use crate::shape::{ShapeError, check_length, check_scored, top_class};

/// Truth and probabilities of the rows that were tested, with what belongs together among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tested<'a> {
    /// The names of the labels.
    pub labels: &'a [String],
    /// The class of each row.
    pub truth: Vec<usize>,
    /// One probability a class for each row.
    pub probabilities: Vec<Vec<f64>>,
    /// Rows with equal numbers stay together in every draw.
    pub groups: Vec<usize>,
    /// The hard case of each row, empty where there is none.
    pub cases: Vec<&'a str>,
    /// The minimal pair of each row, empty where there is none.
    pub pairs: Vec<&'a str>,
}

impl Tested<'_> {
    /// The most probable class of each row, the first on a tie.
    #[must_use]
    pub fn predicted(&self) -> Vec<usize> {
        self.probabilities.iter().map(|row| top_class(row).0).collect()
    }

    /// Every group's confusion matrix.
    ///
    /// # Errors
    /// If the columns do not fit each other.
    pub fn tables(&self) -> Result<ClusterTables, ShapeError> {
        ClusterTables::of(&self.truth, &self.predicted(), &self.groups, self.labels.len())
    }

    /// How often each label was right, by its probability.
    #[must_use]
    pub fn score_curve(&self) -> ScoreCurve {
        let predictions = self.truth.iter().zip(&self.probabilities).map(|(&truth, row)| {
            let (class, score) = top_class(row);
            Prediction { class, score, right: class == truth }
        });
        ScoreCurve::of(self.labels.len(), predictions)
    }

    /// All figures, beside those of `baselines`: a name and a class for each row.
    ///
    /// # Errors
    /// If the columns do not fit each other.
    pub fn figures(
        &self,
        bootstrap: &Bootstrap,
        baselines: &[(String, Vec<usize>)],
    ) -> Result<Figures, BootstrapError> {
        let classes = self.labels.len();
        check_scored(&self.truth, &self.probabilities, classes)?;
        check_length("cases", self.truth.len(), self.cases.len())?;
        check_length("pairs", self.truth.len(), self.pairs.len())?;
        let table = Confusion::of(&self.truth, &self.predicted(), classes)?;
        let tables = self.tables()?;
        let reliability = Reliability::of(&self.truth, &self.probabilities, classes, DEFAULT_BINS)?;
        let baseline = |(name, predicted): &(String, Vec<usize>)| -> Result<Baseline, ShapeError> {
            let table = Confusion::of(&self.truth, predicted, classes)?;
            Ok(Baseline { name: name.clone(), macro_f1: table.macro_f1(), accuracy: table.accuracy() })
        };
        Ok(Figures {
            rows: self.truth.len(),
            groups: tables.groups(),
            labels: self.labels.to_vec(),
            by_label: table.labels(),
            confusion: table.rows().map(<[u64]>::to_vec).collect(),
            macro_f1: bootstrap.interval(&tables, Confusion::macro_f1),
            accuracy: bootstrap.interval(&tables, Confusion::accuracy),
            ece: reliability.ece(),
            brier: brier(&self.truth, &self.probabilities, classes)?,
            uncalibrated: None,
            bins: reliability.bins,
            baselines: baselines.iter().map(baseline).collect::<Result<_, _>>()?,
            cases: self.cases(bootstrap),
            pairs: self.pairs(bootstrap),
            abstained: None,
        })
    }

    /// Calibration error and Brier's score of the probabilities before their logits were divided by `temperature`: as
    /// pₖ ∝ exp(zₖ / T), those before are ∝ pₖᵀ.
    ///
    /// # Errors
    /// If the columns do not fit each other.
    pub fn uncalibrated(&self, temperature: f64) -> Result<Uncalibrated, ShapeError> {
        let before = |row: &Vec<f64>| -> Vec<f64> {
            let powers: Vec<f64> = row.iter().map(|p| libm::pow(*p, temperature)).collect();
            let sum: f64 = powers.iter().sum();
            powers.into_iter().map(|power| power / sum).collect()
        };
        let before: Vec<Vec<f64>> = self.probabilities.iter().map(before).collect();
        let classes = self.labels.len();
        Ok(Uncalibrated {
            ece: Reliability::of(&self.truth, &before, classes, DEFAULT_BINS)?.ece(),
            brier: brier(&self.truth, &before, classes)?,
        })
    }

    fn right(&self) -> Vec<bool> {
        self.truth.iter().zip(self.predicted()).map(|(truth, predicted)| *truth == predicted).collect()
    }

    /// Pass rates by hard case, numbers in their order and before names.
    fn cases(&self, bootstrap: &Bootstrap) -> Vec<CaseRate> {
        let mut by_case: BTreeMap<(u64, &str), Vec<(usize, bool)>> = BTreeMap::new();
        for ((case, &group), right) in self.cases.iter().zip(&self.groups).zip(self.right()) {
            if !case.is_empty() {
                by_case.entry((case.parse().unwrap_or(u64::MAX), case)).or_default().push((group, right));
            }
        }
        let rate = |((_, case), rows): ((u64, &str), Vec<(usize, bool)>)| CaseRate {
            case: case.to_owned(),
            pass: pass_rate(&rows, bootstrap),
        };
        by_case.into_iter().map(rate).collect()
    }

    /// The pairs of which two rows or more were tested, and those of them with every row right.
    fn pairs(&self, bootstrap: &Bootstrap) -> Option<PassRate> {
        let mut by_pair: BTreeMap<&str, (usize, usize, bool)> = BTreeMap::new();
        for ((pair, &group), right) in self.pairs.iter().zip(&self.groups).zip(self.right()) {
            if !pair.is_empty() {
                let (rows, _, all_right) = by_pair.entry(pair).or_insert((0, group, true));
                *rows += 1;
                *all_right &= right;
            }
        }
        let whole: Vec<(usize, bool)> = by_pair
            .into_values()
            .filter(|(rows, ..)| *rows > 1)
            .map(|(_, group, right)| (group, right))
            .collect();
        (!whole.is_empty()).then(|| pass_rate(&whole, bootstrap))
    }

    /// What is left if `thresholds(row)` decide on each row.
    ///
    /// # Errors
    /// If the columns do not fit each other.
    pub fn abstained<'t>(
        &self,
        wanted: f64,
        thresholds: impl Fn(usize) -> &'t Thresholds,
        bootstrap: &Bootstrap,
    ) -> Result<Abstained, ShapeError> {
        check_scored(&self.truth, &self.probabilities, self.labels.len())?;
        check_length("groups", self.truth.len(), self.groups.len())?;
        let decide = |(row, probabilities): (usize, &Vec<f64>)| thresholds(row).decide(probabilities);
        let decided: Vec<Option<usize>> = self.probabilities.iter().enumerate().map(decide).collect();
        let mut labels = vec![(0, 0); self.labels.len()];
        for (class, truth) in decided.iter().zip(&self.truth).filter_map(|(d, t)| Some(((*d)?, *t))) {
            if let Some((given, right)) = labels.get_mut(class) {
                *given += 1;
                *right += usize::from(class == truth);
            }
        }
        let count = |rows: &[usize], counts: &dyn Fn(usize, usize) -> bool| {
            let of = |&&row: &&usize| match (decided.get(row), self.truth.get(row)) {
                (Some(Some(class)), Some(truth)) => counts(*class, *truth),
                _ => false,
            };
            rows.iter().filter(of).count() as f64
        };
        let kept = |rows: &[usize]| count(rows, &|_, _| true);
        let coverage = |rows: &[usize]| kept(rows) / rows.len() as f64;
        let precision = |rows: &[usize]| count(rows, &|class, truth| class == truth) / kept(rows);
        Ok(Abstained {
            wanted,
            rows: self.truth.len(),
            coverage: defined(bootstrap.interval_of_rows(&self.groups, coverage)),
            precision: defined(bootstrap.interval_of_rows(&self.groups, precision)),
            labels,
        })
    }
}

/// 0 where a figure is 0 / 0.
fn defined(interval: Interval) -> Interval {
    let or_zero = |value: f64| if value.is_finite() { value } else { 0.0 };
    Interval {
        estimate: or_zero(interval.estimate),
        low: or_zero(interval.low),
        high: or_zero(interval.high),
    }
}

/// The share of `rows`, each with its group, that is right.
fn pass_rate(rows: &[(usize, bool)], bootstrap: &Bootstrap) -> PassRate {
    let right =
        |drawn: &[usize]| drawn.iter().filter(|&&row| rows.get(row).is_some_and(|(_, right)| *right)).count();
    let groups: Vec<usize> = rows.iter().map(|(group, _)| *group).collect();
    let rate = |drawn: &[usize]| right(drawn) as f64 / drawn.len() as f64;
    let every: Vec<usize> = (0..rows.len()).collect();
    PassRate {
        of: rows.len(),
        right: right(&every),
        rate: defined(bootstrap.interval_of_rows(&groups, rate)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::threshold::LabelThreshold;
    use super::*;

    fn labels() -> Vec<String> {
        ["yes", "no"].map(str::to_owned).into()
    }

    fn tested(labels: &[String]) -> Tested<'_> {
        Tested {
            labels,
            truth: vec![0, 1, 0, 1, 1],
            probabilities: [0.9, 0.2, 0.4, 0.6, 0.3].map(|p| vec![p, 1.0 - p]).into(),
            groups: vec![0, 0, 1, 1, 2],
            cases: vec!["10", "9", "10", "", "x"],
            pairs: vec!["p", "p", "q", "q", "alone"],
        }
    }

    #[test]
    fn cases_come_by_number_and_pairs_need_both_rows_right() {
        let labels = labels();
        let figures = tested(&labels).figures(&Bootstrap::new(40, 1).unwrap(), &[]).unwrap();
        let cases: Vec<_> =
            figures.cases.iter().map(|c| (c.case.as_str(), c.pass.of, c.pass.right)).collect();
        assert_eq!(cases, [("9", 1, 1), ("10", 2, 1), ("x", 1, 1)]);
        let pairs = figures.pairs.unwrap();
        assert_eq!((pairs.of, pairs.right), (2, 1));
        assert_eq!((figures.rows, figures.groups), (5, 3));
        assert!((figures.accuracy.estimate - 0.6).abs() < 1e-12);
    }

    #[test]
    fn dividing_logits_by_a_temperature_is_undone() {
        let labels = labels();
        let rows = tested(&labels);
        let softened = |p: &Vec<f64>| {
            let root: Vec<f64> = p.iter().map(|p| p.powf(0.5)).collect();
            root.iter().map(|r| r / (root[0] + root[1])).collect()
        };
        let soft =
            Tested { probabilities: rows.probabilities.iter().map(softened).collect(), ..rows.clone() };
        let (before, after) = (soft.uncalibrated(2.0).unwrap(), rows.uncalibrated(1.0).unwrap());
        assert!((before.ece - after.ece).abs() < 1e-12 && (before.brier - after.brier).abs() < 1e-12);
        let figures = rows.figures(&Bootstrap::new(40, 1).unwrap(), &[]).unwrap();
        assert!((figures.ece - after.ece).abs() < 1e-12 && (figures.brier - after.brier).abs() < 1e-12);
        assert!((soft.uncalibrated(1.0).unwrap().brier - after.brier).abs() > 1e-3);
    }

    #[test]
    fn a_baseline_is_measured_on_the_same_rows() {
        let labels = labels();
        let baselines = [("all no".to_owned(), vec![1; 5])];
        let figures = tested(&labels).figures(&Bootstrap::new(40, 1).unwrap(), &baselines).unwrap();
        assert!((figures.baselines[0].accuracy - 0.6).abs() < 1e-12);
        assert!((figures.baselines[0].macro_f1 - 0.375).abs() < 1e-12);
    }

    #[test]
    fn abstention_leaves_what_reaches_its_label_s_threshold() {
        let labels = labels();
        let label = |threshold| LabelThreshold { threshold, rows: 0, precision: 0.0, lower_bound: 0.0 };
        let some = Thresholds { labels: vec![label(Some(0.6)), label(Some(0.75))] };
        let none = Thresholds { labels: vec![label(None), label(None)] };
        let bootstrap = Bootstrap::new(40, 1).unwrap();
        let left = tested(&labels).abstained(0.9, |_| &some, &bootstrap).unwrap();
        // Rows 0 (0.9 yes), 1 (0.8 no) and 3 (0.6 yes, wrong).
        assert_eq!(left.labels, [(2, 1), (1, 1)]);
        assert!((left.coverage.estimate - 0.6).abs() < 1e-12);
        assert!((left.precision.estimate - 2.0 / 3.0).abs() < 1e-12);
        let nothing = tested(&labels).abstained(0.9, |_| &none, &bootstrap).unwrap();
        assert!(nothing.coverage.estimate.abs() < 1e-12 && nothing.precision.estimate.abs() < 1e-12);
    }
}
