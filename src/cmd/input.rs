//! Which files a command line names, in the order in which they are read.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use demarche::read::{ArticleFormat, Skipped};

use super::growing::index_of;
use super::ledger::Ledger;
use super::progress::{Reporter, count};
use super::written::Written;

/// How an input holds its articles or statements, as said on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Plain text: a file is an article.
    Text,
    /// The same, after front matter (`date`, `source`, `title` between two lines of ---).
    Markdown,
    /// A web page: its main text is an article.
    Html,
    /// One JSON object a line, with `text` or `html`.
    Jsonl,
    /// A table with the column `text` or `html`.
    Csv,
    /// The same, its fields parted by tabs.
    Tsv,
    /// A Parquet table with the same columns; one from a pipe is held in memory.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl From<InputFormat> for ArticleFormat {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Markdown => Self::Markdown,
            InputFormat::Html => Self::Html,
            InputFormat::Jsonl => Self::JsonLines,
            InputFormat::Csv => Self::Csv,
            InputFormat::Tsv => Self::Tsv,
            #[cfg(feature = "parquet")]
            InputFormat::Parquet => Self::Parquet,
        }
    }
}

/// The endings that tell a format.
const FORMATS: &str = if cfg!(feature = "parquet") {
    "txt, md, html, jsonl, csv, tsv, parquet"
} else {
    "txt, md, html, jsonl, csv, tsv"
};

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// Articles, whose statements are to be found.
    Articles,
    /// Tables (CSV, TSV, JSON Lines, Parquet) whose `text` is one statement a row; all columns are kept.
    Statements,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Statements => "statements",
        }
    }
}

/// One input to be read.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// The file; none is standard input.
    path: Option<PathBuf>,
    /// What messages call it.
    pub(crate) name: String,
    /// What an article in it is called that has no id: the path below the folder that was named.
    pub(crate) id: String,
    /// How it holds articles.
    pub(crate) format: ArticleFormat,
    /// True if it was named itself; false if it was come by in a folder, where not every table holds articles.
    pub(crate) named: bool,
}

impl Input {
    /// Opens it; `ledger`, if there is one, notes what is read.
    pub(crate) fn open(&self, ledger: Option<&Ledger>) -> io::Result<Box<dyn Read>> {
        let reader: Box<dyn Read> = match &self.path {
            None => Box::new(io::stdin()),
            Some(path) => Box::new(File::open(path)?),
        };
        Ok(match ledger {
            None => reader,
            Some(ledger) => Box::new(ledger.watch(&self.name, reader)),
        })
    }

    /// Opens it to be read at any place; none if it is a pipe, or compressed as a whole.
    #[cfg(feature = "parquet")]
    pub(crate) fn open_in_place(&self, ledger: Option<&Ledger>) -> io::Result<Option<File>> {
        let compressed =
            |path: &Path| demarche::write::Compression::of_name(&path.to_string_lossy()).is_some();
        let Some(path) = self.path.as_ref().filter(|p| p.is_file() && !compressed(p)) else {
            return Ok(None);
        };
        let file = File::open(path)?;
        if let Some(ledger) = ledger {
            io::copy(&mut ledger.watch(&self.name, &file), &mut io::sink())?;
        }
        Ok(Some(file))
    }

    /// True if it cannot be read twice.
    pub(crate) const fn is_standard(&self) -> bool {
        self.path.is_none()
    }

    /// Its size, 0 if nobody knows.
    pub(crate) fn size(&self) -> u64 {
        self.path.as_ref().and_then(|p| p.metadata().ok()).map_or(0, |m| m.len())
    }
}

/// Which files to read, and as what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// What they hold.
    pub(crate) unit: Unit,
    /// Their format, whatever their endings say.
    pub(crate) format: Option<InputFormat>,
    /// What the run writes, which it does not read.
    pub(crate) written: &'a Written,
}

impl Wanted<'_> {
    /// The format by the ending, if it is one that can hold the unit.
    fn by_ending(self, path: &Path) -> Option<ArticleFormat> {
        let format = ArticleFormat::of_name(&path.file_name()?.to_string_lossy())?;
        (self.unit == Unit::Articles || format.is_table()).then_some(format)
    }

    /// The format of a file that was named, or of standard input: as said, by the ending, or for statements CSV.
    fn of_named(self, path: Option<&Path>) -> Option<ArticleFormat> {
        let otherwise = (self.unit == Unit::Statements).then_some(ArticleFormat::Csv);
        self.format.map(Into::into).or_else(|| path.and_then(|p| self.by_ending(p))).or(otherwise)
    }
}

/// The inputs that were found, and what was not used on the way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) inputs: Vec<Input>,
    /// Folders that could not be read.
    pub(crate) skipped: Vec<Skipped>,
    /// Files in folders whose endings tell no format, and what is no file: devices, pipes.
    passed: Vec<PathBuf>,
    /// Files in folders that this run writes, and that an earlier one has written.
    written: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
}

