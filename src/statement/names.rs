//! Finds the names of a fixed list in a text: by whole words, case counts, the longest name first, one pass.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use xxhash_rust::xxh3::Xxh3Default;

use crate::span::Span;
use crate::text::{Token, TokenKind, tokens};

type ByWord<T> = HashMap<Box<str>, T, BuildHasherDefault<Xxh3Default>>;

#[derive(Clone, Debug)]
struct Name {
    /// The words after the first.
    rest: Vec<Box<str>>,
    id: usize,
}

/// A list of names, each with the id of what it names.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    by_first: ByWord<Vec<Name>>,
}

/// A name found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its words, without a possessive ending.
    pub(super) span: Span,
    /// What it names.
    pub(super) id: usize,
    /// First token, and one past the last.
    pub(super) tokens: (usize, usize),
    /// True for "Iran's".
    pub(super) possessive: bool,
}

impl Names {
    /// Adds a name; the first of equal names counts.
    pub(super) fn add(&mut self, name: &str, id: usize) {
        let mut words = tokens(name).filter(|t| t.kind == TokenKind::Word).map(|t| t.span.of(name));
        let Some(first) = words.next() else { return };
        let rest: Vec<Box<str>> = words.map(Into::into).collect();
        let names = self.by_first.entry(first.into()).or_default();
        if names.iter().any(|n| n.rest == rest) {
            return;
        }
        let at = names.partition_point(|n| n.rest.len() >= rest.len());
        names.insert(at, Name { rest, id });
    }

    /// The names in `text` by position; they do not overlap.
    pub(super) fn find(&self, text: &str, tokens: &[Token]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.name_at(text, tokens, at) {
                Some(name) => {
                    at = name.tokens.1;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    fn name_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Found> {
        let first = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?.span.of(text);
        let names = [first, base(first)].into_iter().find_map(|w| self.by_first.get(w))?;
        names.iter().find_map(|name| {
            let (end, last) = fits(&name.rest, text, tokens, at, first)?;
            let word = last.of(text);
            let possessive = base(word) != word;
            let span = Span::new(tokens.get(at)?.span.start, last.start + base(word).len());
            Some(Found { span, id: name.id, tokens: (at, end), possessive })
        })
    }
}

/// One past the last token of a name whose later words are `rest`, and the span of its last word. Only the last
/// word may have a possessive ending; points between words ("U.S. Congress") do not count.
fn fits(rest: &[Box<str>], text: &str, tokens: &[Token], start: usize, first: &str) -> Option<(usize, Span)> {
    let mut at = start + 1;
    let mut last = tokens.get(start)?.span;
    let mut word = first;
    for expect in rest {
        if base(word) != word {
            return None;
        }
        if tokens.get(at).is_some_and(|t| t.span.of(text) == "." && t.span.start == last.end) {
            at += 1;
        }
        let next = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?.span;
        word = next.of(text);
        let word_is = |form: &str| form.chars().map(straight).eq(expect.chars().map(straight));
        if !word_is(word) && !word_is(base(word)) {
            return None;
        }
        (last, at) = (next, at + 1);
    }
    Some((at, last))
}

/// The straight apostrophe for the curly one.
const fn straight(c: char) -> char {
    if c == '’' { '\'' } else { c }
}

/// `word` without its possessive ending.
fn base(word: &str) -> &str {
    ["'s", "’s"].into_iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, usize, bool)]) {
        let mut names = Names::default();
        for (id, name) in ["Iran", "US", "U.S", "US Congress", "Islamic Republic of Iran", "China's army"]
            .iter()
            .enumerate()
        {
            names.add(name, id);
        }
        let all: Vec<Token> = tokens(text).collect();
        let found: Vec<_> =
            names.find(text, &all).into_iter().map(|f| (f.span.of(text), f.id, f.possessive)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn whole_words_in_their_case_the_longest_first() {
        check("Iran and Iranians told us", &[("Iran", 0, false)]);
        check("the US, the US Congress", &[("US", 1, false), ("US Congress", 3, false)]);
        check("Islamic Republic of Iran’s aim", &[("Islamic Republic of Iran", 4, true)]);
        check("the U.S. and Iran's", &[("U.S", 2, false), ("Iran", 0, true)]);
        check("", &[]);
    }
}
