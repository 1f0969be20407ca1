//! Articles from plain text, Markdown, HTML, JSON Lines, CSV and TSV.

use std::borrow::Cow;
use std::io::Read;

use serde::Deserialize;

use crate::article::Article;

use super::decode::decode;
use super::expand::expanded;
use super::html::page;
use super::lines::{Lines, reason};
use super::record::{Record, TableError};
use super::table::{Table, TableFormat, table_in};
use super::{Skipped, dateline, decoding_reader, markdown};

/// How a file holds articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleFormat {
    /// The whole file is one article.
    Text,
    /// The whole file is one article, after front matter if there is any.
    Markdown,
    /// The whole file is one web page.
    Html,
    /// One JSON object a line with `text` or `html`, and `id`, `date`, `source`, `title`.
    JsonLines,
    /// A table with the same columns.
    Csv,
    /// The same, its fields parted by tabs.
    Tsv,
    /// A Parquet table with the same columns.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl ArticleFormat {
    /// The format that belongs to a file ending, without the dot.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" => Self::Html,
            "jsonl" | "ndjson" => Self::JsonLines,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            #[cfg(feature = "parquet")]
            "parquet" => Self::Parquet,
            _ => return None,
        })
    }

    /// The format that belongs to a file name; the endings of compressed files are passed over.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "gz" | "zst" => Self::of_ending(stem.rsplit_once('.')?.1),
            _ => Self::of_ending(ending),
        }
    }

    /// True if a file of this format is a table.
    #[must_use]
    pub const fn is_table(self) -> bool {
        !matches!(self, Self::Text | Self::Markdown | Self::Html)
    }

    /// The table format, where a file of this format is a table that is read from its beginning to its end.
    #[must_use]
    pub const fn table(self) -> Option<TableFormat> {
        match self {
            Self::Text | Self::Markdown | Self::Html => None,
            #[cfg(feature = "parquet")]
            Self::Parquet => None,
            Self::JsonLines => Some(TableFormat::JsonLines),
            Self::Csv => Some(TableFormat::Csv),
            Self::Tsv => Some(TableFormat::Tsv),
        }
    }
}

/// The articles of one input, good ones and skipped ones in their order.
pub type Articles<'a> = Box<dyn Iterator<Item = Result<Article, Skipped>> + 'a>;

/// The articles of a table with the columns `text` or `html`, and `id`, `date`, `source`, `title`.
///
/// # Errors
/// If it has neither `text` nor `html`.
pub fn table_articles(table: Table<'_>) -> Result<Articles<'_>, TableError> {
    Ok(Box::new(of_table(table)?.map(dated)))
}

fn dated(article: Result<Article, Skipped>) -> Result<Article, Skipped> {
    article.map(|article| Article { date: article.date.or_else(|| dateline::date(&article.text)), ..article })
}

fn of_table(table: Table<'_>) -> Result<Articles<'_>, TableError> {
    let file = table.file().to_owned();
    let columns = Columns::find(&table)?;
    Ok(Box::new(table.map(move |record| columns.article(&file, &record?))))
}

/// Reads the articles of `input`, compressed or not ([`expanded`]). `file` is what messages call it; `id` names an
/// article whose format gives none. Parquet, whose index is at its end, is held in memory; [`table_articles`] of a
/// `parquet_table` reads a file in place. An article whose format gives no date gets the one of its first lines
/// ([`dateline::date`]), if they give one. The second value is the encoding, where it is not UTF-8.
///
/// # Errors
/// If a table has no usable header, or the input cannot be read.
pub fn articles<'a>(
    format: ArticleFormat,
    file: &str,
    id: &str,
    input: impl Read + 'a,
) -> Result<(Articles<'a>, Option<&'static str>), TableError> {
    let (articles, encoding) = undated(format, file, id, input)?;
    Ok((Box::new(articles.map(dated)), encoding))
}

fn undated<'a>(
    format: ArticleFormat,
    file: &str,
    id: &str,
    input: impl Read + 'a,
) -> Result<(Articles<'a>, Option<&'static str>), TableError> {
    let unread = |error| TableError::Input { file: file.to_owned(), error };
    let Some(table_format) = format.table() else {
        let mut bytes = Vec::new();
        expanded(input).and_then(|mut input| input.read_to_end(&mut bytes)).map_err(unread)?;
        #[cfg(feature = "parquet")]
        if format == ArticleFormat::Parquet {
            return Ok((of_table(super::parquet_table(file, bytes::Bytes::from(bytes))?)?, None));
        }
        let skip = |reason: String| Skipped::file(file, reason);
        let (article, encoding) = match decode(&bytes) {
            Ok(decoded) => (whole(format, id, decoded.text).map_err(skip), decoded.encoding),
            Err(error) => (Err(skip(error.to_string())), None),
        };
        return Ok((Box::new(std::iter::once(article)), encoding));
    };
    let (reader, encoding) = decoding_reader(input).map_err(unread)?;
    let file = file.to_owned();
    if table_format == TableFormat::JsonLines {
        return Ok((Box::new(JsonLines { file, lines: Lines::new(reader) }), encoding));
    }
    Ok((of_table(table_in(table_format, &file, reader)?)?, encoding))
}

