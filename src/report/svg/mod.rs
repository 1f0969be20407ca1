//! Plots as self-contained SVG text, drawn by hand: no script, no font, no reference to anything outside.

mod axis;
mod canvas;
mod heat_map;
mod line_chart;
mod reliability;

pub use heat_map::HeatMap;
pub use line_chart::{LineChart, Point, Series};
pub use reliability::{ReliabilityBar, ReliabilityDiagram};
