//! Which terms there are: growing while training texts are read, frozen in a model.

/// A hash table from term keys to numbers 0, 1, 2, … by open addressing. Keys are hashes already. A small filter in
/// front of it tells of most terms that they are not there, without a branch and with one memory access.
#[derive(Clone, Debug, Default, PartialEq)]
struct KeyTable {
    /// A Bloom filter of one word and two bits a key.
    filter: Vec<u64>,
    slots: Vec<Slot>,
    used: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Slot {
    key: u64,
    /// [`FREE`] in a free slot.
    number: u32,
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
        Self {
            filter: vec![0; size / SLOTS_A_WORD],
            slots: vec![Slot { key: 0, number: FREE }; size],
            used: 0,
        }
    }

    /// The number of `key`, or the free slot where it belongs.
    #[inline]
    fn find(&self, key: u64) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        while let Some(there) = self.slots.get(slot) {
            if there.key == key && there.number != FREE {
                return Ok(there.number);
            }
            if there.number == FREE {
                return Err(slot);
            }
            slot = (slot + 1) & mask;
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

    fn insert(&mut self, key: u64, number: u32) {
        if (self.used + 1) * 2 > self.slots.len() {
            let mut larger = Self::with_capacity((self.used + 1) * 2);
            for slot in self.slots.iter().filter(|slot| slot.number != FREE) {
                larger.insert(slot.key, slot.number);
            }
            *self = larger;
        }
        let word = self.word(key);
        if let Err(slot) = self.find(key)
            && let (Some(free), Some(word)) = (self.slots.get_mut(slot), self.filter.get_mut(word))
        {
            *free = Slot { key, number };
            *word |= bits(key);
            self.used += 1;
        }
    }
}

/// Many strings, one behind the other: a heap block each would cost more than the words.
#[derive(Clone, Debug, Default, PartialEq)]
struct Names {
    all: String,
    /// Where each ends in `all`.
    ends: Vec<usize>,
}

impl Names {
    fn push(&mut self, name: &str) {
        self.all.push_str(name);
        self.ends.push(self.all.len());
    }

    fn get(&self, i: usize) -> Option<&str> {
        let start = i.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.all.get(start..*self.ends.get(i)?)
    }
}

/// A growing set of terms, numbered from 0 in the order of their first use.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    ids: KeyTable,
    keys: Vec<u64>,
    names: Names,
    blocks: Vec<u8>,
}

impl Interner {
    /// The number of the term with this key. `name` and `block` count at its first use only.
    #[inline]
    pub fn id(&mut self, key: u64, block: u8, name: &dyn Fn() -> String) -> u32 {
        if let Ok(id) = self.ids.find(key) {
            return id;
        }
        let id = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.ids.insert(key, id);
        self.keys.push(key);
        self.names.push(&name());
        self.blocks.push(block);
        id
    }

    /// The number of terms.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// True if no term was used yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The frozen vocabulary of the terms numbered `kept`, which become the columns 0, 1, …
    #[must_use]
    pub fn freeze(&self, kept: &[u32]) -> Vocabulary {
        let pick = |id: &u32| {
            let i = *id as usize;
            Some((*self.keys.get(i)?, self.names.get(i)?, *self.blocks.get(i)?))
        };
        Vocabulary::new(kept.iter().filter_map(pick), kept.len())
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
    /// Terms by column: key, name, block; about `count` of them.
    #[must_use]
    pub fn new<'a>(terms: impl IntoIterator<Item = (u64, &'a str, u8)>, count: usize) -> Self {
        let mut new = Self {
            columns: KeyTable::with_capacity(count),
            keys: Vec::with_capacity(count),
            names: Names::default(),
            blocks: Vec::with_capacity(count),
        };
        for (column, (key, name, block)) in (0..).zip(terms) {
            new.columns.insert(key, column);
            new.keys.push(key);
            new.names.push(name);
            new.blocks.push(block);
        }
        new
    }

    /// Makes `columns` those of the terms with these keys, in their order. Terms that have none are left out; of `keys`
    /// stay those that may have one. The filter is asked for all keys first and then the table, so that the memory
    /// accesses of many keys overlap.
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
        columns.extend(keys.iter().filter_map(|&key| self.column(key)));
    }

    /// The column of the term with this key.
    #[must_use]
    #[inline]
    pub fn column(&self, key: u64) -> Option<u32> {
        self.columns.find(key).ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frozen_columns_follow_the_order_kept() {
        let mut interner = Interner::default();
        for (key, name) in [(7, "a"), (9, "b"), (7, "again"), (8, "c")] {
            interner.id(key, 0, &|| name.to_owned());
        }
        let vocabulary = interner.freeze(&[2, 0]);
        assert_eq!(
            (vocabulary.column(8), vocabulary.column(7), vocabulary.column(9)),
            (Some(0), Some(1), None)
        );
        assert_eq!(vocabulary.name(1), "a");
    }

    #[test]
    fn keys_that_collide_in_slot_and_filter_are_told_apart() {
        let mut interner = Interner::default();
        let keys: Vec<u64> = (0..1000).map(|i| i << 20).chain([u64::MAX, 1 << 63, 0x1000]).collect();
        let ids: Vec<u32> = keys.iter().map(|&k| interner.id(k, 0, &String::new)).collect();
        assert_eq!(ids, (0..1003).collect::<Vec<u32>>());
        assert!(keys.iter().zip(&ids).all(|(&k, &id)| interner.id(k, 0, &String::new) == id));
        assert_eq!(Vocabulary::new([], 0).column(0), None);
        let vocabulary = interner.freeze(&(0..1003).step_by(3).collect::<Vec<u32>>());
        let mut asked: Vec<u64> = (0..3000).map(|i| i << 20).chain([1 << 63, u64::MAX]).collect();
        let expect: Vec<u32> = asked.iter().filter_map(|&key| vocabulary.column(key)).collect();
        let mut found = vec![7];
        vocabulary.columns(&mut asked, &mut found);
        assert_eq!(found, expect);
    }
}
