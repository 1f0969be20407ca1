//! From the terms of a text to the columns of a model.

use bytemuck::{Pod, Zeroable};

use crate::features::{Column, Keyed, Lookup};
use crate::text::{Family, TermSink};

/// What scoring needs to know of a term.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C, align(32))]
pub(super) struct Known {
    key: u64,
    pub(super) column: Column,
    /// The weights of the first labels; all that stance models have.
    pub(super) weights: [f32; LABELS],
}

/// Labels whose weights stand in the table.
pub(super) const LABELS: usize = 4;

impl Known {
    /// A term with its weights, one a label; those of the first labels are kept.
    #[inline]
    pub(super) fn new<T: Copy>(key: u64, column: Column, weights: &[T], float: impl Fn(T) -> f32) -> Self {
        let first = |weights: &[T]| {
            let mut first = [0.0; LABELS];
            first.iter_mut().zip(weights).for_each(|(to, &from)| *to = float(from));
            first
        };
        // As many as stance models have are moved at once.
        let weights = <[T; LABELS]>::try_from(weights).map_or_else(|_| first(weights), |all| all.map(&float));
        Self { key, column, weights }
    }
}

impl Keyed for Known {
    #[inline]
    fn key(&self) -> u64 {
        self.key
    }
}

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
