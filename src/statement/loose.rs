//! Quotations that no attribution holds: who speaks them is told by what stands around them.

use std::ops::Range;

use super::assemble::{Assembly, Turn};
use super::clause::REACH;
use super::lexicon::class;
use super::phrase;
use super::quote::Quote;
use super::subject::subject;
use super::token::{Mark, Token, colon_before, span_of};
use super::unit::Unit;
use crate::article::{Kind, Speaker, Statement};

/// An attribution of at most so many bytes between two stretches of one speech is bare ("he said"): it makes one
/// statement of them, where a longer one ("he told reporters in Geneva") parts them.
const BARE_TAG: usize = 60;
/// A first stretch of at most so many bytes is a mere lead-in, one statement with what follows a longer tag.
const LEAD_IN: usize = 50;
const LONG_TAG: usize = 120;
/// What ends a sentence or leads to its tag.
const ENDS: [char; 8] = ['.', '!', '?', ',', '…', '—', ';', ':'];
/// Who spoke at most so many paragraphs ago answers a question.
const ANSWER: usize = 4;

/// Gives the paragraphs of one quotation the speaker who is named behind the last of them.
pub(super) fn continued(text: &str, found: &mut [Statement]) {
    for i in (1..found.len()).rev() {
        let Some([first, next]) = found.get_mut(i - 1..=i) else { break };
        let gap = text.get(first.span.end..next.span.start).unwrap_or_default();
        let before = text.get(..first.span.start).unwrap_or_default().trim_end();
        let mark = gap.trim();
        let goes_on = gap.contains('\n') && mark.chars().count() == 1 && before.ends_with(mark);
        let direct = first.kind == Kind::Direct && matches!(next.kind, Kind::Direct | Kind::Mixed);
        if goes_on && direct && first.cue.is_none() && next.speaker.is_some() {
            first.speaker.clone_from(&next.speaker);
        }
    }
}

/// The subject of the words before a colon; without a verb, a name may stand right before it.
fn subject_before(tokens: &[Token], colon: usize) -> Option<Range<usize>> {
    let verb = tokens.iter().take(colon).position(|t| t.is(class::PAST) && !t.capital);
    let Some(verb) = verb else {
        // "A spokesman for the union, Nils Dahl: “...”"
        let named = |own: &Range<usize>| {
            let comma = own.start.checked_sub(1).and_then(|i| tokens.get(i));
            let words = tokens.get(own.clone()).unwrap_or_default();
            comma.is_some_and(|t| t.mark == Mark::Comma) && words.iter().all(|t| t.capital)
        };
        let last = phrase::ending_at(tokens, colon).filter(named);
        return last.or_else(|| subject(tokens, 0, colon));
    };
    let apposed = phrase::ending_at(tokens, verb).filter(|own| own.start == 0);
    apposed.or_else(|| subject(tokens, 0, colon))
}

/// Who in a subject without a name may speak: "the mayor", and "the mayor's" of "the mayor's message".
fn speaks(tokens: &[Token], subject: &Range<usize>) -> Option<Range<usize>> {
    let words = tokens.get(subject.clone())?;
    let owner = words.iter().position(|t| t.possessive && !t.is(class::DETERMINER));
    let end = owner.map_or(subject.end, |owner| subject.start + owner + 1);
    let head = tokens.get(end.checked_sub(1)?)?;
    let known = head.capital || head.is(class::ROLE | class::ORGANISATION);
    (known && !head.is(class::PRONOUN)).then_some(subject.start..end)
}

