//! Multinomial logistic regression by dual coordinate descent (Yu, Huang and Lin, *Dual coordinate descent
//! methods for logistic regression and maximum entropy models*, Machine Learning 85, 2011).
//!
//! Minimises ½‖W‖² + Σᵢ Cᵢ (log Σₖ exp zᵢₖ − zᵢ,ᵧᵢ) with zᵢ = Wᵀxᵢ + b and a free intercept b: the objective of
//! scikit-learn's `LogisticRegression` and, divided by C, of `linfa-logistic` with α = 1/C. The dual has one
//! distribution pᵢ over the classes a row, with W = Σᵢ Cᵢ xᵢ (`e_yᵢ` − pᵢ)ᵀ; at the optimum pᵢ = softmax(zᵢ).
//! Each step solves one row's part exactly: log pₖ + q pₖ = zₖ + q p⁰ₖ − λ with q = Cᵢ‖xᵢ‖² and Σ pₖ = 1. The
//! duality gap for fixed b is Σᵢ Cᵢ KL(pᵢ ‖ softmax(zᵢ)); b takes a step of [`InterceptStep`] an epoch.

use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::Fit;

use crate::features::Row;

use crate::random::SplitMix64;

use super::intercept::InterceptStep;
use super::linear::{FitReport, Linear};
use super::records::{FitError, MAX_CLASSES, Samples, SparseRecords};
use super::visits::Visits;

/// Checked parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    classes: usize,
    cost: f64,
    balanced: bool,
    tolerance: f64,
    max_epochs: usize,
    seed: u64,
}

/// Parameters of multinomial logistic regression, to be checked by `fit`.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticParams(Logistic);

impl LogisticParams {
    /// For `classes` classes: C = 1, no class weights, relative duality gap 1e-5, at most 200 epochs.
    #[must_use]
    pub const fn new(classes: usize) -> Self {
        Self(Logistic { classes, cost: 1.0, balanced: false, tolerance: 1e-5, max_epochs: 200, seed: 1 })
    }

    /// C, the weight of a row's loss against ½‖W‖²; above 0.
    #[must_use]
    pub const fn cost(mut self, cost: f64) -> Self {
        self.0.cost = cost;
        self
    }

    /// Weighs every row by n / (K · rows of its class).
    #[must_use]
    pub const fn balanced(mut self, balanced: bool) -> Self {
        self.0.balanced = balanced;
        self
    }

    /// The relative duality gap at which the fit ends; above 0.
    #[must_use]
    pub const fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// The most passes over the rows.
    #[must_use]
    pub const fn max_epochs(mut self, epochs: usize) -> Self {
        self.0.max_epochs = epochs;
        self
    }

    /// The order in which rows are visited.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for LogisticParams {
    type Checked = Logistic;
    type Error = FitError;

    fn check_ref(&self) -> Result<&Logistic, FitError> {
        let Logistic { classes, cost, tolerance, .. } = self.0;
        if !(cost > 0.0 && cost.is_finite()) {
            Err(FitError::Cost(cost))
        } else if !(tolerance > 0.0 && tolerance.is_finite()) {
            Err(FitError::Tolerance(tolerance))
        } else if !(2..=MAX_CLASSES).contains(&classes) {
            Err(FitError::Classes(classes))
        } else {
            Ok(&self.0)
        }
    }

    fn check(self) -> Result<Logistic, FitError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl<T: AsSingleTargets<Elem = usize>> Fit<SparseRecords, T, FitError> for Logistic {
    type Object = Linear;

    fn fit(&self, data: &DatasetBase<SparseRecords, T>) -> Result<Linear, FitError> {
        let samples = Samples::check(data, self.classes, self.cost, self.balanced)?;
        Ok(match self.classes.div_ceil(LANES) {
            1 => Solver::<1>::new(self, &samples).solve(),
            2 => Solver::<2>::new(self, &samples).solve(),
            3..=4 => Solver::<4>::new(self, &samples).solve(),
            _ => Solver::<8>::new(self, &samples).solve(),
        })
    }
}

const LANES: usize = 4;

/// One value a class, padded to whole vector registers.
type Lanes<const N: usize> = [[f32; LANES]; N];

struct Solver<'a, const N: usize> {
    params: &'a Logistic,
    samples: &'a Samples<'a>,
    norms: Vec<f64>,
    weights: Vec<Lanes<N>>,
    intercepts: Vec<f64>,
    /// pᵢ, row after row.
    dual: Vec<f32>,
    /// Σᵢ Cᵢ (`e_yᵢ` − pᵢ): the gradient of the objective by b, negated.
    pull: Vec<f64>,
    step: RowStep,
}

