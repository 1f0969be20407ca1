//! The confusion matrix as a heat map.

use super::axis::grouped;
use super::canvas::{Anchor, Canvas, FONT_SIZE, INK, text_width};

/// Counts by true label (rows) and predicted label (columns), shaded by their share of the row, so that the
/// diagonal shows every label's recall.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    /// What the table shows.
    pub title: String,
    /// The labels, for rows and columns.
    pub labels: Vec<String>,
    /// One row of counts a label; what is missing counts as 0.
    pub counts: Vec<Vec<u64>>,
}

const TOP: f64 = 44.0;
/// Cells smaller than this hold no words.
const WORDY: f64 = 44.0;

impl HeatMap {
    /// The table as an SVG document, as wide as its labels need.
    #[must_use]
    pub fn svg(&self) -> String {
        let side = (480.0 / self.labels.len().max(1) as f64).clamp(20.0, 88.0);
        let longest = self.labels.iter().map(|label| text_width(label)).fold(0.0, f64::max);
        let turned = longest > side - 6.0;
        let extent = side * self.labels.len() as f64;
        let left = longest + 48.0;
        let below = if turned { longest * 0.71 + 16.0 } else { 20.0 };
        let width = (left + extent + 24.0).max(text_width(&self.title) * 1.3 + 32.0);
        let mut canvas = Canvas::new(width, TOP + extent + below + 32.0, &self.title);
        for (row, label) in self.labels.iter().enumerate() {
            let y = TOP + (row as f64 + 0.5) * side;
            canvas.text((left - 8.0, y + 4.0), Anchor::End, &format!("fill=\"{INK}\""), label);
            self.row(&mut canvas, row, left, side);
        }
        for (column, label) in self.labels.iter().enumerate() {
            let at = (left + (column as f64 + 0.5) * side, TOP + extent + 17.0);
            if turned {
                canvas.turned_text((at.0 + 4.0, at.1 - 4.0), -45.0, Anchor::End, label);
            } else {
                canvas.text(at, Anchor::Middle, &format!("fill=\"{INK}\""), label);
            }
        }
        let ink = format!("fill=\"{INK}\"");
        let base = TOP + extent + below + 20.0;
        canvas.text((left + extent / 2.0, base), Anchor::Middle, &ink, "predicted");
        canvas.turned_text((18.0, TOP + extent / 2.0), -90.0, Anchor::Middle, "true");
        canvas.finish()
    }

    fn row(&self, canvas: &mut Canvas, row: usize, left: f64, side: f64) {
        let counts = self.counts.get(row).map_or(&[][..], Vec::as_slice);
        let total: f64 = counts.iter().take(self.labels.len()).map(|&count| count as f64).sum();
        for column in 0..self.labels.len() {
            let count = counts.get(column).copied().unwrap_or(0);
            let share = if total > 0.0 { count as f64 / total } else { 0.0 };
            let corner = (left + column as f64 * side, TOP + row as f64 * side);
            let style = format!("fill=\"{}\" stroke=\"#ffffff\" stroke-width=\"2\"", shade(share));
            canvas.rect(corner, (side, side), &style);
            if side >= WORDY {
                cell_words(canvas, (corner.0 + side / 2.0, corner.1 + side / 2.0), count, share);
            }
        }
    }
}

/// The count, and under it its share of the row.
fn cell_words(canvas: &mut Canvas, middle: (f64, f64), count: u64, share: f64) {
    let colour = if share > 0.5 { "#ffffff" } else { INK };
    let count = grouped(count as f64, 0);
    canvas.text(
        (middle.0, middle.1 - 1.0),
        Anchor::Middle,
        &format!("fill=\"{colour}\" font-weight=\"600\""),
        &count,
    );
    let small = format!("fill=\"{colour}\" font-size=\"{}\"", FONT_SIZE - 2.0);
    canvas.text((middle.0, middle.1 + 14.0), Anchor::Middle, &small, &format!("{:.0} %", 100.0 * share));
}

/// From near white to a deep blue.
fn shade(share: f64) -> String {
    let mix = |from: f64, to: f64| from + (to - from) * share;
    format!("rgb({:.0},{:.0},{:.0})", mix(240.0, 8.0), mix(244.0, 69.0), mix(248.0, 138.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(counts: Vec<Vec<u64>>) -> String {
        let labels = ["yes", "no"].map(str::to_owned).to_vec();
        HeatMap { title: "t".to_owned(), labels, counts }.svg()
    }

    #[test]
    fn cells_say_count_and_share_of_the_true_label() {
        let svg = map(vec![vec![1_500, 500], vec![0, 3]]);
        for words in ["1,500", "75 %", "500", "25 %", "100 %"] {
            assert!(svg.contains(&format!(">{words}</text>")), "{words}: {svg}");
        }
        assert_eq!(svg.matches("rgb(8,69,138)").count(), 1);
        assert_eq!(svg.matches("rgb(240,244,248)").count(), 1);
    }

    #[test]
    fn rows_that_are_missing_or_too_long_do_no_harm() {
        let svg = map(vec![vec![1, 1, 8]]);
        assert!(svg.contains(">50 %</text>"));
        assert_eq!(svg.matches("rgb(").count(), 4);
        assert!(!HeatMap { title: String::new(), labels: vec![], counts: vec![] }.svg().contains("NaN"));
    }
}
