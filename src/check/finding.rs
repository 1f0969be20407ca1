//! What a check found, as data and as a sentence.

use std::fmt;

use serde::Serialize;

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line in its file, as its reader counts.
    pub line: usize,
    /// The row's id.
    pub id: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} ({})", self.line, self.id)
    }
}

/// One thing that a colleague would ask about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The row at fault; none where the rows as a whole are.
    pub at: Option<Place>,
    /// What is wrong with it.
    #[serde(flatten)]
    pub problem: Problem,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            Some(place) => write!(f, "{place}: {}", self.problem),
            None => write!(f, "{}", self.problem),
        }
    }
}

/// What a decoding fault leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// U+FFFD: a decoder met bytes that it did not know.
    Replacement,
    /// UTF-8 read as Windows-1252: `â€™` for ’, `Ã©` for é, `Â£` for £.
    Mojibake,
    /// A control character other than tab and line ends, or a byte order mark inside the text.
    Control,
    /// An HTML entity such as `&amp;` or `&#39;`.
    Entity,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Replacement => "a replacement character (U+FFFD)",
            Self::Mojibake => "UTF-8 read as Windows-1252",
            Self::Control => "a control character",
            Self::Entity => "an HTML entity",
        })
    }
}

/// What is wrong, with the values that show it. Labels stand by name, shares run from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// A row that could not be read.
    Unreadable {
        /// What reading said.
        reason: String,
    },
    /// A label that the codebook does not have.
    UnknownLabel {
        /// The label.
        label: String,
        /// The known label that is most like it, if one is.
        nearest: Option<String>,
    },
    /// A value that its column does not have.
    UnknownValue {
        /// The column.
        column: &'static str,
        /// The value.
        value: String,
        /// The values it has.
        known: &'static [&'static str],
    },
    /// A date that is no day of the calendar.
    NoDate {
        /// The date as found.
        date: String,
    },
    /// The id of an earlier row.
    DuplicateId {
        /// That row.
        first: Place,
    },
    /// No word in the text.
    Empty,
    /// More words or characters than a statement has.
    Huge {
        /// Its words.
        words: usize,
        /// Its characters.
        characters: usize,
    },
    /// Text that was decoded or cleaned wrongly.
    Encoding {
        /// What it looks like.
        trouble: Trouble,
        /// The characters before it.
        offset: usize,
    },
    /// The same text, letter case and white space aside, with the same label.
    Duplicate {
        /// The first row with that text.
        first: Place,
    },
    /// The same text with another label.
    TwoLabels {
        /// This row's label.
        label: String,
        /// The first row with that text.
        first: Place,
        /// Its label.
        first_label: String,
    },
    /// An earlier row, not of the same pair, shares too many word 3-grams.
    NearDuplicate {
        /// That row.
        first: Place,
        /// The part of the smaller row's 3-grams that both have.
        share: f64,
    },
    /// A row whose label needs a condition has none.
    NoCondition,
    /// A row whose label has no condition has one.
    UnexpectedCondition {
        /// The row's label.
        label: String,
        /// The condition.
        condition: String,
    },
    /// A condition that is not copied from the text.
    ForeignCondition {
        /// The condition.
        condition: String,
    },
    /// A pair that has not two rows.
    PairSize {
        /// The pair's id.
        pair: String,
        /// Its rows.
        rows: Vec<Place>,
    },
    /// A pair whose two rows have the same label.
    PairLabel {
        /// The pair's id.
        pair: String,
        /// The label of both.
        label: String,
    },
    /// A group or pair that stands on two sides of a split.
    Divided {
        /// What divides: `group` or `pair`.
        key: &'static str,
        /// Its id.
        value: String,
        /// The splits it stands in.
        splits: Vec<String>,
    },
    /// A near-duplicate, pairs included, of a row in another split.
    Leak {
        /// This row's split.
        split: String,
        /// The earlier row.
        first: Place,
        /// Its split.
        first_split: String,
        /// The part of the smaller row's 3-grams that both have.
        share: f64,
    },
    /// A label with too few rows.
    RareLabel {
        /// The label.
        label: String,
        /// Its rows.
        rows: usize,
        /// Their share of all rows.
        share: f64,
    },
    /// A capitalised name that tells a label.
    TellingName {
        /// The name.
        name: String,
        /// The label.
        label: String,
        /// Pointwise mutual information in bits; −∞ (null in JSON) if they never meet.
        bits: f64,
        /// The rows with the name.
        rows: usize,
        /// Those of them with the label.
        with_label: usize,
    },
    /// Too many rows begin with the same four words; the place is that of the first.
    Opening {
        /// The words, in lower case.
        words: String,
        /// The rows that begin so.
        rows: usize,
        /// Their share of all rows.
        share: f64,
    },
    /// Out-of-fold probabilities speak for another label.
    LikelyLabelError {
        /// The label given.
        label: String,
        /// The out-of-fold probability of that label.
        probability: f64,
        /// The label that a confident model would give.
        suggested: String,
        /// The out-of-fold probability of that.
        suggested_probability: f64,
    },
}

