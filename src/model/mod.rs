//! The stance model: analyzer, features and weights; its training, its file and its explanations.

mod calibrate;
mod classifier;
mod explain;
mod file;
mod recipe;
pub mod train;
mod trainer;

pub use calibrate::temperature;
pub use classifier::{Header, Model, ModelSession, StanceModel};
pub use explain::{Contribution, Explanation};
pub use file::ModelFileError;
pub use recipe::{Estimator, Recipe};
pub use trainer::{Fitted, Trainer};
