//! One-versus-rest linear support vector machine with squared hinge loss by dual coordinate descent (Hsieh,
//! Chang, Lin, Keerthi and Sundararajan, *A dual coordinate descent method for large-scale linear SVM*, ICML
//! 2008): liblinear's solver 1 and scikit-learn's `LinearSVC`.
//!
//! For each class minimises ½‖w‖² + Σᵢ Cᵢ max(0, 1 − sᵢ w·x̃ᵢ)² with sᵢ = ±1 and x̃ᵢ = (xᵢ, 1): the intercept is a
//! weight of a constant feature and takes part in the norm, as there.

use std::array::from_fn;

use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::Fit;

use crate::features::{Row, SparseRows};
use crate::random::SplitMix64;

use super::lanes::{Lanes, sum};
use super::linear::{FitReport, Linear};
use super::records::{FitError, MAX_CLASSES, Samples, SparseRecords};
use super::weights::Weights;

/// Checked parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearSvm {
    classes: usize,
    cost: f64,
    balanced: bool,
    tolerance: f64,
    max_epochs: usize,
    seed: u64,
}

/// Parameters of the one-versus-rest linear SVM, to be checked by `fit`.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearSvmParams(LinearSvm);

impl LinearSvmParams {
    /// For `classes` classes: C = 1, no class weights, relative duality gap 1e-5, at most 1,000 epochs.
    #[must_use]
    pub const fn new(classes: usize) -> Self {
        Self(LinearSvm { classes, cost: 1.0, balanced: false, tolerance: 1e-5, max_epochs: 1000, seed: 1 })
    }

    /// C, the weight of a row's loss against ½‖w‖²; above 0.
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

    /// The order in which rows are visited.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for LinearSvmParams {
    type Checked = LinearSvm;
    type Error = FitError;

    fn check_ref(&self) -> Result<&LinearSvm, FitError> {
        let LinearSvm { classes, cost, tolerance, .. } = self.0;
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

    fn check(self) -> Result<LinearSvm, FitError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl<T: AsSingleTargets<Elem = usize>> Fit<SparseRecords, T, FitError> for LinearSvm {
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
    /// αᵢ of every class.
    dual: Lanes<L>,
    /// Cᵢ.
    cost: f32,
    /// ‖x̃ᵢ‖².
    norm: f32,
    class: u32,
}

impl<const L: usize> Sample<L> {
    /// False where the row weighs nothing, or so little that α / 2C has no bound in `f32`.
    fn counts(&self) -> bool {
        (0.5 / self.cost).is_finite()
    }

    /// sᵢ of every class.
    fn signs(&self) -> Lanes<L> {
        from_fn(|k| if k == self.class as usize { 1.0 } else { -1.0 })
    }

    /// The row's part of the duality gap, and its loss Σₖ C ξₖ² with ξₖ = max(0, 1 − mₖ) and mₖ = sₖ wₖ·x̃. As
    /// ‖w̃‖² = Σᵢ αᵢ mᵢ, primal less dual is Σᵢ C ξᵢ² − αᵢ (1 − mᵢ) + αᵢ² / 4C, of which each is C (ξ − α / 2C)² and,
    /// where m is above 1, α (m − 1).
    fn gap_and_loss(&self, slacks: &Lanes<L>) -> (f64, f64) {
        let losses: Lanes<L> = slacks.map(|slack| slack.max(0.0));
        let gaps: Lanes<L> = from_fn(|k| {
            let (off, beyond) = (losses[k] - 0.5 / self.cost * self.dual[k], losses[k] - slacks[k]);
            self.cost * off * off + self.dual[k] * beyond
        });
        (f64::from(sum(&gaps)), f64::from(self.cost * sum::<L>(&losses.map(|loss| loss * loss))))
    }
}

/// All classes at once: a row and the weights of its features are fetched once for all of them.
struct Solver<'a, const L: usize> {
    params: &'a LinearSvm,
    rows: &'a SparseRows,
    samples: Vec<Sample<L>>,
    weights: Weights<L>,
    /// In lanes without a class, [`NO_CLASS`].
    intercepts: [f64; L],
}

/// An intercept that leaves a lane without a class as it is: −1 is the margin of 1 on the side of the rest.
const NO_CLASS: f64 = -1.0;

/// The fit may be over once the gap that was measured during an epoch is this many times the one asked for: it was
/// measured before each row's step, and is about half by now.
const SETTLED: f64 = 1.8;

impl<'a, const L: usize> Solver<'a, L> {
    fn new(params: &'a LinearSvm, given: &Samples<'a>) -> Self {
        let of_rows = given.classes.iter().zip(&given.costs).zip(given.squared_norms());
        let samples = of_rows.map(|((&class, &cost), norm)| Sample {
            dual: [0.0; L],
            cost: cost as f32,
            norm: (norm + 1.0) as f32,
            class: class as u32,
        });
        Self {
            params,
            rows: given.rows,
            samples: samples.collect(),
            weights: Weights::zeroed(given.rows.width()),
            intercepts: from_fn(|k| if k < params.classes { 0.0 } else { NO_CLASS }),
        }
    }

