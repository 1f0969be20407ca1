//! Numbers for distinct words: open addressing over one string that holds them all.

use xxhash_rust::xxh3::xxh3_64;

use crate::span::Span;

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
    head: u64,
    tail: u64,
    /// What the caller wants to find with the word.
    key: u64,
    length: u32,
    /// 1 + number of the word; 0 where free.
    number: u32,
}

impl Slot {
    #[inline]
    const fn print(&self) -> Print {
        Print { head: self.head, tail: self.tail, length: self.length }
    }
}

/// Two words of up to 16 bytes with equal prints are equal; longer ones almost surely.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Print {
    head: u64,
    tail: u64,
    length: u32,
}

impl Print {
    /// Of the bytes `span` in `text`. Where 16 bytes follow its start they are read at once and those behind the word
    /// blanked: words are short and of all lengths, so a branch on the length is guessed wrong every other time.
    #[inline]
    fn of(text: &[u8], span: Span) -> Self {
        let length = span.len();
        let size = u32::try_from(length).unwrap_or(u32::MAX);
        if length > INLINE {
            let hash = xxh3_64(text.get(span.start..span.end).unwrap_or_default());
            return Self { head: hash, tail: 0, length: size };
        }
        let bytes = text.get(span.start..).and_then(<[u8]>::first_chunk::<INLINE>).copied();
        let bytes = bytes.unwrap_or_else(|| {
            let rest = text.get(span.start..).unwrap_or_default().iter();
            let mut bytes = [0; INLINE];
            bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            bytes
        });
        let word = u128::from_le_bytes(bytes) & KEPT.get(length).copied().unwrap_or_default();
        Self { head: word as u64, tail: (word >> 64) as u64, length: size }
    }

    #[inline]
    const fn hash(self) -> usize {
        join(self.head, self.tail ^ (self.length as u64) << 56) as usize
    }
}

/// The longest word, in bytes, that stands in its slot.
const INLINE: usize = 16;

/// Keeps as many bytes.
const KEPT: [u128; INLINE + 1] = {
    let mut masks = [0; INLINE + 1];
    let mut length = 1;
    while length <= INLINE {
        masks[length] = u128::MAX >> (8 * (INLINE - length));
        length += 1;
    }
    masks
};

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

    /// The number and the key of the word `span` of `text`; of a new word, `describe` makes the key.
    #[inline]
    pub(super) fn number(
        &mut self,
        text: &str,
        span: Span,
        describe: impl FnOnce(&str) -> u64,
    ) -> (u32, u64) {
        let print = Print::of(text.as_bytes(), span);
        let mask = self.slots.len() - 1;
        let mut slot = print.hash() & mask;
        while let Some(there) = self.slots.get(slot) {
            if there.number == 0 {
                break;
            }
            if there.print() == print
                && (span.len() <= INLINE || self.word(there.number - 1) == span.of(text))
            {
                return (there.number - 1, there.key);
            }
            slot = (slot + 1) & mask;
        }
        let word = span.of(text);
        let key = describe(word);
        (self.insert(word, slot, print, key), key)
    }

    fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|&end| self.words.get(start..end)).unwrap_or_default()
    }

    #[cold]
    fn insert(&mut self, word: &str, slot: usize, print: Print, key: u64) -> u32 {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX - 1);
        self.words.push_str(word);
        self.ends.push(self.words.len());
        if let Some(free) = self.slots.get_mut(slot) {
            let Print { head, tail, length } = print;
            *free = Slot { head, tail, key, length, number: number + 1 };
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
            let mut slot = word.print().hash() & (size - 1);
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
    fn words_keep_their_numbers_and_keys_while_the_table_grows() {
        let mut table = WordTable::new();
        let words: Vec<String> =
            (0..20_000).map(|i| format!("w{}", i * 7919 % 20_000)).chain(of_all_lengths()).collect();
        let places: Vec<(u32, &String)> = (0..).zip(&words).collect();
        for &(i, word) in &places {
            let span = Span::new(0, word.len());
            assert_eq!(table.number(word, span, |w| w.len() as u64 + 7), (i, word.len() as u64 + 7));
        }
        let never = |_: &str| panic!("not new");
        for &(i, word) in &places {
            // Alone and before other bytes, which are no part of it.
            for text in [word.clone(), format!("{word} and more bytes than fit in a slot")] {
                let found = table.number(&text, Span::new(0, word.len()), never);
                assert_eq!(found, (i, word.len() as u64 + 7), "{word}");
            }
        }
        table.clear();
        assert_eq!((table.len(), table.number("w1", Span::new(0, 2), |_| 5)), (0, (0, 5)));
    }
}
