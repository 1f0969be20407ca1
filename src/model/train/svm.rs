//! One-versus-rest linear support vector machine with squared hinge loss by dual coordinate descent (Hsieh,
//! Chang, Lin, Keerthi and Sundararajan, *A dual coordinate descent method for large-scale linear SVM*, ICML
//! 2008): liblinear's solver 1 and scikit-learn's `LinearSVC`.
//!
//! For each class minimises ½‖w‖² + Σᵢ Cᵢ max(0, 1 − sᵢ w·x̃ᵢ)² with sᵢ = ±1 and x̃ᵢ = (xᵢ, 1): the intercept is a
//! weight of a constant feature and takes part in the norm, as there.

use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::Fit;

use crate::random::SplitMix64;

use super::linear::{FitReport, Linear};
use super::records::{FitError, MAX_CLASSES, Samples, SparseRecords};

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
        let norms: Vec<f64> = samples.squared_norms().into_iter().map(|n| n + 1.0).collect();
        let fits: Vec<Binary> =
            (0..self.classes).map(|class| self.fit_class(&samples, &norms, class)).collect();
        let width = samples.rows.width();
        let weights =
            (0..width).flat_map(|f| fits.iter().map(move |b| b.weights.get(f).copied().unwrap_or(0.0)));
        let objective: f64 = fits.iter().map(|b| b.objective).sum();
        let gap: f64 = fits.iter().map(|b| b.gap).sum();
        Ok(Linear {
            weights: weights.collect(),
            intercepts: fits.iter().map(|b| b.intercept).collect(),
            report: FitReport {
                epochs: fits.iter().map(|b| b.epochs).max().unwrap_or(0),
                objective,
                relative_gap: gap / objective,
            },
        })
    }
}

/// One class against the rest.
struct Binary {
    weights: Vec<f32>,
    intercept: f32,
    epochs: usize,
    objective: f64,
    gap: f64,
}

impl LinearSvm {
    fn fit_class(&self, samples: &Samples<'_>, norms: &[f64], class: usize) -> Binary {
        let mut order: Vec<u32> = (0..u32::try_from(norms.len()).unwrap_or(u32::MAX)).collect();
        let mut shuffle = SplitMix64::new(self.seed);
        let mut dual = vec![0.0_f64; norms.len()];
        let sign = |i: usize| if samples.classes.get(i) == Some(&class) { 1.0 } else { -1.0 };
        let mut fit = Binary {
            weights: vec![0.0; samples.rows.width()],
            intercept: 0.0,
            epochs: 0,
            objective: f64::INFINITY,
            gap: f64::INFINITY,
        };
        while fit.epochs < self.max_epochs {
            shuffle.shuffle(&mut order);
            let mut largest = 0.0_f64;
            for &row in &order {
                let i = row as usize;
                let (Some(alpha), Some(norm), Some(&cost)) =
                    (dual.get_mut(i), norms.get(i), samples.costs.get(i))
                else {
                    continue;
                };
                if cost <= 0.0 {
                    continue;
                }
                let slack = 0.5 / cost;
                let gradient = sign(i) * fit.margin(samples, i) - 1.0 + slack * *alpha;
                let projected = if *alpha > 0.0 { gradient } else { gradient.min(0.0) };
                largest = largest.max(projected.abs());
                let new = (*alpha - gradient / (norm + slack)).max(0.0);
                let change = (new - *alpha) * sign(i);
                *alpha = new;
                fit.add(samples, i, change);
            }
            fit.epochs += 1;
            if largest < 0.1 || fit.epochs == self.max_epochs {
                fit.measure(samples, &dual, &sign);
                if fit.gap <= self.tolerance * fit.objective {
                    break;
                }
            }
        }
        fit
    }
}

impl Binary {
    fn margin(&self, samples: &Samples<'_>, i: usize) -> f64 {
        let sum: f32 =
            samples.rows.row(i).iter().map(|(f, v)| v * self.weights.get(f).copied().unwrap_or(0.0)).sum();
        f64::from(sum + self.intercept)
    }

    fn add(&mut self, samples: &Samples<'_>, i: usize, change: f64) {
        let change = change as f32;
        if change != 0.0 {
            for (f, v) in samples.rows.row(i).iter() {
                if let Some(w) = self.weights.get_mut(f) {
                    *w += change * v;
                }
            }
            self.intercept += change;
        }
    }

    /// The objective and the duality gap.
    fn measure(&mut self, samples: &Samples<'_>, dual: &[f64], sign: &impl Fn(usize) -> f64) {
        let norm: f64 = self.weights.iter().chain([&self.intercept]).map(|&w| f64::from(w).powi(2)).sum();
        let (mut primal, mut value) = (0.5 * norm, -0.5 * norm);
        for (i, (alpha, &cost)) in dual.iter().zip(&samples.costs).enumerate() {
            let slack = (1.0 - sign(i) * self.margin(samples, i)).max(0.0);
            primal += cost * slack * slack;
            if cost > 0.0 {
                value += alpha - alpha * alpha / (4.0 * cost);
            }
        }
        self.objective = primal;
        self.gap = (primal - value).max(0.0);
    }
}
