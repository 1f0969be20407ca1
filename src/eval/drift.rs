//! Drift: how far texts depart from the rows that a model was trained on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::figures::{ScoreCurve, TermCounts, Watched};

/// From here on a shift is worth a look, and from the other on it is large: the customary marks of credit scoring (N.
/// Siddiqi, *Credit Risk Scorecards*, Wiley 2006).
const MODERATE: f64 = 0.1;
const LARGE: f64 = 0.25;

/// Bins of the scores, of about equal shares in training.
const BINS: usize = 10;

/// Where nothing has changed, the index of 10 bins times nm / (n + m) for n and m rows follows about χ² with 9 degrees of
/// freedom (B. Yurdakul, *Statistical properties of the population stability index*, dissertation, Western Michigan
/// University 2018). This is its 95th percentile: with fewer rows than keep that under 0.1, chance alone would
/// warn more often than once in twenty runs, and only what lies above it is said.
const CHI_SQUARED: f64 = 16.919;
/// The same with 1 degree of freedom, for known and unknown terms. The terms of a text are one draw: rows are counted.
const CHI_SQUARED_OF_TERMS: f64 = 3.841;

/// How far a distribution has shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shift {
    /// An index below 0.1.
    Small,
    /// An index from 0.1 to below 0.25.
    Moderate,
    /// An index from 0.25 on.
    Large,
}

impl Shift {
    fn of(index: f64) -> Self {
        if index >= LARGE {
            Self::Large
        } else if index >= MODERATE {
            Self::Moderate
        } else {
            Self::Small
        }
    }
}

/// The departure of scored texts from training, as population stability indices of the scores and of the terms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Scored texts.
    pub rows: u64,
    /// The index of the probability of the most probable label, against that of training rows out of fold.
    pub scores: f64,
    /// The share of terms that the model does not know, from 0 to 1.
    pub unseen: f64,
    /// That share among training rows out of fold; none if the model does not say.
    pub unseen_in_training: Option<f64>,
    /// The index of known and unknown terms.
    pub terms: Option<f64>,
}

impl Drift {
    /// Compares what was `watched` with the out-of-fold scores and terms of training. None if chance alone would reach an
    /// index of 0.1 in more than one of twenty runs of so few rows, and neither index is above what chance reaches.
    #[must_use]
    pub fn of(trained: &ScoreCurve, terms: Option<TermCounts>, watched: &Watched) -> Option<Self> {
        let expected = trained.scores();
        let rows: [u64; 2] = [expected.iter().sum(), watched.scores.iter().sum()];
        let spread: f64 = rows.iter().map(|&rows| 1.0 / rows as f64).sum();
        let (expected, found) = bins(&expected, &watched.scores);
        let cells = |counts: TermCounts| [counts.known, counts.all - counts.known.min(counts.all)];
        let drift = Self {
            rows: rows[1],
            scores: to_millionths(population_stability(&expected, &found)),
            unseen: to_millionths(watched.terms.unseen()),
            unseen_in_training: terms.map(|terms| to_millionths(terms.unseen())),
            terms: terms.map(|t| to_millionths(population_stability(&cells(t), &cells(watched.terms)))),
        };
        let beyond = |index: f64, mark: f64| index >= MODERATE.max(mark * spread);
        let told = CHI_SQUARED * spread < MODERATE
            || beyond(drift.scores, CHI_SQUARED)
            || drift.stranger().is_some_and(|terms| beyond(terms, CHI_SQUARED_OF_TERMS));
        told.then_some(drift)
    }

    /// The index of the terms, where they are less known than in training.
    fn stranger(&self) -> Option<f64> {
        self.terms.filter(|_| self.unseen_in_training.is_some_and(|trained| self.unseen > trained))
    }

    /// The larger of the shifts of scores and terms. Texts whose terms are better known than those of training rows out
    /// of fold do no harm, and count as no shift.
    #[must_use]
    pub fn shift(&self) -> Shift {
        let terms = self.stranger().map_or(Shift::Small, Shift::of);
        Shift::of(self.scores).max(terms)
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.shift() {
            Shift::Small => "hardly",
            Shift::Moderate => "somewhat",
            Shift::Large => "far",
        };
        write!(
            f,
            "drift: the {} statements depart {word} from the training rows: scores PSI {:.3}",
            self.rows, self.scores
        )?;
        if let (Some(trained), Some(terms)) = (self.unseen_in_training, self.terms) {
            let percent = |share: f64| 100.0 * share;
            write!(
                f,
                "; terms unseen {:.1} % (in training {:.1} %), PSI {terms:.3}",
                percent(self.unseen),
                percent(trained)
            )?;
        }
        write!(f, " (from {MODERATE} moderate, from {LARGE} large): label some of them and run evaluate")
    }
}

