//! The four labels of the codebook, the probabilities over them, and the one trait that a classifier has.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::figures::TermCounts;
use crate::shape::top_class;

/// What a statement says about its holder's willingness to talk (`data/CODEBOOK.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Willing to talk, without a requirement.
    Open,
    /// Ties talks to something that could be met.
    Conditional,
    /// Refuses talks and names no way out.
    Rejecting,
    /// Takes no stance on the holder's own talks.
    None,
}

impl Stance {
    /// Every stance, in the order of all tables, columns and weight rows.
    pub const ALL: [Self; 4] = [Self::Open, Self::Conditional, Self::Rejecting, Self::None];

    /// The label as it stands in CSV files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Conditional => "conditional",
            Self::Rejecting => "rejecting",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A label that the codebook does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown label {value:?}{}; the labels are open, conditional, rejecting and none", .nearest.map(|n| format!(" (did you mean \"{n}\"?)")).unwrap_or_default())]
pub struct UnknownStance {
    /// The label as found.
    pub value: String,
    /// The known label with the smallest edit distance to it, where that is at most half of it.
    pub nearest: Option<Stance>,
}

impl FromStr for Stance {
    type Err = UnknownStance;

    fn from_str(value: &str) -> Result<Self, UnknownStance> {
        let folded = value.trim().to_lowercase();
        Self::ALL.into_iter().find(|s| s.name() == folded).ok_or_else(|| UnknownStance {
            value: value.to_owned(),
            nearest: Self::ALL
                .into_iter()
                .map(|stance| (edit_distance(stance.name(), &folded), stance))
                .min_by_key(|(distance, _)| *distance)
                .filter(|(distance, _)| 2 * distance <= folded.chars().count())
                .map(|(_, stance)| stance),
        })
    }
}

/// Levenshtein's distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = *cell;
            left = substituted.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// One probability a stance, in the order of [`Stance::ALL`]; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores(pub [f64; 4]);

impl Scores {
    /// The most probable stance; the earlier one in [`Stance::ALL`] on a tie.
    #[must_use]
    pub fn label(&self) -> Stance {
        Stance::ALL.get(top_class(&self.0).0).copied().unwrap_or(Stance::Open)
    }

    /// The probability of the most probable stance, from 0 to 1.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.of(self.label())
    }

    /// The probability of one stance, from 0 to 1.
    #[must_use]
    pub fn of(&self, stance: Stance) -> f64 {
        let [open, conditional, rejecting, none] = self.0;
        match stance {
            Stance::Open => open,
            Stance::Conditional => conditional,
            Stance::Rejecting => rejecting,
            Stance::None => none,
        }
    }
}

/// What a classifier says of one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// The label; none if the classifier abstains.
    pub label: Option<Stance>,
    /// The probabilities behind it.
    pub scores: Scores,
    /// How many terms the text has, and how many of them the classifier knows.
    pub known: TermCounts,
}

/// What stands in the place of a label where a classifier abstains.
pub const ABSTAIN: &str = "abstain";

impl Verdict {
    /// The label as it stands in tables: one of the four names, or [`ABSTAIN`].
    #[must_use]
    pub fn label_name(&self) -> &'static str {
        self.label.map_or(ABSTAIN, Stance::name)
    }
}

/// Anything that labels statements; the batch engine knows no more of a model.
pub trait Classify: Sync {
    /// What output rows call it.
    fn name(&self) -> &str;

    /// One thread's scorer.
    fn scorer(&self) -> Box<dyn Scorer + '_>;
}

/// One thread's work with a classifier.
pub trait Scorer {
    /// The verdict on `text`: the same alone as in any batch.
    fn score(&mut self, text: &str) -> Verdict;

    /// The terms of the text scored last that speak most for its most probable label, strongest first, with what they
    /// add to its logit. Found only when asked for: they cost about as much as the verdict.
    fn terms(&self) -> Vec<(&str, f32)>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_answered_with_the_nearest_label() {
        for (typo, nearest) in [
            ("opne", Some(Stance::Open)),
            ("condtional", Some(Stance::Conditional)),
            ("rejected", Some(Stance::Rejecting)),
            ("non", Some(Stance::None)),
            ("foo", None),
            ("", None),
        ] {
            assert_eq!(typo.parse::<Stance>().unwrap_err().nearest, nearest, "{typo}");
        }
    }

    #[test]
    fn labels_are_read_in_any_case_and_with_spaces_around() {
        assert_eq!(" Rejecting ".parse(), Ok(Stance::Rejecting));
    }

    #[test]
    fn the_first_of_equal_scores_is_the_label() {
        assert_eq!(Scores([0.25; 4]).label(), Stance::Open);
        assert_eq!(Scores([0.1, 0.2, 0.1, 0.6]).label(), Stance::None);
    }
}
