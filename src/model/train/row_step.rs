//! The step of one row of a logistic regression in the dual.

use std::array::from_fn;

use super::lanes::{Lanes, exp, largest, sum};

/// A row's new distribution over the classes, and what the row had before.
pub(super) struct RowStep<const L: usize> {
    /// The p that solves the row's part.
    pub(super) p: Lanes<L>,
    /// About the duality gap, by C: Σ (pₖ − sₖ)² / (pₖ + sₖ) for KL(p ‖ s) with s = softmax(z), which needs no logarithms
    /// and comes close to it as p comes close to s.
    pub(super) gap: f32,
    /// The loss log Σ exp z − `z_y`, by C.
    pub(super) loss: f32,
}

/// A row's step is solved once no logit of its own is off by more, about: of a Newton step δ in log p, δ² is left, which
/// moves the row's logit by q p δ².
const PRECISION: f32 = 1e-3;

/// Of probabilities below, changes count as if they were so large.
const SMALL: f32 = 1e-2;

/// The most that one Newton step may change a log-probability.
const STRIDE: f32 = 4.0;

impl<const L: usize> RowStep<L> {
    /// Solves uₖ + q exp uₖ = zₖ + q pₖ − λ with Σ exp uₖ = 1, where z are the logits and p is `old`, by Newton's method on
    /// (u, λ), from u = log softmax(z). A lane without a class has a logit below -1000 and p = 0, and keeps it.
    #[inline]
    pub(super) fn solve(z: &Lanes<L>, q: f32, old: &Lanes<L>, class: usize) -> Self {
        let shift = largest(z);
        let mut p = exp(&from_fn(|k| z[k] - shift));
        let total = sum(&p);
        let log_sum = shift + libm::logf(total);
        let loss = log_sum - z.get(class).copied().unwrap_or(log_sum);
        p = p.map(|p| p / total);
        let mut u: Lanes<L> = from_fn(|k| z[k] - log_sum);
        let target: Lanes<L> = from_fn(|k| u[k] + q * old[k]);
        let gap: Lanes<L> =
            from_fn(|k| (old[k] - p[k]) * (old[k] - p[k]) / (old[k] + p[k]).max(f32::MIN_POSITIVE));
        for _ in 0..50 {
            let slope: Lanes<L> = from_fn(|k| 1.0 / (1.0 + q * p[k]));
            let rest: Lanes<L> = from_fn(|k| u[k] + q * p[k] - target[k]);
            let share: Lanes<L> = from_fn(|k| p[k] * slope[k]);
            // The residuals are rest + λ; their common part only moves λ.
            let lambda = (sum(&p) - 1.0 - sum::<L>(&from_fn(|k| share[k] * rest[k]))) / sum(&share);
            let step: Lanes<L> = from_fn(|k| (-(rest[k] + lambda) * slope[k]).clamp(-STRIDE, STRIDE));
            let left = (1.0 + q) * largest::<L>(&from_fn(|k| step[k] * step[k] * p[k].max(SMALL)));
            u = from_fn(|k| u[k] + step[k]);
            p = exp(&u);
            if left < PRECISION {
                break;
            }
        }
        let total = sum(&p);
        Self { p: p.map(|p| p / total), gap: sum(&gap), loss }
    }
}
