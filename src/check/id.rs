//! Ids that two rows have: annotations could not be told apart.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::finding::{Finding, Problem};
use super::sheet::CheckedRow;

pub(super) fn check(rows: &[CheckedRow<'_>]) -> Vec<Finding> {
    let mut first_with: BTreeMap<&str, &CheckedRow<'_>> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| !row.id.is_empty()) {
        match first_with.entry(row.id) {
            Entry::Vacant(entry) => drop(entry.insert(row)),
            Entry::Occupied(entry) => {
                found.push(row.finding(Problem::DuplicateId { first: entry.get().place() }));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_repeat_names_the_first() {
        let row = |line, id| CheckedRow { line, id, ..CheckedRow::default() };
        let rows = [row(2, "a"), row(3, "b"), row(4, "a"), row(5, ""), row(6, ""), row(7, "a")];
        let found: Vec<String> = check(&rows).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["line 4 (a): the same id as line 2", "line 7 (a): the same id as line 2"]);
    }
}
