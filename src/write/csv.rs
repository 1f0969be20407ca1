//! CSV as RFC 4180 has it, in UTF-8 with `\n` between rows.

use crate::row::Field;

use super::{Encode, Rows};

/// Writes CSV.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvEncoder;

/// Rows in memory. Writing to memory cannot fail, so results of the writer are not looked at.
struct CsvRows {
    writer: csv::Writer<Vec<u8>>,
    digits: itoa::Buffer,
}

impl CsvRows {
    fn new() -> Self {
        let writer =
            csv::WriterBuilder::new().flexible(true).buffer_capacity(1 << 13).from_writer(Vec::new());
        Self { writer, digits: itoa::Buffer::new() }
    }
}

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
    fn field(&mut self, field: Field<'_>) {
        let _ = match field {
            Field::Empty => self.writer.write_field(b""),
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
        let mut rows = Box::new(CsvRows::new());
        for column in columns {
            rows.field(Field::Text(column));
        }
        rows.end();
        rows.finish()
    }

    fn rows<'a>(&self, _: &'a [String]) -> Box<dyn Rows + 'a> {
        Box::new(CsvRows::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_marks_and_breaks_are_quoted() {
        let mut rows = CsvEncoder.rows(&[]);
        for field in [Field::Text("a \"b\", c"), Field::Empty, Field::Number(3), Field::Text("x\ny")] {
            rows.field(field);
        }
        rows.end();
        rows.field(Field::Number(1));
        rows.end();
        assert_eq!(String::from_utf8(rows.finish()).unwrap(), "\"a \"\"b\"\", c\",,3,\"x\ny\"\n1\n");
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
