//! Units: sentences outside quotations, where a quotation of several sentences counts as one word.

use std::ops::Range;

use super::quote::Quote;
use super::token::{Mark, Token, tokenize};
use crate::span::Span;
use crate::text::sentence;

/// Consecutive sentences that quotations hold together.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) span: Span,
    /// Counts lines from the top.
    pub(crate) paragraph: usize,
    pub(crate) tokens: Range<usize>,
}

/// The units of `text` and their tokens, by position.
pub(crate) fn units(text: &str, quotes: &[Quote]) -> (Vec<Unit>, Vec<Token>) {
    let mut units: Vec<Unit> = Vec::new();
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut next = quotes.iter().enumerate().peekable();
    // All up to here is in tokens.
    let mut at = 0;
    // The quotation that reaches farthest ends here.
    let mut held = 0;
    let mut paragraph = 0;
    for sentence in sentence::sentences(text) {
        let begun = tokens.len();
        let joined = held > sentence.start;
        if !joined && text.get(at..sentence.start).is_some_and(|gap| gap.contains('\n')) {
            paragraph += 1;
        }
        at = at.max(sentence.start);
        while let Some(&(number, quote)) = next.peek() {
            if quote.outer.start >= sentence.end {
                break;
            }
            tokenize(text, Span::new(at, quote.outer.start), false, &mut tokens);
            tokens.push(Token::plain(quote.outer, Mark::Quote(number)));
            at = at.max(quote.outer.end);
            held = held.max(quote.outer.end);
            next.next();
        }
        tokenize(text, Span::new(at, sentence.end), true, &mut tokens);
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
    (units, tokens)
}
