//! `demarche classify`: articles or statements in, a scored table out.

mod checkpoint;
mod contract;
mod destination;
mod done;
mod rejects;
mod run;
mod side;
pub(super) mod since;
mod start;
mod work;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use demarche::batch::{Bench, Layout};
use demarche::eval::{Drift, Shift};
use demarche::figures::Watched;
use demarche::model::Model;
use demarche::stance::{ABSTAIN, Stance};
use demarche::write::{Compression, Encode};

use super::format::OutputFormat;
use super::growing::is_special;
use super::input::{Found, Input, InputFormat, Unit, Wanted, inputs};
use super::ledger::{Entry, Ledger, entry};
use super::output::is_closed_pipe;
use super::progress::Reporter;
use super::steps::Source;
use super::summary::{Counts, ModelUsed, Summary, Timing};
use super::written::Written;
use super::{Outcome, interrupt, model, number, registry};
use checkpoint::Settings;
use contract::classifier;
use destination::{Plan, known_parts};
use run::Run;
use since::earlier;
use start::Start;
use work::Work;

/// Find the statements in articles and say of each how its holder stands to talks.
///
/// INPUT is a file, a folder (walked in the order of names), a pattern such as '*.txt', or - for standard input: .txt and
/// .md (a file is an article; .md may begin with front matter), .html, .jsonl (id, text or html, date, source, title),
/// .csv, .tsv or .parquet (the same columns). gzip and Zstandard are read as they are, by their content; input that expands to more
/// than 256 times its size is refused.
///
/// A run that writes a file notes every two seconds how far it has come; if it is interrupted, the same command with
/// --resume goes on from there, and what comes out is what an undisturbed run would have written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  demarche classify seeds/ -o scored.csv\n  echo \"We will not talk under fire, the rebels said.\" | demarche classify -"
)]
pub(crate) struct Arguments {
    /// Files, folders, patterns, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// The model; without it the one inside the program.
    #[arg(short, long, value_name = "FILE")]
    model: Option<PathBuf>,

    /// Where to write; without it, or with -, to standard output. Compressed if it ends in .gz or .zst.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What the inputs hold.
    #[arg(long = "as", value_enum, default_value_t = Unit::Articles, value_name = "UNIT")]
    unit: Unit,

    /// The format of the inputs, where their endings do not tell it.
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,

    /// Office holders to know beside the shipped ones: CSV with name, alias, role, side, `valid_from`, `valid_to`.
    #[arg(long, value_name = "FILE")]
    speakers: Option<PathBuf>,

    /// The date of articles whose metadata and first lines give none (YYYY-MM-DD).
    #[arg(long, value_parser = day, value_name = "DATE")]
    date: Option<String>,

    /// The format of the output; without it what the ending of -o says, or csv.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<OutputFormat>,

    /// The columns to write, in this order; all of them if not given.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    columns: Option<Vec<String>>,

    /// For Excel: a byte-order mark, and a ' before a field that would be read as a formula.
    #[arg(long)]
    excel: bool,

    /// Write parts of N rows: OUT-00001.csv, OUT-00002.csv and so on.
    #[arg(long, value_name = "N", requires = "output")]
    split_rows: Option<NonZeroUsize>,

    /// Write what was left out to a table: file, line, column, reason, value-start.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Give a label only where it can be expected that this share of the labels given is right, and `abstain` to all
    /// other statements. The smallest probability of each label comes from the scores of the model's cross-validation.
    #[arg(long, value_name = "P", value_parser = number::share)]
    precision: Option<f64>,

    /// Write the statements without a label to a table for a person to fill in its column label; `train --add` takes it
    /// back. With --since, it has those of the articles that were scored anew.
    #[arg(long, value_name = "CSV")]
    review: Option<PathBuf>,

    /// Stop at the first piece of input that cannot be used, and write nothing.
    #[arg(long)]
    strict: bool,

    /// Write inputs, output, counts, model and time to a file that `demarche verify` can check.
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,

    /// Go on where an interrupted run of the same command has stopped.
    #[arg(long, requires = "output")]
    resume: bool,

    /// Also note how far the run has come after every N rows.
    #[arg(long, value_name = "N", requires = "output")]
    checkpoint_rows: Option<NonZeroUsize>,

    /// Score only articles that are new or have changed since FILE, an earlier output, was written; the rows of all
    /// others are taken over from it. FILE and -o may be the same. Another model scores everything anew.
    #[arg(long, value_name = "FILE", requires = "output")]
    since: Option<PathBuf>,

    /// Worker threads; all cores if not given. The output does not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// A day as it is written in the output.
fn day(typed: &str) -> Result<String, String> {
    let known = demarche::read::is_date(typed);
    known.then(|| typed.to_owned()).ok_or_else(|| "a date is written YYYY-MM-DD, as 2026-02-24".to_owned())
}

impl Arguments {
    /// The output, if it is not standard output.
    fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    fn format(&self) -> OutputFormat {
        OutputFormat::of_output(self.format, self.output()).unwrap_or(OutputFormat::Csv)
    }

