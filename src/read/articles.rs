//! Articles from plain text, Markdown, HTML, JSON Lines and CSV.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;

use crate::article::Article;

use super::decode::decode;
use super::html::page;
use super::table::{Record, Table, TableError, table};
use super::{Skipped, decoding_reader};

/// How a file holds articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleFormat {
    /// The whole file is one article (also Markdown).
    Text,
    /// The whole file is one web page.
    Html,
    /// One JSON object a line with `text` or `html`, and `id`, `date`, `source`, `title`.
    JsonLines,
    /// A table with the same columns.
    Csv,
}

impl ArticleFormat {
    /// The format that belongs to a file ending, without the dot.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "txt" | "md" | "markdown" | "text" => Self::Text,
            "html" | "htm" => Self::Html,
            "jsonl" | "ndjson" => Self::JsonLines,
            "csv" => Self::Csv,
            _ => return None,
        })
    }
}

/// The articles of one input, good ones and skipped ones in their order.
pub type Articles<'a> = Box<dyn Iterator<Item = Result<Article, Skipped>> + 'a>;

/// Reads the articles of `input`. `file` is what messages call it; `id` names an article whose format gives none.
/// The second value is the encoding, where it is not UTF-8.
///
/// # Errors
/// If a table has no usable header, or the input cannot be read.
pub fn articles<'a>(
    format: ArticleFormat,
    file: &str,
    id: &str,
    mut input: impl Read + 'a,
) -> Result<(Articles<'a>, Option<&'static str>), TableError> {
    let unread = |error| TableError::Input { file: file.to_owned(), error };
    let skip = |reason: String| Skipped { file: file.to_owned(), line: None, reason };
    match format {
        ArticleFormat::Text | ArticleFormat::Html => {
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes).map_err(unread)?;
            let (article, encoding) = match decode(&bytes) {
                Ok(decoded) => (whole(format, id, decoded.text).map_err(skip), decoded.encoding),
                Err(error) => (Err(skip(error.to_string())), None),
            };
            Ok((Box::new(std::iter::once(article)), encoding))
        }
        ArticleFormat::JsonLines => {
            let (reader, encoding) = decoding_reader(input).map_err(unread)?;
            Ok((
                Box::new(JsonLines { file: file.to_owned(), reader: BufReader::new(reader), line: 0 }),
                encoding,
            ))
        }
        ArticleFormat::Csv => {
            let (reader, encoding) = decoding_reader(input).map_err(unread)?;
            let table = table(file, reader)?;
            let columns = Columns::find(&table)?;
            let file = file.to_owned();
            Ok((Box::new(table.map(move |record| columns.article(&file, &record?))), encoding))
        }
    }
}

fn whole(format: ArticleFormat, id: &str, text: String) -> Result<Article, String> {
    if text.trim().is_empty() {
        return Err("the file is empty".to_owned());
    }
    let plain = Article { id: id.to_owned(), ..Article::default() };
    if format == ArticleFormat::Text {
        return Ok(Article { text, ..plain });
    }
    let page = page(&text)?;
    Ok(Article { text: page.text, title: page.title, date: page.date, source: page.source, ..plain })
}

/// One line of JSON Lines.
#[derive(Deserialize)]
struct Line<'a> {
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
    reader: BufReader<R>,
    line: u64,
}

impl<R: Read> JsonLines<R> {
    fn parse(&self, bytes: &[u8]) -> Result<Article, String> {
        let text = std::str::from_utf8(bytes)
            .map_err(|e| format!("the line is not UTF-8 after byte {}", e.valid_up_to()))?;
        let line: Line<'_> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let id = match line.id {
            Some(serde_json::Value::String(id)) if !id.is_empty() => id,
            Some(serde_json::Value::Number(id)) => id.to_string(),
            _ => format!("{}:{}", self.file, self.line),
        };
        let known = |s: Option<Cow<'_, str>>| s.map(Cow::into_owned).filter(|s| !s.trim().is_empty());
        build(
            id,
            known(line.text),
            known(line.html),
            [known(line.date), known(line.source), known(line.title)],
        )
    }
}

impl<R: Read> Iterator for JsonLines<R> {
    type Item = Result<Article, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            self.line += 1;
            let skip = |reason| Skipped { file: self.file.clone(), line: Some(self.line), reason };
            match self.reader.read_until(b'\n', &mut bytes) {
                Err(error) => return Some(Err(skip(error.to_string()))),
                Ok(0) => return None,
                Ok(_) if bytes.trim_ascii().is_empty() => (),
                Ok(_) => return Some(self.parse(bytes.trim_ascii()).map_err(skip)),
            }
        }
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
        return Ok(Article { id, date, source, title, text });
    }
    let html = html.ok_or_else(|| "there is neither text nor html".to_owned())?;
    let page = page(&html)?;
    Ok(Article {
        id,
        date: date.or(page.date),
        source: source.or(page.source),
        title: title.or(page.title),
        text: page.text,
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
        build(id, text, html, [date, source, title]).map_err(|reason| Skipped {
            file: file.to_owned(),
            line: Some(record.line),
            reason,
        })
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
    fn an_empty_file_is_said_to_be_empty() {
        assert_eq!(read(ArticleFormat::Text, " \n"), [Err("in: the file is empty".into())]);
    }
}
