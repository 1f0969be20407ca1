//! A map from words that tells most words it lacks by their first letters and length, without a look-up, and finds
//! short ones by comparing three numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A multiplication a number: the words are few, and an article cannot choose them.
#[derive(Default)]
struct NumberHasher(u64);

impl Hasher for NumberHasher {
    #[inline]
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }
}

/// The longest word that is a key of numbers, in bytes.
const SHORT: usize = 24;

/// A word of at most [`SHORT`] bytes, filled up with zeros: numbers are compared without a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key([u64; SHORT / 8]);

impl Key {
    #[inline]
    fn of(word: &[u8]) -> Option<Self> {
        Self::packed(word, |_| ())
    }

    #[inline]
    fn lower(word: &[u8]) -> Option<Self> {
        Self::packed(word, <[u8]>::make_ascii_lowercase)
    }

    #[inline]
    fn packed(word: &[u8], change: impl Fn(&mut [u8])) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..word.len())?.copy_from_slice(word);
        change(&mut bytes);
        let mut key = [0; SHORT / 8];
        for (number, &eight) in key.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *number = u64::from_le_bytes(eight);
        }
        Some(Self(key))
    }
}

impl std::hash::Hash for Key {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        for &number in &self.0 {
            state.write_u64(number);
        }
    }
}

/// The number of pairs of first letters that are told apart.
const OPENINGS: usize = 1 << 11;

/// The lengths from here on share a bit.
const LONG: usize = 31;

/// Values of words, none of which holds a zero byte.
#[derive(Clone, Debug)]
pub(super) struct Words<T> {
    short: HashMap<Key, T, BuildHasherDefault<NumberHasher>>,
    long: HashMap<Box<[u8]>, T>,
    /// For every pair of first letters the lengths that words with it have, a bit each.
    lengths: Box<[u32; OPENINGS]>,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default(), lengths: Box::new([0; OPENINGS]) }
    }
}

impl<T: Default> Words<T> {
    /// The value of `word`, made if it has none.
    pub(super) fn entry(&mut self, word: &str) -> &mut T {
        let word = word.as_bytes();
        if let Some(lengths) = self.lengths.get_mut(opening(word, first(word))) {
            *lengths |= length(word);
        }
        match Key::of(word) {
            Some(key) => self.short.entry(key).or_default(),
            None => self.long.entry(word.into()).or_default(),
        }
    }
}

impl<T> Words<T> {
    /// The value of `word`, letter by letter the same.
    pub(super) fn get(&self, word: &str) -> Option<&T> {
        let word = word.as_bytes();
        if self.lengths_of(word, first(word)) & length(word) == 0 {
            return None;
        }
        match Key::of(word) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        }
    }

    /// The value of a word of ASCII letters in lower case.
    pub(super) fn get_lower(&self, word: &str) -> Option<&T> {
        let bytes = word.as_bytes();
        if self.lengths_of(bytes, first(bytes).to_ascii_lowercase()) & length(bytes) == 0 {
            return None;
        }
        match Key::lower(bytes) {
            Some(key) => self.short.get(&key),
            None => self.long.get(&*bytes.to_ascii_lowercase()),
        }
    }

    /// False if the map has no word like `word`, nor like what stands in it before a possessive ending.
    pub(super) fn may_hold(&self, word: &str) -> bool {
        let word = word.as_bytes();
        let owner = word.get(..word.len().saturating_sub(2)).unwrap_or_default();
        self.lengths_of(word, first(word)) & (length(word) | length(owner)) != 0
    }

    fn lengths_of(&self, word: &[u8], first: u8) -> u32 {
        self.lengths.get(opening(word, first)).copied().unwrap_or(0)
    }
}

#[inline]
fn first(word: &[u8]) -> u8 {
    word.first().copied().unwrap_or(0)
}

/// The number of a word's first two letters, the second 0 where a mark stands, as behind "X" in "X's". Case counts in
/// the first only: in five bits it does not show.
#[inline]
fn opening(word: &[u8], first: u8) -> usize {
    let letter = |b: &&u8| b.is_ascii_alphanumeric() || !b.is_ascii();
    let second = word.get(1).filter(letter).copied().unwrap_or(0);
    usize::from(first % 64) * 32 + usize::from(second % 32)
}

/// The bit of a word's length.
#[inline]
fn length(word: &[u8]) -> u32 {
    1 << word.len().min(LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG_WORD: &str = "talk-about-talks-and-other-talk-of-any-kind";

    #[test]
    fn words_are_found_as_written_or_in_lower_case() {
        let mut words = Words::<usize>::default();
        let known = ["talk", "Talks", "a", "élan", "_x", "@y", LONG_WORD];
        for (i, word) in known.iter().enumerate() {
            *words.entry(word) = i;
        }
        for (i, word) in known.iter().enumerate() {
            assert_eq!(words.get(word), Some(&i));
            assert!(words.may_hold(word) && words.may_hold(&format!("{word}'s")));
        }
        for word in ["Talk", "talks", "b", "tale", "", "@z"] {
            assert_eq!(words.get(word), None, "{word}");
        }
        for (word, found) in [("TALK", Some(0)), ("Talks", None), ("A", Some(2)), ("@Y", Some(5)), ("", None)]
        {
            assert_eq!(words.get_lower(word).copied(), found, "{word}");
        }
        assert_eq!(words.get_lower(&LONG_WORD.to_uppercase()), Some(&6));
        assert!(!words.may_hold("ball") && !words.may_hold("Talk"));
    }
}