/// Six decimals, which a file gives back to the bit.
fn to_millionths(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Σ (q − p) ln(q / p) over the shares p and q of `expected` and `found` in each bin: the population stability index,
/// which is the symmetric divergence of H. Jeffreys (1946). Half a row is added to every bin, so that an empty one has a
/// logarithm. From 0 up; 0 of no bins.
#[must_use]
pub fn population_stability(expected: &[u64], found: &[u64]) -> f64 {
    let bins = expected.len().min(found.len()) as f64;
    let total = |counts: &[u64]| counts.iter().sum::<u64>() as f64 + bins / 2.0;
    let (all, others) = (total(expected), total(found));
    let term = |(&e, &f): (&u64, &u64)| {
        let (p, q) = ((e as f64 + 0.5) / all, (f as f64 + 0.5) / others);
        (q - p) * libm::log(q / p)
    };
    expected.iter().zip(found).map(term).sum()
}

/// Neighbouring cells joined so that each bin has about the same share of `expected`.
fn bins(expected: &[u64], found: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let total: u64 = expected.iter().sum();
    let (mut trained, mut scored) = (Vec::new(), Vec::new());
    let (mut sum, mut next) = (0, 1);
    let mut cell = (0, 0);
    for (&e, &f) in expected.iter().zip(found) {
        cell = (cell.0 + e, cell.1 + f);
        sum += e;
        if sum * BINS as u64 >= total * next && sum < total {
            trained.push(cell.0);
            scored.push(cell.1);
            cell = (0, 0);
            next = sum * BINS as u64 / total.max(1) + 1;
        }
    }
    trained.push(cell.0);
    scored.push(cell.1);
    (trained, scored)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Prediction;

    /// A curve of one label with `rows` rows spread evenly over the scores from `low` to 1.
    fn curve(rows: usize, low: f64) -> ScoreCurve {
        let score = |row: usize| low + (1.0 - low) * row as f64 / rows as f64;
        ScoreCurve::of(1, (0..rows).map(|row| Prediction { class: 0, score: score(row), right: true }))
    }

    fn watched(rows: usize, low: f64, terms: TermCounts) -> Watched {
        Watched { scores: curve(rows, low).scores(), terms }
    }

    #[test]
    fn the_index_equals_one_computed_by_hand() {
        // Shares ½ and ½ against ¼ and ¾: (−¼) ln ½ + ¼ ln 1½ = ¼ ln 3 = 0.274653; half a row in a million is nothing.
        let index = population_stability(&[500_000_000, 500_000_000], &[250_000_000, 750_000_000]);
        assert!((index - 0.274_653).abs() < 1e-6, "{index}");
        assert!(population_stability(&[3, 4], &[30, 40]).abs() < 0.01);
        assert!(population_stability(&[], &[]).abs() < 1e-12);
        assert!(population_stability(&[10, 0], &[0, 10]).is_finite());
    }

    #[test]
    fn bins_hold_a_tenth_each_where_the_scores_allow_it() {
        let (expected, found) = bins(&curve(1_000, 0.25).scores(), &curve(500, 0.5).scores());
        assert_eq!(expected.len(), 10);
        assert!(expected.iter().all(|rows| (80..=120).contains(rows)), "{expected:?}");
        assert_eq!(found.iter().sum::<u64>(), 500);
        assert_eq!(bins(&[0, 90, 5, 5], &[1, 2, 3, 4]), (vec![90, 10], vec![3, 7]));
    }

    #[test]
    fn the_same_texts_do_not_drift_and_surer_or_stranger_ones_do() {
        let trained = (curve(10_000, 0.25), Some(TermCounts { all: 1_000, known: 800 }));
        let drift = |low: f64, known: u64| {
            Drift::of(&trained.0, trained.1, &watched(2_000, low, TermCounts { all: 1_000, known })).unwrap()
        };
        assert_eq!(drift(0.25, 800).shift(), Shift::Small);
        assert_eq!(drift(0.9, 800).shift(), Shift::Large);
        assert_eq!(drift(0.25, 999).shift(), Shift::Small);
        // ⅕ unseen against ⅖: 0.2 ln 2 − 0.2 ln ¾ = 0.196.
        let strange = drift(0.25, 600);
        assert_eq!(strange.shift(), Shift::Moderate);
        assert!((strange.terms.unwrap() - 0.196).abs() < 2e-3, "{strange:?}");
        assert!(
            strange.to_string().contains("terms unseen 40.0 % (in training 20.0 %), PSI 0.19"),
            "{strange}"
        );
    }

    #[test]
    fn a_few_rows_say_what_chance_does_not() {
        let trained = (curve(10_000, 0.25), Some(TermCounts { all: 100_000, known: 92_000 }));
        let told = |rows: usize, low: f64, known: u64| {
            Drift::of(&trained.0, trained.1, &watched(rows, low, TermCounts { all: 100, known })).is_some()
        };
        // All of 40 rows in two bins of ten; nine of ten terms unknown where it was one in twelve.
        assert_eq!((told(40, 0.85, 92), told(5, 0.25, 10)), (true, true));
        assert_eq!((told(40, 0.25, 92), told(5, 0.25, 92), told(40, 0.25, 100)), (false, false, false));
    }

    #[test]
    fn too_few_rows_of_the_same_kind_say_nothing() {
        let of = |trained: usize, scored: usize| {
            Drift::of(&curve(trained, 0.25), None, &watched(scored, 0.25, TermCounts::default())).is_some()
        };
        // 16.919 (1/n + 1/m) < 0.1: with 15,577 rows of training 172 are enough, with 400 it takes 294.
        assert_eq!([of(15_577, 171), of(15_577, 172)], [false, true]);
        assert_eq!([of(400, 293), of(400, 294)], [false, true]);
        assert!(!of(100, 1_000_000) && !of(0, 0));
    }
}
