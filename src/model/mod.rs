//! The stance model: analyzer, features and weights, its training, its file and its explanations.

pub mod train;
