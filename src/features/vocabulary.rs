//! Which terms there are: growing while training texts are read, frozen in a model.

/// A hash table from term keys to numbers 0, 1, 2, … by open addressing. Keys are hashes already. A byte of each
/// key stands in a small array of its own, so that a term that is not there seldom costs more than one memory
/// access.
#[derive(Clone, Debug, Default, PartialEq)]
struct KeyTable {
    /// 0 where a slot is free.
    tags: Vec<u8>,
    slots: Vec<(u64, u32)>,
    used: usize,
}

const fn tag(key: u64) -> u8 {
    (key >> 56) as u8 | 1
}

impl KeyTable {
    /// An empty table that `expected` keys fill to half at the most.
    fn with_capacity(expected: usize) -> Self {
        let size = (expected * 2).next_power_of_two().max(16);
        Self { tags: vec![0; size], slots: vec![(0, 0); size], used: 0 }
    }

    /// The number of `key`, or the free slot where it belongs.
    #[inline]
    fn find(&self, key: u64) -> Result<u32, usize> {
        let mask = self.tags.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        while let Some(&found) = self.tags.get(slot) {
            if found == 0 {
                return Err(slot);
            }
            if found == tag(key)
                && let Some(&(there, number)) = self.slots.get(slot)
                && there == key
            {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
        Err(0)
    }

    /// False if the tags alone tell that `key` is not there.
    #[inline]
    fn may_have(&self, key: u64) -> bool {
        let mask = self.tags.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        while let Some(&found) = self.tags.get(slot) {
            if found == 0 {
                return false;
            }
            if found == tag(key) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
        false
    }

    fn insert(&mut self, key: u64, number: u32) {
        if (self.used + 1) * 2 > self.tags.len() {
            let mut larger = Self::with_capacity((self.used + 1) * 2);
            for (&tag, &(key, number)) in self.tags.iter().zip(&self.slots) {
                if tag != 0 {
                    larger.insert(key, number);
                }
            }
            *self = larger;
        }
        if let Err(slot) = self.find(key)
            && let (Some(free), Some(entry)) = (self.tags.get_mut(slot), self.slots.get_mut(slot))
        {
            *free = tag(key);
            *entry = (key, number);
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
    /// stay those that may have one. All tags are looked at first and then all slots, so that the memory accesses of
    /// many keys overlap.
    pub fn columns(&self, keys: &mut Vec<u64>, columns: &mut Vec<u32>) {
        keys.retain(|&key| self.columns.may_have(key));
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
    fn keys_that_collide_in_slot_and_tag_are_told_apart() {
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
