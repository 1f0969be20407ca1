//! An evaluation to read: as text, or as one page with its plots.

mod page;
mod plots;
mod result;
mod text;

pub use page::page;
pub use plots::learning_curve_svg;
pub use result::{Ablated, Comparison, Evaluation};
pub use text::{figures_text, text};
