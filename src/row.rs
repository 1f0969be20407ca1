//! The contracts of the tables that go in and out: column names, in order, and how a field is written.

use serde::Serialize;

use crate::article::{Article, Statement};
use crate::span::{CharOffsets, Span};
use crate::stance::{Scores, Verdict};

/// The columns of a scored table.
pub const SCORED_COLUMNS: [&str; 21] = [
    "article",
    "date",
    "source",
    "statement",
    "start",
    "end",
    "kind",
    "speaker",
    "speaker_start",
    "speaker_end",
    "holder",
    "text",
    "label",
    "open",
    "conditional",
    "rejecting",
    "none",
    "channel",
    "condition",
    "terms",
    "model",
];

/// The columns of a table of statements without scores.
pub const EXTRACTED_COLUMNS: [&str; 11] = [
    "article",
    "start",
    "end",
    "kind",
    "speaker",
    "speaker_start",
    "speaker_end",
    "holder",
    "counterpart",
    "cue",
    "text",
];

/// One field of an output row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Field {
    /// Nothing is known: an empty CSV field, `null` in JSON.
    Empty,
    /// Words.
    Text(String),
    /// A count or an offset.
    Number(usize),
    /// Millionths: written with 6 decimals.
    Probability(#[serde(serialize_with = "as_decimal")] u32),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn as_decimal<S: serde::Serializer>(millionths: &u32, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(f64::from(*millionths) / 1e6)
}

impl Field {
    fn text(words: &str) -> Self {
        if words.is_empty() { Self::Empty } else { Self::Text(words.to_owned()) }
    }

    fn optional(words: Option<&str>) -> Self {
        words.map_or(Self::Empty, Self::text)
    }

    /// The field as CSV has it, without quoting.
    #[must_use]
    pub fn to_csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Number(number) => number.to_string(),
            Self::Probability(millionths) => {
                format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
            }
        }
    }
}

/// The probabilities in millionths that sum to exactly 1,000,000: each is cut, and what is left goes to those
/// that lost most, the earlier one on a tie.
#[must_use]
pub fn millionths(scores: &Scores) -> [u32; 4] {
    let exact = scores.0.map(|p| p.clamp(0.0, 1.0) * 1e6);
    let mut cut = exact.map(|p| p as u32);
    let mut order = [0, 1, 2, 3];
    let lost = |i: usize| exact.get(i).map_or(0.0, |p| p.fract());
    order.sort_by(|&a, &b| lost(b).total_cmp(&lost(a)).then(a.cmp(&b)));
    let missing = 1_000_000_u32.saturating_sub(cut.iter().sum());
    for i in order.into_iter().cycle().take(missing as usize) {
        if let Some(p) = cut.get_mut(i) {
            *p += 1;
        }
    }
    cut
}

/// What a statement row says beside the verdict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The twelve columns before `label`.
    fields: Vec<Field>,
}

impl Context {
    /// A statement of an article; `number` counts the article's statements from 1.
    #[must_use]
    pub fn of(article: &Article, offsets: &CharOffsets<'_>, number: usize, statement: &Statement) -> Self {
        let (start, end) = offsets.span(statement.span);
        let [speaker, from, to] = speaker(offsets, statement);
        Self {
            fields: vec![
                Field::text(&article.id),
                Field::optional(article.date.as_deref()),
                Field::optional(article.source.as_deref()),
                Field::Number(number),
                Field::Number(start),
                Field::Number(end),
                Field::text(statement.kind.name()),
                speaker,
                from,
                to,
                Field::optional(statement.holder.as_deref()),
                Field::text(statement.span.of(&article.text)),
            ],
        }
    }

    /// A text that is one statement: row `number` of a table.
    #[must_use]
    pub fn of_row(id: &str, date: &str, source: &str, number: usize, text: &str) -> Self {
        let mut fields = vec![Field::text(id), Field::text(date), Field::text(source), Field::Number(number)];
        fields.extend([Field::Number(0), Field::Number(text.chars().count())]);
        fields.extend([const { Field::Empty }; 5]);
        fields.push(Field::text(text));
        Self { fields }
    }

    /// The whole row, in the order of [`SCORED_COLUMNS`].
    #[must_use]
    pub fn scored(self, verdict: &Verdict, channel: &str, condition: &str, model: &str) -> Vec<Field> {
        let mut fields = self.fields;
        fields.push(Field::text(verdict.label.name()));
        fields.extend(millionths(&verdict.scores).map(Field::Probability));
        let terms: Vec<String> =
            verdict.terms.iter().map(|(term, added)| format!("{term} {added:+.2}")).collect();
        fields.extend([
            Field::text(channel),
            Field::text(condition),
            Field::text(&terms.join("; ")),
            Field::text(model),
        ]);
        fields
    }
}

/// A statement without scores, in the order of [`EXTRACTED_COLUMNS`].
#[must_use]
pub fn extracted(article: &Article, offsets: &CharOffsets<'_>, statement: &Statement) -> Vec<Field> {
    let (start, end) = offsets.span(statement.span);
    let [speaker, from, to] = speaker(offsets, statement);
    vec![
        Field::text(&article.id),
        Field::Number(start),
        Field::Number(end),
        Field::text(statement.kind.name()),
        speaker,
        from,
        to,
        Field::optional(statement.holder.as_deref()),
        Field::optional(statement.counterpart.as_deref()),
        Field::optional(statement.cue.map(|cue: Span| cue.of(&article.text))),
        Field::text(statement.span.of(&article.text)),
    ]
}

fn speaker(offsets: &CharOffsets<'_>, statement: &Statement) -> [Field; 3] {
    let Some(speaker) = &statement.speaker else { return [Field::Empty, Field::Empty, Field::Empty] };
    let mention = speaker.mention.map(|span| offsets.span(span));
    let at = |offset: Option<usize>| offset.map_or(Field::Empty, Field::Number);
    [Field::text(&speaker.name), at(mention.map(|m| m.0)), at(mention.map(|m| m.1))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_one_after_rounding() {
        for scores in [
            [0.25; 4],
            [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0],
            [0.999_999_7, 1e-7, 1e-7, 1e-7],
            [0.0, 0.0, 0.0, 1.0],
        ] {
            assert_eq!(millionths(&Scores(scores)).iter().sum::<u32>(), 1_000_000, "{scores:?}");
        }
        assert_eq!(
            millionths(&Scores([1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0])),
            [333_334, 333_333, 333_333, 0]
        );
    }

    #[test]
    fn probabilities_are_written_with_six_decimals() {
        assert_eq!(Field::Probability(1_000_000).to_csv(), "1.000000");
        assert_eq!(Field::Probability(42).to_csv(), "0.000042");
        assert_eq!(serde_json::to_string(&Field::Probability(42)).unwrap(), "0.000042");
    }
}