/// Buffers of one row's step, one value a class.
struct RowStep {
    logits: Vec<f64>,
    p: Vec<f64>,
    u: Vec<f64>,
    target: Vec<f64>,
}

impl<'a, const N: usize> Solver<'a, N> {
    fn new(params: &'a Logistic, samples: &'a Samples<'a>) -> Self {
        let k = params.classes;
        let mut dual = vec![0.0; samples.classes.len() * k];
        for (p, &class) in dual.chunks_exact_mut(k).zip(&samples.classes) {
            if let Some(p) = p.get_mut(class) {
                *p = 1.0;
            }
        }
        Self {
            params,
            samples,
            norms: samples.squared_norms(),
            weights: vec![[[0.0; LANES]; N]; samples.rows.width()],
            intercepts: vec![0.0; k],
            dual,
            pull: vec![0.0; k],
            step: RowStep { logits: vec![0.0; k], p: vec![0.0; k], u: vec![0.0; k], target: vec![0.0; k] },
        }
    }

    fn solve(mut self) -> Linear {
        let count = self.samples.classes.len();
        let mut visits = Visits::new(count);
        let mut shuffle = SplitMix64::new(self.params.seed);
        let mut intercept = InterceptStep::new(self.params.classes);
        let mut report = FitReport { epochs: 0, objective: f64::INFINITY, relative_gap: f64::INFINITY };
        while report.epochs < self.params.max_epochs {
            visits.shuffle(&mut shuffle);
            let (mut gap, mut loss) = (0.0, 0.0);
            let mut curvature = vec![0.0; self.params.classes];
            for &row in &visits.order {
                let (row_gap, row_loss) = self.visit(row as usize, &mut curvature);
                gap += row_gap;
                loss += row_loss;
            }
            report.epochs += 1;
            let objective = loss + 0.5 * self.weight_norm();
            let moved = intercept.apply(&mut self.intercepts, &self.pull, &curvature);
            // The gap was measured before each row's step, and is smaller now.
            let settled = gap + moved <= 2.0 * self.params.tolerance * objective;
            if settled || report.epochs == self.params.max_epochs {
                let (gap, objective) = self.exact_gap();
                report.objective = objective;
                report.relative_gap = gap / objective;
                if report.relative_gap <= self.params.tolerance {
                    break;
                }
            }
        }
        self.into_linear(report)
    }

    fn logits(&mut self, row: &Row<'_>) {
        let mut sums = [[0.0_f32; LANES]; N];
        for (feature, value) in row.iter() {
            if let Some(weights) = self.weights.get(feature) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    for (s, w) in sum.iter_mut().zip(weight) {
                        *s += w * value;
                    }
                }
            }
        }
        for ((z, s), b) in self.step.logits.iter_mut().zip(sums.as_flattened()).zip(&self.intercepts) {
            *z = f64::from(*s) + b;
        }
    }

    /// One row's step. Returns its duality gap and loss before it.
    fn visit(&mut self, i: usize, curvature: &mut [f64]) -> (f64, f64) {
        let samples = self.samples;
        let row = samples.rows.row(i);
        let k = self.params.classes;
        let (Some(&cost), Some(&norm), Some(&class)) =
            (samples.costs.get(i), self.norms.get(i), samples.classes.get(i))
        else {
            return (0.0, 0.0);
        };
        self.logits(&row);
        let Some(old) = self.dual.get_mut(i * k..(i + 1) * k) else { return (0.0, 0.0) };
        let (gap, loss) = self.step.solve(cost * norm, old, class);
        let mut delta = [[0.0_f32; LANES]; N];
        let lanes = delta.as_flattened_mut().iter_mut();
        for ((((d, p), old), pull), c) in lanes.zip(&self.step.p).zip(old).zip(&mut self.pull).zip(curvature)
        {
            let new = *p as f32;
            let change = cost * (f64::from(*old) - f64::from(new));
            *pull += change;
            *d = change as f32;
            *old = new;
            *c += cost * p * (1.0 - p);
        }
        for (feature, value) in row.iter() {
            if let Some(weights) = self.weights.get_mut(feature) {
                for (weight, d) in weights.iter_mut().zip(&delta) {
                    for (w, d) in weight.iter_mut().zip(d) {
                        *w += d * value;
                    }
                }
            }
        }
        (cost * gap, cost * loss)
    }

    fn weight_norm(&self) -> f64 {
        self.weights.iter().flat_map(|w| w.as_flattened()).map(|&w| f64::from(w) * f64::from(w)).sum()
    }

    /// The duality gap with the pull of the intercepts, and the objective, at the present W, b and p.
    fn exact_gap(&mut self) -> (f64, f64) {
        let samples = self.samples;
        let k = self.params.classes;
        let (mut gap, mut objective) = (0.0, 0.5 * self.weight_norm());
        for (i, row) in samples.rows.rows().enumerate() {
            self.logits(&row);
            let (Some(cost), Some(&class), Some(p)) =
                (samples.costs.get(i), samples.classes.get(i), self.dual.get(i * k..(i + 1) * k))
            else {
                continue;
            };
            let (row_gap, loss) = self.step.gap(p, class);
            gap += cost * row_gap;
            objective += cost * loss;
        }
        (gap, objective)
    }

    fn into_linear(self, report: FitReport) -> Linear {
        let k = self.params.classes;
        let weights = self.weights.iter().flat_map(|w| w.as_flattened().iter().take(k).copied()).collect();
        // Adding one number to all intercepts changes no probability: they are given with mean 0.
        let mean = self.intercepts.iter().sum::<f64>() / k as f64;
        let intercepts = self.intercepts.iter().map(|b| (b - mean) as f32).collect();
        Linear { weights, intercepts, report }
    }
}

