//! Ids of groups and pairs that stand in several labelled tables.

use std::collections::{BTreeMap, BTreeSet};

use demarche::read::{Field, LabelledRows};

use super::progress::{Reporter, count};

/// Rows in whose pairs no more than two stand together: where two tables number their pairs alike, each has its own. Their
/// groups stay together, for the statements of one article may stand in several tables.
pub(super) fn apart(rows: LabelledRows, reporter: &Reporter) -> LabelledRows {
    let tables = |field: Field| {
        let mut tables: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
        for (value, row) in rows.iter().map(|row| (row.get(field), row)).filter(|(v, _)| !v.is_empty()) {
            let (rows, files) = tables.entry(value).or_default();
            *rows += 1;
            files.insert(row.file);
        }
        tables.retain(|_, (_, files)| files.len() > 1);
        tables
    };
    let groups = tables(Field::Group).len();
    if groups > 0 {
        let are = if groups == 1 { "stands" } else { "stand" };
        reporter.note(&format!(
            "{} {are} in more than one table: rows of one are kept together",
            count(groups, "group")
        ));
    }
    let mut pairs = tables(Field::Pair);
    pairs.retain(|_, (rows, _)| *rows > 2);
    if pairs.is_empty() {
        return rows;
    }
    reporter.note(&format!(
        "{} of one name in several tables: each table has its own",
        count(pairs.len(), "pair")
    ));
    let mut rows_apart = LabelledRows::default();
    for row in rows.iter() {
        match row.get(Field::Pair) {
            pair if pairs.contains_key(pair) => {
                rows_apart.push_with(row, Field::Pair, &format!("{}:{pair}", row.file));
            }
            _ => rows_apart.push(row),
        }
    }
    rows_apart
}
