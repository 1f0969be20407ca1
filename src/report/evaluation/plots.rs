//! The plots of an evaluation.

use crate::eval::LearningCurve;
use crate::figures::Figures;

use super::super::svg::{HeatMap, LineChart, Point, ReliabilityBar, ReliabilityDiagram, Series};

/// Macro-F1 by training rows, as an SVG document.
#[must_use]
pub fn learning_curve_svg(curve: &LearningCurve) -> String {
    let points = curve.points.iter().map(|point| Point {
        x: point.rows,
        y: point.macro_f1.estimate,
        interval: Some((point.macro_f1.low, point.macro_f1.high)),
    });
    LineChart {
        title: format!("Learning curve: {:+.4} a thousand rows at the end", curve.slope_per_thousand),
        x_label: "training rows".to_owned(),
        y_label: format!("macro-F1 on {} test rows", curve.test_rows),
        series: vec![Series { name: "macro-F1".to_owned(), points: points.collect() }],
    }
    .svg()
}

pub(super) fn confusion_svg(figures: &Figures) -> String {
    HeatMap {
        title: "Confusion matrix".to_owned(),
        labels: figures.labels.clone(),
        counts: figures.confusion.clone(),
    }
    .svg()
}

pub(super) fn reliability_svg(figures: &Figures) -> String {
    let bars = figures.bins.iter().map(|bin| ReliabilityBar {
        low: bin.low,
        high: bin.high,
        rows: bin.rows,
        confidence: bin.confidence,
        accuracy: bin.accuracy,
    });
    ReliabilityDiagram { title: format!("Reliability: ECE {:.4}", figures.ece), bars: bars.collect() }.svg()
}
