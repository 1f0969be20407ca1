//! Large tables in large pages of memory. Tables of many megabytes that are read at random keep the processor looking up
//! where their pages of 4 KiB lie: a sixth of the time that scoring takes. Pages of 2 MiB are few enough to be known.

use std::ops::{Deref, DerefMut};

use bytemuck::Pod;
use memmap2::MmapMut;

/// A fixed number of values, all bits zero at first.
#[derive(Debug)]
pub(crate) struct Pages<T> {
    memory: Memory<T>,
}

#[derive(Debug)]
enum Memory<T> {
    Mapped(MmapMut),
    /// Where there is little of it, or the system maps none.
    Kept(Vec<T>),
}

/// Bytes from which on memory is mapped: a fraction of a large page.
const MAPPED: usize = 1 << 18;

impl<T: Pod> Pages<T> {
    /// `count` values of zeros.
    pub(crate) fn zeroed(count: usize) -> Self {
        let size = count.saturating_mul(size_of::<T>());
        let mapped = if size < MAPPED { None } else { mapped(size) };
        let memory = mapped.map_or_else(|| Memory::Kept(vec![T::zeroed(); count]), Memory::Mapped);
        Self { memory }
    }

    /// These values.
    pub(crate) fn of(values: impl ExactSizeIterator<Item = T>) -> Self {
        let mut pages = Self::zeroed(values.len());
        pages.iter_mut().zip(values).for_each(|(place, value)| *place = value);
        pages
    }
}

/// Pages for `size` bytes; none where the system refuses.
fn mapped(size: usize) -> Option<MmapMut> {
    let memory = MmapMut::map_anon(size).ok()?;
    // Wishes: what cannot have large pages has small ones, and what cannot have all of them at once, which takes a fraction
    // of the time, has each when it is written to.
    #[cfg(target_os = "linux")]
    for advice in [memmap2::Advice::HugePage, memmap2::Advice::PopulateWrite] {
        let _ = memory.advise(advice);
    }
    Some(memory)
}

impl<T: Pod> Deref for Pages<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.memory {
            Memory::Mapped(bytes) => bytemuck::cast_slice(bytes),
            Memory::Kept(values) => values,
        }
    }
}

impl<T: Pod> DerefMut for Pages<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.memory {
            Memory::Mapped(bytes) => bytemuck::cast_slice_mut(bytes),
            Memory::Kept(values) => values,
        }
    }
}

impl<T: Pod> Default for Pages<T> {
    fn default() -> Self {
        Self::zeroed(0)
    }
}

impl<T: Pod> Clone for Pages<T> {
    fn clone(&self) -> Self {
        Self::of(self.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_values_are_kept() {
        for count in [0, 1, 1000, MAPPED / 8 - 1, MAPPED / 8, MAPPED / 8 + 1] {
            let pages = Pages::of((0..count).map(|value| value as u64));
            assert!(pages.iter().copied().eq(0..count as u64), "{count}");
            let mut pages = Pages::<u64>::zeroed(count);
            assert!(pages.len() == count && pages.iter().all(|&value| value == 0));
            pages.iter_mut().rev().zip(1..).for_each(|(value, number)| *value = number);
            assert!(pages.iter().rev().copied().eq(1..=count as u64), "{count}");
        }
    }
}
