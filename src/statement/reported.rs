//! Attributions: a cue of saying, the words that name who says it, and what is said.

use std::ops::Range;

use super::lexicon::{Frame, class, form};
use super::phrase;
use super::quote::Quote;
use super::token::{Mark, Token};

/// How far behind a cue its content is looked for, in tokens.
const REACH: usize = 16;
/// The longest content, in tokens.
const LONGEST: usize = 160;

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

/// One unit, ready to be read.
pub(crate) struct Clause<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) quotes: &'a [Quote],
}

/// What stands behind a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Nothing,
    /// A quotation that stands for itself.
    Quotation,
    /// "that", "whether", "to", a colon: content for sure.
    Marked,
    /// Words.
    Bare,
}

struct Verb {
    /// The first auxiliary, adverb or negation.
    start: usize,
    /// The form has no subject of its own.
    participle: bool,
}

impl Clause<'_> {
    /// The attributions of the unit, by position.
    pub(crate) fn attributions(&self) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = Vec::new();
        for i in 0..self.tokens.len() {
            let Some(token) = self.tokens.get(i) else { break };
            let next = if token.entry.cue.is_some() {
                self.verbal(i, &found)
            } else if self.word(i).eq_ignore_ascii_case("according") {
                self.according(i, &found)
            } else {
                None
            };
            if let Some(next) = next {
                self.cut(&mut found, &next);
                found.push(next);
            }
        }
        found
    }

    fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    fn word(&self, index: usize) -> &str {
        self.token(index).map_or("", |token| token.span.of(self.text))
    }

    fn is(&self, index: usize, class: u32) -> bool {
        self.token(index).is_some_and(|token| token.is(class))
    }

    fn mark(&self, index: usize) -> Option<Mark> {
        self.token(index).map(|token| token.mark)
    }

    fn quote(&self, index: usize) -> Option<&Quote> {
        self.token(index)?.quote().and_then(|number| self.quotes.get(number))
    }

    /// A quotation that is speech by itself: it begins like a sentence.
    fn stands_alone(&self, index: usize) -> bool {
        let Some(quote) = self.quote(index) else { return false };
        let words = quote.inner.of(self.text);
        let first = words.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
        let sentence =
            first.is_some_and(|c| c.is_uppercase() || c.is_numeric()) || words.starts_with(['.', '…']);
        sentence && words.split_ascii_whitespace().nth(2).is_some()
    }

    /// A quotation that a tag may follow: it ends with a comma, a question or an exclamation.
    fn takes_tag(&self, index: usize) -> bool {
        let Some(quote) = self.quote(index) else { return false };
        let words = quote.inner.of(self.text).trim_end_matches(['\'', '’', ' ', '"', '”']);
        words.ends_with([',', '?', '!', '…', '—', '–', '.', '-']) || self.mark(index + 1) == Some(Mark::Comma)
    }

    /// The finite verb or participle around the cue at `i`, if it is one.
    fn verb(&self, i: usize) -> Option<Verb> {
        let token = self.token(i)?;
        let forms = token.entry.cue?.forms;
        if token.capital && i > 0 && self.quote(i - 1).is_none() && self.mark(i - 1) != Some(Mark::Stop) {
            return None;
        }
        let mut start = i;
        let mut passive = false;
        let mut progressive = false;
        let mut auxiliary = false;
        while start > 0 && i - start < 6 && self.in_verb_group(start - 1) {
            start -= 1;
            auxiliary |= self.is(start, class::AUXILIARY);
            passive |= self.is(start, class::BE) && forms & form::PARTICIPLE != 0;
            progressive |= self.is(start, class::BE) && forms & form::ING != 0;
        }
        if passive {
            return None;
        }
        let before = start.checked_sub(1);
        if before.is_some_and(|b| self.word(b).eq_ignore_ascii_case("to")) {
            return self.chained(start - 1);
        }
        if forms & form::ING != 0 && !progressive {
            return self.participle(i, start);
        }
        let noun = before.is_some_and(|b| {
            self.is(b, class::DETERMINER)
                || self.is(b, class::PREPOSITION)
                || self.token(b).is_some_and(|t| t.possessive)
        });
        if noun && !auxiliary {
            return None;
        }
        if !auxiliary && forms & form::PAST == 0 && self.reads_as_noun(i, forms) {
            return None;
        }
        if !auxiliary && forms & form::PAST != 0 && self.word(i + 1) == "by" {
            return None;
        }
        Some(Verb { start, participle: false })
    }

    fn in_verb_group(&self, index: usize) -> bool {
        const GROUP: u32 = class::AUXILIARY | class::NEGATION | class::ADVERB;
        self.is(index, GROUP) && !self.is(index, class::PRONOUN | class::DETERMINER)
            || matches!(self.word(index), "all" | "both" | "each")
    }

    fn participle(&self, i: usize, start: usize) -> Option<Verb> {
        let free = match start.checked_sub(1) {
            None => true,
            Some(b) => {
                matches!(self.mark(b), Some(Mark::Comma | Mark::Dash | Mark::Quote(_)))
                    || self.is(b, class::COORDINATOR | class::SUBORDINATOR)
                    || matches!(self.word(b), "by" | "in" | "from" | "for" | "with" | "despite")
                    || self.word(i) == "saying" && !matches!(self.word(b), "without" | "of" | "not")
            }
        };
        free.then_some(Verb { start, participle: true })
    }

    /// "went on to say", "continued to argue": the verb before "to" has the subject.
    fn chained(&self, to: usize) -> Option<Verb> {
        let last = to.checked_sub(1)?;
        let chain = match self.word(last) {
            "on" => last
                .checked_sub(1)
                .filter(|&go| matches!(self.word(go), "went" | "go" | "goes" | "going" | "gone"))?,
            "continued" | "continues" | "continue" | "began" | "begins" | "used" | "refused" | "appeared"
            | "appears" | "seemed" | "proceeded" => last,
            _ => return None,
        };
        let mut start = chain;
        while start > 0 && self.is(start - 1, class::AUXILIARY | class::ADVERB) {
            start -= 1;
        }
        Some(Verb { start, participle: self.word(chain) == "going" })
    }

    /// "claims", "report", "calls" between nouns.
    fn reads_as_noun(&self, i: usize, forms: u8) -> bool {
        const AMBIGUOUS: [&str; 23] = [
            "state", "report", "claim", "point", "remark", "question", "joke", "request", "estimate",
            "forecast", "post", "blog", "tweet", "promise", "demand", "pledge", "stress", "text", "brief",
            "counsel", "view", "voice", "detail",
        ];
        let Some(b) = i.checked_sub(1) else { return true };
        let next = self.word(i + 1);
        if i + 1 >= self.tokens.len()
            || self.is(i + 1, class::AUXILIARY)
            || matches!(next, "of" | "by" | "from" | "and" | "or" | "as" | "in" | "at" | "with")
        {
            return true;
        }
        let word = self.word(i).trim_end_matches('s');
        let pronoun = self.is(b, class::MALE | class::FEMALE | class::PLURAL) || self.word(b) == "I";
        if (AMBIGUOUS.contains(&word) || word == "call") && !pronoun {
            let name = self.token(b).is_some_and(|t| t.capital) && forms & form::THIRD != 0;
            let opens =
                self.is(i + 1, class::COMPLEMENT) || self.quote(i + 1).is_some() || name && next != "to";
            let counted = self.is(b, class::DETERMINER | class::PERSON) || self.mark(b) == Some(Mark::Number);
            return !opens || counted;
        }
        if forms & form::THIRD != 0 {
            return self.is(b, class::PERSON)
                && !matches!(self.word(b), "who" | "one" | "someone" | "everyone" | "another");
        }
        let coordinated = (b.saturating_sub(8)..b).any(|k| self.word(k) == "and");
        let plural = self.word(b).ends_with('s')
            || self.is(b, class::PLURAL | class::PERSON | class::RELATIVE | class::ADVERB)
            || matches!(self.word(b), "people" | "men" | "women" | "police" | "critics" | "him" | "her")
            || matches!(self.mark(b), Some(Mark::Close | Mark::Comma));
        !plural && !coordinated
    }

    fn verbal(&self, i: usize, found: &[Attribution]) -> Option<Attribution> {
        if self.word(i) == "saying" && i > 0 && self.word(i - 1) == "as" {
            return self.quoted_as_saying(i, found);
        }
        if matches!(self.word(i), "quoted" | "cited")
            && (i..i + REACH).any(|k| self.word(k) == "as" && self.word(k + 1) == "saying")
        {
            return None;
        }
        let cue = self.token(i)?.entry.cue?;
        let verb = self.verb(i)?;
        let start = verb.start;
        if start > 0 && !verb.participle && cue.forms & form::ING == 0 {
            if let Some(inverted) = self.inverted(i, start, cue.frame, found) {
                return Some(inverted);
            }
        }
        let shared = verb.participle || start > 0 && self.is(start - 1, class::COORDINATOR);
        let subject =
            || found.last().and_then(|a| a.speaker.clone()).or_else(|| phrase::subject(self.tokens, start));
        let own = if shared { None } else { phrase::ending_at(self.tokens, start) };
        let speaker = match own {
            Some(phrase) => Some(phrase),
            None if shared => subject(),
            None => return None,
        };
        let from = if shared { start } else { speaker.as_ref().map_or(start, |s| s.start) };
        let (after, follows) = self.follows(i, cue.frame);
        let cue_range = start..i + 1;
        // A quotation right before the speaker: `"...," she said`.
        if !shared {
            if let Some(quote) =
                self.tagged_quote(from).filter(|&quote| !self.introduces(quote, follows, found))
            {
                let content = self.content_start(quote, found)..quote + 1;
                let more = self.continuation(after);
                return Some(Attribution {
                    cue: cue_range,
                    speaker,
                    content,
                    tag: true,
                    shared: false,
                    more,
                });
            }
        }
        let postposed = !shared && from > 0 && self.mark(from - 1) == Some(Mark::Comma);
        if postposed && cue.frame != Frame::Quote {
            let ends = match follows {
                Follows::Nothing => true,
                Follows::Bare => {
                    self.is(i + 1, class::PREPOSITION | class::TIME | class::ADVERB)
                        && !matches!(self.word(i + 1), "for" | "on" | "of" | "about" | "against")
                }
                _ => false,
            };
            let begin = self.content_start(from - 1, found);
            if ends && from - 1 > begin + 2 && !self.is(begin, class::OPENER) {
                let end = if self.resumes(i + 1) { self.content_end(i + 1) } else { from - 1 };
                return Some(Attribution {
                    cue: cue_range,
                    speaker,
                    content: begin..end,
                    tag: true,
                    shared: false,
                    more: None,
                });
            }
        }
        let accepted = match (cue.frame, follows) {
            (_, Follows::Nothing) => false,
            (_, Follows::Quotation) => true,
            (Frame::Any | Frame::Tell, _) | (Frame::Clause, Follows::Marked) => true,
            (Frame::Clause, Follows::Bare) => {
                self.is(after, class::MALE | class::FEMALE | class::PLURAL) || self.quote_near(after)
            }
            (Frame::About, _) => matches!(self.word(i + 1), "of" | "about" | "out") || self.quote_near(after),
            (Frame::Quote, _) => self.quote_near(after),
        };
        if !accepted {
            return None;
        }
        let end = self.content_end(after);
        let end = if self.subordinate(from) { self.first_comma(after, end) } else { end };
        (end > after).then_some(Attribution {
            cue: cue_range,
            speaker,
            content: after..end,
            tag: false,
            shared,
            more: None,
        })
    }

    /// "quoted the minister as saying", "the minister was quoted as saying".
    fn quoted_as_saying(&self, i: usize, found: &[Attribution]) -> Option<Attribution> {
        let quoted = (i.saturating_sub(REACH)..i)
            .rev()
            .find(|&k| matches!(self.word(k), "quoted" | "quotes" | "quoting" | "cited"))?;
        let passive = quoted > 0 && self.is(quoted - 1, class::AUXILIARY);
        let mut start = quoted;
        while start > 0 && self.in_verb_group(start - 1) {
            start -= 1;
        }
        let speaker = if passive { phrase::ending_at(self.tokens, start)? } else { quoted + 1..i - 1 };
        let (after, follows) = self.follows(i, Frame::Any);
        let cue = quoted..i + 1;
        if follows != Follows::Nothing {
            return Some(Attribution {
                cue,
                speaker: Some(speaker),
                content: after..self.content_end(after),
                tag: false,
                shared: false,
                more: None,
            });
        }
        let limit = start.min(speaker.start);
        let quote = (0..limit).rev().find(|&k| self.quote(k).is_some())?;
        let content = self.content_start(quote, found)..quote + 1;
        Some(Attribution {
            cue,
            speaker: Some(speaker),
            content,
            tag: true,
            shared: false,
            more: self.continuation(i + 1),
        })
    }

    /// True if the content goes on behind a tag: `The talks, he said, were useful`.
    fn resumes(&self, comma: usize) -> bool {
        self.mark(comma) == Some(Mark::Comma)
            && !self.is(comma + 1, class::COORDINATOR | class::SUBORDINATOR | class::RELATIVE | class::OPENER)
            && self.token(comma + 1).is_some_and(|t| t.entry.cue.is_none_or(|cue| cue.forms & form::ING == 0))
    }

    /// True if the quotation ends an opening phrase: `On "Face the Nation," he said that ...`.
    fn introduces(&self, quote: usize, follows: Follows, found: &[Attribution]) -> bool {
        let start = self.content_start(quote, found);
        matches!(follows, Follows::Bare | Follows::Marked)
            && start < quote
            && self.is(start, class::OPENER | class::PREPOSITION)
    }

    /// `"...," said the minister` and `..., said the minister`.
    fn inverted(&self, i: usize, start: usize, frame: Frame, found: &[Attribution]) -> Option<Attribution> {
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
        if !next.is_word() || next.is(class::COMPLEMENT | class::PREPOSITION | class::TIME | class::ADVERB) {
            return None;
        }
        let speaker = phrase::beginning_at(self.tokens, i + 1)?;
        let behind = self.token(speaker.end);
        if let Some(quote) = quoted {
            if behind.is_some_and(|t| t.is(class::AUXILIARY)) {
                return None;
            }
            let content = self.content_start(quote, found)..quote + 1;
            let more = self.continuation(speaker.end);
            return Some(Attribution {
                cue: start..i + 1,
                speaker: Some(speaker),
                content,
                tag: true,
                shared: false,
                more,
            });
        }
        let ends = behind.is_none_or(|t| matches!(t.mark, Mark::Stop | Mark::Comma));
        let begin = self.content_start(before, found);
        let clear = ends
            && before > begin + 2
            && phrase::ending_at(self.tokens, start).is_none_or(|p| p.start == begin);
        clear.then_some(Attribution {
            cue: start..i + 1,
            speaker: Some(speaker),
            content: begin..before,
            tag: true,
            shared: false,
            more: None,
        })
    }

    /// The quotation that ends right before token `from` and takes a tag.
    fn tagged_quote(&self, from: usize) -> Option<usize> {
        let mut last = from.checked_sub(1)?;
        if self.mark(last) == Some(Mark::Comma) {
            last = last.checked_sub(1)?;
        }
        (self.quote(last).is_some() && self.takes_tag(last)).then_some(last)
    }

    /// Where the content that ends at `end` begins: behind the last attribution or the last semicolon.
    fn content_start(&self, end: usize, found: &[Attribution]) -> usize {
        let claimed = found.last().map_or(0, |a| {
            let spoken = a.speaker.as_ref().map_or(0, |s| s.end);
            a.cue.end.max(spoken).max(a.more.map_or(0, |m| m + 1)).min(end)
        });
        let low = claimed.max(end.saturating_sub(LONGEST));
        let low = if low == 0 { self.dateline().min(end) } else { low };
        let mut start = (low..end)
            .rev()
            .find(|&i| matches!(self.mark(i), Some(Mark::Semicolon | Mark::Stop)))
            .map_or(low, |i| i + 1);
        while start < end && matches!(self.mark(start), Some(Mark::Comma | Mark::Dash | Mark::Colon)) {
            start += 1;
        }
        start
    }

    /// The number of tokens in a place line: "GENEVA, March 3 (AP) -".
    pub(crate) fn dateline(&self) -> usize {
        let shouts = |word: &str| word.len() > 2 && word.bytes().all(|b| !b.is_ascii_lowercase());
        if !shouts(self.word(0)) || !self.token(0).is_some_and(Token::is_word) {
            return 0;
        }
        (1..14).find(|&i| self.mark(i) == Some(Mark::Dash)).map_or(0, |dash| {
            let last = (dash..dash + 2).rev().find(|&i| self.mark(i) == Some(Mark::Dash)).unwrap_or(dash);
            last + 1
        })
    }

    /// A quotation behind the tag that ends at `after`.
    fn continuation(&self, after: usize) -> Option<usize> {
        let end = (after + REACH).min(self.tokens.len());
        for i in after..end {
            match self.mark(i)? {
                Mark::Quote(_) => {
                    return (i > 0
                        && matches!(
                            self.mark(i - 1),
                            Some(Mark::Comma | Mark::Colon | Mark::Dash | Mark::Stop)
                        )
                        || self.stands_alone(i))
                    .then_some(i);
                }
                _ if self.token(i)?.entry.cue.is_some() => return None,
                _ => {}
            }
        }
        None
    }

    /// Where the content behind the cue at `i` begins, and what shows it.
    fn follows(&self, i: usize, frame: Frame) -> (usize, Follows) {
        let mut at = i + 1;
        if self.word(at) == "out" {
            at += 1;
        }
        if frame == Frame::Tell && !self.is(at, class::PREPOSITION | class::TIME) {
            at = self.behind_addressee(at);
        }
        while self.is(at, class::TIME) && !self.is(at, class::DETERMINER)
            || matches!(self.word(at), "on" | "this" | "late" | "early") && self.is(at + 1, class::TIME)
            || self.is(at, class::TIME) && self.is(at, class::DETERMINER)
        {
            at += 1;
            while self.mark(at) == Some(Mark::Number) && at > 0 && self.is(at - 1, class::TIME) {
                at += 1;
            }
        }
        if let Some(marked) = self.marked_within(at) {
            at = marked;
        }
        let follows = match self.mark(at) {
            None | Some(Mark::Stop | Mark::Semicolon | Mark::Close) => Follows::Nothing,
            Some(Mark::Comma | Mark::Dash) => Follows::Nothing,
            Some(Mark::Quote(_)) if self.stands_alone(at) => Follows::Quotation,
            Some(Mark::Colon) => Follows::Marked,
            _ if self.is(at, class::COMPLEMENT) || self.word(at) == "to" => Follows::Marked,
            _ => Follows::Bare,
        };
        let at = if self.mark(at) == Some(Mark::Colon) { at + 1 } else { at };
        (at, follows)
    }

    /// A "that", a colon or a quotation behind phrases of time, place and person.
    fn marked_within(&self, at: usize) -> Option<usize> {
        let phrase = self.is(at, class::PREPOSITION | class::ADVERB | class::TIME)
            || matches!(self.mark(at), Some(Mark::Comma | Mark::Open));
        if !phrase {
            return None;
        }
        let comma = self.mark(at) == Some(Mark::Comma);
        for i in at..(at + REACH).min(self.tokens.len()) {
            let token = self.token(i)?;
            match token.mark {
                Mark::Quote(_) if self.stands_alone(i) => return Some(i),
                Mark::Colon => return Some(i),
                Mark::Stop | Mark::Semicolon | Mark::Quote(_) => return None,
                _ if self.word(i) == "that" && (!comma || i > 0 && self.mark(i - 1) == Some(Mark::Comma)) => {
                    return Some(i);
                }
                _ if token.is(class::AUXILIARY) || token.entry.cue.is_some() && !token.capital => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    /// Skips the person spoken to: "told reporters", "asked the crowd".
    fn behind_addressee(&self, at: usize) -> usize {
        let limit = (at + REACH).min(self.tokens.len());
        for i in at..limit {
            match self.mark(i) {
                Some(Mark::Word | Mark::Number) => {}
                Some(Mark::Quote(_)) if !self.stands_alone(i) => continue,
                _ => return i,
            }
            if matches!(self.word(i), "that" | "to" | "whether" | "how" | "why" | "what" | "if" | "about")
                && i > at
            {
                return i;
            }
            if self.is(i, class::AUXILIARY) {
                break;
            }
        }
        let mut end = at;
        while self.is(end, class::DETERMINER) {
            end += 1;
        }
        if self.is(end, class::PRONOUN) || matches!(self.word(end), "me" | "him" | "us" | "them") {
            return end + 1;
        }
        let capital = self.token(end).is_some_and(|t| t.capital);
        while end < limit
            && self.token(end).is_some_and(|t| {
                t.is_word()
                    && t.capital == capital
                    && !t.is(class::PRONOUN | class::DETERMINER | class::PREPOSITION)
            })
        {
            end += 1;
            if !capital {
                break;
            }
        }
        end
    }

    /// A quotation among the next words.
    fn quote_near(&self, at: usize) -> bool {
        (at..(at + REACH).min(self.tokens.len()))
            .take_while(|&i| !matches!(self.mark(i), Some(Mark::Stop | Mark::Comma)))
            .any(|i| self.quote(i).is_some())
    }

    /// The end of content that begins at `start`: the end of the sentence.
    fn content_end(&self, start: usize) -> usize {
        let limit = (start + LONGEST).min(self.tokens.len());
        let ends = |i: &usize| match self.mark(*i) {
            Some(Mark::Stop) => true,
            Some(Mark::Comma) => matches!(self.word(i + 1), "though" | "although"),
            _ => false,
        };
        let mut end = (start + 1..limit).find(ends).unwrap_or(limit);
        while end > start
            && matches!(self.mark(end - 1), Some(Mark::Stop | Mark::Comma | Mark::Colon | Mark::Dash))
        {
            end -= 1;
        }
        end
    }

    /// True if the attribution at `from` opens the unit as a subordinate clause: "Although he said ...".
    fn subordinate(&self, from: usize) -> bool {
        (1..=2).contains(&from)
            && matches!(
                self.word(0),
                "Although"
                    | "While"
                    | "Though"
                    | "When"
                    | "After"
                    | "If"
                    | "As"
                    | "Since"
                    | "Because"
                    | "Before"
            )
    }

    fn first_comma(&self, start: usize, end: usize) -> usize {
        (start + 1..end)
            .find(|&i| {
                self.mark(i) == Some(Mark::Comma)
                    || self.quote(i).is_some_and(|q| q.inner.of(self.text).ends_with(','))
            })
            .map_or(end, |i| if self.mark(i) == Some(Mark::Comma) { i } else { i + 1 })
    }

    /// Ends the last content where the next attribution takes over.
    fn cut(&self, found: &mut [Attribution], next: &Attribution) {
        let Some(last) = found.last_mut() else { return };
        if last.tag {
            return;
        }
        let own = next
            .speaker
            .as_ref()
            .filter(|s| !next.shared && s.start < next.cue.start && s.start >= last.content.start);
        let mut end = own.map_or(next.cue.start, |s| s.start);
        let mut separated = next.shared;
        while end > last.content.start
            && (self.mark(end - 1) == Some(Mark::Comma)
                || self.is(end - 1, class::COORDINATOR)
                || matches!(self.word(end - 1), "while" | "though" | "although"))
        {
            end -= 1;
            separated = true;
        }
        if separated && end > last.content.start && end < last.content.end && !next.tag {
            last.content.end = end;
        }
    }

    /// "According to X, ..." and "..., according to X".
    fn according(&self, i: usize, found: &[Attribution]) -> Option<Attribution> {
        if self.word(i + 1) != "to" {
            return None;
        }
        let speaker = phrase::beginning_at(self.tokens, i + 2)?;
        let cue = i..i + 2;
        let begin = self.content_start(i, found);
        if i <= begin + 1 {
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
        let end = if self.mark(i - 1) == Some(Mark::Comma) { i - 1 } else { i };
        Some(Attribution {
            cue,
            speaker: Some(speaker),
            content: begin..end,
            tag: true,
            shared: false,
            more: None,
        })
    }
}

/// Verbs that stand before their subject without a quotation.
fn inverts(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "say"
            | "added"
            | "wrote"
            | "writes"
            | "reported"
            | "reports"
            | "argued"
            | "warned"
            | "noted"
            | "explained"
            | "announced"
    )
}
