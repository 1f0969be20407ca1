//! The figures of an evaluation as plain data: `eval` computes them, a model's header keeps them, reports show them.

use serde::{Deserialize, Serialize};

/// A figure and its 95 % bootstrap interval: the 2.5th and 97.5th percentile of the replicates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The figure on the rows as they are.
    pub estimate: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What one label reaches. Where a denominator is 0 the figure is 0, as in scikit-learn with `zero_division=0`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelFigures {
    /// tp / (tp + fp), from 0 to 1: how many of the rows given this label have it.
    pub precision: f64,
    /// tp / (tp + fn), from 0 to 1: how many of the rows with this label were given it.
    pub recall: f64,
    /// 2 tp / (2 tp + fp + fn), from 0 to 1: the harmonic mean of precision and recall.
    pub f1: f64,
    /// Rows with this label in truth.
    pub support: u64,
    /// Rows given this label.
    pub predicted: u64,
}

impl LabelFigures {
    /// Precision, recall and F1; none where the denominator is 0.
    #[must_use]
    pub fn defined(&self) -> [Option<f64>; 3] {
        let (support, predicted) = (self.support > 0, self.predicted > 0);
        [
            predicted.then_some(self.precision),
            support.then_some(self.recall),
            (support || predicted).then_some(self.f1),
        ]
    }
}

/// The rows whose confidence, the probability of the predicted class, lies in `(low, high]`; the first bin holds 0
/// too.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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

/// How far probabilities are off that no temperature has made fit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uncalibrated {
    /// Expected calibration error.
    pub ece: f64,
    /// Brier's score, from 0 to 2.
    pub brier: f64,
}

/// How many of some rows or pairs are right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassRate {
    /// The rows or pairs.
    pub of: usize,
    /// Those that are right; a pair is right if both its rows are.
    pub right: usize,
    /// right / of, drawn by group.
    pub rate: Interval,
}

/// The rows of one hard case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseRate {
    /// The case's number or name in the codebook.
    pub case: String,
    /// Its rows with the right label.
    pub pass: PassRate,
}

/// What a rule reaches that needs no training, or next to none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// What it does.
    pub name: String,
    /// From 0 to 1.
    pub macro_f1: f64,
    /// From 0 to 1.
    pub accuracy: f64,
}

/// What is left after abstention, and how good that is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Abstained {
    /// The precision that was asked for.
    pub wanted: f64,
    /// All rows.
    pub rows: usize,
    /// Rows that got a label / all rows, from 0 to 1.
    pub coverage: Interval,
    /// Rows that got the right label / rows that got one, from 0 to 1.
    pub precision: Interval,
    /// In label order: rows that got the label, and those of them that have it.
    pub labels: Vec<(usize, usize)>,
}

/// All figures of one classifier on labelled rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The rows tested.
    pub rows: usize,
    /// The groups they fall into, by which intervals are drawn.
    pub groups: usize,
    /// The names of the labels.
    pub labels: Vec<String>,
    /// In label order.
    pub by_label: Vec<LabelFigures>,
    /// Rows by true label (rows) and predicted label (columns).
    pub confusion: Vec<Vec<u64>>,
    /// The unweighted mean of the labels' F1.
    pub macro_f1: Interval,
    /// The share of rows with the right label.
    pub accuracy: Interval,
    /// Expected calibration error.
    pub ece: f64,
    /// Brier's score, from 0 to 2.
    pub brier: f64,
    /// Both before calibration; none if nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncalibrated: Option<Uncalibrated>,
    /// The bins behind the calibration error.
    pub bins: Vec<Bin>,
    /// What simple rules reach on the same rows.
    pub baselines: Vec<Baseline>,
    /// The rows with a hard case; empty if none has one.
    pub cases: Vec<CaseRate>,
    /// The minimal pairs of which both rows were tested; none if there is none.
    pub pairs: Option<PassRate>,
    /// What abstention leaves, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abstained: Option<Abstained>,
}

/// Groups from which on an interval is no guess.
const FEW_GROUPS: usize = 10;

impl Figures {
    /// What is to be said of intervals from few groups.
    #[must_use]
    pub fn caution(&self) -> Option<String> {
        match self.groups {
            0 => None,
            1 => Some("all rows are in one group: there are no intervals".to_owned()),
            few if few < FEW_GROUPS => Some(format!("intervals from {few} groups say little")),
            _ => None,
        }
    }

    /// The figures to six decimals, which a file gives back to the bit.
    #[must_use]
    pub fn rounded(mut self) -> Self {
        for label in &mut self.by_label {
            for value in [&mut label.precision, &mut label.recall, &mut label.f1] {
                *value = to_millionths(*value);
            }
        }
        for bin in &mut self.bins {
            for value in [&mut bin.low, &mut bin.high, &mut bin.confidence, &mut bin.accuracy] {
                *value = to_millionths(*value);
            }
        }
        for baseline in &mut self.baselines {
            baseline.macro_f1 = to_millionths(baseline.macro_f1);
            baseline.accuracy = to_millionths(baseline.accuracy);
        }
        let rates = self.cases.iter_mut().map(|case| &mut case.pass).chain(&mut self.pairs);
        let kept = self.abstained.iter_mut().flat_map(|a| [&mut a.coverage, &mut a.precision]);
        let intervals = rates.map(|pass| &mut pass.rate).chain(kept);
        for interval in intervals.chain([&mut self.macro_f1, &mut self.accuracy]) {
            *interval = interval.rounded();
        }
        self.ece = to_millionths(self.ece);
        self.brier = to_millionths(self.brier);
        if let Some(Uncalibrated { ece, brier }) = &mut self.uncalibrated {
            (*ece, *brier) = (to_millionths(*ece), to_millionths(*brier));
        }
        self
    }
}

