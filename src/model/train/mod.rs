//! Estimators on sparse rows, behind linfa's traits: parameters → `fit` → [`Linear`].

mod intercept;
mod lanes;
mod linear;
mod logistic;
mod records;
mod row_step;
mod svm;
mod visits;
mod weights;

/// What fits: linfa's trait, which comes in here alone.
pub(super) use linfa::traits::Fit;

pub use linear::{FitReport, Linear, softmax, softmax_in_place};
pub use logistic::{Logistic, LogisticParams};
pub use records::{FitError, SparseDataset, SparseRecords, dataset};
pub use svm::{LinearSvm, LinearSvmParams};
