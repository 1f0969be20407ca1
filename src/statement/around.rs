//! The reporter's own clause around an attribution: "X has ruled out talks, saying ...", "X left after Y had said ...".

use std::ops::Range;

use super::attribution::Attribution;
use super::clause::{Clause, REACH};
use super::lexicon::class;
use super::phrase;
use super::subject::subject;
use super::token::{Mark, Token, colon_before};

/// The shortest clause that says something, in words.
const CLAUSE: usize = 4;

/// The shortest clause about a speaker that is worth a row, with its comma, in tokens.
const ABOUT: usize = 6;

/// How far before a speaker the comma stands that ends the clause above.
const NEAR: usize = 4;

/// How long an apposition may be, in tokens.
const APPOSED: usize = 12;

/// How long a clause of saying may be that opens a sentence, in tokens.
const OPENING: usize = 60;

impl Clause<'_> {
    /// The clause that shares its subject with the attribution, stands above it, beside it or under it.
    pub(super) fn main_clause(&self, attribution: &Attribution) -> Option<Range<usize>> {
        let begin = self.dateline();
        if attribution.tag {
            let colon = colon_before(self.tokens, attribution.content.start);
            return colon.filter(|&colon| colon >= CLAUSE).map(|colon| begin..colon);
        }
        if attribution.shared {
            let behind = attribution.speaker.as_ref().filter(|s| s.start > attribution.cue.start);
            return self.whole(behind.map_or(begin..attribution.cue.start, |s| s.start..self.tokens.len()));
        }
        let speaker = attribution.speaker.as_ref().filter(|s| s.start < attribution.cue.start);
        let from = speaker.map_or(attribution.cue.start, |speaker| speaker.start);
        let relative = speaker.and_then(|speaker| speaker.end.checked_sub(1));
        let relative = relative.filter(|&last| last > from && self.is(last, class::RELATIVE));
        let before = from.checked_sub(1)?;
        if let Some(opened) = self.opening_clause(begin, before) {
            return self.whole(opened);
        }
        let linked = self.mark(before) == Some(Mark::Semicolon)
            || self.is_absolute(before)
            || self.is(before, class::COORDINATOR | class::SUBORDINATOR | class::RELATIVE);
        let under = (from.saturating_sub(NEAR)..from)
            .rev()
            .find(|&i| self.mark(i) == Some(Mark::Comma))
            .filter(|&comma| (comma..from).any(|i| self.is(i, class::SUBORDINATOR)));
        let end =
            relative.or(under).or(linked.then_some(before)).or_else(|| self.clause_before(begin, from))?;
        let opens = self.is(begin, class::SUBORDINATOR | class::PREPOSITION | class::OPENER);
        if opens && relative.is_none() && !self.is(before, class::COORDINATOR) {
            return None;
        }
        self.whole(begin..end)
    }

    /// The end of a clause with subject and verb that stands unlinked before the speaker at `from`: "It has rejected talks in a
    /// move he called brave", "It refused, but in a statement the envoy said".
    fn clause_before(&self, begin: usize, from: usize) -> Option<usize> {
        const FUNCTION: u32 =
            class::PREPOSITION | class::AUXILIARY | class::ADVERB | class::TIME | class::PRONOUN;
        let before = from.checked_sub(1)?;
        let comma = |k: usize| self.mark(k) == Some(Mark::Comma);
        let noun = |t: &Token| t.is_word() && t.entry.cue.is_none() && !t.is(FUNCTION | class::COMPLEMENT);
        let pronoun = self.is(from, class::PRONOUN) && !self.is(from, class::DETERMINER);
        let end = if pronoun && self.token(before).is_some_and(noun) {
            from
        } else if comma(before) {
            before
        } else {
            self.parted_before(from)?
        };
        let own = subject(self.tokens, begin, before)?;
        // "Pike, however, has".
        let parted = comma(own.end) && self.is(own.end + 1, class::ADVERB) && comma(own.end + 2);
        self.acts(if parted { own.end + 3 } else { own.end }).then_some(end)
    }

    /// The comma of ", but in a statement" before the subject at `from`.
    fn parted_before(&self, from: usize) -> Option<usize> {
        let plain = |&i: &usize| self.token(i).is_some_and(Token::is_word) && !self.acts(i);
        let first = (from.saturating_sub(NEAR + 2)..from).rev().take_while(plain).last()?;
        let parts = self.is(first, class::COORDINATOR) && self.is(first + 1, class::PREPOSITION);
        first.checked_sub(1).filter(|&comma| parts && self.mark(comma) == Some(Mark::Comma))
    }

    /// True for what leads to a subject whose verb is a participle: "with the union saying", "despite his saying".
    pub(super) fn is_absolute(&self, at: usize) -> bool {
        matches!(self.word(at), "with" | "With" | "despite" | "Despite" | "without")
    }

    /// Who says something while others do something else: "They set no date, with union officials saying it was near".
    pub(super) fn absolute_subject(&self, start: usize) -> Option<Range<usize>> {
        let comma = |k: usize| self.mark(k) == Some(Mark::Comma);
        if start > 0 && comma(start - 1) {
            // "They left, with Ada Lind, the mayor, saying", but "They met with Vesper, its ally, saying".
            let parted = |&k: &usize| self.is_absolute(k) && (k == self.dateline() || k > 0 && comma(k - 1));
            let with = (start.saturating_sub(APPOSED)..start - 1).rev().find(parted)?;
            let end = (with + 1..start - 1).find(|&k| comma(k))?;
            return Some(with + 1..end);
        }
        let own = phrase::ending_at(self.tokens, start)?;
        let inside = own.clone().rev().find(|&k| matches!(self.word(k), "despite" | "without"));
        // "with spokesman Ada Lind saying".
        let office = |&k: &usize| self.is(k, class::ROLE | class::TITLE);
        let first =
            (own.start.saturating_sub(NEAR)..own.start).rev().take_while(office).last().unwrap_or(own.start);
        let with = inside.or_else(|| first.checked_sub(1))?;
        (self.is_absolute(with) && with + 1 < own.end && own.end == start).then_some(with + 1..own.end)
    }

    /// The head of a relative clause behind the verb of its own clause: "the minister" of "Ada Lind commented on the words of the
    /// minister, who".
    pub(super) fn behind_verb(&self, own: Range<usize>) -> Range<usize> {
        const SPEAKS: u32 = class::ROLE | class::TITLE | class::ORGANISATION;
        if !own.end.checked_sub(1).is_some_and(|last| self.is(last, class::RELATIVE)) {
            return own;
        }
        let led = |k: usize| self.is(k, class::PREPOSITION) && !self.token(k).is_some_and(|t| t.capital);
        let verb = |&k: &usize| self.acts(k) && (led(k + 1) || self.is(k + 1, class::DETERMINER));
        let Some(verb) = own.clone().skip(1).rev().find(verb) else {
            // "the rift between miners, who say".
            let between = |&k: &usize| matches!(self.word(k), "between" | "among");
            let last = own.clone().rev().find(between).filter(|_| self.word(own.end - 1) == "who");
            return last.map_or(own.clone(), |last| last + 1..own.end);
        };
        let first = verb + 1 + usize::from(led(verb + 1));
        let of = (first..own.end).find(|&k| led(k)).unwrap_or(own.end);
        let speaks = self.token(of - 1).is_some_and(|t| t.capital || t.is(SPEAKS));
        let start = if speaks || of == own.end { first } else { of + 1 };
        start..own.end
    }

    /// The whole of a subject that ends with what it is busy with: "a spokeswoman representing the crew".
    pub(super) fn with_what_it_does(&self, own: Range<usize>) -> Range<usize> {
        const NOUN: u32 = class::PREPOSITION | class::AUXILIARY | class::DETERMINER | class::COORDINATOR;
        let (Some(verb), Some(head)) = (own.start.checked_sub(1), own.start.checked_sub(2)) else {
            return own;
        };
        let other = matches!(self.word(verb), "including" | "regarding" | "concerning" | "following");
        let busy = self.word(verb).ends_with("ing")
            && self.token(verb).is_some_and(|t| !t.capital && t.entry.cue.is_none() && !t.is(NOUN))
            && !other;
        let noun = self.token(head).is_some_and(|t| {
            t.is_word() && t.entry.cue.is_none() && !t.is(NOUN | class::ADVERB | class::TIME | class::PRONOUN)
        });
        if !(busy && noun && self.is(own.start, class::DETERMINER)) {
            return own;
        }
        phrase::ending_at(self.tokens, verb).map_or(own.clone(), |whole| whole.start..own.end)
    }

    /// The subject between which and its verb the time `own` stands: "an envoy before the talks described", "miners who met
    /// after the strike ended told".
    pub(super) fn timed(&self, own: Range<usize>) -> Range<usize> {
        let Some(when) = own.start.checked_sub(1).filter(|&i| matches!(self.word(i), "before" | "after"))
        else {
            return own;
        };
        // "The news comes after the mayor said".
        let speaks = class::ROLE | class::TITLE | class::ORGANISATION;
        if own.clone().any(|k| self.is(k, speaks) || self.token(k).is_some_and(|t| t.capital)) {
            return own;
        }
        let when = when - usize::from(when > 0 && self.is(when - 1, class::ADVERB));
        let ended = own.end.checked_sub(1).is_some_and(|last| self.acts(last));
        let timed = |whole: &Range<usize>| whole.end == when || ended && self.is(whole.end, class::RELATIVE);
        let whole = subject(self.tokens, self.dateline(), when);
        whole.filter(|whole| whole.start == self.dateline() && timed(whole)).unwrap_or(own)
    }

    /// Who speaks where the participle of saying opens the sentence: "Saying the talks had failed, the minister left".
    pub(super) fn subject_behind(&self, start: usize) -> Option<Range<usize>> {
        if start != self.dateline() {
            return None;
        }
        let main = |comma: usize| {
            let joined = self.is(comma + 1, class::COORDINATOR | class::RELATIVE);
            let own = subject(self.tokens, comma + 1, self.tokens.len())?;
            // "Saying so, the envoy, Ada Lind, left".
            let apposed = self.mark(own.end) == Some(Mark::Comma);
            let verb = |k: usize| self.mark(k - 1) == Some(Mark::Comma) && self.acts(k);
            let dated = self.is(own.end, class::PREPOSITION) && self.is(own.end + 1, class::TIME);
            let acts = self.acts(own.end + if dated { 2 } else { 0 })
                || apposed && (own.end + 2..own.end + APPOSED).any(verb);
            (!joined && own.start == comma + 1 && acts).then_some(own)
        };
        let commas = (start..self.tokens.len().min(start + OPENING)).rev();
        commas.filter(|&k| self.mark(k) == Some(Mark::Comma)).find_map(main)
    }

    /// "Although the rebels rejected talks, the mayor said ...": the first clause, without its conjunction.
    fn opening_clause(&self, begin: usize, comma: usize) -> Option<Range<usize>> {
        let opens = matches!(self.word(begin), "Although" | "Though" | "While" | "Whereas" | "Because");
        (opens && self.mark(comma) == Some(Mark::Comma)).then_some(begin + 1..comma)
    }

    /// The speaker with what the reporter tells of it: "Norland, which has refused all talks since May, said".
    pub(super) fn told_of_speaker(
        &self,
        attribution: &Attribution,
        all: &[Attribution],
    ) -> Option<Range<usize>> {
        let speaker = attribution.speaker.as_ref().filter(|_| !attribution.shared)?;
        let comma = speaker.end;
        if self.mark(comma) != Some(Mark::Comma) || !self.is(comma + 1, class::RELATIVE) {
            return None;
        }
        let before = comma < attribution.cue.start;
        let end = if before { attribution.cue.start } else { self.content_end(comma + 1) };
        let told = self.whole(speaker.start..end).filter(|told| told.end > comma + ABOUT)?;
        // "Hill, who said he would go, added": a statement of its own.
        let next = all.partition_point(|other| other.cue.start <= comma);
        let says = all.get(next).is_some_and(|other| other.cue.start < told.end);
        // "the source, who spoke on condition of anonymity, said".
        let hidden = (comma..told.end).any(|k| self.anonymity(k).is_some());
        (!says && !hidden).then_some(told)
    }

    /// The reporter's clause behind the last attribution: "“No,” Pike said, but the union has agreed to come". One without a
    /// subject has that of the tag: "Pike said, refusing to come".
    pub(super) fn behind(&self, last: &Attribution) -> Option<Range<usize>> {
        let speaker = last.speaker.clone().unwrap_or_default();
        let at = last.content.end.max(last.cue.end).max(speaker.end);
        let joint =
            if self.mark(at) == Some(Mark::Semicolon) { at } else { self.joint(at).filter(|_| last.tag)? };
        let leads = |i: &usize| {
            self.leads(*i) || matches!(self.mark(*i), Some(Mark::Comma | Mark::Dash | Mark::Semicolon))
        };
        let begin = (joint..self.tokens.len()).find(|i| !leads(i))?;
        let end = self.content_end(begin);
        let busy = self.is_busy(begin);
        let bare = self.acts(begin) || busy;
        // "said after meeting the union", "replied when asked", "said, as quoted by the agency".
        if bare && matches!(self.word(begin - 1), "after" | "before" | "since" | "when" | "as" | "while") {
            return None;
        }
        let own = speaker.start >= last.content.end && !speaker.is_empty();
        let from = if bare { Some(speaker.start).filter(|_| own)? } else { begin };
        let quoted = (begin..end).any(|i| self.quote(i).is_some());
        // "said on condition of anonymity because it was a secret".
        let unnamed = self.word(begin - 1) == "because"
            && (at..joint)
                .any(|i| matches!(self.word(i), "anonymity" | "anonymous" | "named" | "identified"));
        if unnamed {
            return None;
        }
        // "said after the meeting that was held in Vale".
        let acts = |i: usize| self.acts(i) && !self.is(i - 1, class::DETERMINER);
        let verb = (begin..end).find(|&i| acts(i) || busy)?;
        let noun = (begin..verb).any(|i| self.is(i, class::RELATIVE | class::COMPLEMENT));
        self.whole(from..end).filter(|_| last.more.is_none() && !quoted && !noun)
    }

    /// True for "refusing", which says where the speaker stands, but neither for "refusing to comment" nor for "smiling".
    fn is_busy(&self, at: usize) -> bool {
        const STANDS: [&str; 12] = [
            "refusing",
            "declining",
            "rejecting",
            "accepting",
            "agreeing",
            "resuming",
            "suspending",
            "breaking",
            "ending",
            "boycotting",
            "postponing",
            "ruling",
        ];
        const SAYS: [&str; 7] = ["give", "say", "comment", "elaborate", "name", "be", "provide"];
        STANDS.contains(&self.word(at)) && !SAYS.contains(&self.word(at + 2))
    }

    /// What joins another clause to the tag that ends at `at`, behind its hearer, place and time.
    fn joint(&self, at: usize) -> Option<usize> {
        let same = |&i: &usize| {
            self.mark(i) != Some(Mark::Stop) && self.quote(i).is_none() && !self.is(i, class::RELATIVE)
        };
        let parts = |i: usize| matches!(self.mark(i), Some(Mark::Comma | Mark::Dash));
        let joins = |&i: &usize| {
            let subordinate = self.leads(i) && !self.is(i, class::COORDINATOR);
            subordinate
                || self.mark(i) == Some(Mark::Semicolon)
                || parts(i) && (self.leads(i + 1) || self.is_busy(i + 1))
        };
        (at..self.tokens.len().min(at + REACH)).take_while(same).find(joins)
    }

    /// True for "but" and "although", but neither for "if" nor for "that".
    fn leads(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "but"
                | "and"
                | "yet"
                | "while"
                | "although"
                | "though"
                | "as"
                | "after"
                | "before"
                | "because"
                | "since"
                | "when"
                | "whereas"
                | "even"
        )
    }

    /// The clause without what leads to the next one, if it says something.
    fn whole(&self, clause: Range<usize>) -> Option<Range<usize>> {
        let mut end = clause.end;
        let leads = |i: usize| {
            self.mark(i) == Some(Mark::Comma)
                || self.is(i, class::COORDINATOR | class::SUBORDINATOR)
                || matches!(self.word(i), "hours" | "days" | "minutes" | "shortly" | "just" | "even")
        };
        while end > clause.start && leads(end - 1) {
            end -= 1;
        }
        let words = self.tokens.get(clause.start..end)?;
        let whole = words.last().is_some_and(|t| !t.is(class::PREPOSITION));
        let says = clause.start..end;
        (whole
            && says.clone().any(|i| self.acts(i))
            && words.iter().filter(|t| t.is_word()).count() >= CLAUSE)
            .then_some(says)
    }

    /// "It kept up what it called a siege": the sentence is the reporter's.
    pub(super) fn what_is_called(&self, attribution: &Attribution) -> bool {
        let speaker = attribution.speaker.as_ref().filter(|s| s.start < attribution.cue.start);
        let what = speaker.and_then(|speaker| speaker.start.checked_sub(1));
        what.is_some_and(|what| self.word(what) == "what")
    }
}
