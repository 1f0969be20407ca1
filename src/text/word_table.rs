//! Numbers for distinct words: open addressing over one string that holds them all.

use xxhash_rust::xxh3::xxh3_64;

use super::key::join;

/// Distinct words, numbered from 0 in the order of their first use.
#[derive(Debug)]
pub(super) struct WordTable {
    /// Never more than half full.
    slots: Vec<Slot>,
    /// All words, one behind the other.
    words: String,
    /// Where each word ends in `words`.
    ends: Vec<usize>,
}

/// A word of up to 16 bytes stands in its slot, so that it is compared without a further memory access.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Slot {
    print: Print,
    /// 1 + number of the word; 0 where free.
    number: u32,
}

/// Two words of up to 16 bytes with equal prints are equal; longer ones almost surely.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Print {
    head: u64,
    tail: u64,
    length: u32,
}

impl Print {
    #[inline]
    fn of(word: &[u8]) -> Self {
        let length = u32::try_from(word.len()).unwrap_or(u32::MAX);
        let (head, tail) = match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
            _ if word.len() > INLINE => (xxh3_64(word), 0),
            // The two overlap where the word has fewer than 16 bytes.
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
                (Some(head), Some(tail)) => {
                    (u64::from(u32::from_le_bytes(*head)), u64::from(u32::from_le_bytes(*tail)))
                }
                _ => (word.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)), 0),
            },
        };
        Self { head, tail, length }
    }

    #[inline]
    const fn hash(self) -> usize {
        join(self.head, self.tail ^ (self.length as u64) << 56) as usize
    }
}

/// The longest word, in bytes, that stands in its slot.
const INLINE: usize = 16;

const SMALLEST: usize = 1 << 12;

impl WordTable {
    /// No words.
    pub(super) fn new() -> Self {
        Self { slots: vec![Slot::default(); SMALLEST], words: String::new(), ends: Vec::new() }
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
        let print = Print::of(word.as_bytes());
        let mask = self.slots.len() - 1;
        let mut slot = print.hash() & mask;
        while let Some(there) = self.slots.get(slot) {
            if there.number == 0 {
                break;
            }
            if there.print == print && (word.len() <= INLINE || self.word(there.number - 1) == word) {
                return (there.number - 1, false);
            }
            slot = (slot + 1) & mask;
        }
        (self.insert(word, slot, print), true)
    }

    fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|&end| self.words.get(start..end)).unwrap_or_default()
    }

    fn insert(&mut self, word: &str, slot: usize, print: Print) -> u32 {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX - 1);
        self.words.push_str(word);
        self.ends.push(self.words.len());
        if let Some(free) = self.slots.get_mut(slot) {
            *free = Slot { print, number: number + 1 };
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let mut slots = vec![Slot::default(); size];
        for &word in self.slots.iter().filter(|slot| slot.number != 0) {
            let mut slot = word.print.hash() & (size - 1);
            while slots.get(slot).is_some_and(|there| there.number != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(free) = slots.get_mut(slot) {
                *free = word;
            }
        }
        self.slots = slots;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of 0 to 20 bytes that differ in one byte, at every place, or in their length.
    fn of_all_lengths() -> impl Iterator<Item = String> {
        let changed = |length: usize| {
            (0..length).map(move |at| (0..length).map(|i| if i == at { 'b' } else { 'a' }).collect())
        };
        (0..20).flat_map(move |length| changed(length).chain(["a".repeat(length)]))
    }

    #[test]
    fn words_keep_their_numbers_while_the_table_grows() {
        let mut table = WordTable::new();
        let words: Vec<String> =
            (0..20_000).map(|i| format!("w{}", i * 7919 % 20_000)).chain(of_all_lengths()).collect();
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
