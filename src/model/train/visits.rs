//! The order in which a logistic fit visits its rows. (The support vector machine takes five times the epochs in this
//! order, so it shuffles them wholly.)

use crate::random::SplitMix64;

/// Row numbers in the order of an epoch: blocks of rows that lie side by side, at random, and the rows of each at random.
/// Rows wholly at random are each fetched from far away, which takes longer than the step; the epochs are as many.
pub(super) struct Visits {
    pub(super) order: Vec<u32>,
    blocks: Vec<usize>,
}

/// Rows in a block of visits.
const BLOCK: usize = 32;

impl Visits {
    pub(super) fn new(rows: usize) -> Self {
        let order = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
        Self { order, blocks: (0..rows.div_ceil(BLOCK)).collect() }
    }

    /// The order of another epoch.
    pub(super) fn shuffle(&mut self, random: &mut SplitMix64) {
        let rows = self.order.len() as u32;
        random.shuffle(&mut self.blocks);
        self.order.clear();
        for &block in &self.blocks {
            let (from, first) = (self.order.len(), (block * BLOCK) as u32);
            self.order.extend(first..rows.min(first + BLOCK as u32));
            random.shuffle(self.order.get_mut(from..).unwrap_or_default());
        }
    }
}
