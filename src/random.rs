//! The one source of randomness: a small seeded generator that gives the same numbers on every platform.
//!
//! `SplitMix64` after G. L. Steele, D. Lea and C. H. Flood, *Fast splittable pseudorandom number generators*,
//! OOPSLA 2014. It is made for shuffles and resampling, not for secrets.

/// The increment of the generator's counter: 2^64 divided by the golden ratio, made odd.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A generator of 64-bit numbers with period 2^64.
#[derive(Clone, Debug)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The generator that `seed` gives.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// One of many generators under one seed, so that work split over threads draws the same numbers in any
    /// order: replicate `index` always gets the same stream.
    #[must_use]
    pub const fn stream(seed: u64, index: u64) -> Self {
        Self::new(mix(seed ^ mix(index.wrapping_add(GOLDEN))))
    }

    /// The next number, uniform over all of `u64`.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A number from 0 up to but without `bound`, without bias; 0 if `bound` is 0.
    ///
    /// Multiply and reject: D. Lemire, *Fast random integer generation in an interval*, ACM TOMACS 29, 2019.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            return 0;
        }
        let rejected = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(bound);
            if low(product) >= rejected {
                return high(product);
            }
        }
    }

    /// Puts `items` into a uniformly random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Spreads the bits of a number over all 64.
pub(crate) const fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
const fn low(product: u128) -> u64 {
    product as u64
}

#[expect(clippy::cast_possible_truncation, reason = "the high half is below the bound, which was a usize")]
const fn high(product: u128) -> usize {
    (product >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_reference_implementation() {
        let mut random = SplitMix64::new(1_234_567);
        for expected in [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ] {
            assert_eq!(random.next_u64(), expected);
        }
    }

    #[test]
    fn every_number_below_the_bound_comes_equally_often() {
        let mut random = SplitMix64::new(7);
        let mut counts = [0_u32; 6];
        for _ in 0..60_000 {
            counts[random.below(6)] += 1;
        }
        // Standard deviation 91: four of them on either side.
        assert!(counts.iter().all(|&n| (9_635..=10_365).contains(&n)), "{counts:?}");
        assert_eq!(random.below(0), 0);
        assert_eq!(random.below(1), 0);
    }

    #[test]
    fn all_orders_of_three_come_equally_often() {
        let mut orders = std::collections::BTreeMap::new();
        for seed in 0..12_000 {
            let mut items = [0, 1, 2];
            SplitMix64::stream(3, seed).shuffle(&mut items);
            *orders.entry(items).or_insert(0_u32) += 1;
        }
        assert_eq!(orders.len(), 6);
        assert!(orders.values().all(|&n| (1_837..=2_163).contains(&n)), "{orders:?}");
    }
}
