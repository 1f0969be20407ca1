//! `demarche agree`: how far annotators agree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use demarche::eval::{Agreement, Coincidences, Confusion, is_unanimous};
use demarche::figures::Interval;
use demarche::read::{Annotation, annotations};
use demarche::row::Field;
use demarche::write::{CsvEncoder, Encode};
use serde::Serialize;

use super::format::check_ending;
use super::output::Output;
use super::progress::{Reporter, count};
use super::recipe::LabelNames;
use super::validate::bootstrap;
use super::written::Written;
use super::{Format, Outcome, data};

mod page;

/// Compare the labels that annotators gave to the same ids: observed agreement, Cohen's kappa (of two),
/// Krippendorff's alpha, per label and per hard case.
///
/// The tables need the columns id and label; text and case are used where one table has them. An empty label means
/// that the annotator passed over the row.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche agree first.csv second.csv -o disagreements.csv")]
pub(crate) struct Arguments {
    /// One table an annotator: two or more.
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Write the rows with different labels to this CSV: id, text, case and one label column a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format of the figures.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Which labels the data may have.
    #[arg(long, value_enum, default_value_t = LabelNames::Stances)]
    labels: LabelNames,

    /// The seed of the bootstrap.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// What all annotators said of one id.
struct Unit {
    id: String,
    text: String,
    /// True if two tables have different texts under this id.
    differs: bool,
    case: String,
    labels: Vec<Option<usize>>,
}

/// The figures, as JSON has them.
#[derive(Serialize)]
struct Compared {
    files: Vec<String>,
    labels: Vec<String>,
    /// Ids with a label in every file.
    everywhere: usize,
    /// For every file, the ids that have a label elsewhere but none in it.
    missing: Vec<Vec<String>>,
    all: Agreement,
    /// Krippendorff's alpha with its 95 % interval, drawn over ids.
    alpha_interval: Interval,
    /// Every two annotators.
    pairs: Vec<TwoOf>,
    /// By hard case, in their order.
    cases: Vec<OfCase>,
}

/// The ids with one hard case.
#[derive(Serialize)]
struct OfCase {
    case: String,
    #[serde(flatten)]
    agreement: Agreement,
}

/// Two annotators among themselves.
#[derive(Serialize)]
struct TwoOf {
    first: usize,
    second: usize,
    agreement: Agreement,
    /// Rows: the first one's labels; columns: the second one's.
    confusion: Vec<Vec<u64>>,
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    if let Some(path) = &arguments.output {
        check_ending("agree -o", path)?;
    }
    Written::default().by("-o", arguments.output.as_deref())?.spares("FILE", &arguments.files)?;
    let mut reporter = Reporter::new(quiet, 0, "rows");
    let mut tables = Vec::new();
    for path in &arguments.files {
        let (rows, skipped) = annotations(data::open(path, &reporter)?, arguments.labels.into())?;
        for skipped in &skipped {
            reporter.skip(skipped);
        }
        tables.push(rows);
    }
    let labels = data::label_names(given(&tables), arguments.labels.into());
    let units = units(&tables, &labels);
    let differing: Vec<&str> = units.iter().filter(|u| u.differs).map(|u| u.id.as_str()).collect();
    if let Some(first) = differing.first() {
        let ids = count(differing.len(), "id");
        reporter.note(&format!(
            "{ids} with different texts in the tables, such as {first:?}: are they the same rows?"
        ));
    }
    let compared = compare(arguments, labels, &units)?;
    if compared.all.units == 0 {
        anyhow::bail!("{} have no labelled id in common", compared.files.join(" and "));
    }
    if let Some(path) = &arguments.output {
        let rows = write_disagreements(path, &compared, &units)?;
        reporter.note(&format!("{}: {}", path.display(), count(rows, "row")));
    }
    let mut output = Output::open(None)?;
    match arguments.format {
        Format::Text => output.write(page::page(&compared).as_bytes())?,
        Format::Json => output.json(&compared)?,
    }
    output.finish()?;
    reporter.finish("");
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}

/// All labels that annotators gave.
pub(super) fn given(tables: &[Vec<Annotation>]) -> impl Iterator<Item = &str> {
    tables.iter().flatten().filter_map(|row| row.label.as_deref())
}

/// What all tables say of each id: one place a table.
pub(super) fn labels_by_id(tables: &[Vec<Annotation>], labels: &[String]) -> Vec<Vec<Option<usize>>> {
    units(tables, labels).into_iter().map(|unit| unit.labels).collect()
}

/// The ids of all tables, in the order in which they come first.
fn units(tables: &[Vec<Annotation>], labels: &[String]) -> Vec<Unit> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut units: Vec<Unit> = Vec::new();
    for (annotator, row) in tables.iter().enumerate().flat_map(|(i, rows)| rows.iter().map(move |r| (i, r))) {
        let place = *places.entry(&row.id).or_insert_with(|| {
            let (id, labels) = (row.id.clone(), vec![None; tables.len()]);
            units.push(Unit { id, text: String::new(), differs: false, case: String::new(), labels });
            units.len() - 1
        });
        let Some(unit) = units.get_mut(place) else { continue };
        if unit.text.is_empty() {
            unit.text.clone_from(&row.text);
        } else if !row.text.is_empty() {
            unit.differs |= unit.text != row.text;
        }
        if unit.case.is_empty() {
            unit.case.clone_from(&row.case);
        }
        let class = row.label.as_ref().and_then(|label| labels.iter().position(|known| known == label));
        if let Some(slot) = unit.labels.get_mut(annotator) {
            *slot = class;
        }
    }
    units
}

