//! Attributions whose speaker does not stand right before the cue: "said the minister", "quoted the minister as saying".

use std::ops::Range;

use super::attribution::Attribution;
use super::clause::{Clause, REACH};
use super::follows::Follows;
use super::lexicon::{Frame, class, form};
use super::phrase;
use super::subject::subject;
use super::token::{Mark, Token};
use super::verb::inverts;

impl Clause<'_> {
    /// True for "as saying" and "as telling" at `at`.
    pub(super) fn said_of_another(&self, at: usize) -> bool {
        let says = |t: &Token| t.entry.cue.is_some_and(|cue| cue.forms & form::ING != 0);
        self.word(at) == "as" && self.token(at + 1).is_some_and(says)
    }

    /// "quoted the minister as saying", "the minister was quoted as saying".
    pub(super) fn quoted_as_saying(
        &self,
        i: usize,
        frame: Frame,
        found: &[Attribution],
    ) -> Option<Attribution> {
        let quoted = (i.saturating_sub(REACH)..i)
            .rev()
            .find(|&k| matches!(self.word(k), "quoted" | "quotes" | "quoting" | "cited"))?;
        let passive = quoted > 0 && self.is(quoted - 1, class::AUXILIARY);
        let mut start = quoted;
        while start > 0 && self.in_verb_group(start - 1) {
            start -= 1;
        }
        let speaker = if passive { phrase::ending_at(self.tokens, start)? } else { quoted + 1..i - 1 };
        if speaker.is_empty() {
            return None;
        }
        let (after, follows) = self.follows(i, frame);
        let cue = quoted..i + 1;
        // "was quoted as saying at a meeting in Vale".
        let aside = self.is(after, class::PREPOSITION | class::TIME) && !self.is(after, class::DETERMINER);
        if follows != Follows::Nothing && !aside {
            return Some(Attribution::leading(cue, Some(speaker), after..self.content_end(after)));
        }
        let limit = start.min(speaker.start);
        let comma = limit.checked_sub(1).filter(|&comma| self.mark(comma) == Some(Mark::Comma));
        let told = comma.map(|comma| self.content_start(comma, found)..comma).filter(|told| told.len() > 2);
        if let Some(content) = told.filter(|told| !told.clone().any(|k| self.quote(k).is_some())) {
            let speaker = Some(speaker);
            return Some(Attribution::tagging(cue, speaker, content));
        }
        let quote = (limit.saturating_sub(2 * REACH)..limit).rev().find(|&k| self.quote(k).is_some())?;
        let content = self.content_start(quote, found)..quote + 1;
        let more = self.continuation(i + 1);
        Some(Attribution { more, ..Attribution::tagging(cue, Some(speaker), content) })
    }

    /// "made it clear that", "is adamant that".
    pub(super) fn made_clear(&self, i: usize, found: &[Attribution]) -> Option<Attribution> {
        let next = self.behind_time(i + 1);
        let bare = self.word(i) == "clear"
            && (matches!(self.word(next), "there" | "it")
                || self.is(next, class::MALE | class::FEMALE | class::PLURAL));
        let plain = |&k: &usize| {
            self.token(k).is_some_and(Token::is_word) && (!self.acts(k) || self.word(k) == "that")
        };
        let that = (i + 1..i + REACH).take_while(plain).find(|&k| self.word(k) == "that");
        let behind = if bare { next } else { that? };
        let filler = |&k: &usize| matches!(self.word(k), "it" | "be");
        let last = (i.saturating_sub(3)..i).rev().find(|k| !filler(k))?;
        let does = match self.word(i) {
            "clear" => matches!(self.word(last), "made" | "make" | "makes" | "making"),
            "known" => last + 1 < i && matches!(self.word(last), "made" | "make" | "makes" | "let" | "lets"),
            "word" => matches!(self.word(last), "sent" | "sends" | "send"),
            "notice" => matches!(self.word(last), "served" | "serves" | "gave" | "gives" | "given"),
            _ => true,
        };
        let mut start = if matches!(self.word(i), "adamant" | "emphatic") { i } else { last };
        while start > 0 && self.in_verb_group(start - 1) {
            start -= 1;
        }
        start = self.time_before(start).unwrap_or(start);
        if !does || start == i {
            return None;
        }
        let joined = start > 0 && self.is(start - 1, class::COORDINATOR);
        let shared = joined || self.word(last) == "making";
        let speaker = if shared {
            let before = found.last().and_then(|last| last.speaker.clone());
            before.or_else(|| subject(self.tokens, self.dateline(), start))
        } else {
            phrase::ending_at(self.tokens, start)
        };
        let end = self.content_end(behind);
        let from = speaker.as_ref().map_or(start, |s| s.start);
        let end = if self.subordinate(from) { self.first_comma(behind, end) } else { end };
        let content = behind..end;
        let cue = start..i + 1;
        Some(Attribution { shared, ..Attribution::leading(cue, Some(speaker?), content) })
    }

    /// `Said Mr. Pike, "..."` and `Said Pike: "..."`.
    pub(super) fn said_first(&self, i: usize) -> Option<Attribution> {
        if i > 0 || !inverts(&self.word(i).to_ascii_lowercase()) {
            return None;
        }
        let speaker = phrase::beginning_at(self.tokens, i + 1)?;
        let colon = Some(speaker.end).filter(|&end| self.mark(end) == Some(Mark::Colon));
        let quote = colon.or_else(|| self.marked_within(speaker.end))?;
        let start = if self.mark(quote) == Some(Mark::Colon) { quote + 1 } else { quote };
        self.quote(start)?;
        let content = start..self.content_end(start);
        Some(Attribution::leading(i..i + 1, Some(speaker), content))
    }

    /// `"...," said the minister` and `..., said the minister`.
    pub(super) fn inverted(
        &self,
        i: usize,
        start: usize,
        frame: Frame,
        found: &[Attribution],
    ) -> Option<Attribution> {
        let before = start - 1;
        let quoted = self.tagged_quote(start);
        if quoted.is_none()
            && (self.mark(before) != Some(Mark::Comma)
                || frame != Frame::Any
                || start < i
                || !inverts(self.word(i)))
        {
            return None;
        }
        let next = self.token(i + 1)?;
        let other = class::COMPLEMENT | class::PREPOSITION | class::TIME | class::ADVERB;
        if !next.is_word() || next.is(other) && !next.is(class::DETERMINER) {
            return None;
        }
        let speaker = self.without_hearer(phrase::beginning_at(self.tokens, i + 1)?);
        // "says the door remains open".
        let clause = |k: usize| {
            self.is(k, class::PAST) && !self.token(k).is_some_and(|t| t.capital)
                || matches!(self.word(k), "remains" | "remain" | "stands" | "stand" | "continues" | "still")
        };
        if quoted.is_none() && (speaker.start + 1..speaker.end).any(clause) {
            return None;
        }
        match quoted {
            Some(quote) => self.tagged_speech(start..i + 1, speaker, quote, found),
            None => self.tagged_clause(start..i + 1, speaker, found),
        }
    }

    /// "the minister" of "said the minister to his guests".
    fn without_hearer(&self, speaker: Range<usize>) -> Range<usize> {
        let hearer =
            |&k: &usize| self.word(k) == "to" && matches!(self.word(k + 1), "his" | "her" | "their" | "its");
        let end = speaker.clone().skip(1).find(hearer).unwrap_or(speaker.end);
        speaker.start..end
    }

    /// A quotation before "said the minister".
    fn tagged_speech(
        &self,
        cue: Range<usize>,
        speaker: Range<usize>,
        quote: usize,
        found: &[Attribution],
    ) -> Option<Attribution> {
        let content = self.content_start(quote, found)..quote + 1;
        // "Pike, who called it “a joke”, accused the firm": the firm says nothing.
        let told_of = content.start < quote && !inverts(self.word(cue.end - 1));
        if told_of || self.is(speaker.end, class::AUXILIARY) {
            return None;
        }
        let more = self.continuation(speaker.end);
        Some(Attribution { more, ..Attribution::tagging(cue, Some(speaker), content) })
    }

    /// A clause before ", said the minister".
    fn tagged_clause(
        &self,
        cue: Range<usize>,
        speaker: Range<usize>,
        found: &[Attribution],
    ) -> Option<Attribution> {
        let start = cue.start;
        let before = start.checked_sub(1)?;
        let behind = self.token(speaker.end);
        let ends = behind.is_none_or(|t| {
            matches!(t.mark, Mark::Stop | Mark::Comma | Mark::Open)
                || self.word(speaker.end) == "who"
                || t.is(class::TIME) && matches!(self.mark(speaker.end + 1), None | Some(Mark::Stop))
        }) || matches!(self.word(speaker.end), "with" | "from" | "after" | "during" | "following");
        // "The talks, said Pike, will go on"; "there will, said Pike, be none".
        let parted = self.mark(speaker.end) == Some(Mark::Comma)
            && (before.checked_sub(1).is_some_and(|b| self.is(b, class::AUXILIARY))
                || self.is(speaker.end + 1, class::AUXILIARY)
                    && !(speaker.end + 2..speaker.end + 4).any(|k| self.is(k, class::COMPLEMENT)));
        let begin = self.content_start(before, found);
        // "One pilot, who asked not to be named, said crews had left": the pilot is no statement.
        let who =
            (begin..before).find(|&k| self.mark(k) == Some(Mark::Comma) && self.is(k + 1, class::RELATIVE));
        if who.is_some_and(|who| !(begin..who).any(|k| self.acts(k))) {
            return None;
        }
        let end = if parted { self.content_end(speaker.end) } else { before };
        // "The envoy, Ada Lind, said talks with Norland were off": a subject with its apposition says nothing yet.
        let apposed = (begin..before).any(|k| self.mark(k) == Some(Mark::Comma))
            && !(begin..before).any(|k| self.acts(k) || self.quote(k).is_some());
        let clear = ends
            && (parted || !apposed)
            && (parted || before > begin + 2)
            && phrase::ending_at(self.tokens, start).is_none_or(|p| {
                // "Pike, of Vale, said the talks failed, and" is no "..., said the talks".
                let named =
                    |range: &Range<usize>| range.clone().all(|i| self.token(i).is_some_and(|t| t.capital));
                !named(&p) && (p.start == begin || speaker.len() > 1 && named(&speaker))
            });
        clear.then_some(Attribution::tagging(cue, Some(speaker), begin..end))
    }
}
