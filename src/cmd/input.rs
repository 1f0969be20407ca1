//! Which files a command line names, in the order in which they are read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use demarche::read::{ArticleFormat, Skipped};

/// How an input holds its articles, as said on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Plain text or Markdown: a file is an article.
    Text,
    /// A web page: its main text is an article.
    Html,
    /// One JSON object a line, with `text` or `html`.
    Jsonl,
    /// A table with the column `text` or `html`.
    Csv,
}

impl From<InputFormat> for ArticleFormat {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Html => Self::Html,
            InputFormat::Jsonl => Self::JsonLines,
            InputFormat::Csv => Self::Csv,
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
}

impl Input {
    /// Opens it.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        match &self.path {
            None => Ok(Box::new(io::stdin())),
            Some(path) => Ok(Box::new(File::open(path)?)),
        }
    }

    /// Its size, 0 if nobody knows.
    pub(crate) fn size(&self) -> u64 {
        self.path.as_ref().and_then(|p| p.metadata().ok()).map_or(0, |m| m.len())
    }
}

/// The inputs that `arguments` name: files, folders walked in the order of their names, or `-`. Every problem is
/// told to `skip`. In folders, hidden files and read-me files are passed over, and files whose ending is not known are
/// passed over and counted.
pub(crate) fn inputs(
    arguments: &[PathBuf],
    format: Option<InputFormat>,
    mut skip: impl FnMut(Skipped),
) -> anyhow::Result<(Vec<Input>, usize)> {
    let (mut found, mut passed) = (Vec::new(), 0);
    for argument in arguments {
        if argument == Path::new("-") {
            found.push(Input {
                path: None,
                name: "standard input".to_owned(),
                id: "stdin".to_owned(),
                format: format.map_or(ArticleFormat::Text, Into::into),
            });
            continue;
        }
        let metadata = argument.metadata().with_context(|| format!("cannot read {}", argument.display()))?;
        if metadata.is_dir() {
            walk(argument, argument, format, &mut found, &mut passed, &mut skip);
            continue;
        }
        let Some(format) = format.map(Into::into).or_else(|| format_of(argument)) else {
            anyhow::bail!(
                "{}: the ending tells no format (known: txt, md, html, jsonl, csv); name one with --input-format",
                argument.display()
            );
        };
        let id = argument.file_name().unwrap_or(argument.as_os_str()).to_string_lossy().into_owned();
        found.push(Input { path: Some(argument.clone()), name: argument.display().to_string(), id, format });
    }
    Ok((found, passed))
}

fn format_of(path: &Path) -> Option<ArticleFormat> {
    ArticleFormat::of_ending(path.extension()?.to_str()?)
}

fn walk(
    root: &Path,
    folder: &Path,
    format: Option<InputFormat>,
    found: &mut Vec<Input>,
    passed: &mut usize,
    skip: &mut impl FnMut(Skipped),
) {
    let mut refuse = |path: &Path, error: io::Error| {
        skip(Skipped { file: path.display().to_string(), line: None, reason: error.to_string() });
    };
    let entries = match folder.read_dir() {
        Ok(entries) => entries,
        Err(error) => return refuse(folder, error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => refuse(folder, error),
        }
    }
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') || name.to_ascii_lowercase().starts_with("readme") {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, format, found, passed, skip);
        } else if let Some(format) = format_of(&path).and(format.map(Into::into).or_else(|| format_of(&path)))
        {
            let id = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            found.push(Input { path: Some(path.clone()), name: path.display().to_string(), id, format });
        } else {
            *passed += 1;
        }
    }
}
