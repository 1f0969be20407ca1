//! Scoring Arrow record batches: what other engines and languages hand over.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Schema};

use crate::read::{Record, Records};
use crate::row::{Field, SCORED_COLUMNS};
use crate::stance::Classify;
use crate::statement::Registry;
use crate::write::{Columns, Encode, ParquetEncoder};

use super::job::{Job, StatementPlaces, StatementRows};
use super::layout::Layout;
use super::score::{Bench, Scoring};

/// What of a batch is read.
const USED: [&str; 5] = ["text", "id", "date", "source", "label"];

/// Scores a batch whose column `text` holds statements; `id`, `date`, `source` and `label` are used where they are
/// there, by their names in any case. The result has all columns of the batch as they are, and after them the scored
/// ones ([`SCORED_COLUMNS`]; an input column whose name one of them needs gets `input_` before it), with as many rows:
/// where `text` is null, blank or has a NUL byte, the scored columns are null. A row without `id` is called `row:N`, N
/// from 1 in its batch. A row gets the same bits as in any other batch or file.
///
/// # Errors
/// If there is no column `text`, or one of those that are read cannot be cast to strings, or one scored column would
/// take more than 2 GiB.
pub fn score_batch(
    classifier: &dyn Classify,
    registry: &Registry,
    batch: &RecordBatch,
) -> Result<RecordBatch, ArrowError> {
    let used = used(batch)?;
    let layout = Layout::new(&[]).choose(&SCORED_COLUMNS.map(str::to_owned));
    let layout = layout.map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
    let mut scoring = Scoring::new(Bench { classifier, registry, encoder: &ParquetEncoder, layout: &layout });
    let mut scored = Columns::new(layout.columns());
    let nothing = nothing(&layout);
    let places = StatementPlaces::find(0, |column| USED.iter().position(|used| *used == column));
    let file: Arc<str> = Arc::from("row");
    let rows_from =
        |first, records| Job::Rows(StatementRows { records, file: Arc::clone(&file), places, first });
    let (mut first, mut records) = (1, Records::default());
    for row in 0..batch.num_rows() {
        let field = |column: &Option<StringArray>| {
            column.as_ref().filter(|c| c.is_valid(row)).map(|c| c.value(row).to_owned()).unwrap_or_default()
        };
        let fields: Vec<String> = used.iter().map(field).collect();
        let text = fields.first().map_or("", String::as_str);
        if text.trim().is_empty() || text.contains('\0') {
            scored.add(&scoring.run(&rows_from(first, std::mem::take(&mut records))).bytes)?;
            scored.add(&nothing)?;
            first = row + 2;
        } else {
            records.push(&Record::new(row as u64 + 1, &fields));
        }
    }
    scored.add(&scoring.run(&rows_from(first, records)).bytes)?;
    beside(batch, &scored.finish()?)
}

/// The columns of [`USED`] as strings.
fn used(batch: &RecordBatch) -> Result<Vec<Option<StringArray>>, ArrowError> {
    let schema = batch.schema();
    let column = |name: &str| -> Result<Option<StringArray>, ArrowError> {
        let place = schema.fields().iter().position(|f| f.name().eq_ignore_ascii_case(name));
        let Some(place) = place else { return Ok(None) };
        Ok(Some(cast(batch.column(place), &DataType::Utf8)?.as_string::<i32>().clone()))
    };
    let used = USED.into_iter().map(column).collect::<Result<Vec<_>, _>>()?;
    if used.first().is_none_or(Option::is_none) {
        let found: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        let error = format!("there is no column \"text\"; the columns are {}", found.join(", "));
        return Err(ArrowError::SchemaError(error));
    }
    Ok(used)
}

/// A row of which nothing is known.
fn nothing(layout: &Layout) -> Vec<u8> {
    let mut rows = ParquetEncoder.rows(layout.columns());
    for _ in layout.columns() {
        rows.field(Field::Empty);
    }
    rows.end();
    rows.finish()
}

/// The columns of both.
fn beside(batch: &RecordBatch, scored: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let names: Vec<String> = schema.fields().iter().map(|f| f.name().clone()).collect();
    let kept = Layout::new(&names);
    let renamed =
        schema.fields().iter().zip(kept.columns()).map(|(f, name)| f.as_ref().clone().with_name(name));
    let added = scored.schema();
    let fields: Vec<_> = renamed.chain(added.fields().iter().map(|f| f.as_ref().clone())).collect();
    let columns: Vec<ArrayRef> = batch.columns().iter().chain(scored.columns()).cloned().collect();
    RecordBatch::try_new(Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone())), columns)
}

#[cfg(test)]
mod tests {
    use arrow_array::Int32Array;
    use arrow_array::types::Float64Type;

    use super::*;
    use crate::model::LexiconBaseline;

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true))).unwrap()
    }

    #[test]
    fn the_columns_stay_and_the_scored_ones_come_after_them() {
        let text = ["We will talk.", " ", "No talks."];
        let texts: ArrayRef =
            Arc::new(StringArray::from(vec![Some(text[0]), Some(text[1]), None, Some(text[2])]));
        let keys: ArrayRef = Arc::new(Int32Array::from(vec![7, 8, 9, 10]));
        let input = batch(vec![("key", Arc::clone(&keys)), ("Text", texts)]);
        let scored = score_batch(&LexiconBaseline::default(), Registry::shipped(), &input).unwrap();
        assert_eq!((scored.num_rows(), scored.num_columns()), (4, 2 + SCORED_COLUMNS.len()));
        assert_eq!(scored.column(0), &keys);
        let column = |name: &str| scored.column_by_name(name).unwrap();
        let words = column("text").as_string::<i32>();
        assert_eq!(
            (words.value(0), words.is_null(1), words.is_null(2), words.value(3)),
            (text[0], true, true, text[2])
        );
        assert_eq!(column("article").as_string::<i32>().value(3), "row:4");
        let sum: f64 = ["open", "conditional", "rejecting", "none"]
            .map(|name| column(name).as_primitive::<Float64Type>().value(0))
            .iter()
            .sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn a_batch_without_text_is_refused() {
        let keys: ArrayRef = Arc::new(Int32Array::from(vec![7]));
        let error =
            score_batch(&LexiconBaseline::default(), Registry::shipped(), &batch(vec![("key", keys)]))
                .unwrap_err();
        assert!(error.to_string().contains("the columns are key"), "{error}");
    }
}
