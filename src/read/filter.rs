//! Which rows of a table are wanted: those with a given value in a column.

use std::str::FromStr;

use super::record::{Record, TableError};
use super::table::Table;

/// `COLUMN=VALUE`: rows whose column holds that value, spaces around it and the letter case of the column's name
/// aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The column's name.
    pub column: String,
    /// The value that its rows have; empty keeps the rows without one.
    pub value: String,
}

/// Words that are no filter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not of the form COLUMN=VALUE")]
pub struct NoFilter(pub String);

impl FromStr for Filter {
    type Err = NoFilter;

    fn from_str(words: &str) -> Result<Self, NoFilter> {
        match words.split_once('=') {
            Some((column, value)) if !column.trim().is_empty() => {
                Ok(Self { column: column.trim().to_owned(), value: value.trim().to_owned() })
            }
            _ => Err(NoFilter(words.to_owned())),
        }
    }
}

/// Filters with the places of their columns in one table; a row has to pass all of them.
pub(super) struct Filters<'a>(Vec<(usize, &'a str)>);

impl<'a> Filters<'a> {
    pub(super) fn new(filters: &'a [Filter], table: &Table<'_>) -> Result<Self, TableError> {
        let place = |filter: &'a Filter| Ok((table.need(&filter.column)?, filter.value.as_str()));
        filters.iter().map(place).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn keep(&self, record: &Record) -> bool {
        self.0.iter().all(|&(column, value)| record.get(column).trim() == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_with_its_first_equals_sign() {
        let filter = |words: &str| words.parse::<Filter>();
        let expect = Filter { column: "strict".to_owned(), value: "1".to_owned() };
        assert_eq!(filter(" strict = 1 "), Ok(expect));
        assert_eq!(filter("case=").map(|f| f.value), Ok(String::new()));
        assert_eq!(filter("a=b=c").map(|f| f.value), Ok("b=c".to_owned()));
        assert_eq!(filter("strict").unwrap_err().to_string(), "\"strict\" is not of the form COLUMN=VALUE");
        assert!(filter("=1").is_err());
    }
}
