//! The program as its users meet it: one module a verb, one for what they get wrong.

mod bad_input;
mod classify;
mod hard_shapes;
mod manners;
mod model_file;
mod run;
mod shapes;
mod shipped_model;
