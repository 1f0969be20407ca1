//! Text stages that know no statement: one file a stage.

pub mod sentence;
