//! The terms of a model.

use std::borrow::Cow;

/// A hash table from term keys to their numbers 0, 1, 2, … by open addressing. Keys are hashes already and stand in
/// the order of their numbers in a list of the owner's: slots of four bytes stay in the caches. A small filter tells of
/// most terms that they are not there, without a branch and with one memory access.
#[derive(Clone, Debug, Default, PartialEq)]
struct KeyTable {
    /// A Bloom filter of one word and two bits a key.
    filter: Vec<u64>,
    /// Numbers, or [`FREE`].
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;

/// Slots a word of the filter: with the table half full, one in 40 terms that are not there passes.
const SLOTS_A_WORD: usize = 16;

/// The bits of a key in its word of the filter.
const fn bits(key: u64) -> u64 {
    1 << (key >> 58) | 1 << (key >> 52 & 63)
}

impl KeyTable {
    /// An empty table that `expected` keys fill to half at the most.
    fn with_capacity(expected: usize) -> Self {
        let size = (expected * 2).next_power_of_two().max(SLOTS_A_WORD);
        Self { filter: vec![0; size / SLOTS_A_WORD], slots: vec![FREE; size] }
    }

    /// The table of these keys.
    fn of(keys: &[u64]) -> Self {
        let mut table = Self::with_capacity(keys.len());
        for (number, &key) in (0..).zip(keys) {
            if let Err(slot) = table.find(keys, key) {
                table.fill(slot, key, number);
            }
        }
        table
    }

    /// Where the search for `key` begins.
    #[inline]
    const fn home(&self, key: u64) -> usize {
        key as usize & self.slots.len().wrapping_sub(1)
    }

    /// The number of `key` in `keys`, or the free slot where it belongs.
    #[inline]
    fn find(&self, keys: &[u64], key: u64) -> Result<u32, usize> {
        let mut slot = self.home(key);
        while let Some(&number) = self.slots.get(slot) {
            if keys.get(number as usize) == Some(&key) {
                return Ok(number);
            }
            if number == FREE {
                return Err(slot);
            }
            slot = self.home(slot as u64 + 1);
        }
        Err(0)
    }

    #[inline]
    const fn word(&self, key: u64) -> usize {
        (key >> 24) as usize & self.filter.len().wrapping_sub(1)
    }

    /// False if the filter alone tells that `key` is not there.
    #[inline]
    fn may_have(&self, key: u64) -> bool {
        self.filter.get(self.word(key)).is_some_and(|word| word & bits(key) == bits(key))
    }

    fn fill(&mut self, slot: usize, key: u64, number: u32) {
        let word = self.word(key);
        if let (Some(free), Some(word)) = (self.slots.get_mut(slot), self.filter.get_mut(word)) {
            *free = number;
            *word |= bits(key);
        }
    }
}

/// Many strings, one behind the other: a heap block each would cost more than the words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// In UTF-8, which is checked name by name where one is shown: most never are.
    all: Cow<'static, [u8]>,
    /// Where each ends in `all`.
    ends: Vec<u32>,
}

impl Names {
    /// The names in `all`, each from the end of the one before, in bytes; none if they do not cut it up.
    #[must_use]
    pub fn new(all: Cow<'static, [u8]>, ends: Vec<u32>) -> Option<Self> {
        let whole = ends.last().copied().unwrap_or(0) as usize == all.len();
        (whole && ends.is_sorted()).then_some(Self { all, ends })
    }

    /// All names, one behind the other.
    #[must_use]
    pub fn all(&self) -> &[u8] {
        &self.all
    }

    /// Where each ends in [`Self::all`], in bytes.
    #[must_use]
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    pub(super) fn push(&mut self, name: &str) {
        let all = self.all.to_mut();
        all.extend_from_slice(name.as_bytes());
        // Names beyond four gigabytes are not kept; nothing but what is shown hangs on them.
        if u32::try_from(all.len()).is_err() {
            all.truncate(self.ends.last().copied().unwrap_or(0) as usize);
        }
        self.ends.push(all.len() as u32);
    }

    pub(super) fn get(&self, i: usize) -> Option<&str> {
        let start = i.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        std::str::from_utf8(self.all.get(start as usize..*self.ends.get(i)? as usize)?).ok()
    }
}

/// The terms of a model, one a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Vocabulary {
    columns: KeyTable,
    keys: Vec<u64>,
    names: Names,
    blocks: Vec<u8>,
}

impl Vocabulary {
    /// Terms by column: their keys, names and blocks.
    #[must_use]
    pub fn new(keys: Vec<u64>, names: Names, blocks: Vec<u8>) -> Self {
        Self { columns: KeyTable::of(&keys), keys, names, blocks }
    }

    /// The key of each column.
    #[must_use]
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The name of each column.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// Makes `columns` those of the terms with these keys, in their order. Terms that have none are left out; of `keys`
    /// stay those that may have one. Filter, slots and keys are each looked at for all terms before the next, so that
    /// the memory accesses of many terms overlap.
    pub fn columns(&self, keys: &mut Vec<u64>, columns: &mut Vec<u32>) {
        // Which terms are known cannot be foreseen: every key is moved, and only those that pass are counted.
        let mut kept = 0;
        for i in 0..keys.len() {
            let key = keys.get(i).copied().unwrap_or_default();
            if let Some(place) = keys.get_mut(kept) {
                *place = key;
            }
            kept += usize::from(self.columns.may_have(key));
        }
        keys.truncate(kept);
        columns.clear();
        let first = |&key: &u64| self.columns.slots.get(self.columns.home(key)).copied().unwrap_or(FREE);
        columns.extend(keys.iter().map(first));
        let mut found = 0;
        for i in 0..keys.len() {
            let (Some(&key), Some(&first)) = (keys.get(i), columns.get(i)) else { break };
            let there = self.keys.get(first as usize) == Some(&key);
            let column = if there { Some(first) } else { self.column(key) };
            let Some(column) = column else { continue };
            if let Some(place) = columns.get_mut(found) {
                *place = column;
            }
            found += 1;
        }
        columns.truncate(found);
    }

    /// The column of the term with this key.
    #[must_use]
    #[inline]
    pub fn column(&self, key: u64) -> Option<u32> {
        self.columns.find(&self.keys, key).ok()
    }

    /// The number of columns.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// True if there is no column.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The term of a column in words.
    #[must_use]
    pub fn name(&self, column: usize) -> &str {
        self.names.get(column).unwrap_or_default()
    }

    /// Key, name and block of every column.
    pub fn terms(&self) -> impl Iterator<Item = (u64, &str, u8)> {
        (0..).zip(self.keys.iter().zip(&self.blocks)).map(|(i, (&k, &b))| (k, self.name(i), b))
    }

    /// The block of each column.
    #[must_use]
    pub fn blocks(&self) -> &[u8] {
        &self.blocks
    }
}
