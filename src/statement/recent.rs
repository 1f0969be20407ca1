//! Who was spoken of last: whom a pronoun may mean.

/// How many mentions are remembered.
pub(super) const MEMORY: usize = 32;

/// A person spoken of: candidates for "he", "she" and "the minister".
#[derive(Clone, Copy, Debug)]
pub(super) struct Recent {
    pub(super) entity: usize,
    /// The token of the mention, and the number of its unit.
    pub(super) token: usize,
    pub(super) unit: usize,
    pub(super) part: Part,
}

/// The part that somebody had in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Mentioned,
    /// Stood first in it.
    First,
    /// Was its subject.
    Acted,
    Spoke,
}

impl Part {
    /// How much it makes somebody the one whom a pronoun means. The subject of the last sentence is meant rather than who
    /// spoke before it.
    pub(super) const fn weight(self) -> usize {
        match self {
            Self::Mentioned => 2,
            Self::First => 3,
            Self::Acted | Self::Spoke => 6,
        }
    }

    pub(super) const fn leads(self) -> bool {
        matches!(self, Self::Acted | Self::Spoke)
    }
}

/// The subject stands among so many first tokens.
pub(super) const LEAD: usize = 14;
