//! Labelled data for training and evaluation.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, anyhow};
use demarche::eval::{Fold, KFold, SplitError, Tested, by_time, leave_one_value_out};
use demarche::grouping::Grouping;
use demarche::model::DataPart;
#[cfg(feature = "parquet")]
use demarche::read::parquet_table;
use demarche::read::{
    ArticleFormat, Field, Filter, Labelled, LabelledRows, Labels, Skipped, Table, TableFormat,
    decoding_reader, labelled_in, table_in,
};
use demarche::stance::Stance;
use demarche::text::near_duplicate::{Link, NearDuplicates};

use super::pairs;
use super::progress::{Reporter, count};

/// Labelled rows of all tables, with their classes and what must not be split.
pub(super) struct Data {
    pub(super) rows: LabelledRows,
    pub(super) labels: Vec<String>,
    /// Index of each row's label.
    pub(super) classes: Vec<usize>,
    /// See [`Data::groups`]; found when somebody asks, for that takes longer than a fit.
    groups: OnceLock<Vec<usize>>,
    /// The tables that the rows come from.
    pub(super) parts: Vec<DataPart>,
}

/// Two texts that share more than this part of their word 3-grams are one text to a split.
const NEAR: f64 = 0.5;

/// Which rows are wanted.
#[derive(Clone, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) labels: Labels,
    pub(super) filters: &'a [Filter],
}

/// Reads labelled tables; what has to be left out is told to `reporter`.
pub(super) fn read(paths: &[PathBuf], wanted: &Wanted<'_>, reporter: &mut Reporter) -> anyhow::Result<Data> {
    let tables = read_tables(paths, wanted, reporter)?;
    let parts = tables.iter().map(part).collect();
    let rows = tables.into_iter().reduce(|mut all, more| {
        all.extend(more.iter());
        all
    });
    let rows = pairs::apart(rows.unwrap_or_default(), reporter);
    Ok(Data::new(rows, wanted.labels).of(parts))
}

/// Reads labelled tables, each for itself.
pub(super) fn read_tables(
    paths: &[PathBuf],
    wanted: &Wanted<'_>,
    reporter: &mut Reporter,
) -> anyhow::Result<Vec<LabelledRows>> {
    let mut tables = Vec::new();
    for path in paths {
        if let Some(twice) = paths.iter().filter(|other| same(path, other)).nth(1) {
            anyhow::bail!("{} is named twice", twice.display());
        }
        let (found, skipped) = read_table(path, wanted, reporter)?;
        for skipped in &skipped {
            reporter.skip(skipped);
        }
        tables.push(found);
    }
    if tables.iter().all(LabelledRows::is_empty) {
        let such = if wanted.filters.is_empty() { "" } else { " that passes --where" };
        anyhow::bail!("{}: there is no labelled row{such}", names(paths));
    }
    Ok(tables)
}

fn same(a: &Path, b: &Path) -> bool {
    a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

/// What a model records of a table.
pub(super) fn part(rows: &LabelledRows) -> DataPart {
    DataPart { digest: digest(rows), rows: rows.len() }
}

/// BLAKE3 of text, label and weight of each row, in order.
pub(super) fn digest(rows: &LabelledRows) -> String {
    let mut hasher = blake3::Hasher::new();
    // Many rows at once: of short pieces each costs more than its bytes.
    let mut bytes = Vec::new();
    for row in rows.iter() {
        for field in [row.text(), row.label()] {
            bytes.extend((field.len() as u64).to_le_bytes());
            bytes.extend(field.as_bytes());
        }
        bytes.extend(row.weight.to_le_bytes());
        if bytes.len() > 1 << 16 {
            hasher.update(&bytes);
            bytes.clear();
        }
    }
    hasher.update(&bytes);
    hasher.finalize().to_hex().to_string()
}

/// Opens a table in any encoding and in the format that its name tells; CSV if it tells none.
pub(super) fn open(path: &Path, reporter: &Reporter) -> anyhow::Result<Table<'static>> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    let format = ArticleFormat::of_name(&name);
    #[cfg(feature = "parquet")]
    if format == Some(ArticleFormat::Parquet) {
        return Ok(parquet_table(&name, file)?);
    }
    let (reader, encoding) = decoding_reader(file).with_context(|| format!("cannot read {name}"))?;
    if let Some(encoding) = encoding {
        reporter.note(&format!("{name}: read as {encoding}"));
    }
    Ok(table_in(format.and_then(ArticleFormat::table).unwrap_or(TableFormat::Csv), &name, reader)?)
}

