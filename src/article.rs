//! Articles, and the statements found in them: plain data.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// One article as its reader decoded it. Every span of its statements points into `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The file name, or the `id` that a CSV or JSON Lines row gives.
    pub id: String,
    /// The date as given, preferably `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The outlet or collection.
    pub source: Option<String>,
    /// The headline, where the format has one apart from the text.
    pub title: Option<String>,
    /// The decoded text.
    pub text: String,
    /// The `id` of the first article of the run that this one is a copy of, where that was asked for.
    pub duplicate_of: Option<String>,
}

/// How an article gives a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Inside quotation marks.
    Direct,
    /// Reported speech with quoted words in it.
    Mixed,
    /// Reported speech.
    Reported,
    /// The reporter's own sentence.
    Narrative,
}

impl Kind {
    /// The name as it stands in CSV files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Reported => "reported",
            Self::Narrative => "narrative",
        }
    }
}

/// Who says a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// One canonical name for the whole article ("Abbas Araghchi").
    pub name: String,
    /// The words that name the speaker at this statement ("the Iranian official"), where there are any.
    pub mention: Option<Span>,
}

/// Consecutive words that an article gives as one party's position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The words, without the quotation marks of a direct quote.
    pub span: Span,
    /// How the article gives them.
    pub kind: Kind,
    /// Who says them, if known.
    pub speaker: Option<Speaker>,
    /// The cue of saying ("said", "according to"), where there is one.
    pub cue: Option<Span>,
    /// The party whose willingness is at stake ("Iran").
    pub holder: Option<String>,
    /// The party that it would talk to.
    pub counterpart: Option<String>,
}

/// As far before a statement as its cue and speaker are looked for, in bytes, so that a long paragraph is not read
/// once for each of its statements.
const ATTRIBUTION_REACH: usize = 100;

/// So many statements before one may hold its speaker.
const NEAR: usize = 8;

impl Statement {
    /// What a reader of its stance has to read: reported speech with its cue and speaker where they stand before it on
    /// the same line, for "talks with Norland" is not what it says if somebody "ruled out talks with Norland". Any
    /// other statement is read alone, and none with words of those before it, `earlier`, that end before it begins:
    /// what "Norland rejected talks, saying it was late" says behind the comma is no refusal.
    #[must_use]
    pub fn attributed(&self, text: &str, earlier: &[Self]) -> Span {
        let mut whole = self.span;
        if matches!(self.kind, Kind::Direct | Kind::Narrative) {
            return whole;
        }
        let mention = self.speaker.as_ref().and_then(|speaker| speaker.mention);
        let near = || earlier.iter().rev().take(NEAR).map(|statement| statement.span.end);
        for part in [self.cue, mention].into_iter().flatten() {
            let between = Span::new(part.end, whole.start);
            if part.end <= whole.start
                && between.len() < ATTRIBUTION_REACH
                && !between.of(text).contains('\n')
                && !near().any(|end| part.start < end && end <= whole.start)
            {
                whole.start = part.start;
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, [mention, cue, words]: [&str; 3], kind: Kind) -> Statement {
        let span = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len()));
        let speaker = Speaker { name: mention.to_owned(), mention: span(mention) };
        Statement {
            span: span(words).unwrap(),
            kind,
            speaker: Some(speaker),
            cue: span(cue),
            holder: None,
            counterpart: None,
        }
    }

    #[test]
    fn reported_speech_is_read_with_the_verb_that_gives_it() {
        let read =
            |text: &str, parts, kind| said(text, parts, kind).attributed(text, &[]).of(text).to_owned();
        let parts = ["Norland", "ruled out", "talks with Vesper"];
        let text = "On Monday Norland flatly ruled out talks with Vesper.";
        assert_eq!(read(text, parts, Kind::Reported), "Norland flatly ruled out talks with Vesper");
        assert_eq!(read(text, parts, Kind::Direct), "talks with Vesper");
        let behind = "talks with Vesper are ruled out, Norland";
        assert_eq!(read(behind, parts, Kind::Reported), "talks with Vesper");
        let far = format!("Norland {} ruled out talks with Vesper.", "much later and with regret ".repeat(5));
        assert_eq!(read(&far, parts, Kind::Mixed), "ruled out talks with Vesper");
        let apart = "Norland\nruled out talks with Vesper.";
        assert_eq!(read(apart, parts, Kind::Mixed), "ruled out talks with Vesper");
    }

    #[test]
    fn no_statement_is_read_with_the_words_of_another() {
        let text = "Norland rejected talks, saying it was late and adding that Vesper had known.";
        let first = said(text, ["", "", "Norland rejected talks"], Kind::Narrative);
        let second = said(text, ["Norland", "saying", "it was late"], Kind::Reported);
        let third = said(text, ["Norland", "adding", "that Vesper had known"], Kind::Reported);
        assert_eq!(second.attributed(text, std::slice::from_ref(&first)).of(text), "saying it was late");
        assert_eq!(third.attributed(text, &[first, second]).of(text), "adding that Vesper had known");
        let text = "Norland said Vesper had ruled out talks.";
        let outer = said(text, ["Norland", "said", "Vesper had ruled out talks"], Kind::Reported);
        let inner = said(text, ["Vesper", "ruled out", "talks"], Kind::Reported);
        assert_eq!(inner.attributed(text, &[outer]).of(text), "Vesper had ruled out talks");
    }
}
