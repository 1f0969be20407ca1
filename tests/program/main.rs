//! The program as its users meet it: one module a verb, one for what they get wrong.

mod bad_input;
mod classify;
mod manners;
mod model_file;
mod readers;
mod run;
mod shipped_model;
