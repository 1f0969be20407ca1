//! `demarche extract`: the statements of articles, without scores.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use demarche::article::Article;
use demarche::batch::Job;
use demarche::row::{EXTRACTED_COLUMNS, Field, extracted};
use demarche::span::CharOffsets;
use demarche::statement::{Registry, extract, fill_stakes, unclosed_quotations};
use demarche::write::{Assemble, Encode, Rows};

use super::format::OutputFormat;
use super::input::{Input, InputFormat, Unit, Wanted, inputs};
use super::output::Output;
use super::progress::{Reporter, count, unclosed};
use super::steps::{Source, Step};
use super::written::Written;
use super::{Outcome, registry};

/// Find the statements in articles: who says what, and where.
///
/// INPUT as in classify. Offsets count characters of the article's decoded text; the end is exclusive.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  demarche extract seeds/ --format jsonl\n  demarche extract page.html --text"
)]
pub(crate) struct Arguments {
    /// Files, folders, patterns, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Where to write; without it, or with -, to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format of the inputs, where their endings do not tell it.
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,

    /// Office holders to know beside the shipped ones: CSV with name, alias, role, side, `valid_from`, `valid_to`.
    #[arg(long, value_name = "FILE")]
    speakers: Option<PathBuf>,

    /// The format of the output; without it, as the ending of --output says, or csv.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<OutputFormat>,

    /// Write the text that offsets point into, instead of the statements: as it is, under a line `==> NAME <==` each if
    /// there are several articles, or with --format as a table of `article` and `text`.
    #[arg(long)]
    text: bool,
}

/// Writes what is wanted of each article.
trait Write {
    /// What stands before the first article.
    fn header(&self) -> Vec<u8>;

    /// What makes a file of what is written, where the format needs it.
    fn assembler(&self) -> Option<io::Result<Box<dyn Assemble>>>;

    /// One article, and how many statements it has.
    fn article(&mut self, article: &Article) -> (Vec<u8>, usize);

    /// How many of its quotations were ended where no mark closes them.
    fn repaired(&self, _: &Article) -> usize {
        0
    }
}

/// Its statements.
struct Statements {
    encoder: &'static dyn Encode,
    columns: Vec<String>,
    registry: Cow<'static, Registry>,
}

impl Write for Statements {
    fn header(&self) -> Vec<u8> {
        self.encoder.header(&self.columns)
    }

    fn assembler(&self) -> Option<io::Result<Box<dyn Assemble>>> {
        self.encoder.assembler(&self.columns)
    }

    fn article(&mut self, article: &Article) -> (Vec<u8>, usize) {
        let offsets = CharOffsets::new(&article.text);
        let mut rows = self.encoder.rows(&self.columns);
        let mut statements = extract(article);
        fill_stakes(article, &mut statements, &self.registry);
        for statement in &statements {
            row(rows.as_mut(), &extracted(article, &offsets, statement));
        }
        (rows.finish(), statements.len())
    }

    fn repaired(&self, article: &Article) -> usize {
        unclosed_quotations(&article.text)
    }
}

fn row(rows: &mut dyn Rows, fields: &[Field<'_>]) {
    for field in fields {
        rows.field(*field);
    }
    rows.end();
}

/// Its text in a table.
struct Table {
    encoder: &'static dyn Encode,
    columns: Vec<String>,
}

impl Write for Table {
    fn header(&self) -> Vec<u8> {
        self.encoder.header(&self.columns)
    }

    fn assembler(&self) -> Option<io::Result<Box<dyn Assemble>>> {
        self.encoder.assembler(&self.columns)
    }

    fn article(&mut self, article: &Article) -> (Vec<u8>, usize) {
        let mut rows = self.encoder.rows(&self.columns);
        row(rows.as_mut(), &[Field::Text(&article.id), Field::Text(&article.text)]);
        (rows.finish(), 0)
    }
}

/// Its text as it is, under its name where there may be several.
struct Plain {
    named: bool,
    begun: bool,
}

impl Write for Plain {
    fn header(&self) -> Vec<u8> {
        Vec::new()
    }

    fn assembler(&self) -> Option<io::Result<Box<dyn Assemble>>> {
        None
    }

    fn article(&mut self, article: &Article) -> (Vec<u8>, usize) {
        let gap = if self.begun { "\n" } else { "" };
        self.begun = true;
        let name = if self.named { format!("{gap}==> {} <==\n", article.id) } else { String::new() };
        ((name + &article.text).into_bytes(), 0)
    }
}

impl Arguments {
    fn writer(&self, named: bool) -> anyhow::Result<Box<dyn Write>> {
        let columns = |names: &[&str]| names.iter().map(|&c| c.to_owned()).collect();
        let format = OutputFormat::of_output(self.format, self.output.as_deref());
        let encoder = format.unwrap_or(OutputFormat::Csv).encoder();
        Ok(match (self.text, format) {
            (true, None) => Box::new(Plain { named, begun: false }),
            (true, Some(_)) => Box::new(Table { encoder, columns: columns(&["article", "text"]) }),
            (false, _) => Box::new(Statements {
                encoder,
                columns: columns(&EXTRACTED_COLUMNS),
                registry: registry::load(self.speakers.as_deref())?.registry,
            }),
        })
    }
}

pub(crate) fn run(arguments: &Arguments, quiet: bool) -> anyhow::Result<Outcome> {
    let written = Written::default().by("-o", arguments.output.as_deref())?;
    written.spares("--speakers", &arguments.speakers)?;
    let wanted = Wanted { unit: Unit::Articles, format: arguments.input_format, written: &written };
    let found = inputs(&arguments.inputs, wanted)?;
    let mut reporter = Reporter::new(quiet, found.inputs.iter().map(Input::size).sum(), "bytes");
    found.tell(&reporter);
    let has_named = found.has_named();
    // A table of articles, even of one, may hold several.
    let several = found.inputs.len() > 1 || found.inputs.iter().any(|i| i.format.is_table());
    let mut writer = arguments.writer(several)?;
    let mut output = Output::open(arguments.output.as_deref())?;
    output.write(&writer.header())?;
    let mut assembler = writer.assembler().transpose()?;
    let (mut articles, mut statements, mut repaired) = (0, 0, 0);
    for step in Source::articles(found, None, None).marking_copies(!arguments.text) {
        match step {
            Step::Job(Job::Article(article), size) => {
                let (mut bytes, found) = writer.article(&article);
                if let Some(assembler) = &mut assembler {
                    let rows = std::mem::take(&mut bytes);
                    assembler.add(&rows, &mut bytes)?;
                }
                output.write(&bytes)?;
                statements += found;
                repaired += writer.repaired(&article);
                articles += 1;
                reporter.advance(size);
            }
            Step::Job(Job::Rows(_), _) => (),
            Step::Skip(skipped) => reporter.skip(&skipped),
            Step::Note(note) => reporter.note(&note),
            Step::Fail(error) => return Err(error.into()),
        }
    }
    if articles == 0 && (reporter.skipped() > 0 || !has_named) {
        reporter.finish("");
        anyhow::bail!("nothing could be read");
    }
    if let Some(mut assembler) = assembler {
        let mut rest = Vec::new();
        assembler.finish(&mut rest)?;
        output.write(&rest)?;
    }
    output.finish()?;
    let articles = count(articles, "article");
    let done = if arguments.text {
        articles
    } else {
        format!("{} in {articles}{}", count(statements, "statement"), unclosed(repaired))
    };
    reporter.finish(&done);
    Ok(if reporter.skipped() > 0 { Outcome::Partial } else { Outcome::Done })
}
