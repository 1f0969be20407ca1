//! Finds the names of a fixed list in a text: by whole words, case counts, the longest name first, one pass.

use std::borrow::Cow;
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
    /// A bit for every pair of letters with which a name begins: most words need no look-up.
    openings: Vec<u128>,
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
        if let Some((letter, next)) = opening(first) {
            self.openings.resize(128, 0);
            if let Some(row) = self.openings.get_mut(letter) {
                *row |= 1 << next;
            }
        }
        let rest: Vec<Box<str>> = words.map(|w| straightened(w).into()).collect();
        let names = self.by_first.entry(straightened(first).into()).or_default();
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

    /// False if no name begins with the letters of `word`.
    fn may_begin(&self, word: &str) -> bool {
        opening(word)
            .is_none_or(|(letter, next)| self.openings.get(letter).is_some_and(|row| row >> next & 1 == 1))
    }

    fn name_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Found> {
        let first = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?.span;
        if !self.may_begin(first.of(text)) {
            return None;
        }
        let word = straightened(first.of(text));
        let (names, ended) = match self.by_first.get(word.as_ref()) {
            Some(names) => (names, false),
            None if base(&word) != word => (self.by_first.get(base(&word))?, true),
            None => return None,
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

/// The first letter, and the second or 0 where another sign stands; the same for a word and its possessive.
fn opening(word: &str) -> Option<(usize, u8)> {
    let mut bytes = word.bytes();
    let first = bytes.next().filter(u8::is_ascii_alphanumeric)?;
    let second = bytes.next().filter(u8::is_ascii_alphanumeric).unwrap_or(0);
    Some((usize::from(first), second))
}

/// `word` with straight apostrophes.
fn straightened(word: &str) -> Cow<'_, str> {
    if word.contains('’') { Cow::Owned(word.replace('’', "'")) } else { Cow::Borrowed(word) }
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
