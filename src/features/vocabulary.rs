//! The terms of a model.

use std::borrow::Cow;

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

    /// One of them; none where there is none, or none in UTF-8.
    #[must_use]
    pub fn get(&self, i: usize) -> Option<&str> {
        let start = i.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        std::str::from_utf8(self.all.get(start as usize..*self.ends.get(i)? as usize)?).ok()
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

    /// The names of the columns, of which nothing else is needed any more.
    #[must_use]
    pub fn into_names(self) -> Names {
        self.names
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
