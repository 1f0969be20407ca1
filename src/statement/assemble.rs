//! Turns the attributions of each unit into statements, and quotations and sentences without one as well.

use std::ops::Range;

use super::clause::{Clause, REACH};
use super::furniture;
use super::lexicon::class;
use super::phrase;
use super::quote::{self, Quote};
use super::reported::Attribution;
use super::speaker::Speakers;
use super::token::{Mark, Token, colon_before, span_of};
use super::transcript::{self, Labels};
use super::unit::{self, Unit};
use crate::article::{Article, Kind, Statement};
use crate::span::Span;
use crate::text::paragraph::Paragraphs;
use crate::text::sentence::sentences_in;

/// An attribution of at most so many bytes between two stretches of one speech is bare ("he said"): it makes one
/// statement of them, where a longer one ("he told reporters in Geneva") parts them.
const BARE_TAG: usize = 60;
/// A first stretch of at most so many bytes is a mere lead-in, one statement with what follows a longer tag.
const LEAD_IN: usize = 50;
const LONG_TAG: usize = 120;
/// Who spoke at most so many paragraphs ago answers a question.
const ANSWER: usize = 4;

/// The statements of `article`, by position.
#[must_use]
pub fn extract(article: &Article) -> Vec<Statement> {
    let text = article.text.as_str();
    let paragraphs = Paragraphs::of(text);
    let quotes = quote::quotes(text, &paragraphs);
    let (units, tokens) = unit::units(text, &paragraphs, &quotes);
    let mut assembly = Assembly {
        text,
        paragraphs: &paragraphs,
        quotes: &quotes,
        speakers: Speakers::new(text, &tokens),
        labels: Labels::of(text, &units, &tokens),
        found: Vec::new(),
        turn: None,
        other: None,
        announced: None,
        paragraph: None,
        labelled: false,
    };
    for unit in &units {
        if let Some(words) = tokens.get(unit.tokens.clone()) {
            assembly.read(unit, words);
        }
    }
    let mut found = assembly.found;
    found.sort_by_key(|statement| (statement.span.start, statement.span.end));
    continued(text, &mut found);
    found
}

/// Gives the paragraphs of one quotation the speaker who is named behind the last of them.
fn continued(text: &str, found: &mut [Statement]) {
    for i in (1..found.len()).rev() {
        let Some([first, next]) = found.get_mut(i - 1..=i) else { break };
        let gap = text.get(first.span.end..next.span.start).unwrap_or_default();
        let before = text.get(..first.span.start).unwrap_or_default().trim_end();
        let mark = gap.trim();
        let goes_on = gap.contains('\n') && mark.chars().count() == 1 && before.ends_with(mark);
        let direct = first.kind == Kind::Direct && matches!(next.kind, Kind::Direct | Kind::Mixed);
        if goes_on && direct && first.cue.is_none() && next.speaker.is_some() {
            first.speaker = next.speaker.clone();
        }
    }
}

/// The last attribution: who speaks, named where, in which paragraph.
#[derive(Clone)]
struct Turn {
    name: String,
    mention: Option<Span>,
    paragraph: usize,
}

impl Turn {
    /// A name that is wrapped in the text stands on one line.
    fn new(name: String, mention: Option<Span>, unit: &Unit) -> Self {
        let name =
            if name.contains('\n') { name.split_whitespace().collect::<Vec<_>>().join(" ") } else { name };
        Self { name, mention, paragraph: unit.paragraph }
    }
}

struct Assembly<'a> {
    text: &'a str,
    paragraphs: &'a Paragraphs<'a>,
    quotes: &'a [Quote],
    speakers: Speakers<'a>,
    labels: Labels<'a>,
    found: Vec<Statement>,
    turn: Option<Turn>,
    /// The last turn of somebody else: the one who answers a question.
    other: Option<Turn>,
    /// Whoever speaks behind the colon that ends the last unit.
    announced: Option<Turn>,
    /// The paragraph of the last unit, and whether it is a turn of a transcript.
    paragraph: Option<usize>,
    labelled: bool,
}

