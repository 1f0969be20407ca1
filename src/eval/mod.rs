//! How good a classifier is, and how sure one can be of that. Every figure here is computed from class indices
//! and probabilities alone; no model is known.

mod agreement;
mod annotators;
mod calibration;
mod compare;
mod cross_validate;
mod drift;
mod interval;
mod learning_curve;
mod metrics;
mod split;
mod tested;
mod threshold;

pub use agreement::{Coincidences, cohen_kappa, label_kappas};
pub use annotators::{Agreement, LabelAgreement, is_unanimous};
pub use calibration::{DEFAULT_BINS, Reliability, brier};
pub use compare::{McNemar, Method};
pub use cross_validate::{CrossValidateError, OutOfFold, cross_validate};
pub use drift::{Drift, Shift, population_stability};
pub use interval::{Bootstrap, BootstrapError, ClusterTables, Difference};
pub use learning_curve::{CurveError, CurvePoint, LearningCurve, Rows, Subsets};
pub use metrics::{Confusion, majority_class};
pub use split::{Fold, KFold, SplitError, by_time, leave_one_value_out};
pub use tested::Tested;
pub use threshold::{Abstention, Kept, LabelThreshold, ThresholdError, Thresholds};
