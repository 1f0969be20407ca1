//! The texts of a fit as the numbers of their terms.

use crate::features::{SparseRows, TfIdf};

/// The column of a term that is left out.
pub(super) const NO_COLUMN: u32 = u32::MAX;

/// The terms of many texts by their numbers, one text behind the other, with repeats and in text order.
#[derive(Clone, Debug, Default)]
pub(super) struct Documents {
    pub(super) terms: Vec<u32>,
    /// Where each text ends in `terms`.
    pub(super) ends: Vec<usize>,
}

impl Documents {
    /// The terms of text `row`; none beyond the last.
    pub(super) fn get(&self, row: usize) -> &[u32] {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|&end| self.terms.get(start..end)).unwrap_or_default()
    }

    /// The texts numbered `rows`.
    pub(super) fn select(&self, rows: &[usize]) -> Self {
        let mut selected = Self::default();
        for &row in rows {
            selected.terms.extend_from_slice(self.get(row));
            selected.ends.push(selected.terms.len());
        }
        selected
    }

    /// The texts as rows, of the terms that have a column.
    pub(super) fn weighed(mut self, tfidf: &TfIdf, columns: &[u32]) -> SparseRows {
        let (mut start, mut kept) = (0, 0);
        for end in &mut self.ends {
            for place in start..*end {
                let term = self.terms.get(place).copied().unwrap_or(NO_COLUMN);
                let column = columns.get(term as usize).copied().unwrap_or(NO_COLUMN);
                if let Some(to) = self.terms.get_mut(kept) {
                    *to = column;
                }
                kept += usize::from(column != NO_COLUMN);
            }
            start = std::mem::replace(end, kept);
        }
        self.terms.truncate(kept);
        tfidf.rows(self.terms, self.ends)
    }

    /// In how many of `documents`, which are lists of rows, each of `count` terms is.
    pub(super) fn frequencies<'r>(
        &self,
        count: usize,
        documents: impl Iterator<Item = &'r [usize]>,
    ) -> Vec<u32> {
        // 1 + the document in which a term was seen last, and the number of documents with it.
        let mut seen = vec![(0_u32, 0_u32); count];
        for (number, rows) in (1..).zip(documents) {
            for &row in rows {
                for &id in self.get(row) {
                    if let Some((last, df)) = seen.get_mut(id as usize)
                        && *last != number
                    {
                        *last = number;
                        *df += 1;
                    }
                }
            }
        }
        seen.into_iter().map(|(_, df)| df).collect()
    }
}
