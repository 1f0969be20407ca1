//! The rows that are checked, and all checks in their order.

use super::finding::{Finding, Place, Problem};
use super::limits::Limits;
use super::{balance, condition, duplicate, encoding, id, leakage, name, opening, pair, size, value};
use crate::shape::ShapeError;
use crate::text::near_duplicate::NearDuplicates;

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

    /// Every check that needs no model: first what is wrong with single rows, then with rows beside others, then
    /// with the whole; each in row order.
    ///
    /// ```
    /// use demarche::check::{CheckedRow, Limits, Sheet};
    ///
    /// let labels = ["yes".to_owned(), "no".to_owned()];
    /// let rows = [
    ///     CheckedRow { line: 2, id: "a", text: "We will come.", label: 0, ..CheckedRow::default() },
    ///     CheckedRow { line: 3, id: "b", text: "we will come.", label: 1, ..CheckedRow::default() },
    /// ];
    /// let findings = Sheet::new(&rows, &labels, None)?.check(&Limits::default());
    /// assert_eq!(findings[0].to_string(), "line 3 (b): labelled no, but the same text is yes at line 2 (a)");
    /// # Ok::<(), demarche::shape::ShapeError>(())
    /// ```
    #[must_use]
    pub fn check(&self, limits: &Limits) -> Vec<Finding> {
        let texts: Vec<&str> = self.rows.iter().map(|row| row.text).collect();
        let near = NearDuplicates::new(&texts, limits.shared_trigrams);
        [
            id::check(self.rows),
            value::check(self.rows),
            size::check(self.rows, limits),
            encoding::check(self.rows),
            condition::check(self),
            duplicate::check(self, &near),
            pair::check(self),
            leakage::check(self.rows, &near),
            balance::check(self, limits),
            name::check(self, limits),
            opening::check(self.rows, limits),
        ]
        .concat()
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
        let joint = super::ConfidentJoint::of(&self.classes(), probabilities, self.labels.len())?;
        let finding = |error: super::LabelError| {
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
    use proptest::prelude::*;

    use super::*;

    fn labels() -> [String; 2] {
        ["yes", "no"].map(str::to_owned)
    }

    #[test]
    fn clean_rows_give_no_finding() {
        let row = |line, text, label| CheckedRow { line, text, label, ..CheckedRow::default() };
        let rows = [row(2, "Our chair is still empty.", 0), row(3, "They may keep their chair.", 1)];
        assert_eq!(Sheet::new(&rows, &labels(), None).unwrap().check(&Limits::default()), []);
    }

    #[test]
    fn the_usual_limits_are_those_of_the_corpus() {
        let long = |words: usize, letters: usize| {
            format!("{} x", format!("{:x<letters$}", "a") + &" é".repeat(words - 2))
        };
        let names = |texts: &[String]| -> Vec<&'static str> {
            let rows: Vec<CheckedRow<'_>> =
                texts.iter().map(|text| CheckedRow { text, ..CheckedRow::default() }).collect();
            let sheet = Sheet::new(&rows, &labels()[..1], None).map(|sheet| sheet.check(&Limits::default()));
            sheet.unwrap().iter().map(|finding| finding.problem.name()).collect()
        };
        assert_eq!(names(&[long(200, 1)]), [""; 0]);
        assert_eq!(names(&[long(201, 1)]), ["huge"]);
        assert_eq!(names(&[long(2, 1_998)]), [""; 0]);
        assert_eq!(names(&[long(2, 1_999)]), ["huge"]);
        // Five of a thousand begin alike, and six.
        let opening = |alike: usize| -> Vec<String> {
            (0..1_000)
                .map(|i| if i < alike { format!("we are not so x{i} y{i}") } else { format!("x{i}") })
                .collect()
        };
        assert_eq!(names(&opening(5)), [""; 0]);
        assert_eq!(names(&opening(6)), ["opening"]);
        let limits = Limits::default();
        assert_eq!((limits.name_rows, limits.opening_rows), (10, 5));
        assert!((limits.name_bits - 1.0).abs() < 1e-12 && (limits.label_share - 0.05).abs() < 1e-12);
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

    #[test]
    fn a_finding_is_flat_in_json() {
        let rows = [CheckedRow { line: 7, id: "r", text: "!", ..CheckedRow::default() }];
        let labels = ["yes".to_owned()];
        let found = Sheet::new(&rows, &labels, None).unwrap().check(&Limits::default());
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(json, r#"[{"at":{"line":7,"id":"r"},"problem":"empty"}]"#);
    }

    proptest! {
        #[test]
        fn any_text_can_be_checked(
            rows in prop::collection::vec((".{0,40}", 0..2_usize, ".{0,3}", ".{0,3}", ".{0,3}"), 0..12),
        ) {
            let rows: Vec<CheckedRow<'_>> = rows
                .iter()
                .enumerate()
                .map(|(line, (text, label, condition, key, split))| CheckedRow {
                    line,
                    id: key,
                    text,
                    label: *label,
                    condition: Some(condition),
                    pair: Some(key),
                    group: Some(key),
                    split: Some(split),
                    channel: Some(split),
                    ..CheckedRow::default()
                })
                .collect();
            let labels = labels();
            let sheet = Sheet::new(&rows, &labels, Some(0)).unwrap();
            let found = sheet.check(&Limits { name_rows: 0, opening_rows: 0, ..Limits::default() });
            for finding in &found {
                let json = serde_json::to_value(finding).unwrap();
                prop_assert_eq!(&json["problem"], finding.problem.name());
                prop_assert!(!finding.to_string().is_empty());
            }
            prop_assert_eq!(found, sheet.check(&Limits { name_rows: 0, opening_rows: 0, ..Limits::default() }));
        }
    }
}
