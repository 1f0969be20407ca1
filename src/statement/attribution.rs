//! Who is said to have said what, as token ranges.

use std::ops::Range;

/// A cue with its speaker and its content, as token ranges of one unit.
#[derive(Clone, Debug)]
pub(crate) struct Attribution {
    pub(crate) cue: Range<usize>,
    pub(crate) speaker: Option<Range<usize>>,
    pub(crate) content: Range<usize>,
    /// The speaker and the cue stand inside or behind the content.
    pub(crate) tag: bool,
    /// The cue has no subject of its own: it ends the content before it.
    pub(crate) shared: bool,
    /// A quotation behind the tag that goes on with the content.
    pub(crate) more: Option<usize>,
}

impl Attribution {
    /// A speaker and a cue before what is said: "Pike said it was over".
    pub(super) const fn leading(
        cue: Range<usize>,
        speaker: Option<Range<usize>>,
        content: Range<usize>,
    ) -> Self {
        Self { cue, speaker, content, tag: false, shared: false, more: None }
    }

    /// A speaker and a cue inside what is said or behind it: "It was over, Pike said".
    pub(super) const fn tagging(
        cue: Range<usize>,
        speaker: Option<Range<usize>>,
        content: Range<usize>,
    ) -> Self {
        Self { cue, speaker, content, tag: true, shared: false, more: None }
    }
}

/// A cue and its speaker, before its content is known.
pub(super) struct Head {
    pub(super) cue: Range<usize>,
    pub(super) speaker: Option<Range<usize>>,
    pub(super) shared: bool,
    /// The first token of the speaker and the cue.
    pub(super) from: usize,
}

/// So many attributions may stand inside the content of another: statements inside statements are read again for each
/// around them, and a sentence of nothing but "he said" would be read as often as its longest content has cues.
pub(super) const NESTED: usize = 8;
