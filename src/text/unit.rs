//! A word of a text as the feature families see it.

use super::cues::CueSet;
use super::lexicon::{Marks, WordId};

/// One word of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Its entry in the lexicon.
    pub(super) word: WordId,
    /// The session's note on it.
    pub(super) note: u32,
    /// The key of its stem, or of a masked name.
    pub(super) key: u64,
    /// Its cue classes, those of a phrase that begins here included.
    pub(super) classes: CueSet,
    /// Clauses before it in the text.
    pub(super) clause: u32,
    /// Sentences before it in the text.
    pub(super) sentence: u32,
    /// True inside quotation marks.
    pub(super) quoted: bool,
    /// What its ending tells; nothing inside a phrase.
    pub(super) marks: Marks,
}
