//! JSON Lines: one object a row.

use crate::row::Field;

use super::{Encode, Rows};

/// Writes JSON Lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLinesEncoder;

/// Objects in memory. Strings and numbers cannot fail to be written there.
struct JsonRows<'a> {
    columns: &'a [String],
    bytes: Vec<u8>,
    fields: usize,
}

impl Rows for JsonRows<'_> {
    fn field(&mut self, field: Field<'_>) {
        self.bytes.push(if self.fields == 0 { b'{' } else { b',' });
        let column = self.columns.get(self.fields).map_or("", String::as_str);
        let _ = serde_json::to_writer(&mut self.bytes, column);
        self.bytes.push(b':');
        let _ = serde_json::to_writer(&mut self.bytes, &field);
        self.fields += 1;
    }

    fn end(&mut self) {
        self.bytes.extend_from_slice(if self.fields == 0 { b"{}\n" } else { b"}\n" });
        self.fields = 0;
    }

    fn length(&mut self) -> usize {
        self.bytes.len()
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.bytes
    }
}

impl Encode for JsonLinesEncoder {
    fn header(&self, _: &[String]) -> Vec<u8> {
        Vec::new()
    }

    fn rows<'a>(&self, columns: &'a [String]) -> Box<dyn Rows + 'a> {
        Box::new(JsonRows { columns, bytes: Vec::new(), fields: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_object_a_line_in_column_order() {
        let columns = ["b".to_owned(), "a".to_owned(), "c".to_owned()];
        let mut rows = JsonLinesEncoder.rows(&columns);
        for field in [Field::Text("x\n\""), Field::Empty, Field::Probability(500_000)] {
            rows.field(field);
        }
        rows.end();
        let expect = "{\"b\":\"x\\n\\\"\",\"a\":null,\"c\":0.5}\n";
        assert_eq!(String::from_utf8(rows.finish()).unwrap(), expect);
    }
}
