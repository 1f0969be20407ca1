//! Who a mention names: one canonical name an article.

use std::ops::Range;

use super::token::Token;
use super::unit::Unit;

pub(crate) struct Speakers<'a> {
    text: &'a str,
}

impl<'a> Speakers<'a> {
    pub(crate) fn new(text: &'a str, _tokens: &[Token], _units: &[Unit]) -> Self {
        Self { text }
    }

    pub(crate) fn enter(&mut self, _unit: &Unit, _tokens: &[Token]) {}

    pub(crate) fn leave(&mut self, _unit: &Unit, _tokens: &[Token]) {}

    pub(crate) fn resolve(&self, tokens: &[Token], range: &Range<usize>) -> Option<String> {
        let words = tokens.get(range.clone())?;
        let span = crate::span::Span::new(words.first()?.span.start, words.last()?.span.end);
        Some(span.of(self.text).to_owned())
    }
}
