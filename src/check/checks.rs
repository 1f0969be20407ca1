//! All checks in their order.

use super::finding::Finding;
use super::limits::Limits;
use super::sheet::Sheet;
use super::{balance, condition, duplicate, encoding, id, leakage, name, opening, pair, size, value};
use crate::text::near_duplicate::NearDuplicates;

impl Sheet<'_> {
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
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::check::CheckedRow;

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