impl Problem {
    /// The problem's name, as in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::UnknownLabel { .. } => "unknown_label",
            Self::UnknownValue { .. } => "unknown_value",
            Self::NoDate { .. } => "no_date",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::Empty => "empty",
            Self::Huge { .. } => "huge",
            Self::Encoding { .. } => "encoding",
            Self::Duplicate { .. } => "duplicate",
            Self::TwoLabels { .. } => "two_labels",
            Self::NearDuplicate { .. } => "near_duplicate",
            Self::NoCondition => "no_condition",
            Self::UnexpectedCondition { .. } => "unexpected_condition",
            Self::ForeignCondition { .. } => "foreign_condition",
            Self::PairSize { .. } => "pair_size",
            Self::PairLabel { .. } => "pair_label",
            Self::Divided { .. } => "divided",
            Self::Leak { .. } => "leak",
            Self::RareLabel { .. } => "rare_label",
            Self::TellingName { .. } => "telling_name",
            Self::Opening { .. } => "opening",
            Self::LikelyLabelError { .. } => "likely_label_error",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: &f64| format!("{:.1} %", 100.0 * share);
        match self {
            Self::Unreadable { reason } => write!(f, "{reason}"),
            Self::UnknownLabel { label, nearest: Some(nearest) } => {
                write!(f, "unknown label {label:?}; did you mean {nearest:?}?")
            }
            Self::UnknownLabel { label, nearest: None } => write!(f, "unknown label {label:?}"),
            Self::UnknownValue { column, value, known } => {
                write!(f, "the {column} {value:?} is none of {}", known.join(", "))
            }
            Self::NoDate { date } => write!(f, "the date {date:?} is no day written YYYY-MM-DD"),
            Self::DuplicateId { first } => write!(f, "the same id as line {}", first.line),
            Self::Empty => write!(f, "no words"),
            Self::Huge { words, characters } => write!(f, "{words} words, {characters} characters"),
            Self::Encoding { trouble, offset } => write!(f, "{trouble} at character {offset}"),
            Self::Duplicate { first } => write!(f, "the same text as {first}"),
            Self::TwoLabels { label, first, first_label } => {
                write!(f, "labelled {label}, but the same text is {first_label} at {first}")
            }
            Self::NearDuplicate { first, share } => {
                write!(f, "shares {} of the word 3-grams with {first}", percent(share))
            }
            Self::NoCondition => write!(f, "a condition is missing"),
            Self::UnexpectedCondition { label, condition } => {
                write!(f, "labelled {label}, but has the condition {condition:?}")
            }
            Self::ForeignCondition { condition } => {
                write!(f, "the condition {condition:?} is not in the text")
            }
            Self::PairSize { pair, rows } => {
                let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
                write!(f, "pair {pair:?} has {} and not 2 rows: {}", rows.len(), rows.join(", "))
            }
            Self::PairLabel { pair, label } => write!(f, "both rows of pair {pair:?} are {label}"),
            Self::Divided { key, value, splits } => {
                write!(f, "{key} {value:?} stands in the splits {}", splits.join(", "))
            }
            Self::Leak { split, first, first_split, share } => write!(
                f,
                "in {split}, but shares {} of the word 3-grams with {first} in {first_split}",
                percent(share)
            ),
            Self::RareLabel { label, rows, share } => {
                write!(f, "only {rows} rows, {}, are {label}", percent(share))
            }
            Self::TellingName { name, label, bits, rows, with_label } => {
                write!(f, "{name:?} tells {label}: {with_label} of its {rows} rows, {bits:+.2} bits")
            }
            Self::Opening { words, rows, share } => {
                write!(f, "{rows} rows, {}, begin with {words:?}", percent(share))
            }
            Self::LikelyLabelError { label, probability, suggested, suggested_probability } => write!(
                f,
                "labelled {label} (out-of-fold probability {probability:.2}), \
                 more likely {suggested} ({suggested_probability:.2})"
            ),
        }
    }
}
