//! The families of terms, which are switched on and off by name.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Terms of one make, to be switched on or off together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Runs of stemmed words.
    Words,
    /// Runs of characters within words.
    Characters,
    /// Words in the scope of a negation.
    Negation,
    /// Runs of cue classes.
    Sequences,
    /// Cue classes beside words of talking, with side and distance.
    Skips,
    /// The words of the clause that holds a word of talking.
    Clause,
    /// What the frames of words of talking amount to: willing, refusing, urged, happened and so on, by whom, in what
    /// tense and on what condition; and the words behind.
    Stances,
    /// The forms of talks, direct and indirect, that the text accepts and refuses.
    Forms,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 8] = [
        Self::Words,
        Self::Characters,
        Self::Negation,
        Self::Sequences,
        Self::Skips,
        Self::Clause,
        Self::Stances,
        Self::Forms,
    ];

    /// The name on the command line and in model cards.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Characters => "characters",
            Self::Negation => "negation",
            Self::Sequences => "sequences",
            Self::Skips => "skips",
            Self::Clause => "clause",
            Self::Stances => "stances",
            Self::Forms => "forms",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// A family that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown feature family {0:?} (families: words, characters, negation, sequences, skips, clause, stances, forms)"
)]
pub struct UnknownFamily(pub String);

impl FromStr for Family {
    type Err = UnknownFamily;

    fn from_str(name: &str) -> Result<Self, UnknownFamily> {
        Self::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| UnknownFamily(name.to_owned()))
    }
}

/// A set of families.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Families(u16);

impl Families {
    /// The families given.
    #[must_use]
    pub fn of(families: &[Family]) -> Self {
        Self(families.iter().fold(0, |set, f| set | f.bit()))
    }

    /// True if the set has `family`.
    #[must_use]
    pub const fn has(self, family: Family) -> bool {
        self.0 & family.bit() != 0
    }

    /// The set and `family`.
    #[must_use]
    pub const fn with(self, family: Family) -> Self {
        Self(self.0 | family.bit())
    }

    /// The set without `family`.
    #[must_use]
    pub const fn without(self, family: Family) -> Self {
        Self(self.0 & !family.bit())
    }

    /// True if a family needs the cue classes.
    pub(super) const fn need_cues(self) -> bool {
        self.0 & !(Family::Words.bit() | Family::Characters.bit()) != 0
    }
}
