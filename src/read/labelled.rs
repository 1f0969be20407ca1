//! Labelled rows for training and evaluation.

use std::io::Read;

use crate::stance::{Stance, UnknownStance};

use super::Skipped;
use super::filter::{Filter, Filters};
use super::table::{Record, TableError, table};

/// Which labels a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// The four stances; any other label is an error.
    Stances,
    /// Whatever the table has, for other classification tasks.
    Any,
}

/// One labelled row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// `id`, or the line.
    pub id: String,
    /// `text`, never blank.
    pub text: String,
    /// `label`.
    pub label: String,
    /// `group`: rows of one group stay together when rows are split. Empty if there is none.
    pub group: String,
    /// `pair`: the two rows of a minimal pair share it.
    pub pair: String,
    /// `case`: the hard case of the codebook.
    pub case: String,
    /// `topic`.
    pub topic: String,
    /// `date`.
    pub date: String,
    /// `source`.
    pub source: String,
    /// `condition`: the words of the requirement.
    pub condition: String,
    /// `channel`.
    pub channel: String,
    /// `kind`: direct, reported, narrative or mixed.
    pub kind: String,
    /// `split`: `train` or `test`.
    pub split: String,
    /// `weight`, 1 where the table has none; from 0 up.
    pub weight: f32,
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
        #[source]
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

/// Reads the rows of a labelled table in UTF-8 that pass all `filters`: the good ones, and those left out with the
/// reason.
///
/// # Errors
/// If `text`, `label` or the column of a filter is missing, or a label is not known.
pub fn labelled(
    file: &str,
    input: impl Read,
    labels: Labels,
    filters: &[Filter],
) -> Result<(Vec<Labelled>, Vec<Skipped>), LabelledError> {
    let table = table(file, input)?;
    let wanted = Filters::new(filters, &table)?;
    let (text, label) = (table.need("text")?, table.need("label")?);
    let optional = OPTIONAL.map(|column| table.find(column));
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
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
        match row(&record, text, label, &optional) {
            Ok(row) if labels == Labels::Stances => {
                let stance: Stance = row.label.parse().map_err(|error| LabelledError::Label {
                    file: file.to_owned(),
                    line: row.line,
                    error,
                })?;
                rows.push(Labelled { label: stance.name().to_owned(), ..row });
            }
            Ok(row) => rows.push(row),
            Err(reason) => skipped.push(Skipped::at(file, record.line, reason)),
        }
    }
    Ok((rows, skipped))
}

const OPTIONAL: [&str; 12] = [
    "id",
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
    "weight",
];

fn row(
    record: &Record,
    text: usize,
    label: usize,
    optional: &[Option<usize>; 12],
) -> Result<Labelled, String> {
    let field = |i: usize| record.get(i).to_owned();
    let [id, group, pair, case, topic, date, source, condition, channel, kind, split, weight] =
        optional.map(|column| column.map(field).unwrap_or_default());
    let text = field(text);
    if text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    if text.contains('\0') {
        return Err("the text has a NUL byte".to_owned());
    }
    let weight = match weight.trim() {
        "" => 1.0,
        number => match number.parse::<f32>() {
            Ok(weight) if weight >= 0.0 && weight.is_finite() => weight,
            _ => return Err(format!("the weight {number:?} is no number from 0 up")),
        },
    };
    let id = if id.is_empty() { record.line.to_string() } else { id };
    let label = field(label).trim().to_owned();
    if label.is_empty() {
        return Err("the label is empty".to_owned());
    }
    Ok(Labelled {
        line: record.line,
        id,
        text,
        label,
        group,
        pair,
        case,
        topic,
        date,
        source,
        condition,
        channel,
        kind,
        split,
        weight,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_any_order_and_unknown_ones_are_ignored() {
        let csv = "weight,label,mood,text\n2,Open,good,We will talk.\n,none,,It rained.\n";
        let (rows, skipped) = labelled("d.csv", csv.as_bytes(), Labels::Stances, &[]).unwrap();
        assert!(skipped.is_empty());
        assert_eq!((rows[0].label.as_str(), rows[0].weight, rows[0].id.as_str()), ("open", 2.0, "2"));
        assert_eq!((rows[1].text.as_str(), rows[1].weight), ("It rained.", 1.0));
    }

    #[test]
    fn an_unknown_label_is_an_error_with_line_and_nearest() {
        let error =
            labelled("d.csv", &b"text,label\nHi,opne\n"[..], Labels::Stances, &[]).unwrap_err().to_string();
        assert!(error.starts_with("d.csv:2: unknown label \"opne\"; did you mean \"open\"?"), "{error}");
        assert!(labelled("d.csv", &b"text,label\nHi,opne\n"[..], Labels::Any, &[]).is_ok());
    }

    #[test]
    fn filters_choose_rows_by_any_column() {
        let csv = "text,label,strict\nYes,open,1\nNo,none, 0\nSo,open,0\n";
        let texts = |filters: &[&str]| -> Vec<String> {
            let filters: Vec<Filter> = filters.iter().map(|f| f.parse().unwrap()).collect();
            let (rows, _) = labelled("d.csv", csv.as_bytes(), Labels::Stances, &filters).unwrap();
            rows.into_iter().map(|r| r.text).collect()
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
