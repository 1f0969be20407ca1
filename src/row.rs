//! The contracts of the tables that go in and out: column names, in order, and how a field is written.

use serde::Serialize;

use crate::article::{Article, Statement};
use crate::span::CharOffsets;
use crate::stance::Scores;

/// The columns of a scored table.
pub const SCORED_COLUMNS: [&str; 22] = [
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
    "duplicate_of",
];

/// The columns of a table of statements without scores.
pub const EXTRACTED_COLUMNS: [&str; 12] = [
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
    "duplicate_of",
];

/// What the fields of a column are, for formats whose columns are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A count or an offset.
    Number,
    /// A probability.
    Probability,
}

/// What the fields of the column `name` are, in a table of scored or extracted statements.
#[must_use]
pub fn kind(name: &str) -> Kind {
    match name {
        "statement" | "start" | "end" | "speaker_start" | "speaker_end" => Kind::Number,
        "open" | "conditional" | "rejecting" | "none" => Kind::Probability,
        _ => Kind::Text,
    }
}

/// One field of an output row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Field<'a> {
    /// Nothing is known: an empty CSV field, `null` in JSON.
    Empty,
    /// Words.
    Text(&'a str),
    /// A count or an offset.
    Number(usize),
    /// Millionths: written with 6 decimals.
    Probability(#[serde(serialize_with = "as_decimal")] u32),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn as_decimal<S: serde::Serializer>(millionths: &u32, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(f64::from(*millionths) / 1e6)
}

impl<'a> Field<'a> {
    fn text(words: &'a str) -> Self {
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    fn optional(words: Option<&'a str>) -> Self {
        words.map_or(Self::Empty, Self::text)
    }

    fn number(number: Option<usize>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

/// The probabilities in millionths that sum to exactly 1,000,000: each is cut, and what is left goes to those
/// that lost most, the earlier one on a tie.
#[must_use]
pub fn millionths(scores: &Scores) -> [u32; 4] {
    let exact = scores.0.map(|p| p.clamp(0.0, 1.0) * 1e6);
    let mut cut = exact.map(|p| p as u32);
    let mut lost = [0, 1, 2, 3].map(|i: usize| (exact.get(i).map_or(0.0, |p| p.fract()), i));
    lost.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let missing = 1_000_000_u32.saturating_sub(cut.iter().sum());
    for (_, i) in lost.into_iter().cycle().take(missing as usize) {
        if let Some(p) = cut.get_mut(i) {
            *p += 1;
        }
    }
    cut
}

/// What a row says of a statement beside the verdict on it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Context<'a> {
    /// The article, or the row's id.
    pub article: &'a str,
    /// Its date.
    pub date: &'a str,
    /// Its outlet.
    pub source: &'a str,
    /// The number of the statement, from 1.
    pub number: usize,
    /// Character offsets of the statement.
    pub span: (usize, usize),
    /// How the article gives it; empty if nobody knows.
    pub kind: &'a str,
    /// Who says it.
    pub speaker: &'a str,
    /// Character offsets of the words that name the speaker.
    pub mention: Option<(usize, usize)>,
    /// Whose willingness is at stake.
    pub holder: &'a str,
    /// The statement.
    pub text: &'a str,
    /// The words whose stance is scored: [`text`](Self::text), in an article with who says it and how
    /// ([`Statement::attributed`]).
    pub read: &'a str,
    /// The first article of which this one is a copy; empty if it is none.
    pub duplicate_of: &'a str,
}

impl<'a> Context<'a> {
    /// A statement of an article, and those before it.
    #[must_use]
    pub fn of(
        article: &'a Article,
        offsets: &CharOffsets<'_>,
        statement: &'a Statement,
        earlier: &[Statement],
    ) -> Self {
        let speaker = statement.speaker.as_ref();
        Self {
            article: &article.id,
            date: article.date.as_deref().unwrap_or_default(),
            source: article.source.as_deref().unwrap_or_default(),
            number: earlier.len() + 1,
            span: offsets.span(statement.span),
            kind: statement.kind.name(),
            speaker: speaker.map_or("", |s| &s.name),
            mention: speaker.and_then(|s| s.mention).map(|span| offsets.span(span)),
            holder: statement.holder.as_deref().unwrap_or_default(),
            text: statement.span.of(&article.text),
            read: statement.attributed(&article.text, earlier).of(&article.text),
            duplicate_of: article.duplicate_of.as_deref().unwrap_or_default(),
        }
    }

    /// The whole row, in the order of [`SCORED_COLUMNS`]. `terms` are the verdict's terms as [`terms`] writes them.
    #[must_use]
    pub fn scored(
        &self,
        label: &'a str,
        scores: &Scores,
        channel: &'a str,
        condition: &'a str,
        terms: &'a str,
        model: &'a str,
    ) -> [Field<'a>; 22] {
        let [open, conditional, rejecting, none] = millionths(scores).map(Field::Probability);
        [
            Field::text(self.article),
            Field::text(self.date),
            Field::text(self.source),
            Field::Number(self.number),
            Field::Number(self.span.0),
            Field::Number(self.span.1),
            Field::text(self.kind),
            Field::text(self.speaker),
            Field::number(self.mention.map(|m| m.0)),
            Field::number(self.mention.map(|m| m.1)),
            Field::text(self.holder),
            Field::text(self.text),
            Field::text(label),
            open,
            conditional,
            rejecting,
            none,
            Field::text(channel),
            Field::text(condition),
            Field::text(terms),
            Field::text(model),
            Field::text(self.duplicate_of),
        ]
    }
}

/// Writes terms and what they add to a logit, with 2 decimals: `refus +0.31; not +0.20`.
pub fn terms(terms: &[(&str, f32)], out: &mut String) {
    let mut digits = itoa::Buffer::new();
    for (i, (term, added)) in terms.iter().enumerate() {
        if i > 0 {
            out.push_str("; ");
        }
        out.push_str(term);
        out.push_str(if *added < 0.0 { " -" } else { " +" });
        let hundredths = (added.abs() * 100.0).round() as u64;
        out.push_str(digits.format(hundredths / 100));
        out.push('.');
        if hundredths % 100 < 10 {
            out.push('0');
        }
        out.push_str(digits.format(hundredths % 100));
    }
}

/// A statement without scores, in the order of [`EXTRACTED_COLUMNS`].
#[must_use]
pub fn extracted<'a>(
    article: &'a Article,
    offsets: &CharOffsets<'_>,
    statement: &'a Statement,
) -> [Field<'a>; 12] {
    let context = Context::of(article, offsets, statement, &[]);
    [
        Field::text(context.article),
        Field::Number(context.span.0),
        Field::Number(context.span.1),
        Field::text(context.kind),
        Field::text(context.speaker),
        Field::number(context.mention.map(|m| m.0)),
        Field::number(context.mention.map(|m| m.1)),
        Field::text(context.holder),
        Field::optional(statement.counterpart.as_deref()),
        Field::optional(statement.cue.map(|cue| cue.of(&article.text))),
        Field::text(context.text),
        Field::text(context.duplicate_of),
    ]
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
    fn terms_are_written_with_sign_and_two_decimals() {
        let mut out = String::new();
        terms(&[("refus", 0.314), ("not a", -1.054), ("x", 12.0)], &mut out);
        assert_eq!(out, "refus +0.31; not a -1.05; x +12.00");
    }

    #[test]
    fn every_field_is_of_its_columns_kind() {
        let context = Context { article: "a", mention: Some((1, 2)), ..Context::default() };
        let fields = context.scored("open", &Scores([0.25; 4]), "direct", "if", "t", "m");
        for (name, field) in SCORED_COLUMNS.iter().zip(fields) {
            let found = match field {
                Field::Empty | Field::Text(_) => Kind::Text,
                Field::Number(_) => Kind::Number,
                Field::Probability(_) => Kind::Probability,
            };
            assert_eq!(found, kind(name), "{name}");
        }
    }

    #[test]
    fn probabilities_are_numbers_in_json() {
        assert_eq!(serde_json::to_string(&Field::Probability(42)).unwrap(), "0.000042");
    }
}
