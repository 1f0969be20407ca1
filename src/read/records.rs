//! Rows of a table one behind the other: what is made and let go together needs no memory of its own a row.

use super::record::Record;

/// Rows in one string.
#[derive(Clone, Debug, Default)]
pub struct Records {
    text: String,
    /// Where each field ends in its row.
    ends: Vec<usize>,
    rows: Vec<Place>,
}

/// The line of a row, and where it ends in the text and among the ends of fields.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    line: u64,
    text: usize,
    ends: usize,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The line on which it begins, as [`Record::line`].
    pub line: u64,
    text: &'a str,
    ends: &'a [usize],
}

impl Records {
    /// Appends a row.
    pub fn push(&mut self, record: &Record) {
        self.text.push_str(record.joined());
        self.ends.extend(record.ends());
        self.rows.push(Place { line: record.line, text: self.text.len(), ends: self.ends.len() });
    }

    /// The number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let mut before = Place::default();
        self.rows.iter().map(move |&place| {
            let start = std::mem::replace(&mut before, place);
            Row {
                line: place.line,
                text: self.text.get(start.text..place.text).unwrap_or_default(),
                ends: self.ends.get(start.ends..place.ends).unwrap_or_default(),
            }
        })
    }
}

impl<'a> Row<'a> {
    /// The field in column `column`; empty beyond the last.
    #[must_use]
    pub fn get(&self, column: usize) -> &'a str {
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(column).and_then(|&end| self.text.get(start..end)).unwrap_or_default()
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> {
        let row = *self;
        (0..row.ends.len()).map(move |column| row.get(column))
    }

    /// All fields as one string without borders: what a digest is made of, with [`Row::ends`].
    #[must_use]
    pub const fn joined(&self) -> &'a str {
        self.text
    }

    /// Where each field ends in [`Row::joined`].
    #[must_use]
    pub const fn ends(&self) -> &'a [usize] {
        self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went_in() {
        let given: [(u64, &[&str]); 4] = [(2, &["a", "", "né"]), (3, &["", "", ""]), (4, &[]), (9, &["x"])];
        let mut records = Records::default();
        for (line, fields) in given {
            records.push(&Record::new(line, fields));
        }
        assert_eq!(records.len(), given.len());
        for (row, (line, fields)) in records.iter().zip(given) {
            assert_eq!((row.line, row.joined()), (line, &*fields.concat()));
            assert!(row.iter().eq(fields.iter().copied()), "{row:?}");
            assert_eq!((row.get(fields.len()), row.ends().len()), ("", fields.len()));
        }
    }
}
