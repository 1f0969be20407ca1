//! 64-bit keys of words and terms. They are stored in models, so their values never change.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// A map whose keys are hashes, or give one hash of themselves. What an article says is never added to one, so no secret is
/// needed.
pub(crate) type KeyMap<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// Takes the number that a key writes for its hash.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }

    #[inline]
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
}

/// The key of one word or of a term that stands alone.
#[must_use]
pub(super) fn key(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// The key of `left` followed by `right`: a 128-bit product folded to 64 bits. The order counts.
#[must_use]
pub(crate) const fn join(left: u64, right: u64) -> u64 {
    let product = ((left ^ 0x9E37_79B9_7F4A_7C15) as u128) * ((right ^ 0xD1B5_4A32_D192_ED03) as u128);
    (product as u64).rotate_left(29) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_same_for_ever() {
        assert_eq!(key("talk"), xxh3_64(b"talk"));
        assert_eq!(key(""), 0x2D06_8005_38D3_94C2);
        assert_ne!(join(key("a"), key("b")), join(key("b"), key("a")));
    }
}
