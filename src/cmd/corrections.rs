//! Rows added to what a model was trained on.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use demarche::model::{DataPart, Header};
use demarche::read::{Labelled, LabelledRows};

use super::data::{self, Data, Wanted};
use super::progress::{Reporter, count};

/// The rows that the model was trained on and those of the added tables. A row with the text of a row in an earlier
/// table replaces it.
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
    let rows = replaced(&tables);
    let gone = tables.iter().map(LabelledRows::len).sum::<usize>() - rows.len();
    if gone > 0 {
        reporter.note(&format!("{} replaced by a later one with the same text", count(gone, "row")));
    }
    Ok(Data::new(rows, wanted.labels).of(parts))
}

/// All rows in order, without those whose text a later table has.
fn replaced(tables: &[LabelledRows]) -> LabelledRows {
    let mut later: HashSet<&str> = HashSet::new();
    let mut kept = Vec::new();
    for table in tables.iter().rev() {
        let rows: Vec<Labelled<'_>> = table.iter().filter(|row| !later.contains(row.text())).collect();
        later.extend(rows.iter().map(Labelled::text));
        kept.push(rows);
    }
    kept.into_iter().rev().flatten().collect()
}