impl Assembly<'_> {
    /// Quotations that no attribution holds: the next words of the last speaker, or somebody's.
    pub(super) fn loose_quotes(&mut self, unit: &Unit, tokens: &[Token], claimed: &[bool]) {
        let words = tokens.iter().filter(|t| t.is_word()).count();
        for i in 0..tokens.len() {
            if claimed.get(i).copied().unwrap_or(true) {
                continue;
            }
            let Some(quote) = self.quote_at(tokens, i) else { continue };
            if !self.is_speech(quote, words == 0, colon_before(tokens, i).is_some()) {
                continue;
            }
            if words == 0 && self.bridge(quote, unit) {
                continue;
            }
            let own = words > 0
                && (self.signed(unit, tokens, i)
                    || self.tagged(unit, tokens, i)
                    || self.introduced(unit, tokens, i));
            if words == 0 {
                self.take_turn(unit);
            }
            let inner = quote.inner.of(self.text);
            // A heading: “Friendly and frank”.
            let heading = words == 0 && unit.span.len() <= LEAD_IN && !inner.ends_with(ENDS);
            let turn = self.turn.clone().filter(|turn| {
                let other = words > 0 && !own;
                unit.paragraph <= turn.paragraph + 1
                    && !heading
                    && !(other && self.speakers.is_about_another(tokens, &turn.name))
            });
            self.push(quote.inner, Kind::Direct, turn, None);
        }
    }

    /// Whoever is the subject before a colon speaks behind it: "Her deputy, Olu Bako, disagreed: “...”".
    fn introduced(&mut self, unit: &Unit, tokens: &[Token], quote: usize) -> bool {
        let Some(colon) = colon_before(tokens, quote) else { return false };
        let named = subject_before(tokens, colon).and_then(|range| {
            if let Some(name) = self.speakers.resolve_person(tokens, &range) {
                return Some((name, range));
            }
            let range = speaks(tokens, &range)?;
            Some((self.speakers.resolve(tokens, &range)?, range))
        });
        match named {
            Some((name, range)) => self.take_over(Turn::new(name, Some(span_of(tokens, &range)), unit)),
            // "The reply of the firm: “...”" is somebody else's.
            None => self.turn = None,
        }
        true
    }

    /// A paragraph that is a name behind a dash tells who spoke in the one before.
    pub(super) fn signature(&mut self, unit: &Unit, tokens: &[Token]) -> bool {
        // A dash before a paragraph is a bullet, which no sentence has.
        let before = self.text.get(..unit.span.start).unwrap_or_default().trim_end_matches(' ');
        let own = usize::from(tokens.first().is_some_and(|t| t.mark == Mark::Dash));
        let dash = (own > 0 || before.ends_with(['—', '–', '-'])) && tokens.len() <= REACH;
        let named = tokens.get(own).is_some_and(|t| t.capital && t.is_word());
        let Some(range) = phrase::beginning_at(tokens, own).filter(|_| dash && named) else { return false };
        let alone = |last: &&mut Statement| {
            let gap = self.text.get(last.span.end..unit.span.start).unwrap_or_default();
            last.kind == Kind::Direct && last.cue.is_none() && !gap.contains(char::is_alphanumeric)
        };
        let Some(last) = self.found.last_mut().filter(alone) else { return false };
        let Some(name) = self.speakers.resolve_person(tokens, &range) else { return false };
        let turn = Turn::new(name, Some(span_of(tokens, &range)), unit);
        last.speaker = Some(Speaker { name: turn.name.clone(), mention: turn.mention });
        self.take_over(turn);
        true
    }

    /// Whoever is named behind a dash speaks before it: "“We will wait.” — Ada Lind, mayor".
    fn signed(&mut self, unit: &Unit, tokens: &[Token], quote: usize) -> bool {
        let dash = tokens.get(quote + 1).is_some_and(|t| t.mark == Mark::Dash);
        let named = tokens.get(quote + 2).is_some_and(|t| t.capital && t.is_word());
        let range = phrase::beginning_at(tokens, quote + 2).filter(|_| dash && named && quote == 0);
        let name = range.as_ref().and_then(|range| self.speakers.resolve_person(tokens, range));
        let Some((name, range)) = name.zip(range) else { return false };
        self.take_over(Turn::new(name, Some(span_of(tokens, &range)), unit));
        true
    }

    /// Whoever does something behind a quotation that ends with a comma has said it: "“Never,” Dahl hit back".
    fn tagged(&mut self, unit: &Unit, tokens: &[Token], quote: usize) -> bool {
        let tag = quote == 0
            && self.quote_at(tokens, 0).is_some_and(|q| q.inner.of(self.text).ends_with([',', '?', '!']));
        let past =
            |i: usize| tokens.get(i).is_some_and(|t| phrase::acts(t, self.text) && !t.is(class::AUXILIARY));
        let known = |i: usize| tokens.get(i).is_some_and(|t| t.capital || t.is(class::DETERMINER));
        let range = if past(1) {
            phrase::beginning_at(tokens, 2).filter(|range| known(range.start))
        } else {
            let verb = (2..tokens.len().min(REACH)).find(|&i| past(i));
            let own = verb.and_then(|verb| phrase::ending_at(tokens, verb));
            own.map(|own| phrase::joined(tokens, own, 1)).filter(|range| range.start == 1)
        };
        let name = range.filter(|_| tag).and_then(|r| Some((self.speakers.resolve(tokens, &r)?, r)));
        let Some((name, range)) = name else { return false };
        self.take_over(Turn::new(name, Some(span_of(tokens, &range)), unit));
        true
    }

    /// A paragraph of mere quotation: the last speaker goes on, or the other one answers the question.
    fn take_turn(&mut self, unit: &Unit) {
        if let Some(turn) = self.announced.take().filter(|turn| unit.paragraph <= turn.paragraph + 1) {
            return self.take_over(Turn { paragraph: unit.paragraph, ..turn });
        }
        let last = self.found.last();
        let told = last
            .filter(|last| last.kind == Kind::Narrative)
            .is_some_and(|last| !self.paragraphs.break_between(last.span.end, unit.span.start));
        // "The mayor left the hall. “It is late.”"
        if let Some(name) = told.then(|| self.speakers.last_subject()).flatten() {
            return self.take_over(Turn::new(name, None, unit));
        }
        let asked = last.is_some_and(|last| last.span.of(self.text).ends_with('?'));
        if self.turn.as_ref().is_none_or(|turn| turn.paragraph + 1 != unit.paragraph) {
            return;
        }
        let answers =
            self.other.as_ref().is_some_and(|other| unit.paragraph.saturating_sub(other.paragraph) <= ANSWER);
        if asked && answers {
            std::mem::swap(&mut self.turn, &mut self.other);
        }
        if let Some(turn) = &mut self.turn {
            turn.paragraph = unit.paragraph;
        }
    }

    /// Joins the quotation to the last one, if no more than a bare attribution stands between them.
    fn bridge(&mut self, quote: Quote, unit: &Unit) -> bool {
        let Some(turn) = &self.turn else { return false };
        let Some(last) = self.found.last_mut() else { return false };
        if turn.paragraph != unit.paragraph || last.kind != Kind::Direct {
            return false;
        }
        let Some(tag) = self.text.get(last.span.end..quote.outer.start) else { return false };
        let bare = tag.len() <= BARE_TAG && !tag.contains(", ");
        let lead_in = last.span.len() <= LEAD_IN && tag.len() <= LONG_TAG;
        let silent = !tag.contains(char::is_alphabetic);
        if silent || !(bare || lead_in) || self.paragraphs.break_between(last.span.end, quote.outer.start) {
            return false;
        }
        last.span.end = quote.inner.end;
        last.kind = Kind::Mixed;
        true
    }

    /// Speech, not a title or a scare quote; what stands alone or behind a colon may be short.
    pub(super) fn is_speech(&self, quote: Quote, alone: bool, announced: bool) -> bool {
        let inner = quote.inner.of(self.text);
        // Chinese and Japanese have no spaces.
        if inner.chars().take(24).filter(|c| *c >= '\u{3000}').count() >= 6 {
            return true;
        }
        let words: Vec<&str> = inner.split_ascii_whitespace().take(12).collect();
        let small =
            words.iter().skip(1).filter(|w| w.starts_with(|c: char| c.is_lowercase()) && w.len() > 3).count();
        if words.len() < 12 && small == 0 {
            // "Their answer: “Never.”"
            return if words.len() > 2 { alone } else { announced && inner.ends_with(ENDS) };
        }
        words.len() > 3 || alone || announced
    }
}
