//! Tables with named columns: rows with their lines, bad rows told apart from good ones.

use std::io::Read;

use super::Skipped;
use super::delimited::Delimited;
use super::objects::Objects;
#[cfg(feature = "parquet")]
use super::parquet::Columnar;
use super::record::{Record, TableError};

/// How a file holds a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// Values separated by tabs, with the quotation marks of RFC 4180.
    Tsv,
    /// One JSON object a line; the keys of the first one are the columns.
    JsonLines,
}

/// A table that is being read.
#[derive(Debug)]
pub struct Table<'a> {
    file: String,
    columns: Vec<String>,
    rows: Rows<'a>,
}

#[derive(Debug)]
enum Rows<'a> {
    Delimited(Delimited<'a>),
    Objects(Objects<'a>),
    #[cfg(feature = "parquet")]
    Columnar(Box<Columnar>),
}

/// Opens a Parquet table: a file, or [`bytes::Bytes`]. Values that are no strings come as Arrow displays them. `file`
/// is what messages call it.
///
/// # Errors
/// If it is no Parquet file, has no columns, or claims to expand more than compressed input may.
#[cfg(feature = "parquet")]
pub fn parquet_table(
    file: &str,
    input: impl parquet::file::reader::ChunkReader + 'static,
) -> Result<Table<'static>, TableError> {
    let (columns, rows) = Columnar::open(file, input)?;
    Ok(Table { file: file.to_owned(), columns, rows: Rows::Columnar(Box::new(rows)) })
}

/// Opens a CSV table in UTF-8. `file` is what messages call it.
///
/// # Errors
/// If it is empty or its header cannot be read.
pub fn table<'a>(file: &str, input: impl Read + 'a) -> Result<Table<'a>, TableError> {
    table_in(TableFormat::Csv, file, input)
}

/// Opens a table in UTF-8. `file` is what messages call it.
///
/// # Errors
/// If it is empty or its header, or first object, cannot be read.
pub fn table_in<'a>(format: TableFormat, file: &str, input: impl Read + 'a) -> Result<Table<'a>, TableError> {
    let input: Box<dyn Read + 'a> = Box::new(input);
    let delimiter = match format {
        TableFormat::Csv => b',',
        TableFormat::Tsv => b'\t',
        TableFormat::JsonLines => {
            let (columns, objects) = Objects::open(file, input)?;
            return Ok(Table { file: file.to_owned(), columns, rows: Rows::Objects(objects) });
        }
    };
    let (columns, rows) = Delimited::open(file, delimiter, input)?;
    Ok(Table { file: file.to_owned(), columns, rows: Rows::Delimited(rows) })
}

impl Table<'_> {
    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What messages call the table.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The place of a column: of the first with this name, or else of the first with it in any case.
    #[must_use]
    pub fn find(&self, column: &str) -> Option<usize> {
        let place = |same: fn(&str, &str) -> bool| self.columns.iter().position(|c| same(c, column));
        place(|a, b| a == b).or_else(|| place(str::eq_ignore_ascii_case))
    }

    /// The place of a column that must be there.
    ///
    /// # Errors
    /// If it is not (the message names the columns that are), or if there are two.
    pub fn need(&self, column: &str) -> Result<usize, TableError> {
        let count = |same: fn(&str, &str) -> bool| self.columns.iter().filter(|c| same(c, column)).count();
        let (exactly, alike) = (count(|a, b| a == b), count(str::eq_ignore_ascii_case));
        if exactly > 1 || exactly == 0 && alike > 1 {
            return Err(TableError::Twice { file: self.file.clone(), column: column.to_owned() });
        }
        self.find(column).ok_or_else(|| TableError::Column {
            file: self.file.clone(),
            wanted: column.to_owned(),
            found: self.columns.join(", ") + self.other_delimiter(),
        })
    }
}

impl Table<'_> {
    /// What is said of a header that is one column as long as no other byte parts its fields.
    fn other_delimiter(&self) -> &'static str {
        match self.columns.as_slice() {
            [one] if one.contains('\t') => ", parted by tabs: give the file the ending .tsv",
            [one] if one.contains(';') => ", parted by semicolons: save it with commas, or with tabs as .tsv",
            [one] if one.contains(',') => ", parted by commas: give the file the ending .csv",
            _ => "",
        }
    }
}

