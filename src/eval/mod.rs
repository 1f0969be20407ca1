//! How good a classifier is, and how sure one can be of that. Every figure here is computed from class indices
//! and probabilities alone; no model is known.

mod agreement;
mod calibration;
mod compare;
mod cross_validate;
mod interval;
mod metrics;
mod split;
mod threshold;

pub use agreement::{Coincidences, cohen_kappa, label_kappas};
pub use calibration::{Bin, DEFAULT_BINS, Reliability, brier};
pub use compare::{McNemar, Method};
pub use cross_validate::{CrossValidateError, OutOfFold, cross_validate};
pub use interval::{Bootstrap, BootstrapError, ClusterTables, Difference, Interval};
pub use metrics::{Confusion, LabelFigures, majority_baseline, majority_class};
pub use split::{Fold, KFold, SplitError, by_time, leave_one_value_out};
pub use threshold::{Abstention, Kept, LabelThreshold, ThresholdError, Thresholds};
