//! Where what one says ends because what another says begins.

use super::attribution::{Attribution, NESTED};
use super::clause::Clause;
use super::lexicon::class;
use super::phrase;
use super::token::Mark;

impl Clause<'_> {
    /// True if the next attribution would part what is one subject, "saying he and the envoy spoke", or the opening of a
    /// sentence from the rest, "said that on Monday, the union agreed".
    pub(super) fn splits_subject(&self, found: &[Attribution], next: &Attribution) -> bool {
        let (Some(last), Some(speaker)) = (found.last(), &next.speaker) else { return false };
        let start = last.content.start + usize::from(self.is(last.content.start, class::COMPLEMENT));
        let Some(before) = speaker.start.checked_sub(1).filter(|&i| i > start) else { return false };
        if last.tag || next.tag || next.shared || !last.content.contains(&before) {
            return false;
        }
        let opening = self.mark(before) == Some(Mark::Comma)
            && self.is(start, class::OPENER | class::SUBORDINATOR)
            && !(start..before).any(|i| self.mark(i) == Some(Mark::Comma));
        opening || self.is(before, class::COORDINATOR) && self.is_subject(start, before)
    }

    /// True for a few words without a verb: "Norland" of "Norland and Sudria have agreed".
    fn is_subject(&self, start: usize, end: usize) -> bool {
        const VERB: u32 = class::AUXILIARY | class::PAST | class::COMPLEMENT;
        let noun = |i| {
            self.token(i).is_some_and(|t| t.is_word() && (t.capital || !t.is(VERB) && !phrase::finite_cue(t)))
        };
        let named = self.token(end - 1).is_some_and(|t| t.capital || t.is(class::PRONOUN))
            || self.is(start, class::DETERMINER);
        end - start <= 6 && named && (start..end).all(noun)
    }

    /// Ends the last content where the next attribution takes over.
    pub(super) fn cut(&self, found: &mut [Attribution], next: &Attribution) {
        let Some(last) = found.last_mut() else { return };
        if last.tag {
            return;
        }
        if next.tag && next.content.start <= last.cue.start && next.content.end > last.content.start {
            for inner in found.iter_mut().rev().take(NESTED).filter(|inner| !inner.tag) {
                if next.content.start <= inner.cue.start && next.content.end > inner.content.start {
                    inner.content.end = inner.content.end.min(next.content.end);
                }
            }
            return;
        }
        // "Lind called on “all of them to talk,” Bako said".
        let named = next.speaker.as_ref().map_or(0, |speaker| speaker.end);
        let closes = next.cue.end.max(named) >= last.content.end;
        if next.tag && last.content.contains(&next.content.start) && closes {
            last.content.end = last.content.end.min(next.content.end);
            return;
        }
        let own = next
            .speaker
            .as_ref()
            .filter(|s| !next.shared && s.start < next.cue.start && s.start >= last.content.start);
        let mut end = own.map_or(next.cue.start, |s| s.start);
        let mut separated = next.shared;
        while end > last.content.start
            && (matches!(self.mark(end - 1), Some(Mark::Comma | Mark::Semicolon))
                || self.is(end - 1, class::COORDINATOR)
                || self.is_absolute(end - 1)
                || matches!(self.word(end - 1), "while" | "though" | "although"))
        {
            end -= 1;
            separated = true;
        }
        let says = |i| {
            self.token(i).is_some_and(|t| t.is_word() || t.quote().is_some())
                && !self.is(i, class::COMPLEMENT)
        };
        if separated && end < last.content.end && !next.tag && (last.content.start..end).any(says) {
            last.content.end = end;
        }
    }
}

/// Ends the content that already holds [`NESTED`] attributions where the next one begins.
pub(super) fn bound(found: &mut [Attribution], next: &Attribution) {
    let Some(outer) = found.len().checked_sub(NESTED).and_then(|i| found.get_mut(i)) else { return };
    let speaker = next.speaker.as_ref().map_or(next.cue.start, |s| s.start);
    let end = next.cue.start.min(speaker);
    if !outer.tag && outer.content.contains(&end) && end > outer.content.start {
        outer.content.end = end;
    }
}
