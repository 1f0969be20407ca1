//! Statements without a label as a table for a person to fill in, which is read back as labelled rows.

use crate::row::{Context, Field, millionths};
use crate::stance::Scores;
use crate::write::{CsvEncoder, Encode};

/// Its columns. `label` is empty; `suggested` is the most probable label, whose probability was too small.
fn columns() -> Vec<String> {
    [
        "id",
        "text",
        "label",
        "suggested",
        "open",
        "conditional",
        "rejecting",
        "none",
        "group",
        "pair",
        "case",
        "topic",
        "date",
        "source",
        "kind",
        "speaker",
    ]
    .map(str::to_owned)
    .into()
}

/// What stands before the first row of a table for review.
#[must_use]
pub fn review_header() -> Vec<u8> {
    CsvEncoder::CSV.header(&columns())
}

/// A statement for review, in the words that were scored. `kept` are group, pair, case and topic of its table; in an
/// article its group is the article, so that no split parts the statements of one.
pub(super) fn for_review(context: &Context<'_>, kept: [&str; 4], scores: &Scores) -> Vec<u8> {
    let id = format!("{}:{}", context.article, context.number);
    let [open, conditional, rejecting, none] = millionths(scores).map(Field::Probability);
    let [group, pair, case, topic] = kept.map(Field::Text);
    let columns = columns();
    let mut rows = CsvEncoder::CSV.rows(&columns);
    for field in [
        Field::Text(&id),
        Field::Text(context.read),
        Field::Empty,
        Field::Text(scores.label().name()),
        open,
        conditional,
        rejecting,
        none,
        group,
        pair,
        case,
        topic,
        Field::Text(context.date),
        Field::Text(context.source),
        Field::Text(context.kind),
        Field::Text(context.speaker),
    ] {
        rows.field(field);
    }
    rows.end();
    rows.finish()
}
