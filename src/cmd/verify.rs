//! `demarche verify`: is a scored table what its run has written, from what it says, with the model it names?

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context;
#[cfg(feature = "parquet")]
use demarche::read::parquet_table;
use demarche::read::{Table, TableFormat, decoding_reader, table_in};

use super::ledger::{Entry, entry};
use super::progress::{count, tell};
use super::summary::{Counts, Summary};
use super::{Outcome, model};

/// Check a scored table against the summary of its run: digests, rows and labels, model and inputs; articles and copies
/// as far as they have rows. What was left out, drift and timing leave no trace in the table and are not checked.
///
/// Exit code 0: all of it holds. 1: it holds, but some input is no longer there to be checked. 2: something differs.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  demarche classify seeds/ -o scored.csv --summary run.json\n  demarche verify scored.csv --summary run.json"
)]
pub(crate) struct Arguments {
    /// The table, as it was named with -o.
    #[arg(value_name = "OUT")]
    output: PathBuf,

    /// The summary that the run has written.
    #[arg(long, value_name = "FILE")]
    summary: PathBuf,

    /// The model; without it the file that the summary names, or the one inside the program.
    #[arg(short, long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// What was found.
#[derive(Default)]
struct Findings {
    wrong: Vec<String>,
    missing: Vec<String>,
}

impl Findings {
    fn expect<T: PartialEq + std::fmt::Display>(&mut self, what: &str, is: &T, expected: &T) {
        if is != expected {
            self.wrong.push(format!("{what} is {is}; the summary says {expected}"));
        }
    }
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let summary = Summary::read(&arguments.summary)?;
    let mut findings = Findings::default();
    let recorded = summary.model.file.as_ref().map(PathBuf::from);
    let used = arguments.model.clone().or(recorded);
    let digest = model::load(used.as_ref())?.digest().to_owned();
    findings.expect(&format!("the digest of {}", model::name(used.as_ref())), &digest, &summary.model.digest);
    check_output(&arguments.output, &summary, &mut findings)?;
    let as_written = findings.wrong.is_empty();
    if summary.inputs.is_empty() && summary.counts.rows > 0 {
        findings.wrong.push("the summary names no input".to_owned());
    }
    for input in &summary.inputs {
        check_input(input, &mut findings);
    }
    let say = |words: &str| {
        if !quiet {
            tell(words);
        }
    };
    for words in findings.wrong.iter().chain(&findings.missing) {
        tell(words);
    }
    if as_written && !findings.wrong.is_empty() {
        anyhow::bail!(
            "{} is as the run has written it, but its inputs are not as the summary says",
            arguments.output.display()
        );
    }
    if !findings.wrong.is_empty() {
        anyhow::bail!("{} is not what the run has written", arguments.output.display());
    }
    let rows = count(summary.counts.rows, "row");
    say(&format!("{}: {rows}, as the run has written them", arguments.output.display()));
    Ok(if findings.missing.is_empty() { Outcome::Done } else { Outcome::Partial })
}

/// The files of an output: itself, or its parts beside it.
fn files<'a>(output: &Path, summary: &'a Summary) -> Vec<(PathBuf, &'a Entry)> {
    match summary.output.as_slice() {
        [one] if output.exists() => vec![(output.to_owned(), one)],
        parts => parts
            .iter()
            .map(|part| (output.with_file_name(Path::new(&part.file).file_name().unwrap_or_default()), part))
            .collect(),
    }
}

/// The articles that have rows, which stand together, and the copies among them.
#[derive(Default)]
struct Articles {
    last: String,
    found: usize,
    copies: usize,
}

impl Articles {
    fn note(&mut self, article: &str, first: &str) {
        if self.last != article {
            article.clone_into(&mut self.last);
            self.found += 1;
            self.copies += usize::from(!first.is_empty());
        }
    }

