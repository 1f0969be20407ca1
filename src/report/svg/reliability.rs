//! The reliability diagram: confidence against accuracy, and how many rows stand behind each bar.

use super::axis::Axis;
use super::canvas::{Anchor, COLOURS, Canvas, FAINT, INK};

/// One bin of confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBar {
    /// The lower end of the bin, from 0 to 1.
    pub low: f64,
    /// The upper end of the bin, from 0 to 1.
    pub high: f64,
    /// The rows in it.
    pub rows: u64,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub accuracy: f64,
}

/// Bars of accuracy over bins of confidence; a calibrated model's bars end on the diagonal.
#[derive(Clone, Debug, PartialEq)]
pub struct ReliabilityDiagram {
    /// What the diagram shows, best with the calibration error in it.
    pub title: String,
    /// The bins, ascending; those without rows are left white.
    pub bars: Vec<ReliabilityBar>,
}

const LEFT: f64 = 72.0;
const RIGHT: f64 = 416.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 388.0;
const SHARES_TOP: f64 = 404.0;
const SHARES_BOTTOM: f64 = 468.0;

impl ReliabilityDiagram {
    /// The diagram as an SVG document of 440 × 520 pixels.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut canvas = Canvas::new(440.0, 520.0, &self.title);
        let x = Axis::new((0.0, 1.0), (LEFT, RIGHT));
        let y = Axis::new((0.0, 1.0), (BOTTOM, TOP));
        y.draw_left(&mut canvas, LEFT, RIGHT, "share predicted right");
        for bar in self.filled() {
            rise(&mut canvas, bar, x, y);
        }
        canvas.line((LEFT, BOTTOM), (RIGHT, BOTTOM), &format!("stroke=\"{FAINT}\""));
        let dashed = format!("stroke=\"{INK}\" stroke-dasharray=\"5 4\"");
        canvas.line((LEFT, BOTTOM), (RIGHT, TOP), &dashed);
        for bar in self.filled() {
            let at = (x.pixel(bar.confidence), y.pixel(bar.accuracy));
            let style = format!("fill=\"{}\" stroke=\"#ffffff\"", color(1));
            canvas.dot(at, 4.0, &style);
        }
        self.shares(&mut canvas, x);
        x.draw_below(&mut canvas, SHARES_BOTTOM, "confidence: probability of the predicted label");
        canvas.finish()
    }

    fn filled(&self) -> impl Iterator<Item = &ReliabilityBar> {
        self.bars.iter().filter(|bar| {
            let within = |value: f64| (0.0..=1.0).contains(&value);
            bar.rows > 0 && [bar.low, bar.high, bar.confidence, bar.accuracy].into_iter().all(within)
        })
    }

    /// The part of all rows in each bin, the fullest bin drawn at full height.
    fn shares(&self, canvas: &mut Canvas, x: Axis) {
        let all: f64 = self.filled().map(|bar| bar.rows as f64).sum();
        let most = self.filled().map(|bar| bar.rows).max().unwrap_or(1);
        let height = Axis::new((0.0, most as f64), (SHARES_BOTTOM, SHARES_TOP));
        for bar in self.filled() {
            let top = height.pixel(bar.rows as f64);
            let (left, right) = (x.pixel(bar.low), x.pixel(bar.high));
            let style = format!("fill=\"{FAINT}\" fill-opacity=\"0.45\"");
            canvas.rect((left + 1.0, top), (right - left - 2.0, SHARES_BOTTOM - top), &style);
        }
        let style = format!("fill=\"{FAINT}\"");
        let fullest = if all > 0.0 { 100.0 * most as f64 / all } else { 0.0 };
        canvas.text((LEFT - 8.0, SHARES_TOP + 10.0), Anchor::End, &style, &format!("{fullest:.0} %"));
        canvas.text((LEFT - 8.0, SHARES_BOTTOM + 1.0), Anchor::End, &style, "0 %");
        let middle = f64::midpoint(SHARES_TOP, SHARES_BOTTOM);
        canvas.turned_text((18.0, middle), -90.0, Anchor::Middle, "rows");
    }
}

fn rise(canvas: &mut Canvas, bar: &ReliabilityBar, x: Axis, y: Axis) {
    let (left, right, top) = (x.pixel(bar.low), x.pixel(bar.high), y.pixel(bar.accuracy));
    let style = format!("fill=\"{}\" fill-opacity=\"0.35\"", color(0));
    canvas.rect((left + 1.0, top), (right - left - 2.0, BOTTOM - top), &style);
}

fn color(number: usize) -> &'static str {
    COLOURS.get(number).copied().unwrap_or(INK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(low: f64, rows: u64, accuracy: f64) -> ReliabilityBar {
        ReliabilityBar { low, high: low + 0.25, rows, confidence: low + 0.125, accuracy }
    }

    #[test]
    fn a_bar_rises_to_its_accuracy_and_its_share_to_that_of_the_fullest() {
        let bars = vec![bar(0.5, 10, 0.5), bar(0.75, 30, 1.0), bar(0.0, 0, 0.0)];
        let svg = ReliabilityDiagram { title: "t".to_owned(), bars }.svg();
        // Half of 344 pixels, and a third of 64.
        assert!(svg.contains("x=\"245\" y=\"216\" width=\"84\" height=\"172\""), "{svg}");
        assert!(svg.contains("x=\"245\" y=\"446.67\" width=\"84\" height=\"21.33\""), "{svg}");
        assert!(svg.contains("cx=\"287\" cy=\"216\""));
        assert!(svg.contains(">75 %</text>"));
        assert_eq!(svg.matches("<circle").count(), 2);
    }

    #[test]
    fn bins_that_are_no_probabilities_are_left_out() {
        let bars = vec![bar(0.5, 10, f64::NAN), bar(7.0, 1, 0.5)];
        let svg = ReliabilityDiagram { title: String::new(), bars }.svg();
        assert_eq!(svg.matches("<circle").count(), 0);
        assert!(!svg.contains("NaN"));
    }
}
