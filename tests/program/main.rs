//! The program as its users meet it: one module a verb, one for what they get wrong.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set its scene has failed")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "tests build small texts")]

mod agree;
mod bad_input;
mod check;
mod classify;
mod copies;
mod drift;
mod evaluate;
mod explain;
mod folder;
mod hard_shapes;
mod manners;
mod model_file;
mod output;
mod overwriting;
#[cfg(feature = "parquet")]
mod parquet;
mod precision;
mod readers;
mod resume;
mod run;
mod shapes;
mod shipped_model;
mod train;
