//! Abstention: for a wanted precision, the score below which a label is rather not given.

use serde::{Deserialize, Serialize};

use crate::figures::ScoreCurve;
use crate::shape::{ShapeError, check_scored, top_class};

/// What is wanted, before any row is seen.
///
/// A label's threshold is the smallest score t of a row predicted to have it such that, among the n rows
/// predicted to have it with a score of at least t,
///
/// - n is at least `min_support`, and
/// - the lower end of Wilson's interval for their precision at `z` standard errors (E. B. Wilson, *JASA* 22,
///   1927) is at least `precision`:
///   (p + z²/2n − z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), and
/// - their mean score is at least `precision`: what the model itself expects of them, which holds it back where the
///   rows of the folds are easier than new text.
///
/// The bound pays for choosing t on the rows that it is measured on: with z = 0 half of all thresholds would miss
/// their precision on new rows. A label for which no score will do is never given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Abstention {
    precision: f64,
    min_support: usize,
    z: f64,
}

/// Why a wish is none.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ThresholdError {
    /// A precision outside (0, 1).
    #[error("a precision of {precision} is asked for; it must lie above 0 and below 1")]
    Precision {
        /// As asked for.
        precision: f64,
    },
    /// A negative or infinite number of standard errors.
    #[error("a bound of {z} standard errors is asked for; it must be finite and not below 0")]
    Bound {
        /// As asked for.
        z: f64,
    },
    /// Columns or classes that do not fit.
    #[error(transparent)]
    Shape(#[from] ShapeError),
}

/// The threshold of one label and what it was chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelThreshold {
    /// The smallest score with which the label is given; `None` if it is never given.
    pub threshold: Option<f64>,
    /// The out-of-fold rows at or above it that were predicted to have the label.
    pub rows: usize,
    /// The share of them that has it.
    pub precision: f64,
    /// The lower bound of that share.
    pub lower_bound: f64,
}

/// One threshold a class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// In class order.
    pub labels: Vec<LabelThreshold>,
}

/// What is left of some rows after abstention.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Kept {
    /// All rows.
    pub rows: usize,
    /// The rows that got a label.
    pub kept: usize,
    /// The rows that got the right one.
    pub correct: usize,
}

impl Kept {
    /// Kept rows / all rows, from 0 to 1; 0 of no rows.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { self.kept as f64 / self.rows as f64 }
    }

    /// Correct rows / kept rows, from 0 to 1; 0 of no rows.
    #[must_use]
    pub fn precision(&self) -> f64 {
        if self.kept == 0 { 0.0 } else { self.correct as f64 / self.kept as f64 }
    }
}

impl Abstention {
    /// The usual rule: at least 20 rows, and one standard error above the wanted precision.
    ///
    /// # Errors
    /// [`ThresholdError::Precision`] unless `precision` lies between 0 and 1.
    pub fn new(precision: f64) -> Result<Self, ThresholdError> {
        Self::with_rule(precision, 20, 1.0)
    }

    /// Another support or bound.
    ///
    /// # Errors
    /// If `precision` does not lie between 0 and 1, or `z` is negative or not finite.
    pub fn with_rule(precision: f64, min_support: usize, z: f64) -> Result<Self, ThresholdError> {
        if !(precision > 0.0 && precision < 1.0) {
            return Err(ThresholdError::Precision { precision });
        }
        if !(z >= 0.0 && z.is_finite()) {
            return Err(ThresholdError::Bound { z });
        }
        Ok(Self { precision, min_support, z })
    }

    /// Chooses the thresholds on out-of-fold probabilities.
    ///
    /// # Errors
    /// If the columns differ in length, or a row's probabilities or class do not fit `classes`.
    pub fn fit<P: AsRef<[f64]>>(
        &self,
        truth: &[usize],
        probabilities: &[P],
        classes: usize,
    ) -> Result<Thresholds, ThresholdError> {
        check_scored(truth, probabilities, classes)?;
        let mut scored: Vec<Vec<(f64, bool)>> = vec![Vec::new(); classes];
        for (&t, row) in truth.iter().zip(probabilities) {
            let (class, score) = top_class(row.as_ref());
            if let Some(rows) = scored.get_mut(class) {
                rows.push((score, class == t));
            }
        }
        Ok(Thresholds { labels: scored.into_iter().map(|rows| self.smallest(rows)).collect() })
    }

    /// Chooses the thresholds on counts by hundredths of the score.
    #[must_use]
    pub fn fit_curve(&self, curve: &ScoreCurve) -> Thresholds {
        let labels = (0..curve.given.len()).map(|class| self.lowest(curve.descending(class)));
        Thresholds { labels: labels.collect() }
    }

