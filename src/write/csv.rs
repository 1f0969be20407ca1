//! CSV as RFC 4180 has it, in UTF-8 with `\n` between rows.

use crate::row::Field;

use super::Encode;

/// Writes CSV.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvEncoder;

fn record(fields: impl IntoIterator<Item = String>, out: &mut Vec<u8>) {
    let mut writer = csv::Writer::from_writer(std::mem::take(out));
    // Neither can fail: the writer writes to memory, and every record stands alone.
    if writer.write_record(fields).is_ok()
        && let Ok(bytes) = writer.into_inner()
    {
        *out = bytes;
    }
}

impl Encode for CsvEncoder {
    fn header(&self, columns: &[String]) -> Vec<u8> {
        let mut out = Vec::new();
        record(columns.iter().cloned(), &mut out);
        out
    }

    fn row(&self, _: &[String], fields: &[Field], out: &mut Vec<u8>) {
        record(fields.iter().map(Field::to_csv), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_marks_and_breaks_are_quoted() {
        let mut out = Vec::new();
        let fields =
            [Field::Text("a \"b\", c".into()), Field::Empty, Field::Number(3), Field::Text("x\ny".into())];
        CsvEncoder.row(&[], &fields, &mut out);
        CsvEncoder.row(&[], &[Field::Number(1)], &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "\"a \"\"b\"\", c\",,3,\"x\ny\"\n1\n");
    }
}
