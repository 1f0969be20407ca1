//! A map from short words that tells most words it lacks by their first letters and length, without a look-up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A multiplication a word: the words are short, and an article cannot choose the keys.
#[derive(Default)]
pub(super) struct ShortHasher(u64);

impl ShortHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for ShortHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|&word| self.add(u64::from_le_bytes(word)));
        if !rest.is_empty() {
            self.add(rest.iter().fold(0, |word, &b| (word << 8) | u64::from(b)));
        }
    }

    fn write_usize(&mut self, length: usize) {
        self.add(length as u64);
    }
}

/// The number of [`Words::lengths`].
const OPENINGS: usize = 1 << 11;

/// The lengths from here on share a bit.
const LONG: usize = 31;

/// Values of words.
#[derive(Clone, Debug)]
pub(super) struct Words<T> {
    values: HashMap<Box<[u8]>, T, BuildHasherDefault<ShortHasher>>,
    /// For every pair of first letters the lengths that words with it have, a bit each.
    lengths: Vec<u32>,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { values: HashMap::default(), lengths: vec![0; OPENINGS] }
    }
}

impl<T: Default> Words<T> {
    /// The value of `word`, made if it has none.
    pub(super) fn entry(&mut self, word: &[u8]) -> &mut T {
        let (opening, length) = shape(word);
        if let Some(lengths) = self.lengths.get_mut(opening) {
            *lengths |= length;
        }
        self.values.entry(word.into()).or_default()
    }
}

impl<T> Words<T> {
    /// The value of `word`, letter by letter the same.
    pub(super) fn get(&self, word: &[u8]) -> Option<&T> {
        if self.may_hold(word) { self.values.get(word) } else { None }
    }

    /// False if the map has no word like `word`.
    pub(super) fn may_hold(&self, word: &[u8]) -> bool {
        let (opening, length) = shape(word);
        self.lengths.get(opening).is_some_and(|lengths| lengths & length != 0)
    }

    /// False if the map has no word like `word`, which is ASCII, in lower case.
    pub(super) fn may_hold_lower(&self, word: &[u8]) -> bool {
        let (opening, length) = shape_of(word, |first| first.to_ascii_lowercase());
        self.lengths.get(opening).is_some_and(|lengths| lengths & length != 0)
    }
}

fn shape(word: &[u8]) -> (usize, u32) {
    shape_of(word, |first| first)
}

/// The number of a word's first letters and the bit of its length. Case counts in the first letter only: the low
/// five bits of a letter are the same in both cases.
fn shape_of(word: &[u8], read: impl Fn(u8) -> u8) -> (usize, u32) {
    let letter = |at: usize| word.get(at).copied().unwrap_or(0);
    let first = usize::from(read(letter(0)) % 64);
    (first * 32 + usize::from(letter(1) % 32), 1 << word.len().min(LONG))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_most_others_are_known_by_their_looks() {
        let mut words = Words::<u8>::default();
        for word in ["talk", "Talks", "a", "élan", "talk-about-talks-and-other-talk-of-any-kind"] {
            *words.entry(word.as_bytes()) = 1;
        }
        for (word, found) in [("talk", true), ("Talks", true), ("a", true), ("élan", true), ("Talk", false)] {
            assert_eq!(words.get(word.as_bytes()).is_some(), found, "{word}");
        }
        assert!(words.get(b"talk-about-talks-and-other-talk-of-any-kind").is_some());
        assert!(!words.may_hold(b"Talk"));
        assert!(words.may_hold_lower(b"TALK"));
        assert!(!words.may_hold_lower(b"TALKS"));
        assert!(!words.may_hold(b"") && words.get(b"").is_none());
    }
}
