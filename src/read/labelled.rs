//! Labelled rows for training and evaluation.

use std::io::Read;

use crate::stance::{Stance, UnknownStance};

use super::Skipped;
use super::filter::{Filter, Filters};
use super::record::{Record, TableError};
use super::table::{Table, table};

/// Which labels a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// The four stances; any other label is an error.
    Stances,
    /// Whatever the table has, for other classification tasks.
    Any,
}

/// A column of labelled tables, but for `weight`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `id`, or the line.
    Id,
    /// `text`, never blank.
    Text,
    /// `label`.
    Label,
    /// `group`: rows of one group stay together when rows are split. Empty if there is none.
    Group,
    /// `pair`: the two rows of a minimal pair share it.
    Pair,
    /// `case`: the hard case of the codebook.
    Case,
    /// `topic`.
    Topic,
    /// `date`.
    Date,
    /// `source`.
    Source,
    /// `condition`: the words of the requirement.
    Condition,
    /// `channel`.
    Channel,
    /// `kind`: direct, reported, narrative or mixed.
    Kind,
    /// `split`: `train` or `test`.
    Split,
}

/// The names of the fields, in their order.
const FIELDS: [&str; 13] = [
    "id",
    "text",
    "label",
    "group",
    "pair",
    "case",
    "topic",
    "date",
    "source",
    "condition",
    "channel",
    "kind",
    "split",
];

/// One labelled row.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// What messages call its table.
    pub file: &'a str,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// `weight`, 1 where the table has none; from 0 up.
    pub weight: f32,
    fields: &'a str,
    ends: &'a [u32; FIELDS.len()],
}

impl<'a> Labelled<'a> {
    /// What stands in a field; empty if the table has no such column.
    #[must_use]
    pub fn get(&self, field: Field) -> &'a str {
        self.at(field as usize)
    }

    fn at(&self, field: usize) -> &'a str {
        let start = field.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(field).copied().unwrap_or(start);
        self.fields.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.get(Field::Text)
    }

    /// The label.
    #[must_use]
    pub fn label(&self) -> &'a str {
        self.get(Field::Label)
    }
}

/// Labelled rows in their order. All fields stand in one string: a string each would take several times the memory, and
/// most are empty.
#[derive(Clone, Debug, Default)]
pub struct LabelledRows {
    fields: String,
    rows: Vec<Place>,
    files: Vec<String>,
}

/// Where a row stands in the string, and where its fields end from there on.
#[derive(Clone, Debug)]
struct Place {
    line: u64,
    start: usize,
    weight: f32,
    ends: [u32; FIELDS.len()],
    /// Its table among the files.
    file: u32,
}

impl LabelledRows {
    fn add(&mut self, (file, line): (&str, u64), weight: f32, values: [&str; FIELDS.len()]) {
        if self.files.last().is_none_or(|last| last != file) {
            self.files.push(file.to_owned());
        }
        let start = self.fields.len();
        let ends = values.map(|value| {
            self.fields.push_str(value);
            u32::try_from(self.fields.len() - start).unwrap_or(u32::MAX)
        });
        let file = u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX);
        self.rows.push(Place { line, start, weight, ends, file });
    }

    /// Adds a row.
    pub fn push(&mut self, row: Labelled<'_>) {
        self.push_with(row, Field::Label, row.label());
    }

    /// Adds a row with another value in a field.
    pub fn push_with(&mut self, row: Labelled<'_>, changed: Field, to: &str) {
        let value = |field| if field == changed as usize { to } else { row.at(field) };
        self.add((row.file, row.line), row.weight, std::array::from_fn(value));
    }

    /// The number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Row `i`.
    #[must_use]
    pub fn get(&self, i: usize) -> Option<Labelled<'_>> {
        self.rows.get(i).map(|place| self.row(place))
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Labelled<'_>> + Clone {
        self.rows.iter().map(|place| self.row(place))
    }

    fn row<'a>(&'a self, place: &'a Place) -> Labelled<'a> {
        let Place { line, start, weight, ends, file } = place;
        let fields = self.fields.get(*start..).unwrap_or_default();
        let file = self.files.get(*file as usize).map_or("", String::as_str);
        Labelled { file, line: *line, weight: *weight, fields, ends }
    }
}

impl<'a> Extend<Labelled<'a>> for LabelledRows {
    fn extend<T: IntoIterator<Item = Labelled<'a>>>(&mut self, rows: T) {
        rows.into_iter().for_each(|row| self.push(row));
    }
}

impl<'a> FromIterator<Labelled<'a>> for LabelledRows {
    fn from_iter<T: IntoIterator<Item = Labelled<'a>>>(rows: T) -> Self {
        let mut all = Self::default();
        all.extend(rows);
        all
    }
}

/// Why a labelled table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LabelledError {
    /// It is no table, or lacks a column.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A label that the codebook does not have. A typo in a label must not cost rows unseen.
    #[error("{file}:{line}: {error}")]
    Label {
        /// The file.
        file: String,
        /// The line of the row.
        line: u64,
        /// The label and its nearest.
        error: UnknownStance,
    },
    /// An id that stands for two rows.
    #[error("{file}:{line}: the id {id:?} stands in an earlier row, too")]
    Id {
        /// The file.
        file: String,
        /// The line of the second row.
        line: u64,
        /// The id.
        id: String,
    },
}

/// Reads the rows of a labelled CSV in UTF-8 as [`labelled_in`] does.
///
/// # Errors
/// Those of [`labelled_in`], and if it is no table.
pub fn labelled(
    file: &str,
    input: impl Read,
    labels: Labels,
    filters: &[Filter],
) -> Result<(LabelledRows, Vec<Skipped>), LabelledError> {
    labelled_in(table(file, input)?, labels, filters)
}

