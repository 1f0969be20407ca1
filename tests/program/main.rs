//! The program as its users meet it: one module a verb, one for what they get wrong.

#![allow(clippy::unwrap_used, reason = "what fails here fails its test")]

mod agree;
mod bad_input;
mod check;
mod classify;
mod evaluate;
mod folder;
mod manners;
mod model_file;
mod run;
mod shipped_model;
mod train;