    /// Walks down the scores; rows with equal scores are taken together.
    fn smallest(&self, mut rows: Vec<(f64, bool)>) -> LabelThreshold {
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let equal = rows.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq());
        self.lowest(equal.scan((0, 0), |sum, equal| {
            *sum = (sum.0 + equal.len(), sum.1 + equal.iter().filter(|row| row.1).count());
            Some((equal.first()?.0, sum.0, sum.1))
        }))
    }

    /// The last of some scores, each with the rows at or above it and those of them that are right, that will do.
    fn lowest(&self, scores: impl Iterator<Item = (f64, usize, usize)>) -> LabelThreshold {
        let mut found = LabelThreshold { threshold: None, rows: 0, precision: 0.0, lower_bound: 0.0 };
        let (mut before, mut sum) = (0, 0.0);
        for (score, rows, right) in scores {
            sum += score * (rows - before) as f64;
            before = rows;
            let precision = right as f64 / rows as f64;
            let lower_bound = wilson_lower(precision, rows as f64, self.z);
            let expected = sum / rows as f64;
            if rows >= self.min_support && lower_bound >= self.precision && expected >= self.precision {
                found = LabelThreshold { threshold: Some(score), rows, precision, lower_bound };
            }
        }
        found
    }
}

impl Thresholds {
    /// The most probable class if its probability reaches the class's threshold; `None` is to abstain.
    #[must_use]
    pub fn decide(&self, probabilities: &[f64]) -> Option<usize> {
        let (class, score) = top_class(probabilities);
        let threshold = self.labels.get(class)?.threshold?;
        (score >= threshold).then_some(class)
    }

    /// What the thresholds leave of labelled rows, and how much of that is right.
    ///
    /// # Errors
    /// If the columns differ in length, or a row's probabilities or class do not fit the number of thresholds.
    pub fn measure<P: AsRef<[f64]>>(&self, truth: &[usize], probabilities: &[P]) -> Result<Kept, ShapeError> {
        check_scored(truth, probabilities, self.labels.len())?;
        let mut kept = Kept { rows: truth.len(), kept: 0, correct: 0 };
        for (&t, row) in truth.iter().zip(probabilities) {
            let decided = self.decide(row.as_ref());
            kept.kept += usize::from(decided.is_some());
            kept.correct += usize::from(decided == Some(t));
        }
        Ok(kept)
    }
}

