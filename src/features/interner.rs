//! Numbers for the terms of training texts, in the order of their first use.

use bytemuck::{Pod, Zeroable};
use prefetch_index::prefetch_index;

use crate::pages::Pages;

use super::vocabulary::{Names, Vocabulary};

/// A growing set of terms, numbered from 0 in the order of their first use: a hash table by open addressing. Keys are
/// hashes already, and stand in their slots: one memory access finds most terms.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    slots: Pages<Slot>,
    keys: Vec<u64>,
    names: Names,
    blocks: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
struct Slot {
    key: u64,
    /// 1 + number of the term; 0 where free.
    number: u64,
}

impl Interner {
    /// The number of the term with this key. `name` and `block` count at its first use only.
    #[inline]
    pub fn id(&mut self, key: u64, block: u8, name: &dyn Fn() -> String) -> u32 {
        match self.find(key) {
            Ok(id) => id,
            Err(slot) => self.add(slot, key, block, &name()),
        }
    }

    /// Asks for a key, so that the memory brings its slot while others are asked for.
    #[inline]
    pub fn ask(&self, key: u64) {
        let slots: &[Slot] = &self.slots;
        prefetch_index(slots, key as usize & slots.len().wrapping_sub(1));
    }

    /// The number of `key`, or the free slot where it belongs.
    #[inline]
    fn find(&self, key: u64) -> Result<u32, usize> {
        let slots: &[Slot] = &self.slots;
        let mask = slots.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        while let Some(there) = slots.get(slot) {
            if there.number == 0 {
                return Err(slot);
            }
            if there.key == key {
                return Ok((there.number - 1) as u32);
            }
            slot = (slot + 1) & mask;
        }
        Err(0)
    }

    /// Takes in a new term.
    #[cold]
    fn add(&mut self, slot: usize, key: u64, block: u8, name: &str) -> u32 {
        let number = self.keys.len() as u64 + 1;
        self.keys.push(key);
        self.names.push(name);
        self.blocks.push(block);
        if let Some(free) = self.slots.get_mut(slot) {
            *free = Slot { key, number };
        }
        // Never more than three quarters full.
        if self.keys.len() * 4 >= self.slots.len() * 3 {
            self.slots = Pages::zeroed((self.slots.len() * 2).max(64));
            for (number, i) in (1..).zip(0..self.keys.len()) {
                let key = self.keys.get(i).copied().unwrap_or_default();
                if let Err(slot) = self.find(key)
                    && let Some(free) = self.slots.get_mut(slot)
                {
                    *free = Slot { key, number };
                }
            }
        }
        u32::try_from(number - 1).unwrap_or(u32::MAX)
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
