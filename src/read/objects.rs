//! Rows of JSON Lines: the keys of the first object are the columns.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Skipped;
use super::lines::{Lines, reason};
use super::record::{Record, TableError};

/// Objects that are being read.
pub(super) struct Objects<'a> {
    lines: Lines<Box<dyn Read + 'a>>,
    first: Option<Record>,
}

impl fmt::Debug for Objects<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").field("first", &self.first).finish_non_exhaustive()
    }
}

/// An object's keys and values in their order.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// A string that is borrowed where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some((Text(key), value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
                    pairs.push((key, value));
                }
                Ok(Object(pairs))
            }
        }
        from.deserialize_map(Pairs)
    }
}

/// A value as a field: a string's words, nothing for null, and the JSON text of all else.
fn field(value: &RawValue) -> Result<Cow<'_, str>, String> {
    let json = value.get();
    match json.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<Text<'_>>(json).map(|t| t.0).map_err(|e| reason(json, &e)),
        Some(b'n') => Ok(Cow::Borrowed("")),
        _ => Ok(Cow::Borrowed(json)),
    }
}

/// The fields of one object in the order of `columns`; a missing key is an empty field.
fn fields(text: &str, columns: &[String]) -> Result<csv::StringRecord, String> {
    let Object(pairs) = serde_json::from_str(text).map_err(|e| reason(text, &e))?;
    let mut found: Vec<Option<Cow<'_, str>>> = vec![None; columns.len()];
    for (i, (key, value)) in pairs.iter().enumerate() {
        // Most objects have their keys in the order of the first one.
        let place = match columns.get(i) {
            Some(column) if column == key => Some(i),
            _ => columns.iter().position(|c| c == key),
        };
        let Some(place) = place.and_then(|p| found.get_mut(p)) else {
            return Err(format!("the object has the key {key:?}, which the first object has not"));
        };
        if place.replace(field(value)?).is_some() {
            return Err(format!("the object has the key {key:?} twice"));
        }
    }
    let mut record = csv::StringRecord::with_capacity(text.len(), columns.len());
    for field in &found {
        record.push_field(field.as_deref().unwrap_or_default());
    }
    Ok(record)
}

fn keys(text: &str) -> Result<Vec<String>, String> {
    let Object(pairs) = serde_json::from_str(text).map_err(|e| reason(text, &e))?;
    Ok(pairs.into_iter().map(|(key, _)| key.into_owned()).collect())
}

impl<'a> Objects<'a> {
    /// The columns that the first object names, and all objects.
    pub(super) fn open(file: &str, input: Box<dyn Read + 'a>) -> Result<(Vec<String>, Self), TableError> {
        let mut lines = Lines::new(input);
        let line = match lines.next() {
            None => return Err(TableError::Empty(file.to_owned())),
            Some(Err(error)) => return Err(TableError::Input { file: file.to_owned(), error }),
            Some(Ok(line)) => line,
        };
        let refuse = |reason| TableError::Object { file: file.to_owned(), line: line.number, reason };
        let text = line.text.clone().map_err(refuse)?;
        let columns = keys(text).map_err(refuse)?;
        let fields = fields(text, &columns).map_err(refuse)?;
        let first = Some(Record { line: line.number, bytes: line.bytes, fields });
        Ok((columns, Self { lines, first }))
    }

    /// The next object as a row of `columns`.
    pub(super) fn next(&mut self, file: &str, columns: &[String]) -> Option<Result<Record, Skipped>> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        let number = self.lines.number();
        let line = match self.lines.next()? {
            Ok(line) => line,
            Err(error) => return Some(Err(Skipped::unread(file, number + 1, &error))),
        };
        let text = line.text.clone().unwrap_or_default();
        Some(match line.text.and_then(|text| fields(text, columns)) {
            Ok(fields) => Ok(Record { line: line.number, bytes: line.bytes, fields }),
            Err(reason) => Err(Skipped::at(file, line.number, reason).value(text)),
        })
    }
}
