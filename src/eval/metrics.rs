//! Confusion matrix, precision, recall, F1, accuracy.

use serde::Serialize;

use crate::figures::LabelFigures;
use crate::shape::{ShapeError, check_classes, check_labels, check_length};

/// Counts of rows by true class (rows) and predicted class (columns).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    classes: usize,
    counts: Vec<u64>,
}

impl Confusion {
    /// A table of zeros.
    ///
    /// # Errors
    /// If `classes` is above [`crate::shape::MAX_CLASSES`].
    pub fn empty(classes: usize) -> Result<Self, ShapeError> {
        check_classes(classes)?;
        Ok(Self { classes, counts: vec![0; classes * classes] })
    }

    /// Counts the rows.
    ///
    /// # Errors
    /// If the columns differ in length or a class is not below `classes`.
    pub fn of(truth: &[usize], predicted: &[usize], classes: usize) -> Result<Self, ShapeError> {
        let mut table = Self::empty(classes)?;
        check_length("predicted", truth.len(), predicted.len())?;
        check_labels("truth", truth, classes)?;
        check_labels("predicted", predicted, classes)?;
        for (&t, &p) in truth.iter().zip(predicted) {
            table.add(t * classes + p, 1);
        }
        Ok(table)
    }

    /// Adds rows to a cell, counted row by row; a cell outside the table is ignored.
    pub(super) fn add(&mut self, cell: usize, rows: u64) {
        if let Some(count) = self.counts.get_mut(cell) {
            *count += rows;
        }
    }

    /// The number of classes.
    #[must_use]
    pub const fn classes(&self) -> usize {
        self.classes
    }

    /// The rows of class `truth` that were given class `predicted`; 0 outside the table.
    #[must_use]
    pub fn count(&self, truth: usize, predicted: usize) -> u64 {
        let inside = truth.max(predicted) < self.classes;
        if inside { self.counts.get(truth * self.classes + predicted).copied().unwrap_or(0) } else { 0 }
    }

    /// The table, one slice a true class.
    pub fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.counts.chunks(self.classes.max(1))
    }

    /// The number of rows counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The rows whose predicted class is the true one.
    #[must_use]
    pub fn correct(&self) -> u64 {
        self.counts.iter().step_by(self.classes + 1).sum()
    }

    /// Correct rows / all rows, from 0 to 1; 0 of no rows.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        ratio(self.correct(), self.total())
    }

    /// The figures of one label.
    #[must_use]
    pub fn label(&self, class: usize) -> LabelFigures {
        let hits = self.count(class, class);
        let support = (0..self.classes).map(|p| self.count(class, p)).sum();
        let predicted = (0..self.classes).map(|t| self.count(t, class)).sum();
        LabelFigures {
            precision: ratio(hits, predicted),
            recall: ratio(hits, support),
            f1: ratio(2 * hits, support + predicted),
            support,
            predicted,
        }
    }

    /// The figures of every label, in class order.
    #[must_use]
    pub fn labels(&self) -> Vec<LabelFigures> {
        (0..self.classes).map(|class| self.label(class)).collect()
    }

    /// The unweighted mean of the labels' F1, from 0 to 1, over the labels that occur in truth or prediction: what
    /// scikit-learn's `f1_score(…, average="macro")` gives.
    #[must_use]
    pub fn macro_f1(&self) -> f64 {
        let mut sum = 0.0;
        let mut occurring = 0_u32;
        for class in 0..self.classes {
            let figures = self.label(class);
            if figures.support + figures.predicted > 0 {
                sum += figures.f1;
                occurring += 1;
            }
        }
        if occurring == 0 { 0.0 } else { sum / f64::from(occurring) }
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The most frequent class, the first of equals; `None` of no rows.
///
/// # Errors
/// If a class is not below `classes`.
pub fn majority_class(labels: &[usize], classes: usize) -> Result<Option<usize>, ShapeError> {
    let table = Confusion::of(labels, labels, classes)?;
    let most = (0..classes).rev().max_by_key(|&class| table.count(class, class));
    Ok(most.filter(|_| !labels.is_empty()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    /// Class 0: 4 right, 1 seen as 1, 2 as 2. Class 1: 1 right, 2 seen as 0. Class 2: never predicted right,
    /// 1 seen as 0. By hand: predicted 7, 2, 2; support 7, 3, 1.
    fn asymmetric() -> Confusion {
        let truth = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
        let predicted = [0, 0, 0, 0, 1, 2, 2, 1, 0, 0, 0];
        Confusion::of(&truth, &predicted, 3).unwrap()
    }

    #[test]
    fn rows_are_truth_and_columns_are_predictions() {
        let table = asymmetric();
        assert_eq!(table.rows().collect::<Vec<_>>(), [[4, 1, 2], [2, 1, 0], [1, 0, 0]]);
        assert_eq!((table.total(), table.correct()), (11, 5));
        assert_eq!(table.count(0, 2), 2);
        assert_eq!(table.count(0, 3), 0);
    }

    #[test]
    fn figures_equal_those_worked_by_hand() {
        let table = asymmetric();
        let [first, second, third] = table.labels().try_into().unwrap();
        close(first.precision, 4.0 / 7.0);
        close(first.recall, 4.0 / 7.0);
        close(second.precision, 1.0 / 2.0);
        close(second.recall, 1.0 / 3.0);
        close(second.f1, 2.0 / 5.0);
        close(third.precision, 0.0);
        close(third.recall, 0.0);
        close(third.f1, 0.0);
        assert_eq!((second.support, second.predicted), (3, 2));
        close(table.macro_f1(), (4.0 / 7.0 + 0.4) / 3.0);
        close(table.accuracy(), 5.0 / 11.0);
    }

    #[test]
    fn a_label_that_never_occurs_is_left_out_of_the_mean_but_one_that_is_only_missed_is_not() {
        close(Confusion::of(&[0, 0, 1], &[0, 0, 1], 4).unwrap().macro_f1(), 1.0);
        close(Confusion::of(&[0, 1], &[0, 0], 2).unwrap().macro_f1(), (2.0 / 3.0) / 2.0);
        close(Confusion::empty(3).unwrap().macro_f1(), 0.0);
    }

    #[test]
    fn the_majority_is_the_first_of_equals() {
        assert_eq!(majority_class(&[2, 1, 1, 2], 3), Ok(Some(1)));
        assert_eq!(majority_class(&[], 3), Ok(None));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert!(Confusion::of(&[0], &[0, 1], 2).is_err());
        assert!(Confusion::of(&[0], &[2], 2).is_err());
        assert!(Confusion::empty(usize::MAX).is_err());
        assert_eq!(Confusion::empty(0).unwrap().rows().count(), 0);
    }

    proptest! {
        #[test]
        fn f1_lies_between_precision_and_recall(rows in prop::collection::vec((0..4_usize, 0..4_usize), 1..60)) {
            let (truth, predicted): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            for figures in Confusion::of(&truth, &predicted, 4).unwrap().labels() {
                prop_assert!(figures.f1 >= figures.precision.min(figures.recall) - 1e-12);
                prop_assert!(figures.f1 <= figures.precision.max(figures.recall) + 1e-12);
            }
        }
    }
}
