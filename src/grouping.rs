//! Rows that belong together, merged from several keys: union-find.

use std::collections::BTreeMap;

/// A partition of the rows `0..rows`, at first one part a row.
///
/// Joining is transitive: if a pair joins rows 1 and 2 and a near-duplicate joins 2 and 3, then 1, 2 and 3 are
/// one group, which no split may cut.
///
/// ```
/// use demarche::grouping::Grouping;
///
/// let mut groups = Grouping::new(4);
/// groups.join_equal([Some("a"), Some("a"), None, None]);
/// groups.join(1, 3);
/// assert_eq!(groups.ids(), [0, 0, 1, 0]);
/// ```
#[derive(Clone, Debug)]
pub struct Grouping {
    parent: Vec<usize>,
}

impl Grouping {
    /// Every row in a group of its own.
    #[must_use]
    pub fn new(rows: usize) -> Self {
        Self { parent: (0..rows).collect() }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.parent.len()
    }

    /// Puts the groups of two rows together. True if they were apart; false also if a row does not exist.
    pub fn join(&mut self, a: usize, b: usize) -> bool {
        if a.max(b) >= self.parent.len() {
            return false;
        }
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parent.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
        a != b
    }

    /// Joins all rows with the same key; the keys come in row order, and a row without one is left alone.
    pub fn join_equal<K: Ord>(&mut self, keys: impl IntoIterator<Item = Option<K>>) {
        let mut first = BTreeMap::new();
        for (row, key) in keys.into_iter().enumerate() {
            if let Some(key) = key {
                let with = *first.entry(key).or_insert(row);
                self.join(with, row);
            }
        }
    }

    /// The group of every row, numbered from 0 in the order of their first rows.
    #[must_use]
    pub fn ids(&mut self) -> Vec<usize> {
        let mut numbers = BTreeMap::new();
        (0..self.parent.len())
            .map(|row| {
                let next = numbers.len();
                *numbers.entry(self.root(row)).or_insert(next)
            })
            .collect()
    }

    /// The first row of a row's group; halves the paths it walks.
    fn root(&mut self, mut row: usize) -> usize {
        loop {
            let parent = self.above(row);
            if parent == row {
                return row;
            }
            let grandparent = self.above(parent);
            if let Some(slot) = self.parent.get_mut(row) {
                *slot = grandparent;
            }
            row = grandparent;
        }
    }

    fn above(&self, row: usize) -> usize {
        self.parent.get(row).copied().unwrap_or(row)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn several_keys_merge_into_one_grouping() {
        let mut groups = Grouping::new(6);
        groups.join_equal([Some("x"), None, Some("x"), Some("y"), None, Some("y")]);
        groups.join_equal([None, Some(1), Some(1), None, None, None]);
        assert_eq!(groups.ids(), [0, 0, 0, 1, 2, 1]);
    }

    #[test]
    fn a_row_that_does_not_exist_joins_nothing() {
        let mut groups = Grouping::new(2);
        assert!(!groups.join(0, 2));
        assert!(groups.join(0, 1));
        assert!(!groups.join(1, 0));
    }

    proptest! {
        /// Against the plain definition: repeat until no joined pair has two numbers.
        #[test]
        fn groups_are_the_connected_components(joins in prop::collection::vec((0..12_usize, 0..12_usize), 0..15)) {
            let mut groups = Grouping::new(12);
            let mut plain: Vec<usize> = (0..12).collect();
            for &(a, b) in &joins {
                groups.join(a, b);
                let (from, to) = (plain[a], plain[b]);
                plain.iter_mut().filter(|id| **id == from).for_each(|id| *id = to);
            }
            let ids = groups.ids();
            for a in 0..12 {
                for b in 0..12 {
                    prop_assert_eq!(ids[a] == ids[b], plain[a] == plain[b]);
                }
            }
        }
    }
}