impl Assembly<'_> {
    fn read(&mut self, unit: &Unit, tokens: &[Token]) {
        let first = self.found.len();
        let clause = Clause::new(self.text, tokens, self.quotes);
        self.speakers.enter(unit, tokens);
        if self.signature(unit, tokens)
            || furniture::is_furniture(unit.span.of(self.text))
            || self.transcribed(unit, tokens)
        {
            return;
        }
        let attributions = clause.attributions();
        let mut claimed = vec![false; tokens.len()];
        for (i, attribution) in attributions.iter().enumerate() {
            let outer = i.checked_sub(1).and_then(|last| attributions.get(last));
            let own = attribution
                .speaker
                .as_ref()
                .filter(|s| !attribution.shared && s.end <= attribution.cue.start);
            let nested =
                own.is_some_and(|own| outer.is_some_and(|o| !o.tag && o.content.contains(&own.start)));
            self.speakers.nest(nested);
            self.attribute(unit, tokens, attribution, &mut claimed, nested);
        }
        self.speakers.nest(false);
        self.loose_quotes(unit, tokens, &claimed);
        self.narrative(unit, &clause, &attributions, first);
        self.announced = clause.announcer().and_then(|range| {
            let name = self.speakers.resolve(tokens, &range)?;
            Some(Turn::new(name, Some(span_of(tokens, &range)), unit))
        });
    }

    /// A turn of a transcript, "PIKE: We are ready.": all of its paragraph is one direct statement.
    fn transcribed(&mut self, unit: &Unit, tokens: &[Token]) -> bool {
        let begins = self.paragraph.replace(unit.paragraph) != Some(unit.paragraph);
        if !begins {
            if self.labelled
                && let Some(turn) = self.found.last_mut()
            {
                turn.span.end = unit.span.end;
            }
            return self.labelled;
        }
        let named = transcript::label(self.text, tokens).and_then(|(label, colon)| {
            let name = self.labels.name(label.of(self.text), &self.speakers)?;
            let marks = self.text.get(colon.end..unit.span.end)?.bytes().take_while(|b| *b == b'*').count();
            Some((Turn::new(name, Some(label), unit), Span::new(colon.start, colon.end + marks)))
        });
        self.labelled = named.is_some();
        if let Some((turn, colon)) = named {
            self.push(Span::new(colon.end, unit.span.end), Kind::Direct, Some(turn.clone()), None);
            self.take_over(turn);
        }
        self.labelled
    }

    fn attribute(
        &mut self,
        unit: &Unit,
        tokens: &[Token],
        attribution: &Attribution,
        claimed: &mut [bool],
        nested: bool,
    ) {
        let cue = span_of(tokens, &attribution.cue);
        let mention = attribution.speaker.as_ref().map(|range| span_of(tokens, range));
        let name = attribution.speaker.as_ref().and_then(|range| self.speakers.resolve(tokens, range));
        let turn = name.map(|name| Turn::new(name, mention, unit));
        let cue = Some(cue);
        let content = &attribution.content;
        if attribution.tag {
            let quote = content.end.checked_sub(1).and_then(|last| self.quote_at(tokens, last));
            let more = attribution.more.and_then(|m| self.quote_at(tokens, m));
            match (quote, more) {
                (Some(quote), Some(more)) if self.goes_on(tokens, attribution, quote) => {
                    let start = tokens.get(content.start).map_or(quote.outer.start, |t| t.span.start);
                    let start = if start == quote.outer.start { quote.inner.start } else { start };
                    self.push(Span::new(start, more.inner.end), Kind::Mixed, turn.clone(), cue);
                }
                (Some(_), more) => {
                    self.content(tokens, content, turn.clone(), cue);
                    if let Some(more) = more {
                        self.push(more.inner, Kind::Direct, turn.clone(), cue);
                    }
                }
                (None, _) => self.content(tokens, content, turn.clone(), cue),
            }
            if let Some(m) = attribution.more {
                claim(claimed, &(m..m + 1));
            }
        } else {
            self.content(tokens, content, turn.clone(), cue);
        }
        claim(claimed, content);
        if let Some(turn) = turn.filter(|_| !nested) {
            self.take_over(turn);
        }
    }

    fn quote_at(&self, tokens: &[Token], index: usize) -> Option<Quote> {
        tokens.get(index)?.quote().and_then(|number| self.quotes.get(number)).copied()
    }

    /// True if the attribution interrupts a sentence, or stands behind a mere lead-in.
    fn goes_on(&self, tokens: &[Token], attribution: &Attribution, quote: Quote) -> bool {
        let comma = attribution
            .more
            .and_then(|m| m.checked_sub(1))
            .and_then(|b| tokens.get(b))
            .is_some_and(|t| matches!(t.mark, Mark::Comma | Mark::Dash));
        comma && !quote.inner.of(self.text).ends_with(['.', '?', '!'])
    }

    /// The words of a content range: one quotation, words with quotations, or words.
    fn content(&mut self, tokens: &[Token], range: &Range<usize>, turn: Option<Turn>, cue: Option<Span>) {
        let words = tokens.get(range.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        if !words.iter().any(Token::is_word) {
            for quote in words.iter().filter_map(|t| t.quote().and_then(|n| self.quotes.get(n))) {
                self.push(quote.inner, Kind::Direct, turn.clone(), cue);
            }
            return;
        }
        if let Some(quote) = last.quote().and_then(|n| self.quotes.get(n))
            && (announces(words) || self.several_sentences(*quote))
        {
            self.push(quote.inner, Kind::Direct, turn, cue);
            return;
        }
        let span = Span::new(first.span.start, last.span.end);
        let next = self.quotes.partition_point(|quote| quote.outer.start < span.start);
        let quoted = self.quotes.get(next).is_some_and(|quote| quote.outer.start < span.end);
        self.push(span, if quoted { Kind::Mixed } else { Kind::Reported }, turn, cue);
    }

    fn several_sentences(&self, quote: Quote) -> bool {
        sentences_in(self.text, quote.inner, self.paragraphs).len() > 1
    }

    /// Quotations that no attribution holds: the next words of the last speaker, or somebody's.
    fn loose_quotes(&mut self, unit: &Unit, tokens: &[Token], claimed: &[bool]) {
        let words = tokens.iter().filter(|t| t.is_word()).count();
        for i in 0..tokens.len() {
            if claimed.get(i).copied().unwrap_or(true) {
                continue;
            }
            let Some(quote) = self.quote_at(tokens, i) else { continue };
            if !self.is_speech(quote, words == 0) {
                continue;
            }
            if words == 0 && self.bridge(quote, unit) {
                continue;
            }
            if words == 0 {
                self.take_turn(unit);
            } else if !self.signed(unit, tokens, i) {
                self.introduced(unit, tokens, i);
            }
            let turn = self.turn.clone().filter(|turn| unit.paragraph <= turn.paragraph + 1);
            self.push(quote.inner, Kind::Direct, turn, None);
        }
    }

    /// Whoever is the subject before a colon speaks behind it: "Her deputy, Olu Bako, disagreed: “...”".
    fn introduced(&mut self, unit: &Unit, tokens: &[Token], quote: usize) {
        let Some(colon) = colon_before(tokens, quote) else { return };
        let subject = phrase::subject(tokens, 0, colon);
        let named = subject.and_then(|range| Some((self.speakers.resolve_person(tokens, &range)?, range)));
        match named {
            Some((name, range)) => self.take_over(Turn::new(name, Some(span_of(tokens, &range)), unit)),
            // "The reply of the firm: “...”" is somebody else's.
            None => self.turn = None,
        }
    }

    /// A paragraph that is a name behind a dash tells who spoke in the one before.
    fn signature(&mut self, unit: &Unit, tokens: &[Token]) -> bool {
        // A dash before a paragraph is a bullet, which no sentence has.
        let before = self.text.get(..unit.span.start).unwrap_or_default().trim_end_matches(' ');
        let dash = before.ends_with(['—', '–']) && tokens.len() <= REACH;
        let named = tokens.first().is_some_and(|t| t.capital && t.is_word());
        let Some(range) = phrase::beginning_at(tokens, 0).filter(|_| dash && named) else { return false };
        let alone = |last: &&mut Statement| {
            let gap = self.text.get(last.span.end..unit.span.start).unwrap_or_default();
            last.kind == Kind::Direct && last.cue.is_none() && !gap.contains(char::is_alphanumeric)
        };
        let Some(last) = self.found.last_mut().filter(alone) else { return false };
        let Some(name) = self.speakers.resolve_person(tokens, &range) else { return false };
        let turn = Turn::new(name, Some(span_of(tokens, &range)), unit);
        last.speaker = Some(crate::article::Speaker { name: turn.name.clone(), mention: turn.mention });
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

    /// The next turn is this one.
    fn take_over(&mut self, turn: Turn) {
        if self.turn.as_ref().is_some_and(|last| last.name != turn.name) {
            self.other = self.turn.take();
        }
        self.turn = Some(turn);
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

    /// Speech, not a title or a scare quote.
    fn is_speech(&self, quote: Quote, alone: bool) -> bool {
        let inner = quote.inner.of(self.text);
        // Chinese and Japanese have no spaces.
        if inner.chars().take(24).filter(|c| *c >= '\u{3000}').count() >= 6 {
            return true;
        }
        let words: Vec<&str> = inner.split_ascii_whitespace().take(12).collect();
        let small =
            words.iter().skip(1).filter(|w| w.starts_with(|c: char| c.is_lowercase()) && w.len() > 3).count();
        if words.len() < 12 && small == 0 {
            return alone && words.len() > 2;
        }
        words.len() > 3 || alone
    }

    /// The reporter's own words: a sentence without a statement, or the clause before the first attribution.
    fn narrative(&mut self, unit: &Unit, clause: &Clause<'_>, attributions: &[Attribution], first: usize) {
        let tokens = clause.tokens;
        let Some(attribution) = attributions.first() else {
            if self.found.len() == first && self.is_sentence(unit.span, tokens) {
                self.push(unit.span, Kind::Narrative, None, None);
            }
            return;
        };
        // "The firm, which called it “a joke”, left": it left.
        let goes_on = clause.relative(attribution.cue.start) && attribution.content.end + 2 < tokens.len();
        if goes_on && attributions.len() == 1 {
            self.push(unit.span, Kind::Narrative, None, None);
        } else if let Some(end) = main_clause(tokens, attribution) {
            let nominal = is_nominal(tokens.get(attribution.content.clone()).unwrap_or_default());
            let end = if nominal { attribution.content.end } else { end };
            let words = tokens.get(clause.dateline()..end).unwrap_or_default();
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                self.push(Span::new(first.span.start, last.span.end), Kind::Narrative, None, None);
            }
        }
    }

    /// Not a headline, a byline or a fragment.
    fn is_sentence(&self, span: Span, tokens: &[Token]) -> bool {
        let words = tokens.iter().filter(|t| t.is_word()).count();
        let ended = span.of(self.text).ends_with(['.', '!', '?', '”', '"', ')', '’', '。', '…', '」']);
        words >= 4 && ended || words >= 12
    }

    fn push(&mut self, span: Span, kind: Kind, turn: Option<Turn>, cue: Option<Span>) {
        let span = span.trimmed(self.text);
        if span.is_empty() || span.of(self.text).is_empty() {
            return;
        }
        let speaker = turn.map(|turn| crate::article::Speaker { name: turn.name, mention: turn.mention });
        self.found.push(Statement { span, kind, speaker, cue, holder: None, counterpart: None });
    }
}

/// True if all that is quoted stands behind a colon at the end: "the demand: “...”".
fn announces(content: &[Token]) -> bool {
    let colon = content.len().checked_sub(1).and_then(|last| colon_before(content, last));
    colon.and_then(|end| content.get(..end)).is_some_and(|words| words.iter().all(|t| t.quote().is_none()))
}

fn claim(claimed: &mut [bool], range: &Range<usize>) {
    if let Some(tokens) = claimed.get_mut(range.clone()) {
        tokens.fill(true);
    }
}

/// True for a mere noun phrase: what is named so belongs to the clause before, "has ruled out direct talks while voicing
/// openness to indirect ones".
fn is_nominal(content: &[Token]) -> bool {
    content
        .iter()
        .all(|t| t.quote().is_none() && !t.is(class::AUXILIARY | class::COMPLEMENT | class::PRONOUN))
}

/// The shortest clause that says something, in words.
const CLAUSE: usize = 4;

/// The comma before a conjunction and the attribution under it, at most so many words on, in a sentence that does not begin
/// with such a clause itself.
fn before_subordinate(tokens: &[Token], attribution: &Attribution) -> Option<usize> {
    const OPENING: u32 = class::SUBORDINATOR | class::PREPOSITION | class::OPENER;
    let speaker = attribution.speaker.as_ref()?.start;
    let from = speaker.saturating_sub(4);
    let comma = (from..speaker).rev().find(|&i| tokens.get(i).is_some_and(|t| t.mark == Mark::Comma))?;
    let under = tokens.get(comma..speaker)?.iter().any(|t| t.is(class::SUBORDINATOR));
    (under && !tokens.first()?.is(OPENING)).then_some(comma)
}

/// The end of the clause before an attribution that shares its subject, "X has ruled out talks, saying ...", or stands
/// under it, "X has ruled out talks, hours after Y had said ...".
fn main_clause(tokens: &[Token], attribution: &Attribution) -> Option<usize> {
    if attribution.tag {
        return colon_before(tokens, attribution.content.start).filter(|&colon| colon >= CLAUSE);
    }
    let mut end =
        if attribution.shared { attribution.cue.start } else { before_subordinate(tokens, attribution)? };
    while tokens
        .get(end.checked_sub(1)?)
        .is_some_and(|t| t.mark == Mark::Comma || t.is(class::COORDINATOR | class::SUBORDINATOR))
    {
        end -= 1;
    }
    let clause = tokens.get(..end)?;
    let whole = clause.last().is_some_and(|t| !t.is(class::PREPOSITION));
    (whole && clause.iter().filter(|t| t.is_word()).count() >= CLAUSE).then_some(end)
}
