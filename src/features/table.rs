//! A frozen hash table from term keys to values, made for looking up many terms at once.

use bytemuck::{Pod, Zeroable};
use prefetch_index::prefetch_index;

use crate::pages::Pages;

/// Keys that are hashes already, each with its value, in the order in which they were given: where the common terms come
/// first, their rows share lines of the cache. Beside the rows there is an index of buckets. One memory access to it
/// tells of nearly every key whether it is there, and where.
#[derive(Debug)]
pub struct TermTable<T> {
    /// A key is in its home or, where that is full, in the next bucket that is not.
    buckets: Pages<Bucket>,
    rows: Pages<T>,
}

/// What a table has rows of. Key and value stand side by side, for whoever finds the key needs the value.
pub trait Keyed: Pod {
    /// A hash already.
    fn key(&self) -> u64;
}

/// For a set of keys.
impl Keyed for u64 {
    #[inline]
    fn key(&self) -> u64 {
        *self
    }
}

/// Half a line of the cache.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C, align(32))]
struct Bucket {
    /// The lowest byte of each key, from the lowest byte on; the highest bit tells that a key was to come in here and
    /// went on to the next bucket, for all six places were taken.
    tags: u64,
    /// The number of each key's row; [`ABSENT`] where free. They fill the bucket from its beginning.
    numbers: [u32; 6],
}

const PASSED: u64 = 1 << 63;

impl Bucket {
    const EMPTY: Self = Self { tags: 0, numbers: [ABSENT; 6] };

    /// The number of the first key here that has the tag of `key`, or [`ABSENT`]. Without a branch, for which it would be
    /// is not to be foreseen.
    #[inline]
    fn number(&self, key: u64) -> u32 {
        let equal = self.equal(key);
        let place = equal.trailing_zeros() as usize / 8;
        self.numbers[place.min(5)] | u32::from(equal != 0).wrapping_sub(1)
    }

    /// The highest bit of every place whose tag is that of `key`, and perhaps of places above the first one.
    #[inline]
    const fn equal(&self, key: u64) -> u64 {
        const ONES: u64 = 0x0101_0101_0101_0101;
        // The highest bits of the six tags.
        const HIGHEST: u64 = 0x0000_8080_8080_8080;
        let other = self.tags ^ ((key & 0xFF) * ONES);
        // Of the tags with this bit the lowest is one that was equal.
        other.wrapping_sub(ONES) & !other & HIGHEST
    }
}

/// Buckets for so many keys: one key in 40 is not in its home then.
const BUCKETS: [usize; 2] = [2, 7];

/// What stands for the number of a key that is not there.
pub const ABSENT: u32 = u32::MAX;

impl<T: Keyed> TermTable<T> {
    /// The table of these rows, of which no two have one key.
    #[must_use]
    pub fn new(rows: impl ExactSizeIterator<Item = T>) -> Self {
        let rows = Pages::of(rows);
        let [buckets, of] = BUCKETS;
        let mut pages = Pages::zeroed(rows.len() * buckets / of + 1);
        let buckets: &mut [Bucket] = &mut pages;
        buckets.fill(Bucket::EMPTY);
        let (count, mut taken) = (buckets.len(), vec![0_u8; buckets.len()]);
        for (number, key) in (0..).zip(rows.iter().map(T::key)) {
            let mut at = home(key, count);
            while let (Some(bucket), Some(taken)) = (buckets.get_mut(at), taken.get_mut(at)) {
                if let Some(free) = bucket.numbers.get_mut(usize::from(*taken)) {
                    *free = number;
                    bucket.tags |= (key & 0xFF) << (8 * *taken);
                    *taken += 1;
                    break;
                }
                bucket.tags |= PASSED;
                at = after(at, count);
            }
        }
        Self { buckets: pages, rows }
    }

    /// The table as it is looked up in.
    #[must_use]
    pub fn lookup(&self) -> Lookup<'_, T> {
        Lookup { buckets: &self.buckets, rows: &self.rows }
    }

    /// The rows in the order in which they were given.
    #[must_use]
    pub fn rows(&self) -> &[T] {
        &self.rows
    }
}

/// A [`TermTable`] as it is looked up in: where its memory lies is found out once, and not for every key.
#[derive(Debug)]
pub struct Lookup<'a, T> {
    buckets: &'a [Bucket],
    rows: &'a [T],
}

impl<T> Clone for Lookup<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Lookup<'_, T> {}

