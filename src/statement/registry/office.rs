//! One row of the table of office holders, and what can be wrong with it.

use std::io;

use crate::day::day;
use crate::statement::csv_fields::fields;

/// One person's time in one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The person's canonical name.
    pub name: String,
    /// Other names of the person.
    pub aliases: Vec<String>,
    /// What the person was ("foreign minister").
    pub role: String,
    /// The party for which the person spoke ("Iran").
    pub side: String,
    /// The first day, `YYYY-MM-DD`; `None` if unknown.
    pub valid_from: Option<String>,
    /// The last day, `YYYY-MM-DD`; `None` if unknown or in office.
    pub valid_to: Option<String>,
}

impl Office {
    /// True if the office was held on `date`, an ISO date or the beginning of one.
    #[must_use]
    pub fn held_on(&self, date: &str) -> bool {
        let begun =
            self.valid_from.as_deref().is_none_or(|from| from.get(..date.len()).unwrap_or(from) <= date);
        begun && self.valid_to.as_deref().is_none_or(|to| date <= to)
    }
}

/// Why a table of office holders cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The bytes could not be read, or are not UTF-8.
    #[error("cannot read the table of speakers")]
    Io(#[from] io::Error),
    /// The first line is not the header.
    #[error("line 1: the header is {found:?}, expected \"name,alias,role,side,valid_from,valid_to\"")]
    Header {
        /// The line as found.
        found: String,
    },
    /// A row has too few or too many fields.
    #[error("line {line}: {found} fields, expected 6: {row:?}")]
    Fields {
        /// The line, from 1.
        line: usize,
        /// How many fields it has.
        found: usize,
        /// The line as found.
        row: String,
    },
    /// A quotation mark never closes.
    #[error("line {line}: a quotation mark never closes: {row:?}")]
    Quote {
        /// The line, from 1.
        line: usize,
        /// The line as found.
        row: String,
    },
    /// A name or a side is missing.
    #[error("line {line}: no {column}")]
    Missing {
        /// The line, from 1.
        line: usize,
        /// The empty column.
        column: &'static str,
    },
    /// A date is no day `YYYY-MM-DD` of the calendar.
    #[error("line {line}: {column} is {value:?}, expected a day as YYYY-MM-DD or nothing")]
    Date {
        /// The line, from 1.
        line: usize,
        /// The column.
        column: &'static str,
        /// The value as found.
        value: String,
    },
    /// An office ends before it begins.
    #[error("line {line}: valid_to {to} is before valid_from {from}")]
    Order {
        /// The line, from 1.
        line: usize,
        /// The first day.
        from: String,
        /// The last day.
        to: String,
    },
}

/// Reads one row.
pub(super) fn office(line: usize, row: &str) -> Result<Office, RegistryError> {
    let fields = fields(row).map_err(|_| RegistryError::Quote { line, row: row.to_owned() })?;
    let [name, alias, role, side, from, to] = fields.as_slice() else {
        return Err(RegistryError::Fields { line, found: fields.len(), row: row.to_owned() });
    };
    for (column, value) in [("name", name), ("side", side)] {
        if value.is_empty() {
            return Err(RegistryError::Missing { line, column });
        }
    }
    let valid_from = date(line, "valid_from", from)?;
    let valid_to = date(line, "valid_to", to)?;
    if valid_to.is_some() && valid_to < valid_from {
        return Err(RegistryError::Order { line, from: from.to_string(), to: to.to_string() });
    }
    let aliases = alias.split(';').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect();
    let [name, role, side] = [name, role, side].map(ToString::to_string);
    Ok(Office { name, aliases, role, side, valid_from, valid_to })
}

fn date(line: usize, column: &'static str, value: &str) -> Result<Option<String>, RegistryError> {
    match value {
        "" => Ok(None),
        _ if day(value) == Some(value) => Ok(Some(value.to_owned())),
        _ => Err(RegistryError::Date { line, column, value: value.to_owned() }),
    }
}

/// The day, month or year that an ISO date, or time of day, begins with; none of what is no such date.
pub(super) fn beginning(date: &str) -> Option<&str> {
    let beginning = date.split(['T', ' ']).next()?;
    // There is a year or a month if there is its first day.
    let first = match beginning.len() {
        4 => "-01-01",
        7 => "-01",
        _ => "",
    };
    day(&format!("{beginning}{first}")).map(|_| beginning)
}