/// The rows of one table, and those that have to be left out.
pub(super) fn read_table(
    path: &Path,
    wanted: &Wanted<'_>,
    reporter: &Reporter,
) -> anyhow::Result<(LabelledRows, Vec<Skipped>)> {
    let table = open(path, reporter)?;
    if Stance::ALL.iter().all(|stance| table.find(stance.name()).is_some()) && table.find("model").is_some() {
        let name = path.display();
        reporter.note(&format!(
            "{name} has the columns of a scored table: its labels are a model's own where no person has corrected them"
        ));
    }
    Ok(labelled_in(table, wanted.labels, wanted.filters)?)
}

pub(super) fn names(paths: &[PathBuf]) -> String {
    paths.iter().map(|p| Path::display(p).to_string()).collect::<Vec<_>>().join(", ")
}

/// The four stances, or whatever labels there are, in alphabetical order.
pub(super) fn label_names<'a>(given: impl Iterator<Item = &'a str>, labels: Labels) -> Vec<String> {
    match labels {
        Labels::Stances => Stance::ALL.map(|stance| stance.name().to_owned()).into(),
        Labels::Any => given.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect(),
    }
}

/// Rows of one group or one pair, as the tables say.
fn given(rows: &LabelledRows) -> Grouping {
    let key =
        |field| rows.iter().map(move |row| Some(row.get(field)).filter(|v| !v.is_empty()).map(str::to_owned));
    let mut grouping = Grouping::new(rows.len());
    grouping.join_equal(key(Field::Group));
    grouping.join_equal(key(Field::Pair));
    grouping
}

fn groups(rows: &LabelledRows) -> Vec<usize> {
    let texts: Vec<&str> = rows.iter().map(|row| row.text()).collect();
    let mut grouping = given(rows);
    grouping.join_equal(NearDuplicates::new(&texts, NEAR).clusters().ids().into_iter().map(Some));
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

impl By {
    /// As on the command line.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Source => "source",
            Self::Topic => "topic",
            Self::Date => "date",
        }
    }
}

impl Data {
    /// Rows under the labels that they may have.
    pub(super) fn new(rows: LabelledRows, labels: Labels) -> Self {
        let labels = label_names(rows.iter().map(|row| row.label()), labels);
        let index = |row: Labelled<'_>| labels.iter().position(|l| *l == row.label()).unwrap_or(0);
        let classes = rows.iter().map(index).collect();
        Self { rows, labels, classes, groups: OnceLock::new(), parts: Vec::new() }
    }

    /// The same rows, of tables with these digests.
    pub(super) fn of(self, parts: Vec<DataPart>) -> Self {
        Self { parts, ..self }
    }

    /// Rows of one `group` of the table have the same number, all others one of their own; empty where no row has a group.
    pub(super) fn given_groups(&self) -> Vec<u32> {
        if self.rows.iter().all(|row| row.get(Field::Group).is_empty()) {
            return Vec::new();
        }
        let mut grouping = Grouping::new(self.rows.len());
        grouping.join_equal(
            self.rows.iter().map(|row| Some(row.get(Field::Group)).filter(|group| !group.is_empty())),
        );
        grouping.ids().into_iter().map(|id| u32::try_from(id).unwrap_or(u32::MAX)).collect()
    }

    /// Rows with equal numbers stay together: same group, same pair, or nearly the same text.
    pub(super) fn groups(&self) -> &[usize] {
        self.groups.get_or_init(|| groups(&self.rows))
    }

