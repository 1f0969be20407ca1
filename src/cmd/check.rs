//! `demarche check`: what a careful colleague would look for in labelled rows.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use demarche::check::{CheckedRow, Counts, Finding, Limits, Place, Problem, Sheet};
use demarche::read::{Field, Filter, Labelled, LabelledRows, Labels, Skipped};
use demarche::stance::Stance;
use serde::Serialize;

use super::data::{self, By, Data, Wanted};
use super::output::Output;
use super::progress::{Reporter, count};
use super::recipe::RecipeArguments;
use super::validate::{cross_validated, trainer};
use super::{Format, Outcome, counts};

/// Look for what is wrong with labelled rows before anything is trained on them.
///
/// Looked for: rows that cannot be read, unknown labels, channels and splits, dates that are none, repeated ids, empty and huge rows,
/// broken encodings, conditions that are missing or not copied from the text, duplicates and near-duplicates outside
/// of pairs, pairs without two rows of two labels, groups, pairs and near-duplicates on two sides of a split, rare
/// labels, names that tell a label, openings that too many rows share; and likely label errors, by confident learning
/// on the probabilities of a cross-validation.
///
/// Likely label errors are advice: a hard row looks like a wrong one. They do not count as findings unless --strict.
///
/// Exit code: 0 clean, 1 findings, 2 nothing was checked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche check data/statements.csv\n  \
                        demarche check data/statements.csv --counts --no-label-errors")]
pub(crate) struct Arguments {
    /// The labelled table.
    #[arg(value_name = "DATA")]
    data: PathBuf,

    /// Do not look for likely label errors, which needs a cross-validation.
    #[arg(long)]
    no_label_errors: bool,

    /// Likely label errors are findings too.
    #[arg(long)]
    strict: bool,

    /// Print the counts that a datasheet names, too.
    #[arg(long)]
    counts: bool,

    /// List at most this many findings of a kind; 0 lists all. JSON always has all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    most: usize,

    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Folds of the cross-validation behind the likely label errors.
    #[arg(long, value_name = "K", default_value_t = 5)]
    folds: usize,

    /// Check only the rows whose COLUMN holds VALUE; may be given several times.
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    filters: Vec<Filter>,

    #[command(flatten)]
    recipe: RecipeArguments,
}

/// What a check gives, as JSON has it.
#[derive(Serialize)]
struct Checked {
    rows: usize,
    findings: Vec<Finding>,
    /// Likely label errors, unless they are findings.
    advice: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
    /// The texts by line, to be shown with advice.
    #[serde(skip)]
    texts: BTreeMap<usize, String>,
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let reporter = Reporter::new(quiet, 0, "rows");
    let checked = check(arguments, &reporter)?;
    let mut output = Output::open(None)?;
    match arguments.format {
        Format::Text => output.write(page(&checked, arguments.most).as_bytes())?,
        Format::Json => output.json(&checked)?,
    }
    output.finish()?;
    reporter.finish("");
    Ok(if checked.findings.is_empty() { Outcome::Done } else { Outcome::Findings })
}

fn check(arguments: &Arguments, reporter: &Reporter) -> anyhow::Result<Checked> {
    let wanted = Wanted { labels: Labels::Any, filters: &arguments.filters };
    let (rows, skipped) = data::read_table(&arguments.data, &wanted, reporter)?;
    if rows.is_empty() && skipped.is_empty() {
        anyhow::bail!("{}: there is no row to check", arguments.data.display());
    }
    let mut findings: Vec<Finding> = skipped.into_iter().map(unreadable).collect();
    let labels = arguments.recipe.labels();
    let rows = known_labels(rows, labels, &mut findings);
    let data = Data::new(rows, labels);
    let checked: Vec<CheckedRow<'_>> = data.rows.iter().zip(&data.classes).map(|(r, &c)| row(r, c)).collect();
    let conditional = data.labels.iter().position(|label| label == Stance::Conditional.name());
    let sheet = Sheet::new(&checked, &data.labels, conditional.filter(|_| labels == Labels::Stances))?;
    findings.extend(sheet.check(&Limits::default()));
    let mut advice = Vec::new();
    if !arguments.no_label_errors {
        match label_errors(arguments, &data, &sheet) {
            Ok(found) if arguments.strict => findings.extend(found),
            Ok(found) => advice = found,
            Err(error) => reporter.note(&format!("likely label errors were not looked for: {error:#}")),
        }
    }
    let counts = arguments.counts.then(|| Counts::of(&sheet));
    let texts = checked.iter().map(|row| (row.line, row.text.to_owned())).collect();
    Ok(Checked { rows: data.rows.len(), findings, advice, counts, texts })
}

