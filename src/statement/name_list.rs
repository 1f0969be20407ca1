//! Finds the names of a fixed list in a text: by whole words, case counts, the longest name first, one pass.

use std::borrow::Cow;
use std::ops::Range;

use super::token::possessor;
use super::words::{Word, Words};
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
    /// For every first byte of a name a bit for each second one: most words begin no name, and are told by these.
    openings: Vec<[u64; 4]>,
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
        self.open(straightened(first).as_bytes());
    }

    /// Notes that a name begins with `word`.
    fn open(&mut self, word: &[u8]) {
        self.openings.resize(256, [0; 4]);
        let Some(seconds) = self.openings.get_mut(usize::from(word.first().copied().unwrap_or(0))) else {
            return;
        };
        for (block, bits) in (0..).zip(seconds) {
            *bits |= match word.get(1) {
                // Anything may stand behind a name of one letter.
                None => u64::MAX,
                // The text may have a curly one.
                Some(b'\'') => bit(b'\'', block) | bit(0xE2, block),
                Some(&second) => bit(second, block),
            };
        }
    }

    /// False if no name begins at byte `at`, as its first two bytes tell.
    #[inline]
    fn may_begin(&self, text: &str, at: usize) -> bool {
        let byte = |at: usize| text.as_bytes().get(at).copied().unwrap_or(0);
        let (first, second) = (byte(at), byte(at + 1));
        let seconds = self.openings.get(usize::from(first));
        seconds
            .and_then(|bits| bits.get(usize::from(second >> 6)))
            .is_some_and(|bits| bits >> (second & 63) & 1 != 0)
    }

    /// The names in `text` by position; they do not overlap.
    pub(super) fn find(&self, text: &str, tokens: &[Token]) -> Vec<Found> {
        let mut end = 0;
        self.find_all(text, tokens).filter(|found| next_to(found, &mut end)).collect()
    }

    /// For every token at which a name begins the longest one; they may overlap.
    pub(super) fn find_all(&self, text: &str, tokens: &[Token]) -> impl Iterator<Item = Found> {
        let begins = tokens.iter().enumerate().filter(|(_, token)| self.may_begin(text, token.span.start));
        begins.filter_map(|(at, _)| self.name_at(text, tokens, at))
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

    /// The names that begin with `word`, and if it has a possessive ending that they lack.
    #[inline]
    fn beginning_with(&self, word: Word<'_>) -> Option<(&[Name], bool)> {
        if let Some(names) = self.by_first.get(word) {
            return Some((names, false));
        }
        let plain = word.is_ascii() && !word.spelled().ends_with("'s");
        if plain { None } else { self.beginning_otherwise(word.spelled()) }
    }

    /// As [`Names::beginning_with`], of a word that may be written otherwise than in the list.
    fn beginning_otherwise(&self, word: &str) -> Option<(&[Name], bool)> {
        let word = straightened(word);
        match self.by_first.get(Word::whole(&word)) {
            Some(names) => Some((names, false)),
            None => Some((self.by_first.get(Word::whole(possessor(&word)?))?, true)),
        }
    }

    fn name_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Found> {
        let first = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?.span;
        let (names, ended) = self.beginning_with(Word::of(text, first))?;
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

/// The bit of `byte` in the 64 of `block`.
fn bit(byte: u8, block: u8) -> u64 {
    if byte >> 6 == block { 1 << (byte & 63) } else { 0 }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, usize, bool)]) {
        let mut names = Names::default();
        let known = [
            "Iran",
            "US",
            "U.S",
            "US Congress",
            "Islamic Republic of Iran",
            "China's army",
            "X",
            "Élan",
            "O'Neill",
        ];
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
        check("O'Neill, O’Neill's, X", &[("O'Neill", 8, false), ("O’Neill", 8, true), ("X", 6, false)]);
        check("", &[]);
    }
}