impl RowStep {
    /// KL(p ‖ softmax(z)) and the loss log Σ exp z − `z_y`.
    fn gap(&mut self, p: &[f32], class: usize) -> (f64, f64) {
        let largest = self.logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = self.logits.iter().map(|z| libm::exp(z - largest)).sum();
        let log_sum = largest + libm::log(sum);
        let mut gap = log_sum;
        for ((&z, &p), u) in self.logits.iter().zip(p).zip(&mut self.u) {
            let p = f64::from(p);
            gap += if p > 0.0 { p * (libm::log(p) - z) } else { 0.0 };
            *u = z - log_sum;
        }
        (gap.max(0.0), log_sum - self.logits.get(class).copied().unwrap_or(log_sum))
    }

    /// Solves uₖ + q exp uₖ = zₖ + q pₖ − λ with Σ exp uₖ = 1 by Newton's method on (u, λ), from u = log softmax(z), and
    /// leaves exp u in `p`. Returns about the gap, and the loss, before.
    ///
    /// Instead of the gap KL(p ‖ s) with s = softmax(z), it gives Σ (pₖ − sₖ)² / (pₖ + sₖ), which needs no logarithms and
    /// comes close to it as p comes close to s.
    fn solve(&mut self, q: f64, old: &[f32], class: usize) -> (f64, f64) {
        let largest = self.logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut sum = 0.0;
        for (p, z) in self.p.iter_mut().zip(&self.logits) {
            *p = libm::exp(z - largest);
            sum += *p;
        }
        let log_sum = largest + libm::log(sum);
        let loss = log_sum - self.logits.get(class).copied().unwrap_or(log_sum);
        let mut gap = 0.0;
        let of_class = self.p.iter_mut().zip(&mut self.u).zip(&mut self.target);
        for (((p, u), t), (z, old)) in of_class.zip(self.logits.iter().zip(old)) {
            let old = f64::from(*old);
            *p /= sum;
            *u = z - log_sum;
            *t = z + q * old;
            gap += (old - *p) * (old - *p) / (old + *p).max(f64::MIN_POSITIVE);
        }
        for _ in 0..50 {
            let (mut sum, mut pulled, mut slope) = (0.0, 0.0, 0.0);
            for ((p, u), t) in self.p.iter().zip(&self.u).zip(&self.target) {
                let share = p / (1.0 + q * p);
                sum += p;
                pulled += share * (u + q * p - t);
                slope += share;
            }
            // The residuals are uₖ + q pₖ − targetₖ + λ; their common part only moves λ.
            let lambda = (sum - 1.0 - pulled) / slope;
            let mut largest = 0.0_f64;
            for ((p, u), t) in self.p.iter_mut().zip(&mut self.u).zip(&self.target) {
                let move_by = -(*u + q * *p - t + lambda) / (1.0 + q * *p);
                let move_by = move_by.clamp(-STRIDE, STRIDE);
                *u += move_by;
                largest = largest.max(move_by.abs() * p.max(1e-3));
                *p = if move_by.abs() < 0.03 { *p * near_one(move_by) } else { libm::exp(*u) };
            }
            if largest < PRECISION {
                break;
            }
        }
        let sum: f64 = self.p.iter().sum();
        for p in &mut self.p {
            *p /= sum;
        }
        (gap, loss)
    }
}

/// exp x for |x| < 0.03, by its series: right to 2e-10.
fn near_one(x: f64) -> f64 {
    1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0))))
}

/// A row's step is solved once no probability changes by more: what is left is left to the next epoch.
const PRECISION: f64 = 1e-5;

/// The most that one Newton step may change a log-probability.
const STRIDE: f64 = 4.0;
