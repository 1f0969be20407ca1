//! A frozen hash table from term keys to values, made for looking up many terms at once.

use prefetch_index::prefetch_index;

/// Keys that are hashes already, each with its value, in the order in which they were given: where the common terms come
/// first, their rows share lines of the cache. Beside the rows there is an index of buckets. One memory access to it
/// tells of nearly every key whether it is there, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct TermTable<T> {
    /// A key is in its home or, where that is full, in the next bucket that is not.
    buckets: Vec<Bucket>,
    rows: Vec<Row<T>>,
}

/// Half a line of the cache.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(32))]
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
        const ONES: u64 = 0x0101_0101_0101_0101;
        // The highest bits of the six tags.
        const HIGHEST: u64 = 0x0000_8080_8080_8080;
        let other = self.tags ^ ((key & 0xFF) * ONES);
        // Of the tags with this bit the lowest is one that was equal.
        let equal = other.wrapping_sub(ONES) & !other & HIGHEST;
        let place = equal.trailing_zeros() as usize / 8;
        self.numbers[place.min(5)] | u32::from(equal != 0).wrapping_sub(1)
    }
}

/// Buckets for so many keys: one key in 40 is not in its home then.
const BUCKETS: [usize; 2] = [2, 7];

/// Side by side, for whoever finds the key needs the value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(32))]
struct Row<T> {
    key: u64,
    value: T,
}

/// What stands for the number of a key that is not there.
pub const ABSENT: u32 = u32::MAX;

impl<T> TermTable<T> {
    /// The table of these keys, of which none comes twice, with their values.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = (u64, T)>) -> Self {
        let rows: Vec<_> = rows.into_iter().map(|(key, value)| Row { key, value }).collect();
        let [buckets, of] = BUCKETS;
        let mut table =
            Self { buckets: vec![Bucket::EMPTY; rows.len() * buckets / of + 1], rows: Vec::new() };
        let mut taken = vec![0_u8; table.buckets.len()];
        for (number, row) in (0..).zip(&rows) {
            let mut at = table.home(row.key);
            while let (Some(bucket), Some(taken)) = (table.buckets.get_mut(at), taken.get_mut(at)) {
                if let Some(free) = bucket.numbers.get_mut(usize::from(*taken)) {
                    *free = number;
                    bucket.tags |= (row.key & 0xFF) << (8 * *taken);
                    *taken += 1;
                    break;
                }
                bucket.tags |= PASSED;
                at = table.after(at);
            }
        }
        Self { rows, ..table }
    }

    /// The bucket in which the search for a key begins: the upper half of the key, scaled to the number of buckets.
    #[inline]
    const fn home(&self, key: u64) -> usize {
        (((key >> 32) * self.buckets.len() as u64) >> 32) as usize
    }

    #[inline]
    const fn after(&self, bucket: usize) -> usize {
        if bucket + 1 < self.buckets.len() { bucket + 1 } else { 0 }
    }

    /// The number of the row of `key`, or [`ABSENT`].
    #[must_use]
    #[cold]
    pub fn number(&self, key: u64) -> u32 {
        let mut at = self.home(key);
        while let Some(bucket) = self.buckets.get(at) {
            if let Some(&found) = bucket.numbers.iter().find(|&&number| self.has(number, key)) {
                return found;
            }
            if bucket.tags & PASSED == 0 {
                break;
            }
            at = self.after(at);
        }
        ABSENT
    }

    #[inline]
    fn has(&self, number: u32, key: u64) -> bool {
        self.rows.get(number as usize).is_some_and(|row| row.key == key)
    }

    /// Asks for a key, so that the memory brings its bucket while others are asked for.
    #[inline]
    pub fn ask(&self, key: u64) {
        prefetch_index(&self.buckets, self.home(key));
    }

    /// Asks for a row by its number.
    #[inline]
    pub fn ask_row(&self, number: u32) {
        prefetch_index(&self.rows, number as usize);
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

    /// The number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Keys and values in the order in which they were given.
    pub fn rows(&self) -> impl Iterator<Item = (u64, &T)> {
        self.rows.iter().map(|row| (row.key, &row.value))
    }

    /// The value of a row.
    #[must_use]
    #[inline]
    pub fn value(&self, number: u32) -> Option<&T> {
        self.rows.get(number as usize).map(|row| &row.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[u64], asked: &[u64]) {
        let table = TermTable::new(keys.iter().map(|&key| (key, key ^ 5)));
        let place = |key: &u64| keys.iter().position(|k| k == key).map_or(ABSENT, |i| i as u32);
        let expect: Vec<u32> = asked.iter().map(place).collect();
        let mut numbers = vec![7];
        table.numbers(asked, &mut numbers);
        assert_eq!((numbers[0], &numbers[1..]), (7, &*expect));
        let alone: Vec<u32> = asked.iter().map(|&key| table.number(key)).collect();
        assert_eq!(alone, expect);
        assert!((0..).zip(keys).all(|(number, key)| table.value(number) == Some(&(key ^ 5))));
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
