//! The requirement that a conditional statement names: its words and what kind of thing it asks for.

mod clause;
mod find;
mod grammar;
mod kind;

pub use find::{Condition, condition};
pub use kind::ConditionKind;