impl<'a, T: Keyed> Lookup<'a, T> {
    /// The bucket in which the search for a key begins.
    #[inline]
    const fn home(&self, key: u64) -> usize {
        home(key, self.buckets.len())
    }

    /// The number of the row of `key`, or [`ABSENT`].
    #[must_use]
    #[cold]
    pub fn number(&self, key: u64) -> u32 {
        let mut at = self.home(key);
        while let Some(bucket) = self.buckets.get(at) {
            let equal = bucket.equal(key);
            for (place, &number) in bucket.numbers.iter().enumerate() {
                if equal >> (8 * place + 7) & 1 != 0 && self.has(number, key) {
                    return number;
                }
            }
            if bucket.tags & PASSED == 0 {
                break;
            }
            at = after(at, self.buckets.len());
        }
        ABSENT
    }

    #[inline]
    fn has(&self, number: u32, key: u64) -> bool {
        self.rows.get(number as usize).is_some_and(|row| row.key() == key)
    }

    /// Asks for a key, so that the memory brings its bucket while others are asked for.
    #[inline]
    pub fn ask(&self, key: u64) {
        prefetch_index(self.buckets, self.home(key));
    }

    /// Asks for a row by its number.
    #[inline]
    pub fn ask_row(&self, number: u32) {
        prefetch_index(self.rows, number as usize);
    }

    /// Appends the numbers of the rows of `keys` to `numbers`, with [`ABSENT`] for keys that are not there. Buckets are read
    /// for all keys, and then rows: accesses to the memory do not wait for each other.
    pub fn numbers(&self, keys: &[u64], numbers: &mut Vec<u32>) {
        let start = numbers.len();
        numbers.extend(keys.iter().map(|&key| self.likely(key)));
        for (number, &key) in numbers.iter_mut().skip(start).zip(keys) {
            // Another key of its bucket may have its tag.
            if *number != ABSENT && !self.has(*number, key) {
                *number = self.number(key);
            }
        }
    }

    /// The number of the row of `key`, or of one with its tag, or [`ABSENT`].
    #[inline]
    fn likely(&self, key: u64) -> u32 {
        let Some(bucket) = self.buckets.get(self.home(key)) else { return ABSENT };
        let number = bucket.number(key);
        self.ask_row(number);
        if number == ABSENT && bucket.tags & PASSED != 0 { self.number(key) } else { number }
    }

    /// The row with a number.
    #[must_use]
    #[inline]
    pub fn row(&self, number: u32) -> Option<&'a T> {
        self.rows.get(number as usize)
    }
}

/// The bucket in which the search for a key begins: the upper half of the key, scaled to the number of buckets.
#[inline]
const fn home(key: u64, buckets: usize) -> usize {
    (((key >> 32) * buckets as u64) >> 32) as usize
}

/// The bucket after one.
const fn after(bucket: usize, buckets: usize) -> usize {
    if bucket + 1 < buckets { bucket + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[u64], asked: &[u64]) {
        let table = TermTable::new(keys.iter().copied());
        let place = |key: &u64| keys.iter().position(|k| k == key).map_or(ABSENT, |i| i as u32);
        let expect: Vec<u32> = asked.iter().map(place).collect();
        let mut numbers = vec![7];
        let lookup = table.lookup();
        lookup.numbers(asked, &mut numbers);
        assert_eq!((numbers[0], &numbers[1..]), (7, &*expect));
        let alone: Vec<u32> = asked.iter().map(|&key| lookup.number(key)).collect();
        assert_eq!(alone, expect);
        assert_eq!(table.rows(), keys);
    }

    #[test]
    fn keys_are_found_wherever_they_collide() {
        let spread: fn(u64) -> u64 = |i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        // Spread; of one bucket and one tag; of one bucket with all tags; of many buckets with one tag.
        let kinds: [fn(u64) -> u64; 4] = [spread, |i| i << 20 | u64::MAX << 60, |i| i, |i| i << 54 | 7];
        for key in kinds {
            let keys: Vec<u64> = (0..300).map(|i| key(3 * i)).collect();
            let asked: Vec<u64> = (0..900).map(key).chain([u64::MAX, 0, 1 << 63]).collect();
            check(&keys, &asked);
        }
        check(&[], &[0, u64::MAX]);
        check(&[u64::MAX], &[0, u64::MAX, 0, u64::MAX]);
    }
}
