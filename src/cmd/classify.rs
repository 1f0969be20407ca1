//! `demarche classify`: articles or statements in, a scored table out.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use demarche::batch::{Block, Job, Pipeline, Scoring, Stopped, ordered};
use demarche::read::{Skipped, TableError};
use demarche::row::SCORED_COLUMNS;
use demarche::stance::{Classify, Stance};
use demarche::statement::Registry;
use demarche::write::{CsvEncoder, Encode, JsonLinesEncoder};

use super::input::{Input, InputFormat, inputs};
use super::output::Output;
use super::progress::{Reporter, count};
use super::steps::{Source, Step};
use super::{Outcome, model, registry};

/// Find the statements in articles and say of each how its holder stands to talks.
///
/// INPUT is a file, a folder (walked in the order of names) or - for standard input: .txt and .md (a file is an
/// article), .html, .jsonl (id, text or html, date, source, title) or .csv (the same columns).
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  demarche classify seeds/ -o scored.csv\n  echo \"We will not talk under fire, the rebels said.\" | demarche classify -"
)]
pub(crate) struct Arguments {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// The model; without it the one inside the program.
    #[arg(short, long, value_name = "FILE")]
    model: Option<PathBuf>,

    /// Where to write; without it, or with -, to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What the inputs hold.
    #[arg(long = "as", value_enum, default_value_t = Unit::Articles, value_name = "UNIT")]
    unit: Unit,

    /// The format of the inputs, where their endings do not tell it.
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,

    /// The format of the output.
    #[arg(long, value_enum, default_value_t = OutputFormat::Csv, value_name = "FORMAT")]
    format: OutputFormat,

    /// Office holders to know beside the shipped ones: CSV with name, alias, role, side, valid_from, valid_to.
    #[arg(long, value_name = "FILE")]
    speakers: Option<PathBuf>,

    /// Worker threads; all cores if not given. The output does not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Articles, whose statements are to be found.
    Articles,
    /// Tables (CSV) whose column `text` is one statement a row; all columns are kept.
    Statements,
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// Comma-separated values.
    Csv,
    /// JSON Lines.
    Jsonl,
}

impl OutputFormat {
    pub(super) fn encoder(self) -> &'static dyn Encode {
        match self {
            Self::Csv => &CsvEncoder,
            Self::Jsonl => &JsonLinesEncoder,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let model = model::load(arguments.model.as_ref())?;
    let stances = model.stance().ok_or_else(|| {
        let name = model::name(arguments.model.as_ref());
        let labels = model.header().labels.join(", ");
        anyhow::anyhow!("{name} knows the labels {labels}, not the four stances: classify needs those")
    })?;
    let mut early = Vec::new();
    let format = arguments.input_format.or((arguments.unit == Unit::Statements).then_some(InputFormat::Csv));
    let (found, passed) = inputs(&arguments.inputs, format, |skipped| early.push(skipped))?;
    let total = found.iter().map(Input::size).sum();
    let mut reporter = Reporter::new(quiet, total, "bytes");
    for skipped in &early {
        reporter.skip(skipped);
    }
    if passed > 0 {
        reporter.note(&format!("passed over {} whose endings tell no format", count(passed, "file")));
    }
    let source = match arguments.unit {
        Unit::Articles => Source::articles(found),
        Unit::Statements => Source::statements(found)?,
    };
    let columns: Vec<String> = source.kept_columns().chain(SCORED_COLUMNS.map(str::to_owned)).collect();
    let workers =
        arguments.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let registry = registry::load(arguments.speakers.as_deref())?;
    let work = Work {
        stances: &stances,
        registry: &registry,
        encoder: arguments.format.encoder(),
        columns: &columns,
        workers,
    };
    let mut output = Output::open(arguments.output.as_deref())?;
    let done = work.run(source, &mut output, &mut reporter)?;
    if done.rows == 0 && done.articles == 0 && reporter.skipped() > 0 {
        reporter.finish("");
        anyhow::bail!("nothing could be read");
    }
    output.finish()?;
    reporter.finish(&done.summary(arguments.unit, reporter.skipped()));
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}

/// What a run has done.
#[derive(Default)]
struct Done {
    articles: usize,
    rows: usize,
    labels: [usize; 4],
}

impl Done {
    fn summary(&self, unit: Unit, skipped: usize) -> String {
        let labels: Vec<String> =
            Stance::ALL.iter().zip(self.labels).map(|(stance, n)| format!("{n} {stance}")).collect();
        let from = match unit {
            Unit::Articles => format!(" in {}", count(self.articles, "article")),
            Unit::Statements => String::new(),
        };
        let skipped = if skipped == 0 { String::new() } else { format!("; {skipped} skipped") };
        format!("{}{from}: {}{skipped}", count(self.rows, "statement"), labels.join(", "))
    }
}

/// What comes out of a step.
enum Told {
    Block(Block, usize, u64),
    Skip(Skipped),
    Note(String),
    Fail(TableError),
}

struct Work<'a> {
    stances: &'a dyn Classify,
    registry: &'a Registry,
    encoder: &'static dyn Encode,
    columns: &'a [String],
    workers: NonZeroUsize,
}

impl Work<'_> {
    fn run(&self, source: Source, output: &mut Output, reporter: &mut Reporter) -> anyhow::Result<Done> {
        let mut done = Done::default();
        output.write(&self.encoder.header(self.columns))?;
        let worker = || {
            let mut scoring = Scoring::new(self.stances, self.registry, self.encoder, self.columns);
            move |step: Step| match step {
                Step::Job(job, bytes) => {
                    let articles = usize::from(matches!(job, Job::Article(_)));
                    Told::Block(scoring.run(&job), articles, bytes)
                }
                Step::Skip(skipped) => Told::Skip(skipped),
                Step::Note(note) => Told::Note(note),
                Step::Fail(error) => Told::Fail(error),
            }
        };
        let ended = ordered(Pipeline { workers: self.workers }, source, worker, |told| {
            match told {
                Told::Block(block, articles, bytes) => {
                    output.write(&block.bytes)?;
                    done.articles += articles;
                    done.rows += block.rows;
                    for (sum, n) in done.labels.iter_mut().zip(block.labels) {
                        *sum += n;
                    }
                    reporter.advance(bytes);
                }
                Told::Skip(skipped) => reporter.skip(&skipped),
                Told::Note(note) => reporter.note(&note),
                Told::Fail(error) => return Err(error.into()),
            }
            Ok(())
        });
        match ended {
            Ok(()) => Ok(done),
            Err(Stopped::Sink(error)) => Err(error),
            Err(Stopped::Worker) => anyhow::bail!("a worker thread has died; please report this"),
        }
    }
}
