//! From an article to its statements.

use super::assemble::Assembly;
use super::loose;
use super::quote;
use super::speaker::Speakers;
use super::transcript::Labels;
use super::unit;
use crate::article::{Article, Statement};
use crate::text::paragraph::Paragraphs;

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
        labels: Labels::of(text, &units, &tokens, &quotes),
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
    loose::continued(text, &mut found);
    found
}
