//! The weights of a fit while it goes on: those of all classes side by side, feature by feature.

use prefetch_index::prefetch_index;

use crate::features::{Row, SparseRows};
use crate::pages::Pages;

use super::lanes::Lanes;

/// One weight a feature and class, in lanes.
pub(super) struct Weights<const L: usize>(Pages<Lanes<L>>);

impl<const L: usize> Weights<L> {
    /// Zeros for `features` features.
    pub(super) fn zeroed(features: usize) -> Self {
        Self(Pages::zeroed(features))
    }

    /// Asks for the weights of row `i`, if there is one, so that the memory brings them while another row is visited.
    pub(super) fn ask(&self, rows: &SparseRows, i: usize) {
        let weights: &[Lanes<L>] = &self.0;
        for &feature in rows.row(i).columns {
            prefetch_index(weights, feature as usize);
        }
    }

    /// Wᵀx.
    #[inline]
    pub(super) fn products(&self, row: &Row<'_>) -> Lanes<L> {
        let (mut sums, all): (_, &[Lanes<L>]) = ([0.0; L], &self.0);
        for (feature, value) in row.iter() {
            if let Some(weights) = all.get(feature) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight * value;
                }
            }
        }
        sums
    }

    /// Adds x deltaᵀ.
    #[inline]
    pub(super) fn add(&mut self, row: &Row<'_>, delta: &Lanes<L>) {
        let all: &mut [Lanes<L>] = &mut self.0;
        for (feature, value) in row.iter() {
            if let Some(weights) = all.get_mut(feature) {
                for (weight, d) in weights.iter_mut().zip(delta) {
                    *weight += d * value;
                }
            }
        }
    }

    /// ‖wₖ‖² of each class.
    pub(super) fn squared_norms(&self) -> [f64; L] {
        let mut squares = [0.0; L];
        for weights in &*self.0 {
            for (sum, &weight) in squares.iter_mut().zip(weights) {
                *sum += f64::from(weight) * f64::from(weight);
            }
        }
        squares
    }

    /// Those of the first `classes` lanes: features × classes.
    pub(super) fn of_classes(&self, classes: usize) -> Vec<f32> {
        self.0.iter().flat_map(|weights| weights.iter().take(classes).copied()).collect()
    }
}
