//! Conditions: copied from the text, where the label needs one and nowhere else. A table without any has none to check.

use super::finding::{Finding, Problem};
use super::sheet::{CheckedRow, Sheet, given};

pub(super) fn check(sheet: &Sheet<'_>) -> Vec<Finding> {
    if sheet.rows.iter().all(|row| given(row.condition).is_none()) {
        return Vec::new();
    }
    sheet.rows.iter().filter_map(|row| problem(sheet, row).map(|problem| row.finding(problem))).collect()
}

fn problem(sheet: &Sheet<'_>, row: &CheckedRow<'_>) -> Option<Problem> {
    let needed = sheet.conditional? == row.label;
    match given(row.condition) {
        None => needed.then_some(Problem::NoCondition),
        Some(condition) if !needed => Some(Problem::UnexpectedCondition {
            label: sheet.label(row.label),
            condition: condition.to_owned(),
        }),
        Some(condition) => (!row.text.contains(condition))
            .then(|| Problem::ForeignCondition { condition: condition.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(condition: Option<&str>, label: usize, conditional: Option<usize>) -> Vec<&'static str> {
        let labels = ["if".to_owned(), "ever".to_owned()];
        let text = "We come if it rains.";
        let other = CheckedRow { text, condition: Some("if it rains"), ..CheckedRow::default() };
        let rows = [CheckedRow { text, label, condition, ..CheckedRow::default() }, other];
        check(&Sheet::new(&rows, &labels, conditional).unwrap()).iter().map(|f| f.problem.name()).collect()
    }

    #[test]
    fn a_condition_stands_in_the_text_of_a_conditional_row() {
        assert_eq!(names(Some("if it rains"), 0, Some(0)), [""; 0]);
        assert_eq!(names(Some("If it rains"), 0, Some(0)), ["foreign_condition"]);
        assert_eq!(names(None, 0, Some(0)), ["no_condition"]);
        assert_eq!(names(Some(" "), 0, Some(0)), ["no_condition"]);
        assert_eq!(names(Some("if it rains"), 1, Some(0)), ["unexpected_condition"]);
        assert_eq!(names(None, 1, Some(0)), [""; 0]);
        assert_eq!(names(Some("snow"), 0, None), [""; 0]);
    }
}
