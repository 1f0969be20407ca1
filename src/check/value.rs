//! Columns with few values, and dates: a typo in one would hide its row.

use super::finding::{Finding, Problem};
use super::sheet::{CheckedRow, given};
use crate::day::day;

const CHANNELS: &[&str] = &["direct", "indirect"];
const SPLITS: &[&str] = &["train", "test"];

pub(super) fn check(rows: &[CheckedRow<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for row in rows {
        for (column, value, known) in [("channel", row.channel, CHANNELS), ("split", row.split, SPLITS)] {
            if let Some(value) = given(value).filter(|value| !known.contains(value)) {
                let value = value.to_owned();
                found.push(row.finding(Problem::UnknownValue { column, value, known }));
            }
        }
        if let Some(date) = given(row.date).filter(|date| day(date).is_none()) {
            found.push(row.finding(Problem::NoDate { date: date.to_owned() }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        let found = |date| check(&[CheckedRow { date: Some(date), ..CheckedRow::default() }]);
        assert_eq!((found(""), found("2012-02-29"), found("2012-02-29T09:00")), (vec![], vec![], vec![]));
        for date in ["1.2.2012", "02/03/2011", "2012-02-31"] {
            let told: Vec<String> = found(date).iter().map(|f| f.problem.to_string()).collect();
            assert_eq!(told, [format!("the date {date:?} is no day written YYYY-MM-DD")]);
        }
    }

    #[test]
    fn only_known_values_and_empty_ones_pass() {
        let row = |channel, split| CheckedRow { split, channel, ..CheckedRow::default() };
        let rows = [
            row(Some("direct"), Some("test")),
            row(Some(""), None),
            row(Some("Direct"), Some("dev")),
            row(Some("indirect"), Some("train")),
        ];
        let found: Vec<String> = check(&rows).iter().map(|f| f.problem.to_string()).collect();
        assert_eq!(
            found,
            [
                "the channel \"Direct\" is none of direct, indirect",
                "the split \"dev\" is none of train, test"
            ]
        );
    }
}
