//! A map from words. A word of up to 16 bytes is one number, which is read from its text at once, so that it is hashed
//! and compared without a call and without a guess at its length.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use wide::u8x16;

use crate::span::Span;
use crate::text::bytes::{between, short};
use crate::text::key::{KeyMap, join};

/// A word that is one number, filled up with zeros: its number in two halves, which need less room in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    head: u64,
    tail: u64,
}

impl Key {
    const fn new(number: u128) -> Self {
        Self { head: number as u64, tail: (number >> 64) as u64 }
    }

    const fn number(self) -> u128 {
        self.head as u128 | (self.tail as u128) << 64
    }

    /// In lower case, as far as it is ASCII.
    #[inline]
    fn lower(self) -> Self {
        let bytes = u8x16::new(self.number().to_le_bytes());
        let lower = bytes | between(bytes, b'A', b'Z') & u8x16::splat(0x20);
        Self::new(u128::from_le_bytes(lower.to_array()))
    }
}

impl Hash for Key {
    /// Without a secret: the words are few, and an article cannot choose them.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(join(self.head, self.tail));
    }
}

/// A word of a text, ready to be looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    text: &'a str,
    span: Span,
    key: Option<Key>,
}

impl<'a> Word<'a> {
    #[inline]
    pub(super) fn of(text: &'a str, span: Span) -> Self {
        Self { text, span, key: short(text.as_bytes(), span).map(Key::new) }
    }

    /// The word that is all of `text`.
    pub(super) fn whole(text: &'a str) -> Self {
        Self::of(text, Span::new(0, text.len()))
    }

    pub(super) const fn len(self) -> usize {
        self.span.len()
    }

    #[inline]
    pub(super) fn spelled(self) -> &'a str {
        self.span.of(self.text)
    }

    #[inline]
    pub(super) fn is_ascii(self) -> bool {
        self.key.map_or_else(|| self.spelled().is_ascii(), |key| key.number().to_le_bytes().is_ascii())
    }
}

/// Values of words, none of which holds a zero byte.
#[derive(Clone, Debug)]
pub(super) struct Words<T> {
    short: KeyMap<Key, T>,
    long: HashMap<Box<str>, T>,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { short: KeyMap::default(), long: HashMap::default() }
    }
}

impl<T: Default> Words<T> {
    /// The value of `word`, made if it has none.
    pub(super) fn entry(&mut self, word: &str) -> &mut T {
        match Word::whole(word).key {
            Some(key) => self.short.entry(key).or_default(),
            None => self.long.entry(word.into()).or_default(),
        }
    }
}

impl<T> Words<T> {
    /// The value of `word`, letter by letter the same.
    #[inline]
    pub(super) fn get(&self, word: Word<'_>) -> Option<&T> {
        match word.key {
            Some(key) => self.short.get(&key),
            None => self.long.get(word.spelled()),
        }
    }

    /// The value of `word` in lower case, as far as it is ASCII.
    #[inline]
    pub(super) fn get_lower(&self, word: Word<'_>) -> Option<&T> {
        match word.key {
            Some(key) => self.short.get(&key.lower()),
            None => self.long.get(&*word.spelled().to_ascii_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG_WORD: &str = "talk-about-talks-and-other-talk-of-any-kind";

    #[test]
    fn words_are_found_as_written_or_in_lower_case() {
        let mut words = Words::<usize>::default();
        let known = ["talk", "Talks", "a", "élan", "_x", "@y", "sixteen-bytes-it", LONG_WORD];
        for (i, word) in known.iter().enumerate() {
            *words.entry(word) = i;
        }
        for (i, word) in known.iter().enumerate() {
            assert_eq!(words.get(Word::whole(word)), Some(&i));
        }
        for word in ["Talk", "talks", "b", "tale", "", "@z", "sixteen-bytes-is", "sixteen-bytes-its"] {
            assert_eq!(words.get(Word::whole(word)), None, "{word}");
        }
        let lower = |word: &str| words.get_lower(Word::whole(word)).copied();
        for (word, found) in [("TALK", Some(0)), ("Talks", None), ("A", Some(2)), ("@Y", Some(5)), ("", None)]
        {
            assert_eq!(lower(word), found, "{word}");
        }
        assert_eq!(lower("ÉLAN"), None);
        assert_eq!(lower(&LONG_WORD.to_uppercase()), Some(7));
    }

    #[test]
    fn a_word_is_the_same_wherever_it_stands_in_a_text() {
        let mut words = Words::<usize>::default();
        *words.entry("talk") = 1;
        for (before, after) in [("", ""), ("a ", " b"), ("we would ", ""), ("we ", " as long as it takes")] {
            let text = format!("{before}talk{after}");
            let word = Word::of(&text, Span::new(before.len(), before.len() + 4));
            assert_eq!(
                (words.get(word), word.spelled(), word.is_ascii()),
                (Some(&1), "talk", true),
                "{text}"
            );
        }
        assert!(!Word::whole("é").is_ascii() && !Word::whole("é-talk-about-talks").is_ascii());
    }
}
