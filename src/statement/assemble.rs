//! Turns the attributions of each unit into statements, and quotations and sentences without one as well.

use std::ops::Range;

use super::attribution::Attribution;
use super::clause::Clause;
use super::furniture;
use super::lexicon::class;
use super::phrase;
use super::quote::Quote;
use super::speaker::Speakers;
use super::token::{Mark, Token, colon_before, span_of};
use super::transcript::{self, Labels};
use super::unit::Unit;
use crate::article::{Kind, Statement};
use crate::span::Span;
use crate::text::paragraph::Paragraphs;
use crate::text::sentence::sentences_in;

/// The last attribution: who speaks, named where, in which paragraph.
#[derive(Clone)]
pub(super) struct Turn {
    pub(super) name: String,
    pub(super) mention: Option<Span>,
    pub(super) paragraph: usize,
}

impl Turn {
    /// A name that is wrapped in the text stands on one line.
    pub(super) fn new(name: String, mention: Option<Span>, unit: &Unit) -> Self {
        let name =
            if name.contains('\n') { name.split_whitespace().collect::<Vec<_>>().join(" ") } else { name };
        Self { name, mention, paragraph: unit.paragraph }
    }
}

pub(super) struct Assembly<'a> {
    pub(super) text: &'a str,
    pub(super) paragraphs: &'a Paragraphs<'a>,
    pub(super) quotes: &'a [Quote],
    pub(super) speakers: Speakers<'a>,
    pub(super) labels: Labels<'a>,
    pub(super) found: Vec<Statement>,
    pub(super) turn: Option<Turn>,
    /// The last turn of somebody else: the one who answers a question.
    pub(super) other: Option<Turn>,
    /// Whoever speaks behind the colon that ends the last unit.
    pub(super) announced: Option<Turn>,
    /// The paragraph of the last unit, and whether it is a turn of a transcript.
    pub(super) paragraph: Option<usize>,
    pub(super) labelled: bool,
}