    /// Refuses what cannot go together with a format whose files cannot be continued.
    fn check(&self) -> anyhow::Result<()> {
        if self.format().is_continuable() {
            return Ok(());
        }
        anyhow::ensure!(
            !self.resume && self.checkpoint_rows.is_none(),
            "a Parquet file cannot be continued, for its index comes last: write csv or jsonl for --resume, or leave it out to start over"
        );
        let compressed =
            self.output().is_some_and(|path| Compression::of_name(&path.to_string_lossy()).is_some());
        anyhow::ensure!(!compressed, "a Parquet file is compressed in itself: let its name end in .parquet");
        Ok(())
    }

    /// The files beside the output.
    fn beside(&self) -> [(&'static str, Option<&Path>); 3] {
        [("--rejects", &self.rejects), ("--review", &self.review), ("--summary", &self.summary)]
            .map(|(option, path)| (option, path.as_deref()))
    }

    /// All files that are written. An earlier output may be replaced by the new one, and by nothing else.
    fn written(&self) -> anyhow::Result<Written> {
        let with_beside = |written: Written| {
            self.beside().into_iter().try_fold(written, |all, (option, path)| all.by(option, path))
        };
        with_beside(Written::default())?.spares("--since", &self.since)?;
        let outputs = match (self.output(), self.split_rows) {
            (Some(path), Some(_)) => known_parts(path).collect(),
            (path, _) => Vec::from_iter(path.map(Path::to_owned)),
        };
        let written = outputs.iter().try_fold(Written::default(), |all, path| all.by("-o", Some(path)))?;
        let written = with_beside(written)?;
        written.spares("--model", &self.model)?;
        written.spares("--speakers", &self.speakers)?;
        Ok(written)
    }

    /// A reader that goes away ends the run quietly, but not where files beside the output stay unwritten.
    fn told(&self, error: anyhow::Error) -> anyhow::Error {
        let beside: Vec<&str> =
            self.beside().into_iter().filter_map(|(option, path)| path.and(Some(option))).collect();
        if beside.is_empty() || !is_closed_pipe(&error) {
            return error;
        }
        anyhow::anyhow!("{error:#}; not written: {}", beside.join(", "))
    }

    fn encoder(&self) -> anyhow::Result<&'static dyn Encode> {
        if !self.excel {
            return Ok(self.format().encoder());
        }
        self.format().spreadsheet_encoder().ok_or_else(|| anyhow::anyhow!("--excel is for csv and tsv"))
    }

    fn layout(&self, input: &[String]) -> anyhow::Result<Layout> {
        let all = Layout::new(input);
        Ok(match &self.columns {
            None => all,
            Some(names) => all.choose(names)?,
        })
    }

    /// True if copies of articles are to be told.
    fn wants_copies(&self) -> bool {
        self.columns.as_ref().is_none_or(|names| names.iter().any(|name| name == "duplicate_of"))
    }

    fn source(&self, found: Found, ledger: Option<Ledger>) -> anyhow::Result<Source> {
        Ok(match self.unit {
            Unit::Articles => {
                Source::articles(found, self.date.clone(), ledger).marking_copies(self.wants_copies())
            }
            Unit::Statements => Source::statements(found, ledger)?,
        })
    }

    /// True if the output is one plain file of articles: only that can be continued by `--since`.
    fn is_indexed(&self) -> bool {
        let plain = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Compression::of_name(&name).is_none() && !is_special(path)
        };
        self.unit == Unit::Articles
            && self.split_rows.is_none()
            && self.format().is_continuable()
            && self.output().is_some_and(plain)
    }

