//! Which rows train and which test: seeded folds, stratified, grouped, by value, by time.

mod by_time;
mod by_value;
mod fold;
mod k_fold;

pub use by_time::by_time;
pub use by_value::leave_one_value_out;
pub use fold::{Fold, SplitError};
pub use k_fold::KFold;
