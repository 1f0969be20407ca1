//! From an article to its statements.

use super::assemble::Assembly;
use super::loose;
use super::quote::{self, Quote};
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

/// How many quotations of `text` lack the mark that closes them: no mark does, and the next paragraph does not go on with
/// them. [`extract`] ends them with their paragraph.
#[must_use]
pub fn unclosed_quotations(text: &str) -> usize {
    let found = quote::quotes(text, &Paragraphs::of(text));
    let goes_on = |quote: &Quote, next: Option<&Quote>| {
        let between = next.and_then(|next| text.get(quote.outer.end..next.outer.start));
        between.is_some_and(|gap| gap.contains('\n') && gap.trim().is_empty())
    };
    found.iter().enumerate().filter(|(i, quote)| !quote.closed && !goes_on(quote, found.get(i + 1))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_that_no_mark_closes_are_counted_but_for_those_that_go_on() {
        let check = |text: &str, expect: usize| assert_eq!(unclosed_quotations(text), expect, "{text}");
        check("“We will talk,” he said.", 0);
        check("“We will talk, he said.\nShe left.", 1);
        check("“We will talk.\n“We will wait.”", 0);
        check("“We will talk.\n“We will wait.\nShe said “no", 2);
        check("He's 6'2\" and the brothers' car", 0);
    }
}
