//! Whether a probability means what it says: reliability bins, calibration error, Brier score.

use serde::Serialize;

use crate::shape::{ShapeError, check_scored, top_class};

/// The number of bins that the literature reports ECE with.
pub const DEFAULT_BINS: usize = 15;

/// The rows whose confidence, the probability of the predicted class, lies in `(low, high]`; the first bin holds 0
/// too.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The lower end of the bin.
    pub low: f64,
    /// The upper end of the bin.
    pub high: f64,
    /// The rows in it.
    pub rows: u64,
    /// Their mean confidence, from 0 to 1; 0 of no rows.
    pub confidence: f64,
    /// The share of them that is predicted right, from 0 to 1; 0 of no rows.
    pub accuracy: f64,
}

/// Confidence against accuracy, in bins of equal width.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reliability {
    /// The bins, from 0 to 1.
    pub bins: Vec<Bin>,
}

impl Reliability {
    /// Sorts rows into `bins` bins (clipped to 1 to 1,000) by the probability of their most probable class.
    ///
    /// # Errors
    /// If the columns differ in length, or a row's probabilities or class do not fit `classes`.
    pub fn of<P: AsRef<[f64]>>(
        truth: &[usize],
        probabilities: &[P],
        classes: usize,
        bins: usize,
    ) -> Result<Self, ShapeError> {
        check_scored(truth, probabilities, classes)?;
        let bins = bins.clamp(1, 1_000);
        let mut sums = vec![(0_u64, 0.0_f64, 0_u64); bins];
        for (&t, row) in truth.iter().zip(probabilities) {
            let (class, confidence) = top_class(row.as_ref());
            if let Some((rows, sum, right)) = sums.get_mut(bin_of(confidence, bins)) {
                *rows += 1;
                *sum += confidence;
                *right += u64::from(class == t);
            }
        }
        let width = 1.0 / bins as f64;
        let bin = |(i, (rows, sum, right)): (usize, (u64, f64, u64))| Bin {
            low: i as f64 * width,
            high: (i + 1) as f64 * width,
            rows,
            confidence: if rows == 0 { 0.0 } else { sum / rows as f64 },
            accuracy: if rows == 0 { 0.0 } else { right as f64 / rows as f64 },
        };
        Ok(Self { bins: sums.into_iter().enumerate().map(bin).collect() })
    }

    /// Expected calibration error, `Σ_b (n_b / n) · |accuracy_b − confidence_b|`, from 0 to 1; 0 of no rows
    /// (M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI 2015; C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger,
    /// ICML 2017, equation 3).
    #[must_use]
    pub fn ece(&self) -> f64 {
        let rows: u64 = self.bins.iter().map(|bin| bin.rows).sum();
        let gaps: f64 = self.bins.iter().map(|bin| bin.rows as f64 * gap(bin)).sum();
        if rows == 0 { 0.0 } else { gaps / rows as f64 }
    }

    /// Maximum calibration error: the widest gap of a bin that holds rows, from 0 to 1.
    #[must_use]
    pub fn mce(&self) -> f64 {
        self.bins.iter().filter(|bin| bin.rows > 0).map(gap).fold(0.0, f64::max)
    }
}

fn gap(bin: &Bin) -> f64 {
    (bin.accuracy - bin.confidence).abs()
}

/// The bin `(i / bins, (i + 1) / bins]` of a confidence from 0 to 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ confidence · bins ≤ bins")]
fn bin_of(confidence: f64, bins: usize) -> usize {
    let place = (confidence * bins as f64).ceil() as usize;
    place.saturating_sub(1).min(bins - 1)
}

/// Brier's score for many classes, `(1 / n) Σ_i Σ_c (p_ic − [c = y_i])²`, from 0 (perfect) to 2; 0 of no rows
/// (G. W. Brier, *Monthly Weather Review* 78, 1950).
///
/// # Errors
/// If the columns differ in length, or a row's probabilities or class do not fit `classes`.
pub fn brier<P: AsRef<[f64]>>(
    truth: &[usize],
    probabilities: &[P],
    classes: usize,
) -> Result<f64, ShapeError> {
    check_scored(truth, probabilities, classes)?;
    let row_score = |(&t, row): (&usize, &P)| -> f64 {
        let wanted = |class| if class == t { 1.0 } else { 0.0 };
        row.as_ref().iter().enumerate().map(|(class, p)| (p - wanted(class)) * (p - wanted(class))).sum()
    };
    let sum: f64 = truth.iter().zip(probabilities).map(row_score).sum();
    Ok(if truth.is_empty() { 0.0 } else { sum / truth.len() as f64 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn the_error_equals_one_worked_by_hand() {
        // Two bins: (0, ½] holds confidence 0.5, right; (½, 1] holds 0.8 right, 0.9 wrong, 0.7 right.
        let probabilities = [[0.5, 0.5], [0.8, 0.2], [0.1, 0.9], [0.3, 0.7]];
        let reliability = Reliability::of(&[0, 0, 0, 1], &probabilities, 2, 2).unwrap();
        assert_eq!(reliability.bins.iter().map(|bin| bin.rows).collect::<Vec<_>>(), [1, 3]);
        close(reliability.bins[1].confidence, 0.8);
        close(reliability.bins[1].accuracy, 2.0 / 3.0);
        close(reliability.ece(), 0.25 * 0.5 + 0.75 * (0.8 - 2.0 / 3.0));
        close(reliability.mce(), 0.5);
    }

    #[test]
    fn a_confidence_on_a_boundary_belongs_to_the_lower_bin() {
        for (confidence, bin) in [(0.0, 0), (0.2, 0), (0.25, 0), (0.26, 1), (0.5, 1), (1.0, 3)] {
            assert_eq!(bin_of(confidence, 4), bin, "{confidence}");
        }
    }

    #[test]
    fn the_brier_score_runs_from_nought_to_two() {
        close(brier(&[0, 1], &[[1.0, 0.0], [0.0, 1.0]], 2).unwrap(), 0.0);
        close(brier(&[0], &[[0.0, 1.0]], 2).unwrap(), 2.0);
        // (0.3² + 0.2² + 0.1²) and (0.5² + 0.9² + 0.4²), halved.
        close(brier(&[0, 1], &[[0.7, 0.2, 0.1], [0.5, 0.1, 0.4]], 3).unwrap(), 0.07 + 0.61);
        close(brier::<[f64; 2]>(&[], &[], 2).unwrap(), 0.0);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert!(brier(&[0], &[[0.5, f64::NAN]], 2).is_err());
        assert!(brier(&[2], &[[0.5, 0.5]], 2).is_err());
        assert!(Reliability::of(&[0, 1], &[[0.5, 0.5]], 2, 15).is_err());
        assert_eq!(Reliability::of(&[0], &[[0.5, 0.5]], 2, 0).unwrap().bins.len(), 1);
    }

    proptest! {
        #[test]
        fn the_expected_error_is_at_most_the_maximum(rows in prop::collection::vec((0..2_usize, 0.0..=1.0_f64), 1..50)) {
            let truth: Vec<usize> = rows.iter().map(|row| row.0).collect();
            let probabilities: Vec<[f64; 2]> = rows.iter().map(|row| [row.1, 1.0 - row.1]).collect();
            let reliability = Reliability::of(&truth, &probabilities, 2, DEFAULT_BINS).unwrap();
            prop_assert!(reliability.ece() <= reliability.mce() + 1e-12);
            prop_assert_eq!(reliability.bins.iter().map(|bin| bin.rows).sum::<u64>(), rows.len() as u64);
        }
    }
}