/// Reads the rows of a labelled table that pass all `filters`: the good ones, and those left out with the reason.
///
/// # Errors
/// If `text`, `label` or the column of a filter is missing, or a label is not known.
pub fn labelled_in(
    table: Table<'_>,
    labels: Labels,
    filters: &[Filter],
) -> Result<(LabelledRows, Vec<Skipped>), LabelledError> {
    let file = &*table.file().to_owned();
    let wanted = Filters::new(filters, &table)?;
    for column in ["text", "label"] {
        table.need(column)?;
    }
    let (columns, weights) = (FIELDS.map(|column| table.find(column)), table.find("weight"));
    let (mut rows, mut skipped) = (LabelledRows::default(), Vec::new());
    for record in table {
        let record = match record {
            Ok(record) => record,
            Err(skip) => {
                skipped.push(skip);
                continue;
            }
        };
        if !wanted.keep(&record) {
            continue;
        }
        let line;
        match values(&record, &columns).and_then(|values| Ok((values, weight(&record, weights)?))) {
            Ok((mut values, weight)) => {
                let [id, _, label, ..] = &mut values;
                if id.is_empty() {
                    line = record.line.to_string();
                    *id = &line;
                }
                if labels == Labels::Stances {
                    let stance: Stance = label.parse().map_err(|error| LabelledError::Label {
                        file: file.to_owned(),
                        line: record.line,
                        error,
                    })?;
                    *label = stance.name();
                }
                rows.add((file, record.line), weight, values);
            }
            Err(reason) => skipped.push(Skipped::at(file, record.line, reason)),
        }
    }
    Ok((rows, skipped))
}

/// What stands in the fields of a row that can be used, without spaces around it but for the text.
fn values<'a>(
    record: &'a Record,
    columns: &[Option<usize>; FIELDS.len()],
) -> Result<[&'a str; FIELDS.len()], String> {
    let at = |column: Option<usize>| column.map_or("", |column| record.get(column));
    let mut values = columns.map(|column| at(column).trim());
    let [_, text, label, ..] = &mut values;
    if text.is_empty() {
        return Err("the text is empty".to_owned());
    }
    if text.contains('\0') {
        return Err("the text has a NUL byte".to_owned());
    }
    if label.is_empty() {
        return Err("the label is empty".to_owned());
    }
    // As it stands: its digest and its offsets are those of the table.
    let [_, column, ..] = columns;
    *text = at(*column);
    Ok(values)
}

fn weight(record: &Record, column: Option<usize>) -> Result<f32, String> {
    match column.map_or("", |column| record.get(column)).trim() {
        "" => Ok(1.0),
        number => match number.parse::<f32>() {
            Ok(weight) if weight >= 0.0 && weight.is_finite() => Ok(weight),
            _ => Err(format!("the weight {number:?} is no number from 0 up")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_any_order_and_unknown_ones_are_ignored() {
        let csv = "weight,label,mood,text\n2,Open,good,We will talk.\n,none,,It rained.\n";
        let (rows, skipped) = labelled("d.csv", csv.as_bytes(), Labels::Stances, &[]).unwrap();
        assert!(skipped.is_empty());
        let [talk, rain] = [0, 1].map(|i| rows.get(i).unwrap());
        assert_eq!((talk.label(), talk.weight, talk.get(Field::Id)), ("open", 2.0, "2"));
        assert_eq!((rain.text(), rain.weight, rain.get(Field::Split)), ("It rained.", 1.0, ""));
    }

    #[test]
    fn an_unknown_label_is_an_error_with_line_and_nearest() {
        let error =
            labelled("d.csv", &b"text,label\nHi,opne\n"[..], Labels::Stances, &[]).unwrap_err().to_string();
        assert!(error.starts_with("d.csv:2: unknown label \"opne\" (did you mean \"open\"?); "), "{error}");
        assert!(labelled("d.csv", &b"text,label\nHi,opne\n"[..], Labels::Any, &[]).is_ok());
    }

    #[test]
    fn filters_choose_rows_by_any_column() {
        let csv = "text,label,strict\nYes,open,1\nNo,none, 0\nSo,open,0\n";
        let texts = |filters: &[&str]| -> Vec<String> {
            let filters: Vec<Filter> = filters.iter().map(|f| f.parse().unwrap()).collect();
            let (rows, _) = labelled("d.csv", csv.as_bytes(), Labels::Stances, &filters).unwrap();
            rows.iter().map(|r| r.text().to_owned()).collect()
        };
        assert_eq!(texts(&["strict=0"]), ["No", "So"]);
        assert_eq!(texts(&["Strict=0", "label=open"]), ["So"]);
        let unknown = ["mood=good".parse().unwrap()];
        let error = labelled("d.csv", csv.as_bytes(), Labels::Stances, &unknown).unwrap_err().to_string();
        assert_eq!(error, "d.csv: there is no column \"mood\"; the columns are text, label, strict");
    }

    #[test]
    fn blank_texts_and_bad_weights_are_left_out_with_a_reason() {
        let csv = "text,label,weight\n  ,open,1\nYes,open,-3\n";
        let (rows, skipped) = labelled("d.csv", csv.as_bytes(), Labels::Stances, &[]).unwrap();
        assert!(rows.is_empty());
        assert_eq!(skipped[0].to_string(), "d.csv:2: the text is empty");
        assert_eq!(skipped[1].to_string(), "d.csv:3: the weight \"-3\" is no number from 0 up");
    }
}