fn compare(arguments: &Arguments, labels: Vec<String>, units: &[Unit]) -> anyhow::Result<Compared> {
    let classes = labels.len();
    let files: Vec<String> = arguments.files.iter().map(|path| Path::display(path).to_string()).collect();
    let rows: Vec<&[Option<usize>]> = units.iter().map(|unit| unit.labels.as_slice()).collect();
    let missing = |file: usize| {
        let lacks =
            |unit: &&Unit| unit.labels.get(file) == Some(&None) && unit.labels.iter().any(Option::is_some);
        units.iter().filter(lacks).map(|unit| unit.id.clone()).collect()
    };
    let mut by_case: BTreeMap<(u64, &str), Vec<&[Option<usize>]>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.case.is_empty()) {
        let key = (unit.case.parse().unwrap_or(u64::MAX), unit.case.as_str());
        by_case.entry(key).or_default().push(&unit.labels);
    }
    let mut cases = Vec::new();
    for ((_, case), rows) in by_case {
        cases.push(OfCase { case: case.to_owned(), agreement: Agreement::of(&rows, classes)? });
    }
    Ok(Compared {
        everywhere: rows.iter().filter(|row| row.iter().all(Option::is_some)).count(),
        missing: (0..files.len()).map(missing).collect(),
        all: Agreement::of(&rows, classes)?,
        alpha_interval: alpha_interval(&rows, classes, arguments.seed)?,
        pairs: pairs(&rows, files.len(), classes)?,
        cases,
        files,
        labels,
    })
}

fn alpha_interval(rows: &[&[Option<usize>]], classes: usize, seed: u64) -> anyhow::Result<Interval> {
    let each: Vec<usize> = (0..rows.len()).collect();
    let alpha = |drawn: &[usize]| {
        let rows: Vec<&[Option<usize>]> = drawn.iter().filter_map(|&row| rows.get(row).copied()).collect();
        Coincidences::of(&rows, classes).ok().and_then(|table| table.alpha()).unwrap_or(f64::NAN)
    };
    Ok(bootstrap(seed)?.interval_of_rows(&each, alpha))
}

fn pairs(rows: &[&[Option<usize>]], annotators: usize, classes: usize) -> anyhow::Result<Vec<TwoOf>> {
    let mut pairs = Vec::new();
    for (first, second) in (0..annotators).flat_map(|a| (a + 1..annotators).map(move |b| (a, b))) {
        let both: Vec<(usize, usize)> =
            rows.iter().filter_map(|row| Some(((*row.get(first)?)?, (*row.get(second)?)?))).collect();
        let (a, b): (Vec<usize>, Vec<usize>) = both.iter().copied().unzip();
        let confusion = Confusion::of(&a, &b, classes)?.rows().map(<[u64]>::to_vec).collect();
        let units: Vec<[Option<usize>; 2]> = both.into_iter().map(|(a, b)| [Some(a), Some(b)]).collect();
        pairs.push(TwoOf { first, second, agreement: Agreement::of(&units, classes)?, confusion });
    }
    Ok(pairs)
}

/// One row an id with different labels; gives their number.
fn write_disagreements(path: &Path, compared: &Compared, units: &[Unit]) -> anyhow::Result<usize> {
    let fixed = ["id", "text", "case"].map(str::to_owned);
    let columns: Vec<String> =
        fixed.into_iter().chain(compared.files.iter().map(|file| format!("label in {file}"))).collect();
    let mut rows = CsvEncoder::CSV.rows(&columns);
    let disputed: Vec<&Unit> = units.iter().filter(|unit| !is_unanimous(&unit.labels)).collect();
    for unit in &disputed {
        for words in [&unit.id, &unit.text, &unit.case] {
            rows.field(Field::Text(words));
        }
        for class in &unit.labels {
            let label = class.and_then(|class| compared.labels.get(class));
            rows.field(label.map_or(Field::Empty, |label| Field::Text(label)));
        }
        rows.end();
    }
    let bytes = [CsvEncoder::CSV.header(&columns), rows.finish()].concat();
    let mut output = Output::open(Some(path))?;
    output.write(&bytes)?;
    output.finish()?;
    Ok(disputed.len())
}
