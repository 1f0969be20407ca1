//! Labelled data for training and evaluation.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::eval::{Fold, KFold, by_time, leave_one_value_out};
use demarche::grouping::Grouping;
use demarche::read::{Labelled, Labels, decoding_reader, labelled};
use demarche::stance::Stance;
use demarche::text::near_duplicate::NearDuplicates;

use super::progress::{Reporter, count};

/// Labelled rows of all tables, with their classes and what must not be split.
pub(super) struct Data {
    pub(super) rows: Vec<Labelled>,
    pub(super) labels: Vec<String>,
    /// Index of each row's label.
    pub(super) classes: Vec<usize>,
    /// Rows with equal numbers stay together: same group, same pair, or nearly the same text.
    pub(super) groups: Vec<usize>,
}

/// Two texts that share more than this part of their word 3-grams are one text to a split.
const NEAR: f64 = 0.5;

/// Reads labelled tables; what has to be left out is told to `reporter`.
pub(super) fn read(paths: &[PathBuf], labels: Labels, reporter: &mut Reporter) -> anyhow::Result<Data> {
    let mut rows = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        let (reader, encoding) = decoding_reader(file).with_context(|| format!("cannot read {name}"))?;
        if let Some(encoding) = encoding {
            reporter.note(&format!("{name}: read as {encoding}"));
        }
        let (found, skipped) = labelled(&name, reader, labels)?;
        for skipped in &skipped {
            reporter.skip(skipped);
        }
        rows.extend(found);
    }
    if rows.is_empty() {
        anyhow::bail!("{}: there is no labelled row", names(paths));
    }
    let labels = label_set(&rows, labels);
    let index = |row: &Labelled| labels.iter().position(|l| *l == row.label).unwrap_or(0);
    let classes = rows.iter().map(index).collect();
    let groups = groups(&rows);
    Ok(Data { rows, labels, classes, groups })
}

fn names(paths: &[PathBuf]) -> String {
    paths.iter().map(|p| Path::display(p).to_string()).collect::<Vec<_>>().join(", ")
}

/// The four stances, or whatever labels there are, in alphabetical order.
fn label_set(rows: &[Labelled], labels: Labels) -> Vec<String> {
    if labels == Labels::Stances {
        return Stance::ALL.iter().map(|s| s.name().to_owned()).collect();
    }
    let mut found: Vec<String> = rows.iter().map(|r| r.label.clone()).collect();
    found.sort();
    found.dedup();
    found
}

fn groups(rows: &[Labelled]) -> Vec<usize> {
    let key = |value: fn(&Labelled) -> &str| {
        rows.iter().map(move |row| Some(value(row)).filter(|v| !v.is_empty()).map(str::to_owned))
    };
    let texts: Vec<&str> = rows.iter().map(|r| r.text.as_str()).collect();
    let mut grouping = Grouping::new(rows.len());
    grouping.join_equal(key(|r| &r.group));
    grouping.join_equal(key(|r| &r.pair));
    for link in NearDuplicates::new(&texts, NEAR).links(|_, _| true) {
        grouping.join(link.text, link.earlier);
    }
    grouping.ids()
}

/// What folds are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum By {
    /// Groups (article, pair, near-duplicates) are never split; classes are spread evenly.
    Group,
    /// Every source is left out in turn.
    Source,
    /// Every topic is left out in turn.
    Topic,
    /// Trained on the past, tested on what follows.
    Date,
}

impl Data {
    /// Rows of each label.
    pub(super) fn label_counts(&self) -> Vec<usize> {
        let of = |class: usize| self.classes.iter().filter(|&&c| c == class).count();
        (0..self.labels.len()).map(of).collect()
    }

    /// `12 open, 3 none`.
    pub(super) fn summary(&self) -> String {
        let counts = self.label_counts();
        let each: Vec<String> =
            counts.iter().zip(&self.labels).map(|(n, label)| format!("{n} {label}")).collect();
        format!("{}: {}", count(self.rows.len(), "row"), each.join(", "))
    }

    /// Folds for a cross-validation; groups are kept whole in every case.
    pub(super) fn folds(&self, by: By, folds: usize, seed: u64) -> anyhow::Result<Vec<Fold>> {
        let column = |value: fn(&Labelled) -> &str, name: &str| -> anyhow::Result<Vec<&str>> {
            let values: Vec<&str> = self.rows.iter().map(value).collect();
            match values.iter().position(|v| v.is_empty()) {
                None => Ok(values),
                Some(row) => {
                    let line = self.rows.get(row).map_or(0, |r| r.line);
                    anyhow::bail!("--by {name} needs a {name} in every row; the row at line {line} has none")
                }
            }
        };
        let purge = |folds: Vec<Fold>| folds.into_iter().map(|f| f.purged(&self.groups)).collect();
        let leave_out = |values: Vec<&str>| -> anyhow::Result<Vec<Fold>> {
            Ok(purge(leave_one_value_out(&values)?.into_iter().map(|(_, fold)| fold).collect()))
        };
        Ok(match by {
            By::Group => KFold::new(folds, seed)?.grouped(&self.classes, &self.groups)?,
            By::Source => leave_out(column(|r| &r.source, "source")?)?,
            By::Topic => leave_out(column(|r| &r.topic, "topic")?)?,
            By::Date => purge(by_time(&column(|r| &r.date, "date")?, folds)?),
        })
    }
}
