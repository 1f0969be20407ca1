//! One annotator's labels by id.

use std::collections::HashSet;

use crate::stance::Stance;

use super::Skipped;
use super::labelled::{LabelledError, Labels};
use super::table::Table;

/// What one annotator said of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// `id`, which no other row of the file has.
    pub id: String,
    /// `label`; none where it is empty: this annotator passed over the unit.
    pub label: Option<String>,
    /// `text`; empty if there is no such column.
    pub text: String,
    /// `case`: the hard case of the codebook; empty if there is no such column.
    pub case: String,
}

/// Reads a table with `id` and `label`: the good rows, and those left out with the reason.
///
/// # Errors
/// If a column is missing, a label is not known, or two rows have the same id.
pub fn annotations(
    table: Table<'_>,
    labels: Labels,
) -> Result<(Vec<Annotation>, Vec<Skipped>), LabelledError> {
    let file = &*table.file().to_owned();
    let (id, label) = (table.need("id")?, table.need("label")?);
    let (text, case) = (table.find("text"), table.find("case"));
    let (mut rows, mut skipped, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for record in table {
        let record = match record {
            Ok(record) => record,
            Err(skip) => {
                skipped.push(skip);
                continue;
            }
        };
        let field = |at: Option<usize>| at.map_or("", |at| record.get(at).trim());
        let (id, line) = (field(Some(id)).to_owned(), record.line);
        if id.is_empty() {
            let reason = "the id is empty".to_owned();
            skipped.push(Skipped::at(file, line, reason));
            continue;
        }
        if !seen.insert(id.clone()) {
            return Err(LabelledError::Id { file: file.to_owned(), line, id });
        }
        let label = known(field(Some(label)), labels).map_err(|error| LabelledError::Label {
            file: file.to_owned(),
            line,
            error,
        })?;
        rows.push(Annotation { line, id, label, text: field(text).to_owned(), case: field(case).to_owned() });
    }
    Ok((rows, skipped))
}

fn known(label: &str, labels: Labels) -> Result<Option<String>, crate::stance::UnknownStance> {
    if label.is_empty() {
        return Ok(None);
    }
    match labels {
        Labels::Any => Ok(Some(label.to_owned())),
        Labels::Stances => label.parse::<Stance>().map(|stance| Some(stance.name().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::table;
    use super::*;

    #[test]
    fn labels_are_read_by_id_and_may_be_missing() {
        let csv = "label,id,text\nOpen,a,Yes.\n,b,No.\n";
        let (rows, skipped) = annotations(table("a.csv", csv.as_bytes()).unwrap(), Labels::Stances).unwrap();
        assert!(skipped.is_empty());
        assert_eq!((rows[0].id.as_str(), rows[0].label.as_deref()), ("a", Some("open")));
        assert_eq!((rows[1].label.as_deref(), rows[1].text.as_str(), rows[1].line), (None, "No.", 3));
    }

    #[test]
    fn an_id_that_comes_twice_is_an_error() {
        let error = annotations(table("a.csv", &b"id,label\na,open\na,none\n"[..]).unwrap(), Labels::Stances)
            .unwrap_err();
        assert_eq!(error.to_string(), "a.csv:3: the id \"a\" stands in an earlier row, too");
    }

    #[test]
    fn unknown_labels_and_empty_ids_are_told_with_their_lines() {
        let read = |csv: &'static str| annotations(table("a.csv", csv.as_bytes()).unwrap(), Labels::Stances);
        assert!(read("id,label\na,opne\n").unwrap_err().to_string().starts_with("a.csv:2: unknown label"));
        assert_eq!(read("id,label\n,open\n").unwrap().1[0].to_string(), "a.csv:2: the id is empty");
    }
}
