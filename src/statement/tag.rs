//! Tags: the speaker and the cue behind what is said, or inside it.

use std::ops::Range;

use super::attribution::{Attribution, Head, NESTED};
use super::clause::{Clause, REACH};
use super::follows::Follows;
use super::lexicon::{Frame, class};
use super::token::{Mark, Token};
use super::verb::inverts;

impl Clause<'_> {
    /// The speaker and the cue behind what is said: `"...," she said` and `..., she said`.
    pub(super) fn tag(
        &self,
        head: &Head,
        after: usize,
        follows: Follows,
        frame: Frame,
        found: &[Attribution],
    ) -> Option<Attribution> {
        if head.shared {
            return None;
        }
        let tagged = |content| Attribution::tagging(head.cue.clone(), head.speaker.clone(), content);
        if let Some(quote) = self.tagged_quote(head.from)
            && !self.introduces(quote, follows, found)
        {
            // "Pike asked whether it was “a joke,” an aide said".
            let asked = found.last().is_some_and(|a| self.is(a.content.start, class::COMPLEMENT));
            // "Its move to sack men while defending others was “vile,” Pike said": all of it is said.
            let busy = found.last().is_some_and(|a| a.shared && !a.tag && a.content.contains(&quote));
            let start =
                if asked || busy { self.told_start(quote, found) } else { self.content_start(quote, found) };
            return Some(Attribution { more: self.continuation(after), ..tagged(start..quote + 1) });
        }
        let comma = head.from.checked_sub(1).filter(|&comma| self.mark(comma) == Some(Mark::Comma))?;
        let next = head.cue.end;
        // "said on condition of anonymity", but "spoke on the offer".
        let says =
            self.token(next - 1).is_some_and(|t| frame == Frame::Tell || inverts(t.span.of(self.text)));
        let ends = match follows {
            Follows::Nothing => true,
            // "Pike said commenting on the offer".
            Follows::Bare
                if matches!(self.word(after), "commenting" | "speaking" | "responding" | "reacting") =>
            {
                true
            }
            Follows::Bare => {
                // "he said again", but "he suggested just such talks".
                let joins = class::PREPOSITION | class::TIME | class::COORDINATOR | class::SUBORDINATOR;
                let alone = !self.is_word(after + 1) || self.is(after + 1, joins);
                (self.is(after, class::PREPOSITION | class::TIME) || self.is(after, class::ADVERB) && alone)
                    && !self.begins_clause(after)
                    && !self.token(after).is_some_and(|t| t.possessive)
                    && !matches!(self.word(after), "for" | "of" | "about" | "against")
                    && (says || self.word(after) != "on")
            }
            _ => false,
        };
        let begin = self.told_start(comma, found);
        // "..., he talks": what takes no clause behind it takes none before it either.
        let clause = !matches!(frame, Frame::Quote | Frame::About);
        // "On Monday, he said" opens with the phrase alone; "With the army out, they will stop, he said" goes on.
        let opens =
            self.is(begin, class::OPENER) && !(begin..comma).any(|i| self.mark(i) == Some(Mark::Comma));
        let next = if follows == Follows::Nothing { after } else { self.behind_place(begin..comma, next) };
        let resumes = self.resumes(next);
        if !clause || !ends || comma <= begin || !resumes && (comma <= begin + 2 || opens) {
            return None;
        }
        let end = if resumes { self.content_end(next) } else { comma };
        Some(tagged(begin..end))
    }

    /// The comma behind the place and time of a tag that parts a clause: "The talks, Pike said in Vale, will go on".
    fn behind_place(&self, told: Range<usize>, at: usize) -> usize {
        let verb = |i: usize| self.acts(i) || self.token(i).is_some_and(|t| t.entry.cue.is_some());
        let plain = |&i: &usize| self.token(i).is_some_and(Token::is_word) && !verb(i);
        let led = self.is(at, class::PREPOSITION | class::TIME);
        let end = (at..at + REACH).take_while(plain).last().map_or(at, |last| last + 1);
        let parted = led && self.mark(end) == Some(Mark::Comma) && !told.clone().any(verb);
        if parted { end } else { at }
    }

    /// As [`Clause::content_start`], of what is told from hand to hand: "Pike said he would come, his spokesman said".
    pub(super) fn told_start(&self, end: usize, found: &[Attribution]) -> usize {
        let holds = |a: &&Attribution| !a.tag && a.content.contains(&end);
        let told = found.iter().rev().take(NESTED).take_while(holds).count();
        let (before, told) = found.split_at(found.len() - told);
        if told.is_empty() || before.is_empty() {
            return self.content_start(end, before);
        }
        let speakers =
            told.iter().filter_map(|told| told.speaker.as_ref().filter(|s| s.end <= told.cue.start));
        speakers.map(|speaker| speaker.start).min().unwrap_or_else(|| self.content_start(end, found))
    }

    /// True if the quotation ends an opening phrase: `On "Face the Nation," he said that ...`.
    fn introduces(&self, quote: usize, follows: Follows, found: &[Attribution]) -> bool {
        let start = self.content_start(quote, found);
        let opens = self.is(start, class::OPENER | class::PREPOSITION);
        // `When asked, “Why?” he said, “It is late.”`
        let asked =
            follows == Follows::Quotation && self.is(start, class::OPENER) && self.word(start + 1) == "asked";
        start < quote && (asked || opens && matches!(follows, Follows::Bare | Follows::Marked))
    }

    /// "Talks, as the mayor said, are near", with nothing but a comma or the end of the sentence behind the cue.
    pub(super) fn as_said(
        &self,
        head: &Head,
        frame: Frame,
        (after, follows): (usize, Follows),
        found: &[Attribution],
    ) -> Option<Attribution> {
        let speaker = head.speaker.as_ref().filter(|_| !head.shared && follows == Follows::Nothing)?;
        let as_at = speaker.start.checked_sub(1)?;
        let clause = matches!(frame, Frame::Any | Frame::Tell | Frame::Clause);
        if !clause || !self.word(as_at).eq_ignore_ascii_case("as") {
            return None;
        }
        let opens = self.token(as_at)?.begins;
        let comma = as_at.checked_sub(1).filter(|&b| self.mark(b) == Some(Mark::Comma));
        let goes_on = self.mark(after) == Some(Mark::Comma);
        let content = match comma {
            _ if opens => after + 1..if goes_on { self.content_end(after + 1) } else { after },
            Some(comma) if goes_on => self.told_start(comma, found)..self.content_end(after),
            Some(comma) => self.told_start(comma, found)..comma,
            None => return None,
        };
        let plain = !content.clone().any(|i| self.quote(i).is_some());
        let said = plain && content.len() > 1;
        said.then(|| Attribution {
            tag: !opens,
            ..Attribution::tagging(head.cue.clone(), head.speaker.clone(), content)
        })
    }
}
