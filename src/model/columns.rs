//! From the terms of a text to the columns of a model.

use crate::features::Lookup;
use crate::text::{Family, TermSink};

use super::classifier::Known;

/// Collects the columns of words at once, and the keys of all other terms, which are looked up together.
pub(super) struct Columns<'a> {
    pub(super) table: Lookup<'a, Known>,
    pub(super) known: &'a mut Vec<u32>,
    pub(super) keys: &'a mut Vec<u64>,
}

impl TermSink for Columns<'_> {
    #[inline]
    fn term(&mut self, _: Family, key: u64, _: &dyn Fn() -> String) {
        self.table.ask(key);
        self.keys.push(key);
    }

    #[inline]
    fn word(&mut self, column: u32, _: u64, _: &dyn Fn() -> String) {
        self.table.ask_row(column);
        self.known.push(column);
    }
}
