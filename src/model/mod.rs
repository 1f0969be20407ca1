//! The stance model: analyzer, features and weights; its training, its file and its explanations.

mod baseline;
mod calibrate;
mod classifier;
mod columns;
mod documents;
mod explain;
mod file;
mod grid;
mod header;
mod recipe;
pub mod train;
mod trainer;
mod word_effect;

pub use baseline::LexiconBaseline;
pub use calibrate::{temperature, temperature_bound};
pub use classifier::{Model, ModelSession, StanceModel};
pub use explain::{Contribution, Explanation};
pub use file::ModelFileError;
pub use grid::Axis;
pub use header::{
    AnnotatorAgreement, Codebook, DataFacts, DataPart, Header, Search, SearchPoint, Validation,
};
pub use recipe::{Estimator, Recipe};
pub use trainer::{Fitted, Trainer};
pub use word_effect::WordEffect;