fn wilson_lower(p: f64, n: f64, z: f64) -> f64 {
    let z2 = z * z;
    let spread = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    (p + z2 / (2.0 * n) - spread) / (1.0 + z2 / n)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rows all predicted to be class 1, by descending score.
    fn rows(scored: &[(f64, bool)]) -> (Vec<usize>, Vec<[f64; 2]>) {
        scored.iter().map(|&(score, right)| (usize::from(right), [1.0 - score, score])).unzip()
    }

    fn threshold(scored: &[(f64, bool)], precision: f64, support: usize, z: f64) -> Option<f64> {
        let (truth, probabilities) = rows(scored);
        let wish = Abstention::with_rule(precision, support, z).unwrap();
        wish.fit(&truth, &probabilities, 2).unwrap().labels[1].threshold
    }

    const MIXED: [(f64, bool); 6] =
        [(0.95, true), (0.9, false), (0.85, true), (0.8, true), (0.7, false), (0.6, false)];

    #[test]
    fn the_smallest_score_that_keeps_the_precision_is_chosen() {
        // Precisions down the list: 1, ½, ⅔, ¾, ⅗, ½.
        for (wanted, chosen) in [(0.9, Some(0.95)), (0.75, Some(0.8)), (0.6, Some(0.7)), (0.4, Some(0.6))] {
            assert_eq!(threshold(&MIXED, wanted, 1, 0.0), chosen, "{wanted}");
        }
        assert_eq!(threshold(&[(0.9, false), (0.8, true)], 0.6, 1, 0.0), None);
    }

    #[test]
    fn too_few_rows_are_no_evidence() {
        assert_eq!(threshold(&MIXED, 0.75, 4, 0.0), Some(0.8));
        assert_eq!(threshold(&MIXED, 0.75, 5, 0.0), None);
        let perfect = [(0.99, true); 12];
        // Wilson's lower end of 12 of 12 at z = 1 is 12 / 13 = 0.923.
        assert_eq!(threshold(&perfect, 0.92, 1, 1.0), Some(0.99));
        assert_eq!(threshold(&perfect, 0.93, 1, 1.0), None);
    }

    #[test]
    fn rows_that_the_model_is_not_sure_of_are_not_enough() {
        // All right, but only the first two have a mean score of 0.8.
        let scored = [(0.9, true), (0.7, true), (0.6, true), (0.5, true)];
        assert_eq!(threshold(&scored, 0.8, 1, 0.0), Some(0.7));
        assert_eq!(threshold(&scored, 0.95, 1, 0.0), None);
    }

    #[test]
    fn the_usual_rule_is_twenty_rows_and_one_standard_error() {
        assert_eq!(Abstention::new(0.9), Abstention::with_rule(0.9, 20, 1.0));
    }

    #[test]
    fn rows_with_equal_scores_stand_or_fall_together() {
        assert_eq!(threshold(&[(0.9, true), (0.8, true), (0.8, false)], 0.9, 1, 0.0), Some(0.9));
    }

    #[test]
    fn wilson_s_bound_equals_the_published_example() {
        // 81 of 263 at z = 1.959964: 0.2553 (R. G. Newcombe, Statistics in Medicine 17, 1998, table I).
        assert!((wilson_lower(81.0 / 263.0, 263.0, 1.959_964) - 0.2553).abs() < 5e-5);
    }

    #[test]
    fn a_row_below_its_threshold_or_of_a_label_never_given_is_left_out() {
        let (truth, probabilities) = rows(&MIXED);
        let thresholds = Abstention::with_rule(0.75, 1, 0.0).unwrap().fit(&truth, &probabilities, 2).unwrap();
        assert_eq!(thresholds.decide(&[0.2, 0.8]), Some(1));
        assert_eq!(thresholds.decide(&[0.21, 0.79]), None);
        assert_eq!(thresholds.decide(&[0.9, 0.1]), None);
        let kept = thresholds.measure(&truth, &probabilities).unwrap();
        assert_eq!(kept, Kept { rows: 6, kept: 4, correct: 3 });
        assert!((kept.coverage() - 4.0 / 6.0).abs() < 1e-12);
        assert!((kept.precision() - 0.75).abs() < 1e-12);
    }

    #[test]
    fn a_wish_outside_its_range_is_refused_with_its_value() {
        for precision in [0.0, 1.0, -1.0, f64::NAN] {
            assert!(matches!(Abstention::new(precision), Err(ThresholdError::Precision { .. })));
        }
        assert_eq!(Abstention::with_rule(0.9, 1, -0.5), Err(ThresholdError::Bound { z: -0.5 }));
        let too_many = Abstention::new(0.9).unwrap().fit::<[f64; 0]>(&[], &[], usize::MAX);
        assert_eq!(too_many, Err(ShapeError::Classes { classes: usize::MAX }.into()));
    }

    proptest! {
        #[test]
        fn the_rows_that_were_fitted_keep_the_precision(
            scored in prop::collection::vec((0..2_usize, 0..=20_u32), 1..80),
            wanted in 0.3..0.95_f64,
        ) {
            let truth: Vec<usize> = scored.iter().map(|row| row.0).collect();
            let probabilities: Vec<[f64; 2]> =
                scored.iter().map(|row| f64::from(row.1) / 20.0).map(|p| [p, 1.0 - p]).collect();
            let wish = Abstention::with_rule(wanted, 1, 0.5).unwrap();
            let kept = wish.fit(&truth, &probabilities, 2).unwrap().measure(&truth, &probabilities).unwrap();
            prop_assert!(kept.kept == 0 || kept.precision() >= wanted);
        }
    }

    #[test]
    fn a_curve_gives_the_thresholds_of_its_rows_to_two_hundredths() {
        use crate::figures::{Prediction, ScoreCurve};
        let probabilities: Vec<[f64; 2]> =
            (0..400).map(|i| 0.5 + f64::from(i) / 800.0).map(|p| [p, 1.0 - p]).collect();
        let truth: Vec<usize> = (0..400).map(|i| usize::from(i < 150 && i % 2 == 0)).collect();
        let rows = truth.iter().zip(&probabilities);
        let curve =
            ScoreCurve::of(2, rows.map(|(t, p)| Prediction { class: 0, score: p[0], right: *t == 0 }));
        let rule = Abstention::new(0.9).unwrap();
        let exact = rule.fit(&truth, &probabilities, 2).unwrap().labels[0].threshold.unwrap();
        let coarse = rule.fit_curve(&curve).labels[0].threshold.unwrap();
        assert!((exact - coarse).abs() < 0.02 + 1e-9, "{exact}, {coarse}");
        assert_eq!(rule.fit_curve(&curve).labels[1].threshold, None);
    }
}