    /// Articles without a statement have no row, and tables of statements have no article.
    fn check(&self, counts: &Counts, findings: &mut Findings) {
        let of_articles = counts.articles > 0;
        for (what, found, told) in
            [("articles", self.found, counts.articles), ("copies", self.copies, counts.copies)]
        {
            if of_articles && found > told {
                findings.wrong.push(format!("{found} {what} have rows; the summary says {told}"));
            }
        }
        if counts.copies > counts.articles {
            let (copies, articles) = (counts.copies, counts.articles);
            findings.wrong.push(format!("the summary tells {copies} copies among {articles} articles"));
        }
    }
}

fn check_output(output: &Path, summary: &Summary, findings: &mut Findings) -> anyhow::Result<()> {
    let (mut rows, mut labels, mut articles) = (0, BTreeMap::new(), Articles::default());
    for (path, expected) in files(output, summary) {
        let name = path.display();
        let found = entry(&path).with_context(|| format!("cannot read {name}"))?;
        findings.expect(&format!("the size of {name}"), &found.bytes, &expected.bytes);
        findings.expect(&format!("the digest of {name}"), &found.blake3, &expected.blake3);
        rows += read(&path, summary, &mut labels, &mut articles, findings)?;
    }
    findings.expect("the number of rows", &rows, &summary.counts.rows);
    articles.check(&summary.counts, findings);
    if labels.values().sum::<usize>() == rows {
        for (label, expected) in &summary.counts.labels {
            let found = labels.get(label).copied().unwrap_or(0);
            findings.expect(&format!("the number of rows with label {label}"), &found, expected);
        }
    }
    Ok(())
}

fn open(path: &Path, format: &str) -> anyhow::Result<Table<'static>> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    let format = match format {
        "csv" => TableFormat::Csv,
        "tsv" => TableFormat::Tsv,
        "jsonl" => TableFormat::JsonLines,
        #[cfg(feature = "parquet")]
        "parquet" => return Ok(parquet_table(&name, file)?),
        other => anyhow::bail!("{name}: this program cannot read {other:?}"),
    };
    let (reader, _) = decoding_reader(file).with_context(|| format!("cannot read {name}"))?;
    Ok(table_in(format, &name, reader)?)
}

/// Counts rows and labels, and looks at the model of every row.
fn read(
    path: &Path,
    summary: &Summary,
    labels: &mut BTreeMap<String, usize>,
    articles: &mut Articles,
    findings: &mut Findings,
) -> anyhow::Result<usize> {
    let name = path.display().to_string();
    if summary.counts.rows == 0 && summary.format == "jsonl" {
        return Ok(0);
    }
    let table = open(path, &summary.format)?;
    let (label, model) = (table.find("label"), table.find("model"));
    let (article, first) = (table.find("article"), table.find("duplicate_of"));
    let (mut rows, mut others) = (0, 0);
    for record in table {
        let record = match record {
            Ok(record) => record,
            Err(skipped) => {
                findings.wrong.push(skipped.to_string());
                continue;
            }
        };
        rows += 1;
        if let Some(label) = label {
            *labels.entry(record.get(label).to_owned()).or_insert(0) += 1;
        }
        if let (Some(article), Some(first)) = (article, first) {
            articles.note(record.get(article), record.get(first));
        }
        others += usize::from(model.is_some_and(|m| !summary.model.digest.starts_with(record.get(m))));
    }
    if others > 0 {
        findings.wrong.push(format!("{name}: {} of another model", count(others, "row")));
    }
    Ok(rows)
}

fn check_input(input: &Entry, findings: &mut Findings) {
    match entry(Path::new(&input.file)) {
        Ok(found) => {
            findings.expect(&format!("the size of {}", input.file), &found.bytes, &input.bytes);
            findings.expect(&format!("the digest of {}", input.file), &found.blake3, &input.blake3);
        }
        Err(error) => findings.missing.push(format!("{} cannot be checked: {error}", input.file)),
    }
}