    fn solve(mut self) -> Linear {
        let mut order: Vec<u32> =
            (0..).zip(&self.samples).filter(|(_, s)| s.counts()).map(|(i, _)| i).collect();
        let mut shuffle = SplitMix64::new(self.params.seed);
        let mut report = FitReport { epochs: 0, objective: f64::INFINITY, relative_gap: f64::INFINITY };
        while report.epochs < self.params.max_epochs {
            shuffle.shuffle(&mut order);
            let (mut gap, mut loss) = (0.0, 0.0);
            let next = order.iter().skip(1);
            for (&row, next) in order.iter().zip(next.map(Some).chain([None])) {
                if let Some(&next) = next {
                    self.weights.ask(self.rows, next as usize);
                }
                let (row_gap, row_loss) = self.visit(row as usize);
                gap += row_gap;
                loss += row_loss;
            }
            report.epochs += 1;
            let objective = loss + 0.5 * self.squared_norm();
            let settled = gap <= SETTLED * self.params.tolerance * objective;
            if settled || report.epochs == self.params.max_epochs {
                (report.relative_gap, report.objective) = self.measure();
                if report.relative_gap <= self.params.tolerance {
                    break;
                }
            }
        }
        drop((order, self.samples));
        let weights = self.weights.of_classes(self.params.classes);
        let intercepts = self.intercepts.iter().take(self.params.classes).map(|&b| b as f32).collect();
        Linear { weights, intercepts, report }
    }

    /// 1 − sᵢ w·x̃ᵢ of every class.
    #[inline]
    fn slacks(&self, row: &Row<'_>, signs: &Lanes<L>) -> Lanes<L> {
        let products = self.weights.products(row);
        from_fn(|k| 1.0 - signs[k] * (products[k] + self.intercepts[k] as f32))
    }

    /// One row's step: the αᵢ that are best while the others stay. Returns its duality gap, and its loss, before it.
    fn visit(&mut self, i: usize) -> (f64, f64) {
        let row = self.rows.row(i);
        let Some(sample) = self.samples.get(i) else { return (0.0, 0.0) };
        let (signs, old, half) = (sample.signs(), sample.dual, 0.5 / sample.cost);
        let slacks = self.slacks(&row, &signs);
        let new: Lanes<L> =
            from_fn(|k| (old[k] + (slacks[k] - half * old[k]) / (sample.norm + half)).max(0.0));
        let before = sample.gap_and_loss(&slacks);
        let delta: Lanes<L> = from_fn(|k| signs[k] * (new[k] - old[k]));
        if delta.iter().any(|&d| d != 0.0) {
            self.weights.add(&row, &delta);
            for (intercept, &d) in self.intercepts.iter_mut().zip(&delta) {
                *intercept += f64::from(d);
            }
            if let Some(sample) = self.samples.get_mut(i) {
                sample.dual = new;
            }
        }
        before
    }

    /// ‖w̃‖² over all classes.
    fn squared_norm(&self) -> f64 {
        let norms = self.weights.squared_norms();
        norms.iter().zip(&self.intercepts).take(self.params.classes).map(|(norm, b)| norm + b * b).sum()
    }

    /// The duality gap by the objective, and the objective.
    fn measure(&self) -> (f64, f64) {
        let (mut gap, mut objective) = (0.0, 0.5 * self.squared_norm());
        for ((i, row), sample) in (1..).zip(self.rows.rows()).zip(&self.samples) {
            self.weights.ask(self.rows, i);
            if !sample.counts() {
                continue;
            }
            let (row_gap, loss) = sample.gap_and_loss(&self.slacks(&row, &sample.signs()));
            gap += row_gap;
            objective += loss;
        }
        (gap / objective, objective)
    }
}
