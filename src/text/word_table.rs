//! Numbers for distinct words: open addressing over one string that holds them all.

use xxhash_rust::xxh3::xxh3_64;

/// Distinct words, numbered from 0 in the order of their first use.
#[derive(Debug)]
pub(super) struct WordTable {
    /// 1 + number of a word and the upper half of its hash; (0, 0) where free. Never more than half full.
    slots: Vec<(u32, u32)>,
    /// All words, one behind the other.
    words: String,
    /// Where each word ends in `words`.
    ends: Vec<usize>,
}

const SMALLEST: usize = 1 << 12;

impl WordTable {
    /// No words.
    pub(super) fn new() -> Self {
        Self { slots: vec![(0, 0); SMALLEST], words: String::new(), ends: Vec::new() }
    }

    /// The number of distinct words.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }

    /// The number of `word`, and true if it is new.
    #[inline]
    pub(super) fn number(&mut self, word: &str) -> (u32, bool) {
        let hash = xxh3_64(word.as_bytes());
        let (mask, tag) = (self.slots.len() - 1, (hash >> 32) as u32);
        let mut slot = hash as usize & mask;
        while let Some(&(number, there)) = self.slots.get(slot) {
            if number == 0 {
                break;
            }
            if there == tag && self.word(number - 1) == word {
                return (number - 1, false);
            }
            slot = (slot + 1) & mask;
        }
        (self.insert(word, slot, tag), true)
    }

    fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|&end| self.words.get(start..end)).unwrap_or_default()
    }

    fn insert(&mut self, word: &str, slot: usize, tag: u32) -> u32 {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX - 1);
        self.words.push_str(word);
        self.ends.push(self.words.len());
        if let Some(free) = self.slots.get_mut(slot) {
            *free = (number + 1, tag);
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let mut slots = vec![(0, 0); size];
        for number in 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX) {
            let hash = xxh3_64(self.word(number).as_bytes());
            let mut slot = hash as usize & (size - 1);
            while slots.get(slot).is_some_and(|&(there, _)| there != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(free) = slots.get_mut(slot) {
                *free = (number + 1, (hash >> 32) as u32);
            }
        }
        self.slots = slots;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_while_the_table_grows() {
        let mut table = WordTable::new();
        let words: Vec<String> =
            (0..20_000).map(|i| format!("w{}", i * 7919 % 20_000)).chain([String::new()]).collect();
        for (i, word) in words.iter().enumerate() {
            assert_eq!(table.number(word), (u32::try_from(i).unwrap(), true));
        }
        for (i, word) in words.iter().enumerate() {
            assert_eq!(table.number(word), (u32::try_from(i).unwrap(), false), "{word}");
        }
        table.clear();
        assert_eq!((table.len(), table.number("w1")), (0, (0, true)));
    }
}