impl Interval {
    /// Its two ends; none where they are one. That is no certainty: all draws are alike where there is one group, or where
    /// all rows are right, or all wrong.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        (self.low < self.high).then_some((self.low, self.high))
    }

    fn rounded(self) -> Self {
        Self {
            estimate: to_millionths(self.estimate),
            low: to_millionths(self.low),
            high: to_millionths(self.high),
        }
    }
}

fn to_millionths(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The steps in which [`ScoreCurve`] counts.
const STEPS: usize = 100;

/// How often each label was right, by the hundredth of its probability, on rows that the model had not seen. From it,
/// thresholds for any wanted precision can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreCurve {
    /// In label order: 101 counts of rows predicted to have the label, by the hundredths of its probability, cut.
    pub given: Vec<Vec<usize>>,
    /// Those of them that have it.
    pub right: Vec<Vec<usize>>,
}

impl ScoreCurve {
    /// Counts predicted classes with their probabilities.
    #[must_use]
    pub fn of(classes: usize, predictions: impl IntoIterator<Item = Prediction>) -> Self {
        let mut curve =
            Self { given: vec![vec![0; STEPS + 1]; classes], right: vec![vec![0; STEPS + 1]; classes] };
        for Prediction { class, score, right } in predictions {
            let step = step(score);
            let add = |table: &mut Vec<Vec<usize>>, rows: usize| {
                if let Some(count) = table.get_mut(class).and_then(|counts| counts.get_mut(step)) {
                    *count += rows;
                }
            };
            add(&mut curve.given, 1);
            add(&mut curve.right, usize::from(right));
        }
        curve
    }

    /// Rows by the hundredths of the probability of their most probable label, cut: 101 counts.
    #[must_use]
    pub fn scores(&self) -> Vec<u64> {
        let at = |step: usize| self.given.iter().filter_map(|counts| counts.get(step)).sum::<usize>() as u64;
        (0..=STEPS).map(at).collect()
    }

    /// For one class, from the highest score down: a score, the rows given the class with at least that score, and
    /// those of them that have it.
    pub fn descending(&self, class: usize) -> impl Iterator<Item = (f64, usize, usize)> {
        let given = self.given.get(class).map_or(&[][..], Vec::as_slice);
        let right = self.right.get(class).map_or(&[][..], Vec::as_slice);
        let sums = given.iter().zip(right).enumerate().rev().scan((0, 0), |sum, (step, (g, r))| {
            *sum = (sum.0 + g, sum.1 + r);
            Some((step as f64 / STEPS as f64, *g, *sum))
        });
        sums.filter(|(_, here, _)| *here > 0).map(|(score, _, (given, right))| (score, given, right))
    }
}

/// Terms of texts, and those of them that a vocabulary has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermCounts {
    /// All terms, as often as they occur.
    pub all: u64,
    /// Those in the vocabulary.
    pub known: u64,
}

impl TermCounts {
    /// The share of terms that the vocabulary does not have, from 0 to 1; 0 of no terms.
    #[must_use]
    pub fn unseen(&self) -> f64 {
        if self.all == 0 { 0.0 } else { (self.all - self.known.min(self.all)) as f64 / self.all as f64 }
    }

    /// Adds other counts.
    pub const fn add(&mut self, other: Self) {
        self.all += other.all;
        self.known += other.known;
    }
}

/// What is counted while texts are scored, to be compared with training.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// Texts by the hundredths of the probability of their most probable label, cut: 101 counts, or none.
    pub scores: Vec<u64>,
    /// Their terms.
    pub terms: TermCounts,
}

impl Watched {
    /// Counts a text whose most probable label has the probability `score`.
    pub fn note(&mut self, score: f64, terms: TermCounts) {
        self.scores.resize(STEPS + 1, 0);
        if let Some(count) = self.scores.get_mut(step(score)) {
            *count += 1;
        }
        self.terms.add(terms);
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        self.scores.resize(self.scores.len().max(other.scores.len()), 0);
        for (sum, count) in self.scores.iter_mut().zip(&other.scores) {
            *sum += count;
        }
        self.terms.add(other.terms);
    }
}

/// The hundredths of a probability, cut; what is one but for rounding counts as one.
fn step(score: f64) -> usize {
    (score.clamp(0.0, 1.0) * STEPS as f64 + 1e-9).floor() as usize
}

/// One row's predicted class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The class.
    pub class: usize,
    /// Its probability.
    pub score: f64,
    /// True if the row has it.
    pub right: bool,
}

/// The thresholds that a model abstains by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredThresholds {
    /// The precision that they were chosen for.
    pub precision: f64,
    /// In label order: the smallest probability with which the label is given; none if it is never given.
    pub labels: Vec<Option<f64>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_that_are_one_are_no_interval() {
        let interval = |low, high| Interval { estimate: 0.5, low, high }.ends();
        assert_eq!((interval(0.4, 0.6), interval(0.5, 0.5)), (Some((0.4, 0.6)), None));
        assert_eq!(interval(f64::NAN, f64::NAN), None);
    }

    #[test]
    fn a_curve_sums_from_the_highest_score_down() {
        let row = |class, score, right| Prediction { class, score, right };
        let rows = [
            row(0, 0.9, true),
            row(0, 0.909, false),
            row(1, 1.0, true),
            row(0, 0.29, true),
            row(7, 0.5, true),
        ];
        let curve = ScoreCurve::of(2, rows);
        let points: Vec<_> = curve.descending(0).collect();
        assert_eq!(points, [(0.9, 2, 1), (0.29, 3, 2)]);
        assert_eq!(curve.descending(1).collect::<Vec<_>>(), [(1.0, 1, 1)]);
        assert_eq!(curve.descending(5).count(), 0);
    }
}