fn unreadable(skipped: Skipped) -> Finding {
    let at = skipped.line.map(|line| Place { line: place(line), id: String::new() });
    Finding { at, problem: Problem::Unreadable { reason: skipped.reason } }
}

fn place(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

/// The rows whose labels are known, spelt as the codebook does; the others become findings.
fn known_labels(rows: LabelledRows, labels: Labels, findings: &mut Vec<Finding>) -> LabelledRows {
    if labels == Labels::Any {
        return rows;
    }
    let mut known = LabelledRows::default();
    for row in rows.iter() {
        match row.label().parse::<Stance>() {
            Ok(stance) => known.push_with(row, Field::Label, stance.name()),
            Err(error) => findings.push(Finding {
                at: Some(Place { line: place(row.line), id: row.get(Field::Id).to_owned() }),
                problem: Problem::UnknownLabel {
                    label: error.value,
                    nearest: error.nearest.map(|nearest| nearest.name().to_owned()),
                },
            }),
        }
    }
    known
}

fn row(row: Labelled<'_>, class: usize) -> CheckedRow<'_> {
    CheckedRow {
        line: place(row.line),
        id: row.get(Field::Id),
        text: row.text(),
        label: class,
        condition: Some(row.get(Field::Condition)),
        pair: Some(row.get(Field::Pair)),
        group: Some(row.get(Field::Group)),
        split: Some(row.get(Field::Split)),
        channel: Some(row.get(Field::Channel)),
        kind: Some(row.get(Field::Kind)),
        topic: Some(row.get(Field::Topic)),
        case: Some(row.get(Field::Case)),
        date: Some(row.get(Field::Date)),
    }
}

fn label_errors(arguments: &Arguments, data: &Data, sheet: &Sheet<'_>) -> anyhow::Result<Vec<Finding>> {
    data.two_labels()?;
    let folds = data.folds(By::Group, arguments.folds, arguments.recipe.seed)?;
    let out = cross_validated(data, &trainer(data, arguments.recipe.recipe()), &folds, By::Group)?;
    Ok(sheet.label_errors(&out.tested.probabilities)?)
}

fn page(checked: &Checked, most: usize) -> String {
    let mut page = String::new();
    if let Some(counts) = &checked.counts {
        page += &counts::page(counts);
        page.push('\n');
    }
    page += &listed(&checked.findings, &checked.texts, most);
    page += &listed(&checked.advice, &checked.texts, most);
    let _ = write!(page, "{}: ", count(checked.rows, "row"));
    page += &match checked.findings.len() {
        0 => "no findings".to_owned(),
        findings => count(findings, "finding"),
    };
    if !checked.advice.is_empty() {
        let advice = count(checked.advice.len(), "likely label error");
        let _ = write!(page, "; {advice} to look at (--strict makes them findings)");
    }
    page + "\n"
}

/// Findings under the names of their kinds, in the order in which the kinds come first.
fn listed(findings: &[Finding], texts: &BTreeMap<usize, String>, most: usize) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    let mut by_kind: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let kind = finding.problem.name();
        if !by_kind.contains_key(kind) {
            kinds.push(kind);
        }
        by_kind.entry(kind).or_default().push(finding);
    }
    let mut page = String::new();
    for kind in kinds {
        let found = by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        let _ = writeln!(page, "{} ({})", kind.replace('_', " "), found.len());
        let shown = if most == 0 { found.len() } else { most };
        for finding in found.iter().take(shown) {
            let _ = writeln!(page, "  {finding}");
            if let (Problem::LikelyLabelError { .. }, Some(place)) = (&finding.problem, &finding.at) {
                let text = texts.get(&place.line).map_or("", String::as_str);
                let _ = writeln!(page, "      {}", beginning(text));
            }
        }
        if found.len() > shown {
            let _ = writeln!(page, "  … and {} more (--most 0 lists all)", found.len() - shown);
        }
        page.push('\n');
    }
    page
}

/// The first characters of a text, on one line.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
