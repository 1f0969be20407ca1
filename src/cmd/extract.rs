//! `demarche extract`: the statements of articles, without scores.

use std::path::PathBuf;

use demarche::batch::Job;
use demarche::row::{EXTRACTED_COLUMNS, extracted};
use demarche::span::CharOffsets;
use demarche::statement::{extract, fill_stakes};

use super::classify::OutputFormat;
use super::input::{Input, InputFormat, inputs};
use super::output::Output;
use super::progress::{Reporter, count};
use super::steps::{Source, Step};
use super::{Outcome, registry};

/// Find the statements in articles: who says what, and where.
///
/// INPUT as in classify. Offsets count characters of the article's decoded text; the end is exclusive.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  demarche extract seeds/ --format jsonl")]
pub(crate) struct Arguments {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Where to write; without it, or with -, to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format of the inputs, where their endings do not tell it.
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,

    /// Office holders to know beside the shipped ones: CSV with name, alias, role, side, valid_from, valid_to.
    #[arg(long, value_name = "FILE")]
    speakers: Option<PathBuf>,

    /// The format of the output.
    #[arg(long, value_enum, default_value_t = OutputFormat::Csv, value_name = "FORMAT")]
    format: OutputFormat,
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let mut early = Vec::new();
    let (found, _) = inputs(&arguments.inputs, arguments.input_format, |skipped| early.push(skipped))?;
    let mut reporter = Reporter::new(quiet, found.iter().map(Input::size).sum(), "bytes");
    for skipped in &early {
        reporter.skip(skipped);
    }
    let registry = registry::load(arguments.speakers.as_deref())?;
    let columns = EXTRACTED_COLUMNS.map(str::to_owned);
    let encoder = arguments.format.encoder();
    let mut output = Output::open(arguments.output.as_deref())?;
    output.write(&encoder.header(&columns))?;
    let (mut articles, mut statements) = (0, 0);
    for step in Source::articles(found) {
        match step {
            Step::Job(Job::Article(article), size) => {
                let offsets = CharOffsets::new(&article.text);
                let mut rows = encoder.rows(&columns);
                let mut found = extract(&article);
                fill_stakes(&article, &mut found, &registry);
                for statement in &found {
                    for field in extracted(&article, &offsets, statement) {
                        rows.field(field);
                    }
                    rows.end();
                    statements += 1;
                }
                output.write(&rows.finish())?;
                articles += 1;
                reporter.advance(size);
            }
            Step::Job(Job::Rows(_), _) => (),
            Step::Skip(skipped) => reporter.skip(&skipped),
            Step::Note(note) => reporter.note(&note),
            Step::Fail(error) => return Err(error.into()),
        }
    }
    if articles == 0 && reporter.skipped() > 0 {
        reporter.finish("");
        anyhow::bail!("nothing could be read");
    }
    output.finish()?;
    reporter.finish(&format!("{} in {}", count(statements, "statement"), count(articles, "article")));
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}
