//! What stands behind a cue: the person spoken to, time and place, and then the content.

use super::clause::{Clause, REACH};
use super::lexicon::{Frame, class, form};
use super::phrase;
use super::token::{Mark, Token};

/// What stands behind a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    Nothing,
    /// A quotation that stands for itself.
    Quotation,
    /// "that", "whether", "to", a colon: content for sure.
    Marked,
    /// Words.
    Bare,
}

impl Clause<'_> {
    /// Where the content behind the cue at `i` begins, and what shows it.
    pub(super) fn follows(&self, i: usize, frame: Frame) -> (usize, Follows) {
        let mut at = i + 1;
        if self.word(at) == "out" {
            at += 1;
        }
        let timed =
            self.is(at, class::TIME) && (!self.is(at, class::DETERMINER) || self.is(at + 1, class::TIME));
        if frame == Frame::Tell && !timed && !self.is(at, class::PREPOSITION) {
            at = self.behind_addressee(at);
        }
        at = self.behind_time(self.behind_warned(i, at));
        let date = |k: usize| self.is(k, class::TIME) || self.mark(k) == Some(Mark::Number);
        // "said on Monday (June 4)".
        if self.mark(at) == Some(Mark::Open) && date(at + 1) {
            let close = at + 1 + (at + 1..at + 4).take_while(|&k| date(k)).count();
            at = if self.mark(close) == Some(Mark::Close) { close + 1 } else { at };
        }
        // "have said all along that".
        let words = |k: usize| [self.word(k), self.word(k + 1), self.word(k + 2)];
        at += match words(at) {
            ["all", "along", "that"] => 2,
            ["time", "and", "again"] | ["over", "and", "over"] => 3,
            _ => 0,
        };
        // "added, though, that", "added though that".
        at += usize::from(self.word(at) == "though" && self.word(at + 1) == "that");
        // "agreed to sell the parts that are left".
        let promised = frame == Frame::Clause && self.infinitive(at);
        // "called on Friday for talks that".
        let calls = self.word(i).starts_with("call") && self.word(at) == "for";
        if let Some(last) = self.anonymity(at) {
            let that = self.word(last + 1) == "that";
            return if that { (last + 1, Follows::Marked) } else { (at, Follows::Bare) };
        }
        // "said when asked about talks that".
        let when = at + usize::from(self.mark(at) == Some(Mark::Comma));
        let asked = self.word(when) == "when" && self.word(when + 1) == "asked";
        let that = (when + 2..when + REACH).find(|&i| self.word(i) == "that").filter(|_| asked);
        if let Some(marked) = that.or_else(|| self.marked_within(at)).filter(|_| !promised && !calls) {
            at = marked;
        } else if let Some(clause) = self.clause_behind(at).filter(|_| !calls) {
            at = clause;
        }
        let follows = match self.mark(at) {
            None | Some(Mark::Stop | Mark::Semicolon | Mark::Close | Mark::Comma | Mark::Dash) => {
                Follows::Nothing
            }
            Some(Mark::Quote(_)) if self.stands_alone(at) => Follows::Quotation,
            Some(Mark::Colon) => Follows::Marked,
            _ if self.is(at, class::COMPLEMENT) || self.infinitive(at) => Follows::Marked,
            _ => Follows::Bare,
        };
        // "told them not to come".
        let never = self.word(at) == "to" && at > i + 1 && matches!(self.word(at - 1), "not" | "never");
        let at = if never { at - 1 } else { at };
        let at = if self.mark(at) == Some(Mark::Colon) { at + 1 } else { at };
        (at, follows)
    }

    /// The "that" behind the person warned: "warned the union on Sunday that".
    fn behind_warned(&self, i: usize, at: usize) -> usize {
        let warns = matches!(
            self.word(i),
            "warned" | "warns" | "warning" | "assured" | "assures" | "assuring" | "cautioned" | "promised"
        );
        let plain = |&k: &usize| {
            self.token(k).is_some_and(|t| {
                t.is_word() && (t.capital || !t.is(class::AUXILIARY | class::PAST) && t.entry.cue.is_none())
            })
        };
        let that = (at..at + REACH).take_while(plain).find(|&k| self.word(k) == "that" && k > at);
        // "assured him he would go".
        let hearer =
            matches!(self.word(at), "him" | "her" | "them" | "us" | "me") && self.begins_clause(at + 1);
        let behind = that.or(hearer.then_some(at + 1));
        behind.filter(|_| warns).unwrap_or(at)
    }

    /// The last word of "on condition of anonymity", "on the condition that he not be named".
    pub(super) fn anonymity(&self, at: usize) -> Option<usize> {
        let unnamed = |&i: &usize| {
            matches!(self.word(i), "anonymity" | "anonymous" | "named" | "identified" | "quoted" | "used")
        };
        let condition = self.word(at) == "on" && (at + 1..at + 3).any(|i| self.word(i) == "condition");
        (at + 2..at + 12).find(unnamed).filter(|_| condition)
    }

    /// Skips when it was said: "said on Monday", but neither "said this would do" nor "said next week's talks were off".
    pub(super) fn behind_time(&self, start: usize) -> usize {
        let unit = matches!(self.word(start + 1), "day" | "week" | "month" | "year" | "hour");
        let ago = matches!(self.word(start + 2), "earlier" | "later" | "ago" | "before");
        if self.word(start) == "a" && unit && ago {
            return start + 3;
        }
        let mut at = start;
        loop {
            let led =
                matches!(self.word(at), "on" | "this" | "late" | "early") && self.is(at + 1, class::TIME);
            if !led && !self.is(at, class::TIME) {
                break;
            }
            at += 1;
            while self.mark(at) == Some(Mark::Number) && self.is(at - 1, class::TIME) {
                at += 1;
            }
            // "earlier in the day".
            let unit = self.is(at + 2, class::TIME) || self.word(at + 2) == "day";
            if self.word(at) == "in" && self.word(at + 1) == "the" && unit {
                at += 3;
            }
        }
        let Some(last) = at.checked_sub(1).filter(|_| at > start) else { return start };
        let owns = self.token(last).is_some_and(|t| t.possessive);
        let goes_on = self.token(at).is_some_and(Token::is_word);
        let alone = last == start && self.is(last, class::DETERMINER) && goes_on;
        // "said earlier talks had failed".
        let plain = |t: &Token| t.is_word() && !t.capital && t.entry.class == 0 && t.entry.cue.is_none();
        let describes = matches!(self.word(last), "earlier" | "later") && self.token(at).is_some_and(plain);
        if owns || alone || describes { start } else { at }
    }

    /// The subject behind a phrase of time, place or means: "in a statement it was ready", "in 2012 the company had left".
    fn clause_behind(&self, at: usize) -> Option<usize> {
        if !matches!(self.word(at), "in" | "on" | "by" | "via" | "at" | "through" | "from" | "during") {
            return None;
        }
        let subject = |i: usize| {
            // "called on the mayor to meet it" has none.
            let verb = self.is(i + 1, class::AUXILIARY | class::PAST);
            let pronoun = self.is(i, class::MALE | class::FEMALE | class::PLURAL)
                || matches!(self.word(i), "it" | "there" | "I") && verb;
            let dated = self.mark(i - 1) == Some(Mark::Number) && self.is(i, class::DETERMINER);
            (pronoun || dated)
                && !self.is(i - 1, class::PREPOSITION | class::COORDINATOR)
                && !self.is(i - 1, class::COMPLEMENT)
        };
        let plain = |&i: &usize| self.token(i).is_some_and(|t| t.is_word() && !t.is(class::AUXILIARY));
        (at + 1..at + 9).take_while(plain).find(|&i| subject(i))
    }

    /// "to talk", but not "to the talks", "to them" and not "to requests".
    pub(super) fn infinitive(&self, at: usize) -> bool {
        self.word(at) == "to"
            && !self.token(at + 1).is_some_and(|t| t.capital)
            && !self.is(at + 1, class::DETERMINER | class::PREPOSITION)
            && !matches!(self.word(at + 1), "them" | "him" | "us" | "me" | "it")
            && !is_plural(self.word(at + 1))
            && self.token(at + 1).and_then(|t| t.entry.cue).is_none_or(|cue| cue.forms != form::THIRD)
    }

    /// A "that", a colon or a quotation behind phrases of time, place and person.
    pub(super) fn marked_within(&self, at: usize) -> Option<usize> {
        let phrase = self.is(at, class::PREPOSITION | class::ADVERB | class::TIME)
            && !self.is(at, class::DETERMINER)
            || matches!(self.mark(at), Some(Mark::Comma | Mark::Open));
        if !phrase {
            return None;
        }
        let comma = self.mark(at) == Some(Mark::Comma);
        for i in at..(at + REACH).min(self.tokens.len()) {
            let token = self.token(i)?;
            match token.mark {
                Mark::Quote(_) if self.is_title(i) && i + 1 < self.tokens.len() => {}
                Mark::Quote(_) if self.stands_alone(i) => return Some(i),
                Mark::Colon => return Some(i),
                Mark::Stop | Mark::Semicolon | Mark::Quote(_) => return None,
                _ if self.word(i) == "that" && matches!(self.word(i - 1), "provided" | "condition") => {
                    return None;
                }
                // "wrote for those in that town".
                _ if self.word(i) == "that" && self.is(i - 1, class::PREPOSITION) => {}
                _ if self.word(i) == "that" && (!comma || i > 0 && self.mark(i - 1) == Some(Mark::Comma)) => {
                    return Some(i);
                }
                // "responded by reverting to an offer that".
                _ if self.word(i) == "by" && self.word(i + 1).ends_with("ing") => return None,
                // "reported, citing officials, that".
                _ if comma && i == at + 1 && matches!(self.word(i), "citing" | "quoting") => {}
                // "in his tweet", "in her opening remarks".
                _ if self.is_named_so(i) => {}
                _ if token.is(class::AUXILIARY) || token.entry.cue.is_some() && !token.capital => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    /// True if the cue at `i` is a noun behind an article: no past form, and a word or two behind it.
    fn is_named_so(&self, i: usize) -> bool {
        let noun = self.token(i).and_then(|t| t.entry.cue).is_some_and(|cue| cue.forms & form::PAST == 0);
        let article = |back: usize| i.checked_sub(back).is_some_and(|k| self.is(k, class::DETERMINER));
        noun && (article(1) || article(2) && !self.is(i - 1, class::AUXILIARY | class::COORDINATOR))
    }

    /// Skips the person spoken to: "told reporters", "asked the crowd".
    pub(super) fn behind_addressee(&self, at: usize) -> usize {
        // "asked whether that was so".
        if matches!(self.word(at), "whether" | "if" | "how" | "why" | "when" | "where") {
            return at;
        }
        let limit = (at + REACH).min(self.tokens.len());
        for i in at..limit {
            match self.mark(i) {
                Some(Mark::Word | Mark::Number) => {}
                // "told the Post on Friday “there is nothing to say”".
                Some(Mark::Quote(_)) if i > at && self.is(i - 1, class::TIME) => return i,
                // "told the Post's “Week in Review” that".
                Some(Mark::Quote(_)) if !self.stands_alone(i) || self.is_title(i) => {
                    continue;
                }
                // "told reporters the union broke the truce".
                None | Some(Mark::Stop) if self.clause_in(self.addressee(at, limit), i) => break,
                // "told the council the union wants talks, not a strike".
                Some(Mark::Comma) if self.second_phrase(self.addressee(at, limit), at..i) => break,
                _ => return i,
            }
            // "told Norland it needed proof".
            let begins = self.begins_clause(i) || self.word(i) == "it" && self.acts(i + 1);
            if i > at
                && begins
                && self.word(i - 1) != "condition"
                && !self.is(i - 1, class::PREPOSITION | class::COORDINATOR)
            {
                return i;
            }
            let condition = self.word(i) == "that" && self.word(i - 1) == "condition";
            if matches!(self.word(i), "that" | "to" | "whether" | "how" | "why" | "what" | "if" | "about")
                && i > at
                && !condition
            {
                return i;
            }
            if condition || self.is(i, class::AUXILIARY) {
                break;
            }
        }
        self.addressee(at, limit)
    }

    /// True if a phrase with an article begins at `start`, behind the one that `words` begins with.
    fn second_phrase(&self, start: usize, words: std::ops::Range<usize>) -> bool {
        start > words.start + 1 && start + 2 < words.end && self.is(start, class::DETERMINER)
    }

    /// True if a subject and a verb stand between `start` and `end`.
    fn clause_in(&self, start: usize, end: usize) -> bool {
        let pronoun = self.is(start, class::MALE | class::FEMALE | class::PLURAL);
        let subject = self.is(start, class::DETERMINER) || self.token(start).is_some_and(|t| t.capital);
        let verb = |i| self.is(i, class::PAST) && !self.is(i - 1, class::DETERMINER | class::PREPOSITION);
        pronoun || subject && (start + 1..end).any(verb)
    }

    /// The end of the words that name the person spoken to.
    fn addressee(&self, at: usize, limit: usize) -> usize {
        // "told her the government was ready".
        if self.is(at, class::DETERMINER) && self.is(at + 1, class::DETERMINER) {
            return at + 1;
        }
        let mut end = at;
        while self.is(end, class::DETERMINER) {
            end += 1;
        }
        if self.is(end, class::PRONOUN) || matches!(self.word(end), "me" | "him" | "us" | "them") {
            return end + 1;
        }
        let capital = self.token(end).is_some_and(|t| t.capital);
        let titled =
            |k: usize| self.is(k, class::TITLE | class::ROLE) && self.token(k + 1).is_some_and(|t| t.capital);
        while end < limit
            && self.token(end).is_some_and(|t| {
                t.is_word()
                    && (t.capital == capital || capital && end > at && titled(end))
                    && !t.is(class::PRONOUN | class::DETERMINER | class::PREPOSITION)
            })
        {
            end += 1;
            if !capital {
                return self.behind_nouns(end, limit);
            }
        }
        // "told Reuters Lind was not", "told the Daily Post Lind was not".
        if capital && end > at + 1 && self.acts(end) {
            let agency = matches!(self.word(at), "Reuters" | "AFP" | "Xinhua" | "Interfax" | "TASS" | "Tass");
            return if agency { at + 1 } else { end - 1 };
        }
        // "told the Post's radio show there".
        let owner = end > at && self.token(end - 1).is_some_and(|t| t.possessive);
        if owner { self.behind_nouns(end, limit) } else { end }
    }

    /// The end of the nouns from `at`, "news agency" or "of the council", if the subject of a clause stands behind them.
    fn behind_nouns(&self, at: usize, limit: usize) -> usize {
        let plain = |i: usize| {
            const FUNCTION: u32 = class::AUXILIARY | class::PRONOUN | class::DETERMINER | class::COMPLEMENT;
            let other = FUNCTION | class::TIME | class::ADVERB;
            let led = !self.is(i, class::PREPOSITION) || matches!(self.word(i), "of" | "in" | "at" | "for");
            led && self.token(i).is_some_and(|t| t.is_word() && !t.is(other) && t.entry.cue.is_none())
        };
        let end = (at..limit).find(|&i| {
            let article = self.is(i, class::DETERMINER)
                && i.checked_sub(1).is_some_and(|b| self.is(b, class::PREPOSITION));
            !plain(i) && !article
        });
        let begins = |end: &usize| {
            (self.is(*end, class::DETERMINER | class::MALE | class::FEMALE | class::PLURAL)
                || matches!(self.word(*end), "there" | "it"))
                && !self.is(end - 1, class::PREPOSITION)
        };
        end.filter(begins).unwrap_or(at)
    }

    /// True if the content goes on behind a tag: `The talks, he said, were useful`.
    pub(super) fn resumes(&self, comma: usize) -> bool {
        // "They will go on, he said, unless it rains."
        let condition = matches!(self.word(comma + 1), "unless" | "until" | "if" | "once" | "provided");
        if condition && self.mark(comma) == Some(Mark::Dash) {
            return true;
        }
        self.mark(comma) == Some(Mark::Comma)
            && !self.attributes(comma + 1)
            && (condition || self.begins_rest(comma + 1))
    }

    /// True if the clause that a tag parted may go on with token `at`.
    fn begins_rest(&self, at: usize) -> bool {
        let busy = |k: usize| self.word(k).ends_with("ing");
        let manner = busy(at) || self.word(at) == "without" && busy(at + 1);
        // ", a day after Norland left", ", days before the vote".
        let unit = |k: usize| {
            self.is(k, class::TIME) || matches!(self.word(k), "day" | "days" | "hours" | "weeks" | "months")
        };
        let timed = (at + 1..at + 4).any(|k| matches!(self.word(k), "after" | "before") && unit(k - 1));
        !self.is(at, class::COORDINATOR | class::SUBORDINATOR | class::RELATIVE | class::OPENER)
            && !manner
            && !timed
            && self.token(at).is_some_and(|t| t.entry.cue.is_none_or(|cue| cue.forms & form::ING == 0))
    }

    /// True if the rest from `at` is a subject with its verb of saying: "..., he said, the agency reported".
    fn attributes(&self, at: usize) -> bool {
        let verb = phrase::beginning_at(self.tokens, at).map_or(at, |subject| subject.end);
        let says = self.token(verb).is_some_and(|t| t.entry.cue.is_some() && !t.capital);
        says && matches!(self.mark(verb + 1), None | Some(Mark::Stop))
    }
}

/// True for "talks", but not "discuss" and "focus".
fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
}
