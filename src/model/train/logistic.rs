//! Multinomial logistic regression by dual coordinate descent (Yu, Huang and Lin, *Dual coordinate descent
//! methods for logistic regression and maximum entropy models*, Machine Learning 85, 2011).
//!
//! Minimises ½‖W‖² + Σᵢ Cᵢ (log Σₖ exp zᵢₖ − zᵢ,ᵧᵢ) with zᵢ = Wᵀxᵢ + b and a free intercept b: the objective of
//! scikit-learn's `LogisticRegression` and, divided by C, of `linfa-logistic` with α = 1/C. The dual has one
//! distribution pᵢ over the classes a row, with W = Σᵢ Cᵢ xᵢ (`e_yᵢ` − pᵢ)ᵀ; at the optimum pᵢ = softmax(zᵢ).
//! Each step solves one row's part exactly: log pₖ + q pₖ = zₖ + q p⁰ₖ − λ with q = Cᵢ‖xᵢ‖² and Σ pₖ = 1. The
//! duality gap for fixed b is Σᵢ Cᵢ KL(pᵢ ‖ softmax(zᵢ)); b takes a step of [`InterceptStep`] an epoch.

use std::array::from_fn;

use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::Fit;

use crate::features::{Row, SparseRows};
use crate::random::SplitMix64;

use super::intercept::InterceptStep;
use super::lanes::Lanes;
use super::linear::{FitReport, Linear};
use super::records::{FitError, MAX_CLASSES, Samples, SparseRecords};
use super::row_step::RowStep;
use super::visits::Visits;
use super::weights::Weights;

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
        Ok(match self.classes {
            ..=4 => Solver::<4>::new(self, &samples).solve(),
            5..=8 => Solver::<8>::new(self, &samples).solve(),
            9..=16 => Solver::<16>::new(self, &samples).solve(),
            _ => Solver::<MAX_CLASSES>::new(self, &samples).solve(),
        })
    }
}

/// What the solver knows of a row, side by side: rows are visited at random.
struct Sample<const L: usize> {
    /// pᵢ.
    p: Lanes<L>,
    /// Cᵢ.
    cost: f32,
    /// Cᵢ‖xᵢ‖².
    q: f32,
    class: u32,
}

struct Solver<'a, const L: usize> {
    params: &'a Logistic,
    rows: &'a SparseRows,
    samples: Vec<Sample<L>>,
    weights: Weights<L>,
    /// In lanes without a class, [`NO_CLASS`].
    intercepts: [f64; L],
    /// Σᵢ Cᵢ (`e_yᵢ` − pᵢ): the gradient of the objective by b, negated.
    pull: [f64; L],
    /// Σᵢ Cᵢ pᵢ (1 − pᵢ), over the rows of an epoch.
    curvature: [f64; L],
}

/// An intercept so low that the probability is 0.
const NO_CLASS: f64 = -1e4;

/// The fit may be over once the gap that was measured during an epoch is this many times the one asked for: it was
/// measured before each row's step, and is about a third by now.
const SETTLED: f64 = 2.5;

impl<'a, const L: usize> Solver<'a, L> {
    fn new(params: &'a Logistic, given: &Samples<'a>) -> Self {
        let of_rows = given.classes.iter().zip(&given.costs).zip(given.squared_norms());
        let samples = of_rows.map(|((&class, &cost), norm)| Sample {
            p: from_fn(|k| if k == class { 1.0 } else { 0.0 }),
            cost: cost as f32,
            q: (cost * norm) as f32,
            class: class as u32,
        });
        Self {
            params,
            rows: given.rows,
            samples: samples.collect(),
            weights: Weights::zeroed(given.rows.width()),
            intercepts: from_fn(|k| if k < params.classes { 0.0 } else { NO_CLASS }),
            pull: [0.0; L],
            curvature: [0.0; L],
        }
    }

