//! What a careful colleague looks for in labelled rows before anything is trained on them.

mod balance;
mod condition;
mod duplicate;
mod encoding;
mod finding;
mod label_error;
mod leakage;
mod limits;
mod name;
mod opening;
mod pair;
mod sheet;
mod size;

pub use encoding::Trouble;
pub use finding::{Finding, Place, Problem};
pub use label_error::{ConfidentJoint, LabelError};
pub use limits::Limits;
pub use sheet::{CheckedRow, Sheet};