    /// Rows that were tested, with their probabilities.
    pub(super) fn tested(&self, rows: &[usize], probabilities: Vec<Vec<f64>>) -> Tested<'_> {
        let pick = |values: &[usize]| rows.iter().filter_map(|&row| values.get(row).copied()).collect();
        let column =
            |field| rows.iter().map(|&row| self.rows.get(row).map_or("", |row| row.get(field))).collect();
        Tested {
            labels: &self.labels,
            truth: pick(&self.classes),
            probabilities,
            groups: pick(self.groups()),
            cases: column(Field::Case),
            pairs: column(Field::Pair),
        }
    }

    /// The numbers of the rows whose column `split` is `name`.
    pub(super) fn in_split(&self, name: &str) -> Vec<usize> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| row.get(Field::Split) == name).map(|(number, _)| number).collect()
    }

    /// The rows of the training split and the rows of the test split; none if one of them has no row. Training rows
    /// that belong to a tested group are left out.
    pub(super) fn split(&self) -> Option<Fold> {
        let (train, test) = (self.in_split("train"), self.in_split("test"));
        let split = Fold { train, test }.purged(self.groups());
        (!split.train.is_empty() && !split.test.is_empty()).then_some(split)
    }

    /// The rows that may be looked at before the test: those without `test` in the column split, nor in the group of one
    /// that has it.
    pub(super) fn untested(&self) -> Vec<usize> {
        let test = self.in_split("test");
        let train = (0..self.rows.len()).filter(|row| test.binary_search(row).is_err()).collect();
        Fold { train, test }.purged(self.groups()).train
    }

    /// What near-duplicates have to do with it where there are too few groups.
    fn joined_by_texts(&self) -> String {
        let number = |groups: &[usize]| groups.iter().collect::<BTreeSet<_>>().len();
        let (given, all) = (number(&given(&self.rows).ids()), number(self.groups()));
        let texts: Vec<&str> = self.rows.iter().map(|row| row.text()).collect();
        let first = NearDuplicates::new(&texts, NEAR).links(|_, _| true).into_iter().next();
        let Some(Link { text, earlier, share }) = first.filter(|_| all < given) else { return String::new() };
        let (text, earlier, share) = (self.place(text), self.place(earlier), 100.0 * share);
        format!(
            "; near-duplicate texts join {given} to {all}: {text} shares {share:.0} % of its runs of words with {earlier}"
        )
    }

    /// That there is something to tell apart.
    pub(super) fn two_labels(&self) -> anyhow::Result<()> {
        let (Some(first), Some(class)) = (self.rows.get(0), self.classes.first()) else { return Ok(()) };
        if self.classes.iter().any(|other| other != class) {
            return Ok(());
        }
        let (rows, label) = (count(self.rows.len(), "row"), first.label());
        anyhow::bail!("{}: {rows}, all of them {label}: a model needs rows of two labels", first.file)
    }

    /// File and line of a row.
    fn place(&self, row: usize) -> String {
        self.rows.get(row).map_or_else(String::new, |row| format!("{}:{}", row.file, row.line))
    }

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
        format!("{}: {}{}", count(self.rows.len(), "row"), each.join(", "), self.weights())
    }

    /// What is said of weights; nothing where every row counts once.
    fn weights(&self) -> String {
        let weights = || self.rows.iter().map(|row| row.weight);
        let (least, most) = (weights().fold(f32::INFINITY, f32::min), weights().fold(0.0, f32::max));
        if least >= 1.0 && most <= 1.0 {
            return String::new();
        }
        let sum: f64 = weights().map(f64::from).sum();
        format!(
            "; weights from {least} to {most}, sum {sum:.1}: the fit minds them, the figures count each row once"
        )
    }

    /// The rows numbered `kept`, in that order.
    pub(super) fn select(&self, kept: &[usize]) -> Self {
        let pick = |values: &[usize]| kept.iter().filter_map(|&i| values.get(i).copied()).collect();
        Self {
            rows: kept.iter().filter_map(|&i| self.rows.get(i)).collect(),
            labels: self.labels.clone(),
            classes: pick(&self.classes),
            groups: pick(self.groups()).into(),
            parts: Vec::new(),
        }
    }

    /// Folds for a cross-validation; groups are kept whole in every case.
    pub(super) fn folds(&self, by: By, folds: usize, seed: u64) -> anyhow::Result<Vec<Fold>> {
        let column = |field: Field, name: &str| -> anyhow::Result<Vec<&str>> {
            let values: Vec<&str> = self.rows.iter().map(|row| row.get(field)).collect();
            match values.iter().position(|v| v.is_empty()) {
                None => Ok(values),
                Some(row) => {
                    anyhow::bail!("{}: the row has no {name}, which --by {name} needs", self.place(row))
                }
            }
        };
        let purge = |folds: Vec<Fold>| folds.into_iter().map(|f| f.purged(self.groups())).collect();
        let leave_out = |values: Vec<&str>| -> anyhow::Result<Vec<Fold>> {
            Ok(purge(leave_one_value_out(&values)?.into_iter().map(|(_, fold)| fold).collect()))
        };
        Ok(match by {
            By::Group => {
                let grouped = KFold::new(folds, seed)?.grouped(&self.classes, self.groups());
                grouped.map_err(|error| anyhow!("{error}{}", self.joined_by_texts()))?
            }
            By::Source => leave_out(column(Field::Source, "source")?)?,
            By::Topic => leave_out(column(Field::Topic, "topic")?)?,
            By::Date => {
                purge(by_time(&column(Field::Date, "date")?, folds).map_err(|error| match error {
                    SplitError::Date { row, value } => {
                        anyhow!("{}: the date {value:?} is no day written YYYY-MM-DD", self.place(row))
                    }
                    other => other.into(),
                })?)
            }
        })
    }
}
