//! Rows added to what a model was trained on.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use demarche::model::{DataPart, Header};
use demarche::read::{Labelled, LabelledRows};

use super::data::{self, Data, Wanted};
use super::pairs;
use super::progress::{Reporter, count};

/// The rows that the model was trained on and those of the added tables. A row with the text of a row in an earlier
/// table, or of an earlier added row, replaces it.
pub(super) fn read(
    data: &[PathBuf],
    add: &[PathBuf],
    (path, header): (&Path, &Header),
    wanted: &Wanted<'_>,
    reporter: &mut Reporter,
) -> anyhow::Result<Data> {
    let mut tables = data::read_tables(data, wanted, reporter)?;
    let mut parts: Vec<DataPart> = tables.iter().map(data::part).collect();
    let known =
        |rows: &[DataPart]| rows.iter().map(|part| &part.digest).eq(header.parts.iter().map(|p| &p.digest));
    if !known(&parts) {
        anyhow::bail!(
            "{} was not trained on {}: the digests of the rows differ",
            path.display(),
            data::names(data)
        );
    }
    let added = data::read_tables(add, wanted, reporter)?;
    parts.extend(added.iter().map(data::part));
    tables.extend(added);
    let (rows, relabelled) = replaced(&tables, data.len());
    relabelled.iter().take(TOLD).for_each(|note| reporter.note(note));
    if relabelled.len() > TOLD {
        reporter.note(&format!("{} more get another label", count(relabelled.len() - TOLD, "row")));
    }
    let gone = tables.iter().map(LabelledRows::len).sum::<usize>() - rows.len();
    if gone > 0 {
        reporter.note(&format!("{} replaced by a later one with the same text", count(gone, "row")));
    }
    Ok(Data::new(pairs::apart(rows, reporter), wanted.labels).of(parts))
}

/// Rows with another label that are told one by one; of the rest the number.
const TOLD: usize = 20;

/// All rows in order, without those whose text a later table has, or a later row of the tables from `added` on; and what
/// is to be told of those that had another label.
fn replaced(tables: &[LabelledRows], added: usize) -> (LabelledRows, Vec<String>) {
    let mut later: HashMap<&str, Labelled<'_>> = HashMap::new();
    let (mut kept, mut relabelled) = (Vec::new(), Vec::new());
    for (number, table) in tables.iter().enumerate().rev() {
        let mut rows = Vec::new();
        let all: Vec<Labelled<'_>> = table.iter().collect();
        for row in all.into_iter().rev() {
            match later.get(row.text()) {
                None => rows.push(row),
                Some(by) if by.label() != row.label() => relabelled.push(told(&row, by)),
                Some(_) => (),
            }
            if number >= added {
                later.entry(row.text()).or_insert(row);
            }
        }
        later.extend(rows.iter().map(|row| (row.text(), *row)));
        kept.push(rows);
    }
    relabelled.reverse();
    (kept.into_iter().flatten().rev().collect(), relabelled)
}

fn told(row: &Labelled<'_>, by: &Labelled<'_>) -> String {
    let [label, other] = [row, by].map(Labelled::label);
    format!(
        "{}:{}: labelled {label}, but {other} at {}:{}, which replaces it",
        row.file, row.line, by.file, by.line
    )
}