fn whole(format: ArticleFormat, id: &str, text: String) -> Result<Article, String> {
    let plain = Article { id: id.to_owned(), ..Article::default() };
    let article = match format {
        ArticleFormat::Html if !text.trim().is_empty() => {
            let page = page(&text)?;
            Article { text: page.text, title: page.title, date: page.date, source: page.source, ..plain }
        }
        ArticleFormat::Markdown => {
            let page = markdown::page(&text);
            let text = markdown::words(page.body);
            Article { text, title: page.title, date: page.date, source: page.source, ..plain }
        }
        _ => match of_other_format(&text) {
            Some((what, ending)) => {
                return Err(format!(
                    "this is {what}: name its format ({ending}), or let the name end in .{ending}"
                ));
            }
            None => Article { text, ..plain },
        },
    };
    if article.text.trim().is_empty() {
        return Err("the file is empty".to_owned());
    }
    Ok(article)
}

/// What a text is whose beginning no article has, and the ending that belongs to it: a page saved as .txt, an export of
/// a spreadsheet, a table on standard input.
fn of_other_format(text: &str) -> Option<(&'static str, &'static str)> {
    let text = text.trim_start();
    let begins = |tag: &str| text.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
    if begins("<!doctype html") || begins("<html") {
        return Some(("a web page", "html"));
    }
    let line = text.lines().next()?;
    if serde_json::from_str(line).is_ok_and(|o: Object<'_>| o.text.or(o.html).is_some()) {
        return Some(("JSON Lines", "jsonl"));
    }
    let is_header = |delimiter| {
        let names = || line.split(delimiter).map(|name: &str| name.trim_matches('"'));
        let is_name = |name: &str| !name.contains(char::is_whitespace);
        line.contains(delimiter)
            && names().all(is_name)
            && names().any(|name| ["text", "html"].contains(&name))
    };
    [(',', "a CSV table", "csv"), ('\t', "a table with tabs", "tsv")]
        .into_iter()
        .find_map(|(delimiter, what, ending)| is_header(delimiter).then_some((what, ending)))
}

/// One object.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(default)]
    id: Option<serde_json::Value>,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    html: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    date: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    source: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
}

struct JsonLines<R> {
    file: String,
    lines: Lines<R>,
}

fn article(file: &str, line: u64, text: &str) -> Result<Article, Skipped> {
    let refuse = |reason| Skipped::at(file, line, reason).value(text);
    let object: Object<'_> = serde_json::from_str(text)
        .map_err(|e| Skipped::at(file, line, reason(text, &e)).column(&e.column().to_string()).value(text))?;
    let id = match object.id {
        Some(serde_json::Value::String(id)) if !id.is_empty() => id,
        Some(serde_json::Value::Number(id)) => id.to_string(),
        _ => format!("{file}:{line}"),
    };
    let known = |s: Option<Cow<'_, str>>| s.map(Cow::into_owned).filter(|s| !s.trim().is_empty());
    let about = [known(object.date), known(object.source), known(object.title)];
    build(id, known(object.text), known(object.html), about).map_err(refuse)
}

impl<R: Read> Iterator for JsonLines<R> {
    type Item = Result<Article, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.lines.number() + 1;
        Some(match self.lines.next()? {
            Err(error) => Err(Skipped::unread(&self.file, number, &error)),
            Ok(line) => match line.text {
                Ok(text) => article(&self.file, line.number, text),
                Err(reason) => Err(Skipped::at(&self.file, line.number, reason)),
            },
        })
    }
}

/// An article of a row's fields.
fn build(
    id: String,
    text: Option<String>,
    html: Option<String>,
    [date, source, title]: [Option<String>; 3],
) -> Result<Article, String> {
    if let Some(text) = text {
        if text.contains('\0') {
            return Err("the text has a NUL byte".to_owned());
        }
        return Ok(Article { id, date, source, title, text, duplicate_of: None });
    }
    let html = html.ok_or_else(|| "there is neither text nor html".to_owned())?;
    let page = page(&html)?;
    Ok(Article {
        id,
        date: date.or(page.date),
        source: source.or(page.source),
        title: title.or(page.title),
        text: page.text,
        duplicate_of: None,
    })
}

