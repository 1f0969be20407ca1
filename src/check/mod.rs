//! What a careful colleague looks for in labelled rows before anything is trained on them.

mod balance;
mod checks;
mod condition;
mod counts;
mod duplicate;
mod encoding;
mod finding;
mod id;
mod label_error;
mod leakage;
mod limits;
mod name;
mod opening;
mod pair;
mod sheet;
mod size;
mod value;

pub use counts::{Column, Counts, Quantiles, Tally};
pub use finding::{Finding, Place, Problem, Trouble};
pub use label_error::{ConfidentJoint, LabelError};
pub use limits::Limits;
pub use sheet::{CheckedRow, Sheet};
