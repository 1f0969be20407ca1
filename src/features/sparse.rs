//! Sparse rows in compressed form (CSR).

/// One row: column numbers, each once, and a value for each.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Column numbers.
    pub columns: &'a [u32],
    /// The value in each of them.
    pub values: &'a [f32],
}

impl Row<'_> {
    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f32)> {
        self.columns.iter().zip(self.values).map(|(&c, &v)| (c as usize, v))
    }
}

/// Rows × columns, of which only the entries that are not zero are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseRows {
    ends: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    width: usize,
}

impl SparseRows {
    /// No rows, with `width` columns.
    #[must_use]
    pub const fn new(width: usize) -> Self {
        Self { ends: Vec::new(), columns: Vec::new(), values: Vec::new(), width }
    }

    /// The rows that `ends` parts `columns`, all below `width`, and `values` into.
    pub(super) const fn of(columns: Vec<u32>, values: Vec<f32>, ends: Vec<usize>, width: usize) -> Self {
        Self { ends, columns, values, width }
    }

    /// The number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// True if there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The number of columns.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Multiplies every column by its factor.
    pub fn scale(&mut self, factors: &[f32]) {
        for (column, value) in self.columns.iter().zip(&mut self.values) {
            *value *= factors.get(*column as usize).copied().unwrap_or(0.0);
        }
    }

    /// Adds a row. No column comes twice; entries beyond the width are left out.
    pub fn push(&mut self, entries: impl IntoIterator<Item = (u32, f32)>) {
        for (column, value) in entries {
            if (column as usize) < self.width {
                self.columns.push(column);
                self.values.push(value);
            }
        }
        self.ends.push(self.columns.len());
    }

    /// Row `i`; empty beyond the last.
    #[must_use]
    pub fn row(&self, i: usize) -> Row<'_> {
        let end = self.ends.get(i).copied().unwrap_or(0);
        let start = i.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Row {
            columns: self.columns.get(start..end).unwrap_or_default(),
            values: self.values.get(start..end).unwrap_or_default(),
        }
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|i| self.row(i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were_pushed() {
        let mut rows = SparseRows::new(3);
        rows.push([(0, 1.0), (2, 2.0)]);
        rows.push([]);
        rows.push([(1, 3.0), (7, 9.0)]);
        let back: Vec<Vec<(usize, f32)>> = rows.rows().map(|r| r.iter().collect()).collect();
        assert_eq!(back, [vec![(0, 1.0), (2, 2.0)], vec![], vec![(1, 3.0)]]);
        assert!(rows.row(9).columns.is_empty());
    }
}
