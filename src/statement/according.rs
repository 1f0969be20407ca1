//! Attributions without a verb of saying: "according to the ministry".

use super::clause::{Clause, REACH};
use super::lexicon::class;
use super::phrase;
use super::reported::Attribution;
use super::token::Mark;

pub(super) const ACCORDING: &str = "according";

impl Clause<'_> {
    /// "According to X, ..." and "..., according to X".
    pub(super) fn according(&self, i: usize, found: &[Attribution]) -> Option<Attribution> {
        if self.word(i + 1) != "to" {
            return None;
        }
        // "an estimate" is none of saying behind its article.
        let noun = i + 2 + usize::from(self.is(i + 2, class::DETERMINER));
        let speaker = i + 2..phrase::beginning_at(self.tokens, noun)?.end;
        let cue = i..i + 2;
        let begin = self.content_start(i, found);
        let opening = begin + usize::from(self.is(begin, class::COMPLEMENT | class::ADVERB));
        if i <= opening + 1 {
            let comma = (speaker.end..(speaker.end + REACH).min(self.tokens.len()))
                .find(|&k| self.mark(k) == Some(Mark::Comma))?;
            let end = self.content_end(comma + 1);
            return (end > comma + 1).then_some(Attribution {
                cue,
                speaker: Some(speaker),
                content: comma + 1..end,
                tag: false,
                shared: false,
                more: None,
            });
        }
        if found.last().is_some_and(|a| a.tag) {
            return None;
        }
        let comma = self.mark(i - 1) == Some(Mark::Comma);
        let end = if comma && self.resumes(speaker.end) {
            self.content_end(speaker.end)
        } else if comma {
            i - 1
        } else {
            i
        };
        Some(Attribution {
            cue,
            speaker: Some(speaker),
            content: self.told_start(i, found)..end,
            tag: true,
            shared: false,
            more: None,
        })
    }
}
