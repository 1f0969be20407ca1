//! Which terms there are: growing while training texts are read, frozen in a model.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Term keys are hashes already.
#[derive(Clone, Debug, Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

pub(super) type KeyMap = HashMap<u64, u32, BuildHasherDefault<Identity>>;

/// A growing set of terms, numbered from 0 in the order of their first use.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    ids: KeyMap,
    keys: Vec<u64>,
    names: Vec<String>,
    blocks: Vec<u8>,
}

impl Interner {
    /// The number of the term with this key. `name` and `block` count at its first use only.
    pub fn id(&mut self, key: u64, block: u8, name: &dyn Fn() -> String) -> u32 {
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let id = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.ids.insert(key, id);
        self.keys.push(key);
        self.names.push(name());
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

    /// The block of each term.
    #[must_use]
    pub fn blocks(&self) -> &[u8] {
        &self.blocks
    }

    /// The frozen vocabulary of the terms numbered `kept`, which become the columns 0, 1, …
    #[must_use]
    pub fn freeze(&self, kept: &[u32]) -> Vocabulary {
        let pick = |id: &u32| {
            let i = *id as usize;
            Some((*self.keys.get(i)?, self.names.get(i)?.clone(), *self.blocks.get(i)?))
        };
        Vocabulary::new(kept.iter().filter_map(pick))
    }
}

/// The terms of a model, one a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Vocabulary {
    columns: KeyMap,
    keys: Vec<u64>,
    names: Vec<String>,
    blocks: Vec<u8>,
}

impl Vocabulary {
    /// Terms by column: key, name, block.
    #[must_use]
    pub fn new(terms: impl IntoIterator<Item = (u64, String, u8)>) -> Self {
        let mut new =
            Self { columns: KeyMap::default(), keys: Vec::new(), names: Vec::new(), blocks: Vec::new() };
        for (column, (key, name, block)) in (0..).zip(terms) {
            new.columns.insert(key, column);
            new.keys.push(key);
            new.names.push(name);
            new.blocks.push(block);
        }
        new
    }

    /// The column of the term with this key.
    #[must_use]
    pub fn column(&self, key: u64) -> Option<u32> {
        self.columns.get(&key).copied()
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
        self.names.get(column).map_or("", String::as_str)
    }

    /// Key, name and block of every column.
    pub fn terms(&self) -> impl Iterator<Item = (u64, &str, u8)> {
        self.keys.iter().zip(&self.names).zip(&self.blocks).map(|((&k, n), &b)| (k, n.as_str(), b))
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
}
