//! JSON Lines: one object a row.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::row::Field;

use super::Encode;

/// Writes JSON Lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLinesEncoder;

/// Columns and fields as an object that keeps their order.
struct Object<'a>(&'a [String], &'a [Field]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (column, field) in self.0.iter().zip(self.1) {
            map.serialize_entry(column, field)?;
        }
        map.end()
    }
}

impl Encode for JsonLinesEncoder {
    fn header(&self, _: &[String]) -> Vec<u8> {
        Vec::new()
    }

    fn row(&self, columns: &[String], fields: &[Field], out: &mut Vec<u8>) {
        // Strings and numbers cannot fail to be written to memory.
        if serde_json::to_writer(&mut *out, &Object(columns, fields)).is_ok() {
            out.push(b'\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_object_a_line_in_column_order() {
        let mut out = Vec::new();
        let columns = ["b".to_owned(), "a".to_owned(), "c".to_owned()];
        let fields = [Field::Text("x\n\"".into()), Field::Empty, Field::Probability(500_000)];
        JsonLinesEncoder.row(&columns, &fields, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "{\"b\":\"x\\n\\\"\",\"a\":null,\"c\":0.5}\n");
    }
}