/// Where a table of articles has its columns.
struct Columns([Option<usize>; 6]);

impl Columns {
    fn find(table: &Table<'_>) -> Result<Self, TableError> {
        if table.find("html").is_none() {
            table.need("text")?;
        }
        Ok(Self(["id", "text", "html", "date", "source", "title"].map(|column| table.find(column))))
    }

    fn article(&self, file: &str, record: &Record) -> Result<Article, Skipped> {
        let field =
            |at: Option<usize>| at.map(|i| record.get(i)).filter(|f| !f.trim().is_empty()).map(str::to_owned);
        let [id, text, html, date, source, title] = self.0.map(field);
        let id = id.unwrap_or_else(|| format!("{file}:{}", record.line));
        build(id, text, html, [date, source, title])
            .map_err(|reason| Skipped::at(file, record.line, reason).value(record.get(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: ArticleFormat, input: &str) -> Vec<Result<Article, String>> {
        let (articles, _) = articles(format, "in", "in", input.as_bytes()).unwrap();
        articles.map(|a| a.map_err(|s| s.to_string())).collect()
    }

    #[test]
    fn json_lines_and_csv_give_the_same_articles() {
        let jsonl = "{\"id\":7,\"text\":\"We talk.\",\"date\":\"2026-01-02\"}\n\n{\"source\":\"x\",\"text\":\"No.\"}\n";
        let csv = "id,date,source,text\n7,2026-01-02,,We talk.\n,,x,No.\n";
        let (lines, rows) = (read(ArticleFormat::JsonLines, jsonl), read(ArticleFormat::Csv, csv));
        assert_eq!(lines[0], rows[0]);
        assert_eq!(lines[0].as_ref().unwrap().date.as_deref(), Some("2026-01-02"));
        assert_eq!(
            (lines[1].as_ref().unwrap().id.as_str(), rows[1].as_ref().unwrap().id.as_str()),
            ("in:3", "in:3")
        );
    }

    #[test]
    fn bad_lines_are_skipped_with_their_place() {
        let found = read(ArticleFormat::JsonLines, "{\"text\":\n{\"id\":\"a\"}\n{\"text\":\"Good.\"}\n");
        assert!(found[0].as_ref().unwrap_err().starts_with("in:1: EOF while parsing"));
        assert_eq!(found[1], Err("in:2: there is neither text nor html".into()));
        assert!(found[2].is_ok());
    }

    #[test]
    fn names_tell_the_format_also_of_compressed_files() {
        for (name, format) in [
            ("a.CSV", Some(ArticleFormat::Csv)),
            ("a.b.tsv.gz", Some(ArticleFormat::Tsv)),
            ("a.md.ZST", Some(ArticleFormat::Markdown)),
            ("a.gz", None),
            ("csv", None),
        ] {
            assert_eq!(ArticleFormat::of_name(name), format, "{name}");
        }
    }

    #[test]
    fn dates_come_from_the_metadata_before_the_text() {
        let date = |format, text| read(format, text)[0].as_ref().unwrap().date.clone();
        let front = "---\ndate: 2025-01-01\n---\n2026-02-24\nThey met.";
        assert_eq!(date(ArticleFormat::Markdown, front).as_deref(), Some("2025-01-01"));
        assert_eq!(date(ArticleFormat::Text, "2026-02-24\nThey met.").as_deref(), Some("2026-02-24"));
        assert_eq!(
            date(ArticleFormat::Csv, "text\n\"2026-02-24\nThey met.\"\n").as_deref(),
            Some("2026-02-24")
        );
    }

    #[test]
    fn what_is_no_plain_text_is_told_and_not_scored_as_such() {
        for (text, ending) in [
            (" <!DOCTYPE html><p>We will talk.</p>", "html"),
            ("{\"id\":1,\"text\":\"We will talk.\"}\n{}", "jsonl"),
            ("id,\"text\"\n1,We will talk.\n", "csv"),
            ("id\ttext\n1\tWe will talk.\n", "tsv"),
        ] {
            let [Err(reason)] = &read(ArticleFormat::Text, text)[..] else { panic!("{text}") };
            assert!(reason.contains(&format!("let the name end in .{ending}")), "{reason}");
        }
        for text in ["Photos, text, sound: the talks\nThey met.", "{sic}\nThey met.", "<b>They met.</b>"] {
            assert!(read(ArticleFormat::Text, text)[0].is_ok(), "{text}");
        }
    }

    #[test]
    fn an_empty_file_is_said_to_be_empty() {
        assert_eq!(read(ArticleFormat::Text, " \n"), [Err("in: the file is empty".into())]);
    }
}
