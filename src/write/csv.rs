//! CSV as RFC 4180 has it, in UTF-8 with `\n` between rows, and the same parted by tabs.

use crate::row::Field;

use super::{Encode, Rows};

/// Writes fields parted by one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvEncoder {
    /// The byte between fields.
    pub delimiter: u8,
    /// For programs that take a field for a formula: the file begins with a byte-order mark, and a field that begins
    /// with `=`, `+`, `-`, `@`, a tab or a line break gets a `'` before it.
    pub spreadsheet: bool,
}

impl CsvEncoder {
    /// Comma-separated values.
    pub const CSV: Self = Self { delimiter: b',', spreadsheet: false };
    /// Values separated by tabs.
    pub const TSV: Self = Self { delimiter: b'\t', spreadsheet: false };
}

impl Default for CsvEncoder {
    fn default() -> Self {
        Self::CSV
    }
}

/// Rows in memory. Writing to memory cannot fail, so results of the writer are not looked at.
struct CsvRows {
    writer: csv::Writer<Vec<u8>>,
    digits: itoa::Buffer,
    spreadsheet: bool,
    guarded: String,
}

impl CsvRows {
    fn new(encoder: CsvEncoder) -> Self {
        let writer = csv::WriterBuilder::new()
            .flexible(true)
            .delimiter(encoder.delimiter)
            .buffer_capacity(1 << 13)
            .from_writer(Vec::new());
        let spreadsheet = encoder.spreadsheet;
        Self { writer, digits: itoa::Buffer::new(), spreadsheet, guarded: String::new() }
    }

    /// Writes words that a spreadsheet would take for a formula after a `'`.
    fn guarded(&mut self, words: &str) -> csv::Result<()> {
        self.guarded.clear();
        self.guarded.push('\'');
        self.guarded.push_str(words);
        self.writer.write_field(&self.guarded)
    }
}

/// What a formula, or a way to smuggle one in, begins with.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// `d.dddddd` of a number of millionths up to 9,999,999.
fn decimal(millionths: u32) -> [u8; 8] {
    let mut text = *b"0.000000";
    let mut rest = millionths;
    for i in [7, 6, 5, 4, 3, 2, 0] {
        if let Some(digit) = text.get_mut(i) {
            *digit = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
    }
    text
}

impl Rows for CsvRows {
    fn length(&mut self) -> usize {
        let _ = self.writer.flush();
        self.writer.get_ref().len()
    }

    fn field(&mut self, field: Field<'_>) {
        let _ = match field {
            Field::Empty => self.writer.write_field(b""),
            Field::Text(words) if self.spreadsheet && words.starts_with(FORMULA) => self.guarded(words),
            Field::Text(words) => self.writer.write_field(words),
            Field::Number(number) => self.writer.write_field(self.digits.format(number)),
            Field::Probability(millionths) => self.writer.write_field(decimal(millionths)),
        };
    }

    fn end(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

impl Encode for CsvEncoder {
    fn header(&self, columns: &[String]) -> Vec<u8> {
        let mut rows = Box::new(CsvRows::new(*self));
        for column in columns {
            rows.field(Field::Text(column));
        }
        rows.end();
        let mark: &[u8] = if self.spreadsheet { b"\xEF\xBB\xBF" } else { b"" };
        [mark, &rows.finish()].concat()
    }

    fn rows<'a>(&self, _: &'a [String]) -> Box<dyn Rows + 'a> {
        Box::new(CsvRows::new(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_marks_and_breaks_are_quoted() {
        let mut rows = CsvEncoder::CSV.rows(&[]);
        for field in [Field::Text("a \"b\", c"), Field::Empty, Field::Number(3), Field::Text("x\ny")] {
            rows.field(field);
        }
        rows.end();
        assert_eq!(rows.length(), 22);
        rows.field(Field::Number(1));
        rows.end();
        assert_eq!(String::from_utf8(rows.finish()).unwrap(), "\"a \"\"b\"\", c\",,3,\"x\ny\"\n1\n");
    }

    #[test]
    fn nothing_that_a_spreadsheet_reads_begins_as_a_formula_does() {
        let encoder = CsvEncoder { delimiter: b'\t', spreadsheet: true };
        let mut rows = encoder.rows(&[]);
        for words in ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "a=b", "'=x", ""] {
            rows.field(Field::Text(words));
            rows.end();
        }
        let expect = "'=1+1\n'+1\n'-1\n'@a\n\"'\tx\"\n\"'\rx\"\n\"'\nx\"\na=b\n'=x\n\"\"\n";
        assert_eq!(String::from_utf8(rows.finish()).unwrap(), expect);
        let columns = ["a".to_owned(), "-b".to_owned()];
        assert_eq!(encoder.header(&columns), "\u{FEFF}a\t'-b\n".as_bytes());
    }

    #[test]
    fn probabilities_have_six_decimals() {
        for (millionths, text) in
            [(1_000_000, "1.000000"), (42, "0.000042"), (999_999, "0.999999"), (0, "0.000000")]
        {
            assert_eq!(&decimal(millionths), text.as_bytes());
        }
    }
}