/// The inputs that `arguments` name: files, folders walked in the order of their names, patterns such as `*.txt`, or
/// `-`. In folders, hidden files and read-me files are passed over, and files that a run writes or has written or whose
/// ending is not known are passed over and told.
///
/// # Errors
/// If one cannot be read or is written by this run, or there is none.
pub(crate) fn inputs(arguments: &[PathBuf], wanted: Wanted<'_>) -> anyhow::Result<Found> {
    let mut found = Found::default();
    for argument in arguments {
        if argument == Path::new("-") {
            let format = wanted.of_named(None).unwrap_or(ArticleFormat::Text);
            found.inputs.push(Input {
                path: None,
                name: "standard input".to_owned(),
                id: "stdin".to_owned(),
                format,
                named: true,
            });
            continue;
        }
        for path in matches(argument)? {
            found.add(&path, wanted)?;
        }
    }
    if found.inputs.is_empty() && found.skipped.is_empty() {
        let names: Vec<String> = arguments.iter().map(|path| path.display().to_string()).collect();
        anyhow::bail!("{}: there are no {} to read", names.join(", "), wanted.unit.name());
    }
    Ok(found)
}

/// The paths that a pattern matches, in the order of their names; a path that is there stands for itself.
fn matches(argument: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let pattern = argument.to_str().filter(|p| p.contains(['*', '?', '[']) && !argument.exists());
    let Some(pattern) = pattern else { return Ok(vec![argument.to_owned()]) };
    let paths = glob::glob(pattern).with_context(|| format!("{pattern} is no pattern of file names"))?;
    let paths = paths.collect::<Result<Vec<_>, _>>().with_context(|| format!("cannot read {pattern}"))?;
    anyhow::ensure!(!paths.is_empty(), "no file is called like {pattern}");
    Ok(paths)
}

impl Found {
    /// True if anything was named that is no folder.
    pub(crate) fn has_named(&self) -> bool {
        self.inputs.iter().any(|input| input.named)
    }

    /// Says what was passed over.
    pub(crate) fn tell(&self, reporter: &Reporter) {
        for path in &self.written {
            reporter.note(&format!("passed over {}, which this run writes", path.display()));
        }
        for path in &self.outputs {
            reporter.note(&format!("passed over {}, which an earlier run has written", path.display()));
        }
        if let Some(first) = self.passed.first() {
            let (files, such) = (count(self.passed.len(), "file"), first.display());
            reporter.note(&format!("passed over {files} whose endings tell no format, such as {such}"));
        }
    }

    /// Adds a file or folder that was named.
    fn add(&mut self, path: &Path, wanted: Wanted<'_>) -> anyhow::Result<()> {
        let metadata = path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
        if metadata.is_dir() {
            self.walk(path, path, wanted, &mut HashSet::new());
            return Ok(());
        }
        wanted.written.spares("INPUT", [path])?;
        let Some(format) = wanted.of_named(Some(path)) else {
            anyhow::bail!(
                "{}: the ending tells no format (known: {FORMATS}, each also with .gz or .zst); name one with --input-format",
                path.display()
            );
        };
        let id = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        self.push(path, id, format, true);
        Ok(())
    }

    fn push(&mut self, path: &Path, id: String, format: ArticleFormat, named: bool) {
        let name = path.display().to_string();
        self.inputs.push(Input { path: Some(path.to_owned()), name, id, format, named });
    }

    fn refuse(&mut self, path: &Path, error: &io::Error) {
        self.skipped.push(Skipped::file(&path.display().to_string(), error.to_string()));
    }

    /// Adds what is below `folder`; a folder that was `seen` under another name is passed over.
    fn walk(&mut self, root: &Path, folder: &Path, wanted: Wanted<'_>, seen: &mut HashSet<PathBuf>) {
        if folder.canonicalize().is_ok_and(|folder| !seen.insert(folder)) {
            return;
        }
        let entries = match folder.read_dir() {
            Ok(entries) => entries,
            Err(error) => return self.refuse(folder, &error),
        };
        let mut paths = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => paths.push(entry.path()),
                Err(error) => self.refuse(folder, &error),
            }
        }
        paths.sort();
        for path in paths {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.') || name.to_ascii_lowercase().starts_with("readme") {
                continue;
            }
            if path.is_dir() {
                self.walk(root, &path, wanted, seen);
            } else if wanted.written.has(&path) {
                self.written.push(path);
            } else if path.metadata().is_ok_and(|entry| !entry.is_file()) {
                self.passed.push(path);
            } else if index_of(&path).exists() {
                self.outputs.push(path);
            } else if let Some(by_ending) = wanted.by_ending(&path) {
                let id = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                self.push(&path, id, wanted.format.map_or(by_ending, Into::into), false);
            } else {
                self.passed.push(path);
            }
        }
    }
}
