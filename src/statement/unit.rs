//! Units: sentences outside quotations, where a quotation of several sentences counts as one word.

use std::ops::Range;

use super::lexicon::{class, form};
use super::quote::Quote;
use super::surname::free_surnames;
use super::token::{Mark, Token, tokenize};
use crate::span::Span;
use crate::text::paragraph::Paragraphs;
use crate::text::sentence;

/// Consecutive sentences that quotations hold together.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) span: Span,
    /// Counts paragraphs from the top.
    pub(crate) paragraph: usize,
    pub(crate) tokens: Range<usize>,
}

/// The units of `text` and their tokens, by position.
pub(crate) fn units(text: &str, paragraphs: &Paragraphs<'_>, quotes: &[Quote]) -> (Vec<Unit>, Vec<Token>) {
    let mut units: Vec<Unit> = Vec::new();
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut next = quotes.iter().enumerate().peekable();
    // All up to here is in tokens.
    let mut at = 0;
    // The quotation that reaches farthest ends here.
    let mut held = 0;
    let mut paragraph = 0;
    for sentence in sentence::sentences_in(text, Span::new(0, text.len()), paragraphs) {
        // A blank line of a block quotation.
        if sentence.of(text) == ">" {
            continue;
        }
        let begun = tokens.len();
        let joined = held > sentence.start;
        if !joined && paragraphs.break_between(at, sentence.start) {
            paragraph += 1;
        }
        at = at.max(sentence.start);
        while let Some(&(number, quote)) = next.peek() {
            if quote.outer.start >= sentence.end {
                break;
            }
            tokenize(text, Span::new(at, quote.outer.start), false, &mut tokens);
            if is_nickname(text, quote, tokens.last()) {
                tokenize(text, quote.inner, false, &mut tokens);
            } else {
                tokens.push(Token::plain(quote.outer, Mark::Quote(number)));
            }
            at = at.max(quote.outer.end);
            held = held.max(quote.outer.end);
            next.next();
        }
        tokenize(text, Span::new(at, sentence.end), true, &mut tokens);
        if let Some(first) = tokens.get_mut(begun) {
            first.begins = true;
        }
        at = at.max(sentence.end);
        let end = sentence.end;
        match units.last_mut() {
            Some(unit) if joined => {
                unit.span.end = unit.span.end.max(end);
                unit.tokens.end = tokens.len();
            }
            _ => units.push(Unit { span: sentence, paragraph, tokens: begun..tokens.len() }),
        }
    }
    free_surnames(text, &mut tokens);
    (join_tags(text, quotes, units, &tokens), tokens)
}

/// True for a word or two inside a name: `Shane "Bluey" Pike`.
fn is_nickname(text: &str, quote: &Quote, before: Option<&Token>) -> bool {
    const FUNCTION: u32 = class::DETERMINER | class::PREPOSITION | class::COORDINATOR | class::SUBORDINATOR;
    let named = before.is_some_and(|t| t.capital && !t.is(FUNCTION) && t.span.end + 1 == quote.outer.start);
    let inner = quote.inner.of(text);
    let mut behind = text.get(quote.outer.end..).unwrap_or_default().chars();
    named
        && inner.len() <= 20
        && inner.split(' ').count() <= 2
        && inner.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && !inner.ends_with(['.', ',', '!', '?'])
        && behind.next() == Some(' ')
        && behind.next().is_some_and(char::is_uppercase)
}

/// Joins `"Who goes?"` and `Smith asked.`, which look like two sentences.
fn join_tags(text: &str, quotes: &[Quote], units: Vec<Unit>, tokens: &[Token]) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        match joined.last_mut() {
            Some(last)
                if last.paragraph == unit.paragraph
                    && ends_quoted(text, quotes, last, tokens)
                    && is_tag(text, &unit, tokens) =>
            {
                last.span.end = unit.span.end;
                last.tokens.end = unit.tokens.end;
            }
            _ => joined.push(unit),
        }
    }
    joined
}

/// True if the last word of the unit is a quotation that ends a sentence.
fn ends_quoted(text: &str, quotes: &[Quote], unit: &Unit, tokens: &[Token]) -> bool {
    let last = unit.tokens.end.checked_sub(1).and_then(|last| tokens.get(last));
    let quote = last.and_then(Token::quote).and_then(|number| quotes.get(number));
    quote.is_some_and(|quote| quote.inner.of(text).ends_with(['?', '!', '.', '…', '—']))
}

/// The longest subject of a tag with more behind it, and of one that is all of its unit, in tokens.
const SUBJECT: usize = 5;
const LONG_SUBJECT: usize = 14;

/// True if a unit is a speaker and a cue, with nothing said: "Smith asked."
fn is_tag(text: &str, unit: &Unit, tokens: &[Token]) -> bool {
    let words = tokens.get(unit.tokens.clone()).unwrap_or_default();
    let Some(cue) = words
        .iter()
        .take(LONG_SUBJECT + 1)
        .position(|t| t.entry.cue.is_some_and(|cue| cue.forms & form::PAST != 0) && !t.capital)
    else {
        return false;
    };
    let long = cue > SUBJECT;
    let inside = |t: &Token| t.is_word() || long && t.mark == Mark::Comma;
    let named =
        cue > 0 && words.iter().take(cue).all(|t| inside(t) && !t.is(class::AUXILIARY | class::SUBORDINATOR));
    let behind = words.get(cue + 1);
    // "Smith asked Brand.", "Smith replied when asked about it."
    let hearer = words.iter().skip(cue + 1).take_while(|t| t.is_word() && t.capital).count();
    let heard = hearer > 0 && words.get(cue + 1 + hearer).is_none_or(|t| t.mark == Mark::Stop);
    let when = behind.is_some_and(|t| t.span.of(text) == "when");
    let ends = heard
        || when
        || behind.is_none_or(|t| {
            let led = t.is(class::TIME | class::PREPOSITION) && !t.is(class::DETERMINER);
            t.mark == Mark::Stop || !long && (t.mark == Mark::Comma || led)
        });
    let quoted = words.iter().skip(cue).take(12).any(|t| t.quote().is_some());
    named && ends && !quoted && words.len() < 24
}
