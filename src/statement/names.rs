//! Finds the names of a fixed list in a text: by whole words, case counts, the longest name first, one pass.

use std::borrow::Cow;
use std::ops::Range;

use super::words::Words;
use crate::span::Span;
use crate::text::{Token, TokenKind, tokens};

#[derive(Clone, Debug)]
struct Name {
    /// The words after the first.
    rest: Vec<Box<str>>,
    id: usize,
}

/// A list of names, each with the id of what it names.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    by_first: Words<Vec<Name>>,
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
        let rest: Vec<Box<str>> = words.map(|w| straightened(w).into()).collect();
        let names = self.by_first.entry(&straightened(first));
        if names.iter().any(|n| n.rest == rest) {
            return;
        }
        let at = names.partition_point(|n| n.rest.len() >= rest.len());
        names.insert(at, Name { rest, id });
    }

    /// The names in `text` by position; they do not overlap.
    pub(super) fn find(&self, text: &str, tokens: &[Token]) -> Vec<Found> {
        let mut end = 0;
        self.find_all(text, tokens).filter(|found| next_to(found, &mut end)).collect()
    }

    /// For every token at which a name begins the longest one; they may overlap.
    pub(super) fn find_all(&self, text: &str, tokens: &[Token]) -> impl Iterator<Item = Found> {
        (0..tokens.len()).filter_map(|at| self.name_at(text, tokens, at))
    }

    /// What [`Names::find`] finds in the tokens of `range`, where `all` is what [`Names::find_all`] finds in all.
    pub(super) fn find_among(
        &self,
        all: &[Found],
        text: &str,
        tokens: &[Token],
        range: Range<usize>,
    ) -> impl Iterator<Item = Found> {
        let begin = all.partition_point(|found| found.tokens.0 < range.start);
        let inside = all.iter().skip(begin).take_while(move |found| found.tokens.0 < range.end);
        let mut end = range.start;
        inside.filter_map(move |&found| {
            let within = found.tokens.1 <= range.end;
            // A name that goes on behind the range may be a shorter name inside.
            let found =
                if within { found } else { self.name_at(text, tokens.get(..range.end)?, found.tokens.0)? };
            next_to(&found, &mut end).then_some(found)
        })
    }

    fn name_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Found> {
        let first = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?.span;
        let word = first.of(text);
        // Other words may have curly apostrophes, which change their length.
        if word.is_ascii() && !self.by_first.may_hold(word) {
            return None;
        }
        let word = straightened(word);
        let (names, ended) = match self.by_first.get(&word) {
            Some(names) => (names, false),
            None => (self.by_first.get(possessor(&word)?)?, true),
        };
        let walk = Walk { text, tokens, at: at + 1, last: first, ended };
        names.iter().find_map(|name| {
            let Walk { at: end, last, ended, .. } = walk.over(&name.rest)?;
            let word = last.of(text);
            let len = if ended { base(word).len() } else { word.len() };
            let span = Span::new(first.start, last.start + len);
            Some(Found { span, id: name.id, tokens: (at, end), possessive: ended })
        })
    }
}

/// True if a name begins behind the last one, whose `end` it moves on.
fn next_to(found: &Found, end: &mut usize) -> bool {
    let free = found.tokens.0 >= *end;
    if free {
        *end = found.tokens.1;
    }
    free
}

/// The way through the words of a name in a text.
#[derive(Clone, Copy)]
struct Walk<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The next token.
    at: usize,
    /// The last word.
    last: Span,
    /// True if the last word has a possessive ending that the name lacks: no word may follow.
    ended: bool,
}

impl Walk<'_> {
    /// The walk after the words of `rest`. Points between words ("U.S. Congress") do not count.
    fn over(mut self, rest: &[Box<str>]) -> Option<Self> {
        for expect in rest {
            let point = self.tokens.get(self.at).is_some_and(|t| t.span.of(self.text) == ".");
            if point && self.tokens.get(self.at).is_some_and(|t| t.span.start == self.last.end) {
                self.at += 1;
            }
            let next = self.tokens.get(self.at).filter(|t| t.kind == TokenKind::Word)?.span;
            let word = straightened(next.of(self.text));
            if self.ended || *word != **expect && *base(&word) != **expect {
                return None;
            }
            self = Self { at: self.at + 1, last: next, ended: *word != **expect, ..self };
        }
        Some(self)
    }
}

/// `word` with straight apostrophes.
fn straightened(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() && word.contains('’') {
        Cow::Owned(word.replace('’', "'"))
    } else {
        Cow::Borrowed(word)
    }
}

/// `word` without its possessive ending.
fn base(word: &str) -> &str {
    possessor(word).unwrap_or(word)
}

/// `word` without the possessive ending that it has.
fn possessor(word: &str) -> Option<&str> {
    ["'s", "’s"].into_iter().find_map(|end| word.strip_suffix(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, usize, bool)]) {
        let mut names = Names::default();
        let known =
            ["Iran", "US", "U.S", "US Congress", "Islamic Republic of Iran", "China's army", "X", "Élan"];
        for (id, name) in known.iter().enumerate() {
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
        check("China’s army’s aim", &[("China’s army", 5, true)]);
        check("China's China's army", &[("China's army", 5, false)]);
        check("X’s Élan's, xÉlan", &[("X", 6, true), ("Élan", 7, true)]);
        check("", &[]);
    }
}