impl Assembly<'_> {
    pub(super) fn read(&mut self, unit: &Unit, tokens: &[Token]) {
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
        let named = transcript::label(self.text, tokens, self.quotes).and_then(|(label, colon)| {
            let name = self.labels.name(label.of(self.text), &self.speakers)?;
            let marks = self.text.get(colon.end..unit.span.end)?.bytes().take_while(|b| *b == b'*').count();
            Some((Turn::new(name, Some(label), unit), Span::new(colon.start, colon.end + marks)))
        });
        self.labelled = named.is_some();
        if let Some((turn, colon)) = named {
            let end = self.quote_at(tokens, 0).map_or(unit.span.end, |quote| quote.inner.end);
            // "Pike: “We are ready.”"
            let marked = tokens.iter().position(|t| t.span.start >= colon.end);
            let marked = marked.and_then(|at| self.quote_at(tokens, at));
            let all = marked.filter(|quote| quote.outer.end >= unit.span.end);
            let span = all.map_or(Span::new(colon.end, end), |quote| quote.inner);
            self.push(span, Kind::Direct, Some(turn.clone()), None);
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
        let name = attribution.speaker.as_ref().and_then(|range| match &self.turn {
            Some(turn) if nested && is_teller(tokens, range) => Some(turn.name.clone()),
            _ => self.speakers.resolve(tokens, range),
        });
        let that = tokens.get(attribution.content.start).is_some_and(|t| t.is(class::COMPLEMENT));
        let first = tokens.get(attribution.content.start + usize::from(that));
        if let (Some(name), Some(first), false) = (&name, first, attribution.tag) {
            self.speakers.learn(name, first);
        }
        // A sentence of its own: "Adding, “It is late.”"
        let goes_on = attribution.shared && attribution.speaker.is_none() && attribution.cue.start == 0;
        let last = self.turn.clone().filter(|turn| goes_on && unit.paragraph <= turn.paragraph + 1);
        let turn = name.map(|name| Turn::new(name, mention, unit)).or(last);
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
        // "According to the Post, Pike said": Pike goes on.
        let relayed = self.found.iter().rev().nth(1).is_some_and(|outer| {
            outer.cue.is_some_and(|cue| {
                cue.of(self.text).eq_ignore_ascii_case("according to") && cue.start >= unit.span.start
            })
        });
        if let Some(turn) = turn.filter(|_| !nested || relayed) {
            self.take_over(turn);
        }
    }

    pub(super) fn quote_at(&self, tokens: &[Token], index: usize) -> Option<Quote> {
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
        // "said that, “It is late”".
        let that =
            matches!(words, [that, comma, ..] if that.is(class::COMPLEMENT) && comma.mark == Mark::Comma);
        if !words.iter().skip(usize::from(that)).any(Token::is_word) {
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

    /// The next turn is this one.
    pub(super) fn take_over(&mut self, turn: Turn) {
        if self.turn.as_ref().is_some_and(|last| last.name != turn.name) {
            self.other = self.turn.take();
        }
        self.turn = Some(turn);
    }

    /// The reporter's own words: a sentence without a statement, or the clause before the first attribution.
    fn narrative(&mut self, unit: &Unit, clause: &Clause<'_>, attributions: &[Attribution], first: usize) {
        let tokens = clause.tokens;
        let placed = clause.dateline();
        let own = tokens.get(placed..).unwrap_or_default();
        let begin = own.first().filter(|_| placed > 0).map_or(unit.span.start, |t| t.span.start);
        let whole = Span::new(begin, unit.span.end);
        let Some(attribution) = attributions.first() else {
            // "It broke off talks over “the worst insult in years”."
            let fragments = self.found.get(first..).unwrap_or_default().iter().all(|row| {
                let before = tokens.partition_point(|t| t.span.start < row.span.start);
                let led = before.checked_sub(2).and_then(|b| tokens.get(b));
                led.is_some_and(Token::is_word)
            });
            if fragments && self.is_sentence(unit.span, own) {
                self.push(whole, Kind::Narrative, None, None);
            }
            return;
        };
        for attribution in attributions {
            let about = clause.told_of_speaker(attribution, attributions).and_then(|range| tokens.get(range));
            if let Some([first, .., last]) = about {
                self.push(Span::new(first.span.start, last.span.end), Kind::Narrative, None, None);
            }
        }
        let behind = attributions.last().and_then(|last| clause.behind(last));
        if let Some([first, .., last]) = behind.and_then(|range| tokens.get(range)) {
            self.push(Span::new(first.span.start, last.span.end), Kind::Narrative, None, None);
        }
        // "The firm, which called it “a joke”, left": it left.
        let start = attribution.cue.start;
        let inside = clause.relative(start) || attribution.shared && clause.parted(start);
        let goes_on = inside && attribution.content.end + 2 < tokens.len();
        if goes_on && attributions.len() == 1 || clause.what_is_called(attribution) {
            self.push(whole, Kind::Narrative, None, None);
        } else if let Some(told) = clause.main_clause(attribution)
            // "Adding that it was late, Pike said ...": he says it, and it is not told of him.
            && !attributions.iter().skip(1).any(|next| {
                told.contains(&next.cue.start) && next.speaker.as_ref().is_some_and(|s| s.start == told.start)
            })
            // "“Never,” the owner fired back, adding": he is quoted, and not told of.
            && self.quote_at(tokens, told.start).is_none_or(|quote| !self.is_speech(quote, false, false))
        {
            let nominal = is_nominal(tokens.get(attribution.content.clone()).unwrap_or_default());
            let end = if nominal && attribution.shared { attribution.content.end } else { told.end };
            let words = tokens.get(told.start..end).unwrap_or_default();
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                self.push(Span::new(first.span.start, last.span.end), Kind::Narrative, None, None);
            }
        }
    }

    /// Not a headline, a byline or a fragment.
    fn is_sentence(&self, span: Span, tokens: &[Token]) -> bool {
        let words = tokens.iter().filter(|t| t.is_word()).count();
        let ended = span.of(self.text).ends_with(['.', '!', '?', '”', '"', ')', '’', '。', '…', '」']);
        // "Talks collapsed."
        let short = words >= 2 && tokens.iter().skip(1).any(|t| phrase::acts(t, self.text));
        (words >= 4 || short) && ended || words >= 12
    }

    pub(super) fn push(&mut self, span: Span, kind: Kind, turn: Option<Turn>, cue: Option<Span>) {
        let span = span.trimmed(self.text).with_signs(self.text);
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

/// True for the "he" of "Pike said the talks, which he called a farce, were over": whoever tells it says that as well.
fn is_teller(tokens: &[Token], range: &Range<usize>) -> bool {
    let one = |t: &Token| t.is(class::MALE | class::FEMALE) && !t.is(class::DETERMINER);
    let relative = range.start.checked_sub(1).and_then(|before| tokens.get(before));
    range.len() == 1
        && tokens.get(range.start).is_some_and(one)
        && relative.is_some_and(|t| t.is(class::RELATIVE) && !t.is(class::COMPLEMENT))
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
