//! What is known of distinct words: open addressing over places of half a cache line.

use prefetch_index::prefetch_index;
use xxhash_rust::xxh3::xxh3_128;

use crate::span::Span;

use super::bytes::short;
use super::key::join;

/// Distinct words, numbered from 0 in the order of their first use.
#[derive(Debug)]
pub(super) struct WordTable {
    /// Never more than half full; their number is a power of two.
    places: Vec<Place>,
    words: usize,
}

/// A word and what is kept with it, so that one memory access finds both; free where the print is 0.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Place {
    print: u128,
    found: Found,
}

/// What the caller wants to find with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) key: u64,
    pub(super) note: u32,
    pub(super) number: u32,
}

/// A word that is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    print: u128,
    span: Span,
}

/// The bytes of a word of up to 16; of a longer one a hash with a first byte that no text in UTF-8 has. Equal prints are
/// equal words, among long ones almost surely.
#[inline]
fn print(text: &[u8], span: Span) -> u128 {
    short(text, span).unwrap_or_else(|| hash(text, span) | 0xFF << 120)
}

/// Of a word that is too long for its print.
#[cold]
#[inline(never)]
fn hash(text: &[u8], span: Span) -> u128 {
    xxh3_128(text.get(span.start..span.end).unwrap_or_default())
}

const FEWEST: usize = 1 << 8;

impl WordTable {
    /// No words.
    pub(super) fn new() -> Self {
        Self { places: vec![Place::default(); FEWEST], words: 0 }
    }

    /// The number of distinct words.
    pub(super) const fn len(&self) -> usize {
        self.words
    }

    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }

    #[inline]
    const fn home(&self, print: u128) -> usize {
        join(print as u64, (print >> 64) as u64) as usize & (self.places.len() - 1)
    }

    /// Asks for the word `span` of `text`, so that the memory brings its place while others are asked for.
    #[inline]
    pub(super) fn ask(&self, text: &str, span: Span) -> Asked {
        let print = print(text.as_bytes(), span);
        prefetch_index(&self.places, self.home(print));
        Asked { print, span }
    }

    /// A word of `text` that was asked for; of a new one, `describe` tells key and note.
    #[inline]
    pub(super) fn find(
        &mut self,
        text: &str,
        Asked { print, span }: Asked,
        describe: impl FnOnce(&str) -> (u64, u32),
    ) -> Found {
        match self.places.get(self.home(print)) {
            Some(place) if place.print == print => place.found,
            _ => self.seek(print, || describe(span.of(text))),
        }
    }

    #[cold]
    #[inline(never)]
    fn seek(&mut self, print: u128, describe: impl FnOnce() -> (u64, u32)) -> Found {
        if let Some(place) = self.places.get(self.place(print)).filter(|place| place.print == print) {
            return place.found;
        }
        let (key, note) = describe();
        let found = Found { key, note, number: self.words as u32 };
        self.words += 1;
        if self.words * 2 > self.places.len() {
            self.grow();
        }
        self.put(Place { print, found });
        found
    }

    /// Where a word is, or would be.
    fn place(&self, print: u128) -> usize {
        let (mut at, last) = (self.home(print), self.places.len() - 1);
        while self.places.get(at).is_some_and(|place| place.print != 0 && place.print != print) {
            at = (at + 1) & last;
        }
        at
    }

    fn put(&mut self, place: Place) {
        let at = self.place(place.print);
        self.places.get_mut(at).into_iter().for_each(|free| *free = place);
    }

    fn grow(&mut self) {
        let twice = vec![Place::default(); self.places.len() * 2];
        let words = std::mem::replace(&mut self.places, twice);
        words.into_iter().filter(|place| place.print != 0).for_each(|place| self.put(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of 1 to 20 bytes that differ in one byte, at every place, or in their length.
    fn of_all_lengths() -> impl Iterator<Item = String> {
        let changed = |length: usize| {
            (0..length).map(move |at| (0..length).map(|i| if i == at { 'b' } else { 'a' }).collect())
        };
        (1..20).flat_map(move |length| changed(length).chain(["a".repeat(length)]))
    }

    #[test]
    fn words_keep_their_numbers_and_keys_while_the_table_grows() {
        let mut table = WordTable::new();
        let words: Vec<String> =
            (0..20_000).map(|i| format!("w{}", i * 7919 % 20_000)).chain(of_all_lengths()).collect();
        let of = |word: &str| (word.len() as u64 + 7, 5);
        let found = |number: u32, word: &str| Found { key: word.len() as u64 + 7, note: 5, number };
        let numbered: Vec<(u32, &String)> = (0..).zip(&words).collect();
        for &(i, word) in &numbered {
            let asked = table.ask(word, Span::new(0, word.len()));
            assert_eq!(table.find(word, asked, of), found(i, word));
        }
        for &(i, word) in &numbered {
            // Alone, and between other bytes, which are no part of it.
            for (before, after) in
                [("", ""), ("", " more bytes than fit in a print"), ("words of many more bytes ", "")]
            {
                let text = format!("{before}{word}{after}");
                let span = Span::new(before.len(), before.len() + word.len());
                let asked = table.ask(&text, span);
                assert_eq!(table.find(&text, asked, |_| panic!("not new")), found(i, word), "{word}");
            }
        }
        table.clear();
        let asked = table.ask("w1", Span::new(0, 2));
        assert_eq!((table.len(), table.find("w1", asked, of)), (0, found(0, "w1")));
    }
}
