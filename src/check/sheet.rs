//! The rows that are checked.

use super::finding::{Finding, Place, Problem};
use super::label_error::{ConfidentJoint, LabelError};
use crate::shape::ShapeError;

/// A labelled row. Optional columns that are empty count as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedRow<'a> {
    /// The line in its file, as its reader counts.
    pub line: usize,
    /// The row's id.
    pub id: &'a str,
    /// The statement.
    pub text: &'a str,
    /// The label's index.
    pub label: usize,
    /// The words that the statement's willingness is tied to.
    pub condition: Option<&'a str>,
    /// The id of a pair that differs in a few words and in the label.
    pub pair: Option<&'a str>,
    /// What must not be split.
    pub group: Option<&'a str>,
    /// The part of the corpus (`train`, `test`).
    pub split: Option<&'a str>,
    /// `direct`, `indirect`, or none where the statement does not say.
    pub channel: Option<&'a str>,
    /// How the statement is given: direct, reported, narrative or mixed.
    pub kind: Option<&'a str>,
    /// What it is about.
    pub topic: Option<&'a str>,
    /// The hard case of the codebook.
    pub case: Option<&'a str>,
    /// When it was said.
    pub date: Option<&'a str>,
}

impl CheckedRow<'_> {
    pub(super) fn place(&self) -> Place {
        Place { line: self.line, id: self.id.to_owned() }
    }

    pub(super) fn finding(&self, problem: Problem) -> Finding {
        Finding { at: Some(self.place()), problem }
    }
}

/// The column's value, unless it is empty.
pub(super) fn given(column: Option<&str>) -> Option<&str> {
    column.map(str::trim).filter(|value| !value.is_empty())
}

/// Rows under one set of labels.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    pub(super) rows: &'a [CheckedRow<'a>],
    pub(super) labels: &'a [String],
    pub(super) conditional: Option<usize>,
}

impl<'a> Sheet<'a> {
    /// Takes the rows, the names of their labels, and the label that needs a condition, if there is one.
    ///
    /// # Errors
    /// [`ShapeError::Class`] if a row's label has no name.
    pub fn new(
        rows: &'a [CheckedRow<'a>],
        labels: &'a [String],
        conditional: Option<usize>,
    ) -> Result<Self, ShapeError> {
        match rows.iter().enumerate().find(|(_, row)| row.label >= labels.len()) {
            Some((row, wrong)) => {
                Err(ShapeError::Class { what: "label", row, class: wrong.label, classes: labels.len() })
            }
            None => Ok(Self { rows, labels, conditional }),
        }
    }

    /// The name of a label.
    pub(super) fn label(&self, class: usize) -> String {
        self.labels.get(class).cloned().unwrap_or_default()
    }

    /// The rows' label indices.
    pub(super) fn classes(&self) -> Vec<usize> {
        self.rows.iter().map(|row| row.label).collect()
    }

    /// Likely label errors by confident learning on out-of-fold probabilities, one row of them a row, the least
    /// likely label first.
    ///
    /// # Errors
    /// If the probabilities do not fit the rows or labels.
    pub fn label_errors<P: AsRef<[f64]>>(&self, probabilities: &[P]) -> Result<Vec<Finding>, ShapeError> {
        let joint = ConfidentJoint::of(&self.classes(), probabilities, self.labels.len())?;
        let finding = |error: LabelError| {
            let row = self.rows.get(error.row)?;
            Some(row.finding(Problem::LikelyLabelError {
                label: self.label(error.given),
                probability: error.probability,
                suggested: self.label(error.suggested),
                suggested_probability: error.suggested_probability,
            }))
        };
        Ok(joint.errors.into_iter().filter_map(finding).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> [String; 2] {
        ["yes", "no"].map(str::to_owned)
    }

    #[test]
    fn a_label_without_a_name_is_refused() {
        let rows = [CheckedRow::default(), CheckedRow { label: 2, ..CheckedRow::default() }];
        let error = Sheet::new(&rows, &labels(), None).unwrap_err();
        assert_eq!(error, ShapeError::Class { what: "label", row: 1, class: 2, classes: 2 });
    }

    #[test]
    fn likely_label_errors_are_said_with_names_and_probabilities() {
        let row = |line, label| CheckedRow { line, id: "r", label, ..CheckedRow::default() };
        let rows = [row(2, 0), row(3, 0), row(4, 1)];
        let labels = labels();
        let sheet = Sheet::new(&rows, &labels, None).unwrap();
        let found = sheet.label_errors(&[[0.9, 0.1], [0.2, 0.8], [0.3, 0.7]]).unwrap();
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["line 3 (r): labelled yes (out-of-fold probability 0.20), more likely no (0.80)"]
        );
        assert!(sheet.label_errors(&[[0.5, 0.5]]).is_err());
    }
}
