//! What each word of a text is worth to a label, by leaving it out.

use crate::span::Span;
use crate::text::{TokenKind, tokens};

use super::classifier::ModelSession;

/// The most words that are left out in turn; those behind have no effect told.
const MOST: usize = 400;

/// One word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordEffect {
    /// Where it stands in the text.
    pub span: Span,
    /// The label's logit of the whole text, minus its logit without the word: above 0 if the word speaks for the label.
    pub logit: f64,
}

impl ModelSession<'_> {
    /// The effect of every word of `text` on the logit of `class`, by occlusion: the text is read anew without the
    /// word, so that all terms that it takes part in, negations and runs of words included, count together. The effects
    /// of words that say the same thing twice do not add up to the logit.
    pub fn word_effects(&mut self, text: &str, class: usize) -> Vec<WordEffect> {
        let logit =
            |session: &mut Self, text: &str| session.explain(text).logits.get(class).copied().unwrap_or(0.0);
        let whole = logit(self, text);
        let words = tokens(text).filter(|token| token.kind == TokenKind::Word).take(MOST);
        let effect = |span: Span| {
            let before = text.get(..span.start).unwrap_or_default();
            let after = text.get(span.end..).unwrap_or_default();
            let without = format!("{before}{}", after.strip_prefix(' ').unwrap_or(after));
            WordEffect { span, logit: whole - logit(self, &without) }
        };
        words.map(|token| token.span).map(effect).collect()
    }
}
