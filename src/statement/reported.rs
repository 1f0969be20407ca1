//! Attributions: a cue of saying, the words that name who says it, and what is said.

use std::ops::Range;

use super::according::ACCORDING;
use super::attribution::{Attribution, Head};
use super::clause::{Clause, REACH};
use super::follows::Follows;
use super::lexicon::{Frame, class, form};
use super::overlap;
use super::phrase;
use super::subject::subject;
use super::token::{Mark, Token};
use super::verb::{Verb, inverts};

/// How long a relative clause between a subject and its verb may be, in tokens.
const RELATIVE: usize = 60;

impl Clause<'_> {
    /// The attributions of the unit, by position.
    pub(crate) fn attributions(&self) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = Vec::new();
        found.extend(self.in_words_of(self.dateline()));
        for i in 0..self.tokens.len() {
            let Some(token) = self.tokens.get(i) else { break };
            let next = if token.entry.cue.is_some() {
                self.verbal(i, &found)
            } else if token.span.len() == ACCORDING.len() && self.word(i).eq_ignore_ascii_case(ACCORDING) {
                self.according(i, &found)
            } else if matches!(token.span.len(), 4..=8)
                && matches!(self.word(i), "clear" | "adamant" | "emphatic" | "known" | "word" | "notice")
            {
                self.made_clear(i, &found)
            } else {
                None
            };
            if let Some(next) = next {
                if self.splits_subject(&found, &next) {
                    continue;
                }
                self.cut(&mut found, &next);
                overlap::bound(&mut found, &next);
                // Who passes on what another is quoted as saying adds nothing.
                let quoted = next.tag && (next.content.clone()).any(|i| self.quote(i).is_some());
                if quoted && found.last().is_some_and(|last| !last.tag && last.content == next.content) {
                    continue;
                }
                found.push(next);
            }
        }
        found.retain(|attribution| !self.is_scrap(attribution));
        found
    }

    /// True if the next attribution left nothing said, "responded to the offer by" of "... by calling it a trick", or
    /// nothing is said: "reported from Oslo".
    fn is_scrap(&self, attribution: &Attribution) -> bool {
        let start = attribution.content.start;
        let mut content = attribution.content.clone();
        let to_whom = matches!(self.word(start), "to" | "by" | "with") && !self.infinitive(start);
        // "what he was talking about", "cards they never asked for or wanted".
        let about = attribution.content.len() == 1 && self.is(start, class::PREPOSITION)
            || matches!(self.word(start), "and" | "or");
        let where_to = matches!(self.word(start), "in" | "into" | "from" | "at" | "during" | "before")
            && !content.clone().any(|i| self.is(i, class::AUXILIARY));
        // "Confirming this development, the mayor said".
        let opens = attribution.shared && attribution.cue.start == self.dateline();
        let aside = opens && content.len() < 4 && self.is(start, class::DETERMINER);
        // "responded the following morning by accusing him".
        let by = attribution.content.end.checked_sub(1).is_some_and(|last| self.word(last) == "by");
        // "according to clerics, who met him, the Post reports".
        let about_whom = attribution.tag && matches!(self.word(start), "who" | "which" | "whom");
        about_whom && !content.clone().any(|i| self.quote(i).is_some())
            || !attribution.tag
                && (to_whom || where_to || about || aside || by)
                && !content.any(|i| self.quote(i).is_some())
    }

    fn verbal(&self, i: usize, found: &[Attribution]) -> Option<Attribution> {
        let cue = self.token(i)?.entry.cue?;
        if i > 0 && self.said_of_another(i - 1) {
            let quoted = self.quoted_as_saying(i, cue.frame, found);
            if quoted.is_some() || self.word(i) == "saying" {
                return quoted;
            }
        }
        if self.quotes_another(i) || self.is_another_verb(i, cue.frame) {
            return None;
        }
        let verb = self.verb(i)?;
        if self.is_means(&verb, found) {
            return None;
        }
        if let Some(said) = self.said_first(i) {
            return Some(said);
        }
        let alone = verb.start > 0 && !verb.participle && cue.forms & form::ING == 0;
        if alone && let Some(inverted) = self.inverted(i, verb.start, cue.frame, found) {
            return Some(inverted);
        }
        let not = verb.participle && i.checked_sub(1).is_some_and(|b| self.is(b, class::NEGATION));
        if not || !verb.participle && self.is_unsaid(i, verb.start) {
            return None;
        }
        let head = self.head(i, &verb, found)?;
        if !head.shared && self.is_hypothetical(head.from) {
            return None;
        }
        let (after, follows) = self.follows(i, cue.frame);
        if self.is_free_relative(head.from, after)
            || inverts(self.word(i)) && self.is_time_clause(after)
            || self.is_promise(i, verb.start, cue.frame, after)
        {
            return None;
        }
        let said = self.as_said(&head, cue.frame, (after, follows), found);
        if let Some(tag) = said.or_else(|| self.tag(&head, after, follows, cue.frame, found)) {
            return Some(tag);
        }
        // "called Ms. Pike in June", but "called Ms. Pike a liar".
        let called = self.word(i).starts_with("call") && follows == Follows::Bare;
        let thing = self.token(after)?.capital && !self.judges(after) || self.is_event(after);
        if called && thing && !self.quote_near(after) {
            return None;
        }
        if !self.accepts(i, cue.frame, after, follows) || self.joined_inside(i, verb.start, cue.frame, found)
        {
            return None;
        }
        let end = self.said_end(i, &verb, &head, after);
        let to = after + usize::from(self.is(after, class::ADVERB));
        let governed = self.governs(i, after) && end > to + 1;
        let Head { cue, speaker, shared, .. } = head;
        let (cue, after) = if governed { (cue.start..to + 1, to + 1) } else { (cue, after) };
        (end > after).then_some(Attribution { shared, ..Attribution::leading(cue, speaker, after..end) })
    }

    /// True for "quoted" in "quoted the minister as saying".
    fn quotes_another(&self, i: usize) -> bool {
        matches!(self.word(i), "quoted" | "cited" | "quotes" | "quoting")
            && (i..i + REACH).any(|k| self.said_of_another(k))
    }

    /// True for the participle of "complained that he had acted unfairly by announcing it".
    fn is_means(&self, verb: &Verb, found: &[Attribution]) -> bool {
        let by = verb.participle && verb.start > 0 && self.word(verb.start - 1) == "by";
        let inside = |last: &Attribution| !last.tag && last.content.contains(&verb.start);
        by && found.last().is_some_and(|last| inside(last) && self.is(last.content.start, class::COMPLEMENT))
    }

    /// True if the preposition behind the cue at `i` belongs to it: "called for", "talked only about".
    fn governs(&self, i: usize, after: usize) -> bool {
        let to = after + usize::from(self.is(after, class::ADVERB));
        let calls = self.word(i).starts_with("call") && self.word(after) == "for";
        (after == i + 1 || calls)
            && !(self.word(to) == "for" && self.word(i).starts_with("sa"))
            && self.mark(to + 1) != Some(Mark::Number)
            && matches!(self.word(to), "for" | "of" | "about" | "on" | "upon")
    }

    /// True for "called off the strike", "asked not to be named" and "spoke on condition of anonymity", which say nothing.
    fn is_another_verb(&self, i: usize, frame: Frame) -> bool {
        let rang =
            matches!(self.word(i + 1), "off" | "back" | "in" | "into") && self.word(i).starts_with("call");
        let unnamed = |k| {
            self.word(k) == "to"
                && matches!(self.word(k + 1), "be" | "remain" | "stay")
                && matches!(self.word(k + 2), "named" | "identified" | "quoted" | "anonymous")
        };
        // "called members out on strike", "reports to the minister", "declared independence".
        let out = self.word(i).starts_with("call")
            && (i + 1..i + 5).any(|k| self.word(k) == "out" && self.word(k + 1) == "on");
        let reports = self.word(i).starts_with("report")
            && self.word(i + 1) == "to"
            && self.marked_within(i + 1).is_none();
        let declares = self.word(i).starts_with("declar")
            && matches!(self.word(i + 1), "independence" | "war" | "victory" | "bankruptcy" | "bankrupt");
        // "sorry to see the drivers announce".
        let base = self.token(i).and_then(|t| t.entry.cue).is_some_and(|cue| cue.forms & form::BASE != 0);
        let seen = |k: &usize| matches!(self.word(*k), "see" | "hear" | "watch") && self.word(k - 1) == "to";
        let infinitive = base && (i.saturating_sub(6).max(1)..i).any(|k| seen(&k));
        // "who spoke on condition of anonymity".
        let hidden = self.word(i).starts_with("sp") && self.anonymity(i + 1).is_some();
        // "Speaking after the meeting that lasted for two hours, Pike said".
        let speaking = i == self.dateline() && self.word(i) == "Speaking";
        rang || out
            || speaking
            || hidden
            || infinitive
            || reports
            || declares
            || self.word(i + 1) == "up" && frame == Frame::Any
            || (i + 1..i + 4).any(unnamed)
    }

    /// True for "will not agree to talks", by which nothing is promised, and for "agreed to meet": whoever reads that to the
    /// end is told.
    fn is_promise(&self, i: usize, start: usize, frame: Frame, after: usize) -> bool {
        let open = |k| self.is(k, class::NEGATION) || is_modal(self.word(k));
        let promises = frame == Frame::Clause && self.word(after) != "that";
        let never = after + usize::from(self.word(after) == "never");
        let commits =
            matches!(self.word(i), "pledged" | "vowed" | "promised" | "vows" | "pledges" | "promises");
        let to_act = (promises || commits) && self.infinitive(never)
            || frame == Frame::Clause && self.word(i + 1) == "to" && self.word(i).starts_with("agree");
        promises && (start..i).any(open) || to_act
    }

    /// The end of what is said from `after` by the cue at `i`.
    fn said_end(&self, i: usize, verb: &Verb, head: &Head, after: usize) -> usize {
        const TAKE_NOUNS: [&str; 9] =
            ["urg", "demand", "call", "den", "reject", "condemn", "welcom", "prais", "announc"];
        // "said, “It is late,” referring to the talks".
        let busy =
            |k: usize| self.word(k).ends_with("ing") || matches!(self.word(k), "when" | "while" | "as");
        let closed = self.quote(after).is_some_and(|quote| quote.inner.of(self.text).ends_with(','));
        let end = if closed && busy(after + 1) { after + 1 } else { self.content_end(after) };
        // "over what they call a siege; it went on".
        let what = head.from.checked_sub(1).is_some_and(|what| self.word(what) == "what");
        let end = if what || self.subordinate(head.from) { self.first_comma(after, end) } else { end };
        let behind = head.speaker.as_ref().filter(|s| s.start > after);
        let end = behind.map_or(end, |main| main.start - 1);
        // "a sailor the union said was missing, ..."
        let gap = self.is(after, class::AUXILIARY) && !head.shared;
        let inside = verb.participle && self.parted(verb.start) || self.relative(verb.start) || gap;
        let end = if inside { self.comma_before_verb(after, end) } else { end };
        let takes_noun = TAKE_NOUNS.iter().any(|verb| self.word(i).starts_with(verb));
        if takes_noun { self.before_other_subject(after, end) } else { end }
    }

    /// True for "a strike" and "an early vote".
    fn is_event(&self, at: usize) -> bool {
        let article = matches!(self.word(at), "a" | "an" | "another" | "the");
        let noun = |k: usize| self.is(k, class::EVENT);
        article && (noun(at + 1) || noun(at + 2)) || noun(at)
    }

    /// True if something with an article stands behind the name at `at`, in the same clause.
    fn judges(&self, at: usize) -> bool {
        let words = (at + 1..at + REACH).take_while(|&i| self.token(i).is_some_and(Token::is_word));
        words
            .skip_while(|&i| self.token(i).is_some_and(|t| t.capital))
            .take(1)
            .any(|i| self.is(i, class::DETERMINER))
    }

    /// The speaker of the cue at `i`: its own subject, or the one it shares with the verb before.
    fn head(&self, i: usize, verb: &Verb, found: &[Attribution]) -> Option<Head> {
        let start = verb.start;
        if verb.participle
            && let Some(own) = self.absolute_subject(start)
        {
            return Some(Head { cue: start..i + 1, from: own.start, speaker: Some(own), shared: false });
        }
        let shared = verb.participle || start > 0 && self.is(start - 1, class::COORDINATOR);
        let speaker = if shared {
            // "Pike said it was over, and Brand rose and explained why": Brand explained.
            let since = |own: &Range<usize>| found.last().is_some_and(|last| own.start > last.cue.end);
            let own = self.last_subject(start).filter(since);
            let last = found.last().and_then(|last| last.speaker.clone());
            own.or(last)
                .or_else(|| self.last_subject(start))
                .or_else(|| subject(self.tokens, self.dateline(), start))
                .or_else(|| self.subject_behind(start))
        } else {
            // "According to a person briefed on the plan" has no verb.
            let near = || {
                let own = phrase::ending_at(self.tokens, start).or_else(|| self.listed_subject(start, i))?;
                Some(self.timed(self.with_what_it_does(self.behind_verb(own))))
            };
            let own = self.before_relative(start).or_else(near)?;
            // "They had exchanged notes through him", but "those whom they had met said".
            if own.len() == 1 && self.is(own.start, class::PAST) && !self.token(own.start)?.capital {
                let said = inverts(self.word(i));
                return said.then_some(Head { cue: start..i + 1, speaker: None, shared: false, from: start });
            }
            if self.word(own.start).eq_ignore_ascii_case(ACCORDING) {
                return None;
            }
            let one = self.token(i)?.entry.cue.is_some_and(|cue| cue.forms == form::THIRD);
            let joined = phrase::joined(self.tokens, own.clone(), self.dateline());
            // "the director and chief negotiator says": one with two offices.
            let office = |k: usize| self.is(k, class::ROLE | class::TITLE);
            let offices = office(own.end - 1) && own.start > 1 && office(own.start - 2);
            Some(if one && !offices { own } else { joined })
        };
        let from = if shared { start } else { speaker.as_ref().map_or(start, |s| s.start) };
        Some(Head { cue: start..i + 1, speaker, shared, from })
    }

    /// The subject of the last of several clauses before `start`: "They were near a deal, but on Friday the union sent a
    /// letter saying".
    fn last_subject(&self, start: usize) -> Option<Range<usize>> {
        const SPEAKS: u32 =
            class::ROLE | class::TITLE | class::ORGANISATION | class::MALE | class::FEMALE | class::PLURAL;
        let comma = start.checked_sub(1).is_some_and(|b| self.mark(b) == Some(Mark::Comma));
        let begins = |&i: &usize| {
            self.is(i, class::COORDINATOR) && i > 0 && self.mark(i - 1) == Some(Mark::Comma)
                || !comma && matches!(self.word(i), "after" | "as" | "when" | "because" | "while")
        };
        let first = self.dateline().max(start.saturating_sub(2 * REACH)) + 1;
        let from = (first..start).rev().find(begins)? + 1;
        // "but on Friday the union".
        let dated = self.is(from, class::PREPOSITION) && self.is(from + 1, class::TIME);
        let own = subject(self.tokens, if dated { from + 2 } else { from }, start)?;
        let verb = own.end + usize::from(self.is(own.end, class::ADVERB));
        // "blasted it as a coup staged by Vale and said".
        let done_by = self.word(verb + 1) == "by" && !self.is(verb, class::AUXILIARY);
        // "came after talks had failed and said", "came when the news broke and said": neither says anything.
        let speaks = |i: usize| self.is(i, SPEAKS) || self.token(i).is_some_and(|t| t.capital);
        let may_speak = self.is(from - 1, class::COORDINATOR) || own.len() > 2 || own.clone().any(speaks);
        (self.acts(verb) && !done_by && may_speak).then_some(own)
    }

    /// The subject of a sentence that a relative clause between commas parts from the verb at `start`: "The bloc, which has ports in
    /// Vale, Orlo and Corva, said".
    fn before_relative(&self, start: usize) -> Option<Range<usize>> {
        let comma = |k: usize| self.mark(k) == Some(Mark::Comma);
        let begin = self.dateline();
        let first = (begin..start.min(begin + REACH)).find(|&k| comma(k))?;
        let named = !(begin..first).any(|k| self.acts(k) || self.is(k, class::OPENER) || !self.is_word(k));
        let near = start > first + 2 && start - first < RELATIVE;
        if !near || !comma(start - 1) || !matches!(self.word(first + 1), "who" | "which") {
            return None;
        }
        let other = (first + 2..start).any(|k| {
            comma(k) && self.is(k + 1, class::COORDINATOR | class::SUBORDINATOR)
                || matches!(self.mark(k), Some(Mark::Semicolon | Mark::Stop | Mark::Quote(_)))
                || comma(k) && k + 1 < start && self.acts(k + 1)
        });
        (named && !other && first > begin).then_some(begin..first)
    }

    /// Who says what the last of several verbs tells: "The mayor made a speech, said that it was over, and left".
    fn listed_subject(&self, start: usize, i: usize) -> Option<Range<usize>> {
        let comma = start.checked_sub(1).filter(|&b| self.mark(b) == Some(Mark::Comma))?;
        let own = subject(self.tokens, self.dateline(), comma)?;
        let quoted =
            matches!(self.mark(i + 1), Some(Mark::Comma | Mark::Colon)) && self.quote(i + 2).is_some();
        let apposed = self.mark(own.end) == Some(Mark::Comma);
        let says = self.word(i + 1) == "that" || quoted;
        (says && start == i && (self.acts(own.end) || apposed && quoted)).then_some(own)
    }

    /// True if a verb or a quotation stands among the words from `at`.
    fn holds_clause(&self, at: usize) -> bool {
        let sentence =
            (at..(at + REACH).min(self.tokens.len())).take_while(|&i| self.mark(i) != Some(Mark::Stop));
        let mut words = sentence.clone().take_while(|&i| self.token(i).is_some_and(Token::is_word));
        words.any(|i| self.acts(i) && !self.is(i - 1, class::COORDINATOR))
            || sentence.clone().any(|i| self.quote(i).is_some())
    }

    pub(super) fn begins_clause(&self, at: usize) -> bool {
        self.is(at, class::MALE | class::FEMALE | class::PLURAL)
            || matches!(self.word(at), "there" | "it") && self.is(at + 1, class::AUXILIARY)
    }

    /// True if a weak cue goes on with the clause that is said: "he said she left and talked about it".
    fn joined_inside(&self, i: usize, start: usize, frame: Frame, found: &[Attribution]) -> bool {
        let weak = !matches!(frame, Frame::Any | Frame::Tell);
        let joined = start > 0 && self.is(start - 1, class::COORDINATOR);
        weak && joined && found.last().is_some_and(|last| !last.tag && last.content.contains(&i))
    }

    /// True if what stands behind the cue at `i` is content.
    fn accepts(&self, i: usize, frame: Frame, after: usize, follows: Follows) -> bool {
        if follows == Follows::Bare && self.token(after).is_some_and(phrase::finite_cue) {
            return false;
        }
        // "added a layer of doubt", "wrote letters": no clause.
        let things = ["add", "writ", "wrote"].iter().any(|verb| self.word(i).starts_with(verb));
        if things && follows == Follows::Bare && !self.holds_clause(after) {
            return false;
        }
        match (frame, follows) {
            (_, Follows::Nothing) => false,
            (_, Follows::Quotation) | (Frame::Any | Frame::Tell, _) | (Frame::Clause, Follows::Marked) => {
                true
            }
            (Frame::About, Follows::Marked) => !self.infinitive(after),
            (Frame::Clause, Follows::Bare) => self.begins_clause(after) || self.words_near(after),
            (Frame::About, Follows::Bare) => {
                let next = if self.is(i + 1, class::ADVERB) { i + 2 } else { i + 1 };
                // "As he spoke she left".
                let speaks = self.word(i).starts_with("sp") || self.word(i).starts_with("talk");
                matches!(self.word(next), "of" | "about" | "out")
                    || !speaks && (self.begins_clause(after) || self.quote_near(after))
            }
            (Frame::Quote, _) => self.quote_near(after),
        }
    }
}

fn is_modal(word: &str) -> bool {
    matches!(word, "would" | "could" | "can" | "may" | "might" | "must" | "should")
}
