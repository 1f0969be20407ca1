//! Whether one classifier is better than another on the same rows: McNemar's test. The paired bootstrap is
//! [`Bootstrap::difference`](super::Bootstrap::difference).

use serde::Serialize;

use crate::shape::{ShapeError, check_length};

/// How the p-value was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The binomial distribution with p = ½ itself: fewer than 25 discordant rows.
    ExactBinomial,
    /// χ² with one degree of freedom and Edwards' continuity correction.
    ChiSquared,
}

/// McNemar's test of whether two classifiers err equally often (Q. McNemar, *Psychometrika* 12, 1947).
///
/// Only the discordant rows count, those that one of the two has right: b rows that only the first has right, c
/// that only the second has. With b + c < 25 the p-value is exact, min(1, 2 · P(X ≤ min(b, c))) for
/// X ~ Bin(b + c, ½); otherwise χ² = max(0, |b − c| − 1)² / (b + c) (A. L. Edwards, *Psychometrika* 13, 1948;
/// recommended for classifiers by T. G. Dietterich, *Neural Computation* 10, 1998).
///
/// The test takes rows as independent. Where rows come in groups, believe the clustered bootstrap.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct McNemar {
    /// Rows that only the first classifier has right.
    pub only_first: u64,
    /// Rows that only the second classifier has right.
    pub only_second: u64,
    /// χ², where it was used.
    pub chi_squared: Option<f64>,
    /// The two-sided p-value, from 0 to 1.
    pub p_value: f64,
    /// How it was computed.
    pub method: Method,
}

/// From this many discordant rows on χ² is close enough.
const EXACT_BELOW: u64 = 25;

impl McNemar {
    /// Compares two columns of predictions with the truth.
    ///
    /// # Errors
    /// If the columns differ in length.
    pub fn of(truth: &[usize], first: &[usize], second: &[usize]) -> Result<Self, ShapeError> {
        check_length("first", truth.len(), first.len())?;
        check_length("second", truth.len(), second.len())?;
        let (mut only_first, mut only_second) = (0, 0);
        for ((t, a), b) in truth.iter().zip(first).zip(second) {
            only_first += u64::from(a == t && b != t);
            only_second += u64::from(b == t && a != t);
        }
        Ok(Self::of_counts(only_first, only_second))
    }

    /// The test on the two counts of discordant rows.
    #[must_use]
    pub fn of_counts(only_first: u64, only_second: u64) -> Self {
        let discordant = only_first.saturating_add(only_second);
        if discordant < EXACT_BELOW {
            let p_value = exact(only_first.min(only_second), discordant);
            return Self {
                only_first,
                only_second,
                chi_squared: None,
                p_value,
                method: Method::ExactBinomial,
            };
        }
        let excess = only_first.abs_diff(only_second).saturating_sub(1) as f64;
        let chi_squared = excess * excess / discordant as f64;
        // The upper tail of χ² with one degree of freedom.
        let p_value = libm::erfc((chi_squared / 2.0).sqrt());
        let chi_squared = Some(chi_squared);
        Self { only_first, only_second, chi_squared, p_value, method: Method::ChiSquared }
    }
}

/// min(1, 2 · P(X ≤ fewer)) for X ~ Bin(n, ½), in whole numbers as long as they are exact.
fn exact(fewer: u64, n: u64) -> f64 {
    let mut choose = 1_u64;
    let mut sum = 0_u64;
    for k in 0..=fewer {
        sum += choose;
        choose = choose * (n - k) / (k + 1);
    }
    (2.0 * sum as f64 / (1_u64 << n) as f64).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(only_first: u64, only_second: u64, method: Method, p_value: f64) {
        let test = McNemar::of_counts(only_first, only_second);
        assert_eq!(test.method, method);
        assert!((test.p_value - p_value).abs() < 1e-9, "{test:?}, not {p_value}");
    }

    #[test]
    fn few_discordant_rows_are_tested_exactly() {
        // 2 · (1 + 10 + 45) / 1024 and 2 · (1 + 24) / 2^24, by hand.
        check(8, 2, Method::ExactBinomial, 112.0 / 1024.0);
        check(2, 8, Method::ExactBinomial, 112.0 / 1024.0);
        check(23, 1, Method::ExactBinomial, 50.0 / 16_777_216.0);
        check(5, 5, Method::ExactBinomial, 1.0);
        check(0, 0, Method::ExactBinomial, 1.0);
    }

    #[test]
    fn many_discordant_rows_are_tested_by_chi_squared_with_correction() {
        // (|59 − 12| − 1)² / 71 = 29.80281690…; its tail is 4.8e-8.
        let test = McNemar::of_counts(59, 12);
        assert!((test.chi_squared.unwrap() - 2116.0 / 71.0).abs() < 1e-12);
        assert!(test.p_value < 1e-7 && test.p_value > 1e-8, "{}", test.p_value);
        // χ² = 10² / 25 = 4: the normal tail beyond 2, twice.
        check(18, 7, Method::ChiSquared, 0.045_500_263_896_358);
        check(13, 13, Method::ChiSquared, 1.0);
    }

    #[test]
    fn only_rows_that_one_has_right_count() {
        let test = McNemar::of(&[0, 1, 2, 0, 1], &[0, 1, 0, 1, 1], &[0, 2, 1, 0, 2]).unwrap();
        assert_eq!((test.only_first, test.only_second), (2, 1));
        assert!(McNemar::of(&[0], &[0], &[]).is_err());
    }
}
