//! Numbers for distinct words: open addressing over one string that holds them all.

use xxhash_rust::xxh3::xxh3_64;

use crate::span::Span;

use super::bytes::{SHORT, short};
use super::key::join;

/// Distinct words, numbered from 0 in the order of their first use: the common ones stand together.
#[derive(Debug)]
pub(super) struct WordTable {
    /// 1 + the number of a word in the lower half, the upper half of its hash in the upper one; 0 where free. Never more
    /// than half full.
    slots: Vec<u64>,
    words: Vec<Word>,
    /// All words, one behind the other.
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<usize>,
}

/// A word in half a line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Word {
    head: u64,
    tail: u64,
    key: u64,
    length: u32,
    note: u32,
}

impl Word {
    #[inline]
    const fn new(Print { head, tail, length }: Print, Known { note, key }: Known) -> Self {
        Self { head, tail, key, length, note }
    }

    #[inline]
    const fn print(&self) -> Print {
        Print { head: self.head, tail: self.tail, length: self.length }
    }

    #[inline]
    const fn known(&self) -> Known {
        Known { note: self.note, key: self.key }
    }
}

/// What the caller wants to find with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Known {
    pub(super) note: u32,
    pub(super) key: u64,
}

/// A word that was looked up: its number, and what is kept with it.
pub(super) type Found = (u32, Known);

/// Words that are looked up together.
pub(super) const BATCH: usize = 32;

/// Two words of up to 16 bytes with equal prints are equal, so that they are compared without a further memory access;
/// longer ones almost surely.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Print {
    head: u64,
    tail: u64,
    length: u32,
}

impl Print {
    #[inline]
    fn of(text: &[u8], span: Span) -> Self {
        let length = u32::try_from(span.len()).unwrap_or(u32::MAX);
        match short(text, span) {
            Some(word) => Self { head: word as u64, tail: (word >> 64) as u64, length },
            None => Self { head: hash(text, span), tail: 0, length },
        }
    }

    #[inline]
    const fn hash(self) -> u64 {
        join(self.head, self.tail ^ (self.length as u64) << 56)
    }
}

/// Of a word that is too long for its print.
#[cold]
#[inline(never)]
fn hash(text: &[u8], span: Span) -> u64 {
    xxh3_64(text.get(span.start..span.end).unwrap_or_default())
}

const SMALLEST: usize = 1 << 12;

impl WordTable {
    /// No words.
    pub(super) fn new() -> Self {
        Self { slots: vec![0; SMALLEST], words: Vec::new(), letters: String::new(), ends: Vec::new() }
    }

    /// The number of distinct words.
    pub(super) const fn len(&self) -> usize {
        self.words.len()
    }

    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }

    /// Looks up the next words of `text`, up to as many as `found` holds, and tells how many; of a new word, `describe`
    /// makes what is kept. Slots are looked at for all words, and then what is kept, so that memory accesses overlap.
    pub(super) fn batch(
        &mut self,
        text: &str,
        spans: &mut impl Iterator<Item = Span>,
        found: &mut [Found; BATCH],
        mut describe: impl FnMut(&str) -> Known,
    ) -> usize {
        let mut asked = [(Span::new(0, 0), Print::default(), 0); BATCH];
        let mut count = 0;
        for asked in &mut asked {
            let Some(span) = spans.next() else { break };
            let print = Print::of(text.as_bytes(), span);
            *asked = (span, print, print.hash());
            count += 1;
        }
        let mut slots = [0; BATCH];
        let mask = self.slots.len() - 1;
        for (slot, &(_, _, hash)) in slots.iter_mut().zip(&asked) {
            *slot = self.slots.get(hash as usize & mask).copied().unwrap_or_default();
        }
        for ((found, &(span, print, hash)), slot) in found.iter_mut().zip(&asked).zip(slots).take(count) {
            *found = match self.word_in(slot, print, hash, text, span) {
                Some(found) => found,
                None => self.seek(text, span, print, &mut describe),
            };
        }
        count
    }

    /// The word that stands in a slot, if it is this one.
    #[inline]
    fn word_in(&self, slot: u64, print: Print, hash: u64, text: &str, span: Span) -> Option<Found> {
        let number = (slot as u32).wrapping_sub(1);
        let word = self.words.get(number as usize).filter(|word| word.print() == print)?;
        let same = (slot ^ hash) >> 32 == 0 && (span.len() <= SHORT || self.is(number, text, span));
        same.then_some((number, word.known()))
    }

    #[cold]
    fn is(&self, number: u32, text: &str, span: Span) -> bool {
        self.letters_of(number) == span.of(text)
    }

    /// The word `span` of `text`; of a new one, `describe` makes what is kept.
    pub(super) fn number(&mut self, text: &str, span: Span, describe: impl FnOnce(&str) -> Known) -> Found {
        self.seek(text, span, Print::of(text.as_bytes(), span), describe)
    }

    fn seek(&mut self, text: &str, span: Span, print: Print, describe: impl FnOnce(&str) -> Known) -> Found {
        let hash = print.hash();
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(&there) = self.slots.get(slot).filter(|there| **there != 0) {
            if let Some(found) = self.word_in(there, print, hash, text, span) {
                return found;
            }
            slot = (slot + 1) & mask;
        }
        let word = span.of(text);
        let known = describe(word);
        (self.insert(word, slot, print, known), known)
    }

    fn letters_of(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|&end| self.letters.get(start..end)).unwrap_or_default()
    }

    #[cold]
    fn insert(&mut self, word: &str, slot: usize, print: Print, known: Known) -> u32 {
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX - 1);
        self.letters.push_str(word);
        self.ends.push(self.letters.len());
        self.words.push(Word::new(print, known));
        if let Some(free) = self.slots.get_mut(slot) {
            *free = occupied(print, number);
        }
        if self.words.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let mut slots = vec![0; size];
        for (number, word) in (0..).zip(&self.words) {
            let mut slot = word.print().hash() as usize & (size - 1);
            while slots.get(slot).is_some_and(|there| *there != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(free) = slots.get_mut(slot) {
                *free = occupied(word.print(), number);
            }
        }
        self.slots = slots;
    }
}

/// The slot of a word.
const fn occupied(print: Print, number: u32) -> u64 {
    print.hash() >> 32 << 32 | (number as u64 + 1)
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
        let of = |word: &str| Known { note: 5, key: word.len() as u64 + 7 };
        let places: Vec<(u32, &String)> = (0..).zip(&words).collect();
        for &(i, word) in &places {
            let span = Span::new(0, word.len());
            assert_eq!(table.number(word, span, of), (i, of(word)));
        }
        let never = |_: &str| panic!("not new");
        for &(i, word) in &places {
            // Alone, between other bytes, which are no part of it, and looked up with others.
            for (before, after) in
                [("", ""), ("", " more bytes than fit in a slot"), ("words of many more bytes ", "")]
            {
                let text = format!("{before}{word}{after}");
                let span = Span::new(before.len(), before.len() + word.len());
                assert_eq!(table.number(&text, span, never), (i, of(word)), "{word}");
                let mut found = [Found::default(); BATCH];
                let mut twice = [span, span].into_iter();
                assert_eq!(table.batch(&text, &mut twice, &mut found, never), 2);
                assert_eq!(found[..3], [(i, of(word)), (i, of(word)), Found::default()]);
            }
        }
        table.clear();
        assert_eq!((table.len(), table.number("w1", Span::new(0, 2), of)), (0, (0, of("w1"))));
    }
}
