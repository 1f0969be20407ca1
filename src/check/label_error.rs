//! Likely label errors, by confident learning (C. G. Northcutt, L. Jiang and I. L. Chuang, *Confident Learning:
//! Estimating Uncertainty in Dataset Labels*, JAIR 70, 2021).

use serde::Serialize;

use crate::shape::{ShapeError, check_scored, top_class};

/// A row that is confidently of another class than the one it was given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LabelError {
    /// The row, counted from 0.
    pub row: usize,
    /// The class it was given.
    pub given: usize,
    /// The out-of-fold probability of that class.
    pub probability: f64,
    /// The class it was counted under.
    pub suggested: usize,
    /// The out-of-fold probability of that class.
    pub suggested_probability: f64,
}

/// How often rows given one class are confidently of another.
///
/// A class's threshold `t_j` is the mean probability of j over the rows given j. A row given i counts in cell (i, j)
/// for the most probable class j among those with `p_j ≥ t_j`; a row with no such class counts nowhere. The rows off
/// the diagonal whose most probable class is not the given one either are the likely errors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfidentJoint {
    /// The thresholds `t_j`, from 0 to 1, one a class; none for a class that was never given.
    pub thresholds: Vec<Option<f64>>,
    /// Counts by given class (rows) and confident class (columns).
    pub counts: Vec<Vec<u64>>,
    /// The likely errors, by their normalised margin `p(given) − p(suggested)`, the most certain error first.
    pub errors: Vec<LabelError>,
}

impl ConfidentJoint {
    /// Counts rows with given classes and out-of-fold probabilities.
    ///
    /// # Errors
    /// If the columns differ in length, or a row's probabilities or class do not fit `classes`.
    pub fn of<P: AsRef<[f64]>>(
        given: &[usize],
        probabilities: &[P],
        classes: usize,
    ) -> Result<Self, ShapeError> {
        check_scored(given, probabilities, classes)?;
        let thresholds = mean_self_confidence(given, probabilities, classes);
        let mut counts = vec![vec![0; classes]; classes];
        let mut errors = Vec::new();
        for (row, (&class, probabilities)) in given.iter().zip(probabilities).enumerate() {
            let probabilities = probabilities.as_ref();
            let Some((suggested, suggested_probability)) = confident(probabilities, &thresholds) else {
                continue;
            };
            if let Some(count) = counts.get_mut(class).and_then(|row| row.get_mut(suggested)) {
                *count += 1;
            }
            if suggested != class && top_class(probabilities).0 != class {
                let probability = probabilities.get(class).copied().unwrap_or(0.0);
                errors.push(LabelError { row, given: class, probability, suggested, suggested_probability });
            }
        }
        errors.sort_by(|a, b| margin(a).total_cmp(&margin(b)).then(a.row.cmp(&b.row)));
        Ok(Self { thresholds, counts, errors })
    }
}

fn margin(error: &LabelError) -> f64 {
    error.probability - error.suggested_probability
}

fn mean_self_confidence<P: AsRef<[f64]>>(
    given: &[usize],
    probabilities: &[P],
    classes: usize,
) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0_u32); classes];
    for (&class, row) in given.iter().zip(probabilities) {
        if let (Some((sum, rows)), Some(p)) = (sums.get_mut(class), row.as_ref().get(class)) {
            *sum += p;
            *rows += 1;
        }
    }
    sums.into_iter().map(|(sum, rows)| (rows > 0).then(|| sum / f64::from(rows))).collect()
}

/// The most probable class that reaches its threshold, the first of equals.
fn confident(probabilities: &[f64], thresholds: &[Option<f64>]) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (class, (&p, threshold)) in probabilities.iter().zip(thresholds).enumerate() {
        let reaches = threshold.is_some_and(|threshold| p >= threshold);
        if reaches && best.is_none_or(|(_, greatest)| p > greatest) {
            best = Some((class, p));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SplitMix64;

    #[test]
    fn thresholds_counts_and_errors_equal_those_worked_by_hand() {
        let given = [0, 0, 0, 1, 1, 1];
        let ones = [0.1, 0.2, 0.9, 0.9, 0.8, 0.25];
        let probabilities: Vec<[f64; 2]> = ones.iter().map(|p| [1.0 - p, *p]).collect();
        let joint = ConfidentJoint::of(&given, &probabilities, 2).unwrap();
        // (0.9 + 0.8 + 0.1) / 3 and (0.9 + 0.8 + 0.25) / 3.
        assert!((joint.thresholds[0].unwrap() - 0.6).abs() < 1e-12);
        assert!((joint.thresholds[1].unwrap() - 0.65).abs() < 1e-12);
        assert_eq!(joint.counts, [[2, 1], [1, 2]]);
        assert_eq!(joint.errors.iter().map(|e| (e.row, e.suggested)).collect::<Vec<_>>(), [(2, 1), (5, 0)]);
    }

    #[test]
    fn a_row_that_reaches_no_threshold_counts_nowhere() {
        let joint =
            ConfidentJoint::of(&[0, 0, 1, 1], &[[0.9, 0.1], [0.52, 0.48], [0.1, 0.9], [0.45, 0.55]], 2);
        assert_eq!(joint.unwrap().counts, [[1, 0], [0, 1]]);
    }

    /// A class that a model is always shy about has a low threshold, but a row whose own class is the most
    /// probable one is no error.
    #[test]
    fn a_row_with_its_own_class_on_top_is_no_error() {
        let probabilities = [[0.6, 0.4], [0.95, 0.05], [0.65, 0.35], [0.65, 0.35]];
        let joint = ConfidentJoint::of(&[0, 0, 1, 1], &probabilities, 2).unwrap();
        assert_eq!(joint.counts[0], [1, 1]);
        assert!(joint.errors.iter().all(|error| error.row != 0));
    }

    #[test]
    fn planted_errors_are_found() {
        let mut random = SplitMix64::new(3);
        let mut given = Vec::new();
        let mut probabilities = Vec::new();
        for row in 0..300 {
            let truth = row % 3;
            let planted = row % 20 == 0;
            let p = if planted { 0.85 } else { 0.5 + 0.4 * random.below(1_000) as f64 / 1_000.0 };
            let mut scores = [(1.0 - p) / 2.0; 3];
            scores[truth] = p;
            probabilities.push(scores);
            given.push(if planted { (truth + 1) % 3 } else { truth });
        }
        let mut found: Vec<usize> =
            ConfidentJoint::of(&given, &probabilities, 3).unwrap().errors.iter().map(|e| e.row).collect();
        found.sort_unstable();
        assert_eq!(found, (0..300).step_by(20).collect::<Vec<_>>());
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert!(ConfidentJoint::of(&[0], &[[0.5, 0.6], [0.5, 0.5]], 2).is_err());
        assert!(ConfidentJoint::of(&[2], &[[0.5, 0.5]], 2).is_err());
        let never = ConfidentJoint::of(&[0], &[[0.1, 0.9]], 2).unwrap();
        assert_eq!(never.thresholds[1], None);
        assert!(never.errors.is_empty());
    }
}