impl Table<'_> {
    /// Reads the next row into `record`, whose memory is used again; `record` is undefined after an error.
    pub fn read(&mut self, record: &mut Record) -> Option<Result<(), Skipped>> {
        let row = match &mut self.rows {
            Rows::Delimited(rows) => return rows.next(&self.file, self.columns.len(), record),
            Rows::Objects(objects) => objects.next(&self.file, &self.columns),
            #[cfg(feature = "parquet")]
            Rows::Columnar(rows) => rows.next(&self.file),
        };
        Some(row?.map(|row| *record = row))
    }
}

impl Iterator for Table<'_> {
    type Item = Result<Record, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = Record::default();
        Some(self.read(&mut record)?.map(|()| record))
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn rows(text: &str) -> Vec<Result<Vec<String>, String>> {
        table("t.csv", text.as_bytes())
            .unwrap()
            .map(|r| r.map(|r| r.iter().map(str::to_owned).collect()).map_err(|s| s.to_string()))
            .collect()
    }

    #[test]
    fn good_rows_come_through_around_a_ragged_one() {
        let found = rows("a,b\n1,2\n3\n\"4\n5\",6\n");
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[1],
            Err("t.csv:3: the row has 1 fields, the header 2 (it begins with \"3\")".into())
        );
        assert_eq!(found[2], Ok(vec!["4\n5".into(), "6".into()]));
    }

    /// Hands out so many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = buffer.len().min(self.1);
            self.0.read(&mut buffer[..most])
        }
    }

    #[test]
    fn lines_are_those_that_an_editor_shows() {
        let text = "a,b\n1,2\n\n\n\"3\n\n4\",5\n\n6\n7,8\n9,\"x";
        let lines = |text: &str, most| -> Vec<u64> {
            let table = table("t.csv", Slow(text.as_bytes(), most)).unwrap();
            table.map(|row| row.map_or_else(|skipped| skipped.line.unwrap(), |row| row.line)).collect()
        };
        for most in [1, 2, 3, 7, 1000] {
            assert_eq!(lines(text, most), [2, 5, 9, 10, 11], "{most}");
            assert_eq!(lines(&text.replace('\n', "\r\n"), most), [2, 5, 9, 10, 11], "{most}");
        }
        assert_eq!(lines("\n\na,b\r\n\r\n1,2", 1000), [5]);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_told_with_its_line() {
        let found = rows("a,b\n1,2\n3,\"four\n5,6\n");
        assert!(found[1].as_ref().unwrap_err().starts_with("t.csv:3: a quotation mark"), "{found:?}");
        assert_eq!(rows("a,b\n5\" pipe,x\n"), [Ok(vec!["5\" pipe".into(), "x".into()])]);
    }

    #[test]
    fn text_behind_a_closing_quotation_mark_is_told_with_its_lines() {
        let text = "a,b\n1,2\n3,\"four\n5,six\n7,\"eight\"\n\"9\" ,\"ten \"\"x\"\"\"\n11,\"12\" y\n";
        let read = |most| -> Vec<Result<usize, String>> {
            let table = table("t.csv", Slow(text.as_bytes(), most)).unwrap();
            table.map(|row| row.map(|row| row.iter().count()).map_err(|e| e.to_string())).collect()
        };
        let reason = "text stands behind a quotation mark that closes a field";
        for most in [1, 2, 3, 5, 1000] {
            let found = read(most);
            let told: Vec<&String> = found.iter().filter_map(|row| row.as_ref().err()).collect();
            assert_eq!((found.len(), told.len()), (4, 2), "{found:?}");
            assert!(told[0].starts_with(&format!("t.csv:3: {reason} (lines 3 to 5)")), "{told:?}");
            assert!(told[1].starts_with(&format!("t.csv:7: {reason}: ")), "{told:?}");
        }
    }

    fn objects(text: &str) -> Vec<Result<Vec<String>, String>> {
        table_in(TableFormat::JsonLines, "t.jsonl", text.as_bytes())
            .unwrap()
            .map(|r| r.map(|r| r.iter().map(str::to_owned).collect()).map_err(|s| s.to_string()))
            .collect()
    }

    #[test]
    fn the_keys_of_the_first_object_are_the_columns() {
        let lines = "\n{\"id\":7.10,\"text\":\"A \\\"b\\\"\",\"of\":[1, 2],\"x\":null}\n{\"text\":\"B\",\"id\":true}\n";
        let opened = table_in(TableFormat::JsonLines, "t", lines.as_bytes()).unwrap();
        assert_eq!(opened.columns(), ["id", "text", "of", "x"]);
        let expect = [vec!["7.10", "A \"b\"", "[1, 2]", ""], vec!["true", "B", "", ""]];
        assert_eq!(objects(lines), expect.map(|row| Ok(row.into_iter().map(str::to_owned).collect())));
    }

    #[test]
    fn objects_that_do_not_fit_are_told_with_their_line() {
        let found = objects(
            "{\"text\":\"A\"}\n{\"text\":\"B\",\"mood\":1}\n{\"text\"\n[1]\n{\"text\":1,\"text\":2}\n",
        );
        let told: Vec<&String> = found.iter().filter_map(|r| r.as_ref().err()).collect();
        assert_eq!(found.len(), 5);
        assert_eq!(told[0], "t.jsonl:2: the object has the key \"mood\", which the first object has not");
        assert!(told[1].starts_with("t.jsonl:3: EOF while parsing"), "{told:?}");
        assert!(told[2].starts_with("t.jsonl:4: a JSON array begins here"), "{told:?}");
        assert_eq!(told[3], "t.jsonl:5: the object has the key \"text\" twice");
    }

    #[test]
    fn tabs_part_the_fields_of_tsv() {
        let read = table_in(TableFormat::Tsv, "t", &b"a\tb\n1,5\t\"x\ty\"\n"[..]).unwrap();
        let rows: Vec<Vec<String>> = read.map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows, [["1,5", "x\ty"]]);
    }

    /// Some text, and then the device fails.
    struct Failing<'a>(&'a [u8]);

    impl Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::from_raw_os_error(5)) } else { self.0.read(buffer) }
        }
    }

    #[test]
    fn a_failing_device_is_told_apart_from_a_bad_row() {
        for (format, text) in
            [(TableFormat::Csv, "a,b\n1,2\n3\n"), (TableFormat::JsonLines, "{\"a\":1}\n{\"b\":1}\n")]
        {
            let found: Vec<_> = table_in(format, "t", Failing(text.as_bytes())).unwrap().collect();
            let unread: Vec<bool> = found.iter().filter_map(|r| r.as_ref().err()).map(|s| s.unread).collect();
            assert_eq!((found[0].is_ok(), unread), (true, vec![false, true]));
        }
    }

    #[test]
    fn a_needed_column_stands_once() {
        let need = |header: &str| {
            let table = table("t.csv", header.as_bytes()).unwrap();
            table.need("text").map_err(|error| error.to_string())
        };
        assert_eq!(need("note,Text,text,note\n"), Ok(2));
        for header in ["text,text\n", "Text,id,TEXT\n"] {
            let told = "t.csv: the column \"text\" stands twice in the header: rename one";
            assert_eq!(need(header), Err(told.to_owned()), "{header}");
        }
    }

    #[test]
    fn empty_tables_and_missing_columns_are_refused() {
        assert!(table("t.csv", &b""[..]).unwrap_err().to_string().contains("t.csv: the file is empty"));
        let error = table("t.csv", &b"id,words\n"[..]).unwrap().need("text").unwrap_err().to_string();
        assert_eq!(error, "t.csv: there is no column \"text\"; the columns are id, words");
        let error = table("t.csv", &b"id;text\n"[..]).unwrap().need("text").unwrap_err().to_string();
        assert!(
            error.ends_with("id;text, parted by semicolons: save it with commas, or with tabs as .tsv"),
            "{error}"
        );
    }
}
