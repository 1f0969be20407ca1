//! From the terms of a text to the columns of a model.

use crate::features::ABSENT;
use crate::text::{Family, TermSink};

/// Collects the columns of terms: of words at once, of all others the keys, which are looked up together.
pub(super) struct Columns<'a> {
    pub(super) columns: &'a mut Vec<u32>,
    pub(super) keys: &'a mut Vec<u64>,
}

/// Stands for a column that is looked up later.
const ASKED: u32 = ABSENT - 1;

impl TermSink for Columns<'_> {
    #[inline]
    fn term(&mut self, _: Family, key: u64, _: &dyn Fn() -> String) {
        self.keys.push(key);
        self.columns.push(ASKED);
    }

    #[inline]
    fn word(&mut self, column: u32, _: u64, _: &dyn Fn() -> String) {
        self.columns.push(column);
    }
}

/// Fills in the columns that were looked up, and leaves out what has none.
pub(super) fn fill(columns: &mut Vec<u32>, found: &[u32]) {
    let mut found = found.iter();
    let mut kept = 0;
    for i in 0..columns.len() {
        let Some(&column) = columns.get(i) else { break };
        let column = if column == ASKED { found.next().copied().unwrap_or(ABSENT) } else { column };
        columns.get_mut(kept).into_iter().for_each(|to| *to = column);
        kept += usize::from(column != ABSENT);
    }
    columns.truncate(kept);
}