    /// All that decides on the bytes of the output, by the names that messages use.
    fn settings(&self, model: &Model, layout: &Layout, found: &Found, speakers: &str) -> Settings {
        let path =
            |path: &Option<PathBuf>| path.as_ref().map(|p| p.display().to_string()).unwrap_or_default();
        let inputs: Vec<&str> = found.inputs.iter().map(|i| i.name.as_str()).collect();
        [
            ("program", env!("CARGO_PKG_VERSION").to_owned()),
            ("model", model.digest().to_owned()),
            ("format", self.format().name().to_owned()),
            ("columns", layout.columns().join(",")),
            ("excel", self.excel.to_string()),
            ("split-rows", self.split_rows.map(|n| n.to_string()).unwrap_or_default()),
            ("unit", format!("{:?}", self.unit)),
            ("input-format", format!("{:?}", self.input_format)),
            ("date", self.date.clone().unwrap_or_default()),
            ("speakers", speakers.to_owned()),
            ("rejects", path(&self.rejects)),
            ("precision", self.precision.map(|p| p.to_string()).unwrap_or_default()),
            ("review", path(&self.review)),
            ("since", path(&self.since)),
            ("list of inputs", blake3::hash(inputs.join("\n").as_bytes()).to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    arguments.check()?;
    registry::prepare();
    let written = arguments.written()?;
    let wanted = Wanted { unit: arguments.unit, format: arguments.input_format, written: &written };
    let found = inputs(&arguments.inputs, wanted)?;
    let model = model::load(arguments.model.as_ref())?;
    let (stances, contract) = classifier(arguments, &model)?;
    let known = registry::load(arguments.speakers.as_deref())?;
    let reporter = Reporter::new(quiet, found.inputs.iter().map(Input::size).sum(), "bytes");
    found.tell(&reporter);
    if let Some(contract) = &contract {
        reporter.note(&contract.words());
    }
    let ledger = arguments.summary.as_ref().map(|_| Ledger::default());
    let source = arguments.source(found.clone(), ledger.clone())?;
    let layout = arguments.layout(source.columns())?;
    let encoder = arguments.encoder()?;
    let settings = arguments.settings(&model, &layout, &found, &known.digest);
    let earlier = earlier(arguments, &settings, &reporter)?;
    let plan = Plan {
        path: arguments.output().map(Path::to_owned),
        encoder,
        columns: layout.columns().to_vec(),
        continuable: arguments.format().is_continuable(),
        split: arguments.split_rows,
    };
    if plan.file().is_some() {
        interrupt::listen()?;
    }
    let start = Start { arguments, found: &found, ledger: ledger.clone(), settings, plan };
    let (mut run, source) = start.run(source, reporter)?;
    let work = Work {
        bench: Bench { classifier: &stances, registry: &known.registry, encoder, layout: &layout },
        workers: arguments
            .threads
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN),
        earlier: earlier.as_ref(),
        split: arguments.split_rows.is_some(),
        tracked: run.is_tracked(),
        review: arguments.review.is_some(),
    };
    if let Err(error) = work.run(source, &mut run) {
        return Err(arguments.told(run.fail(error)));
    }
    finish(arguments, &model, run, &found, ledger.as_ref(), started)
}

/// Publishes what a run has written and says what it did.
fn finish(
    arguments: &Arguments,
    model: &Model,
    mut run: Run,
    found: &Found,
    ledger: Option<&Ledger>,
    started: Instant,
) -> anyhow::Result<Outcome> {
    let nothing = run.done.rows == 0 && run.done.articles == 0;
    if nothing && (run.done.skipped > 0 || !found.has_named()) {
        run.reporter.finish("");
        run.reject_all()?;
        anyhow::bail!("nothing could be read");
    }
    let files = match run.finish() {
        Ok(files) => files,
        Err(error) => return Err(arguments.told(run.fail(error))),
    };
    let drift = drift(model, &run.done.watched);
    if let Some(drift) = drift.filter(|drift| drift.shift() != Shift::Small) {
        run.reporter.note(&drift.to_string());
    }
    if let (Some(path), Some(ledger)) = (&arguments.summary, ledger) {
        summary(arguments, model, &run, ledger, &files, started)?.write(path)?;
    }
    run.reporter.finish(&run.done.summary(arguments.unit));
    Ok(if run.done.skipped > 0 { Outcome::Partial } else { Outcome::Done })
}

/// How far what was scored departs from the model's training rows.
fn drift(model: &Model, watched: &Watched) -> Option<Drift> {
    let validation = model.header().validation.as_ref()?;
    Drift::of(&validation.scores, validation.terms, watched)
}

fn summary(
    arguments: &Arguments,
    model: &Model,
    run: &Run,
    ledger: &Ledger,
    files: &[PathBuf],
    started: Instant,
) -> anyhow::Result<Summary> {
    let inputs = ledger.take();
    let stream = run.stream_digest().map(|(blake3, bytes)| Entry { file: "-".to_owned(), bytes, blake3 });
    let written = files.iter().map(|path| entry(path)).collect::<Result<Vec<_>, _>>()?;
    let given = Stance::ALL.iter().zip(run.done.labels).map(|(stance, n)| (stance.to_string(), n));
    let abstained = Some(run.done.abstained()).filter(|n| *n > 0).map(|n| (ABSTAIN.to_owned(), n));
    let labels = given.chain(abstained).collect();
    let bytes = inputs.iter().map(|i| i.bytes).sum();
    Ok(Summary {
        program: format!("demarche {}", env!("CARGO_PKG_VERSION")),
        model: ModelUsed {
            file: arguments.model.as_ref().map(|p| p.display().to_string()),
            digest: model.digest().to_owned(),
        },
        inputs,
        output: stream.into_iter().chain(written).collect(),
        format: arguments.format().name().to_owned(),
        counts: Counts {
            articles: run.done.articles,
            copies: run.done.copies,
            rows: run.done.rows,
            rejects: run.done.skipped,
            unclosed_quotations: run.done.unclosed,
            labels,
        },
        drift: drift(model, &run.done.watched),
        timing: Timing::new(started.elapsed(), run.done.rows, bytes),
    })
}
