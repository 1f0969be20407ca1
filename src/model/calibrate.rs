//! Temperature scaling: one number that makes probabilities as sure as they are right.
//!
//! Logits are divided by the temperature T that, within bounds, minimises the mean negative log-likelihood of rows that the
//! logits' model has not seen (C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, *On calibration of modern neural
//! networks*, ICML 2017). No label changes by it.

use super::recipe::Estimator;

/// The highest temperature that is sought.
const WARMEST: f64 = 20.0;

/// The lowest temperature that is sought. Below 1 probabilities become surer, and the rows of one corpus are more
/// alike than new text is: what is right out of fold is no evidence that the model may be as sure elsewhere. Models of
/// four fifths of the shipped corpus, in the order in which it was composed, want 0.56 to 0.82 for the fifth that they
/// have not seen; the bound, for every corpus, lies above the hardest of these.
///
/// Margins of a support vector machine are no log-odds, and 1 is no natural scale of them: its bound only ends the search.
const fn coldest(estimator: Estimator) -> f64 {
    match estimator {
        Estimator::Logistic => 0.85,
        Estimator::Svm => 0.05,
    }
}

/// The temperature for out-of-fold `logits` of rows with the classes `truth`: from 0.85 (of a support vector machine, 0.05)
/// to 20. 1 if there is no row.
#[must_use]
pub fn temperature(logits: &[Vec<f64>], truth: &[usize], estimator: Estimator) -> f64 {
    if logits.is_empty() {
        return 1.0;
    }
    // The loss is convex in 1/T: its slope there has one zero, which bisection finds.
    let (mut low, mut high) = (1.0 / WARMEST, 1.0 / coldest(estimator));
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if slope(logits, truth, middle) > 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    1.0 / f64::midpoint(low, high)
}

/// Which bound of its range a temperature stands at: `lowest` or `highest`.
#[must_use]
pub fn temperature_bound(temperature: f64, estimator: Estimator) -> Option<&'static str> {
    let at = |bound: f64| (temperature - bound).abs() < 1e-6;
    if at(coldest(estimator)) {
        Some("lowest")
    } else if at(WARMEST) {
        Some("highest")
    } else {
        None
    }
}

/// Slope of the summed loss by β = 1/T: Σ (mean of z under softmax(βz) − z of the truth).
fn slope(logits: &[Vec<f64>], truth: &[usize], beta: f64) -> f64 {
    let row = |(z, &class): (&Vec<f64>, &usize)| {
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut mean, mut sum) = (0.0, 0.0);
        for z in z {
            let weight = libm::exp(beta * (z - largest));
            mean += weight * z;
            sum += weight;
        }
        mean / sum - z.get(class).copied().unwrap_or(0.0)
    };
    logits.iter().zip(truth).map(row).sum()
}

#[cfg(test)]
mod tests {
    use super::Estimator::{Logistic, Svm};
    use super::*;

    #[test]
    fn logits_become_as_sure_as_they_are_right_within_bounds() {
        // Two classes, right in 3 of 4 rows: the best probability is 0.75, so difference / T = ln 3.
        for (difference, estimator, expect) in [
            (4.0, Logistic, 4.0 / 3.0_f64.ln()),
            (1.0, Logistic, 1.0 / 3.0_f64.ln()),
            (0.5, Logistic, 0.85),
            (0.5, Svm, 0.5 / 3.0_f64.ln()),
            (50.0, Svm, 20.0),
        ] {
            let t = temperature(&vec![vec![difference, 0.0]; 4], &[0, 0, 0, 1], estimator);
            assert!((t - expect).abs() < 1e-6, "{difference}: {t}");
        }
    }

    #[test]
    fn the_range_bounds_what_has_no_best_temperature() {
        for (class, estimator, bound, name) in
            [(0, Logistic, 0.85, "lowest"), (0, Svm, 0.05, "lowest"), (1, Logistic, 20.0, "highest")]
        {
            let t = temperature(&[vec![1.0, 0.0]], &[class], estimator);
            assert!((t - bound).abs() < 1e-6, "{t}");
            assert_eq!(temperature_bound(t, estimator), Some(name));
        }
        assert_eq!(temperature_bound(1.0, Logistic), None);
        assert!((temperature(&[], &[], Svm) - 1.0).abs() < 1e-12);
    }
}
