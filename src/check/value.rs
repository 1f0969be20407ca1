//! Columns with few values: a typo in one would hide its row.

use super::finding::{Finding, Problem};
use super::sheet::{CheckedRow, given};

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
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

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
