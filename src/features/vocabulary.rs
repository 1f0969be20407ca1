//! The terms of a model.

use std::borrow::Cow;

/// Many strings, one behind the other: a heap block each would cost more than the words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// In UTF-8, which is checked name by name where one is shown: most never are.
    all: Cow<'static, [u8]>,
    /// Where each ends in `all`: u32, as little-endian bytes, so that those of a model in the program need no copy.
    ends: Cow<'static, [u8]>,
}

impl Names {
    /// The names in `all`, each from the end of the one before, in bytes; none if they do not cut it up. The `ends` are
    /// numbers of 32 bits, the lowest byte first.
    #[must_use]
    pub fn new(all: Cow<'static, [u8]>, ends: Cow<'static, [u8]>) -> Option<Self> {
        let names = Self { all, ends };
        let whole = names.last() == names.all.len();
        let (ends, rest) = names.ends.as_chunks();
        let whole = whole && rest.is_empty();
        let later = ends.get(1..).unwrap_or_default();
        // All of them are compared, many at once, for they nearly always are in order.
        let order = |sorted, (&a, &b)| sorted & (u32::from_le_bytes(a) <= u32::from_le_bytes(b));
        (whole && ends.iter().zip(later).fold(true, order)).then_some(names)
    }

    /// Where one ends in `all`.
    fn end(&self, i: usize) -> Option<usize> {
        self.ends.as_chunks().0.get(i).map(|&bytes| u32::from_le_bytes(bytes) as usize)
    }

    /// Where the last one ends in `all`.
    fn last(&self) -> usize {
        self.ends.as_chunks().0.last().map_or(0, |&bytes| u32::from_le_bytes(bytes) as usize)
    }

    /// All names, one behind the other.
    #[must_use]
    pub fn all(&self) -> &[u8] {
        &self.all
    }

    /// Where each ends in [`Self::all`], in bytes: numbers of 32 bits, the lowest byte first.
    #[must_use]
    pub fn ends(&self) -> &[u8] {
        &self.ends
    }

    pub(super) fn push(&mut self, name: &str) {
        let last = self.last();
        let all = self.all.to_mut();
        all.extend_from_slice(name.as_bytes());
        // Names beyond four gigabytes are not kept; nothing but what is shown hangs on them.
        if u32::try_from(all.len()).is_err() {
            all.truncate(last);
        }
        self.ends.to_mut().extend((all.len() as u32).to_le_bytes());
    }

    /// One of them; none where there is none, or none in UTF-8.
    #[must_use]
    pub fn get(&self, i: usize) -> Option<&str> {
        let start = i.checked_sub(1).and_then(|before| self.end(before)).unwrap_or(0);
        std::str::from_utf8(self.all.get(start..self.end(i)?)?).ok()
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
