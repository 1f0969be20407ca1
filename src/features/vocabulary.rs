//! Which terms there are: growing while training texts are read, frozen in a model.

use std::borrow::Cow;

/// A hash table from term keys to their numbers 0, 1, 2, … by open addressing. Keys are hashes already and stand in
/// the order of their numbers in a list of the owner's: slots of four bytes stay in the caches.
#[derive(Clone, Debug, Default, PartialEq)]
struct KeyTable {
    /// Numbers, or [`FREE`].
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl KeyTable {
    /// An empty table that `expected` keys fill to half at the most.
    fn with_capacity(expected: usize) -> Self {
        let size = (expected * 2).next_power_of_two().max(16);
        Self { slots: vec![FREE; size] }
    }

    /// The table of these keys, with room for as many again.
    fn of(keys: &[u64]) -> Self {
        let mut table = Self::with_capacity(keys.len());
        for (number, &key) in (0..).zip(keys) {
            if let Err(slot) = table.find(keys, key) {
                table.fill(slot, number);
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

    fn fill(&mut self, slot: usize, number: u32) {
        if let Some(free) = self.slots.get_mut(slot) {
            *free = number;
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

    fn push(&mut self, name: &str) {
        let all = self.all.to_mut();
        all.extend_from_slice(name.as_bytes());
        // Names beyond four gigabytes are not kept; nothing but what is shown hangs on them.
        if u32::try_from(all.len()).is_err() {
            all.truncate(self.ends.last().copied().unwrap_or(0) as usize);
        }
        self.ends.push(all.len() as u32);
    }

    fn get(&self, i: usize) -> Option<&str> {
        let start = i.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        std::str::from_utf8(self.all.get(start as usize..*self.ends.get(i)? as usize)?).ok()
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
        let slot = match self.ids.find(&self.keys, key) {
            Ok(id) => return id,
            Err(slot) => slot,
        };
        let id = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.keys.push(key);
        if self.keys.len() * 2 > self.ids.slots.len() {
            self.ids = KeyTable::of(&self.keys);
        } else {
            self.ids.fill(slot, id);
        }
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
        let mut names = Names::default();
        let (mut keys, mut blocks) = (Vec::with_capacity(kept.len()), Vec::with_capacity(kept.len()));
        for &id in kept {
            let i = id as usize;
            if let (Some(&key), Some(name), Some(&block)) =
                (self.keys.get(i), self.names.get(i), self.blocks.get(i))
            {
                keys.push(key);
                names.push(name);
                blocks.push(block);
            }
        }
        Vocabulary::new(keys, names, blocks)
    }
}

/// The terms of a model, one a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Vocabulary {
    keys: Vec<u64>,
    names: Names,
    blocks: Vec<u8>,
}

impl Vocabulary {
    /// Terms by column: their keys, names and blocks.
    #[must_use]
    pub const fn new(keys: Vec<u64>, names: Names, blocks: Vec<u8>) -> Self {
        Self { keys, names, blocks }
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
            vocabulary.terms().map(|(key, name, _)| (key, name)).collect::<Vec<_>>(),
            [(8, "c"), (7, "a")]
        );
    }

    #[test]
    fn keys_that_collide_are_told_apart() {
        let mut interner = Interner::default();
        let keys: Vec<u64> = (0..1000).map(|i| i << 20).chain([u64::MAX, 1 << 63, 0x1000]).collect();
        let ids: Vec<u32> = keys.iter().map(|&k| interner.id(k, 0, &String::new)).collect();
        assert_eq!(ids, (0..1003).collect::<Vec<u32>>());
        assert!(keys.iter().zip(&ids).all(|(&k, &id)| interner.id(k, 0, &String::new) == id));
    }
}