    fn solve(mut self) -> Linear {
        let mut visits = Visits::new(self.samples.len());
        let mut shuffle = SplitMix64::new(self.params.seed);
        let mut intercept = InterceptStep::new(L);
        let mut report = FitReport { epochs: 0, objective: f64::INFINITY, relative_gap: f64::INFINITY };
        while report.epochs < self.params.max_epochs {
            visits.shuffle(&mut shuffle);
            let (mut gap, mut loss) = (0.0, 0.0);
            self.curvature = [0.0; L];
            let next = visits.order.iter().skip(1);
            for (&row, next) in visits.order.iter().zip(next.map(Some).chain([None])) {
                if let Some(&next) = next {
                    self.weights.ask(self.rows, next as usize);
                }
                let (row_gap, row_loss) = self.visit(row as usize);
                gap += row_gap;
                loss += row_loss;
            }
            report.epochs += 1;
            let objective = loss + 0.5 * self.weight_norm();
            let moved = intercept.apply(&mut self.intercepts, &self.pull, &self.curvature);
            let settled = gap + moved <= SETTLED * self.params.tolerance * objective;
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

    #[inline]
    fn logits(&self, row: &Row<'_>) -> Lanes<L> {
        let products = self.weights.products(row);
        from_fn(|k| products[k] + self.intercepts[k] as f32)
    }

    /// One row's step. Returns about its duality gap, and its loss, before it.
    fn visit(&mut self, i: usize) -> (f64, f64) {
        let row = self.rows.row(i);
        let logits = self.logits(&row);
        let Some(sample) = self.samples.get_mut(i) else { return (0.0, 0.0) };
        let old = sample.p;
        let RowStep { p, gap, loss } = RowStep::solve(&logits, sample.q, &old, sample.class as usize);
        sample.p = p;
        let cost = f64::from(sample.cost);
        let delta: Lanes<L> = from_fn(|k| sample.cost * (old[k] - p[k]));
        for k in 0..L {
            self.pull[k] += f64::from(delta[k]);
            self.curvature[k] += f64::from(sample.cost * p[k] * (1.0 - p[k]));
        }
        self.weights.add(&row, &delta);
        (cost * f64::from(gap), cost * f64::from(loss))
    }

    fn weight_norm(&self) -> f64 {
        self.weights.squared_norms().iter().sum()
    }

    /// The duality gap for the present intercepts, and the objective, at the present W, b and p.
    fn exact_gap(&self) -> (f64, f64) {
        let (mut gap, mut objective) = (0.0, 0.5 * self.weight_norm());
        for ((i, row), sample) in (1..).zip(self.rows.rows()).zip(&self.samples) {
            self.weights.ask(self.rows, i);
            let logits = self.logits(&row).map(f64::from);
            let (row_gap, loss) = exact_gap(&logits, &sample.p, sample.class as usize);
            gap += f64::from(sample.cost) * row_gap;
            objective += f64::from(sample.cost) * loss;
        }
        (gap, objective)
    }

    fn into_linear(self, report: FitReport) -> Linear {
        let k = self.params.classes;
        drop(self.samples);
        let weights = self.weights.of_classes(k);
        // Adding one number to all intercepts changes no probability: they are given with mean 0.
        let intercepts = self.intercepts.iter().take(k);
        let mean = intercepts.clone().sum::<f64>() / k as f64;
        Linear { weights, intercepts: intercepts.map(|b| (b - mean) as f32).collect(), report }
    }
}

/// KL(p ‖ softmax(z)) and the loss log Σ exp z − `z_y`.
fn exact_gap<const L: usize>(z: &[f64; L], p: &Lanes<L>, class: usize) -> (f64, f64) {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let s = z.map(|z| libm::exp(z - largest));
    let sum: f64 = s.iter().sum();
    let log_sum = largest + libm::log(sum);
    let terms = s.iter().zip(p).zip(z).filter(|((_, p), _)| **p > 0.0).map(|((s, &p), z)| {
        let (s, p) = (s / sum, f64::from(p));
        // log(p / s) where they are alike, by its series in x, right to 1e-13.
        let x = (p - s) / (p + s);
        let near = 2.0 * x * (1.0 + x * x * (1.0 / 3.0 + x * x * (1.0 / 5.0 + x * x * (1.0 / 7.0))));
        p * if x.abs() < 0.03 { near } else { libm::log(p) - (z - log_sum) }
    });
    (terms.sum::<f64>().max(0.0), log_sum - z.get(class).copied().unwrap_or(log_sum))
}
