//! Labels with too few rows to learn from.

use super::finding::{Finding, Problem};
use super::limits::Limits;
use super::sheet::Sheet;

pub(super) fn check(sheet: &Sheet<'_>, limits: &Limits) -> Vec<Finding> {
    let all = sheet.rows.len();
    let rare = |(class, label): (usize, &String)| {
        let rows = sheet.rows.iter().filter(|row| row.label == class).count();
        let share = rows as f64 / all as f64;
        let problem = Problem::RareLabel { label: label.clone(), rows, share };
        (share < limits.label_share).then_some(Finding { at: None, problem })
    };
    sheet.labels.iter().enumerate().filter_map(rare).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sheet::CheckedRow;
    use super::*;

    #[test]
    fn a_label_below_its_share_is_found_even_without_a_row() {
        let mut rows = vec![CheckedRow::default(); 20];
        rows[3].label = 1;
        let labels = ["many", "some", "no"].map(str::to_owned);
        let found = |share| -> Vec<String> {
            let limits = Limits { label_share: share, ..Limits::default() };
            check(&Sheet::new(&rows, &labels, None).unwrap(), &limits)
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(found(0.05), ["only 0 rows, 0.0 %, are no"]);
        assert_eq!(found(0.06), ["only 1 rows, 5.0 %, are some", "only 0 rows, 0.0 %, are no"]);
    }
}
