//! The program as its users meet it: one module a verb, one for what they get wrong.

mod bad_input;
mod classify;
mod manners;
mod model_file;
mod output;
mod readers;
mod resume;
mod run;
mod shipped_model;
