//! Figures and rows turned into something to read.

pub mod svg;
